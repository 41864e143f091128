import { describe, expect, it } from "vitest";
import { until } from "../harness/wait.ts";
import { ADDRESS, type Polled, mail, startPolled } from "./polled.ts";

async function withMail(count: number): Promise<Polled> {
  const polled = await startPolled();
  await polled.store.begin({ uidValidity: 0, uidNext: 1 });
  for (let n = 1; n <= count; n += 1) await polled.deliver(mail(`mail ${n}`));
  return polled;
}
const finished = (polled: Polled, count: number) => () => polled.store.finishedUids.size === count;
const matching = (polled: Polled, pattern: RegExp) => polled.meddler.commands.filter((line) => pattern.test(line));

describe("what happens on the server afterwards", () => {
  it("seen: sets the flag in one command, after the commit", async () => {
    const polled = await withMail(3);
    let flagged = 0;
    polled.store.beforeCommit = () => void (flagged += matching(polled, /^UID STORE/).length);
    polled.start({ after: { action: "seen" }, batchMessages: 2 });
    await until(finished(polled, 3), { what: "the end" });
    expect(flagged).toBe(0);
    expect(polled.folder()).toEqual(["1 \\Seen", "2 \\Seen", "3 \\Seen"]);
    expect(matching(polled, /^UID STORE/)).toEqual(["UID STORE 1:3 +FLAGS.SILENT (\\Seen)"]);
  });

  it("leave: touches nothing", async () => {
    const polled = await withMail(2);
    polled.start({ after: { action: "leave" } });
    await until(finished(polled, 2), { what: "the end" });
    expect(polled.folder()).toEqual(["1", "2"]);
    expect(matching(polled, /^UID (STORE|MOVE|COPY|EXPUNGE)/)).toEqual([]);
  });

  it("move: makes the folder when it is missing", async () => {
    const polled = await withMail(2);
    polled.start({ after: { action: "move", to: "Tickets/Done" } });
    await until(finished(polled, 2), { what: "the end" });
    expect(polled.folder()).toEqual([]);
    expect(polled.folder("Tickets/Done")).toEqual(["1", "2"]);
  });

  it("move: copies and deletes where the server cannot move, without taking what others deleted", async () => {
    const polled = await withMail(3);
    polled.imap.faults.hidden.push("MOVE", "UIDPLUS");
    const inbox = polled.mails.mailbox(ADDRESS)!;
    // Somebody marks the third while we do not know it yet.
    polled.store.beforeCommit = () => void polled.mails.changeFlags(inbox, inbox.messages[2]!, "add", ["\\Deleted"]);
    polled.start({ after: { action: "move", to: "Archive" }, batchMessages: 2, maxBytes: 100_000 });
    polled.meddler.onBody = (uid, source) => (uid === 3 ? null : source);
    await until(finished(polled, 2), { what: "the end" });
    expect(polled.folder("Archive")).toEqual(["1", "2"]);
    expect(polled.folder()).toEqual(["1 \\Deleted", "2 \\Deleted", "3 \\Deleted"]);
    expect(matching(polled, /^EXPUNGE/)).toEqual([]);
  });

  it("move: does not copy again what it could not delete", async () => {
    const polled = await withMail(2);
    polled.imap.faults.hidden.push("MOVE");
    polled.imap.faults.next.push({ command: "STORE", response: "NO [INUSE] locked" });
    const poller = polled.start({ after: { action: "move", to: "Archive" } });
    await until(() => polled.store.states.some((state) => state.includes("locked")), { what: "the refusal" });
    poller.poke();
    await until(finished(polled, 2), { what: "the end" });
    expect(polled.folder()).toEqual([]);
    expect(polled.folder("Archive")).toEqual(["1", "2"]);
  });

  it("delete: removes exactly the stored ones", async () => {
    const polled = await withMail(2);
    const inbox = polled.mails.mailbox(ADDRESS)!;
    polled.start({ after: { action: "delete" } });
    await until(finished(polled, 2), { what: "the end" });
    expect(inbox.messages).toEqual([]);
  });

  it("delete: expunges without UIDPLUS when nobody else has deleted anything", async () => {
    const polled = await withMail(2);
    polled.imap.faults.hidden.push("UIDPLUS");
    polled.start({ after: { action: "delete" } });
    await until(finished(polled, 2), { what: "the end" });
    expect(polled.folder()).toEqual([]);
  });

  it("refuses to move into the folder that it polls", async () => {
    const polled = await withMail(1);
    polled.start({ after: { action: "move", to: "inbox" } });
    await until(() => polled.store.states.some((state) => /idle: move failed.*polled/.test(state)), {
      what: "the word",
    });
    expect(polled.store.uids).toEqual([1]);
    expect(polled.folder()).toEqual(["1"]);
  });
});

describe("a folder that is read-only", () => {
  it("is said to be, is not written to, and is polled all the same", async () => {
    const polled = await withMail(1);
    polled.meddler.onLine = (line) => line.replace("[READ-WRITE]", "[READ-ONLY]");
    polled.start({ after: { action: "seen" } });
    await until(() => polled.store.states.some((state) => state.includes("read-only")), { what: "the word" });
    await polled.deliver(mail("mail 2"));
    await until(() => polled.store.uids.length === 2, { what: "the next message" });
    expect(matching(polled, /^UID STORE/)).toEqual([]);
  });
});

describe("a refusal", () => {
  it("is shown, stops no fetching, and is tried again", async () => {
    const polled = await withMail(1);
    polled.imap.faults.next.push({ command: "STORE", response: "NO [NOPERM] read only today" });
    polled.start({ after: { action: "seen" } });
    await until(() => polled.store.states.some((state) => state.startsWith("idle: seen failed")), { what: "the word" });
    expect(polled.store.states.at(-1)).toContain("read only today");
    await polled.deliver(mail("mail 2"));
    await until(finished(polled, 2), { what: "both to be finished" });
    expect(polled.folder()).toEqual(["1 \\Seen", "2 \\Seen"]);
    await until(() => polled.store.states.at(-1) === "idle", { what: "the trouble to be over" });
  });
});

describe("a crash between commit and flag", () => {
  it("is made good by the next start", async () => {
    const polled = await withMail(3);
    // The connection is cut at the first STORE, and this poller never comes back.
    polled.meddler.onCommand = (command) => (command.startsWith("UID STORE") ? "cut" : undefined);
    const first = polled.start({
      after: { action: "seen" },
      timeouts: { backoff: { firstMs: 60_000, maxMs: 60_000 } },
    });
    await until(() => matching(polled, /^UID STORE/).length === 1, { what: "the flag to be asked for" });
    await first.stop();
    expect(polled.store.uids).toEqual([1, 2, 3]);
    expect(polled.folder()).toEqual(["1", "2", "3"]);
    polled.meddler.onCommand = () => undefined;
    polled.start({ after: { action: "seen" } });
    await until(finished(polled, 3), { what: "the end" });
    expect(polled.folder()).toEqual(["1 \\Seen", "2 \\Seen", "3 \\Seen"]);
    expect(polled.store.batches).toEqual([[1, 2, 3]]);
  });
});
