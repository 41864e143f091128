import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import type { FetchMessageObject } from "imapflow";
import { describe, expect, it } from "vitest";
import { connected, imapClient, letter, openWorld, send, SUPPORT } from "./fixture.ts";

const FROM = "maria@home.example";
const byUid = { uid: true } as const;

async function worldWith(count: number) {
  const world = await openWorld();
  for (let number = 1; number <= count; number++) {
    await send(world, { from: FROM, to: SUPPORT.address, raw: letter(number) });
  }
  const client = await connected(world);
  const mailbox = await client.mailboxOpen("INBOX");
  return { world, client, mailbox };
}

async function textOf(content: AsyncIterable<Buffer> | undefined): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of content ?? []) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}

describe("a session", () => {
  it("connects with the capabilities that the poller relies on", async () => {
    const { client } = await worldWith(0);
    expect([...client.capabilities.keys()]).toEqual(
      expect.arrayContaining(["IDLE", "UIDPLUS", "MOVE", "CONDSTORE", "SPECIAL-USE", "LITERAL+"]),
    );
    expect([...client.enabled]).toEqual(["CONDSTORE"]);
  });

  it("refuses a wrong password and a wrong token, and takes a right token", async () => {
    const world = await openWorld();
    const wrong = imapClient(world, { ...SUPPORT, password: "nope" });
    await expect(wrong.connect()).rejects.toMatchObject({ authenticationFailed: true });
    const auth = (accessToken: string) => ({ auth: { user: SUPPORT.address, accessToken } });
    await expect(imapClient(world, SUPPORT, auth("old")).connect()).rejects.toMatchObject({
      authenticationFailed: true,
    });
    const client = imapClient(world, SUPPORT, auth("tok-1"));
    await client.connect();
    expect(client.authenticated).toBeTruthy();
  });

  it("is dropped by a kick, abruptly or with BYE, and a new one gets in", async () => {
    const { world, client } = await worldWith(1);
    const closed = once(client, "close");
    world.imap.kick(SUPPORT.address);
    await closed;
    expect(client.usable).toBe(false);
    const next = await connected(world);
    const said = once(next, "close");
    world.imap.kick(undefined, "maintenance");
    await said;
    expect((await (await connected(world)).mailboxOpen("INBOX")).exists).toBe(1);
  });
});

describe("mailboxes", () => {
  it("lists the usual ones with their special use, and makes, renames and deletes others", async () => {
    const { client } = await worldWith(0);
    const listed = (await client.list()).map((each) => `${each.path} ${each.specialUse ?? ""}`.trim());
    expect(listed.sort()).toEqual(["Drafts \\Drafts", "INBOX \\Inbox", "Junk \\Junk", "Sent \\Sent", "Trash \\Trash"]);
    await client.mailboxCreate("Erledigt/Früh");
    await client.mailboxCreate("Erledigt");
    await client.mailboxRename("Erledigt", "Done");
    expect((await client.list()).map((each) => each.path)).toEqual(expect.arrayContaining(["Done", "Done/Früh"]));
    await client.mailboxDelete("Done/Früh");
    expect((await client.list()).map((each) => each.path)).not.toContain("Done/Früh");
    expect((await client.mailboxCreate("Done")).created).toBe(false);
  });

  it("tells a client of a new UIDVALIDITY by ending its session", async () => {
    const { world, client, mailbox } = await worldWith(2);
    const closed = once(client, "close");
    world.store.renewUidValidity(world.store.mailbox(SUPPORT.address)!);
    await closed;
    const again = await (await connected(world)).mailboxOpen("INBOX");
    expect(again.uidValidity).not.toBe(mailbox.uidValidity);
    expect(again).toMatchObject({ exists: 2, uidNext: 3 });
  });

  it("keeps one person's mail from another", async () => {
    const { world } = await worldWith(1);
    const other = await connected(world, { address: "ann@desk.example", password: "annpass" });
    expect((await other.mailboxOpen("INBOX")).exists).toBe(0);
  });
});

