/**
 * Story: a mail comes on Friday afternoon and nobody answers. Night and weekend are no working time; on Monday the desk is
 * warned, then the answer is overdue, then the ticket goes to the lead. A clock rule counts the same hours.
 */
import { expect, it } from "vitest";
import { until } from "../../harness/wait.ts";
import { mailTo } from "../ledger.ts";
import { SUPPORT } from "../world.ts";
import { HOUR, timedStory } from "../timed.ts";

/** 15:00 in Berlin, a Friday in winter time. */
const FRIDAY = "2026-12-04T14:00:00Z";
const DESK = `
name: Northwind Support
ticket_numbers: { prefix: NW, next: 1001 }
time_zone: Europe/Berlin
defaults: { department: support, sla: standard, schedule: office }
schedules:
  office: { days: mon-fri, hours: "09:00-17:00", holidays: [2026-12-08] }
sla:
  standard:
    respond: 4h
    resolve: 3d
    during: office
    warn: 1h
    escalate:
      - { of: respond, after: 1h, assign: ann, priority: high, tag: late }
agents:
  ann: { name: Ann Lee, emails: [ann@nw.example], role: lead, in: [support] }
  ben: { name: Ben Ortiz, emails: [ben@nw.example], in: [support] }
departments:
  support: { address: ${SUPPORT}, assign: ben, tell: { overdue: [assignee, lead] } }
rules:
  - name: Eight working hours without our answer
    when: clock
    if: { waiting_for: us, business_hours_waiting: { at_least: 8 } }
    then: { priority: urgent, tag: eight-hours, tell: lead }
`;

const at = (text: string) => Date.parse(text);

timedStory("escalation overnight and over a weekend", { desk: DESK, to: SUPPORT, startsAt: FRIDAY }, (street) => {
  let number = "";
  const marks = async () => (await street().events(number)).filter((event) => event.startsWith("sla "));
  const until_ = async (moment: string) => await street().advance(at(moment) - street().now());

  it("counts two hours on Friday and is due on Monday at eleven", async () => {
    number = await street().writes({ from: "maria@home.example", subject: "Printer" });
    const { assignee, respondDueAt } = await street().ticket(number);
    expect(assignee).toBe("ben");
    expect(Math.abs(respondDueAt! - at("2026-12-07T10:00:00Z"))).toBeLessThan(60_000);
  });

  it("lets the weekend pass in silence", async () => {
    for (const moment of ["2026-12-04T22:00:00Z", "2026-12-06T12:00:00Z", "2026-12-07T08:30:00Z"]) await until_(moment);
    expect(await marks()).toEqual([]);
    expect(street().sink.to("ann@nw.example")).toEqual([]);
  });

  it("warns an hour before, says when it is overdue, and escalates an hour after, once each", async () => {
    await until_("2026-12-07T09:05:00Z");
    await until(async () => (await marks()).length === 1, { what: "the warning", timeoutMs: 20_000 });
    await mailTo(street().sink, "ann@nw.example");
    await until_("2026-12-07T10:05:00Z");
    await until(async () => (await marks()).length === 2, { what: "the breach", timeoutMs: 20_000 });
    expect((await street().ticket(number)).assignee).toBe("ben");
    await until_("2026-12-07T11:05:00Z");
    await until(async () => (await street().ticket(number)).assignee === "ann", {
      what: "the lead",
      timeoutMs: 20_000,
    });
    const { priority, tags } = await street().ticket(number);
    expect({ priority, tags }).toEqual({ priority: "high", tags: ["late"] });
    const told = street().sink.to("ann@nw.example").length;
    await street().advance(HOUR / 2);
    expect(await marks()).toHaveLength(3);
    expect(street().sink.to("ann@nw.example")).toHaveLength(told);
  });

  it("runs the clock rule after eight working hours, holiday and night left out, once", async () => {
    await until_("2026-12-07T15:55:00Z");
    expect((await street().ticket(number)).priority).toBe("urgent");
    const acted = async () => (await street().events(number)).filter((event) => event.includes("Eight working hours"));
    const events = await acted();
    expect(events.some((event) => event.startsWith("set-priority high -> urgent, because of rule"))).toBe(true);
    await until_("2026-12-09T09:00:00Z");
    expect(await acted()).toEqual(events);
  });
});
