/** A short run of the fuzzer with a fixed seed; `npm run fuzz` is the long one. */
import { describe, expect, test } from "vitest";
import { goldenMails, messageOf } from "./message.ts";
import { complaint, run } from "./run.ts";

describe("the fuzzer", () => {
  test("two thousand spoilt messages: none throws, hangs or takes over a second", { timeout: 180_000 }, async () => {
    const report = await run({ seed: 20_261_123, count: 2000, lanes: 2, longest: 50_000 });
    expect(report.failures.map(({ message, why }) => `${message.seed}:${message.number} ${why}`)).toEqual([]);
    // Storms of a megabyte are for the long run.
    expect(report.done).toBeGreaterThan(1700);
  });

  test("makes the same bytes from the same seed and number, and others from others", () => {
    const golden = goldenMails();
    const bytes = (seed: number, number: number) => messageOf(seed, number, golden).raw.toString("latin1");
    expect(bytes(1, 17)).toBe(bytes(1, 17));
    const made = new Set(Array.from({ length: 200 }, (_, number) => bytes(1, number)));
    // A cut can leave nothing of two mails.
    expect(made.size).toBeGreaterThan(190);
    expect(bytes(2, 17)).not.toBe(bytes(1, 17));
  });

  test("sees what is wrong with a result", () => {
    const raw = Buffer.from("x");
    expect(complaint({ ok: false, reason: "memory", detail: "heap" }, raw)).toBe("memory: heap");
    const message = { defects: [] as string[], size: 1, replyText: "a", text: "a", subject: "" };
    const judge = (change: object) => complaint({ ok: true, message: { ...message, ...change } as never }, raw);
    expect(judge({})).toBeUndefined();
    expect(judge({ defects: ["reply: could not be read (x is undefined)"] })).toMatch(/a reader threw/);
    expect(judge({ replyText: "" })).toMatch(/the reply is empty/);
    expect(judge({ attachments: [{ contentId: "a\0b" }] })).toMatch(/ in message\.attachments\.0\.contentId$/);
    expect(judge({ subject: "half \ud83d" })).toMatch(/half a character in message\.subject$/);
    // Two characters, backslash and u, are no NUL.
    expect(judge({ text: "\\u0000" })).toBeUndefined();
  });
});
