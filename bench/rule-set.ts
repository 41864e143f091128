/** Rules and messages for the benchmark of the rules: made up, the same at every run, and as different as a desk's are. */
import type { RouteFacts } from "../src/desk/rules/routing.ts";
import type { Condition, Desk, Rule, RuleAction, Test } from "../src/desk/types.ts";
import { DESK, facts, message, named, rule } from "../test/desk/rules/rule-world.ts";

const WORDS =
  `account address invoice payment refund order parcel delivery password login printer network server outage update
  contract licence renewal quote shipping warranty repair damaged missing wrong broken slow crash error screen keyboard
  monitor battery charger cable router firewall backup restore export import report chart table column filter search`
    .split(/\s+/)
    .filter((word) => word !== "");
const word = (n: number): string => `${WORDS[n % WORDS.length]}${n < WORDS.length ? "" : Math.floor(n / WORDS.length)}`;

const check = (field: string, operator: string, value: Test["value"], argument?: string): Condition => ({
  test: { field, operator, value, ...(argument === undefined ? {} : { argument }) },
});

/** The kinds of conditions that stand in desks, each different for each `n`. */
const KINDS: readonly ((n: number) => Condition)[] = [
  (n) => check("subject", "has_word", [word(n), `${word(n + 7)} ${word(n + 1)}`]),
  (n) => check("from", "is", [`@firm${n}.example`, `person${n}@mail.example`]),
  (n) => check("body", "has_word", `${word(n)} ${word(n + 3)}`),
  (n) => check("header", "contains", `campaign-${n}`, "X-Campaign"),
  (n) => check("subject", "matches", `\\b${word(n)}[ -](?P<number>\\d{5,8})\\b`),
  (n) => ({
    all: [
      check("body", "contains", `${word(n + 2)} is`),
      { not: check("nature", "is", "bulk") },
      { any: [check("subject", "starts", word(n)), check("size", "at_least", 1_000)] },
    ],
  }),
  (n) => check("body", "matches", `(?:${word(n)}|${word(n + 5)}) (?:no|nr)\\.? ?(?P<number>[A-Z]{2}\\d{4})`),
  (n) => ({ all: [check("tag", "is", `tag${n % 40}`), check("subject", "contains", word(n + 4))] }),
  (n) => ({ all: [check("customer_domain", "is", `firm${n}.example`), check("department", "is", "support")] }),
  (n) => ({ all: [check("has_attachment", "is", true), check("attachment_name", "ends", `${word(n)}.pdf`)] }),
];

const ACTIONS: readonly ((n: number) => readonly RuleAction[])[] = [
  (n) => [{ action: "tag", tags: [`tag${n % 40}`] }],
  () => [{ action: "priority", to: "high" }],
  () => [{ action: "department", to: "billing" }],
  (n) => [
    { action: "topic", to: n % 2 === 0 ? "login" : "invoice" },
    { action: "note", text: "See {{ match.number }}" },
  ],
];

const actionsOf = (n: number): readonly RuleAction[] => ACTIONS[n % ACTIONS.length]!(n);

export const mixedRules = (count: number): readonly Rule[] =>
  Array.from({ length: count }, (_, n) =>
    rule(n + 1, { if: KINDS[n % KINDS.length]!(n), then: actionsOf(Math.floor(n / KINDS.length)) }),
  );

/** Every one holds for every message of `ruleMails`, and does something. */
export const allHold = (count: number): readonly Rule[] =>
  Array.from({ length: count }, (_, n) =>
    rule(n + 1, {
      if: n % 2 === 0 ? check("from", "contains", "@") : check("body", "has_word", ["nothing", "and"]),
      then: actionsOf(n),
    }),
  );

export const deskWith = (rules: readonly Rule[]): Desk => ({ ...DESK, rules });

/** Messages of about `size` characters. @param apt whether some rules are about them */
export function ruleMails(count: number, apt: boolean, size = 2_000): readonly RouteFacts[] {
  return Array.from({ length: count }, (_, n) => {
    const spoken = (from: number, length: number): string =>
      Array.from({ length }, (_word, at) => (apt ? word((from + at * 13) % 400) : `zz${(from + at) % 97}`)).join(" ");
    const paragraph = `Hello and good day, ${spoken(n, 40)}. `;
    const body = paragraph.repeat(Math.ceil(size / paragraph.length)).slice(0, size);
    const sender = apt ? `person${n}@firm${n % 300}.example` : "nobody@elsewhere.example";
    const mail = message({ subject: spoken(n * 3, 6), text: body, replyText: body, from: named(sender) });
    return facts({ message: mail, customer: { ...named(sender), addresses: [sender], attributes: {} } });
  });
}
