/** The story of a ticket and the verdict on a message, as they are printed. */
import { describe, expect, it } from "vitest";
import type { StoryEvent } from "../../../src/desk/explain/explain-event.ts";
import { type Story, ticketStory } from "../../../src/desk/explain/explain-ticket.ts";
import { explainTrial, type Trial } from "../../../src/desk/explain/explain-trial.ts";
import type { Verdict } from "../../../src/desk/types.ts";
import { rule, tested, TRACE } from "./explain-traces.ts";
import { ticket } from "../rules/rule-world.ts";

const TEN = Date.UTC(2026, 10, 23, 10);
const MINUTE = 60_000;

let seq = 0;
const event = (minutes: number, name: string, more: Partial<StoryEvent> = {}): StoryEvent => ({
  at: TEN + minutes * MINUTE,
  seq: ++seq,
  name,
  actor_kind: "postern",
  actor: "postern",
  cause_kind: "rule",
  cause: '"Outages are urgent"',
  old: null,
  new: null,
  detail: null,
  ...more,
});
const byCustomer = { actor_kind: "customer", actor: "joe@x.example", cause_kind: "message" };
const byAnn = { actor_kind: "agent", actor: "ann", cause_kind: "command" };

const STORY: Story = {
  ticket: {
    ...ticket(),
    publicNumber: "NW-1001",
    subject: "The site is down",
    respondDueAt: TEN,
    respondedAt: TEN + 1,
  },
  events: [
    event(0, "opened", { ...byCustomer, cause: "inbound 17: no evidence names a ticket", new: "NW-1001" }),
    event(0, "set-priority", { old: "normal", new: "urgent" }),
    event(0, "assign", { new: "dev", cause: '"Outages are urgent": it is Dev Patel\'s turn' }),
    event(0, "ack sent", { cause_kind: "delivery", cause: "delivery 1 (ack)", new: "joe@x.example" }),
    event(5, "set-status", { ...byAnn, cause: "#pending", old: "open", new: "pending" }),
    event(6, "untag", { actor_kind: "admin", actor: "admin", cause_kind: "cli", cause: "postern ticket", old: "vip" }),
    event(9, "customer replied", { ...byCustomer, cause: "inbound 18: it answers <a@nw.example>", new: "entry 2" }),
  ],
  routes: [
    { trigger: "opened", createdAt: TEN, doneAt: TEN, trace: { ...TRACE, rules: [] }, error: null },
    {
      trigger: "customer_replied",
      createdAt: TEN + 9 * MINUTE,
      doneAt: TEN + 9 * MINUTE,
      trace: { deskVersion: 4, trigger: "customer_replied", steps: [], rules: [], skipped: "the ticket is spam" },
      error: null,
    },
    { trigger: "status_changed", createdAt: TEN + 10 * MINUTE, doneAt: null, trace: null, error: "no room" },
  ],
  messages: [
    { id: 17, at: TEN, from: "joe@x.example", subject: "The site is down", state: "recorded", reason: "x" },
    { id: 18, at: TEN + 9 * MINUTE, from: "joe@x.example", subject: null, state: "recorded", reason: "x" },
    {
      id: 19,
      at: TEN + 7 * MINUTE,
      from: null,
      subject: "Undelivered",
      state: "recorded",
      reason: "a delivery report",
    },
  ],
  marks: [{ clock: "respond", mark: "breach", dueAt: TEN, at: TEN + MINUTE }],
  pauses: [
    { from: TEN, to: TEN + MINUTE },
    { from: TEN + 5 * MINUTE, to: null },
  ],
  episodes: [{ rule: "Eight hours", since: TEN + 8 * MINUTE }],
};

