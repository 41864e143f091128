import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { threadIndex } from "../../src/mail/thread-index.ts";

/** Read back by [MS-OXOMSG] section 2.2.1.3, with other arithmetic than it was written with. */
function readBack(index: string) {
  const bytes = Buffer.from(index, "base64");
  const ticks = BigInt(`0x${bytes.subarray(1, 6).toString("hex")}000000`);
  const word = bytes.readUInt32BE(22);
  const shift = word >= 2 ** 31 ? 23n : 18n;
  return {
    length: bytes.length,
    reserved: bytes[0],
    beganAt: Number(ticks / 10_000n) - 11_644_473_600_000,
    guid: bytes.subarray(6, 22).toString("hex"),
    elapsed: Number(((BigInt(word) & 0x7fffffffn) << shift) / 10_000n),
    coarse: shift === 23n,
    level: (bytes[26] as number) & 0x0f,
  };
}

/** The header's time is cut to 2^24 ticks of 100 ns; a step to 2^18, or 2^23 after 1.7 years. In milliseconds. */
const HEADER_MS = 1678;
const YEAR = 365 * 86_400_000;
const BEGAN = Date.UTC(2026, 10, 23, 10);

describe("Thread-Index", () => {
  test("is the header that Exchange writes for this moment, and one level below it", () => {
    // 2026-11-23T10:00:00Z is FILETIME 0x01DD5AC3_1A20A000; five bytes of it stand in the header.
    const filetime = (BigInt(BEGAN) + 11_644_473_600_000n) * 10_000n;
    const bytes = Buffer.from(threadIndex("ticket.7@nw.example", BEGAN, BEGAN + 60_000), "base64");
    expect(bytes.subarray(0, 6).toString("hex")).toBe(`01${filetime.toString(16).padStart(16, "0").slice(0, 10)}`);
    expect(readBack(bytes.toString("base64"))).toMatchObject({ length: 27, reserved: 1, coarse: false, level: 0 });
  });

  test("the conversation is the same for all of its mails, and another one for another ticket", () => {
    const header = (thread: string, at: number) => threadIndex(thread, BEGAN, at).slice(0, 28);
    expect(header("ticket.7@nw.example", BEGAN)).toBe(header("ticket.7@nw.example", BEGAN + YEAR));
    expect(header("ticket.7@nw.example", BEGAN)).not.toBe(header("ticket.8@nw.example", BEGAN));
    expect(readBack(threadIndex("t", BEGAN, BEGAN)).guid).toBe(
      createHash("sha256").update("thread:t").digest("hex").slice(0, 32),
    );
  });

  test("the same mail has the same bytes, and a later one sorts after it", () => {
    const at = (ms: number) => Buffer.from(threadIndex("t", BEGAN, BEGAN + ms), "base64");
    expect(at(5000)).toEqual(at(5000));
    for (let ms = 1000; ms < YEAR; ms *= 3) expect(Buffer.compare(at(ms * 3), at(ms))).toBe(1);
  });

  test("both times can be read back, also after years", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: Date.UTC(2020, 0), max: Date.UTC(2060, 0) }),
        fc.integer({ min: 0, max: 20 * YEAR }),
        (beganAt, elapsed) => {
          const read = readBack(threadIndex("t", beganAt, beganAt + elapsed));
          expect(beganAt - read.beganAt).toBeGreaterThanOrEqual(0);
          expect(beganAt - read.beganAt).toBeLessThan(HEADER_MS);
          const wrong = beganAt + elapsed - (read.beganAt + read.elapsed);
          expect(wrong).toBeGreaterThanOrEqual(0);
          expect(wrong).toBeLessThan(read.coarse ? 840 : 28);
          expect(read.coarse).toBe(elapsed + (beganAt - read.beganAt) >= 2 ** 49 / 10_000);
        },
      ),
    );
  });

  test("a clock that went back makes no mail older than its conversation", () => {
    expect(threadIndex("t", BEGAN, BEGAN - 5000)).toBe(threadIndex("t", BEGAN, BEGAN));
  });
});
