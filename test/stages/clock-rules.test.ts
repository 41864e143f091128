import { expect, it } from "vitest";
import { clockRules } from "../../src/stages/clock-rules.ts";
import { storeDesk } from "../../src/db/desk.ts";
import { mail } from "../harness/mails.ts";
import { onBothStores } from "../db/stores.ts";
import { ruleDesk } from "./rule-desk.ts";
import { agentAnswers, customerAnswers, openStreet, SECOND, type Street } from "./street.ts";

const HOUR = 3600 * SECOND;

const LONG =
  "  - { name: Long wait, when: clock, if: { waiting_for: us, hours_since_customer: { at_least: 8 } }, then: { tag: late, tell: [dev], note: Waiting } }\n";
const STATUS =
  "  - { name: Status, when: status_changed, if: { status: closed }, then: { tag: was-closed, status: open } }\n";

const notes = async (street: Street, ticket: number) =>
  (await street.entries(ticket)).filter(({ kind }) => kind === "note").length;

onBothStores("rules of the clock", (store) => {
  it("act once as long as they hold, again after they did not, and are traced", async () => {
    const street = await openStreet(store, { desk: ruleDesk(LONG) });
    const ticket = await street.open({ from: "m@slow.example" });
    await street.pass(7 * HOUR);
    expect(await clockRules(street.stage)).toBe(0);
    await street.pass(HOUR);
    expect(await clockRules(street.stage)).toBe(1);
    await street.ring();
    expect((await street.ticket(ticket.id)).tags).toEqual(["late"]);
    expect(street.sentTo("dev@nw.example")).toHaveLength(1);
    expect(street.lastTo("dev@nw.example").message.text).toContain('The rule "Long wait" tells you of this.');
    const event = (await street.events(ticket.id)).find(({ name }) => name === "tag");
    expect(event).toMatchObject({ actor: "postern", cause_kind: "rule", cause: '"Long wait"' });
    for (let n = 0; n < 3; n++) {
      await street.pass(HOUR);
      expect(await clockRules(street.stage)).toBe(0);
    }
    const [row, ...more] = await street.db("route").where({ ticket_id: ticket.id, trigger: "clock" });
    expect(more).toEqual([]);
    expect(row.state).toBe("done");
    const trace = JSON.parse(row.trace);
    expect(trace.rules).toMatchObject([{ name: "Long wait", result: true }]);
    expect(trace.effects).toMatchObject([{ effect: "note" }, { effect: "tell", did: "dev@nw.example" }]);

    await street.receive(await customerAnswers(street.lastTo("m@slow.example"), "Hello?", "m@slow.example"));
    expect(await clockRules(street.stage)).toBe(1);
    expect(await notes(street, ticket.id)).toBe(1);
    await street.pass(8 * HOUR);
    expect(await clockRules(street.stage)).toBe(1);
    expect(await notes(street, ticket.id)).toBe(2);
  });

  it("let closed, spam and merged tickets be, and forget episodes of rules that are gone", async () => {
    const street = await openStreet(store, { desk: ruleDesk(LONG) });
    const closed = await street.open({ from: "m@closed.example" });
    const late = await street.open({ from: "n@late.example" });
    await street.receive(await agentAnswers(street.lastTo(`${closed.assignee}@nw.example`), "#close"));
    await street.pass(9 * HOUR);
    await clockRules(street.stage);
    expect([await notes(street, closed.id), await notes(street, late.id)]).toEqual([0, 1]);
    expect(await street.db("rule_episode").where({ ticket_id: late.id })).toHaveLength(1);
    const other = ruleDesk(LONG.replace("Long wait", "Other"));
    await street.db.transaction((tx) => storeDesk(tx, other, "test", street.clock.now));
    await clockRules(street.stage);
    expect(await street.db("rule_episode").where({ ticket_id: late.id }).pluck("rule")).toEqual(["Other"]);
    expect(await notes(street, late.id)).toBe(2);
    await street.db.transaction((tx) => storeDesk(tx, ruleDesk(STATUS), "test", street.clock.now));
    expect(await clockRules(street.stage)).toBe(0);
    expect(await street.db("rule_episode").where({ ticket_id: late.id })).toEqual([]);
  });

  it("do not act twice in two processes at the same moment", async () => {
    const street = await openStreet(store, { desk: ruleDesk(LONG) });
    const tickets = [];
    for (let n = 0; n < 5; n++) tickets.push(await street.open({ from: `m${n}@twice.example`, text: `n ${n}` }));
    await street.pass(9 * HOUR);
    await Promise.all([clockRules(street.stage), clockRules(street.stage), clockRules(street.stage)]);
    for (const { id } of tickets) expect(await notes(street, id)).toBe(1);
    expect(
      await street
        .db("route")
        .where({ trigger: "clock" })
        .whereIn(
          "ticket_id",
          tickets.map(({ id }) => id),
        ),
    ).toHaveLength(5);
  });

  it("keep a rule that stop kept from being looked at in its episode", async () => {
    const rules = `
  - { name: Urgent, when: clock, if: { priority: urgent }, then: { tag: hot, stop: true } }
${LONG}`;
    const street = await openStreet(store, { desk: ruleDesk(rules) });
    const ticket = await street.open({ from: "m@stop.example" });
    await street.pass(9 * HOUR);
    await clockRules(street.stage);
    expect(await notes(street, ticket.id)).toBe(1);
    await street.receive(await agentAnswers(street.lastTo(`${ticket.assignee}@nw.example`), "#priority urgent"));
    await clockRules(street.stage);
    expect((await street.ticket(ticket.id)).tags).toEqual(["hot", "late"]);
    await street.receive(await agentAnswers(street.lastTo(`${ticket.assignee}@nw.example`), "#priority normal"));
    await clockRules(street.stage);
    expect(await notes(street, ticket.id)).toBe(1);
  });

  it("write to a customer whom we have written to before, and to nobody else", async () => {
    const rule = "  - { name: Remind, when: clock, if: { hours_open: { at_least: 8 } }, then: { reply: reset } }\n";
    const street = await openStreet(store, { desk: ruleDesk(rule) });
    const known = await street.open({ from: "m@known.example" });
    const robot = await street.open({ from: "r@robot.example", headers: [["Precedence", "bulk"]] });
    await street.pass(9 * HOUR);
    await clockRules(street.stage);
    await street.ring();
    expect(street.sentTo("m@known.example")).toHaveLength(2);
    expect(street.sentTo("r@robot.example")).toEqual([]);
    const why = (await street.events(robot.id)).find(({ name }) => name === "canned reply not written");
    expect(why?.detail).toMatch(/correspondence|neither acknowledged nor answered/);
    expect((await street.entries(known.id)).at(-1)).toMatchObject({ kind: "reply", author_kind: "postern" });
  });
});

