/** Properties that hold whatever an agent's mail says: what reaches the customer is text, all of it and nothing else. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isBlank, readLine } from "../../../src/desk/commands/command-line.ts";
import { readCommands } from "../../../src/desk/commands/command-read.ts";
import { COMMAND_WORDS } from "../../../src/desk/commands/command-table.ts";
import { agent, department } from "../rules/rule-world.ts";

const KNOWN = {
  agents: [agent("ann", "Ann Lee")],
  departments: [department("it")],
  words: { schliessen: "close" } as const,
  now: Date.UTC(2026, 10, 26, 10),
  timeZone: "Europe/Berlin",
};
const read = (text: string) => readCommands(text, KNOWN);

const hash = fc.constantFrom("#", "＃", "- #", "\u200b#", "  #", "* #", "“#", "> #", "# ");
const word = fc.constantFrom(...COMMAND_WORDS.keys(), "schließen", "clsoe", "tga", "1", "foo", "Close");
const tail = fc.constantFrom(
  "",
  ".",
  "”",
  " high",
  " friday",
  " all",
  " open",
  " ann",
  " Refunded.",
  " #close",
  ", #tag x",
  " - #take",
  " x #clsoe",
  "\u00a0",
  " me\r",
);
const commandish = fc.tuple(hash, word, tail).map((parts) => parts.join(""));
const plain = fc.constantFrom(
  "Hello,",
  "Re: [NW-1] x",
  "NW-1 #close",
  "",
  " ",
  "-- ",
  "Thanks # 5",
  "the #close command",
  "…",
  "\u200b",
);
const line = fc.oneof(commandish, plain, fc.string({ unit: "binary", maxLength: 12 }));
const mail = fc
  .array(line, { maxLength: 8 })
  .chain((lines) => fc.constantFrom("\n", "\r\n").map((end) => lines.join(end)));

/** Lines of the body that should not be in it; a mail that was stopped has to have all of its text instead. */
function leaks(text: string): readonly string[] {
  const reading = read(text);
  if (reading.kind === "stop") return reading.body === text ? [] : ["lost text"];
  return reading.body.split(/\r\n|[\n\r\u0085\u2028\u2029]/).filter((one) => {
    const found = readLine(one, KNOWN);
    return found.kind === "commands" || (found.kind === "wrong" && found.named);
  });
}

/** The kinds of the first and last line of a body from which commands were taken. */
function edges(text: string): readonly string[] {
  const reading = read(text);
  if (reading.kind === "stop" || reading.commands.length === 0) return [];
  const lines = reading.body.split("\n").filter((one) => !isBlank(one));
  return [lines.at(0) ?? "", lines.at(-1) ?? ""].map((one) => readLine(one, KNOWN).kind);
}

describe("whatever is written", () => {
  it("never leaves a command line in the body", () => {
    fc.assert(
      fc.property(mail, (text) => {
        expect(leaks(text)).toEqual([]);
      }),
      { numRuns: 3_000 },
    );
  });

  it("never begins or ends the body with something like a command", () => {
    fc.assert(
      fc.property(mail, (text) => {
        for (const kind of edges(text)) expect(kind).toBe("text");
      }),
      { numRuns: 3_000 },
    );
  });

  it("leaves a text without # lines unchanged", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const plainText = text.replace(/[#\uff03\ufe5f]/g, "+");
        expect(read(plainText)).toEqual({ kind: "ok", commands: [], body: plainText, asNote: false });
      }),
    );
  });

  it("keeps every word of the text, in order", () => {
    const words = fc.array(fc.constantFrom("alpha", "beta", "gamma", "\n"), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(words, fc.constantFrom("#close", "#tag x", "#note"), fc.boolean(), (parts, command, above) => {
        const text = parts.join(" ");
        const reading = read(above ? `${command}\n${text}` : `${text}\n${command}`);
        expect(reading.body.split(/\s+/).filter(Boolean)).toEqual(text.split(/\s+/).filter(Boolean));
      }),
    );
  });

  it("stays fast on hostile text", () => {
    const began = performance.now();
    for (const text of [
      "#now ".repeat(50_000),
      `#close ${"#".repeat(200_000)}`,
      "#a\n".repeat(30_000),
      `${" ".repeat(200_000)}#x`,
      `#tag ${"x ".repeat(100_000)}`,
      `Hi\n${"#foo\n".repeat(20_000)}Bye`,
      `#close ${"#zz ".repeat(50_000)}`,
      `${"- ".repeat(100_000)}#`,
      "#snooze friday\n".repeat(20_000),
      `#snooze ${"1:1 ".repeat(50_000)}`,
      `#reply ${"all ".repeat(50_000)}`,
      "# close\n".repeat(20_000),
    ])
      read(text);
    expect(performance.now() - began).toBeLessThan(4_000);
  });
});
