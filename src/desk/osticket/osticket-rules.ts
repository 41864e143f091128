/**
 * The list `rules`: first what osTicket takes from the address a mail came to, the organization and the topic, which its
 * filters overrule; then the filters; at last the departments that do not acknowledge, since a filter may choose one.
 */
import { addressOf, nameOf, originOf, remark, type Draft } from "./osticket-draft.ts";
import { assignAction, topicActions, teamAction, type Then } from "./osticket-actions.ts";
import { addFilters, freeName, type RuleDraft } from "./osticket-filter.ts";
import { priorityOf } from "./osticket-general.ts";
import { topicTitle } from "./osticket-topics.ts";
import { configValue, hasFlag, numberOf, rowsOf, textOf, type OsRow, type OsTableName } from "./osticket-tables.ts";

const ASSIGN_MANAGER = 0x0004;

/** The rules, and the named lists that they ask for. */
export function rulesOf(draft: Draft): Pick<RuleDraft, "rules" | "lists"> {
  const made: RuleDraft = { rules: [], lists: {}, names: new Map() };
  for (const row of rowsOf(draft.tables, "email")) addressRule(draft, made, row);
  for (const row of rowsOf(draft.tables, "organization")) managerRule(draft, made, row);
  for (const row of rowsOf(draft.tables, "help_topic")) topicRule(draft, made, row);
  addFilters(draft, made);
  silentDepartments(draft, made);
  return made;
}

type Source = {
  readonly table: OsTableName;
  readonly row: OsRow;
  readonly name: string;
  readonly remarks?: readonly string[];
};

function add(
  draft: Draft,
  made: RuleDraft,
  { table, row, name, remarks = [] }: Source,
  condition: unknown,
  then: Then,
): void {
  const path = ["rules", made.rules.length];
  if (Object.keys(then).length > 0) {
    originOf(draft, table, row, path);
    made.rules.push({ name: freeName(made.names, name), when: "opened", if: condition, then });
  }
  for (const text of remarks) remark(draft, table, row, Object.keys(then).length > 0 ? path : [], `${text}.`);
}

/** Mail to an address may have a topic, a priority, and no acknowledgement. */
function addressRule(draft: Draft, made: RuleDraft, row: OsRow): void {
  const address = addressOf(row);
  if (address === undefined) return;
  const topic = draft.keys.help_topic.get(textOf(row, "topic_id"));
  // In osTicket the department of an address goes before its topic's, in Postern a topic's before the address's.
  const department = topic === undefined ? undefined : draft.keys.department.get(textOf(row, "dept_id"));
  const priority = priorityOf(draft, textOf(row, "priority_id"));
  const usual = priorityOf(draft, configValue(draft.tables, "default_priority_id")) ?? "normal";
  const silent = numberOf(row, "noautoresp") === 1;
  add(
    draft,
    made,
    { table: "email", row, name: `Mail to ${address}` },
    { recipient: { is: address } },
    {
      ...(department !== undefined && { department }),
      ...(topic !== undefined && { topic }),
      ...(priority !== undefined && priority !== usual && { priority }),
      ...(silent && { acknowledge: false }),
    },
  );
}

/** Tickets of an organization may go to its account manager: `s3` is an agent, `t2` a team. */
function managerRule(draft: Draft, made: RuleDraft, row: OsRow): void {
  const key = draft.keys.organization.get(textOf(row, "id"));
  const [, kind, id] = /^([st])(\d+)$/.exec(textOf(row, "manager")) ?? [];
  if (key === undefined || id === undefined || !hasFlag(row, ASSIGN_MANAGER, "status")) return;
  const staff = draft.keys.staff.get(id);
  const action =
    kind === "t"
      ? teamAction(draft, id)
      : staff === undefined
        ? { remark: `has an account manager (agent ${id}) who is not in the desk file` }
        : assignAction(draft, id);
  const name = `The account manager of ${nameOf("organization", row)}`;
  const remarks = action.remark === undefined ? [] : [action.remark];
  add(draft, made, { table: "organization", row, name, remarks }, { organization: key }, action.then ?? {});
}

/** What a topic assigns, for tickets that have it before a filter looks. */
function topicRule(draft: Draft, made: RuleDraft, row: OsRow): void {
  const key = draft.keys.help_topic.get(textOf(row, "topic_id"));
  if (key === undefined) return;
  const { then, remarks } = topicActions(draft, row);
  const name = `Topic ${topicTitle(draft.tables, row)}`;
  add(draft, made, { table: "help_topic", row, name, remarks }, { topic: key }, then);
}

function silentDepartments(draft: Draft, made: RuleDraft): void {
  const stops = made.rules.some(({ then }) => then["stop"] === true && then["spam"] === undefined);
  for (const row of rowsOf(draft.tables, "department")) {
    const key = draft.keys.department.get(textOf(row, "id"));
    if (key === undefined || row["ticket_auto_response"] === undefined || numberOf(row, "ticket_auto_response") === 1)
      continue;
    const remarks = stops
      ? ["sends no acknowledgement. A rule before this one with `stop: true` ends the run, and then it is sent"]
      : [];
    const name = `No acknowledgement from ${nameOf("department", row)}`;
    add(draft, made, { table: "department", row, name, remarks }, { department: key }, { acknowledge: false });
  }
}
