import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { planCommands } from "../../../src/desk/commands/command-plan.ts";
import { readCommands } from "../../../src/desk/commands/command-read.ts";
import { knownNames } from "../../../src/desk/commands/command-argument.ts";
import type { Change, Ticket } from "../../../src/desk/types.ts";
import { DESK, ticket } from "../rules/rule-world.ts";

const mine = ticket({ assignee: "ann", tags: ["old", "VIP"] });

function plan(text: string, subject: Ticket = mine, who = "ann", attachments = 0) {
  const reading = readCommands(text, knownNames(DESK));
  if (reading.kind === "stop") throw new Error(reading.why);
  return planCommands(reading.commands, reading.body, {
    ticket: subject,
    agent: DESK.agents[who]!,
    desk: DESK,
    attachments,
  });
}
const changesOf = (text: string, subject?: Ticket) => plan(text, subject).changes.map(({ change }) => change);

describe("a reply", () => {
  it("leaves the ticket as it is and waits for the customer", () => {
    const made = plan("Try again now.");
    expect(made).toMatchObject({
      reply: "Try again now.",
      closeOnAccept: false,
      sendClosureNotice: false,
      receipt: [],
    });
    expect(made.changes.map(({ change }) => change)).toEqual([{ change: "set-waiting-for", to: "customer" }]);
    expect(made.note).toBeUndefined();
    expect(changesOf("Again.", ticket({ waitingFor: "customer" }))).toEqual([]);
  });

  it("may consist of a file only", () => {
    expect(plan("", mine, "ann", 1)).toMatchObject({ reply: "" });
    expect(plan("", mine, "ann", 0).reply).toBeUndefined();
  });

  it("to a closed ticket leaves it closed, and says so", () => {
    const closed = ticket({ status: "closed", closedAt: 1, waitingFor: null });
    const made = plan("You are welcome.", closed);
    expect(made.changes).toEqual([]);
    expect(made.receipt).toEqual(["your reply: is sent; NW-1 stays closed"]);
    expect(changesOf("#reopen\nI looked again.", closed)).toEqual([
      { change: "set-status", to: "open" },
      { change: "set-waiting-for", to: "customer" },
    ]);
  });
});

describe("#close", () => {
  it("with text closes when the reply is accepted", () => {
    const made = plan("#close\nUnlocked.");
    expect(made).toMatchObject({
      reply: "Unlocked.",
      closeOnAccept: true,
      sendClosureNotice: false,
      changes: [],
      inverse: [],
      receipt: ["#close: closes when your reply is accepted"],
    });
  });

  it("without text closes now and tells the customer", () => {
    const made = plan("#close");
    expect(made).toMatchObject({ closeOnAccept: false, sendClosureNotice: true });
    expect(made.reply).toBeUndefined();
    expect(made.changes).toEqual([
      { change: { change: "set-status", to: "closed" }, cause: { kind: "command", detail: "#close" } },
      { change: { change: "set-waiting-for", to: null }, cause: { kind: "command", detail: "#close" } },
    ]);
    expect(made.inverse).toEqual([
      { change: "set-waiting-for", to: "us" },
      { change: "set-status", to: "open" },
    ]);
  });

  it("with a note sends the closure notice, not the note", () => {
    const made = plan("#close #note\nSpam, really.");
    expect(made).toMatchObject({ note: "Spam, really.", sendClosureNotice: true, closeOnAccept: false });
    expect(made.reply).toBeUndefined();
  });

  it("of a closed ticket tells the customer nothing again", () => {
    const made = plan("#close", ticket({ status: "closed", waitingFor: null }));
    expect(made).toMatchObject({ sendClosureNotice: false, changes: [], receipt: ["#close: it was closed already"] });
  });
});

describe("other commands", () => {
  it.each<[string, readonly Change[]]>([
    ["#reopen", []],
    [
      "#pending",
      [
        { change: "set-status", to: "pending" },
        { change: "set-waiting-for", to: "customer" },
      ],
    ],
    ["#assign cat", [{ change: "assign", to: "cat" }]],
    ["#assign none", [{ change: "assign", to: null }]],
    ["#take", []],
    ["#assign me", []],
    ["#priority high", [{ change: "set-priority", to: "high" }]],
    ["#priority normal", []],
    ["#tag new old vip", [{ change: "tag", tag: "new" }]],
    ["#untag vip never", [{ change: "untag", tag: "VIP" }]],
    [
      "#tag a\n#tag b",
      [
        { change: "tag", tag: "a" },
        { change: "tag", tag: "b" },
      ],
    ],
    ["#note\nsecret", []],
    ["#now", []],
    ["#dept billing", [{ change: "set-department", to: "billing" }]],
    ["#dept support", []],
  ])("%j", (text, changes) => {
    const made = plan(text);
    expect(made.refused).toBeUndefined();
    expect(made.changes.map(({ change }) => change)).toEqual(changes);
    expect(made.receipt.length).toBeGreaterThan(0);
  });

  it("moves a ticket away from an agent who is not in the new department", () => {
    const it_ = plan("#dept it");
    expect(it_.changes.map(({ change }) => change)).toEqual([{ change: "set-department", to: "it" }]);
    expect(it_.assignment).toEqual({
      assignment: { strategy: "fixed", agent: "dev" },
      cause: { kind: "command", detail: "#dept" },
    });
    expect(it_.inverse).toEqual([
      { change: "assign", to: "ann" },
      { change: "set-department", to: "support" },
      { change: "set-sla", to: "standard" },
    ]);
    const cats = ticket({ assignee: "cat" });
    expect(changesOf("#dept billing", cats)).toEqual([
      { change: "set-department", to: "billing" },
      { change: "assign", to: null },
    ]);
    expect(plan("#dept it #assign dev").assignment).toBeUndefined();
  });

  it("hands strategies on", () => {
    expect(plan("#assign round-robin").assignment).toEqual({
      assignment: { strategy: "round-robin" },
      cause: { kind: "command", detail: "#assign" },
    });
  });

  it("sends at once only when there is something to send", () => {
    expect(plan("#now\nHi").sendNow).toBe(true);
    expect(plan("#now").sendNow).toBe(true);
  });

  it.each([
    ["help", { query: { name: "help" } }],
    ["undo", { undo: true }],
    ["confirm", { confirm: true }],
  ] as const)("#%s sends no text", (name, expected) => {
    const made = plan(`#${name}\nSent from my phone`);
    expect(made).toMatchObject({ ...expected, changes: [] });
    expect(made.reply).toBeUndefined();
    expect(made.receipt.at(-1)).toBe("your text: was not sent");
  });
});

