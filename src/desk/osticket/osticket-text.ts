/** Texts of osTicket: HTML as plain text, and its variables `%{ticket.number}` in Liquid where Postern has the same. */
import { htmlToText } from "../../mail/html/html-text.ts";

/** What a text may name: a canned response, a mail of a rule, or a department's signature. */
export type TextUse = "canned" | "mail" | "signature";

export type OsText = {
  readonly text: string;
  /** Variables that stand as they were, for which there is nothing. */
  readonly unknown: readonly string[];
};

const CUSTOMER: Readonly<Record<string, string>> = {
  "": "customer.name",
  name: "customer.name",
  "name.full": "customer.name",
  "name.original": "customer.name",
  "name.complete": "customer.name",
  "name.first": "customer.first_name",
  "name.short": "customer.first_name",
};
const TICKET: Readonly<Record<string, string>> = {
  "": "ticket.number",
  number: "ticket.number",
  subject: "ticket.subject",
  dept: "department.name",
  "dept.name": "department.name",
};
const AGENT: Readonly<Record<string, string>> = {
  "": "agent.name",
  name: "agent.name",
  "name.full": "agent.name",
  "name.first": "agent.first_name",
};
const named = (variable: string): Readonly<Record<string, string>> => ({ "": variable, name: variable });

/** By the first word of a variable. `ticket.user.name` and `ticket.name` are the customer as well. */
const ROOTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  ticket: TICKET,
  recipient: CUSTOMER,
  user: CUSTOMER,
  company: named("desk.name"),
  dept: named("department.name"),
  department: named("department.name"),
  staff: AGENT,
  agent: AGENT,
};
const ALLOWED: Readonly<Record<TextUse, RegExp>> = {
  canned: /^(customer|ticket|department|desk)\./,
  mail: /^(customer|ticket|department|desk)\./,
  signature: /^(agent|department|desk)\./,
};

/** Text of osTicket, HTML or plain, as Liquid of the desk file. */
export function toLiquid(source: string, use: TextUse): OsText {
  const unknown = new Set<string>();
  const plain = withoutHtml(source)
    // What Liquid would read must come out as it was written.
    .replace(/\{\{|\{%/g, (braces) => `{{ "${braces}" }}`)
    .replace(/%\{ ?([A-Za-z_][\w.]{0,100}) ?\}/g, (whole, name: string) => {
      if (name === "signature") return "";
      const variable = liquidName(name.toLowerCase());
      if (variable !== undefined && ALLOWED[use].test(variable)) return `{{ ${variable} }}`;
      unknown.add(whole);
      return whole;
    });
  return { text: plain.trim(), unknown: [...unknown] };
}

function liquidName(name: string): string | undefined {
  const [root, ...rest] = name.split(".") as [string, ...string[]];
  const of = (names: Readonly<Record<string, string>>, path: readonly string[]): string | undefined =>
    Object.hasOwn(names, path.join(".")) ? names[path.join(".")] : undefined;
  if (root === "ticket" && (rest[0] === "user" || rest[0] === "owner")) return of(CUSTOMER, rest.slice(1));
  if (root === "ticket" && rest[0] === "name") return of(CUSTOMER, rest);
  return Object.hasOwn(ROOTS, root) ? of(ROOTS[root]!, rest) : undefined;
}

/** osTicket stores rich text as HTML; a text without any tag or entity is plain. */
const withoutHtml = (source: string): string =>
  /<[a-z!/][^>]*>|&(?:[a-z]+|#\d+);/i.test(source) ? htmlToText(source).text : source.replace(/\r\n?/g, "\n");
