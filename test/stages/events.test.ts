import { expect, it } from "vitest";
import type { EventRow } from "../../src/db/event.ts";
import { onBothStores } from "../db/stores.ts";
import { agentAnswers, customerAnswers, openStreet, SECOND } from "./street.ts";

const FIELDS: Record<string, string> = {
  "set-status": "status",
  "set-priority": "priority",
  "set-department": "department",
  "set-topic": "topic",
  "set-sla": "sla",
  "set-waiting-for": "waitingFor",
  assign: "assignee",
};

/** The ticket as its events tell it, from its first state on. */
function told(events: readonly EventRow[]) {
  const fields: Record<string, string | null> = {
    status: "open",
    priority: "normal",
    department: "support",
    topic: null,
    sla: null,
    waitingFor: "us",
    assignee: null,
  };
  const tags = new Set<string>();
  for (const { name, old, new: to } of events) {
    if (name === "tag") tags.add(to!);
    if (name === "untag") tags.delete(old!);
    const field = FIELDS[name];
    if (!field) continue;
    // Closing ends the waiting, too: one change, one event.
    expect({ name, old }).toEqual({ name, old: fields[field] });
    fields[field] = to;
    if (name === "set-status" && to === "closed") fields["waitingFor"] = null;
  }
  return { ...fields, tags: [...tags].sort() };
}

onBothStores("the events of a ticket", (store) => {
  it("tell every change with who, why, old and new, and lead to the ticket as it stands", async () => {
    const street = await openStreet(store);
    const from = "m@story.example";
    const ticket = await street.open({ from, subject: "My password is refused" });
    const agent = () => street.lastTo("dev@nw.example");
    const notice = agent();
    await street.receive(await agentAnswers(notice, "#tag vip #priority high\n\nPlease try again."));
    await street.pass(3 * SECOND);
    await street.receive(await customerAnswers(street.lastTo(from), "It still fails."));
    await street.receive(await agentAnswers(notice, "#untag vip #pending"));
    await street.receive(await agentAnswers(notice, "#note We wait for the provider until Friday."));
    await street.receive(await agentAnswers(notice, "#close\n\nSolved now."));
    await street.receive(await agentAnswers(notice, "#undo"));
    await street.receive(await agentAnswers(notice, "#close"));
    await street.pass(3 * SECOND);
    await street.receive(await customerAnswers(street.lastTo(from), "No, it is back."));
    const after = await street.ticket(ticket.id);
    const events = await street.events(ticket.id);
    expect(told(events)).toEqual({
      status: after.status,
      priority: after.priority,
      department: after.department,
      topic: after.topic,
      sla: after.sla,
      waitingFor: after.waitingFor,
      assignee: after.assignee,
      tags: after.tags,
    });
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, n) => n + 1));
    expect(after.seq).toBe(events.length);
    for (const event of events) {
      expect(event.actor_kind).toMatch(/^(?:customer|agent|postern)$/);
      for (const field of ["actor", "cause", "cause_kind"] as const) expect(event[field]).toBeTruthy();
    }
    const kinds = new Set(events.map(({ cause_kind }) => cause_kind));
    for (const kind of ["message", "rule", "department", "command", "delivery"]) expect(kinds).toContain(kind);
  });

  it("stay as they were: nothing in the street changes or deletes one", async () => {
    const street = await openStreet(store);
    const ticket = await street.open({ from: "m@append.example" });
    const before = await street.events(ticket.id);
    const notice = street.lastTo(`${ticket.assignee}@nw.example`);
    await street.receive(await agentAnswers(notice, "#close"));
    await street.receive(await agentAnswers(notice, "#undo"));
    await street.pass(3 * SECOND);
    expect((await street.events(ticket.id)).slice(0, before.length)).toEqual(before);
  });
});
