/** Filters of osTicket as rules, in their order. A rule that would hold more often than its filter did is written switched off. */
import { addressOf, originOf, remark, rowById, type Draft, type UsedKeys } from "./osticket-draft.ts";
import { toAction, topicActions, type Then } from "./osticket-actions.ts";
import { toCondition } from "./osticket-condition.ts";
import { departmentsOf } from "./osticket-people.ts";
import { numberOf, rowsOf, rowsWith, textOf, type OsRow } from "./osticket-tables.ts";

export type RuleEntry = { name: string; when: "opened"; enabled?: false; if?: unknown; then: Then };
/** The list `rules` in the making, and named lists that its conditions ask for. */
export type RuleDraft = {
  readonly rules: RuleEntry[];
  readonly lists: Record<string, string[]>;
  readonly names: UsedKeys;
};

/** osTicket's own list of senders whom it refuses. */
const BAN_LIST = "SYSTEM BAN LIST";
/** Senders that osTicket puts on that list itself. */
const EXAMPLE_BAN = "test@example.com";
/** More values of one field than this become a named list. */
const LONG_LIST = 10;

/** Appends a rule for every filter that can be one. */
export function addFilters(draft: Draft, made: RuleDraft): void {
  // osTicket asks its list of banned senders before any filter, whatever number it has.
  const order = (row: OsRow): number => (isBanList(row) ? -1 : numberOf(row, "execorder"));
  const filters = [...rowsOf(draft.tables, "filter")].sort(
    (a, b) => order(a) - order(b) || numberOf(a, "id") - numberOf(b, "id"),
  );
  for (const row of filters) addFilter(draft, made, row);
}

function addFilter(draft: Draft, made: RuleDraft, row: OsRow): void {
  const path = ["rules", made.rules.length];
  const remarks: string[] = [];
  const condition = conditionOf(draft, made, row, remarks);
  const then = thenOf(draft, row, remarks);
  remarks.push(...placeRemarks(draft, then));
  const origin = originLine(draft, row);
  if (condition === undefined || Object.keys(then).length === 0) {
    if (isEmptyBanList(draft, row)) return;
    const empty = linesOf(draft, row).length === 0 ? "has no conditions, so it never held" : undefined;
    const why = condition === undefined ? "has no condition that Postern knows" : "does nothing that Postern knows";
    const details = remarks.length > 0 ? ` (${remarks.join("; ")})` : "";
    remark(
      draft,
      "filter",
      row,
      [],
      `${empty ?? why}${details}. The rule was left out; write it by hand if you need it.`,
    );
    return;
  }
  draft.comments.push({ path, text: origin });
  for (const text of remarks) remark(draft, "filter", row, path, `${text}.`);
  const off = condition.broader || numberOf(row, "isactive") !== 1;
  made.rules.push({
    name: freeName(made.names, textOf(row, "name") || `Filter ${textOf(row, "id")}`),
    when: "opened",
    ...(off && { enabled: false as const }),
    if: condition.if,
    then,
  });
}

function originLine(draft: Draft, row: OsRow): string {
  const target = textOf(row, "target") || "Any";
  const before = draft.comments.length;
  originOf(draft, "filter", row, []);
  const title = draft.comments.splice(before)[0]!.text;
  const notes = textOf(row, "notes")
    .replace(/<[^>]*>/g, " ")
    .replace(/\s+/g, " ")
    .trim()
    .slice(0, 200);
  return `${title}, order ${textOf(row, "execorder") || "0"}, for ${target}${notes === "" ? "" : `: ${notes}`}`;
}

/** A name that no rule has yet. */
export function freeName(names: UsedKeys, wanted: string): string {
  const short = wanted.slice(0, 190);
  let name = short;
  let n = names.get(short) ?? 1;
  while (names.has(name)) name = `${short} (${++n})`;
  names.set(short, n);
  names.set(name, names.get(name) ?? 1);
  return name;
}

type Whole = { readonly if: unknown; readonly broader: boolean };

/** All conditions of a filter together; undefined when not one is left. */
function conditionOf(draft: Draft, made: RuleDraft, row: OsRow, remarks: string[]): Whole | undefined {
  const every = numberOf(row, "match_all_rules") === 1;
  const tests: { test: Readonly<Record<string, unknown>>; not: boolean }[] = [];
  let broader = false;
  for (const line of linesOf(draft, row)) {
    const converted = toCondition(draft, line);
    if ("problem" in converted) {
      broader ||= every;
      remarks.push(`${converted.problem}: ${lostLine(every)}`);
      continue;
    }
    if (converted.doubt !== undefined) {
      broader = true;
      remarks.push(`${converted.doubt}: the rule was switched off, look at it`);
    }
    tests.push(converted);
  }
  if (tests.length === 0) return undefined;
  const written = every ? tests.map(written1) : gathered(made, tests);
  const own = written.length === 1 ? written[0]! : { [every ? "all" : "any"]: written };
  const { more, elsewhere } = originConditions(draft, row);
  if (elsewhere !== undefined) remarks.push(elsewhere);
  return {
    if: more === undefined ? own : { all: [more, ...(every && written.length > 1 ? written : [own])] },
    broader: broader || elsewhere !== undefined,
  };
}

const lostLine = (every: boolean): string =>
  every
    ? "the condition was left out and the rule switched off, since it would hold too often"
    : "the condition was left out, one of several of which any will do";

const linesOf = (draft: Draft, filter: OsRow): OsRow[] =>
  rowsWith(draft.tables, "filter_rule", "filter_id", textOf(filter, "id")).filter(
    (line) => !(isBanList(filter) && textOf(line, "val").toLowerCase() === EXAMPLE_BAN),
  );

