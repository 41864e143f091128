import { describe, expect, test } from "vitest";
import { scrub } from "../../src/mail/scrub.ts";
import { brokenTail, plainWords, repeatedRun } from "../../src/mail/scrub-words.ts";
import type { EmailAddress } from "../../src/mail/types.ts";

const NOTE = "Careful: she owes us nine invoices from spring, so promise nothing before Mrs Keller has agreed.";
const nobody = (): boolean => false;

describe("plainWords", () => {
  test.each([
    ["Au-\ngust, the “last” one", ["august", "the", "last", "one"]],
    ["in\u200bvoi\u00adces ＮＩＮＥ don’t", ["invoices", "nine", "dont"]],
    ["see https://nw.example/a-b, or ann@nw.example.", ["see", "https://nw.example/a-b", "or", "ann@nw.example"]],
    ["四月から", ["四", "月", "か", "ら"]],
    ["Scha\u0308den", ["schäden"]],
  ])("%j", (text, words) => expect(plainWords(text)).toEqual(words));
});

describe("repeatedRun", () => {
  test.each([
    ["five words and twenty letters", "she owes us nine invoices", "she owes us nine invoices"],
    ["three long words", "x unverzügliche Rechnungsberichtigung Geschäftsleitung y", "unverzügliche rechnungsberichtigung geschäftsleitung"],
  ])("knows %s", (_, text, run) => {
    expect(repeatedRun(text, [NOTE, "Unverzügliche Rechnungsberichtigung, Geschäftsleitung!"])).toBe(run);
  });

  test.each([
    ["four words", "she owes us nine"],
    ["short ones", "so if it is to be"],
    ["the words in another order", "nine invoices she owes us from spring"],
  ])("does not know %s", (_, text) => {
    expect(repeatedRun(text, [NOTE, "so if it is to be"])).toBeUndefined();
  });

  test("what the reader knows is no secret, the rest of the same secret is", () => {
    expect(repeatedRun("she owes us nine invoices", [NOTE], ["I know: she owes us nine invoices"])).toBeUndefined();
    expect(repeatedRun("nothing before Mrs Keller has agreed", [NOTE], ["she owes us nine invoices"])).toBeDefined();
  });

  test("looks through the largest text in a second", () => {
    const long = "lorem ipsum dolor sit amet consectetur ".repeat(50_000);
    const started = performance.now();
    expect(repeatedRun(`${long} she owes us nine invoices`, [NOTE])).toBeDefined();
    expect(performance.now() - started).toBeLessThan(5000);
  });
});

describe("brokenTail", () => {
  test("is the end of a long line, alone on its line among others", () => {
    expect(brokenTail("Hello,\nMrs Keller has agreed.", [NOTE], [], nobody)).toBe("Mrs Keller has agreed.");
    expect(brokenTail("Hello,\nagreed.", [NOTE], [], nobody)).toBe("agreed.");
  });

  test.each([
    ["a text of that line alone", "agreed.", NOTE, []],
    ["the end of a short line", "Hello,\nagreed.", "They have agreed.", []],
    ["the end of a line that the reader knows", "Hello,\nagreed.", NOTE, [NOTE]],
    ["other words", "Hello,\nwe agreed.", NOTE, []],
  ])("is not %s", (_, text, note, known) => {
    expect(brokenTail(text, [note], known, nobody)).toBeUndefined();
  });

  test("leaves out what stands in any mail", () => {
    expect(brokenTail("Hello,\nagreed", [NOTE], [], (line) => line === "agreed")).toBeUndefined();
  });
});

describe("an agent's address that only looks different", () => {
  const secrets = {
    agentAddresses: ["ann@nw.example" as EmailAddress],
    supportAddress: "support@nw.example" as EmailAddress,
  };
  test.each([
    ["Write to ann\u200b@nw.example.", "Write to support@nw.example."],
    ["Write to ann@\u2060nw.ex\u00adample.", "Write to support@nw.example."],
    ['Write to "ann"@nw.example.', "Write to support@nw.example."],
    ["Write to ann＠nw。example please", "Write to support@nw.example please"],
    ["Write to\u200bann@nw.example\u200bplease", "Write to\u200bsupport@nw.example\u200bplease"],
    ['She said "joann"@nw.example', 'She said "joann"@nw.example'],
    ["joann@nw.example and ann@nw.example.com", "joann@nw.example and ann@nw.example.com"],
  ])("%j", (text, clean) => expect(scrub(text, secrets)).toBe(clean));
});
