import { describe, expect, it } from "vitest";
import { sleep, until } from "../harness/wait.ts";
import { ARRIVED, mail, startPolled } from "./polled.ts";

const idle = (states: readonly string[]) => states.some((state) => state.startsWith("idle"));

describe("adoption", () => {
  it("leaves mail that was there before alone and takes what comes after", async () => {
    const polled = await startPolled();
    for (const n of [1, 2, 3]) await polled.deliver(mail(`old ${n}`));
    polled.start({ after: { action: "seen" } });
    await until(() => idle(polled.store.states), { what: "the first round" });
    expect(polled.store.begun[0]?.uidNext).toBe(4);
    await polled.deliver(mail("new"));
    await until(() => polled.folder().includes("4 \\Seen"), { what: "the new message to be finished" });
    expect(polled.store.uids).toEqual([4]);
    expect(polled.store.source(4)).toBe(mail("new"));
    expect(polled.folder()).toEqual(["1", "2", "3", "4 \\Seen"]);
    expect(polled.stored()).toBe(1);
    // The same state is not written again and again.
    expect(polled.store.states).toEqual(["connecting", "idle"]);
  });

  it("stores where and when a message arrived", async () => {
    const polled = await startPolled();
    polled.start();
    await until(() => idle(polled.store.states), { what: "the first round" });
    await polled.deliver(mail("first"));
    const stored = await until(() => polled.store.messages[0], { what: "the message" });
    const uidValidity = polled.mails.mailbox("support@nw.example")?.uidValidity;
    expect(stored).toMatchObject({ mailbox: "support", uid: 1, uidValidity, receivedAt: ARRIVED });
  });

  it("counts mail as new that came while the store could not adopt the mailbox yet", async () => {
    const polled = await startPolled();
    await polled.deliver(mail("old"));
    polled.store.down = new Error("no database");
    polled.start();
    const failed = () => polled.logged.some((line) => String(line.why).includes("no database") && line.waitMs);
    await until(failed, { what: "the store to fail" });
    await polled.deliver(mail("meanwhile"));
    polled.store.down = undefined;
    await until(() => polled.store.uids.length === 1, { what: "the message" });
    expect(polled.store.uids).toEqual([2]);
  });
});

describe("the difference", () => {
  it("finds what is missing whatever its flags, and nothing twice", async () => {
    const polled = await startPolled();
    await polled.store.begin({ uidValidity: polled.mails.mailbox("support@nw.example")?.uidValidity ?? 0, uidNext: 1 });
    for (const n of [1, 2, 3, 4]) await polled.deliver(mail(`mail ${n}`));
    const first = polled.start();
    await until(() => polled.store.uids.length === 4, { what: "all messages" });
    await first.stop();
    // A row that is missing in the middle, its message read by somebody meanwhile.
    polled.store.messages.splice(1, 1);
    const inbox = polled.mails.mailbox("support@nw.example");
    const second = inbox?.messages[1];
    if (inbox && second) polled.mails.changeFlags(inbox, second, "add", ["\\Seen"]);
    polled.start();
    await until(() => polled.store.uids.length === 4, { what: "the missing one" });
    expect(polled.store.batches.at(-1)).toEqual([2]);
    expect(polled.store.uids.toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4]);
  });

  it("passes over the last message, which `UID n:*` always names", async () => {
    const polled = await startPolled();
    await polled.deliver(mail("old"));
    const poller = polled.start();
    await until(() => idle(polled.store.states), { what: "the first round" });
    poller.poke();
    await until(() => polled.meddler.commands.filter((line) => line.startsWith("SELECT")).length === 2, {
      what: "a full round",
    });
    expect(polled.meddler.commands).toContain("UID SEARCH UID 2:*");
    expect(polled.meddler.commands.filter((line) => line.startsWith("UID FETCH"))).toEqual([]);
    expect(polled.store.uids).toEqual([]);
  });
});

describe("batches", () => {
  it("are bounded by count", async () => {
    const polled = await startPolled();
    await polled.store.begin({ uidValidity: 0, uidNext: 1 });
    for (let n = 1; n <= 7; n += 1) await polled.deliver(mail(`mail ${n}`));
    polled.start({ batchMessages: 3 });
    await until(() => polled.store.uids.length === 7, { what: "all messages" });
    expect(polled.store.batches).toEqual([[1, 2, 3], [4, 5, 6], [7]]);
    expect(polled.stored()).toBe(7);
  });

  it("are bounded by bytes, and one message may exceed them", async () => {
    const polled = await startPolled();
    await polled.store.begin({ uidValidity: 0, uidNext: 1 });
    for (const size of [400, 400, 5_000, 400]) await polled.deliver(mail("mail", "x".repeat(size)));
    polled.start({ batchBytes: 1_200 });
    await until(() => polled.store.uids.length === 4, { what: "all messages" });
    expect(polled.store.batches).toEqual([[1, 2], [3], [4]]);
  });
});