describe("all or nothing", () => {
  it.each<[string, string, RegExp]>([
    ["#close #reopen", "ann", /#close and #reopen contradict/],
    ["#tag x\n#pending\n#close\nHi", "ann", /contradict/],
    ["#assign ann #assign cat", "ann", /two different #assign/],
    ["#take #assign cat", "ann", /contradict/],
    ["#priority high #priority low", "ann", /two different #priority/],
    ["#dept it #dept billing", "ann", /two different #dept/],
    ["#tag x #untag x", "ann", /both added and removed/],
    ["#undo #close", "ann", /#undo stands alone/],
    ["#help #undo", "ann", /stands alone/],
    ["#tag x #assign dev", "ann", /Dev Patel is not an active agent of Support/],
    ["#tag x #note", "ann", /no text/],
    ["#tag x #assign cat", "ben", /#assign is not for a trainee/],
    ["#dept it\nHi", "ben", /#dept is not for a trainee/],
    ["#tag x\nHi", "old", /no longer an agent/],
    ["Hi", "old", /no longer an agent/],
  ])("%j by %s is refused whole", (text, who, why) => {
    const made = plan(text, mine, who);
    expect(made.refused?.why).toMatch(why);
    expect(made).toMatchObject({
      changes: [],
      inverse: [],
      sendClosureNotice: false,
      closeOnAccept: false,
      undo: false,
      receipt: [],
    });
    expect(made).not.toHaveProperty("reply");
    expect(made).not.toHaveProperty("note");
    expect(made).not.toHaveProperty("assignment");
  });

  it.each([
    "#close #close",
    "#take #assign me",
    "#take #assign ann",
    "#assign ann\n#assign Ann Lee",
    "#prio high #priority high",
  ])("%j says one thing twice", (text) => {
    const made = plan(text);
    expect(made.refused).toBeUndefined();
    expect(made.receipt).toHaveLength(1);
  });

  it("lets a trainee take a ticket, also as #assign me", () => {
    expect(plan("#assign me", mine, "ben").changes.map(({ change }) => change)).toEqual([
      { change: "assign", to: "ben" },
    ]);
    expect(plan("#take", mine, "dev").refused).toBeUndefined();
  });
});

/** What the database does with changes, for what the plan can hold. */
function applied(subject: Ticket, changes: readonly Change[]): Ticket {
  let { status, priority, department, assignee, waitingFor } = subject;
  const tags = new Set(subject.tags);
  for (const change of changes) {
    if (change.change === "set-status") status = change.to;
    if (change.change === "set-priority") priority = change.to;
    if (change.change === "set-department") department = change.to;
    if (change.change === "assign") assignee = change.to;
    if (change.change === "set-waiting-for") waitingFor = change.to;
    if (change.change === "tag") tags.add(change.tag);
    if (change.change === "untag") tags.delete(change.tag);
  }
  return { ...subject, status, priority, department, assignee, waitingFor, tags: [...tags].toSorted() };
}

it("takes everything back with the inverse, whatever was commanded", () => {
  const word = fc.constantFrom(
    "#close",
    "#reopen",
    "#pending",
    "#assign cat",
    "#assign none",
    "#take",
    "#dept it",
    "#dept billing",
    "#priority high",
    "#tag a b",
    "#untag vip old",
    "#now",
    "Hello there",
    "#assign least-open",
  );
  const subject = fc.record({
    status: fc.constantFrom("open" as const, "pending" as const, "closed" as const),
    assignee: fc.constantFrom(null, "ann", "cat"),
    waitingFor: fc.constantFrom(null, "us" as const, "customer" as const),
  });
  fc.assert(
    fc.property(fc.uniqueArray(word, { maxLength: 5 }), subject, (lines, more) => {
      const before = applied(ticket({ ...more, tags: ["VIP", "old"] }), []);
      const sorted = lines.toSorted((a, b) => Number(b.startsWith("#")) - Number(a.startsWith("#")));
      const made = plan(sorted.join("\n"), before);
      const picked: readonly Change[] = made.assignment === undefined ? [] : [{ change: "assign", to: "dev" }];
      const after = applied(before, [...made.changes.map(({ change }) => change), ...picked]);
      expect(applied(after, made.inverse)).toEqual(before);
      expect(made.closeOnAccept && made.sendClosureNotice).toBe(false);
    }),
    { numRuns: 500 },
  );
});
