/** `postern inbound`: every message that came in and what became of it; decide about held and quarantined ones. */
import { inboundById, type InboundRow, listInbound } from "../db/inbound.ts";
import { blockedAddresses, unblockAddress } from "../db/people.ts";
import { getRaw } from "../db/raw.ts";
import { blockSender, decideHeld, retryInbound } from "../stages/decide-held.ts";
import type { Decided } from "../stages/settle-held.ts";
import {
  type AddCommand,
  Exit,
  type Globals,
  number,
  print,
  printJson,
  requireConfig,
  table,
  when,
  withStore,
  limit,
  stateOf,
} from "./context.ts";
import { countMessages } from "./inbound-count.ts";
import { readMessages } from "./inbound-read.ts";
import { threadMessages } from "./inbound-thread.ts";
import { withStage } from "./stage.ts";

const STATES = ["stored", "recorded", "held", "quarantined", "duplicate"];

export const inboundCommand: AddCommand = (root, run) => {
  const inbound = root.command("inbound").description("messages that came in");
  inbound
    .command("list")
    .argument("[STATE]", STATES.join(", "))
    .option("--limit <N>", "at most so many", "50")
    .option("--json")
    .description("what came in and what became of it")
    .action(run(list));
  inbound
    .command("show")
    .argument("ID")
    .option("--raw", "the stored bytes, as they came")
    .option("--json")
    .description("one message")
    .action(run(show));
  inbound
    .command("read")
    .argument("<MESSAGE...>", "numbers of stored messages, or files")
    .option("--html", "the HTML of one message as a browser may show it")
    .option("--json", "all that was read")
    .description("what Postern reads in a message: who, what is new in it, of what nature it is")
    .action(run(readMessages));
  inbound
    .command("thread")
    .argument("<MESSAGE...>", "numbers of stored messages, or files")
    .option("--json")
    .description("which of them belong together, and by which id")
    .action(run(threadMessages));
  inbound
    .command("count")
    .option("--day <DATE>", "a date of the desk's time zone, yesterday by default: 2026-11-26")
    .option("--json")
    .description("how many messages came on a day, what became of them, and what waits or failed")
    .action(run(countMessages));
  inbound.command("retry").argument("ID").description("read a quarantined message again").action(run(retry));
  inbound
    .command("accept")
    .argument("ID")
    .description("a held message belongs to its ticket; its sender takes part from now on")
    .action(run((globals: Globals, id: string) => decide(globals, id, "accept")));
  inbound
    .command("new")
    .argument("ID")
    .description("a held message becomes a ticket of its own")
    .action(run((globals: Globals, id: string) => decide(globals, id, "new")));
  inbound
    .command("block")
    .argument("ID")
    .description("quarantine a held message and everything else from its sender")
    .action(run(block));
  inbound
    .command("unblock")
    .argument("[ADDRESS]")
    .description("let a blocked sender write again; without an address, list who is blocked")
    .action(run(unblock));
};

async function unblock(globals: Globals, address: string | undefined): Promise<number> {
  return await withStore(requireConfig(globals), async (db) => {
    const blocked = await blockedAddresses(db);
    if (address === undefined) {
      print(blocked.length ? blocked.join("\n") : "Nobody is blocked.");
      return 0;
    }
    if (!(await unblockAddress(db, address.toLowerCase())))
      throw new Exit(3, `${address} is not blocked. Blocked are: ${blocked.join(", ") || "nobody"}.`);
    print(`${address} may write again. What was quarantined meanwhile: postern inbound list quarantined, then retry.`);
    return 0;
  });
}

async function list(
  globals: Globals,
  wanted: string | undefined,
  options: { limit: string; json?: boolean },
): Promise<number> {
  const state = stateOf(STATES, wanted);
  const most = limit(options.limit);
  const rows = await withStore(requireConfig(globals), (db) => listInbound(db, { state, limit: most }));
  if (options.json) printJson(rows.map(({ decided: _decided, asked: _asked, ...row }) => row));
  else
    print(
      rows.length
        ? table(
            ["id", "mailbox", "state", "received", "from", "subject", "why"],
            rows.map((row) => line(row, Date.now())),
          )
        : "No messages.",
    );
  return 0;
}

const line = (row: InboundRow & { mailbox: string }, now: number): string[] => [
  String(row.id),
  row.mailbox,
  row.state === "held" ? `held ${age(row.recorded_at, now)}, ${row.hold_reason}` : row.state,
  when(row.received_at),
  row.from_address ?? "",
  (row.subject ?? "").slice(0, 50),
  row.reason ?? "",
];

/** `40m`, `3h`, `12d`: since when somebody is waited for. */
function age(since: number | null, now: number): string {
  const minutes = Math.max(0, Math.floor((now - Number(since ?? now)) / 60_000));
  if (minutes < 120) return `${minutes}m`;
  return minutes < 48 * 60 ? `${Math.floor(minutes / 60)}h` : `${Math.floor(minutes / 1440)}d`;
}

async function show(globals: Globals, id: string, options: { raw?: boolean; json?: boolean }): Promise<number> {
  const wanted = number(id, "messages");
  return await withStore(requireConfig(globals), async (db) => {
    const row = await found(await inboundById(db, wanted), id);
    if (options.raw) {
      if (!row.raw_sha256) throw new Exit(3, `Message ${id} was left on the server: ${row.reason}.`);
      process.stdout.write(await getRaw(db, row.raw_sha256));
      return 0;
    }
    const { decided: _decided, asked: _asked, ...facts } = row;
    if (options.json) printJson(facts);
    else
      print(
        Object.entries(facts)
          .filter(([, value]) => value !== null)
          .map(([key, value]) => `${key.padEnd(16)} ${key.endsWith("_at") ? when(Number(value)) : value}`)
          .join("\n"),
      );
    return 0;
  });
}

async function found(row: InboundRow | undefined, id: string): Promise<InboundRow> {
  if (!row) throw new Exit(3, `There is no message ${id}. "postern inbound list" shows them.`);
  return row;
}

async function retry(globals: Globals, id: string): Promise<number> {
  const wanted = number(id, "messages");
  return tell(await withStage(globals, (stage) => retryInbound(stage, wanted)));
}

async function decide(globals: Globals, id: string, decision: "accept" | "new"): Promise<number> {
  const wanted = number(id, "messages");
  return tell(await withStage(globals, (stage) => decideHeld(stage, wanted, decision)));
}

async function block(globals: Globals, id: string): Promise<number> {
  const wanted = number(id, "messages");
  return tell(await withStage(globals, (stage) => blockSender(stage, wanted)));
}

function tell(outcome: Decided): number {
  if ("refused" in outcome) throw new Exit(outcome.missing ? 3 : 4, outcome.refused);
  print(outcome.done);
  return 0;
}
