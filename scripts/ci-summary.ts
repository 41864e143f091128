/**
 * The last words of a run of continuous integration: `N passed, N failed`, from the JSON report of vitest.
 * Usage: ci-summary.ts REPORT [FAILED STEP]…. Exit code 1 when anything failed.
 */
import { readFileSync } from "node:fs";

type Report = {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message?: string;
    readonly assertionResults: readonly { readonly status: string }[];
  }[];
};

const [file = "", ...failedSteps] = process.argv.slice(2);
const report = read(file);
// A file that cannot be loaded, or whose hooks fail, fails without a failed test of its own.
const brokenFiles = (report?.testResults ?? []).filter(
  ({ status, assertionResults }) => status === "failed" && !assertionResults.some((test) => test.status === "failed"),
);
for (const { name, message } of brokenFiles) say(`failed as a whole: ${name}\n${message ?? ""}`);
for (const step of failedSteps) say(`failed: ${step}`);
if (!report) say("failed: the tests left no report");
if (report && report.numPendingTests > 0) say(`${report.numPendingTests} skipped`);

const alone = failedSteps.filter((step) => step !== "test").length;
// Tests that pass one by one in a run that fails all the same: an error outside of every test.
const unexplained = failedSteps.includes("test") && (report?.numFailedTests ?? 0) + brokenFiles.length === 0 ? 1 : 0;
const failed = (report?.numFailedTests ?? 0) + brokenFiles.length + alone + unexplained;
say(`${report?.numPassedTests ?? 0} passed, ${failed} failed`);
process.exitCode = failed > 0 || !report ? 1 : 0;

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function read(path: string): Report | undefined {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as Report;
  } catch {
    return undefined;
  }
}
