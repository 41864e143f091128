/**
 * A replay is right when what it foretells is what happens. Mails are stored and routed by the real stages under one desk, a
 * replay says what another desk would make of them, then they come in anew under that other desk.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { connect, type Db, migrateUp } from "../../src/db/connect.ts";
import { currentDesk } from "../../src/db/desk.ts";
import type { RouteTrace } from "../../src/desk/rules/routing.ts";
import type { Desk } from "../../src/desk/types.ts";
import type { Replayed } from "../../src/stages/replay-outcome.ts";
import { replay } from "../../src/stages/replay.ts";
import { type Actual, actualOf, foretold } from "./replay-actual.ts";
import { DESK_A, DESK_B, deskOf } from "./replay-desks.ts";
import { replayMail, type ReplayMail } from "./replay-mails.ts";
import { readOnly, tools } from "./replay-tools.ts";
import { openStreet, type Street } from "./street.ts";

const HOUR = 3600_000;
const BATCH = 50;

const folder = mkdtempSync(join(tmpdir(), "postern-replay-"));
const opened: Db[] = [];
afterAll(async () => {
  for (const db of opened) await db.destroy();
  rmSync(folder, { recursive: true, force: true });
});

async function freshStreet(name: string, desk: Desk): Promise<{ street: Street; url: string }> {
  const url = `sqlite:${join(folder, `${name}.db`)}`;
  const db = connect(url);
  opened.push(db);
  await migrateUp(db);
  // Thousands of transactions that nobody will miss.
  await db.raw("PRAGMA synchronous=OFF");
  return { street: await openStreet({ db: () => db, url: () => url }, { desk }), url };
}

/** All mails come in, fifty at a time, five hours apart. Returns what became of each, by its Message-ID. */
async function comeIn(
  street: Street,
  mails: readonly ReplayMail[],
): Promise<Map<string, { id: number; actual: Actual }>> {
  const ids = new Map<string, number>();
  for (let n = 0; n < mails.length; n += BATCH) {
    for (const { messageId, raw } of mails.slice(n, n + BATCH)) ids.set(messageId, await street.arrive(raw));
    await street.record();
    await street.ring();
    street.clock.now += 5 * HOUR;
  }
  const found = new Map<string, { id: number; actual: Actual }>();
  for (const [messageId, id] of ids) found.set(messageId, { id, actual: await actualOf(street.db, id) });
  return found;
}

/** Every row of every table. */
async function contents(db: Db): Promise<Record<string, unknown[]>> {
  const names: string[] = await db("sqlite_master").where({ type: "table" }).orderBy("name").pluck("name");
  const found: Record<string, unknown[]> = {};
  for (const name of names) found[name] = await db(name).select();
  return found;
}

describe("a replay of five hundred mails", { timeout: 600_000 }, () => {
  const mails = Array.from({ length: 500 }, (_, n) => replayMail(n));

  it("foretells what the other desk then does with each of them, names the ones that differ, and writes nothing", async () => {
    const a = await freshStreet("a", deskOf(DESK_A));
    const was = await comeIn(a.street, mails);
    const before = await contents(a.street.db);

    const seen: Replayed[] = [];
    const desks = { before: (await currentDesk(a.street.db))!, after: deskOf(DESK_B) };
    const order = { last: 10_000, triggers: ["opened"] } as const;
    const watch = { seen: (one: Replayed | undefined) => void (one && seen.push(one)) };
    const report = await replay(tools(readOnly(a.url, opened)), desks, order, 500, watch);
    expect(await contents(a.street.db)).toEqual(before);
    expect({ messages: report.messages, replayed: report.replayed, leftOut: report.leftOut }).toEqual({
      messages: 500,
      replayed: 500,
      leftOut: [],
    });

    const b = await freshStreet("b", deskOf(DESK_B));
    const is = await comeIn(b.street, mails);
    const idOf = new Map([...was].map(([messageId, { id }]) => [id, messageId]));
    const behind = (n: number) => `r${n}@behind.example`;
    for (const one of seen) {
      const messageId = idOf.get(one.inboundId)!;
      const number = Number(/^m(\d+)/.exec(messageId)![1]);
      expect({ messageId, ...foretold(one.before, undefined) }).toEqual({ messageId, ...was.get(messageId)!.actual });
      expect({ messageId, ...foretold(one.after, behind(number)) }).toEqual({
        messageId,
        ...is.get(messageId)!.actual,
      });
    }

    const differ = mails.filter(({ messageId }) => !same(was.get(messageId)!.actual, is.get(messageId)!.actual));
    expect(report.list.map(({ inboundId }) => idOf.get(inboundId))).toEqual(differ.map(({ messageId }) => messageId));
    expect(report.differing).toBe(differ.length);
    // The desks are not all alike and not all different, and every kind of difference was met.
    expect(differ.length).toBeGreaterThan(250);
    expect(differ.length).toBeLessThan(500);
    const kinds = new Set(report.changes.map(({ field }) => field));
    for (const field of ["topic", "department", "priority", "sla", "status", "assign", "acknowledged"] as const)
      expect(kinds).toContain(field);
    for (const field of ["tag", "watcher", "effect"] as const) expect(kinds).toContain(field);
  });

  it("counts what a run of the engine over the same traces counts", async () => {
    const a = await freshStreet("counts", deskOf(DESK_A));
    await comeIn(a.street, mails.slice(0, 100));
    const desk = (await currentDesk(a.street.db))!;
    const report = await replay(
      tools(readOnly(a.url, opened)),
      { before: desk, after: desk },
      { last: 60, triggers: ["opened"] },
      500,
    );
    expect(report).toMatchObject({ messages: 60, replayed: 60, differing: 0, changes: [], list: [] });
    const traces: string[] = await a.street.db("route").orderBy("id", "desc").limit(60).pluck("trace");
    for (const { name, before, after } of report.rules) {
      const held = traces.filter((trace) =>
        (JSON.parse(trace) as RouteTrace).rules.some((rule) => rule.name === name && rule.result),
      ).length;
      expect({ name, before, after }).toEqual({ name, before: held, after: held });
      expect(held).toBeGreaterThan(0);
    }
    expect(report.rules.length).toBeGreaterThan(4);
  });
});

const same = (one: Actual, other: Actual): boolean => JSON.stringify(one) === JSON.stringify(other);
