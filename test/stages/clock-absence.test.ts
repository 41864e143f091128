import { beforeAll, beforeEach, expect, it } from "vitest";
import { applyChanges } from "../../src/db/apply.ts";
import { deskIds, requireDesk } from "../../src/db/desk.ts";
import { eventsOf } from "../../src/db/event.ts";
import { getRaw } from "../../src/db/raw.ts";
import { ticketById } from "../../src/db/ticket.ts";
import type { Actor, Agent, Assignment, Change } from "../../src/desk/types.ts";
import { clockAbsence } from "../../src/stages/clock-absence.ts";
import { CHORES } from "../../src/stages/clock.ts";
import type { Stage } from "../../src/stages/stage.ts";
import { onBothStores } from "../db/stores.ts";
import { applyDesk, deskOf, NOW, openTickets, openWorker } from "./assigning.ts";

const DAY = 24 * 3600_000;
/** NOW is a Monday: from Tuesday to Thursday. */
const AWAY = [{ from: "2026-11-24", to: "2026-11-26" }];
const UNTIL = "Ben Ortiz is away until 26 November";
const POSTERN: Actor = { kind: "postern" };
const ann: Actor = { kind: "agent", agent: "ann" };

it("is a chore of the clock", () => {
  expect(CHORES.map(({ run }) => run)).toContain(clockAbsence);
});

