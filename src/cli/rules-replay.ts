/** `postern rules replay`: a proposed desk beside the active one over stored mail. Shows what would differ; changes nothing. */
import { availableParallelism } from "node:os";
import type { Config } from "../config/types.ts";
import { currentDesk } from "../db/desk.ts";
import type { Desk, Trigger } from "../desk/types.ts";
import { openParser } from "../parser/pool.ts";
import { replay } from "../stages/replay.ts";
import type { ReplayReport } from "../stages/replay-report.ts";
import type { Stage } from "../stages/stage.ts";
import { counted, Exit, type Globals, print, printJson, requireConfig } from "./context.ts";
import { deskFromFile } from "./desk-file.ts";
import { parserContext } from "./parser-context.ts";
import { progressOf } from "./progress.ts";
import { momentOf, triggerOf, withReader } from "./rules-read.ts";
import { reportText } from "./rules-replay-text.ts";

export type ReplayOptions = {
  readonly last: string;
  readonly since?: string;
  readonly desk?: string;
  readonly trigger: string;
  readonly list?: string;
  readonly json?: boolean;
};

/** What messages lead to. */
export const REPLAYED: readonly Trigger[] = ["opened", "customer_replied", "agent_replied"];

function replayed(text: string): Trigger {
  if (text === "clock" || text === "status_changed")
    throw new Exit(
      2,
      `--trigger ${text}: no message leads to it, so there is none to replay. Write one of ${REPLAYED.join(", ")}.`,
    );
  return triggerOf(text, REPLAYED)!;
}

/** Messages that are shown where nobody says how many. */
const SHOWN = 20;

export async function replayRules(globals: Globals, options: ReplayOptions): Promise<number> {
  const last = count(options.last, "--last", 1);
  const list = options.list === undefined ? (options.json ? last : SHOWN) : count(options.list, "--list", 0);
  const triggers = options.trigger.split(",").map((one) => replayed(one.trim()));
  const config = requireConfig(globals);
  const proposed = options.desk === undefined ? undefined : await deskFromFile(options.desk, config);
  return await withReader(config, async (stage) => {
    const active = await currentDesk(stage.db);
    if (!active)
      throw new Exit(
        1,
        "This installation has no desk yet, so there is nothing to compare with. Run: postern desk apply desk.yaml",
      );
    const since = options.since === undefined ? undefined : momentOf(options.since, "--since", active.timeZone);
    const desks = { before: proposed && active, after: proposed ?? active };
    const { report, seconds } = await run(stage, config, desks, { last, since, triggers, list });
    const rate = seconds > 0 ? Math.round(report.messages / seconds) : report.messages;
    process.stderr.write(`${counted(report.messages, "message")} in ${seconds.toFixed(1)} s, ${rate} a second\n`);
    if (options.json) printJson(asJson(report, seconds));
    else print(reportText(report, { proposed: options.desk, list, triggers }));
    return 0;
  });
}

type Order = Parameters<typeof replay>[2] & { readonly list: number };
type Desks = { readonly before: Desk | undefined; readonly after: Desk };

async function run(
  stage: Stage,
  config: Config,
  desks: Desks,
  { list, ...order }: Order,
): Promise<{ report: ReplayReport; seconds: number }> {
  const { key, loopMark, addressOf } = stage.settings;
  const threads = Math.max(config.parser.threads, availableParallelism());
  const parser = openParser({
    threads,
    maxOldGenerationSizeMb: Math.round(config.parser.memoryBytes / 1e6),
    timeLimitMs: config.parser.timeMs,
    context: parserContext(desks.after, config, key),
  });
  const progress = progressOf("messages");
  const begun = performance.now();
  try {
    const report = await replay(
      {
        db: stage.db,
        addressOf,
        loopMark,
        width: threads * 4,
        parse: async (raw, { received_at: arrivedAt }, desk) =>
          await parser.parse(raw, { ...parserContext(desk, config, key), arrivedAt: Number(arrivedAt) }),
      },
      desks,
      order,
      list,
      { begun: progress.begin, seen: progress.step },
    );
    return { report, seconds: (performance.now() - begun) / 1000 };
  } finally {
    progress.end();
    await parser.close();
  }
}

function asJson({ list, changes, ...report }: ReplayReport, seconds: number): unknown {
  const named = list.map(({ inboundId, from, subject, ticket, differences }) => ({
    inbound: inboundId,
    from,
    subject,
    ticket,
    changes: differences.map(({ field, from: old, to, by }) => ({ field, old, new: to, by })),
  }));
  const summary = changes.map(({ field, from: old, to, count: times }) => ({ field, old, new: to, messages: times }));
  return { ...report, seconds, summary, differences: named };
}

function count(text: string, option: string, least: number): number {
  if (/^\d{1,7}$/.test(text) && Number(text) >= least) return Number(text);
  throw new Exit(2, `${option} "${text}": write a whole number from ${least}, such as 1000.`);
}
