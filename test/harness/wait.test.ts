import { expect, it } from "vitest";
import { until } from "./wait.ts";

it("returns the first truthy value, through falsy ones and throws", async () => {
  let looks = 0;
  const look = () => {
    if (++looks === 1) throw new Error("not there");
    return looks > 2 ? looks : undefined;
  };
  expect(await until(look, { what: "the third look", everyMs: 1 })).toBe(3);
});

it("says what it waited for, how long, and what it saw last", async () => {
  const options = { what: "the acknowledgement", timeoutMs: 30, everyMs: 5 };
  await expect(until(() => 0, options)).rejects.toThrow("waited 30 ms for the acknowledgement; last look saw 0");
  await expect(until(() => Promise.reject(new Error("refused")), options)).rejects.toThrow("last look threw refused");
});
