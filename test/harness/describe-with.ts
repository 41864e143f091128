/** Suites that need a real server. */
import { describe, it } from "vitest";
import { missing, NEEDS } from "./binaries.ts";
import type { Need } from "./binaries.ts";
import { everythingRequired, recordLeftOut } from "./left-out.ts";

/**
 * `describe` for a suite that needs these servers. Where one is missing the suite is left out and the end of the run
 * says so; with POSTERN_TEST_REQUIRE=all it fails instead.
 */
export function describeWith(needs: readonly Need[], name: string, suite: () => void): void {
  const lacking = missing(needs);
  if (lacking.length === 0) return void describe(name, suite);
  if (!everythingRequired()) {
    recordLeftOut(name, lacking);
    return void describe.skip(name, suite);
  }
  describe(name, () => {
    it(`has ${lacking.join(" and ")}`, () => {
      const packages = lacking.map((need) => NEEDS[need].install).join(" ");
      throw new Error(`this suite needs ${lacking.join(", ")}: apt-get install ${packages}`);
    });
  });
}
