/** No line of a mail costs more than its length: what is read is read where everything else waits. */
import { expect, it } from "vitest";
import { readCommands } from "../../../src/desk/commands/command-read.ts";

const KNOWN = { agents: [], departments: [], prefix: "NW", now: Date.UTC(2026, 10, 26, 10), timeZone: "Europe/Berlin" };
const MANY = 50_000;

it.each([
  ["blanks within what follows a command", `#due 1${" ".repeat(MANY)}x`],
  ["full stops within what follows a command", `#tag a${".".repeat(MANY)}x`],
  ["full stops behind a command", `#close ${".".repeat(MANY)}x`],
  ["blanks behind a command", `#close${" ".repeat(MANY)}x`],
  ["full stops within the days of an absence", `#away monday${". ".repeat(MANY)}x`],
])("a long run of %s is read at once", (_, text) => {
  const start = performance.now();
  readCommands(text, KNOWN);
  expect(performance.now() - start).toBeLessThan(1000);
});
