import { beforeAll, beforeEach, expect, it } from "vitest";
import { agentLoads, lastAgentOf } from "../../src/db/agent-load.ts";
import { applyChanges } from "../../src/db/apply.ts";
import { isSqlite } from "../../src/db/connect.ts";
import { deskIds, requireDesk } from "../../src/db/desk.ts";
import { insertEntry } from "../../src/db/entry.ts";
import { eventsOf } from "../../src/db/event.ts";
import { addressId } from "../../src/db/people.ts";
import { lockTicket, ticketById } from "../../src/db/ticket.ts";
import { membersOf } from "../../src/desk/assigning/assignment.ts";
import type { Actor, Assignment, Change } from "../../src/desk/types.ts";
import type { EmailAddress } from "../../src/mail/types.ts";
import { assignTicket } from "../../src/stages/assign.ts";
import type { Stage } from "../../src/stages/stage.ts";
import { onBothStores } from "../db/stores.ts";
import { applyDesk, deskOf, inDesk, NOW, openTickets, openWorker } from "./assigning.ts";

const RULE = { kind: "rule", detail: '"Fair"' } as const;
const ROBIN = { strategy: "round-robin" } as const;
const LEAST = { strategy: "least-open" } as const;
const WEIGHED = { strategy: "least-weighted" } as const;
const STICKY = { strategy: "sticky" } as const;
const fixed = (agent: string) => ({ strategy: "fixed", agent }) as const;
const AWAY = [{ from: "2026-11-23", to: "2026-11-30" }];
let customers = 0;

