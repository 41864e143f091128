import { describe, expect, it } from "vitest";
import { correctedLine, withCorrection } from "../../../src/desk/commands/correct-line.ts";
import { heldAnswerIn, heldLine } from "../../../src/desk/commands/held-answer.ts";
import { readCommands } from "../../../src/desk/commands/command-read.ts";

const known = {
  agents: [{ key: "ann", name: "Ann Lee" }],
  departments: [{ key: "it", name: "IT" }],
  now: Date.UTC(2026, 10, 23, 10),
  timeZone: "Europe/Berlin",
};

/** What the question about a text would offer as its corrected line. */
function offered(text: string): string | undefined {
  const reading = readCommands(text, known);
  if (reading.kind !== "stop") throw new Error(`"${text}" is understood`);
  return reading.suggestion === undefined ? undefined : correctedLine(reading.line, reading.suggestion, known);
}

describe("the corrected line that is offered", () => {
  it.each([
    ["#clsoe", "#close"],
    ["#clsoe Refunded.", "#close Refunded."],
    ["#pirority high", "#priority high"],
    ["#priority hihg", "#priority high"],
    ["#close #pirority high #tag x", "#close #priority high #tag x"],
    ["#asign ann", "#assign ann"],
    ["\uff03clsoe", "#close"],
    ["- #clsoe", "#close"],
    ["- #note Called him.", "#note Called him."],
    ["#tga vip", "#tag vip"],
    ["1. #close", "#close"],
    ["(#close)", "#close"],
    ["##close", "#close"],
  ])("of %s is %s, and is understood", (text, line) => {
    expect(offered(text)).toBe(line);
    expect(readCommands(line, known)).toMatchObject({ kind: "ok" });
  });

  it("is none when the line would still not be understood", () => {
    expect(correctedLine("#foo #bar", "#close", known)).toBeUndefined();
    expect(correctedLine("#pirority soon", "#priority soon", known)).toBeUndefined();
  });
});

describe("a correction in its place", () => {
  it.each([
    ["at the top", "#clsoe\n\nDone.", "#clsoe", "#close", "#close\n\nDone."],
    [
      "keeps the words behind the command",
      "#clsoe Refunded.\nBye.",
      "#clsoe Refunded.",
      "#close",
      "#close Refunded.\nBye.",
    ],
    ["in several lines", "#clsoe\n\nDone.", "#clsoe", "#close\n#tag x", "#close\n#tag x\n\nDone."],
    ["goes to the top from the middle", "Hello.\n#close\nBye.", "#close", "#close", "#close\n\nHello.\nBye."],
    [
      "leaves the words in the middle",
      "Hello.\n#close it\nBye.",
      "#close it",
      "#close it",
      "#close\n\nHello.\nit\nBye.",
    ],
    ["with a line end of old", "#clsoe\r\n\r\nDone.", "#clsoe", "#close", "#close\n\nDone."],
    [
      "leaves the next wrong line to be asked about",
      "#clsoe\n#foo\n\nDone.",
      "#clsoe",
      "#close",
      "#close\n#foo\n\nDone.",
    ],
  ])("%s", (_what, text, line, by, expected) => {
    expect(withCorrection(text, line, by, known)).toBe(expected);
  });

  it("is none when the line is not there", () => {
    expect(withCorrection("#close\n\nDone.", "#clsoe", "#close", known)).toBeUndefined();
  });
});

describe("an answer by number", () => {
  it.each(["held 17 #confirm", "Held 17: #confirm\n", "\n held #17 #confirm"])("is read in %j", (text) => {
    expect(heldAnswerIn(text)).toMatchObject({ inboundId: 17, rest: expect.stringMatching(/^#confirm/) });
  });

  it.each(["held 17 days ago", "We held 17 #confirm", "held #confirm", "17 #confirm", ""])(
    "is not read in %j",
    (text) => {
      expect(heldAnswerIn(text)).toBeUndefined();
    },
  );

  it("is what the prepared mail holds", () => {
    expect(heldAnswerIn(heldLine(5, "#close Refunded."))).toEqual({ inboundId: 5, rest: "#close Refunded." });
  });
});
