import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { judgeAnswer } from "../../src/imap/answer.ts";
import { backoff } from "../../src/imap/backoff.ts";
import { createBell } from "../../src/imap/bell.ts";
import { StoreFailed, describe as inWords, isLeaseLost, isLoginRefused } from "../../src/imap/failure.ts";
import { createSuspects } from "../../src/imap/suspects.ts";
import { batchesOf, chunks, uidSet } from "../../src/imap/uids.ts";
import { LeaseLost } from "./memory-store.ts";

describe("back-off", () => {
  const range = { firstMs: 1_000, maxMs: 300_000 };
  it("doubles from one second to five minutes", () => {
    const waits = [1, 2, 3, 8, 9, 10, 1_000].map((attempt) => backoff(attempt, range, 0));
    expect(waits).toEqual([1_000, 2_000, 4_000, 128_000, 256_000, 300_000, 300_000]);
  });
  it("is spread by at most a quarter, and grows whatever the chance until the cap", () => {
    const chance = fc.double({ min: 0, max: 0.999, noNaN: true });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 8 }), chance, chance, (attempt, one, other) => {
        expect(backoff(attempt + 1, range, one)).toBeGreaterThan(backoff(attempt, range, other));
        expect(backoff(attempt, range, one)).toBeGreaterThanOrEqual(0.75 * backoff(attempt, range, 0));
      }),
    );
  });
});

describe("sets of UIDs", () => {
  it.each([
    [[], ""],
    [[7], "7"],
    [[3, 1, 2, 7, 2], "1:3,7"],
    [[4294967294, 4294967295], "4294967294:4294967295"],
  ])("%j is %j", (uids, text) => expect(uidSet(uids)).toBe(text));

  it("name exactly what they were made of", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 500 })), (uids) => {
        const named = uidSet(uids).split(",").filter(Boolean);
        const back = named.flatMap((run) => {
          const [first = 0, last = first] = run.split(":").map(Number);
          return Array.from({ length: last - first + 1 }, (_, n) => first + n);
        });
        expect(back).toEqual([...new Set(uids)].toSorted((a, b) => a - b));
      }),
    );
  });

  it("are cut in pieces that keep everything in order", () => {
    expect(chunks([1, 2, 3, 4, 5], 2)).toEqual([[1, 2], [3, 4], [5]]);
    expect(chunks([], 2)).toEqual([]);
  });

  it("are batched within both limits, each message once and in order", () => {
    const message = fc.record({ size: fc.integer({ min: 0, max: 50 }) });
    fc.assert(
      fc.property(
        fc.array(message),
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 1, max: 100 }),
        (list, messages, bytes) => {
          const batches = batchesOf(list, { messages, bytes });
          expect(batches.flat()).toEqual(list);
          for (const batch of batches) {
            expect(batch.length).toBeLessThanOrEqual(messages);
            const sum = batch.reduce((total, one) => total + one.size, 0);
            expect(batch.length === 1 || sum <= bytes).toBe(true);
          }
        },
      ),
    );
  });
});

describe("an answer", () => {
  it.each([
    [10, Buffer.alloc(10), "complete"],
    [10, Buffer.alloc(12), "complete"],
    [10, Buffer.alloc(9), "short"],
    [10, Buffer.alloc(0), "nothing"],
    [10, undefined, "nothing"],
    [0, Buffer.alloc(0), "short"],
    [0, Buffer.alloc(5), "complete"],
    [undefined, Buffer.alloc(5), "complete"],
    [undefined, Buffer.alloc(0), "nothing"],
  ] as const)("of size %s with %s is %s", (size, source, answer) => expect(judgeAnswer(size, source)).toBe(answer));
});

describe("suspects", () => {
  it("are tried alone, each after its own wait, the least tried first", () => {
    const suspects = createSuspects([10, 100]);
    suspects.failed(2, "short", 0);
    suspects.failed(2, "short", 10);
    suspects.failed(5, "NIL", 105);
    expect(suspects.sort([1, 2, 5], 105)).toEqual({ fresh: [1], alone: [] });
    expect(suspects.sort([1, 2, 5], 110)).toEqual({ fresh: [1], alone: [2] });
    expect(suspects.sort([1, 2, 5], 115)).toEqual({ fresh: [1], alone: [5, 2] });
    expect(suspects.nextDue()).toBe(110);
    suspects.cleared([2, 5]);
    expect(suspects.nextDue()).toBe(Infinity);
  });
  it("of a batch that failed are tried alone at once, and not blamed", () => {
    const suspects = createSuspects([10]);
    suspects.batchFailed([1, 2], "cut", 50);
    expect(suspects.sort([1, 2, 3], 50)).toEqual({ fresh: [3], alone: [1, 2] });
    expect(suspects.words()).toBeUndefined();
    suspects.batchFailed([1], "cut", 50);
    expect(suspects.words()).toBe("messages that cannot be stored yet: 1: uid 1 (cut, tries: 1)");
  });
  it("count only answers that are the same in a row", () => {
    const suspects = createSuspects([10]);
    const answers = ["a", "a", "b", "a", "a", "a"].map((text) => suspects.sameAnswers(1, Buffer.from(text)));
    expect(answers).toEqual([1, 2, 1, 1, 2, 3]);
  });
  it("are forgotten when nothing is missing any more", () => {
    const suspects = createSuspects([10]);
    suspects.failed(1, "short", 0);
    suspects.failed(2, "short", 0);
    suspects.keepOnly([2]);
    expect(suspects.tries(1)).toBe(0);
    expect(suspects.tries(2)).toBe(1);
  });
});

describe("a bell", () => {
  it("keeps one ring for who comes late", async () => {
    const bell = createBell();
    bell.ring();
    bell.ring();
    expect(await bell.wait(1_000)).toBe(true);
    expect(await bell.wait(1)).toBe(false);
    bell.ring();
    bell.hush();
    expect(await bell.wait(0)).toBe(false);
  });
  it("waits for ever when told to, until it rings", async () => {
    const bell = createBell();
    const heard = bell.wait(Infinity);
    setTimeout(() => bell.ring(), 20);
    expect(await heard).toBe(true);
  });
});

describe("failures", () => {
  it("are told apart", () => {
    expect(isLeaseLost(new StoreFailed("the store", { cause: new LeaseLost("gone") }))).toBe(true);
    expect(isLeaseLost(new Error("LeaseLost"))).toBe(false);
    expect(isLoginRefused({ authenticationFailed: true })).toBe(true);
    expect(isLoginRefused({ authenticationFailed: true, serverResponseCode: "UNAVAILABLE" })).toBe(false);
  });
  it("are described without the command", () => {
    const error = Object.assign(new Error("Command failed"), {
      executedCommand: "A LOGIN me secret",
      responseText: "no\r\nway",
    });
    expect(inWords(error)).toBe("the server said: no way");
    expect(inWords(new StoreFailed("the store could not commit", { cause: new Error("disk full") }))).toBe(
      "the store could not commit: disk full",
    );
    expect(inWords(Object.assign(new Error("connect failed"), { code: "ECONNREFUSED" }))).toBe(
      "connect failed (ECONNREFUSED)",
    );
    // What Node rejects with when a name has several addresses and none answers.
    expect(inWords(Object.assign(new AggregateError([], ""), { code: "ECONNREFUSED" }))).toBe("ECONNREFUSED");
    expect(inWords(undefined)).toBe("undefined");
  });
});
