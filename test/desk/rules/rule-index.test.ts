/** Rules that the index rules out are those that would not hold: both ways of running them come to the same. */
import { describe, expect, it, vi } from "vitest";
import fc from "fast-check";
import { RE2JS } from "re2js";
import { FIELDS, type FieldRow } from "../../../src/desk/rules/condition-fields.ts";
import { literalSearch } from "../../../src/desk/rules/rule-literals.ts";
import { compileRules, runRules, TOLD_WHOLE } from "../../../src/desk/rules/rule.ts";
import { route } from "../../../src/desk/rules/routing.ts";
import type { Condition, Desk, Rule, RuleAction, Test } from "../../../src/desk/types.ts";
import { DESK, facts, message, named, rule, subjectHas, ticket } from "./rule-world.ts";

describe("literalSearch", () => {
  const letters = fc.string({ unit: fc.constantFrom("a", "b", "c", "é", "𝐝"), minLength: 1, maxLength: 5 });
  it("finds what includes finds", () => {
    fc.assert(
      fc.property(fc.array(letters, { minLength: 1 }), fc.array(letters), (literals, texts) => {
        const found = new Set<number>();
        const search = literalSearch(literals.map((literal, index) => [literal, index]));
        search!.search(texts, (values) => values.forEach((value) => found.add(value)));
        const expected = literals.flatMap((literal, index) =>
          texts.some((text) => text.includes(literal)) ? [index] : [],
        );
        expect([...found].sort((a, b) => a - b)).toEqual(expected);
      }),
    );
  });

  it("is not built when it would be too large", () => {
    const many = Array.from(
      { length: 40_000 },
      (_, n) => [`${String.fromCharCode(0x4e00 + (n % 20_000))}${n}`, n] as const,
    );
    expect(literalSearch(many)).toBeUndefined();
  });
});

/** Letters that fold, join, vanish or fall apart: İ, ı, the Kelvin sign, ſ, ligatures, full width, combining and half pairs. */
const ODD = [
  "İ",
  "ı",
  "ſ",
  "ﬁ",
  "e\u0301",
  "é",
  "ｌｏｇ",
  "lo\u200bg",
  "Σ",
  "ς",
  "\ud83d",
  "𝐤",
  "\u0301",
  "\u00a8",
  "ǆ",
];
const WORDS = ["down", "log", "log in", "order", "refund", "vip", "a", "ß", "登录", "order 17", "x.example", "it", "k"];
WORDS.push(...ODD);
const TEXT_WORD = fc.constantFrom(
  ...WORDS,
  "download",
  "ORDER 17",
  "STRASSE",
  "K",
  "order 4 and 5",
  "FI",
  "down\u0301",
);
const text = fc
  .tuple(fc.array(TEXT_WORD, { maxLength: 6 }), fc.constantFrom(" ", "", "\u00a0"))
  .map(([words, between]) => words.join(between));
const PATTERNS = [
  "order (?P<n>\\d+)",
  "\\blog\\b|refund",
  "k+",
  "(?P<any>\\w+) in",
  "^down",
  "(?-i)ORDER",
  "ß",
  "[xy]\\.",
  "fi|ss",
  "(?:lo)+g?",
  "(?P<n>İ|i)|(?P<any>ı)",
];
const address = fc.constantFrom("maria@home.example", "joe@x.example", "ann@nw.example", "@x.example", "home.example");
const full = fc.constantFrom("maria@home.example", "joe@x.example", "k@y.example").map((one) => named(one, "Joe Down"));

function valueOf(row: FieldRow, operator: string): fc.Arbitrary<Test["value"]> {
  const several = <T extends string>(one: fc.Arbitrary<T>) =>
    fc.oneof(one, fc.array(one, { minLength: 1, maxLength: 3 }));
  if (operator === "exists" || row.kind === "flag") return fc.boolean();
  if (row.kind === "number") return fc.constantFrom(-1, 0, 1, 2, 9, 100, 2_000);
  if (operator === "in_list") return several(fc.constantFrom("vip", "words", "long"));
  if (operator === "matches") return several(fc.constantFrom(...PATTERNS));
  if (row.choices) return several(fc.constantFrom(...row.choices));
  if (row.names)
    return several(fc.constantFrom("support", "it", "billing", "login", "invoice", "ann", "gold", "always", "fab"));
  return several(fc.oneof(fc.constantFrom(...WORDS), address));
}

