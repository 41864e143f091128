import { expect, it, onTestFinished } from "vitest";
import { type RunningPoller, startPoller } from "../../src/imap/poller.ts";
import type { MailboxSettings } from "../../src/imap/settings.ts";
import { describeWith } from "../harness/describe-with.ts";
import { deliver, openLmtp } from "../harness/lmtp.ts";
import { type Dovecot, startDovecot } from "../harness/servers.ts";
import { until } from "../harness/wait.ts";
import { MemoryStore } from "./memory-store.ts";
import { ADDRESS, PASSWORD, keptLog, mail, settingsFor } from "./polled.ts";

const SENDER = "maria@home.example";

type Polled = { dovecot: Dovecot; store: MemoryStore; start(change?: Partial<MailboxSettings>): RunningPoller };

async function startPolled(): Promise<Polled> {
  const dovecot = await startDovecot({ users: { [ADDRESS]: PASSWORD } });
  const pollers: RunningPoller[] = [];
  onTestFinished(async () => {
    await Promise.all(pollers.map((poller) => poller.stop()));
    await dovecot.stop();
  });
  const store = new MemoryStore();
  const start = (change: Partial<MailboxSettings> = {}) => {
    const timeouts = { commandMs: 10_000, socketMs: 10_000, ...change.timeouts };
    const settings = settingsFor(dovecot.imapPort, { ...change, timeouts });
    const options = { log: keptLog().log, onStored: () => {}, now: () => Date.now(), random: () => 0 };
    const poller = startPoller(settings, store, options);
    pollers.push(poller);
    return poller;
  };
  return { dovecot, store, start };
}

const idle = (store: MemoryStore) => () => store.states.some((state) => state.startsWith("idle"));
const flags = (dovecot: Dovecot, folder = "INBOX") =>
  dovecot
    .doveadm("-f", "tab", "fetch", "-u", ADDRESS, "uid flags", "mailbox", folder, "all")
    .trim()
    .split("\n")
    .slice(1)
    .map((line) =>
      line
        .replace("\t", " ")
        .replace(/ ?\\Recent/, "")
        .trim(),
    );

describeWith(["dovecot"], "a poller on Dovecot", () => {
  it("adopts the mailbox, then takes what LMTP delivers, byte for byte, and flags it", async () => {
    const { dovecot, store, start } = await startPolled();
    await deliver(dovecot.lmtpPort, mail("old"), ADDRESS, SENDER);
    start({ after: { action: "seen" } });
    await until(idle(store), { what: "the first round" });
    const lmtp = await openLmtp(dovecot.lmtpPort);
    const bodies = ["plain", "eight bits: äöü €", "x".repeat(70_000)];
    for (const [n, body] of bodies.entries()) await lmtp.deliver(Buffer.from(mail(`mail ${n}`, body)), ADDRESS, SENDER);
    await lmtp.close();
    await until(() => store.finishedUids.size === 3, { what: "all three to be finished" });
    expect(store.uids).toEqual([2, 3, 4]);
    expect(flags(dovecot)).toEqual(["1", "2 \\Seen", "3 \\Seen", "4 \\Seen"]);
    for (const message of store.messages) {
      const onServer = dovecot.doveadm("fetch", "-u", ADDRESS, "text", "mailbox", "INBOX", "uid", String(message.uid));
      // doveadm prints bare line ends, and a form feed between records.
      const text = onServer.replace(/^text:\n/, "").replace(/\n\f?\n?$/, "\n");
      expect(message.source.toString().replaceAll("\r\n", "\n")).toBe(text);
      expect(message.source.toString()).toContain(bodies[message.uid - 2]);
    }
  });

  it("hears of a message by IDLE", async () => {
    const { dovecot, store, start } = await startPolled();
    start({ pollMs: 600_000 });
    await until(idle(store), { what: "the first round" });
    const begun = performance.now();
    await deliver(dovecot.lmtpPort, mail("urgent"), ADDRESS, SENDER);
    await until(() => store.uids.length === 1, { what: "the message" });
    expect(performance.now() - begun).toBeLessThan(3_000);
  });

  it("moves to a folder that it makes, and deletes", async () => {
    const { dovecot, store, start } = await startPolled();
    await store.begin({ uidValidity: 0, uidNext: 1 });
    const lmtp = await openLmtp(dovecot.lmtpPort);
    for (const n of [1, 2, 3]) await lmtp.deliver(mail(`mail ${n}`), ADDRESS, SENDER);
    const mover = start({ after: { action: "move", to: "Tickets/Done" }, batchMessages: 2 });
    await until(() => store.finishedUids.size === 3, { what: "the move" });
    expect(store.batches).toEqual([[1, 2], [3]]);
    expect(flags(dovecot)).toEqual([]);
    expect(flags(dovecot, "Tickets/Done")).toHaveLength(3);
    await mover.stop();
    start({ after: { action: "delete" } });
    await lmtp.deliver(mail("mail 4"), ADDRESS, SENDER);
    await lmtp.close();
    await until(() => store.finishedUids.size === 4, { what: "the delete" });
    expect(store.uids).toEqual([1, 2, 3, 4]);
    expect(flags(dovecot)).toEqual([]);
  });

  it("comes back after a kick, a restart and a refused login", async () => {
    const { dovecot, store, start } = await startPolled();
    start({ timeouts: { backoff: { firstMs: 400, maxMs: 400 } } });
    await until(idle(store), { what: "the first round" });
    dovecot.kick(ADDRESS);
    await deliver(dovecot.lmtpPort, mail("one"), ADDRESS, SENDER);
    await until(() => store.uids.length === 1, { what: "the message after the kick" });
    // A Dovecot that shuts down goes on serving the sessions it has, so this one is ended.
    dovecot.kick(ADDRESS);
    await dovecot.down();
    await until(() => store.states.at(-1)?.includes("ECONNREFUSED"), { what: "the outage to be seen" });
    await dovecot.up();
    await deliver(dovecot.lmtpPort, mail("two"), ADDRESS, SENDER);
    await until(() => store.uids.length === 2, { what: "the message after the restart" });
    const other = start({ password: "wrong" });
    await until(() => store.states.some((state) => state.includes("login refused")), { what: "the refusal" });
    await other.stop();
    expect(store.uids).toEqual([1, 2]);
  });

  it("compares everything anew after a change of UIDVALIDITY", async () => {
    const { dovecot, store, start } = await startPolled();
    await deliver(dovecot.lmtpPort, mail("old"), ADDRESS, SENDER);
    start({ pollMs: 300 });
    await until(idle(store), { what: "the first round" });
    await deliver(dovecot.lmtpPort, mail("new"), ADDRESS, SENDER);
    await until(() => store.uids.length === 1, { what: "the new message" });
    dovecot.doveadm("mailbox", "update", "-u", ADDRESS, "--uid-validity", "4711", "INBOX");
    const again = () => store.messages.filter((message) => message.uidValidity === 4711);
    await until(() => again().length === 2, { what: "both again" });
    expect(again().map((message) => message.uid)).toEqual([1, 2]);
  });
});
