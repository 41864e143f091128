import { readdirSync } from "node:fs";
import { join } from "node:path";
import { randomBytes } from "node:crypto";
import { expect, it } from "vitest";
import { applyChanges } from "../../src/db/apply.ts";
import { firstSight } from "../../src/db/command.ts";
import { connect, isMigrated, migrateDown, migrateUp } from "../../src/db/connect.ts";
import { currentDesk, deskIds, requireDesk, storeDesk } from "../../src/db/desk.ts";
import { eventsOf } from "../../src/db/event.ts";
import { claimIdentity } from "../../src/db/identity.ts";
import { inboundById, markFinished, missingUids, storeInbound, unfinishedUids } from "../../src/db/inbound.ts";
import { beatLease, fence, freeLease, LeaseLost, readLease, takeLease } from "../../src/db/lease.ts";
import { beginMailbox, mailboxByName } from "../../src/db/mailbox.ts";
import { getRaw, packRaw, putRaw } from "../../src/db/raw.ts";
import { insertTicket, lockTicket, ticketByNumber } from "../../src/db/ticket.ts";
import type { EmailAddress } from "../../src/mail/types.ts";
import { testDesk } from "./desks.ts";
import { onBothStores, type Store } from "./stores.ts";

const NOW = Date.UTC(2026, 10, 23, 10);
const address = (text: string) => text as EmailAddress;

const MIGRATIONS = readdirSync(join(import.meta.dirname, "../../migrations")).length;

async function newTicket({ db }: Store, subject = "Cannot log in") {
  if (!(await currentDesk(db()))) await db().transaction((tx) => storeDesk(tx, testDesk(), "test", NOW));
  return await db().transaction(async (tx) =>
    insertTicket(
      tx,
      {
        prefix: "NW",
        subject,
        baseSubject: subject.toLowerCase(),
        department: "support",
        priority: "normal",
        customer: { name: "Maria", address: address("maria@home.example") },
        participants: [],
        supportAddress: address("support@nw.example"),
        language: null,
        mailbox: "support",
        linkedTo: null,
        organization: null,
        openedAt: NOW,
      },
      await deskIds(tx),
      NOW,
    ),
  );
}

