/**
 * Suites that were left out for lack of a server, told at the end of the run so that green is not taken for complete.
 * Set up once a run (vitest globalSetup); test files write to the list through the file that the environment names.
 */
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { NEEDS } from "./binaries.ts";
import type { Need } from "./binaries.ts";

const LIST = "POSTERN_LEFT_OUT_LIST";

/** True when a suite that cannot run is a failure: POSTERN_TEST_REQUIRE=all, as in continuous integration. */
export const everythingRequired = (): boolean => process.env["POSTERN_TEST_REQUIRE"] === "all";

/** Notes that a suite was left out for lack of these. */
export function recordLeftOut(suite: string, lacking: readonly Need[]): void {
  const list = process.env[LIST];
  if (list) appendFileSync(list, `${JSON.stringify({ suite, lacking })}\n`);
}

/** One line for each server that is missing: `left out: redis (2 suites): apt-get install redis-server`. */
export function summary(entries: readonly { readonly suite: string; readonly lacking: readonly Need[] }[]): string[] {
  const needs = (Object.keys(NEEDS) as Need[]).map((need) => ({
    need,
    suites: new Set(entries.filter(({ lacking }) => lacking.includes(need)).map(({ suite }) => suite)).size,
  }));
  return needs
    .filter(({ suites }) => suites > 0)
    .map(
      ({ need, suites }) =>
        `left out: ${need} (${suites} ${suites === 1 ? "suite" : "suites"}): apt-get install ${NEEDS[need].install}`,
    );
}

/** Called by vitest before the first test file; what it returns is called after the last. */
export default function setup(): () => void {
  const folder = mkdtempSync(join(tmpdir(), "postern-left-out-"));
  const list = join(folder, "suites");
  appendFileSync(list, "");
  process.env[LIST] = list;
  return () => {
    const lines = readFileSync(list, "utf8").split("\n").filter(Boolean);
    rmSync(folder, { recursive: true, force: true });
    const told = summary(lines.map((line) => JSON.parse(line) as { suite: string; lacking: Need[] }));
    if (told.length > 0) process.stdout.write(`\n${told.join("\n")}\n`);
  };
}
