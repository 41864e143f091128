/**
 * How long an admin waits for `postern rules replay`: mails of 2 kB lie in a store, and a desk of 100 rules is laid beside
 * one that differs in some of them. The command runs as an operator runs it; storing the mails is not counted.
 */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect, type Db, migrateUp } from "../src/db/connect.ts";
import { deskIds, storeDesk, type DeskIds } from "../src/db/desk.ts";
import { insertEntry } from "../src/db/entry.ts";
import { chunks, storeInbound, updateInbound } from "../src/db/inbound.ts";
import { mailboxByName } from "../src/db/mailbox.ts";
import { packRaw } from "../src/db/raw.ts";
import { insertRoute } from "../src/db/route.ts";
import { insertTicket } from "../src/db/ticket.ts";
import { writeDesk } from "../src/desk/file/desk-file-write.ts";
import type { Desk, EmailAddress, RuleAction } from "../src/desk/types.ts";
import { DESK_A, deskOf } from "../test/stages/replay-desks.ts";
import { figure, printTable } from "./figures.ts";
import { smallMails } from "./parse-mails.ts";
import { mixedRules } from "./rule-set.ts";
import { cpuSeconds, peakMegabytes } from "./usage.ts";

const PROGRAM = join(import.meta.dirname, "../bin/postern.js");
const RULES = 100;
const AT = Date.UTC(2026, 10, 23, 10);
const CONFIG = `
mailboxes: { support: { host: imap.x.example, user: support, password: x } }
smtp: { host: smtp.x.example, user: support, password: x }
database: sqlite:postern.db
web: off
`;

/** Replays `mails` stored mails and prints what it takes. */
export async function replay(mails: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "postern-bench-"));
  try {
    writeFileSync(join(folder, "postern.yaml"), CONFIG);
    const desk: Desk = {
      ...deskOf(DESK_A),
      rules: mixedRules(RULES).map((rule) => ({ ...rule, then: kept(rule.then) })),
    };
    writeFileSync(join(folder, "proposed.yaml"), writeDesk({ ...desk, rules: desk.rules.map(changed) }));
    console.log(`storing ${mails} mails …`);
    await fill(join(folder, "postern.db"), desk, mails);
    const { seconds, cpu, memory, report } = await run(folder, mails);
    printTable(`Replay of ${report.replayed} mails, ${RULES} rules on either side`, [
      ["time, start of the process included", figure(seconds, "s", 1)],
      ["time of the replay alone", figure(report.seconds, "s", 1)],
      ["mails a second", figure(report.replayed / report.seconds, "/s")],
      ["CPU", figure(cpu, "s", 1)],
      ["CPU a mail", figure(cpu === undefined ? undefined : (cpu / mails) * 1000, "ms", 2)],
      ["peak memory", figure(memory, "MB")],
      ["mails that would differ", figure(report.differing, "")],
    ]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A note needs the group of its own rule's pattern, which most of these have not. */
const kept = (then: readonly RuleAction[]): readonly RuleAction[] => then.filter(({ action }) => action !== "note");

/** Every tenth rule is another one in the proposal: it holds for some mails, by the number in their subject. */
function changed(rule: Desk["rules"][number], n: number): Desk["rules"][number] {
  if (n % 10 !== 3) return rule;
  const test = { field: "subject", operator: "contains", value: `(${n}` } as const;
  return {
    ...rule,
    if: { any: [{ test }, ...(rule.if ? [rule.if] : [])] },
    then: [...rule.then, { action: "priority", to: "urgent" }],
  };
}

/** Messages, tickets, entries and routes as receive leaves them. */
async function fill(file: string, desk: Desk, count: number): Promise<void> {
  const db = connect(`sqlite:${file}`);
  await migrateUp(db);
  await db.raw("PRAGMA synchronous=OFF");
  await db.transaction((tx) => storeDesk(tx, desk, "bench", AT));
  const ids = await deskIds(db);
  const mailboxId = (await mailboxByName(db, "support", AT)).id;
  const kinds = [...smallMails(Math.ceil(count / 4)).values()];
  const raws = Array.from({ length: count }, (_, n) => kinds[n % kinds.length]![Math.floor(n / kinds.length)]!);
  for (const [n, part] of chunks(raws, 500).entries())
    await db.transaction(async (tx) => {
      for (const [m, raw] of part.entries()) await store(tx, { ids, desk, mailboxId, uid: n * 500 + m + 1 }, raw);
    });
  await db.destroy();
}

type Place = { readonly ids: DeskIds; readonly desk: Desk; readonly mailboxId: number; readonly uid: number };

async function store(tx: Db, { ids, desk, mailboxId, uid }: Place, source: Buffer): Promise<void> {
  const address = /maria\d+@home\.example/.exec(source.toString("latin1"))![0] as EmailAddress;
  const customer = { name: "María Santos", address };
  const message = { mailbox: "support", uidValidity: 1, uid, receivedAt: AT, source };
  await storeInbound(tx, { mailboxId, uidValidity: 1 }, message, await packRaw(source), false, AT);
  const { id: inboundId } = await tx("inbound").where({ mailbox_id: mailboxId, uid }).first("id");
  const ticket = await insertTicket(
    tx,
    {
      prefix: desk.prefix,
      subject: "The printer shows a red light",
      baseSubject: "the printer shows a red light",
      department: "support",
      priority: "normal",
      customer,
      participants: [],
      supportAddress: desk.departments["support"]!.address,
      mailbox: "support",
      language: "en",
      linkedTo: null,
      organization: null,
      openedAt: AT,
    },
    ids,
    AT,
  );
  const author = { authorKind: "customer", authorAddress: customer.address, authorName: customer.name } as const;
  const entry = { ticketId: ticket.id, kind: "message", inboundId, agentId: null, text: "", ...author } as const;
  const entryId = await insertEntry(tx, entry, AT);
  await insertRoute(tx, { ticketId: ticket.id, entryId, trigger: "opened" }, AT);
  const recorded = { state: "recorded", verdict: "open-ticket", auth: "none (no signature)", recorded_at: AT } as const;
  await updateInbound(tx, inboundId, {
    ...recorded,
    from_address: address,
    subject: ticket.subject,
    ticket_id: ticket.id,
    entry_id: entryId,
  });
}

type Report = { readonly seconds: number; readonly replayed: number; readonly differing: number };
type Ran = { seconds: number; cpu: number | undefined; memory: number | undefined; report: Report };

/** What it used is read until it ends: afterwards nobody knows any more. */
async function run(folder: string, mails: number): Promise<Ran> {
  const args = ["rules", "replay", "--desk", "proposed.yaml", "--last", `${mails}`, "--list", "20", "--json"];
  const begun = performance.now();
  const child = spawn(process.execPath, [PROGRAM, ...args], { cwd: folder, stdio: ["ignore", "pipe", "inherit"] });
  let [cpu, memory]: (number | undefined)[] = [];
  const look = setInterval(() => {
    cpu = cpuSeconds(child.pid!) ?? cpu;
    memory = peakMegabytes(child.pid!) ?? memory;
  }, 50);
  let output = "";
  child.stdout.on("data", (text: Buffer) => (output += text.toString()));
  const code = await new Promise((resolve) => child.once("close", resolve));
  clearInterval(look);
  if (code !== 0) throw new Error(`The replay ended with exit code ${String(code)}.`);
  return { seconds: (performance.now() - begun) / 1000, cpu, memory, report: JSON.parse(output) as Report };
}