onBothStores("the store", (store) => {
  const db = () => store.db();

  it("goes up, down and up again", async () => {
    const other = connect(store.url().startsWith("sqlite") ? `${store.url()}.other` : store.url());
    if (store.url().startsWith("sqlite")) await migrateUp(other);
    expect(await isMigrated(other)).toBe(true);
    for (let n = 0; n < MIGRATIONS; n++) expect(await migrateDown(other)).toHaveLength(1);
    expect(await migrateDown(other)).toHaveLength(0);
    expect(await isMigrated(other)).toBe(false);
    expect(await migrateUp(other)).toHaveLength(MIGRATIONS);
    await other.destroy();
  });

  it("gives the bytes of a message back as they came, stored once", async () => {
    const bytes = Buffer.concat([randomBytes(5000), Buffer.alloc(5000, "a")]);
    const raw = await packRaw(bytes);
    expect(raw.codec).toBe("zstd");
    expect(raw.bytes.length).toBeLessThan(bytes.length);
    await putRaw(db(), raw, NOW);
    await putRaw(db(), raw, NOW);
    expect((await getRaw(db(), raw.sha256)).equals(bytes)).toBe(true);
    await expect(getRaw(db(), "nothing")).rejects.toThrow("No stored message");
  });

  it("notices a stored message whose bytes were changed", async () => {
    const raw = await packRaw(randomBytes(300));
    await putRaw(db(), { ...raw, codec: "none", bytes: Buffer.from("other") }, NOW);
    await expect(getRaw(db(), raw.sha256)).rejects.toThrow("damaged");
  });

  it("adopts a mailbox at its UIDNEXT and looks at everything after UIDVALIDITY changed", async () => {
    const begin = (uidValidity: number, uidNext: number) =>
      db().transaction((tx) => beginMailbox(tx, "adopted", { uidValidity, uidNext }, NOW));
    expect(await begin(7, 301)).toBe(301);
    expect(await begin(7, 350)).toBe(301);
    expect(await begin(8, 20)).toBe(1);
    expect(await begin(8, 25)).toBe(1);
    expect((await mailboxByName(db(), "adopted", NOW)).validity_changed_at).toBe(NOW);
  });

  it("knows which UIDs are missing and which are not finished", async () => {
    const mailbox = await mailboxByName(db(), "uids", NOW);
    const place = { mailboxId: mailbox.id, uidValidity: 0 };
    const uids = Array.from({ length: 2500 }, (_, n) => n + 1);
    expect(await missingUids(db(), place, uids)).toHaveLength(2500);
    const message = { mailbox: "uids", uidValidity: 0, uid: 17, receivedAt: NOW, source: Buffer.from("x") };
    await db().transaction(async (tx) => storeInbound(tx, place, message, await packRaw(message.source), false, NOW));
    await db().transaction(async (tx) => storeInbound(tx, place, message, await packRaw(message.source), false, NOW));
    expect(await missingUids(db(), place, uids)).not.toContain(17);
    expect(await unfinishedUids(db(), place, uids)).toEqual([17]);
    await markFinished(db(), place, [17]);
    expect(await unfinishedUids(db(), place, uids)).toEqual([]);
  });

  it("knows the same mail again: exact bytes forever, Message-ID with From and body for a week", async () => {
    const mailbox = await mailboxByName(db(), "identity", NOW);
    const ids: number[] = [];
    for (const uid of [1, 2, 3]) {
      const message = { mailbox: "identity", uidValidity: 1, uid, receivedAt: NOW, source: Buffer.from(`m${uid}`) };
      await db().transaction(async (tx) =>
        storeInbound(tx, { mailboxId: mailbox.id, uidValidity: 1 }, message, await packRaw(message.source), false, NOW),
      );
      ids.push((await db()("inbound").where({ mailbox_id: mailbox.id, uid }).first("id")).id);
    }
    const claim = (n: number, exact: string, at: number) =>
      db().transaction((tx) => claimIdentity(tx, ids[n]!, exact, "dated", at));
    expect(await claim(0, "a", NOW)).toBeUndefined();
    expect(await claim(0, "a", NOW)).toBeUndefined();
    expect(await claim(1, "b", NOW + 6 * 86_400_000)).toBe(ids[0]);
    expect(await claim(2, "c", NOW + 8 * 86_400_000)).toBeUndefined();
    expect(await claim(1, "a", NOW + 99 * 86_400_000)).toBe(ids[0]);
  });

  it("lets one of two holders have a lease, and fences the one who lost it", async () => {
    const first = (await takeLease(db(), "poll", "one"))!;
    expect(first.epoch).toBe(1);
    expect(await takeLease(db(), "poll", "two")).toBeUndefined();
    expect(await beatLease(db(), first)).toBe(true);
    const second = (await takeLease(db(), "poll", "two", await readLease(db(), "poll")))!;
    expect(second.epoch).toBe(2);
    expect(await beatLease(db(), first)).toBe(false);
    await expect(db().transaction((tx) => fence(tx, first))).rejects.toThrow(LeaseLost);
    await db().transaction((tx) => fence(tx, second));
    await freeLease(db(), second);
    expect((await takeLease(db(), "poll", "three"))?.epoch).toBe(3);
  });

  it("numbers tickets without a gap under eight openers at once", async () => {
    await newTicket(store);
    const opened = await Promise.all(Array.from({ length: 16 }, () => newTicket(store)));
    const numbers = opened.map(({ publicNumber }) => Number(publicNumber.slice(3))).sort((a, b) => a - b);
    expect(new Set(numbers).size).toBe(16);
    expect(numbers.at(-1)! - numbers[0]!).toBe(15);
    expect((await ticketByNumber(db(), opened[0]!.publicNumber.toLowerCase()))?.id).toBe(opened[0]!.id);
  });

  it("writes an event for every change and none for what changes nothing", async () => {
    const ticket = await newTicket(store);
    const cause = { kind: "command", detail: "#test" } as const;
    const changes = [
      { change: { change: "set-priority", to: "high" }, cause },
      { change: { change: "set-priority", to: "high" }, cause },
      { change: { change: "set-department", to: "it" }, cause },
      { change: { change: "assign", to: "dev" }, cause },
      { change: { change: "tag", tag: "vip" }, cause },
      { change: { change: "untag", tag: "none" }, cause },
      { change: { change: "set-status", to: "closed" }, cause },
    ] as const;
    const after = await db().transaction(async (tx) =>
      applyChanges(tx, ticket.id, changes, { kind: "agent", agent: "ann" }, await deskIds(tx), NOW),
    );
    expect(after).toMatchObject({
      priority: "high",
      department: "it",
      assignee: "dev",
      tags: ["vip"],
      status: "closed",
      waitingFor: null,
      closedAt: NOW,
      seq: 5,
    });
    const events = await eventsOf(db(), ticket.id);
    expect(events.map(({ name, old, new: to, seq }) => [seq, name, old, to])).toEqual([
      [1, "set-priority", "normal", "high"],
      [2, "set-department", "support", "it"],
      [3, "assign", null, "dev"],
      [4, "tag", null, "vip"],
      [5, "set-status", "open", "closed"],
    ]);
    expect(events.every((event) => event.actor === "ann" && event.cause === "#test")).toBe(true);
  });

  it("keeps who is absent from a new desk file, inactive", async () => {
    await newTicket(store);
    const without = testDesk((text) =>
      text
        .replace(/ {2}ben:.*\n/, "")
        .replace("topics:\n  login: { title: Login and access, department: it, tag: access }\n", ""),
    );
    await db().transaction((tx) => storeDesk(tx, without, "test", NOW));
    const desk = await requireDesk(db());
    expect(desk.agents["ben"]).toMatchObject({ active: false, name: "Ben Ortiz" });
    expect(desk.topics["login"]?.active).toBe(false);
    expect(await db()("agent_address").where({ address: "ben@nw.example" }).first()).toBeUndefined();
    await db().transaction((tx) => storeDesk(tx, testDesk(), "test", NOW));
    expect((await requireDesk(db())).agents["ben"]?.active).toBe(true);
  });

  it("sees a command mail for the first time once, from whatever side", async () => {
    const see = (inbound: number, ...keys: string[]) => db().transaction((tx) => firstSight(tx, keys, inbound, NOW));
    expect(await see(1, "token:body", "from:id")).toBe(true);
    expect(await see(1, "token:body", "from:id")).toBe(true);
    expect(await see(2, "token:body", "from:other")).toBe(false);
    expect(await see(3, "token:else", "from:id")).toBe(false);
  });

  it("locks a ticket against a second writer", async () => {
    const ticket = await newTicket(store);
    const order: string[] = [];
    const slow = db().transaction(async (tx) => {
      await lockTicket(tx, ticket.id);
      order.push("first");
      await new Promise((resolve) => setTimeout(resolve, 100));
      order.push("first done");
    });
    await new Promise((resolve) => setTimeout(resolve, 30));
    const fast = db().transaction(async (tx) => {
      await lockTicket(tx, ticket.id);
      order.push("second");
    });
    await Promise.all([slow, fast]);
    expect(order).toEqual(["first", "first done", "second"]);
  });

  it("has no inbound message that was never stored", async () => {
    expect(await inboundById(db(), 999_999)).toBeUndefined();
  });
});
