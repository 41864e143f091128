/** One line of an osTicket filter ("Email / contains / x") as a condition of the desk file, or why there is none. */
import { canonicalAddress } from "../../mail/address.ts";
import { rowById, type Draft } from "./osticket-draft.ts";
import { toRe2 } from "./osticket-regex.ts";
import { rowsOf, textOf, type OsRow } from "./osticket-tables.ts";

export type OsCondition =
  | { readonly test: Readonly<Record<string, unknown>>; readonly not: boolean; readonly doubt?: string }
  | { readonly problem: string };

/** Fields of osTicket that a message has as well. */
const FIELDS: Readonly<Record<string, string>> = {
  name: "from_name",
  email: "from",
  subject: "subject",
  body: "body",
  "reply-to": "reply_to",
  addressee: "recipient",
};
/** Fields of its built-in forms: T is the ticket's, U the user's. */
const FORM_FIELDS: Readonly<Record<string, string>> = {
  "T subject": "subject",
  "T message": "body",
  "U name": "from_name",
  "U email": "from",
};
const ADDRESSES = ["from", "reply_to", "recipient"];

const OPERATORS: Readonly<Record<string, { readonly operator: string; readonly not: boolean }>> = {
  equal: { operator: "is", not: false },
  not_equal: { operator: "is", not: true },
  contains: { operator: "contains", not: false },
  dn_contain: { operator: "contains", not: true },
  starts: { operator: "starts", not: false },
  ends: { operator: "ends", not: false },
  match: { operator: "matches", not: false },
  not_match: { operator: "matches", not: true },
};

/** @param row of `filter_rule`: `what`, `how`, `val` */
export function toCondition(draft: Draft, row: OsRow): OsCondition {
  const [what, how, value] = [textOf(row, "what"), textOf(row, "how"), textOf(row, "val")];
  const comparison = Object.hasOwn(OPERATORS, how) ? OPERATORS[how] : undefined;
  if (comparison === undefined) return { problem: `compares with “${how}”, which is not known here` };
  if (value === "") return { problem: "compares with an empty text" };
  if (what === "topicId") return topicCondition(draft, value, how);
  const field = fieldOf(draft, what);
  if (field === undefined)
    return organizationCondition(draft, what, value, how) ?? { problem: unknownField(draft, what) };
  if (comparison.operator === "matches") return patternCondition(field, value, comparison.not);
  const doubt = ADDRESSES.includes(field) ? addressDoubt(field, comparison.operator, value) : undefined;
  return {
    test: { [field]: { [comparison.operator]: value } },
    not: comparison.not,
    ...(doubt !== undefined && { doubt }),
  };
}

function fieldOf(draft: Draft, what: string): string | undefined {
  if (Object.hasOwn(FIELDS, what)) return FIELDS[what];
  const { form, field } = formField(draft, what);
  return FORM_FIELDS[`${textOf(form, "type")} ${textOf(field, "name")}`];
}

/** `field.20` names a field of a form by its id; `field.20.3` a property of the list behind it. */
function formField(draft: Draft, what: string): { form?: OsRow | undefined; field?: OsRow | undefined } {
  const id = /^field\.(\d+)$/.exec(what)?.[1];
  const field = id === undefined ? undefined : rowById(draft.tables, "form_field", id);
  return { field, form: rowById(draft.tables, "form", textOf(field, "form_id")) };
}

function unknownField(draft: Draft, what: string): string {
  const { form, field } = formField(draft, what);
  if (field === undefined) return `looks at “${what}”, which a mail has not`;
  return `looks at the form field \`${what}\` (${textOf(form, "title")} / ${textOf(field, "label")}), which a mail has not`;
}

/** The user's organization by its name: in Postern by its key. */
function organizationCondition(draft: Draft, what: string, value: string, how: string): OsCondition | undefined {
  const { form, field } = formField(draft, what);
  if (textOf(form, "type") !== "O" || textOf(field, "name") !== "name" || !["equal", "not_equal"].includes(how))
    return undefined;
  const row = rowsOf(draft.tables, "organization").find(
    (one) => textOf(one, "name").toLowerCase() === value.toLowerCase(),
  );
  const key = draft.keys.organization.get(textOf(row, "id"));
  return key === undefined
    ? { problem: `asks for the organization “${value}”, which is not in the desk file` }
    : { test: { organization: { is: key } }, not: how === "not_equal" };
}

function topicCondition(draft: Draft, value: string, how: string): OsCondition {
  const key = draft.keys.help_topic.get(value);
  if (key === undefined || !["equal", "not_equal"].includes(how))
    return { problem: `compares the number of a help topic with “${value}”; Postern's topics have keys` };
  return { test: { topic: { is: key } }, not: how === "not_equal" };
}

function patternCondition(field: string, value: string, not: boolean): OsCondition {
  const converted = toRe2(value);
  if ("problem" in converted)
    return { problem: `has the regular expression ${value}, which Postern cannot take: ${converted.problem}` };
  return { test: { [field]: { matches: converted.pattern } }, not };
}

/**
 * osTicket compares the addressees as one text, names and addresses in a row; and `is` of an address means a domain in
 * Postern where there is no `@`. Where that decides otherwise, somebody has to look.
 */
function addressDoubt(field: string, operator: string, value: string): string | undefined {
  if (operator === "is" && canonicalAddress(value) === undefined)
    return `“${value}” is no address: osTicket never found it, Postern takes it for a domain`;
  if (field !== "recipient") return undefined;
  if (operator === "contains" && !/\s/.test(value) && /[@.]/.test(value)) return undefined;
  return "osTicket looked at names and addresses of all recipients as one text, Postern looks at each address";
}