describe("the story of a ticket", () => {
  it("is told in order of time, a run of the rules before what it did", () => {
    const story = ticketStory(STORY, false);
    expect(story.slice(4).join("\n")).toBe(
      `
2026-11-23 10:00:00Z  opened: NW-1001 by joe@x.example (customer)
    message 17 "The site is down": no evidence names a ticket

2026-11-23 10:00:00Z  rules for "opened", version 3 of the desk
    topic       login       topic "log in" in the subject
    department  it          topic login
    priority    urgent      rule "Outages are urgent"
    SLA plan    none        default of the desk
    tag         vip         organization fabrikam
    assign      least-open  department it; Dev Patel has the fewest open tickets (2)
    no rule of this trigger is in force

2026-11-23 10:00:00Z  assignee nobody -> dev  (rule "Outages are urgent": it is Dev Patel's turn)
2026-11-23 10:05:00Z  status open -> pending by ann  (command #pending)
2026-11-23 10:06:00Z  tag vip removed by admin  (cli postern ticket)

2026-11-23 10:07:00Z  message 19 from nobody
    "Undelivered": a delivery report

2026-11-23 10:09:00Z  customer replied: entry 2 by joe@x.example (customer)
    message 18: it answers <a@nw.example>

2026-11-23 10:09:00Z  rules for "customer replied", version 4 of the desk
    the rules did not look: the ticket is spam

The rules for "status changed" have not looked yet, since 2026-11-23 10:10:00Z: no room

Due times
    answer   due 2026-11-23 10:00:00Z, given 2026-11-23 10:00:00Z
        breach at 2026-11-23 10:01:00Z, when it was due 2026-11-23 10:00:00Z
    clock stood still from 2026-11-23 10:00:00Z to 2026-11-23 10:01:00Z
    clock stood still from 2026-11-23 10:05:00Z on
    clock rule "Eight hours" holds since 2026-11-23 10:08:00Z`.slice(1),
    );
  });

  it("has every change and every mail when all is asked for", () => {
    const [short, all] = [ticketStory(STORY, false), ticketStory(STORY, true)];
    expect(all.filter((line) => !short.includes(line))).toEqual([
      '2026-11-23 10:00:00Z  priority normal -> urgent  (rule "Outages are urgent")',
      "2026-11-23 10:00:00Z  ack sent: joe@x.example  (delivery 1 (ack))",
    ]);
  });

  it("tells of rules that are kept as positions, and of what came of effects", () => {
    const many = {
      ...TRACE,
      steps: [],
      rules: [
        rule(7, "One", {
          result: true,
          did: ["note"],
          condition: tested(true, { field: "tag", operator: "is", value: "x", seen: ["x"] }),
        }),
      ],
      untold: { notHeld: "1-6, 8-90", afterStop: "91-100" },
      effects: [{ rule: '"One"', effect: "note", did: "entry 4" }],
    };
    const routes = [{ trigger: "opened", createdAt: TEN, doneAt: TEN, trace: many, error: null }] as const;
    const story = ticketStory({ ...STORY, routes }, false).join("\n");
    expect(story).toContain(`    rules (1 held)
      ✓ 7 One
          ✓ tag is "x"  "x"
          → note
      ✗ did not hold: 1-6, 8-90
      – not looked at after the stop: 91-100
    what came of it
      note  entry 4  rule "One"
`);
  });
});

describe("the verdict on a message", () => {
  const told = (verdict: Verdict, more: Partial<Trial> = {}): string =>
    explainTrial(
      {
        verdict,
        looked: true,
        desk: { version: 3 },
        against: undefined,
        ticket: { publicNumber: "NW-1001", status: "pending" },
        trigger: undefined,
        routed: undefined,
        picked: undefined,
        ...more,
      },
      false,
    )[0]!.replace(/^what it is {2}/, "");
  const evidence = { strength: 2, ticketId: 1, because: "it answers <a@b>" } as const;
  const because = "so it is";

  it.each<[Verdict, string]>([
    [{ verdict: "open-ticket", linkedTo: null, because }, "a new ticket: so it is"],
    [{ verdict: "open-ticket", linkedTo: 4, because }, "a new ticket, linked to an older one: so it is"],
    [
      { verdict: "follow-up", evidence, as: "customer", reopens: true, because },
      "goes into NW-1001, from its customer, which it reopens: so it is",
    ],
    [
      { verdict: "follow-up", evidence, as: "agent-note", reopens: false, because },
      "goes into NW-1001, as an agent's note: so it is",
    ],
    [{ verdict: "agent-reply", evidence, agent: "ann", because }, "a reply of ann in NW-1001: so it is"],
    [{ verdict: "record-report", ticketId: null, deliveryId: null, because }, "no ticket: so it is"],
    [{ verdict: "duplicate", of: 7, because }, "a copy of message 7: so it is"],
    [
      { verdict: "hold", reason: "stranger", ticketId: 1, agent: null, because },
      "held until somebody decides: so it is",
    ],
    [{ verdict: "quarantine", because }, "quarantined: so it is"],
    [
      { verdict: "answer-to-hold", agent: "ann", mode: "confirm", inboundId: 9, deliveryId: 1, because },
      "ann answers about message 9: so it is",
    ],
  ])("%#", (verdict, words) => {
    expect(told(verdict)).toBe(words);
  });

  it("says who would be picked now, and what would follow", () => {
    const cause = { kind: "rule", detail: '"Outages are urgent"' } as const;
    const lines = explainTrial(
      {
        verdict: { verdict: "open-ticket", linkedTo: null, because },
        looked: true,
        desk: { version: 0 },
        against: "precedence: bulk",
        ticket: undefined,
        trigger: "opened",
        routed: {
          changes: [],
          assignment: null,
          effects: [{ effect: { action: "note", text: "Hello" }, cause, match: { order: "" } }],
          trace: TRACE,
        },
        picked: { agent: "ben", because: "it is Ben's turn" },
      },
      false,
    );
    expect(lines[1]).toBe("answered    no: precedence: bulk");
    expect(lines[3]).toBe('For "opened", by a desk that is not applied');
    expect(lines).toContain("  assign      least-open  department it; now ben, for it is Ben's turn");
    expect(lines.slice(-2)).toEqual(["  what follows", '    note "Hello"  rule "Outages are urgent"']);
  });
});
