import { describe, expect, it } from "vitest";
import { knownNames } from "../../../src/desk/commands/command-argument.ts";
import { type Listed, readSelections } from "../../../src/desk/commands/selection.ts";
import { testDesk } from "../../db/desks.ts";

const KNOWN = knownNames(testDesk());
/** Row n is ticket n * 10. */
const ROWS: Listed[] = [1, 2, 3, 4, 5].map((position) => ({ position, ticketId: position * 10 }));

/** `10,20: close` for each line that selects. */
function picked(text: string, rows = ROWS): string[] | string {
  const reading = readSelections(text, KNOWN, rows);
  if (reading.kind === "none") return "none";
  if (reading.kind === "stop") return `${reading.line} | ${reading.why} | ${reading.suggestion ?? ""}`;
  return reading.picked.map(
    ({ tickets, commands }) =>
      `${tickets.map((one) => ("ticketId" in one ? one.ticketId : `NW-${one.number}`)).join(",")}: ${commands.map(({ name }) => name).join(" ")}`,
  );
}

describe("selections that are understood", () => {
  const CASES: [line: string, meaning: string[]][] = [
    ["1 #close", ["10: close"]],
    ["2-4 #dept it #priority high #sla standard", ["20,30,40: dept priority sla"]],
    ["1,3 #take", ["10,30: take"]],
    ["1, 3 and 5 #take", ["10,30,50: take"]],
    ["2 - 4, 1 #take", ["20,30,40,10: take"]],
    ["2–3 #take", ["20,30: take"]],
    ["2..3 #take", ["20,30: take"]],
    ["1 1-2 #take", ["10,20: take"]],
    ["all #tag outage", ["10,20,30,40,50: tag"]],
    ["All: #tag outage", ["10,20,30,40,50: tag"]],
    ["NW-48201 #close", ["NW-48201: close"]],
    ["[nw-48201], 2 #close", ["NW-48201,20: close"]],
    ["1. #close", ["10: close"]],
    ["1) #close", ["10: close"]],
    ["#1 #close", ["10: close"]],
    ["• 1 #close", ["10: close"]],
    ["- 2 #close", ["20: close"]],
    ["\u200b１\u00a0＃close", ["10: close"]],
    ["\n1 #close\n\n2 #take\n", ["10: close", "20: take"]],
    ["1 #close\nThanks, Ann", ["10: close"]],
    ["Hello,\n\n1 #close", ["10: close"]],
    ["1 #close\n-- \n3 #close", ["10: close"]],
  ];
  for (const [line, meaning] of CASES) it(JSON.stringify(line), () => expect(picked(line)).toEqual(meaning));

  it("keeps the words that nobody gets", () => {
    expect(readSelections("Hello,\n1 #close\n\nBye", KNOWN, ROWS)).toMatchObject({ rest: "Hello,\nBye" });
  });
});

describe("selections that stop everything", () => {
  const CASES: [text: string, why: RegExp][] = [
    ["7 #close", /goes from 1 to 5; there is no 7/],
    ["0 #close", /there is no 0/],
    ["4-9 #close", /there is no 9/],
    ["4-2 #close", /runs backwards \| 2-4 #close/],
    ["OT-12 #close", /no ticket number of this desk/],
    ["1 #clsoe", /not a command \| 1 #close/],
    ["1 #priority hihg", /\| 1 #priority high/],
    ["1 #close Refunded.", /text stands behind the command/],
    ["1 #close\nThis one is solved.\n2 #close", /^This one is solved\. \| words stand between/],
    ["1 #close\n#tag vip", /does not say which tickets.*\| 1 #tag vip/],
    ["1 close", /begins with # \| 1 #close/],
    ["NW-48201 priority high", /\| NW-48201 #priority high/],
    ["the first one #close", /names no tickets/],
    ["999999999-1 #close", /runs backwards/],
    ["1-999999999 #close", /there is no 999999999/],
  ];
  for (const [text, why] of CASES) it(JSON.stringify(text), () => expect(picked(text)).toMatch(why));

  it("a position in a mail that answers no list", () => {
    expect(picked("1 #close", [])).toMatch(/answers none.*NW-48201 #close/);
    expect(picked("all #close", [])).toMatch(/answers none/);
    expect(picked("NW-48201 #close", [])).toEqual(["NW-48201: close"]);
  });
});

describe("mails that select nothing", () => {
  for (const text of ["#list overdue", "Thanks", "", "#open joe@x.example\nHe has 2 open tickets.", "# 1 restart"])
    it(JSON.stringify(text), () => expect(picked(text)).toBe("none"));

  it("reads a hostile line in no time", () => {
    const line = `${"1,".repeat(100_000)} #close`;
    const begin = performance.now();
    picked(line);
    picked(`${"1 ".repeat(100_000)}close`);
    expect(performance.now() - begin).toBeLessThan(500);
  });
});