onBothStores("rules of a changed status", (store) => {
  it("look when a human or a reply has changed it, never when a rule has", async () => {
    const street = await openStreet(store, { desk: ruleDesk(STATUS) });
    const ticket = await street.open({ from: "m@status.example" });
    await street.receive(await agentAnswers(street.lastTo(`${ticket.assignee}@nw.example`), "#close"));
    expect(await street.ticket(ticket.id)).toMatchObject({ status: "open", tags: ["was-closed"] });
    const rows = await street.db("route").where({ ticket_id: ticket.id, trigger: "status_changed" });
    expect(rows.map(({ state, entry_id }) => [state, entry_id])).toEqual([["done", null]]);
  });

  it("leave no row where the desk has no such rule", async () => {
    const street = await openStreet(store, { desk: ruleDesk(LONG) });
    const ticket = await street.open({ from: "m@norule.example" });
    await street.receive(await agentAnswers(street.lastTo(`${ticket.assignee}@nw.example`), "#close"));
    await street.receive(
      mail({ from: "m@norule.example", to: "support@nw.example", subject: `[${ticket.publicNumber}]`, text: "No." }),
    );
    expect((await street.ticket(ticket.id)).status).toBe("open");
    expect(await street.db("route").where({ ticket_id: ticket.id, trigger: "status_changed" })).toEqual([]);
  });
});