const someTest: fc.Arbitrary<Condition> = fc.constantFrom(...Object.keys(FIELDS)).chain((field) => {
  const row = FIELDS[field]!;
  const argument = row.argument === undefined ? undefined : "X-Shop";
  return fc
    .constantFrom(...row.operators)
    .chain((operator) => valueOf(row, operator).map((value) => ({ test: { field, argument, operator, value } })));
});
const condition: fc.Arbitrary<Condition> = fc.letrec<{ node: Condition }>((tie) => ({
  node: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    someTest,
    fc.array(tie("node"), { maxLength: 3 }).map((all) => ({ all })),
    fc.array(tie("node"), { maxLength: 3 }).map((any) => ({ any })),
    tie("node").map((not) => ({ not })),
  ),
})).node;

const tag = fc.constantFrom("vip", "order", "order-{{ match.n }}", "access");
const action: fc.Arbitrary<RuleAction> = fc.oneof(
  tag.map((one): RuleAction => ({ action: "tag", tags: [one] })),
  fc.constantFrom("vip", "new").map((one): RuleAction => ({ action: "untag", tags: [one] })),
  fc.constantFrom("support", "it", "billing", "nowhere").map((to): RuleAction => ({ action: "department", to })),
  fc.constantFrom("login", "invoice").map((to): RuleAction => ({ action: "topic", to })),
  fc.constantFrom("low", "urgent").map((to): RuleAction => ({ action: "priority", to })),
  fc.constantFrom("pending", "closed").map((to): RuleAction => ({ action: "status", to })),
  fc.constant<RuleAction>({ action: "status", to: "snoozed", days: 2 }),
  fc.constantFrom("gold", "standard").map((to): RuleAction => ({ action: "sla", to })),
  fc.constantFrom("ann", "dev").map((agent): RuleAction => ({ action: "assign", to: { strategy: "fixed", agent } })),
  fc.constant<RuleAction>({ action: "note", text: "{{ match.n }}" }),
  fc.constantFrom(30, 60).map((withinMinutes): RuleAction => ({ action: "merge", withinMinutes })),
);

const rules = fc
  .array(
    fc.tuple(
      fc.option(condition, { nil: undefined, freq: 9 }),
      fc.array(action, { maxLength: 2 }),
      fc.integer({ min: 0, max: 12 }),
    ),
    {
      maxLength: 25,
    },
  )
  .map((all) => all.map(([found, then, stop], index): Rule => rule(index + 1, { if: found, then, stop: stop === 0 })));

const someFacts = fc
  .record({
    subject: text,
    body: text,
    header: text,
    from: full,
    to: fc.array(full, { maxLength: 2 }),
    name: text,
    now: fc.nat(2_000_000_000),
  })
  .map(({ subject, body, header, from, to, name, now }) => {
    const file = {
      part: 0,
      filename: `${name}.pdf`,
      contentType: "application/pdf",
      size: 1,
      sha256: "",
      inline: false,
    };
    const headers = [{ name: "x-shop", value: header }];
    const attachments = name === "" ? [] : [file];
    const mail = message({ subject, text: body, headers, from, to, replyTo: to, attachments });
    const customer = { ...from, addresses: [from.address], attributes: { "X-Shop": name } };
    const times = { ...facts().times, now, respondDueAt: 1_000_000_000 };
    const subjectOf = ticket({ tags: ["new"], assignee: "ann" });
    return facts({ message: mail, customer, times, ticket: subjectOf, organization: name === "" ? null : "fab" });
  });

