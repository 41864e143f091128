import { type Socket, createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { startPoller } from "../../src/imap/poller.ts";
import { sleep, until } from "../harness/wait.ts";
import { MemoryStore } from "./memory-store.ts";
import { ADDRESS, keptLog, mail, settingsFor, startPolled } from "./polled.ts";

const idle = (states: readonly string[]) => states.some((state) => state.startsWith("idle"));

describe("login", () => {
  it("that is refused is shown, tried slowly, and works when the password is right", async () => {
    const polled = await startPolled();
    polled.imap.faults.next.push({ command: "AUTHENTICATE", response: "NO [AUTHENTICATIONFAILED] wrong password" });
    const loginBackoff = { firstMs: 400, maxMs: 400 };
    const begun = performance.now();
    polled.start({ timeouts: { loginBackoff } });
    await until(() => idle(polled.store.states), { what: "the first round" });
    expect(performance.now() - begun).toBeGreaterThan(390);
    const shown = polled.store.states.find((state) => state.startsWith("backing-off"));
    expect(shown).toBe("backing-off: login refused: wrong password; next try in 1 s");
  });

  it("never tells the password to log or state", async () => {
    const polled = await startPolled();
    polled.start({ password: "not-the-password" });
    await until(() => polled.store.states.some((state) => state.includes("login refused")), { what: "the refusal" });
    expect(JSON.stringify([polled.logged, polled.store.states])).not.toContain("not-the-password");
  });

  it("asks for the access token anew at every connection", async () => {
    const polled = await startPolled();
    const tokens = ["stale-token", "fresh-token"];
    const accessToken = async () => tokens.shift() ?? "fresh-token";
    polled.start({ password: undefined, accessToken });
    await until(() => idle(polled.store.states), { what: "the first round" });
    expect(polled.store.states.some((state) => state.includes("login refused"))).toBe(true);
    expect(polled.meddler.commands.some((line) => /^AUTHENTICATE (XOAUTH2|OAUTHBEARER)/.test(line))).toBe(true);
  });

  it("fails rather than send the password in clear where STARTTLS was asked for", async () => {
    const polled = await startPolled();
    polled.start({ tls: "starttls" });
    await until(() => polled.store.states.some((state) => state.startsWith("backing-off")), { what: "the failure" });
    expect(polled.meddler.commands.filter((line) => /LOGIN|AUTHENTICATE/.test(line))).toEqual([]);
    expect(polled.store.states.find((state) => state.startsWith("backing-off"))).toMatch(/STARTTLS/i);
  });
});

describe("a folder that does not exist", () => {
  it("is named", async () => {
    const polled = await startPolled();
    polled.start({ folder: "Suport" });
    const shown = () => polled.store.states.find((state) => state.startsWith("backing-off"));
    expect(await until(shown, { what: "the failure" })).toContain("the folder does not exist");
  });
});

describe("a connection that ends", () => {
  it.each([
    ["abruptly", undefined, "the connection ended"],
    ["with BYE", "server shutting down", "the server ended the connection: server shutting down"],
  ])("%s while idle comes back", async (_name, bye, shown) => {
    const polled = await startPolled();
    polled.start();
    await until(() => polled.meddler.commands.includes("IDLE"), { what: "IDLE" });
    polled.imap.kick(undefined, bye);
    await until(() => polled.store.states.some((state) => state.startsWith("backing-off")), {
      what: "the end to be seen",
    });
    expect(polled.store.states.find((state) => state.startsWith("backing-off"))).toContain(`: ${shown};`);
    await polled.deliver(mail("afterwards"));
    await until(() => polled.store.uids.length === 1, { what: "the message" });
    expect(polled.store.begun).toHaveLength(2);
  });

  it("in a black hole is noticed by the poll and left", async () => {
    const polled = await startPolled();
    polled.start({ pollMs: 200, timeouts: { commandMs: 300 } });
    await until(() => polled.meddler.commands.includes("IDLE"), { what: "IDLE" });
    polled.meddler.stall = true;
    const begun = performance.now();
    await until(() => polled.store.states.some((state) => /backing-off: no answer to/.test(state)), {
      what: "the black hole to be seen",
    });
    expect(performance.now() - begun).toBeLessThan(2_000);
    polled.meddler.stall = false;
    await polled.deliver(mail("afterwards"));
    await until(() => polled.store.uids.length === 1, { what: "the message" });
  });

  it("in a black hole between polls is noticed by the silence", async () => {
    const polled = await startPolled();
    polled.start({ pollMs: 600_000, timeouts: { socketMs: 1_200, commandMs: 60_000 } });
    await until(() => polled.meddler.commands.includes("IDLE"), { what: "IDLE" });
    polled.meddler.stall = true;
    await until(() => polled.store.states.some((state) => state.startsWith("backing-off")), {
      what: "the black hole to be seen",
    });
    polled.meddler.stall = false;
    await polled.deliver(mail("afterwards"));
    await until(() => polled.store.uids.length === 1, { what: "the message" });
    expect(polled.meddler.connections()).toBe(2);
  });

  it("before the greeting is tried again, with growing waits", async () => {
    const sockets = new Set<Socket>();
    const server = createServer((socket) => void sockets.add(socket.on("error", () => {})));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { log, logged } = keptLog();
    const timeouts = { greetingMs: 30, backoff: { firstMs: 20, maxMs: 80 } };
    const settings = settingsFor((server.address() as AddressInfo).port, { timeouts });
    const poller = startPoller(settings, new MemoryStore(), { log, onStored: () => {}, now: () => 0, random: () => 0 });
    onTestFinished(async () => {
      await poller.stop();
      for (const socket of sockets) socket.destroy();
      server.close();
    });
    await until(() => logged.filter((line) => line.waitMs).length >= 5, { what: "five tries" });
    expect(
      logged
        .filter((line) => line.waitMs)
        .slice(0, 5)
        .map((line) => line.waitMs),
    ).toEqual([20, 40, 80, 80, 80]);
  });
});

describe("UIDVALIDITY", () => {
  it("that changes makes everything be compared anew, from UID 1", async () => {
    const polled = await startPolled();
    await polled.deliver(mail("old"));
    polled.start();
    await until(() => idle(polled.store.states), { what: "the first round" });
    await polled.deliver(mail("new"));
    await until(() => polled.store.uids.length === 1, { what: "the new message" });
    const inbox = polled.mails.mailbox(ADDRESS)!;
    const before = inbox.uidValidity;
    const after = polled.mails.renewUidValidity(inbox);
    await until(() => polled.store.uids.length === 3, { what: "everything under the new UIDVALIDITY" });
    expect(polled.store.messages.map(({ uidValidity, uid }) => [uidValidity, uid])).toEqual([
      [before, 2],
      [after, 1],
      [after, 2],
    ]);
  });

  it("that changes under a living connection is seen by the next full round", async () => {
    const polled = await startPolled();
    await polled.store.begin({ uidValidity: 1, uidNext: 1 });
    let validity = 1;
    polled.meddler.onLine = (line) => line.replace(/UIDVALIDITY \d+/, `UIDVALIDITY ${validity}`);
    await polled.deliver(mail("one"));
    polled.start({ pollMs: 150 });
    await until(() => polled.store.uids.length === 1, { what: "the message" });
    validity = 2;
    await until(() => polled.store.uids.length === 2, { what: "it under the new UIDVALIDITY" });
    expect(polled.meddler.connections()).toBe(1);
    expect(polled.store.messages.map(({ uidValidity, uid }) => [uidValidity, uid])).toEqual([
      [1, 1],
      [2, 1],
    ]);
  });

  it("and UIDNEXT that the server does not tell are 0 and what STATUS says", async () => {
    const polled = await startPolled();
    await polled.deliver(mail("old"));
    polled.meddler.onLine = (line) => (/^\* OK \[UID(VALIDITY|NEXT)/.test(line) ? "" : line);
    polled.start();
    await until(() => idle(polled.store.states), { what: "the first round" });
    expect(polled.store.begun).toEqual([{ uidValidity: 0, uidNext: 2 }]);
    await polled.deliver(mail("new"));
    await until(() => polled.store.uids.length === 1, { what: "the message" });
    expect(polled.store.messages[0]).toMatchObject({ uidValidity: 0, uid: 2 });
  });
});

describe("stop", () => {
  it("finishes the batch in hand, fetches no other, and logs out", async () => {
    const polled = await startPolled();
    await polled.store.begin({ uidValidity: 0, uidNext: 1 });
    for (let n = 1; n <= 4; n += 1) await polled.deliver(mail(`mail ${n}`));
    const committing = Promise.withResolvers<void>();
    polled.store.beforeCommit = async () => {
      committing.resolve();
      await sleep(100);
    };
    const poller = polled.start({ batchMessages: 2 });
    await committing.promise;
    await poller.stop();
    expect(polled.store.uids).toEqual([1, 2]);
    expect(polled.meddler.commands.at(-1)).toBe("LOGOUT");
    expect(polled.store.states.at(-1)).toBe("stopped");
    await poller.done;
  });

  it("is quick while it backs off, while it connects and in a black hole", async () => {
    const polled = await startPolled();
    polled.imap.faults.next.push({ command: "SELECT", close: true });
    const backingOff = polled.start({ timeouts: { backoff: { firstMs: 60_000, maxMs: 60_000 } } });
    await until(() => polled.store.states.some((state) => state.startsWith("backing-off")), { what: "the back-off" });
    const begun = performance.now();
    await backingOff.stop();
    expect(performance.now() - begun).toBeLessThan(500);

    const stuck = polled.start({ timeouts: { stopMs: 400, commandMs: 60_000, socketMs: 60_000 } });
    await until(() => polled.meddler.commands.includes("IDLE"), { what: "IDLE" });
    polled.meddler.stall = true;
    const stalled = performance.now();
    await stuck.stop();
    expect(performance.now() - stalled).toBeLessThan(1_500);

    const connecting = polled.start({ timeouts: { greetingMs: 60_000 } });
    await until(() => polled.meddler.connections() === 3, { what: "the connection" });
    const cut = performance.now();
    await connecting.stop();
    expect(performance.now() - cut).toBeLessThan(500);
  });

  it("does not wait for ever for a store that hangs", async () => {
    const polled = await startPolled();
    await polled.store.begin({ uidValidity: 0, uidNext: 1 });
    await polled.deliver(mail("one"));
    const committing = Promise.withResolvers<void>();
    const goOn = Promise.withResolvers<void>();
    polled.store.beforeCommit = async () => {
      committing.resolve();
      await goOn.promise;
    };
    const poller = polled.start({ timeouts: { stopMs: 100 } });
    await committing.promise;
    const begun = performance.now();
    await poller.stop();
    expect(performance.now() - begun).toBeLessThan(2_000);
    goOn.resolve();
    await poller.done;
  });
});

describe("poke", () => {
  it("ends a back-off", async () => {
    const polled = await startPolled();
    polled.imap.faults.next.push({ command: "SELECT", close: true });
    const poller = polled.start({ timeouts: { backoff: { firstMs: 60_000, maxMs: 60_000 } } });
    await until(() => polled.store.states.some((state) => state.startsWith("backing-off")), { what: "the back-off" });
    poller.poke();
    await until(() => idle(polled.store.states), { what: "the first round" });
    expect(polled.meddler.connections()).toBe(2);
  });
});
