import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { didYouMean, nearest } from "../../src/text/nearest.ts";

const COMMANDS = [
  "close",
  "reopen",
  "pending",
  "assign",
  "take",
  "dept",
  "priority",
  "tag",
  "note",
  "help",
  "undo",
  "now",
];

describe("nearest", () => {
  it.each([
    ["clsoe", "close"],
    ["colse", "close"],
    ["Close", "close"],
    ["asign", "assign"],
    ["assing", "assign"],
    ["prioritty", "priority"],
    ["hlep", "help"],
    ["noet", "note"],
  ])("%s is meant to be %s", (word, meant) => {
    expect(nearest(word, COMMANDS)).toBe(meant);
  });

  it.each(["", "xyz", "invoice", "restart", "a"])("%j is nothing known", (word) => {
    expect(nearest(word, COMMANDS)).toBeUndefined();
  });

  it("takes the nearest, and the first of two as near", () => {
    expect(nearest("hosts", ["posts", "host"])).toBe("posts");
    expect(nearest("port", ["part", "port"])).toBe("port");
  });

  it("finds any word among itself and others", () => {
    fc.assert(fc.property(fc.constantFrom(...COMMANDS), (word) => void expect(nearest(word, COMMANDS)).toBe(word)));
  });

  it("is quick on hostile lengths", () => {
    expect(nearest("x".repeat(100_000), COMMANDS)).toBeUndefined();
  });
});

it("didYouMean is a sentence or nothing", () => {
  expect(didYouMean("prot", ["host", "port"])).toBe('Did you mean "port"? ');
  expect(didYouMean("zzz", ["host", "port"])).toBe("");
});