const FABRIKAM = {
  key: "fab",
  name: "Fabrikam",
  domains: [],
  tags: ["order"],
  attributes: { "X-Shop": "down" },
  active: true,
};
const deskOf = (some: readonly Rule[]): Desk => ({
  ...DESK,
  rules: some,
  lists: {
    vip: ["joe@x.example", "@home.example"],
    words: ["down", "vip"],
    long: WORDS.concat(Array.from({ length: 60 }, (_, n) => `w${n}`)),
  },
  organizations: { fab: FABRIKAM },
});

describe("the index", () => {
  it("makes no difference to what rules do, nor to what is told of those that held", () => {
    let held = 0;
    fc.assert(
      fc.property(rules, someFacts, fc.constantFrom("opened", "clock"), (some, about, trigger) => {
        const desk = deskOf(some.map((one) => ({ ...one, when: trigger })));
        const given = { ...about, trigger };
        const [whole, brief] = [route(desk, given, true), route(desk, given, false)];
        held += whole.trace.rules.filter(({ result }) => result).length;
        expect(brief.changes).toEqual(whole.changes);
        expect(brief.assignment).toEqual(whole.assignment);
        expect(brief.effects).toEqual(whole.effects);
        expect(brief.trace.steps).toEqual(whole.trace.steps);
        expect(brief.trace.rules).toEqual(whole.trace.rules.filter(({ result }) => result));
      }),
      { numRuns: 800 },
    );
    expect(held).toBeGreaterThan(500);
  });
});

describe("the trace of many rules", () => {
  const many = Array.from({ length: 200 }, (_, n) =>
    rule(n + 1, {
      if: n % 50 === 7 ? subjectHas("log in") : subjectHas(`word${n}`),
      then: [{ action: "tag", tags: [`t${n}`] }],
      stop: n === 157,
    }),
  );

  it("has those that held, and the positions of the others", () => {
    const run = runRules(compileRules({ ...DESK, rules: many }), facts());
    expect(run.trace.map(({ position }) => position)).toEqual([8, 58, 108, 158]);
    expect(run.untold).toEqual({ notHeld: "1-7, 9-57, 59-107, 109-157", afterStop: "159-200" });
    expect(JSON.stringify(run.trace).length).toBeLessThan(2_000);
  });

  it("also has a rule that is none, and is whole when asked for", () => {
    const nonsense: Condition = { test: { field: "colour", operator: "is", value: "red" } };
    const desk = { ...DESK, rules: [...many.slice(0, 100), rule(101, { name: "Red", if: nonsense, then: [] })] };
    const brief = runRules(compileRules(desk), facts());
    expect(brief.trace.find(({ skipped }) => skipped !== undefined)).toMatchObject({ name: "Red", result: false });
    const whole = runRules(compileRules(desk), facts(), undefined, true);
    expect(whole.trace).toHaveLength(101);
    expect(whole.untold).toBeUndefined();
  });

  it("is whole for as many rules as people read", () => {
    expect(runRules(compileRules({ ...DESK, rules: many.slice(0, TOLD_WHOLE) }), facts()).trace).toHaveLength(
      TOLD_WHOLE,
    );
    expect(
      runRules(compileRules({ ...DESK, rules: many.slice(0, TOLD_WHOLE + 1) }), facts()).trace.length,
    ).toBeLessThan(9);
  });
});

it("asks a pattern of which nothing is known once a message, also when it holds", () => {
  const asked = vi.spyOn(RE2JS.prototype, "test");
  const patterns = Array.from({ length: TOLD_WHOLE + 10 }, (_, n) => `[a-z]{${n + 1}}`);
  const some = patterns.map((value, n) =>
    rule(n + 1, { if: { test: { field: "body", operator: "matches", value } }, then: [] }),
  );
  const set = compileRules({ ...DESK, rules: some });
  asked.mockClear();
  expect(runRules(set, facts({ message: message({ text: "abcdefghij" }) })).trace).toHaveLength(10);
  expect(asked).toHaveBeenCalledTimes(patterns.length);
  asked.mockRestore();
});

it("compiles a desk once", () => {
  const desk = { ...DESK, rules: [rule(1, { then: [] })] };
  expect(compileRules(desk)).toBe(compileRules(desk));
  expect(compileRules({ ...desk })).not.toBe(compileRules(desk));
});
