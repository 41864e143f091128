/** Fair under concurrency: however many workers route at the same time, nobody picks by a count that another is about to change. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connect, type Db, migrateUp } from "../../src/db/connect.ts";
import { assignTicket } from "../../src/stages/assign.ts";
import { route } from "../../src/stages/route.ts";
import type { Stage } from "../../src/stages/stage.ts";
import { describeWith } from "../harness/describe-with.ts";
import { startPostgres } from "../harness/servers.ts";
import { applyDesk, deskOf, inDesk, openTickets, shares, type Waiting, workTogether } from "./assigning.ts";

const FIVE = ["ann", "ben", "cat", "dan", "eve"];
const ROBIN = { strategy: "round-robin" } as const;
const LEAST = { strategy: "least-open" } as const;

const routeOne = (stage: Stage, { routeId }: Waiting) => route(stage, routeId);
const retried = (bells: readonly { queue: string }[]) => bells.filter(({ queue }) => queue === "route");

/** Every one as many as the others. */
const evenly = (each: number) => Object.fromEntries(FIVE.map((key) => [key, each]));

describeWith(["postgres"], "eight workers on PostgreSQL", () => {
  let server: Awaited<ReturnType<typeof startPostgres>>;
  let databases = 0;
  const open: Db[] = [];
  beforeAll(async () => {
    server = await startPostgres();
  }, 60_000);
  afterAll(async () => {
    await Promise.all(open.map((db) => db.destroy()));
    await server.stop();
  });
  async function store(): Promise<{ url: string; db: Db }> {
    const url = await server.createDatabase(`fair_${++databases}`);
    const db = connect(url);
    open.push(db);
    await migrateUp(db);
    return { url, db };
  }

  it("deal 1,000 tickets out to five agents, 200 each", async () => {
    const { url, db } = await store();
    await applyDesk(db, deskOf({ support: { assign: ROBIN, agents: FIVE } }));
    const { ms, bells } = await workTogether(url, 8, await openTickets(db, 1000), routeOne);
    expect(await shares(db)).toEqual(evenly(200));
    expect(retried(bells)).toEqual([]);
    const turns = await db("assignment_turn").orderBy("turn").pluck("turn");
    expect(turns).toEqual([996, 997, 998, 999, 1000]);
    console.info(`1,000 tickets routed by eight workers in ${(ms / 1000).toFixed(1)} s`);
  }, 180_000);

  it("keep everybody at the same number of open tickets", async () => {
    const { url, db } = await store();
    await applyDesk(db, deskOf({ support: { assign: LEAST, agents: FIVE } }));
    const { bells } = await workTogether(url, 8, await openTickets(db, 100), routeOne);
    expect(await shares(db)).toEqual(evenly(20));
    expect(retried(bells)).toEqual([]);
  }, 60_000);

  it("count together what departments that share agents give them, and never lock each other up", async () => {
    const { url, db } = await store();
    await applyDesk(
      db,
      deskOf({
        support: { assign: LEAST, agents: ["ann", "ben", "cat", "dan", "eve"] },
        billing: { assign: LEAST, agents: ["eve", "dan", "cat", "ben", "ann"] },
      }),
    );
    const support = await openTickets(db, 50);
    const billing = await openTickets(db, 50, { department: "billing" });
    const mixed = support.flatMap((one, n) => [one, billing[n]!]);
    const cause = { kind: "rule", detail: '"test"' } as const;
    const gave = (stage: Stage, { ticketId }: Waiting) =>
      inDesk(stage, (unit) => assignTicket(unit, { id: ticketId }, { assignment: LEAST, cause }));
    await workTogether(url, 8, mixed, gave);
    expect(await shares(db)).toEqual(evenly(20));
  }, 60_000);

  it("take a turn of the department only, for agents of two departments too", async () => {
    const { url, db } = await store();
    await applyDesk(
      db,
      deskOf({ support: { assign: ROBIN, agents: FIVE }, billing: { assign: ROBIN, agents: ["ann", "ben"] } }),
    );
    const support = await openTickets(db, 50);
    const billing = await openTickets(db, 50, { department: "billing" });
    const cause = { kind: "rule", detail: '"test"' } as const;
    const gave = (stage: Stage, { ticketId }: Waiting) =>
      inDesk(stage, (unit) => assignTicket(unit, { id: ticketId }, { assignment: ROBIN, cause }));
    await workTogether(url, 8, [...support, ...billing], gave);
    expect(await shares(db)).toEqual({ ann: 35, ben: 35, cat: 10, dan: 10, eve: 10 });
  }, 60_000);
});

describe("three workers on SQLite", () => {
  const folder = mkdtempSync(join(tmpdir(), "postern-fair-"));
  const url = `sqlite:${join(folder, "postern.db")}`;
  let db: Db;
  beforeAll(async () => {
    db = connect(url);
    await migrateUp(db);
  });
  afterAll(async () => {
    await db.destroy();
    rmSync(folder, { recursive: true, force: true });
  });

  // Three: the driver waits for a lock in one of four threads, of which the holder of the lock needs one.
  it("deal tickets out evenly", async () => {
    await applyDesk(db, deskOf({ support: { assign: ROBIN, agents: FIVE } }));
    const { bells } = await workTogether(url, 3, await openTickets(db, 50), routeOne);
    expect(await shares(db)).toEqual(evenly(10));
    expect(retried(bells)).toEqual([]);
  }, 60_000);
});
