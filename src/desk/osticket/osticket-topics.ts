/** Help topics, organizations and canned responses of osTicket: what has a name and a few settings. */
import { canonicalDomain, isFreemail } from "../../mail/address.ts";
import { distinctNames, nameOf, originOf, remark, rowById, type Draft } from "./osticket-draft.ts";
import { priorityOf } from "./osticket-general.ts";
import { hasFlag, numberOf, rowsOf, rowsWith, textOf, type OsRow, type OsTables } from "./osticket-tables.ts";
import { toLiquid } from "./osticket-text.ts";

const [CUSTOM_NUMBERS, ACTIVE, ARCHIVED] = [0x0001, 0x0002, 0x0004];
const LONGEST_CANNED = 20_000;

/** Older versions have only the column: there no row has the flag. */
export function isActiveTopic(tables: OsTables, row: OsRow): boolean {
  const flagged = rowsOf(tables, "help_topic").some((one) => hasFlag(one, ACTIVE));
  return !hasFlag(row, ARCHIVED) && (flagged ? hasFlag(row, ACTIVE) : numberOf(row, "isactive") === 1);
}

/** `Hardware / Printer`: a topic's name together with those above it. */
export function topicTitle(tables: OsTables, row: OsRow): string {
  const names: string[] = [];
  let above: OsRow | undefined = row;
  for (let level = 0; above !== undefined && level < 8; level++) {
    names.unshift(nameOf("help_topic", above));
    above = numberOf(above, "topic_pid") === 0 ? undefined : rowById(tables, "help_topic", textOf(above, "topic_pid"));
  }
  const title = names.filter((name) => name !== "").join(" / ");
  return title.slice(-90) || `Help topic ${textOf(row, "topic_id")}`;
}

/** The section `topics`. What a topic assigns is a rule (osticket-rules.ts). */
export function topics(draft: Draft): Record<string, unknown> {
  const rows = rowsOf(draft.tables, "help_topic");
  const present = rows.filter((row) => draft.keys.help_topic.has(textOf(row, "topic_id")));
  for (const row of rows.filter((one) => !present.includes(one)))
    remark(draft, "help_topic", row, [], "is not active and was left out.");
  const keyOf = (row: OsRow): string => draft.keys.help_topic.get(textOf(row, "topic_id"))!;
  const titles = distinctNames(present.map((row) => ({ key: keyOf(row), name: topicTitle(draft.tables, row) })));
  return Object.fromEntries(present.map((row) => [keyOf(row), oneTopic(draft, row, titles.get(keyOf(row))!)]));
}

function oneTopic(draft: Draft, row: OsRow, title: string): Record<string, unknown> {
  const path = ["topics", draft.keys.help_topic.get(textOf(row, "topic_id"))!];
  originOf(draft, "help_topic", row, path);
  if (hasFlag(row, CUSTOM_NUMBERS))
    remark(draft, "help_topic", row, path, "numbers its tickets in its own way. Postern has one count for the desk.");
  const department = draft.keys.department.get(textOf(row, "dept_id"));
  const priority = priorityOf(draft, textOf(row, "priority_id"));
  const sla = draft.keys.sla.get(textOf(row, "sla_id"));
  return {
    title,
    ...(department !== undefined && { department }),
    ...(priority !== undefined && { priority }),
    ...(sla !== undefined && { sla }),
    ...(numberOf(row, "ispublic") === 1 && { portal: true }),
  };
}

/** The mail domains of an organization: those that can be anybody's own. */
export const domainsOf = (row: OsRow): string[] => [
  ...new Set(
    textOf(row, "domain")
      .split(/[,;\s]+/)
      .flatMap((one) => canonicalDomain(one.replace(/^@/, "")) ?? [])
      .filter((domain) => /^[^.[].*\./.test(domain) && !isFreemail(domain)),
  ),
];

/** The section `organizations`. */
export function organizations(draft: Draft): Record<string, unknown> {
  const section: Record<string, unknown> = {};
  for (const row of rowsOf(draft.tables, "organization")) {
    const key = draft.keys.organization.get(textOf(row, "id"));
    if (key === undefined) {
      const text = "has no mail domain of its own, by which Postern knows an organization. It was left out.";
      remark(draft, "organization", row, [], text);
      continue;
    }
    originOf(draft, "organization", row, ["organizations", key]);
    section[key] = { name: nameOf("organization", row), domains: domainsOf(row) };
  }
  return section;
}

/** The section `canned`. */
export function cannedTexts(draft: Draft): Record<string, unknown> {
  const section: Record<string, unknown> = {};
  for (const row of rowsOf(draft.tables, "canned_response")) {
    const key = draft.keys.canned_response.get(textOf(row, "canned_id"));
    if (key === undefined) {
      const off = numberOf(row, "isenabled") !== 1;
      remark(draft, "canned_response", row, [], `${off ? "is switched off" : "has no text"} and was left out.`);
      continue;
    }
    const path = ["canned", key];
    originOf(draft, "canned_response", row, path);
    section[key] = cannedText(draft, row, path);
  }
  return section;
}

/** Whether a canned response has words that can be sent. */
export const hasText = (row: OsRow): boolean => toLiquid(textOf(row, "response"), "canned").text !== "";

function cannedText(draft: Draft, row: OsRow, path: string[]): string {
  const say = (text: string): void => remark(draft, "canned_response", row, path, text);
  const { text, unknown } = toLiquid(textOf(row, "response"), "canned");
  if (unknown.length > 0)
    say(
      `names ${unknown.join(", ")}, for which Postern has nothing. It stands there as it was: customers would read it. Take it out.`,
    );
  const files = rowsWith(draft.tables, "attachment", "object_id", textOf(row, "canned_id"));
  const attached = files.filter((one) => numberOf(one, "inline") === 0).length;
  if (attached > 0) say(`has attached files (${attached}). Canned texts of Postern have none.`);
  if (text.length <= LONGEST_CANNED) return text;
  say(`is longer than ${LONGEST_CANNED} characters and was cut.`);
  return text.slice(0, LONGEST_CANNED).replace(/\{[^}]*$/, "");
}
