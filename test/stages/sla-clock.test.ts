import { expect, it } from "vitest";
import { connect } from "../../src/db/connect.ts";
import type { Escalation } from "../../src/desk/types.ts";
import { clockSla } from "../../src/stages/clock-sla.ts";
import { onBothStores } from "../db/stores.ts";
import { HOUR, MINUTE, MONDAY, OFFICE, plan, slaDesk, slaStreet } from "./sla-desk.ts";
import { agentAnswers, customerAnswers, DAY, SECOND } from "./street.ts";

const escalation = (of: Escalation["of"], afterMinutes: number, more: Partial<Escalation> = {}): Escalation => ({
  of,
  afterMinutes,
  tell: [],
  tags: [],
  ...more,
});

onBothStores("the clock of SLA plans", (store) => {
  it("warns before, says that it is over after, each once and by one mail to each reader", async () => {
    const street = await slaStreet(store, slaDesk(plan("standard", { warnMinutes: 20 })));
    const { id } = await street.opened("m@warned.example");
    expect(await street.later(39 * MINUTE)).toBe(0);
    expect(await street.later(MINUTE)).toBe(1);
    expect(street.mails()).toEqual(["ben@nw.example: DUE SOON", "ann@nw.example: DUE SOON"]);
    expect(street.lastTo("ben@nw.example").message.text).toContain("The answer is due at 12:00 today (plan standard).");
    expect(await street.later(10 * MINUTE)).toBe(0);
    expect(await street.later(10 * MINUTE)).toBe(1);
    const { message } = street.lastTo("ann@nw.example");
    expect(message.text).toContain("The answer is overdue since 12:00 today (plan standard).");
    expect(message.headers.find(({ name }) => name === "importance")?.value).toBe("high");
    expect(await street.later(HOUR)).toBe(0);
    expect(street.mails()).toHaveLength(4);
    expect(await street.said(id)).toEqual([
      "sla warning: plan standard, answer",
      "sla breached: plan standard, answer",
    ]);
    expect(await street.marks(id)).toEqual(["respond breach", "respond warning"]);
    expect(await street.ticket(id)).toMatchObject({ status: "open", respondDueAt: MONDAY + HOUR });
    expect((await street.events(id)).filter(({ name }) => name === "sla warning")).toMatchObject([
      { actor_kind: "postern", cause_kind: "sla", new: new Date(MONDAY + HOUR).toISOString(), detail: "20 min left" },
    ]);
  });

  it("takes an answer to the warning for the answer that was due", async () => {
    const street = await slaStreet(store, slaDesk(plan("standard", { warnMinutes: 20 })));
    const { id } = await street.opened("m@inbetween.example");
    await street.later(45 * MINUTE);
    await street.receive(await agentAnswers(street.lastTo("ben@nw.example"), "We are looking into it."));
    await street.later(3 * SECOND);
    expect(street.lastTo("m@inbetween.example").message.text).toContain("We are looking into it.");
    expect(await street.later(30 * DAY)).toBe(0);
    expect(await street.said(id)).toEqual(["sla warning: plan standard, answer"]);
  });

  it("does not warn again because of a pause, and warns in working time", async () => {
    const office = plan("standard", { respondMinutes: 480, resolveMinutes: 960, warnMinutes: 60, schedule: "office" });
    const street = await slaStreet(store, slaDesk(office));
    const { id } = await street.opened("m@pausing.example");
    // Opened at 11:00, eight working hours: due on Tuesday at 11:00, the warning comes at 10:00.
    expect(await street.later(22 * HOUR)).toBe(0);
    expect(await street.later(HOUR)).toBe(1);
    const notice = street.lastTo("ben@nw.example");
    await street.receive(await agentAnswers(notice, "#pending"));
    await street.later(10 * MINUTE);
    await street.receive(await customerAnswers(street.lastTo("m@pausing.example"), "Any news?"));
    expect((await street.ticket(id)).respondDueAt).toBe(MONDAY + 24 * HOUR + 10 * MINUTE);
    expect(await street.later(MINUTE)).toBe(0);
    expect(await street.later(HOUR)).toBe(1);
    expect(await street.said(id)).toEqual([
      "sla warning: plan standard, answer",
      "sla breached: plan standard, answer",
    ]);
  });

  it("escalates in order, raises the priority, hands over and changes the plan, each once", async () => {
    const standard = plan("standard", {
      byPriority: { high: { respondMinutes: 30 } },
      escalations: [
        escalation("respond", -15, { tags: ["soon"], tell: ["assignee"] }),
        escalation("respond", 0, { priority: "high", assign: { strategy: "fixed", agent: "ann" }, tell: ["assignee"] }),
        escalation("respond", 60, { sla: "gold", tags: ["late"] }),
      ],
    });
    const gold = plan("gold", {
      respondMinutes: 10,
      resolveMinutes: 9000,
      escalations: [escalation("respond", 90, { priority: "normal", tags: ["gold"] })],
    });
    const street = await slaStreet(store, slaDesk(standard, gold));
    const { id } = await street.opened("m@escalated.example");
    expect(await street.later(45 * MINUTE)).toBe(1);
    expect(await street.ticket(id)).toMatchObject({ tags: ["soon"], priority: "normal", assignee: "ben" });
    expect(await street.later(15 * MINUTE)).toBe(2);
    // With the new priority the answer was due half an hour ago: that is one breach and not two.
    expect(await street.ticket(id)).toMatchObject({
      priority: "high",
      assignee: "ann",
      respondDueAt: MONDAY + 30 * MINUTE,
    });
    expect(street.lastTo("ann@nw.example").message.text).toContain("Escalated: priority high, given to Ann Lee.");
    expect(await street.later(29 * MINUTE)).toBe(0);
    // 60 minutes after the new due time; by plan gold it was due even earlier.
    expect(await street.later(MINUTE)).toBe(1);
    expect(await street.ticket(id)).toMatchObject({ sla: "gold", tags: ["late", "soon"] });
    expect(await street.later(10 * MINUTE)).toBe(1);
    // An escalation never lowers a priority.
    expect(await street.ticket(id)).toMatchObject({ priority: "high", tags: ["gold", "late", "soon"] });
    expect(await street.later(8 * HOUR)).toBe(0);
    expect(await street.said(id)).toEqual([
      "sla escalated: plan standard, 15 min before the answer is due",
      "sla breached: plan standard, answer",
      "sla escalated: plan standard, answer overdue",
      "sla escalated: plan standard, answer overdue by 1 h",
      "sla escalated: plan gold, answer overdue by 1 h 30 min",
    ]);
    expect(await street.marks(id)).toEqual([
      "respond breach",
      "respond escalation gold 90",
      "respond escalation standard -15",
      "respond escalation standard 0",
      "respond escalation standard 60",
    ]);
    const causes = (await street.events(id)).filter(({ cause_kind }) => cause_kind === "sla");
    expect(causes.map(({ name, new: to }) => `${name} ${to}`)).toEqual(
      expect.arrayContaining(["set-priority high", "assign ann", "set-sla gold", "tag soon", "tag late"]),
    );
  });

  it("after an outage does everything once and in order, and sends a reader one mail for a ticket", async () => {
    const standard = plan("standard", {
      warnMinutes: 20,
      escalations: [
        escalation("respond", 60, { tags: ["second"], tell: ["lead"] }),
        escalation("respond", 30, { tags: ["first"], tell: ["lead"] }),
        escalation("resolve", 30, { tags: ["third"] }),
      ],
    });
    const street = await slaStreet(store, slaDesk(standard));
    const { id } = await street.opened("m@outage.example");
    expect(await street.later(3 * DAY)).toBe(5);
    expect(await street.said(id)).toEqual([
      "sla breached: plan standard, answer",
      "sla escalated: plan standard, answer overdue by 30 min",
      "sla escalated: plan standard, answer overdue by 1 h",
      "sla breached: plan standard, solution",
      "sla escalated: plan standard, solution overdue by 30 min",
    ]);
    expect(street.mails()).toEqual(["ben@nw.example: OVERDUE", "ann@nw.example: OVERDUE"]);
    expect(street.lastTo("ann@nw.example").message.text).toMatch(
      /The answer is overdue since .*\. The solution is overdue since .*\. Escalated: tagged first; tagged second\./,
    );
    expect(await street.later(DAY)).toBe(0);
  });

  it("tells nobody of what was over a week ago, and keeps it as an event", async () => {
    const street = await slaStreet(store, slaDesk());
    const { id } = await street.opened("m@old.example");
    expect(await street.later(30 * DAY)).toBe(2);
    expect(street.mails()).toEqual([]);
    expect(await street.said(id)).toHaveLength(2);
  });

  it.each([
    ["closed", { status: "closed" as const, closed_at: MONDAY }],
    ["spam", { spam: 1 }],
    ["merged", { merged_into: 1 }],
  ])("says nothing of a ticket that is %s", async (name, columns) => {
    const street = await slaStreet(store, slaDesk(plan("standard", { warnMinutes: 20 })));
    const { id } = await street.opened(`m@${name}.example`);
    await street.db("ticket").where({ id }).update(columns);
    expect(await street.later(HOUR)).toBe(0);
    expect(await street.later(30 * DAY)).toBe(0);
    expect(await street.marks(id)).toEqual([]);
    expect(await street.ticket(id)).toMatchObject({ respondDueAt: null, resolveDueAt: null });
  });

  it("reckons again by a changed plan and a changed schedule", async () => {
    const desk = slaDesk(plan("standard", { respondMinutes: 240, schedule: "office" }));
    const street = await slaStreet(store, desk);
    const { id } = await street.opened("m@reckoned.example");
    const closed = await street.opened("m@reckonednot.example");
    await street
      .db("ticket")
      .where({ id: closed.id })
      .update({ status: "closed", closed_at: MONDAY, respond_due_at: null });
    expect((await street.ticket(id)).respondDueAt).toBe(MONDAY + 4 * HOUR);
    await street.apply(slaDesk(plan("standard", { respondMinutes: 300, schedule: "office" })));
    await street.later(MINUTE);
    expect((await street.ticket(id)).respondDueAt).toBe(MONDAY + 5 * HOUR);
    await street.apply({
      ...slaDesk(plan("standard", { respondMinutes: 300, schedule: "office" })),
      schedules: {
        office: {
          ...OFFICE,
          holidays: ["2026-11-24"],
          intervals: [1, 2, 3].map((day) => ({ day, from: 720, to: 900 })),
        },
      },
    });
    await street.later(MINUTE);
    // Three hours on Monday from 12:00 in Berlin, the rest on Wednesday.
    expect((await street.ticket(id)).respondDueAt).toBe(Date.parse("2026-11-25T13:00:00Z"));
    expect((await street.ticket(closed.id)).respondDueAt).toBeNull();
    await street.apply({ ...slaDesk(), sla: {}, defaults: { ...slaDesk().defaults, sla: undefined } });
    await street.later(DAY);
    expect(await street.ticket(id)).toMatchObject({ respondDueAt: null, resolveDueAt: null });
    expect(await street.marks(id)).toEqual([]);
  });

  it("goes on with the others when one ticket fails, and tries that one later", async () => {
    const street = await slaStreet(store, slaDesk());
    const [bad, good] = [await street.opened("m@bad.example"), await street.opened("m@good.example")];
    // Its number of events is taken already: no event can be written for it.
    await street.db("ticket").where({ id: bad.id }).update({ seq: 0 });
    expect(await street.later(HOUR)).toBe(1);
    expect(await street.marks(bad.id)).toEqual([]);
    expect(await street.marks(good.id)).toEqual(["respond breach"]);
    const { n } = (await street.db("event").where({ ticket_id: bad.id }).max({ n: "seq" }).first())!;
    await street.db("ticket").where({ id: bad.id }).update({ seq: n });
    expect(await street.later(MINUTE)).toBe(0);
    expect(await street.later(5 * MINUTE)).toBe(1);
    expect(await street.marks(bad.id)).toEqual(["respond breach"]);
  });

  it("says nothing twice when two processes look at the same moment", async () => {
    const street = await slaStreet(
      store,
      slaDesk(plan("standard", { escalations: [escalation("respond", 0, { tags: ["late"], tell: ["lead"] })] })),
    );
    const ids: number[] = [];
    for (let n = 0; n < 5; n++) ids.push((await street.opened(`m${n}@two.example`)).id);
    street.clock.now += HOUR;
    const other = connect(store.url());
    try {
      const said = await Promise.all([clockSla(street.stage), clockSla({ ...street.stage, db: other })]);
      expect(said[0] + said[1]).toBe(10);
    } finally {
      await other.destroy();
    }
    await street.ring();
    for (const id of ids) {
      expect(await street.marks(id)).toEqual(["respond breach", "respond escalation standard 0"]);
      expect(await street.said(id)).toHaveLength(2);
    }
    expect(street.mails().toSorted()).toEqual([
      ...ids.map(() => "ann@nw.example: OVERDUE"),
      ...ids.map(() => "ben@nw.example: OVERDUE"),
    ]);
  });
});