onBothStores("the clock and absent agents", (store) => {
  const db = () => store.db();
  const clock = { now: NOW };
  let stage: Stage;
  beforeAll(async () => {
    ({ stage } = await openWorker(db(), () => clock.now));
  });
  beforeEach(async () => {
    clock.now = NOW;
    // What earlier tests left open would be handed over too.
    await db()("ticket").update({ status: "closed" });
    await db()("agent_absence").delete();
    await db()("assignment_turn").delete();
  });

  async function desk(ben: Partial<Agent>, assign: Assignment = { strategy: "least-open" }): Promise<void> {
    const agents = ["ann", "ben", "cat"];
    await applyDesk(
      db(),
      deskOf(
        { support: { assign, agents } },
        { ben: { name: "Ben Ortiz", away: AWAY, ...ben }, cat: { name: "Cat Wu" } },
      ),
    );
  }
  async function change(id: number, changes: readonly Change[], actor: Actor = POSTERN): Promise<void> {
    const cause = { kind: "cli", detail: "test" } as const;
    await db().transaction(async (tx) => {
      await applyChanges(
        tx,
        id,
        changes.map((one) => ({ change: one, cause })),
        actor,
        await deskIds(tx),
        clock.now,
      );
    });
  }
  /** An open ticket of Ben's that waits for the desk. */
  async function bens(...more: Change[]): Promise<number> {
    const [opened] = await openTickets(db(), 1);
    await change(opened!.ticketId, [{ change: "assign", to: "ben" }, ...more]);
    return opened!.ticketId;
  }
  const ticket = async (id: number) => (await ticketById(db(), id))!;
  const notices = async (id: number) =>
    await db()("delivery").where({ ticket_id: id, kind: "notice" }).orderBy("id").select("recipient", "raw_sha256");
  const notice = async (id: number) => {
    const raw = await getRaw(db(), (await notices(id)).at(-1)!.raw_sha256);
    // Lines of quoted-printable and of format=flowed are wrapped.
    return raw.toString().replaceAll("=\r\n", "").replace(/\s+/g, " ");
  };

  it("hands them over when the absence begins, once, with the reason in the history, and tells the deputy", async () => {
    await desk({ deputy: "cat" });
    const id = await bens();
    expect(await clockAbsence(stage)).toBe(0);
    clock.now += DAY;
    expect(await clockAbsence(stage)).toBe(1);
    expect((await ticket(id)).assignee).toBe("cat");
    const [event] = (await eventsOf(db(), id)).filter(({ name, new: to }) => name === "assign" && to === "cat");
    expect(event).toMatchObject({
      old: "ben",
      actor_kind: "postern",
      cause_kind: "clock",
      cause: `absence: ${UNTIL}; Cat Wu is the deputy`,
    });
    expect((await notices(id)).map(({ recipient }) => recipient)).toEqual(["cat@nw.example"]);
    expect(await notice(id)).toContain(`${UNTIL}: this is yours now.`);
    expect(await clockAbsence(stage)).toBe(0);
    expect(await notices(id)).toHaveLength(1);
  });

  it("goes by the department where there is no deputy, or none who is there", async () => {
    await desk({});
    const id = await bens();
    clock.now += DAY;
    await clockAbsence(stage);
    expect((await ticket(id)).assignee).toBe("ann");
    const events = await eventsOf(db(), id);
    expect(events.at(-1)?.cause).toMatch(
      /^absence: Ben Ortiz is away until 26 November; ANN has the fewest open tickets/,
    );
  });

  it("takes them away where nobody is assigned, and tells who is told of new tickets, but not who is away", async () => {
    await desk({}, { strategy: "none" });
    const id = await bens();
    clock.now += DAY;
    expect(await clockAbsence(stage)).toBe(1);
    expect((await ticket(id)).assignee).toBeNull();
    expect((await notices(id)).map(({ recipient }) => recipient)).toEqual(["ann@nw.example", "cat@nw.example"]);
    expect(await notice(id)).toContain(`${UNTIL}: nobody has this now.`);
  });

  it("leaves what does not wait for the desk, and takes it when the customer writes", async () => {
    await desk({ deputy: "cat" });
    const pending = await bens({ change: "set-status", to: "pending" });
    const snoozed = await bens({ change: "set-status", to: "snoozed", until: NOW + 9 * DAY });
    const answered = await bens({ change: "set-waiting-for", to: "customer" });
    const closed = await bens({ change: "set-status", to: "closed" });
    clock.now += DAY;
    expect(await clockAbsence(stage)).toBe(0);
    clock.now += DAY;
    await change(pending, [
      { change: "set-status", to: "open" },
      { change: "set-waiting-for", to: "us" },
    ]);
    expect(await clockAbsence(stage)).toBe(1);
    const agents = await Promise.all(
      [pending, snoozed, answered, closed].map(async (id) => (await ticket(id)).assignee),
    );
    expect(agents).toEqual(["cat", "ben", "ben", "ben"]);
  });

  it("leaves with Ben what a person gives him while he is away, but not what they gave him before", async () => {
    await desk({ deputy: "cat" });
    const [before, given] = [await bens(), await bens()];
    await change(before, [{ change: "assign", to: "ann" }]);
    await change(before, [{ change: "assign", to: "ben" }], ann);
    clock.now += DAY;
    expect(await clockAbsence(stage)).toBe(2);
    clock.now += 1000;
    await change(given, [{ change: "assign", to: "ben" }], ann);
    expect(await clockAbsence(stage)).toBe(0);
    expect((await ticket(given)).assignee).toBe("ben");
  });

  it("begins anew with the next absence", async () => {
    await desk({ deputy: "cat", away: [...AWAY, { from: "2026-12-01", to: "2026-12-02" }] });
    const id = await bens();
    clock.now += DAY;
    await clockAbsence(stage);
    await change(id, [{ change: "assign", to: "ben" }], ann);
    clock.now += 4 * DAY;
    expect(await clockAbsence(stage)).toBe(0);
    expect(await db()("agent_absence")).toEqual([]);
    clock.now += 3 * DAY;
    expect(await clockAbsence(stage)).toBe(1);
    expect((await ticket(id)).assignee).toBe("cat");
    expect(await notices(id)).toHaveLength(2);
  });

  it("gives away what an agent had who has left, whoever gives it back", async () => {
    await desk({ away: [] });
    const id = await bens();
    const { agents, ...rest } = await requireDesk(db());
    const { ben: _left, ...stay } = agents;
    await applyDesk(db(), { ...rest, agents: stay });
    expect(await clockAbsence(stage)).toBe(1);
    expect((await eventsOf(db(), id)).at(-1)?.cause).toMatch(
      /^absence: Ben Ortiz is no longer active; ANN has the fewest/,
    );
    await change(id, [{ change: "assign", to: "ben" }], ann);
    expect(await clockAbsence(stage)).toBe(1);
    expect((await ticket(id)).assignee).toBe("cat");
  });

  it("does not stop at a ticket that cannot be handed over", async () => {
    await desk({ deputy: "cat" });
    const [bad, good] = [await bens(), await bens()];
    const { publicNumber } = await ticket(bad);
    const render: Stage["templates"]["render"] = (name, values) => {
      if (JSON.stringify(values).includes(publicNumber)) throw new Error("this mail cannot be written");
      return stage.templates.render(name, values);
    };
    clock.now += DAY;
    expect(await clockAbsence({ ...stage, templates: { ...stage.templates, render } })).toBe(1);
    expect([(await ticket(bad)).assignee, (await ticket(good)).assignee]).toEqual(["ben", "cat"]);
  });

  it("takes no lock and writes nothing while nobody comes or goes", async () => {
    await desk({ deputy: "cat" });
    clock.now += DAY;
    await clockAbsence(stage);
    const [began] = await db()("agent_absence").pluck("began_at");
    clock.now += 3600_000;
    await clockAbsence(stage);
    expect(await db()("agent_absence").pluck("began_at")).toEqual([began]);
  });
});
