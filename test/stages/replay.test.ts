/**
 * A replay is right when what it foretells is what happens. Mails are stored and routed by the real stages under one desk, a
 * replay says what another desk would make of them, then they come in anew under that other desk.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { connect, type Db, migrateUp } from "../../src/db/connect.ts";
import { currentDesk, ourAddresses } from "../../src/db/desk.ts";
import type { RouteTrace } from "../../src/desk/routing.ts";
import type { Desk } from "../../src/desk/types.ts";
import { parse } from "../../src/mail/parse.ts";
import { differences, type Replayed } from "../../src/stages/replay-outcome.ts";
import { replay, type ReplayTools } from "../../src/stages/replay.ts";
import { onBothStores } from "../db/stores.ts";
import { mail } from "../harness/mails.ts";
import { type Actual, actualOf, foretold } from "./replay-actual.ts";
import { DESK_A, DESK_B, deskOf } from "./replay-desks.ts";
import { replayMail, type ReplayMail } from "./replay-mails.ts";
import { customerAnswers, MX, openStreet, type Street } from "./street.ts";

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

function tools(db: Db): ReplayTools {
  return {
    db,
    addressOf: () => undefined,
    loopMark: "test.postern",
    parse: async (raw, { received_at: arrivedAt }, desk) => ({
      ok: true,
      message: await parse(raw, {
        ourAddresses: ourAddresses(desk),
        ourDomains: [],
        loopMark: "test.postern",
        mx: MX,
        arrivedAt: Number(arrivedAt),
        ownListIds: desk.ownListIds,
        forwarders: desk.forwarders,
      }),
    }),
  };
}

function readOnly(url: string): Db {
  const db = connect(url, { readOnly: true });
  opened.push(db);
  return db;
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
    const report = await replay(tools(readOnly(a.url)), desks, order, 500, watch);
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
      tools(readOnly(a.url)),
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

onBothStores("replay", (store) => {
  let street: Street;
  const desk = deskOf(DESK_A);
  const run = async (after: string, more: Partial<Parameters<typeof replay>[2]> = {}) =>
    await replay(
      tools(readOnly(store.url())),
      { before: (await currentDesk(street.db))!, after: deskOf(after) },
      { last: 1000, triggers: ["opened"], ...more },
      1000,
    );

  it("is refused on a connection that could write", async () => {
    street = await openStreet(store, { desk });
    const both = { before: undefined, after: desk };
    await expect(replay(tools(street.db), both, { last: 1, triggers: ["opened"] }, 1)).rejects.toThrow("read-only");
    const db = readOnly(store.url());
    await expect(db("counter").update({ next: 1 })).rejects.toThrow(/read-?only/);
    await expect(db("ticket").delete()).rejects.toThrow(/read-?only/);
  });

  it("says what cannot be replayed, and why", async () => {
    const kept = await street.receive(mail({ from: "kept@x.example", to: "support@nw.example" }));
    const gone = await street.receive(mail({ from: "gone@x.example", to: "support@nw.example" }));
    await street.db("inbound").where({ id: gone.id }).update({ raw_sha256: null });
    const damaged = await street.receive(mail({ from: "damaged@x.example", to: "support@nw.example" }));
    await street
      .db("raw")
      .where({ sha256: damaged.raw_sha256 })
      .update({ bytes: Buffer.from("no") });
    await street.receive(mail({ from: "kept@x.example", to: "support@nw.example", subject: "Again" }));
    await street.receive(mail({ from: "", to: "support@nw.example", headers: [] }));
    const [ticket] = await street.db("ticket").where({ id: kept.ticket_id }).select("public_number");
    await street.receive(
      mail({ from: "zoe@else.example", to: "support@nw.example", subject: `[${ticket.public_number}]` }),
    );
    await street.receive(await customerAnswers(street.lastTo("kept@x.example"), "More of it."));
    const report = await run(DESK_A);
    expect(report.replayed).toBe(2);
    expect(Object.fromEntries(report.leftOut.map(({ why, count }) => [why, count]))).toEqual({
      "its bytes are no longer stored": 1,
      "its stored bytes are damaged": 1,
      quarantined: 1,
      "held, waiting for a decision": 1,
      "another trigger (customer_replied)": 1,
    });
    expect(report.messages).toBe(7);
  });

  it("looks at follow-ups as their ticket stood then", async () => {
    const rules = (text: string) => DESK_A.replace("rules:\n", `rules:\n${text}`);
    const proposed = rules(
      `  - { name: Again, when: customer_replied, if: { all: [{ priority: normal }, { status: open }] }, then: { priority: high } }\n`,
    );
    await street.open({ from: "liam@follow.example", subject: "The printer" });
    await street.receive(await customerAnswers(street.lastTo("liam@follow.example"), "It is still broken."));
    const { id } = (await street.db("ticket").orderBy("id", "desc").first("id")) as { id: number };
    // What happened to the ticket later must not count.
    await street.db("ticket").where({ id }).update({ priority: "urgent" });
    await street.db("event").insert({
      ticket_id: id,
      seq: 900,
      at: street.clock.now + 1000,
      name: "set-priority",
      actor_kind: "agent",
      actor: "ann",
      cause_kind: "command",
      cause: "#priority urgent",
      old: "normal",
      new: "urgent",
    });
    const report = await run(proposed, { triggers: ["customer_replied"] });
    expect(report.list.map(({ from, differences: found }) => ({ from, found }))).toContainEqual({
      from: "liam@follow.example",
      found: [{ field: "priority", from: "normal", to: "high", by: `rule "Again"` }],
    });
  });

  it("compares with the versions of the time where no desk is proposed", async () => {
    const both = { before: undefined, after: deskOf(DESK_B) };
    const order = { last: 1000, triggers: ["opened"] } as const;
    const then = await replay(tools(readOnly(store.url())), both, order, 1000);
    expect(then.changes).toEqual((await run(DESK_B)).changes);
    expect(then.differing).toBeGreaterThan(0);
  });

  it("keeps no more messages than it was asked for, and counts all", async () => {
    const both = { before: (await currentDesk(street.db))!, after: deskOf(DESK_B) };
    const report = await replay(tools(readOnly(store.url())), both, { last: 1000, triggers: ["opened"] }, 1);
    expect(report.list).toHaveLength(1);
    expect(report.differing).toBeGreaterThan(1);
    const later = await run(DESK_B, { since: street.clock.now + 1 });
    expect(later.messages).toBe(0);
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
