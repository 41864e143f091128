import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { maskUrl, show } from "../../src/yaml/problem.ts";
import { formatDuration, formatSize, parseDuration, parseSize } from "../../src/yaml/units.ts";

describe("durations", () => {
  it.each([
    ["60s", 60_000],
    ["5m", 300_000],
    ["1h30m", 5_400_000],
    ["14D", 1_209_600_000],
    ["250ms", 250],
    ["0", 0],
  ])("%s", (text, ms) => {
    expect(parseDuration(text)).toBe(ms);
  });

  it.each(["", "60", "-5s", "1.5h", "5 m", "m", "1y", "99999999999s"])("%j is none", (text) => {
    expect(parseDuration(text)).toBeUndefined();
  });

  it("are read as they were written", () => {
    fc.assert(fc.property(fc.nat(400_000_000), (ms) => void expect(parseDuration(formatDuration(ms))).toBe(ms)));
  });
});

describe("sizes", () => {
  it.each([
    ["50MB", 52_428_800],
    ["1 gb", 1_073_741_824],
    ["64KB", 65_536],
    ["10B", 10],
  ])("%s", (text, bytes) => {
    expect(parseSize(text)).toBe(bytes);
  });

  it.each(["", "50", "MB", "-1MB", "1.5MB", "5TB"])("%j is none", (text) => {
    expect(parseSize(text)).toBeUndefined();
  });

  it("are read as they were written", () => {
    fc.assert(fc.property(fc.nat(2 ** 30), (bytes) => void expect(parseSize(formatSize(bytes))).toBe(bytes)));
  });
});

describe("what is shown", () => {
  it("masks passwords in URLs", () => {
    expect(maskUrl("postgres://me:a@b:c@db/x?sslmode=require&password=q")).toBe(
      "postgres://me:••••••@db/x?sslmode=require&password=••••••",
    );
    expect(maskUrl("redis://:x@localhost")).toBe("redis://:••••••@localhost");
    expect(maskUrl("postgres://db/x")).toBe("postgres://db/x");
    expect(maskUrl("sqlite:/var/a@b")).toBe("sqlite:/var/a@b");
  });

  it("is on one line and short", () => {
    expect(show("a\n  b")).toBe('"a b"');
    expect(show("x".repeat(500)).length).toBeLessThan(70);
  });
});
