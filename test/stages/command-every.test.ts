/** Every command that means something in an answer to a ticket's mail: example, events, receipt, customer, #undo. */
import { beforeAll, expect, it } from "vitest";
import { QUERIES } from "../../src/desk/commands/command-plan.ts";
import { COMMAND_NAMES, COMMANDS } from "../../src/desk/commands/command-table.ts";
import { onSqlite } from "../db/stores.ts";
import { type Case, commandDesk, carriedOut, inOrder, takenBack } from "./command-case.ts";
import { STATE_CASES } from "./command-cases-state.ts";
import { THREAD_CASES } from "./command-cases-thread.ts";
import { openStreet, type Street } from "./street.ts";

const CASES = [...STATE_CASES, ...THREAD_CASES];
const named = CASES.map((one): [string, Case] => [`#${one.command}${one.but ? ` (${one.but})` : ""}`, one]);

/** Questions and presence have tests of their own. */
const ELSEWHERE: readonly string[] = [...QUERIES, "away", "back"];

it("the table of examples has every command of an answer to a ticket", () => {
  const wanted = COMMAND_NAMES.filter((name) => COMMANDS[name].places.includes("ticket") && !ELSEWHERE.includes(name));
  expect([...new Set(CASES.map(({ command }) => command))].sort()).toEqual([...wanted].sort());
});

onSqlite("by mail", (store) => {
  let street: Street;
  beforeAll(async () => {
    street = await openStreet(store, { desk: commandDesk() });
  });

  it.each(named)("%s is carried out, told, and part of the ticket's story", async (_name, one) => {
    const { told, events, got } = await carriedOut(one, street);
    expect(told).toMatch(one.says);
    expect(inOrder(events, one.events)).toEqual(one.events);
    expect(got).toHaveLength(one.customer === undefined ? 0 : 1);
    expect(got.join("")).toMatch(one.customer ?? /^$/);
  });

  it.each(named)("%s and then #undo", async (_name, one) => {
    const { told, before, after } = await takenBack(one, street);
    expect(told).toMatch(one.undo === "back" ? /taken back: / : one.undo);
    expect(one.undo === "back" ? after : before).toEqual(before);
  });
});
