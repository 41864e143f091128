import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decide } from "../../src/desk/intake.ts";
import type { IntakeFacts } from "../../src/desk/intake-facts.ts";
import { STATUSES, type Evidence } from "../../src/desk/types.ts";
import type { InboundMessage, Nature } from "../../src/mail/types.ts";
import {
  agentPerson,
  at,
  authenticated,
  DAY,
  desk,
  facts,
  MARIA,
  message,
  NOW,
  OLIVER,
  STRANGER,
  ticket,
  tied,
  token,
} from "./intake-world.ts";

const nature = (kind: Nature): InboundMessage["nature"] => ({ nature: kind, because: "a header says so" });
const closed = (daysAgo: number) => ({ status: "closed", closedAt: NOW - daysAgo * DAY, waitingFor: null }) as const;
const thanks = message({ replyText: "Thanks a lot!" });
const vacation = message({ nature: nature("auto-response") });

describe("the judgement on a customer's mail", () => {
  it("opens a ticket when nothing names one", () => {
    expect(decide(message(), facts())).toEqual({
      verdict: "open-ticket",
      linkedTo: null,
      because: "no evidence names a ticket",
    });
  });

  for (const strength of [1, 2, 3] as const)
    it(`adds a follow-up by evidence ${strength}, for the customer and for a participant`, () => {
      expect(decide(message(), tied(strength))).toMatchObject({ verdict: "follow-up", as: "customer", reopens: false });
      expect(decide(message({ from: OLIVER }), tied(strength))).toMatchObject({ as: "participant" });
    });

  it("wakes a pending ticket, and a closed one within the window", () => {
    expect(decide(message(), tied(2, {}, { status: "pending" }))).toMatchObject({ reopens: true });
    expect(decide(message(), tied(2, {}, closed(1)))).toMatchObject({ verdict: "follow-up", reopens: true });
    expect(decide(message(), tied(2, {}, closed(desk.defaults.reopenDays)))).toMatchObject({ reopens: true });
  });

  it("wakes a snoozed ticket", () => {
    expect(decide(message(), tied(2, {}, { status: "snoozed", snoozedUntil: NOW + DAY }))).toMatchObject({
      verdict: "follow-up",
      reopens: true,
    });
  });

  it("goes by the department's days of reopening", () => {
    const support = { ...desk.departments["support"]!, reopenDays: 60 };
    const patient = { ...desk, departments: { ...desk.departments, support } };
    expect(decide(message(), tied(1, { desk: patient }, closed(50)))).toMatchObject({ verdict: "follow-up" });
  });

  it("knows the customer and a participant by every address of theirs, also by the number alone", () => {
    const from = { name: "Maria", address: at("maria@gmail.com") };
    const senderAddresses = [from.address, MARIA.address];
    for (const strength of [1, 2, 3] as const)
      expect(decide(message({ from }), tied(strength, { senderAddresses }))).toMatchObject({ as: "customer" });
    const other = { senderAddresses: [from.address, OLIVER.address] };
    expect(decide(message({ from }), tied(3, other))).toMatchObject({ as: "participant" });
    expect(decide(message({ from }), tied(3, { senderAddresses: [from.address] }))).toMatchObject({ verdict: "hold" });
  });

  it("gives what follows spam a fresh look, and keeps its thanks where they are", () => {
    const spam = { ...closed(1), spam: true };
    expect(decide(message(), tied(1, {}, spam))).toMatchObject({ verdict: "open-ticket", linkedTo: 7 });
    expect(decide(thanks, tied(1, {}, spam))).toMatchObject({ verdict: "follow-up", reopens: false });
  });

  it("opens a linked ticket after the window", () => {
    expect(decide(message(), tied(1, {}, closed(desk.defaults.reopenDays + 2)))).toMatchObject({
      verdict: "open-ticket",
      linkedTo: 7,
    });
  });

  it("records a mere thanks and an automatic answer without waking anything", () => {
    for (const quiet of [thanks, vacation])
      for (const of of [closed(1), { status: "pending" } as const])
        expect(decide(quiet, tied(1, {}, of))).toMatchObject({ verdict: "follow-up", as: "customer", reopens: false });
  });

  it("keeps a late thanks or automatic answer in the old ticket, however long ago it was closed", () => {
    for (const quiet of [thanks, vacation])
      expect(decide(quiet, tied(1, {}, closed(60)))).toMatchObject({ verdict: "follow-up", reopens: false });
  });

  it("joins the ticket that a later message of the same sender has opened", () => {
    expect(decide(message(), facts({ adoptedBy: ticket() }))).toMatchObject({
      verdict: "follow-up",
      as: "customer",
      evidence: { ticketId: 7 },
    });
  });

  it("folds a storm into one ticket, and wakes that when it was closed meanwhile", () => {
    expect(decide(message(), facts({ foldInto: ticket() }))).toMatchObject({ verdict: "follow-up", reopens: false });
    expect(decide(message(), facts({ foldInto: ticket(closed(0)) }))).toMatchObject({ reopens: true });
    expect(decide(vacation, facts({ foldInto: ticket(closed(0)) }))).toMatchObject({ reopens: false });
  });
});