const isBanList = (filter: OsRow): boolean => textOf(filter, "name").toUpperCase() === BAN_LIST;
/** As osTicket is installed: nobody is on the list, and nothing has to be said. */
const isEmptyBanList = (draft: Draft, filter: OsRow): boolean =>
  isBanList(filter) && linesOf(draft, filter).length === 0;

type Test = { readonly test: Readonly<Record<string, unknown>>; readonly not: boolean };
const written1 = ({ test, not }: Test): unknown => (not ? { not: test } : test);

/** Of conditions of which any will do, those that compare one field in one way become one with a list of values. */
function gathered(made: RuleDraft, tests: readonly Test[]): unknown[] {
  const groups = new Map<string, { field: string; operator: string; values: Set<string> }>();
  const others: unknown[] = [];
  for (const one of tests) {
    const [field, comparison] = Object.entries(one.test)[0]! as [string, Record<string, string>];
    const [operator, value] = Object.entries(comparison)[0]!;
    if (one.not || operator === "matches") others.push(written1(one));
    else {
      const group = groups.get(`${field} ${operator}`) ?? { field, operator, values: new Set<string>() };
      groups.set(`${field} ${operator}`, group);
      group.values.add(value);
    }
  }
  return [...[...groups.values()].map((group) => oneOfMany(made, { ...group, values: [...group.values] })), ...others];
}

function oneOfMany(
  made: RuleDraft,
  { field, operator, values }: { field: string; operator: string; values: string[] },
): unknown {
  if (values.length === 1) return { [field]: { [operator]: values[0] } };
  if (operator !== "is" || values.length <= LONG_LIST) return { [field]: { [operator]: values } };
  const known = Object.keys(made.lists).length;
  const list = known === 0 ? "banned" : `list-${known + 1}`;
  made.lists[list] = values;
  return { [field]: { in_list: list } };
}

/** Where the ticket has to come from. Postern's rules see mail: filters for forms and programs stay switched off. */
function originConditions(draft: Draft, row: OsRow): { more?: unknown; elsewhere?: string } {
  const target = textOf(row, "target");
  if (target === "Web" || target === "API")
    return {
      elsewhere: `is for tickets from ${target === "Web" ? "web forms" : "programs (API)"} only, and a rule of Postern for mail as well: it was switched off`,
    };
  const mailbox = target === "Email" ? rowById(draft.tables, "email", textOf(row, "email_id")) : undefined;
  const address = addressOf(mailbox);
  return address === undefined ? {} : { more: { recipient: { is: address } } };
}

/** Later actions of a kind win, as in osTicket. A topic brings what it assigns, unless the filter assigns itself. */
function thenOf(draft: Draft, row: OsRow, remarks: string[]): Then {
  const actions = rowsWith(draft.tables, "filter_action", "filter_id", textOf(row, "id")).toSorted(
    (a, b) => numberOf(a, "sort") - numberOf(b, "sort"),
  );
  const then: Then = {};
  for (const action of actions) {
    const { then: made, remark: text } = toAction(draft, action);
    if (text !== undefined) remarks.push(text);
    if (made?.["mail"] !== undefined && then["mail"] !== undefined)
      remarks.push("sends several mails; only the last was taken");
    Object.assign(then, made);
  }
  const topic = actions.findLast((one) => textOf(one, "type") === "topic");
  const topicId = [...draft.keys.help_topic].find(([, key]) => topic !== undefined && key === then["topic"])?.[0];
  const topicRow = topicId === undefined ? undefined : rowById(draft.tables, "help_topic", topicId);
  const brought = topicRow === undefined ? {} : topicActions(draft, topicRow).then;
  const assigns = "assign" in then || "watch" in then;
  const { assign, watch, tag, ...rest } = brought as Then;
  const assigned = assigns
    ? {}
    : {
        ...(assign !== undefined && { assign }),
        ...(watch !== undefined && { watch }),
        ...(tag !== undefined && { tag }),
      };
  return inOrder({
    ...rest,
    ...assigned,
    ...then,
    ...((numberOf(row, "stop_onmatch") === 1 || isBanList(row)) && { stop: true }),
  });
}

/** Where Postern decides otherwise about department and agent than osTicket did with the same settings. */
function placeRemarks(draft: Draft, then: Then): string[] {
  const topicId = [...draft.keys.help_topic].find(([, key]) => key === then["topic"])?.[0];
  const topic = topicId === undefined ? undefined : rowById(draft.tables, "help_topic", topicId);
  const ofTopic = draft.keys.department.get(textOf(topic, "dept_id"));
  const department = then["department"] ?? ofTopic;
  const said: string[] = [];
  if (then["department"] === undefined && ofTopic !== undefined && draft.keys.department.size > 1)
    said.push(
      `sets a topic whose department is ${ofTopic}: Postern moves the ticket there, osTicket left mail in the department of its address`,
    );
  const staff = [...draft.keys.staff].find(([, key]) => key === then["assign"])?.[0];
  const agent = staff === undefined ? undefined : rowById(draft.tables, "staff", staff);
  if (agent !== undefined && typeof department === "string" && !departmentsOf(draft, agent).includes(department))
    said.push(`assigns ${String(then["assign"])}, who does not work in ${department}: Postern assigns members only`);
  return said;
}

const ORDER = [
  "department",
  "topic",
  "priority",
  "sla",
  "assign",
  "tag",
  "status",
  "watch",
  "reply",
  "mail",
  "acknowledge",
  "spam",
  "customer",
  "stop",
];
const inOrder = (then: Then): Then =>
  Object.fromEntries(ORDER.flatMap((key) => (then[key] === undefined ? [] : [[key, then[key]]])));
