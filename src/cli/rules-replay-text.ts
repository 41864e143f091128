/** The report of a replay for people: what would differ and how often, rules, effects, then the messages themselves. */
import type { Trigger } from "../desk/types.ts";
import { shorten } from "../desk/words.ts";
import type { Counted, Differing, ReplayReport } from "../stages/replay-report.ts";
import { table } from "./context.ts";

/** Kinds of differences in the table; every tag of its own would make it as long as the mail. */
const MOST_KINDS = 40;
const SUBJECT_WIDTH = 50;
const VALUE_WIDTH = 48;

export type ReplayWords = {
  /** The desk file; undefined = the active desk beside the versions of the time. */
  readonly proposed: string | undefined;
  readonly list: number;
  readonly triggers: readonly Trigger[];
};

export function reportText(report: ReplayReport, words: ReplayWords): string {
  return [
    summary(report, words),
    ...section("What would differ", changes(report)),
    ...section("Rules that held", counted("rule", report.rules)),
    ...section("Effects of rules", counted("effect", report.effects)),
    ...section("Messages", messages(report, words.list)),
  ].join("\n");
}

function summary(
  { messages: all, replayed, differing, leftOut }: ReplayReport,
  { proposed, triggers }: ReplayWords,
): string {
  const [then, now] =
    proposed === undefined ? ["the desk of the time", "the active desk"] : ["the active desk", proposed];
  const same = differing === 0 ? "nothing would differ" : `${differing} of them would be otherwise`;
  return [
    `${then} -> ${now}, for "${triggers.join(", ")}"`,
    `${replayed} of ${all} messages replayed; ${same}.`,
    ...leftOut.map(({ why, count }) => `${String(count).padStart(6)} left out: ${why}`),
  ].join("\n");
}

const section = (title: string, text: string | undefined): readonly string[] =>
  text === undefined ? [] : ["", title, text];

const shown = (value: string | null): string => (value === null ? "-" : shorten(value, VALUE_WIDTH));

function changes({ changes: all }: ReplayReport): string | undefined {
  if (all.length === 0) return undefined;
  const rows = all
    .slice(0, MOST_KINDS)
    .map(({ field, from, to, count }) => [field, shown(from), shown(to), String(count)]);
  const rest = all.slice(MOST_KINDS);
  const more = rest.length === 0 ? "" : `\nand ${rest.length} more kinds (--json lists all)`;
  return `${table(["field", "from", "to", "messages"], rows)}${more}`;
}

/** Those whose count changes stand first. */
function counted(what: string, all: readonly Counted[]): string | undefined {
  if (all.length === 0) return undefined;
  const sorted = all.toSorted((a, b) => Number(b.before !== b.after) - Number(a.before !== a.after));
  const rows = sorted.map(({ name, before, after }) => [
    shorten(name, VALUE_WIDTH),
    String(before),
    String(after),
    before === after ? "" : `${after > before ? "+" : ""}${after - before}`,
  ]);
  return table([what, "before", "after", ""], rows);
}

function messages({ list, differing }: ReplayReport, most: number): string | undefined {
  if (differing === 0 || most === 0) return undefined;
  const more = differing > list.length ? [`and ${differing - list.length} more (--list ${differing} shows them)`] : [];
  return [...list.flatMap(told), ...more].join("\n");
}

function told({ inboundId, from, subject, ticket, differences }: Differing): readonly string[] {
  const head = `${inboundId}  ${from ?? "-"}  "${shorten(subject ?? "", SUBJECT_WIDTH)}"${ticket === null ? "" : `  ${ticket}`}`;
  return [
    head,
    ...differences.map(
      ({ field, from: was, to, by }) => `    ${field.padEnd(12)}  ${shown(was)} -> ${shown(to)}  (${by})`,
    ),
  ];
}
