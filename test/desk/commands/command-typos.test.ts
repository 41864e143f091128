/** Twelve near misses at three places: none is carried out, and none is sent to a customer. */
import { describe, expect, it } from "vitest";
import { readCommands } from "../../../src/desk/commands/command-read.ts";
import { agent, department } from "../rules/rule-world.ts";

const KNOWN = {
  agents: [agent("ann", "Ann Lee"), agent("dev", "Dev Patel")],
  departments: [department("it"), department("billing")],
  words: { schliessen: "close" } as const,
  now: Date.UTC(2026, 10, 26, 10),
  timeZone: "Europe/Berlin",
};

const TYPOS = [
  ["#clsoe", "#close"],
  ["#Cloze", "#close"],
  ["#closee Refunded.", "#close"],
  ["# close", "#close"],
  ["##close", "#close"],
  ["(#close)", "#close"],
  ["1. #resloved", "#resolved"],
  ["#re open", "#reopen"],
  ["#reply–all", "#reply-all"],
  ["#prority high", "#priority high"],
  ["#assign amn", "#assign ann"],
  ["#schliesen", "#schliessen"],
] as const;

describe.each(TYPOS)("%s", (typo, meant) => {
  it.each([
    ["at the top", `${typo}\nYour account is unlocked.`],
    ["in the middle", `Your account is unlocked.\n\n${typo}\n\nKind regards,\nAnn`],
    ["at the end", `Your account is unlocked.\n\n${typo}\n-- \nAnn Lee`],
  ])("%s stops everything, and what was meant is suggested", (_place, text) => {
    const reading = readCommands(text, KNOWN);
    expect(reading).toMatchObject({ kind: "stop", line: typo, body: text });
    expect(reading).toHaveProperty("suggestion", meant);
  });
});
