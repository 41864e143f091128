import { describe, expect, it } from "vitest";
import { sleep, until } from "../harness/wait.ts";
import { ADDRESS, type Polled, mail, startPolled } from "./polled.ts";
import { LeaseLost } from "./memory-store.ts";

async function withMail(count: number): Promise<Polled> {
  const polled = await startPolled();
  await polled.store.begin({ uidValidity: 0, uidNext: 1 });
  for (let n = 1; n <= count; n += 1) await polled.deliver(mail(`mail ${n}`));
  return polled;
}
const stored = (polled: Polled, count: number) => () => polled.store.uids.length === count;

describe("an answer that is not the whole message", () => {
  const wrong: [string, (source: Buffer) => Buffer | null | "drop"][] = [
    ["short", (source) => source.subarray(0, 20)],
    ["empty", () => Buffer.alloc(0)],
    ["NIL", () => null],
    ["missing", () => "drop"],
  ];
  it.each(wrong)("%s: the others go on, and it is fetched again until it is right", async (_name, spoil) => {
    const polled = await withMail(3);
    let spoilt = 0;
    polled.meddler.onBody = (uid, source) => (uid === 2 && (spoilt += 1) <= 2 ? spoil(source) : source);
    polled.start();
    await until(stored(polled, 3), { what: "all messages" });
    expect(polled.store.uids).toEqual([1, 3, 2]);
    expect(polled.store.source(2)).toBe(mail("mail 2"));
    expect(spoilt).toBe(3);
    expect(polled.logged.filter((line) => line.level === "warn" && line.uid === 2)).toHaveLength(2);
  });

  it("is believed when it is the same three times: then the size is wrong", async () => {
    const polled = await withMail(2);
    polled.meddler.onLine = (line) =>
      line.replace(/UID 1 (.*)RFC822\.SIZE \d+|RFC822\.SIZE \d+(.*UID 1)\b/, (all) =>
        all.replace(/SIZE \d+/, "SIZE 9999"),
      );
    polled.start();
    await until(stored(polled, 2), { what: "both messages" });
    expect(polled.store.uids).toEqual([2, 1]);
    expect(polled.store.source(1)).toBe(mail("mail 1"));
    const fetches = polled.meddler.commands.filter((line) => /^UID FETCH 1(:2|,2)? \(UID BODY/.test(line));
    expect(fetches).toHaveLength(3);
  });

  it("is never believed when it is nothing, and people see it", async () => {
    const polled = await withMail(2);
    polled.meddler.onBody = (uid, source) => (uid === 1 ? null : source);
    polled.start();
    await until(() => polled.store.states.some((state) => /idle: .*uid 1 \(no bytes, tries: [4-9]\)/.test(state)), {
      what: "four tries",
    });
    expect(polled.store.uids).toEqual([2]);
    polled.meddler.onBody = (_uid, source) => source;
    await until(stored(polled, 2), { what: "it to come after all" });
    await until(() => polled.store.states.at(-1) === "idle", { what: "the trouble to be over" });
  });

  it("of a longer message than announced is taken as it is", async () => {
    const polled = await withMail(1);
    polled.meddler.onLine = (line) => line.replace(/RFC822\.SIZE \d+/, "RFC822.SIZE 5");
    polled.start();
    await until(stored(polled, 1), { what: "the message" });
    expect(polled.store.source(1)).toBe(mail("mail 1"));
    expect(polled.logged.filter((line) => line.level === "warn")).toEqual([]);
  });

  it("of a size that the server does not tell is fetched with the cap", async () => {
    const polled = await withMail(2);
    await polled.deliver(mail("large", "x".repeat(200_000)));
    polled.meddler.onLine = (line) => line.replace(/ RFC822\.SIZE \d+/, "");
    polled.start();
    await until(stored(polled, 2), { what: "both messages" });
    await until(() => polled.store.large.length === 1, { what: "the large one" });
    expect(polled.store.uids).toEqual([1, 2]);
    expect(polled.store.large).toMatchObject([{ uid: 3, bytes: 100_001, subject: "large" }]);
    const bodies = polled.meddler.commands.filter((line) => line.includes("BODY"));
    expect(bodies).toHaveLength(3);
    for (const line of bodies) expect(line).toContain("BODY.PEEK[]<0.100001>");
    expect(polled.store.source(2)).toBe(mail("mail 2"));
  });
});

describe("a message that the server cannot give", () => {
  it("with a refusal of the whole FETCH, costs only itself", async () => {
    const polled = await withMail(3);
    polled.imap.faults.next.push({ command: "FETCH", response: "NO [SERVERBUG] corrupt" });
    polled.start();
    await until(stored(polled, 3), { what: "all messages" });
    expect(polled.store.batches).toEqual([[1], [2], [3]]);
  });

  it("and that kills the connection every time, costs only itself", async () => {
    const polled = await withMail(4);
    polled.meddler.onBody = (uid, source) => (uid === 2 ? "cut" : source);
    polled.start({ timeouts: { refetchMs: [30, 60_000] } });
    await until(stored(polled, 3), { what: "the others" });
    await until(() => polled.store.states.some((state) => /idle: .*uid 2/.test(state)), { what: "it to be shown" });
    expect(polled.store.uids).toEqual([1, 3, 4]);
    await polled.deliver(mail("later"));
    await until(stored(polled, 4), { what: "a later message" });
  });

  it("because it was expunged meanwhile, is forgotten", async () => {
    const polled = await withMail(3);
    const inbox = polled.mails.mailbox(ADDRESS)!;
    polled.meddler.onCommand = (command) => {
      const second = inbox.messages.find((message) => message.uid === 2);
      if (/BODY/.test(command) && second) polled.mails.remove(inbox, [second]);
      return undefined;
    };
    polled.start();
    await until(() => polled.store.states.at(-1) === "idle", { what: "rest", timeoutMs: 3_000 });
    expect(polled.store.uids).toEqual([1, 3]);
  });
});

describe("a connection that is cut in the middle of a batch", () => {
  it("loses nothing and stores nothing twice", async () => {
    const polled = await withMail(10);
    let bodies = 0;
    polled.meddler.onBody = (_uid, source) => ((bodies += 1) % 7 === 0 ? "cut" : source);
    polled.start({ batchMessages: 4 });
    await until(stored(polled, 10), { what: "all messages" });
    expect(polled.store.uids.toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    for (const uid of polled.store.uids) expect(polled.store.source(uid)).toBe(mail(`mail ${uid}`));
    expect(polled.meddler.connections()).toBeGreaterThan(1);
  });
});

describe("a store that fails", () => {
  it("is tried again, and nothing is flagged before it has taken the bytes", async () => {
    const polled = await withMail(2);
    polled.store.down = new Error("database is locked");
    polled.start({ after: { action: "seen" } });
    await until(() => polled.logged.filter((line) => line.waitMs).length >= 3, { what: "three tries" });
    expect(polled.folder()).toEqual(["1", "2"]);
    expect(polled.logged.find((line) => line.waitMs)?.why).toBe("the store could not begin: database is locked");
    polled.store.down = undefined;
    await until(() => polled.store.finishedUids.size === 2, { what: "the end" });
    expect(polled.store.uids).toEqual([1, 2]);
    expect(polled.folder()).toEqual(["1 \\Seen", "2 \\Seen"]);
  });

  it("over one message, takes the others", async () => {
    const polled = await withMail(3);
    polled.store.beforeCommit = (batch) => {
      if (batch.some((message) => message.uid === 1)) throw new Error("invalid byte sequence");
    };
    polled.start({ timeouts: { refetchMs: [30, 60_000] } });
    await until(stored(polled, 2), { what: "the others" });
    expect(polled.store.uids).toEqual([2, 3]);
    await until(() => polled.store.states.some((state) => /uid 1 \(the store could not commit: invalid/.test(state)), {
      what: "it to be shown",
    });
    await polled.deliver(mail("later"));
    await until(stored(polled, 3), { what: "a later message" });
  });

  it("in the difference, does not end the poller", async () => {
    const polled = await withMail(1);
    const whole = polled.store.missing.bind(polled.store);
    let calls = 0;
    const missing = async (validity: number, uids: number[]) => {
      calls += 1;
      if (calls <= 2) throw new Error("connection terminated");
      return await whole(validity, uids);
    };
    polled.start({}, Object.assign(polled.store, { missing }));
    await until(stored(polled, 1), { what: "the message" });
    expect(calls).toBeGreaterThanOrEqual(3);
  });
});

describe("a lost lease", () => {
  it("ends the poller quietly", async () => {
    const polled = await withMail(2);
    polled.store.beforeCommit = () => {
      throw new LeaseLost("epoch 7 has passed");
    };
    const poller = polled.start({ after: { action: "seen" } });
    await poller.done;
    expect(polled.store.uids).toEqual([]);
    expect(polled.folder()).toEqual(["1", "2"]);
    expect(polled.store.states).not.toContain("stopped");
    expect(polled.logged.filter((line) => line.level === "warn" || line.level === "error")).toEqual([]);
    const connections = polled.meddler.connections();
    await sleep(100);
    expect(polled.meddler.connections()).toBe(connections);
  });
});
