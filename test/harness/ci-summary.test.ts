import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";

const SCRIPT = join(import.meta.dirname, "../../scripts/ci-summary.ts");
const folder = mkdtempSync(join(tmpdir(), "postern-summary-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Case = { readonly passed: number; readonly failed?: number; readonly skipped?: number; readonly files?: object[] };

function summarize(report: Case | undefined, ...failedSteps: string[]): { code: number | null; lines: string[] } {
  const path = join(folder, "report.json");
  rmSync(path, { force: true });
  if (report) {
    const { passed, failed = 0, skipped = 0, files = [] } = report;
    const counts = { numPassedTests: passed, numFailedTests: failed, numPendingTests: skipped, testResults: files };
    writeFileSync(path, JSON.stringify(counts));
  }
  const { status, stdout } = spawnSync(process.execPath, [SCRIPT, path, ...failedSteps], { encoding: "utf8" });
  return { code: status, lines: stdout.trimEnd().split("\n") };
}

it("says how many passed when all did", () => {
  expect(summarize({ passed: 12, skipped: 1 })).toEqual({ code: 0, lines: ["1 skipped", "12 passed, 0 failed"] });
});

it("counts failed tests once, not again for the step that ran them", () => {
  const file = { name: "a.test.ts", status: "failed", assertionResults: [{ status: "failed" }] };
  const { code, lines } = summarize({ passed: 12, failed: 2, files: [file] }, "test");
  expect([code, lines.at(-1)]).toEqual([1, "12 passed, 2 failed"]);
});

it("counts a file that could not run, a failed step, and an error outside of every test", () => {
  const broken = { name: "a.test.ts", status: "failed", message: "cannot load", assertionResults: [] };
  expect(summarize({ passed: 3, files: [broken] }, "test")).toEqual({
    code: 1,
    lines: ["failed as a whole: a.test.ts", "cannot load", "failed: test", "3 passed, 1 failed"],
  });
  expect(summarize({ passed: 3 }, "lint", "types").lines.at(-1)).toBe("3 passed, 2 failed");
  expect(summarize({ passed: 3 }, "test").lines.at(-1)).toBe("3 passed, 1 failed");
});

it("fails when there is no report", () => {
  const { code, lines } = summarize(undefined, "test");
  expect([code, lines.at(-1)]).toEqual([1, "0 passed, 1 failed"]);
});