describe("messages", () => {
  it("are pushed to an idling client at once", async () => {
    const { world, client } = await worldWith(0);
    await sleep(200);
    expect(client.idling).toBe(true);
    const pushed = once(client, "exists");
    const start = performance.now();
    await send(world, { from: FROM, to: SUPPORT.address, raw: letter(1) });
    expect((await pushed)[0]).toMatchObject({ path: "INBOX", count: 1, prevCount: 0 });
    expect(performance.now() - start).toBeLessThan(2000);
  });

  it("are fetched byte for byte, with envelope, structure, size and headers", async () => {
    const { client } = await worldWith(3);
    const query = { uid: true, flags: true, envelope: true, size: true, internalDate: true, source: true };
    const fetched = await client.fetchAll("2:*", { ...query, bodyStructure: true, headers: ["subject"] }, byUid);
    expect(fetched.map((message) => message.uid)).toEqual([2, 3]);
    const [message] = fetched as [FetchMessageObject];
    expect(message.source!.length).toBe(message.size);
    expect(message.source!.subarray(-letter(2).length)).toEqual(letter(2));
    expect(message.envelope).toMatchObject({ subject: "Prüfung 2", messageId: "<m2@home.example>" });
    expect(message.envelope!.from).toEqual([{ name: "Maria", address: FROM }]);
    expect(message.bodyStructure).toMatchObject({
      type: "text/plain",
      parameters: { charset: "utf-8" },
      encoding: "8bit",
    });
    expect(message.headers!.toString()).toBe("Subject: =?utf-8?Q?Pr=C3=BCfung_2?=\r\n\r\n");
    expect(Math.abs(Date.now() - (message.internalDate as Date).getTime())).toBeLessThan(10_000);
    // n:* always holds the last message (RFC 9051 section 9, seq-range).
    expect((await client.fetchAll("99:*", { uid: true }, byUid)).map((each) => each.uid)).toEqual([3]);
  });

  it("keep flags and keywords", async () => {
    const { client } = await worldWith(2);
    await client.messageFlagsAdd("2", ["\\seen", "$Ticketed"], byUid);
    await client.messageFlagsRemove("2", ["\\Seen"], byUid);
    const message = await client.fetchOne("2", { flags: true }, byUid);
    expect(message && [...message.flags!]).toEqual(["$Ticketed"]);
  });

  it("are found by flag, header, UID, keyword, text, date and size", async () => {
    const { client } = await worldWith(3);
    await client.messageFlagsAdd("2", ["\\Seen", "$Ticketed"], byUid);
    const found = async (query: object) => await client.search(query, byUid);
    expect(await found({ seen: false })).toEqual([1, 3]);
    expect(await found({ header: { "message-id": "<m3@home.example>" } })).toEqual([3]);
    expect(await found({ uid: "2:*" })).toEqual([2, 3]);
    expect(await found({ keyword: "$Ticketed" })).toEqual([2]);
    expect(await found({ subject: "prüfung 1" })).toEqual([1]);
    expect(await found({ body: "wörld 3" })).toEqual([3]);
    expect(await found({ since: new Date(Date.now() - 86_400_000) })).toEqual([1, 2, 3]);
    expect(await found({ before: new Date("2020-01-01") })).toEqual([]);
    expect(await found({ sentOn: new Date("2026-11-23") })).toEqual([1, 2, 3]);
    expect(await found({ or: [{ uid: "1" }, { not: { smaller: 1_000_000 } }] })).toEqual([1]);
  });

  it("are moved with their UIDs told, and a missing mailbox is refused", async () => {
    const { client } = await worldWith(2);
    await client.mailboxCreate("Done");
    const moved = await client.messageMove("1", "Done", byUid);
    expect(moved && [...moved.uidMap!]).toEqual([[1, 1]]);
    expect(await client.status("Done", { messages: true })).toMatchObject({ messages: 1 });
    expect(await client.messageMove("2", "Nope", byUid)).toBe(false);
    expect(await client.search({ all: true }, byUid)).toEqual([2]);
  });

  it("are moved by a client that finds no MOVE", async () => {
    const { world } = await worldWith(2);
    world.imap.faults.hidden.push("MOVE");
    const client = await connected(world);
    await client.mailboxOpen("INBOX");
    await client.messageMove("1", "Trash", byUid);
    expect(await client.search({ all: true }, byUid)).toEqual([2]);
    expect(await client.status("Trash", { messages: true })).toMatchObject({ messages: 1 });
  });

  it("are downloaded whole, in chunks and in part", async () => {
    const { client } = await worldWith(1);
    const whole = await client.download("1", undefined, { uid: true, chunkSize: 40 });
    expect((await textOf(whole.content)).endsWith(letter(1).toString("utf8"))).toBe(true);
    const part = await client.download("1", "1", byUid);
    expect(await textOf(part.content)).toBe("Hello wörld 1\r\n.dot line\r\n");
  });

  it("can be 12 MB, appended and fetched", async () => {
    const { client } = await worldWith(0);
    const large = Buffer.concat([letter(5), Buffer.alloc(12_000_000, "0123456789abcdefghijklmnopqrstuvwxyz\r\n")]);
    const date = new Date("2024-02-29T12:30:00Z");
    const appended = await client.append("INBOX", large, ["\\Flagged"], date);
    const message = await client.fetchOne("*", { source: true, flags: true, internalDate: true, uid: true });
    expect(message && message.source!.equals(large)).toBe(true);
    expect(message && [message.uid, [...message.flags!], message.internalDate]).toEqual([1, ["\\Flagged"], date]);
    expect(appended).toMatchObject({ uid: 1 });
    const start = performance.now();
    const { content } = await client.download("1", undefined, { uid: true });
    expect(await textOf(content)).toBe(large.toString("utf8"));
    expect(performance.now() - start).toBeLessThan(2000);
  });

  it("are expunged, and other sessions hear of that and of flags", async () => {
    const { world, client } = await worldWith(3);
    const other = await connected(world);
    await other.mailboxOpen("INBOX");
    await sleep(200);
    const flagged = once(other, "flags");
    await client.messageFlagsAdd("3", ["\\Answered"], byUid);
    const [event] = await flagged;
    expect([event.seq, event.uid, [...event.flags]]).toEqual([3, 3, ["\\Answered"]]);
    const expunged = once(other, "expunge");
    await client.messageDelete("2", byUid);
    expect((await expunged)[0]).toMatchObject({ path: "INBOX", seq: 2 });
    expect(await client.status("INBOX", { messages: true })).toMatchObject({ messages: 2 });
  });

  it("report only changes since a mod-sequence, and refuse to change what has changed", async () => {
    const { client, mailbox } = await worldWith(3);
    const known = mailbox.highestModseq!; // the client keeps counting in `mailbox`
    await client.messageFlagsAdd("2", ["\\Seen"], byUid);
    const changed = await client.fetchAll("1:*", { uid: true, flags: true }, { uid: true, changedSince: known });
    expect(changed.map((message) => message.uid)).toEqual([2]);
    await client.messageFlagsAdd("1:2", ["\\Flagged"], { uid: true, unchangedSince: known });
    const flags = (await client.fetchAll("1:2", { flags: true }, byUid)).map((message) => [...message.flags!]);
    expect(flags).toEqual([["\\Flagged"], ["\\Seen"]]);
  });
});

describe("faults", () => {
  it("fail the next command of a kind once", async () => {
    const { world, client } = await worldWith(1);
    world.imap.faults.next.push({ command: "SEARCH" });
    expect(await client.search({ all: true }, byUid)).toBe(false);
    expect(await client.search({ all: true }, byUid)).toEqual([1]);
    world.imap.faults.next.push({ command: "SEARCH", close: true });
    const closed = once(client, "close");
    await client.search({ all: true }, byUid).catch(() => undefined);
    await closed;
  });

  it("make the server slow, or a black hole", async () => {
    const { world, client } = await worldWith(1);
    world.imap.faults.latencyMs = 150;
    const start = performance.now();
    await client.noop();
    expect(performance.now() - start).toBeGreaterThan(140);
    world.imap.faults.latencyMs = 0;
    world.imap.faults.stall = true;
    const silent = Promise.race([client.noop().then(() => "answered"), sleep(300).then(() => "silent")]);
    expect(await silent).toBe("silent");
    client.close();
  });
});