describe("the judgement on somebody else's mail", () => {
  const zoe = message({ from: STRANGER, auth: authenticated("none") });

  it("adds it with evidence 1 or 2, as a stranger's", () => {
    for (const strength of [1, 2] as const)
      expect(decide(zoe, tied(strength, {}, closed(1)))).toMatchObject({
        verdict: "follow-up",
        as: "stranger",
        reopens: true,
      });
  });

  it("holds it when only the subject names the ticket", () => {
    expect(decide(zoe, tied(3))).toMatchObject({ verdict: "hold", reason: "stranger", ticketId: 7, agent: null });
  });

  it("holds it when authentication fails, whatever the evidence", () => {
    for (const strength of [1, 2, 3] as const)
      expect(decide({ ...zoe, auth: authenticated("fail") }, tied(strength))).toMatchObject({ verdict: "hold" });
  });

  it("holds the customer's own mail when authentication fails and only the subject names the ticket", () => {
    const doubtful = message({ auth: authenticated("fail") });
    expect(decide(doubtful, tied(3))).toMatchObject({ verdict: "hold", reason: "stranger" });
    expect(decide(doubtful, tied(2))).toMatchObject({ verdict: "follow-up", as: "customer" });
  });

  it("links a stranger's mail to a ticket that was closed too long ago", () => {
    expect(decide(zoe, tied(2, {}, closed(60)))).toMatchObject({ verdict: "open-ticket", linkedTo: 7 });
  });
});

describe("the judgement on mail that nobody answers", () => {
  it("knows the same mail again before anything else", () => {
    const blockedBounce = facts({ duplicateOf: 3, senderBlocked: true });
    expect(decide(message({ nature: nature("delivery-report") }), blockedBounce)).toMatchObject({
      verdict: "duplicate",
      of: 3,
    });
  });

  it("records a bounce at the delivery it is about, else at the ticket, else alone", () => {
    const bounce = message({ nature: nature("delivery-report"), from: undefined });
    expect(decide(bounce, facts({ bounced: { deliveryId: 12, ticketId: 7 } }))).toMatchObject({
      verdict: "record-report",
      deliveryId: 12,
      ticketId: 7,
    });
    expect(decide(bounce, tied(1))).toMatchObject({ verdict: "record-report", deliveryId: null, ticketId: 7 });
    expect(decide(bounce, facts())).toMatchObject({ verdict: "record-report", ticketId: null });
  });

  it("records our own automatic mail that came back", () => {
    const back = message({ nature: nature("own"), headers: [{ name: "x-postern-loop", value: "mark" }] });
    expect(decide(back, tied(1))).toMatchObject({ verdict: "record-report", ticketId: 7, deliveryId: null });
  });

  it("lets a person write from a shared mailbox of ours", () => {
    const shared = message({ nature: nature("own"), from: { name: "", address: at("support@nw.example") } });
    expect(decide(shared, facts())).toMatchObject({ verdict: "open-ticket" });
  });

  it("quarantines a mail without From, and a blocked sender's", () => {
    expect(decide(message({ from: undefined }), tied(1))).toMatchObject({ verdict: "quarantine" });
    expect(decide(message(), tied(1, { senderBlocked: true }))).toMatchObject({ verdict: "quarantine" });
  });
});

const anyNature = fc.constantFrom<Nature>("correspondence", "auto-response", "delivery-report", "own", "bulk");
const anyMessage = fc
  .record({
    nature: anyNature.map(nature),
    from: fc.constantFrom(undefined, MARIA, OLIVER, STRANGER, agentPerson("ann"), agentPerson("dev")),
    auth: fc.constantFrom("pass", "fail", "none").map((one) => authenticated(one as "pass")),
    replyText: fc.constantFrom("#close", "Thanks!", "It fails.", "#confirm"),
    headers: fc.constantFrom([], [{ name: "x-postern-loop", value: "mark" }]),
  })
  .map(message);
const maybe = <T>(value: T) => fc.constantFrom<T | undefined>(undefined, value);
const anyFacts: fc.Arbitrary<(of: InboundMessage) => IntakeFacts> = fc
  .record({
    policy: fc.constantFrom("confirm", "strict", "token") as fc.Arbitrary<IntakeFacts["policy"]>,
    proven: fc.boolean(),
    tie: fc.option(fc.constantFrom<Evidence["strength"]>(1, 2, 3), { nil: undefined }),
    status: fc.constantFrom(...STATUSES),
    closedDays: fc.constantFrom(1, 60),
    token: fc.constantFrom(
      undefined,
      token(),
      token({ agent: null }),
      token({ mode: "prove", inboundId: 5 }),
      token({ genuine: false }),
    ),
    foldInto: maybe(ticket()),
    adoptedBy: maybe(ticket()),
  })
  .map(({ tie, status, closedDays, ...rest }) => (of: InboundMessage) => {
    const life = status === "closed" ? closed(closedDays) : { status };
    const agent = Object.values(desk.agents).find((one) => one.emails.some((address) => address === of.from?.address));
    return tie ? tied(tie, { ...rest, agent }, life) : facts({ ...rest, agent });
  });

describe("automatic mail, for any facts", () => {
  it("never acts, never decides, never wakes a ticket", () => {
    fc.assert(
      fc.property(anyMessage, anyFacts, (one, known) => {
        const verdict = decide(one, known(one));
        const acts = ["agent-reply", "answer-to-hold"].includes(verdict.verdict);
        const wakes = verdict.verdict === "follow-up" && verdict.reopens;
        const { nature: kind } = one.nature;
        expect(kind === "auto-response" && (acts || wakes)).toBe(false);
        expect(kind === "delivery-report" && verdict.verdict !== "record-report").toBe(false);
      }),
      { numRuns: 3000 },
    );
  });

  it("has a verdict for everything, with a reason for people", () => {
    fc.assert(
      fc.property(anyMessage, anyFacts, (one, known) => {
        expect(decide(one, known(one)).because).not.toBe("");
      }),
    );
  });

  it("lets nobody act who is not an agent", () => {
    fc.assert(
      fc.property(anyMessage, anyFacts, (one, known) => {
        const given = known(one);
        const { verdict } = decide(one, given);
        const acts = verdict === "agent-reply" || verdict === "answer-to-hold";
        expect(acts && !(given.agent && given.token?.genuine)).toBe(false);
      }),
      { numRuns: 3000 },
    );
  });
});