describe("the size cap", () => {
  it("leaves a large message on the server, unread, and records its envelope", async () => {
    const polled = await startPolled();
    await polled.store.begin({ uidValidity: 0, uidNext: 1 });
    const large = mail("holiday pictures", "x".repeat(100_001));
    await polled.deliver(mail("before"));
    await polled.deliver(large);
    await polled.deliver(mail("after"));
    polled.start({ after: { action: "delete" } });
    await until(() => polled.folder().length === 1, { what: "the others to be deleted" });
    expect(polled.folder()).toEqual(["2"]);
    expect(polled.store.uids).toEqual([1, 3]);
    const envelope = { from: "maria@home.example", subject: "holiday pictures", receivedAt: ARRIVED };
    expect(polled.store.large).toMatchObject([{ uid: 2, bytes: large.length, ...envelope }]);
    const bodies = polled.meddler.commands.filter((line) => line.includes("BODY"));
    expect(bodies).toEqual([expect.stringMatching(/^UID FETCH 1,3 \(UID BODY\.PEEK\[\]/)]);
  });

  it("holds against a server that understates the size", async () => {
    const polled = await startPolled();
    await polled.store.begin({ uidValidity: 0, uidNext: 1 });
    await polled.deliver(mail("small"));
    await polled.deliver(mail("liar", "x".repeat(3_000_000)));
    polled.meddler.onLine = (line) => line.replace(/RFC822\.SIZE \d{5,}/, "RFC822.SIZE 500");
    polled.start({ maxBytes: 50_000 });
    await until(() => polled.store.large.length === 1, { what: "the large one" });
    await until(() => polled.store.uids.length === 1, { what: "the small one" });
    expect(polled.store.large).toMatchObject([{ uid: 2, bytes: 50_001, subject: "liar" }]);
    expect(polled.store.uids).toEqual([1]);
  });
});

describe("IDLE", () => {
  it("brings a message at once", async () => {
    const polled = await startPolled();
    polled.start();
    await until(() => polled.meddler.commands.includes("IDLE"), { what: "IDLE" });
    const begun = performance.now();
    await polled.deliver(mail("urgent"));
    await until(() => polled.store.uids.length === 1, { what: "the message", everyMs: 5 });
    expect(performance.now() - begun).toBeLessThan(500);
  });

  it("makes one more round of several announcements during a round", async () => {
    const polled = await startPolled();
    polled.start();
    await until(() => polled.meddler.commands.includes("IDLE"), { what: "IDLE" });
    const rounds = () => polled.meddler.commands.filter((line) => line.startsWith("UID SEARCH")).length;
    const before = rounds();
    const committing = Promise.withResolvers<void>();
    const goOn = Promise.withResolvers<void>();
    polled.store.beforeCommit = async (batch) => {
      if (batch[0]?.uid !== 1) return;
      committing.resolve();
      await goOn.promise;
    };
    await polled.deliver(mail("first"));
    await committing.promise;
    for (const n of [2, 3, 4, 5]) await polled.deliver(mail(`mail ${n}`));
    goOn.resolve();
    await until(() => polled.store.uids.length === 5, { what: "all messages" });
    await sleep(300);
    expect(polled.store.batches).toEqual([[1], [2, 3, 4, 5]]);
    expect(rounds() - before).toBe(2);
  });

  it("looks again when a message is announced before it can be found", async () => {
    const polled = await startPolled();
    polled.start();
    await until(() => polled.meddler.commands.includes("IDLE"), { what: "IDLE" });
    let hidden = 0;
    polled.meddler.onLine = (line) => (line.startsWith("* SEARCH 1") && (hidden += 1) === 1 ? "* SEARCH\r\n" : line);
    await polled.deliver(mail("shy"));
    await until(() => polled.store.uids.length === 1, { what: "the message", timeoutMs: 3_000 });
    expect(hidden).toBe(2);
  });

  it("is not made again for what the round itself was told", async () => {
    const polled = await startPolled();
    polled.imap.faults.hidden.push("IDLE");
    const poller = polled.start();
    await until(() => idle(polled.store.states), { what: "the first round" });
    const rounds = () => polled.meddler.commands.filter((line) => line.startsWith("UID SEARCH")).length;
    const before = rounds();
    await polled.deliver(mail("asked for"));
    poller.poke();
    await until(() => polled.store.uids.length === 1, { what: "the message" });
    await sleep(300);
    expect(rounds() - before).toBe(1);
  });

  it("is not needed: the poll finds the message", async () => {
    const polled = await startPolled();
    polled.imap.faults.hidden.push("IDLE");
    polled.start({ pollMs: 100 });
    await until(() => idle(polled.store.states), { what: "the first round" });
    await polled.deliver(mail("patient"));
    await until(() => polled.store.uids.length === 1, { what: "the message" });
    expect(polled.meddler.commands).not.toContain("IDLE");
  });
});