onBothStores("giving a ticket to somebody", (store) => {
  const db = () => store.db();
  let stage: Stage;
  beforeAll(async () => {
    ({ stage } = await openWorker(db()));
  });
  beforeEach(async () => {
    await db()("ticket").update({ status: "closed" });
    await db()("assignment_turn").delete();
    await desk();
  });

  async function desk(more: Parameters<typeof deskOf>[1] = {}): Promise<void> {
    const departments = {
      support: { assign: LEAST, agents: ["ann", "ben", "cat"] },
      it: { assign: fixed("dev"), agents: ["dev", "ann"] },
    };
    await applyDesk(db(), deskOf(departments, more));
  }
  async function change(id: number, ...changes: Change[]): Promise<void> {
    const cause = { kind: "cli", detail: "test" } as const;
    const caused = changes.map((one) => ({ change: one, cause }));
    await db().transaction(async (tx) => {
      await applyChanges(tx, id, caused, { kind: "postern" }, await deskIds(tx), NOW);
    });
  }
  async function opened(more: { customer?: string; department?: string; agent?: string } = {}): Promise<number> {
    const customer = more.customer ?? `new${++customers}@home.example`;
    const [one] = await openTickets(db(), 1, { department: more.department ?? "support", customers: () => customer });
    if (more.agent) await change(one!.ticketId, { change: "assign", to: more.agent });
    return one!.ticketId;
  }
  const assign = async (id: number, assignment: Assignment, actor?: Actor) =>
    await inDesk(stage, (unit) => assignTicket(unit, { id }, { assignment, cause: RULE }, actor));
  const assigned = async (id: number, assignment: Assignment) => (await assign(id, assignment)).ticket.assignee;
  const lastEvent = async (id: number) => (await eventsOf(db(), id)).at(-1)!;

  it("writes who, by whom and why into the history", async () => {
    const id = await opened();
    const { ticket, because } = await assign(id, ROBIN, { kind: "agent", agent: "cat" });
    expect({ assignee: ticket.assignee, because }).toEqual({ assignee: "ann", because: "it is ANN's turn" });
    expect(await lastEvent(id)).toMatchObject({
      name: "assign",
      old: null,
      new: "ann",
      actor: "cat",
      cause_kind: "rule",
      cause: '"Fair": it is ANN\'s turn',
    });
    expect(await ticketById(db(), id)).toEqual(ticket);
  });

  it("counts what is not closed, but not the ticket itself", async () => {
    const mine = await opened({ agent: "ann" });
    const pending = await opened({ agent: "ben" });
    await change(pending, { change: "set-status", to: "pending" });
    expect(await assigned(mine, LEAST)).toBe("ann");
    expect(await assigned(await opened(), LEAST)).toBe("cat");
    await change(pending, { change: "set-status", to: "closed" });
    expect(await assigned(await opened(), LEAST)).toBe("ben");
  });

  it("weighs by priority and by who has to act", async () => {
    const urgent = await opened({ agent: "ann" });
    await change(urgent, { change: "set-priority", to: "urgent" });
    for (let n = 0; n < 3; n++) await opened({ agent: "ben" });
    for (let n = 0; n < 8; n++) {
      const waits = await opened({ agent: "cat" });
      await change(
        waits,
        n % 2 ? { change: "set-status", to: "pending" } : { change: "set-waiting-for", to: "customer" },
      );
    }
    const loads = await db().transaction(async (tx) => {
      const ids = await deskIds(tx);
      return await agentLoads(tx, membersOf(await requireDesk(tx), "support"), { id: 0, department: "support" }, ids);
    });
    expect(loads.map(({ agent, openTickets: open, weight }) => [agent, open, weight])).toEqual([
      ["ann", 1, 4],
      ["ben", 3, 3],
      ["cat", 8, 2],
    ]);
    expect(await assigned(await opened(), WEIGHED)).toBe("cat");
  });

  it("has a turn for each department", async () => {
    expect(await assigned(await opened(), ROBIN)).toBe("ann");
    expect(await assigned(await opened({ department: "it" }), ROBIN)).toBe("ann");
    expect(await assigned(await opened({ department: "it" }), ROBIN)).toBe("dev");
    expect(await assigned(await opened(), ROBIN)).toBe("ben");
  });

  it("lets nobody's turn pass by tickets that were given by name", async () => {
    for (let n = 0; n < 3; n++) expect(await assigned(await opened(), fixed("ann"))).toBe("ann");
    expect(await assigned(await opened(), ROBIN)).toBe("ann");
  });

  it("knows the customer's last agent: of the newest ticket that somebody had or answered, from any address", async () => {
    const customer = "joe@joes.example";
    const first = await opened({ customer, agent: "cat" });
    await opened({ customer });
    const id = await opened({ customer });
    expect((await assign(id, STICKY)).because).toMatch(/^CAT had the customer's last ticket \(NW-\d+\)$/);

    const answered = await opened({ customer });
    await db().transaction(async (tx) => {
      const ids = await deskIds(tx);
      const by = { authorKind: "agent", authorAddress: "ben@nw.example", authorName: "BEN" } as const;
      const entry = { kind: "reply", inboundId: null, ...by, agentId: ids.agent.id("ben"), text: "Hi" } as const;
      await insertEntry(tx, { ticketId: answered, ...entry }, NOW);
      await lockTicket(tx, answered);
      await tx("ticket")
        .where({ id: answered })
        .update({ opened_at: NOW + 60_000 });
      const other = await addressId(tx, { name: "", address: "joe@home.example" as EmailAddress }, NOW);
      const { person_id: person } = await tx("address").where({ address: customer }).first("person_id");
      await tx("address").where({ id: other }).update({ person_id: person });
    });
    const elsewhere = await opened({ customer: "joe@home.example" });
    expect(await assigned(elsewhere, STICKY)).toBe("ben");
    expect((await lastAgentOf(db(), (await ticketById(db(), first))!))?.agent).toBe("ben");
    expect(await lastAgentOf(db(), (await ticketById(db(), await opened()))!)).toBeUndefined();
  });

  it("takes the ticket away only from who cannot go on with it when nobody is found", async () => {
    const id = await opened({ agent: "ben" });
    expect(await assign(id, { ...LEAST, skills: ["latin"] })).toMatchObject({
      ticket: { assignee: "ben" },
      because: expect.stringMatching(/^nobody of SUPPORT can have it; .*; it stays with BEN$/),
    });
    expect(await assigned(id, { strategy: "none" })).toBeNull();
    const theirs = await opened({ agent: "ben" });
    await desk({ ben: { away: AWAY } });
    expect(await assigned(theirs, { ...LEAST, skills: ["latin"] })).toBeNull();
    expect((await lastEvent(theirs)).cause).toMatch(/^"Fair": nobody of SUPPORT can have it; /);
  });

  it("passes a fixed agent's ticket to the deputy while they are away", async () => {
    await desk({ dev: { away: AWAY, deputy: "ann" } });
    expect(await assign(await opened({ department: "it" }), fixed("dev"))).toMatchObject({
      ticket: { assignee: "ann" },
      because: "DEV is away until 30 November; ANN is the deputy",
    });
  });

  it("asks an index, however many tickets have been closed", async () => {
    // A handful of rows is read faster without an index; with that forbidden the plan shows whether one would do.
    const plan = await db().transaction(async (tx) => {
      const ids = await deskIds(tx);
      const asked: { sql: string; bindings: (string | number)[] }[] = [];
      tx.on("query", (query: (typeof asked)[number]) => asked.push(query));
      await agentLoads(tx, membersOf(await requireDesk(tx), "support"), { id: 0, department: "support" }, ids);
      const count = asked.find(({ sql }) => sql.includes("count(*)"))!;
      if (!isSqlite(tx)) await tx.raw("set local enable_seqscan = off");
      const explain = `explain ${isSqlite(tx) ? "query plan " : ""}${count.sql.replaceAll(/\$\d+/g, "?")}`;
      return JSON.stringify(await tx.raw(explain, count.bindings));
    });
    expect(plan).toContain("ticket_not_closed_of_agent");
  });
});
