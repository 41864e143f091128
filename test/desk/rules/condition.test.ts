import { describe, expect, it } from "vitest";
import fc from "fast-check";
import {
  FIELDS,
  OPERATORS,
  OPERATOR_NAMES,
  conditionDefects,
  test,
  testDefect,
} from "../../../src/desk/rules/condition.ts";
import { fold } from "../../../src/desk/words.ts";
import type { Condition, Test } from "../../../src/desk/types.ts";
import type { InboundMessage } from "../../../src/mail/types.ts";
import { DESK, facts, message, named, ticket } from "./rule-world.ts";

function holds(asked: Test, from: Partial<InboundMessage> = {}): boolean {
  return test({ test: asked }, facts({ message: message(from) }), DESK).result;
}
const subject = (operator: string, value: Test["value"]): Test => ({ field: "subject", operator, value });

describe("text", () => {
  it.each([
    ["is", "CANNOT  LOG IN since this morning", true],
    ["is", "Cannot log in", false],
    ["contains", "ＬＯＧ　in", true],
    ["starts", "cannot", true],
    ["starts", "log", false],
    ["ends", "morning", true],
    ["has_word", "log in", true],
    ["has_word", "lo", false],
    ["has_word", ["outage", "morning"], true],
    ["in", ["x", "cannot log in since this morning"], true],
  ])("%s %j", (operator, value, result) => {
    expect(holds(subject(operator, value))).toBe(result);
  });

  it.each([
    ["Download broken", "down", false],
    ["Site is DOWN!", "down", true],
    ["up/down", "down", true],
    ["Größe falsch", "groß", false],
    ["die STRASSE", "straße", true],
    ["login", "log in", false],
    ["please log\n in", "log in", true],
    ["download, then down", "down", true],
    ["登录失败了", "登录", true],
    ["𝐝𝐨𝐰𝐧", "down", true],
    ["de\u0301ja\u0300 vu", "déjà", true],
    ["e\u200bur", "eur", true],
  ])("%j has the word %j: %j", (text, word, result) => {
    expect(holds(subject("has_word", word), { subject: text })).toBe(result);
  });

  it("folds idempotently", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(fold(fold(text))).toBe(fold(text));
      }),
    );
  });
});

describe("addresses", () => {
  const to = { to: [named("a@other.example"), named("joe@x.example")] };
  it.each([
    ["joe@x.example", true],
    ["JOE@X.Example", true],
    ["@x.example", true],
    ["x.example", true],
    ["oe@x.example", false],
    ["example", false],
    ["@", false],
    ["y.example", false],
  ])("any address in To is %j: %j", (value, result) => {
    expect(holds({ field: "to", operator: "is", value }, to)).toBe(result);
  });

  it("does not take a subdomain or a longer domain for the domain", () => {
    expect(holds({ field: "from", operator: "is", value: "x.example" }, { from: named("a@mail.x.example") })).toBe(
      false,
    );
    expect(holds({ field: "from", operator: "is", value: "x.example" }, { from: named("a@notx.example") })).toBe(false);
  });

  it("knows a domain by its Unicode name", () => {
    const from = named("a@xn--mller-kva.example");
    expect(holds({ field: "from", operator: "is", value: "@Müller.example" }, { from })).toBe(true);
  });
});

describe("other fields", () => {
  it("reads a header by name, decoded, any of its values", () => {
    const headers = [
      { name: "x-shop", value: "one" },
      { name: "x-shop", value: "=?utf-8?q?caf=C3=A9?=" },
    ];
    expect(holds({ field: "header", argument: "X-Shop", operator: "is", value: "Café" }, { headers })).toBe(true);
    expect(holds({ field: "header", argument: "X-Other", operator: "exists", value: true }, { headers })).toBe(false);
  });

  it("compares sizes and flags", () => {
    expect(holds({ field: "size", operator: "at_least", value: 2_000 })).toBe(true);
    expect(holds({ field: "size", operator: "at_most", value: 1_999 })).toBe(false);
    expect(holds({ field: "has_attachment", operator: "is", value: false })).toBe(true);
    const picture = { part: 0, filename: "a.png", contentType: "image/png", size: 1, sha256: "", inline: true };
    expect(holds({ field: "has_attachment", operator: "is", value: true }, { attachments: [picture] })).toBe(false);
    const file = { ...picture, inline: false };
    expect(holds({ field: "has_attachment", operator: "is", value: true }, { attachments: [file] })).toBe(true);
  });

  it("reads the whole body when a ticket opens and only what is new afterwards", () => {
    const from = { text: "new words\n> old words", replyText: "new words" };
    const asked: Condition = { test: { field: "body", operator: "contains", value: "old words" } };
    expect(test(asked, facts({ message: message(from) }), DESK).result).toBe(true);
    expect(test(asked, facts({ trigger: "customer_replied", message: message(from) }), DESK).result).toBe(false);
  });

  it.each([
    ["department", "support"],
    ["priority", "normal"],
    ["status", "open"],
    ["tag", "vip"],
    ["mailbox", "main"],
    ["customer", "home.example"],
    ["nature", "correspondence"],
  ])("%s", (field, value) => {
    const seen = facts({ ticket: ticket({ tags: ["x", "vip"] }) });
    expect(test({ test: { field, operator: "is", value } }, seen, DESK).result).toBe(true);
  });
});

