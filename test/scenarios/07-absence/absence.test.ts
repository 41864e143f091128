/** Story: an agent goes on holiday. New tickets pass them by, their open ones go to their deputy, and they come back to work as before. */
import { expect, it } from "vitest";
import { until } from "../../harness/wait.ts";
import { mailTo } from "../ledger.ts";
import { SUPPORT } from "../world.ts";
import { DAY, timedStory } from "../timed.ts";

/** Ben is away from Monday to Wednesday. */
const SUNDAY = "2026-12-06T10:00:00Z";
const DESK = `
name: Northwind Support
ticket_numbers: { prefix: NW, next: 1001 }
time_zone: Europe/Berlin
defaults: { department: support }
agents:
  ann: { name: Ann Lee, emails: [ann@nw.example], role: lead, in: [support] }
  ben: { name: Ben Ortiz, emails: [ben@nw.example], in: [support], away: 2026-12-07..2026-12-09, deputy: cleo }
  cleo: { name: Cleo Roy, emails: [cleo@nw.example], in: [support] }
departments:
  support: { address: ${SUPPORT}, assign: round-robin }
`;

timedStory("absence", { desk: DESK, to: SUPPORT, startsAt: SUNDAY }, (street) => {
  const assigneeOf = async (number: string) => (await street().ticket(number)).assignee;
  const open = async (label: string) => await street().writes({ from: `c@${label}.example`, subject: label });
  let bens = "";

  it("gives Ben his turn while he is there", async () => {
    const numbers = [await open("one"), await open("two"), await open("three")];
    const agents = await Promise.all(numbers.map(assigneeOf));
    expect(agents.toSorted((a, b) => (a! < b! ? -1 : 1))).toEqual(["ann", "ben", "cleo"]);
    bens = numbers[agents.indexOf("ben")]!;
  });

  it("hands his open ticket to his deputy when his absence begins", async () => {
    await street().advance(DAY);
    await until(async () => (await assigneeOf(bens)) === "cleo", { what: "the deputy", timeoutMs: 20_000 });
    const events = await street().events(bens);
    expect(events.some((event) => event.startsWith("assign ben -> cleo") && /away/.test(event))).toBe(true);
    await mailTo(street().sink, "cleo@nw.example", ({ subject }) => subject?.includes(bens) === true);
  });

  it("passes him by while he is away", async () => {
    const agents = [];
    for (const label of ["four", "five", "six", "seven"]) agents.push(await assigneeOf(await open(label)));
    expect(agents.filter((agent) => agent === "ben")).toEqual([]);
    expect(new Set(agents)).toEqual(new Set(["ann", "cleo"]));
  });

  it("gives him tickets again when he is back", async () => {
    await street().advance(3 * DAY);
    const agents = [];
    for (const label of ["eight", "nine", "ten"]) agents.push(await assigneeOf(await open(label)));
    expect(agents).toContain("ben");
    expect(await assigneeOf(bens)).toBe("cleo");
  });
});
