/** `postern delivery`: every mail that goes out, its tries, and sending an uncertain one again. */
import { attemptsOf } from "../db/attempt.ts";
import { deliveryById, type DeliveryRow, listDeliveries } from "../db/delivery.ts";
import { getRaw } from "../db/raw.ts";
import { resend } from "../stages/resend.ts";
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
import { withStage } from "./stage.ts";

const STATES = ["pending", "sending", "accepted", "rejected", "uncertain", "cancelled"];

export const deliveryCommand: AddCommand = (root, run) => {
  const delivery = root.command("delivery").description("mails that go out");
  delivery
    .command("list")
    .argument("[STATE]", STATES.join(", "))
    .option("--limit <N>", "at most so many", "50")
    .option("--json")
    .description("outgoing mails")
    .action(run(list));
  delivery
    .command("show")
    .argument("ID")
    .option("--raw", "the frozen bytes; a token is not in them")
    .option("--json")
    .description("one mail and its tries")
    .action(run(show));
  delivery
    .command("resend")
    .argument("ID")
    .description("send an uncertain, rejected or cancelled mail again: same bytes, same Message-ID")
    .action(run(again));
};

async function list(
  globals: Globals,
  wanted: string | undefined,
  options: { limit: string; json?: boolean },
): Promise<number> {
  const state = stateOf(STATES, wanted);
  const most = limit(options.limit);
  const rows = await withStore(requireConfig(globals), (db) => listDeliveries(db, { state, limit: most }));
  if (options.json) printJson(rows);
  else
    print(
      rows.length
        ? table(["id", "kind", "to", "state", "tries", "written", "subject", "response"], rows.map(line))
        : "No mails.",
    );
  return 0;
}

const line = (row: DeliveryRow): string[] => [
  String(row.id),
  row.kind,
  row.recipient,
  row.state,
  String(row.attempts),
  when(row.created_at),
  row.subject.slice(0, 50),
  row.response ?? "",
];

async function show(globals: Globals, id: string, options: { raw?: boolean; json?: boolean }): Promise<number> {
  const wanted = number(id, "mails");
  return await withStore(requireConfig(globals), async (db) => {
    const row = await deliveryById(db, wanted);
    if (!row) throw new Exit(3, `There is no mail ${id}. "postern delivery list" shows them.`);
    if (options.raw) {
      process.stdout.write(await getRaw(db, row.raw_sha256!));
      return 0;
    }
    const attempts = await attemptsOf(db, row.id);
    if (options.json) printJson({ ...row, attempts });
    else {
      print(
        Object.entries(row)
          .filter(([, value]) => value !== null)
          .map(
            ([key, value]) =>
              `${key.padEnd(18)} ${key.endsWith("_at") || key === "not_before" ? when(Number(value)) : value}`,
          )
          .join("\n"),
      );
      if (attempts.length)
        print(
          `\n${table(
            ["try", "began", "data began", "ended", "outcome", "response"],
            attempts.map((one, n) => [
              String(n + 1),
              when(one.started_at),
              when(one.data_started_at),
              when(one.finished_at),
              one.outcome ?? "",
              one.response ?? "",
            ]),
          )}`,
        );
    }
    return 0;
  });
}

async function again(globals: Globals, id: string): Promise<number> {
  const wanted = number(id, "mails");
  const outcome = await withStage(globals, (stage) => resend(stage, wanted));
  if ("refused" in outcome) throw new Exit(outcome.missing ? 3 : 4, outcome.refused);
  print(outcome.done);
  return 0;
}