describe("missing values", () => {
  it.each(Object.entries(FIELDS).filter(([, row]) => row.operators.includes("exists")))(
    "%s without a message or value is false for all operators but exists: false",
    (field, row) => {
      const none = { ...facts(), message: undefined, mailbox: "", ticket: ticket({ topic: null, tags: [] }) };
      if (row.read(none, "x", DESK).length > 0) return;
      const value = row.kind === "number" ? 0 : (row.choices?.[0] ?? "x");
      for (const operator of row.operators) {
        const wanted = operator === "exists" ? false : value;
        expect(test({ test: { field, argument: "x", operator, value: wanted } }, none, DESK).result).toBe(
          operator === "exists",
        );
      }
    },
  );
});

describe("nesting and trace", () => {
  const yes: Condition = { test: subject("contains", "log") };
  const no: Condition = { test: subject("contains", "zebra") };
  it("joins by all, any and not", () => {
    const result = (condition: Condition) => test(condition, facts(), DESK).result;
    expect(result({ all: [yes, no] })).toBe(false);
    expect(result({ any: [no, yes] })).toBe(true);
    expect(result({ not: { any: [no, { all: [no, yes] }] } })).toBe(true);
    expect(result({ all: [] })).toBe(true);
    expect(result({ any: [] })).toBe(false);
  });

  it("names what was asked, seen and matched, shortened, for every part", () => {
    const long = message({ subject: `log ${"x".repeat(500)}` });
    const { trace } = test({ any: [yes, { not: no }] }, facts({ message: long }), DESK);
    expect(trace).toMatchObject({
      kind: "any",
      result: true,
      parts: [
        { kind: "test", field: "subject", operator: "contains", value: "log", matched: "log", result: true },
        { kind: "not", result: true, parts: [{ value: "zebra", result: false }] },
      ],
    });
    const seen = trace.kind === "any" && trace.parts[0]?.kind === "test" ? trace.parts[0].seen : [];
    expect(seen[0]).toHaveLength(200);
    expect(JSON.parse(JSON.stringify(trace))).toEqual(trace);
  });
});

describe("defects", () => {
  it.each<[Test, RegExp]>([
    [{ field: "colour", operator: "is", value: "red" }, /no field "colour"/],
    [{ field: "constructor", operator: "is", value: "red" }, /no field/],
    [{ field: "header", operator: "is", value: "x" }, /needs the name/],
    [{ field: "size", operator: "contains", value: "x" }, /cannot be tested/],
    [{ field: "size", operator: "at_least", value: "big" }, /takes a number/],
    [{ field: "priority", operator: "is", value: "huge" }, /one of low, normal/],
    [{ field: "subject", operator: "exists", value: "yes" }, /true or false/],
    [{ field: "subject", operator: "is", value: [] }, /a text/],
    [{ field: "subject", operator: "contains", value: "  " }, /a text/],
  ])("%j", (asked, why) => {
    expect(testDefect(asked)).toMatch(why);
    expect(test({ test: asked }, facts(), DESK)).toMatchObject({
      result: false,
      trace: { defect: expect.stringMatching(why) },
    });
    expect(conditionDefects({ not: { any: [{ all: [{ test: asked }] }] } })).toHaveLength(1);
  });
});

it("has only fields whose operators exist and whose default operator is allowed", () => {
  for (const row of Object.values(FIELDS)) {
    expect(row.operators).toContain(row.defaultOperator);
    for (const operator of row.operators) expect(OPERATORS[operator]).toBeDefined();
  }
  expect(Object.keys(OPERATORS)).toEqual([...OPERATOR_NAMES]);
});
