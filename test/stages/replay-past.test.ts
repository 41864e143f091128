/** Tickets as they stood once, and how two outcomes differ. */
import { describe, expect, it } from "vitest";
import type { EventRow } from "../../src/db/event.ts";
import type { EmailAddress } from "../../src/desk/types.ts";
import { differences } from "../../src/stages/replay-outcome.ts";
import { ticketBefore } from "../../src/stages/replay-past.ts";
import { ticket } from "../desk/rules/rule-world.ts";

describe("a ticket as it stood before a message", () => {
  const at = Date.UTC(2026, 10, 23, 10);
  let seq = 0;
  const event = (minutes: number, name: string, more: Partial<EventRow> = {}): EventRow => ({
    id: ++seq,
    ticket_id: 1,
    seq,
    at: at + minutes * 60_000,
    name,
    actor_kind: "agent",
    actor: "ann",
    cause_kind: "command",
    cause: "#x",
    old: null,
    new: null,
    detail: null,
    ...more,
  });
  const byMessage = { actor_kind: "customer", actor: "joe@x.example", cause_kind: "message", cause: "inbound 5: x" };
  const byRule = { actor_kind: "postern", actor: "postern", cause_kind: "rule", cause: '"R"' };

  it("has nothing of what happened since, and all that happened before and with the message", () => {
    const events = [
      event(0, "opened", { ...byMessage, cause: "inbound 1: x", new: "NW-1" }),
      event(1, "set-priority", { old: "normal", new: "low" }),
      event(2, "reply written"),
      event(3, "set-status", { old: "open", new: "pending" }),
      event(9, "customer replied", { ...byMessage, new: "entry 7" }),
      event(9, "set-status", { ...byMessage, old: "pending", new: "open" }),
      event(9, "set-waiting-for", { ...byMessage, old: "customer", new: "us" }),
      // The run of the rules may share the message's millisecond.
      event(9, "set-priority", { ...byRule, old: "low", new: "high" }),
      event(9, "tag", { ...byRule, new: "late" }),
      event(9, "untag", { ...byRule, old: "vip" }),
      event(9, "set-department", { ...byRule, old: "support", new: "it" }),
      event(9, "set-topic", { ...byRule, old: null, new: "login" }),
      event(9, "set-sla", { ...byRule, old: "standard", new: "gold" }),
      event(9, "watch", { ...byRule, new: "ben" }),
      event(9, "assign", { ...byRule, old: "ann", new: "dev" }),
      event(12, "set-customer", { ...byRule, old: "joe@x.example", new: "jim@x.example" }),
      event(13, "set-status", { old: "open", new: `snoozed until ${new Date(at).toISOString()}` }),
      event(14, "set-status", { old: `snoozed until ${new Date(at).toISOString()}`, new: "closed" }),
      event(15, "set-waiting-for", { old: "us", new: null }),
      event(16, "reply written"),
    ];
    const now = {
      ...ticket(),
      openedAt: at,
      status: "closed",
      priority: "high",
      department: "it",
      topic: "login",
      sla: "gold",
      assignee: "dev",
      tags: ["late"],
      watchers: ["ben"],
      waitingFor: null,
      customer: { name: "Jim", address: "jim@x.example" as EmailAddress },
    } as const;
    const past = ticketBefore(now, events, { inboundId: 5, entryId: 7, routedAt: at + 9 * 60_000 });
    expect(past).toMatchObject({
      ticket: {
        status: "open",
        priority: "low",
        department: "support",
        topic: null,
        sla: "standard",
        assignee: "ann",
        tags: ["vip"],
        watchers: [],
      },
      customer: { address: "joe@x.example" },
      waitingFor: "us",
      statusSince: at + 9 * 60_000,
      lastCustomerAt: at + 9 * 60_000,
      lastAgentAt: at + 2 * 60_000,
    });
    const first = ticketBefore(now, events, { inboundId: 1, entryId: 1, routedAt: at });
    expect(first).toMatchObject({ ticket: { priority: "normal" }, lastAgentAt: null, statusSince: at });
  });
});

describe("differences", () => {
  it("name who decides it now, or who no longer does", () => {
    const nobody = { value: null, because: null };
    const fields = {
      topic: nobody,
      department: { value: "it", because: "topic login" },
      priority: nobody,
      sla: nobody,
      status: nobody,
      assign: { value: "ann", because: 'rule "A"' },
      acknowledged: nobody,
    };
    const none = { tags: [], watchers: [], effects: [], held: [] };
    const effect = { action: "note", value: 'note "x"', because: 'rule "A"' } as const;
    const before = {
      ...none,
      fields,
      tags: [{ value: "vip", because: 'rule "A"' }],
      effects: [{ ...effect, key: "1" }],
    };
    const after = {
      ...none,
      fields: { ...fields, department: { value: "billing", because: 'rule "B"' }, assign: nobody },
      effects: [{ ...effect, key: "2" }],
    };
    expect(differences(before, after)).toEqual([
      { field: "department", from: "it", to: "billing", by: 'rule "B"' },
      { field: "assign", from: "ann", to: null, by: 'no longer rule "A"' },
      { field: "tag", from: "vip", to: null, by: 'no longer rule "A"' },
      { field: "effect", from: 'note "x"', to: null, by: 'no longer rule "A"' },
      { field: "effect", from: null, to: 'note "x"', by: 'rule "A"' },
    ]);
    expect(differences(after, after)).toEqual([]);
  });
});
