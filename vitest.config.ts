import { availableParallelism } from "node:os";
import { BaseSequencer, type TestSpecification } from "vitest/node";
import { defineConfig } from "vitest/config";

const json = process.env["POSTERN_TEST_JSON"];

/** These take minutes: begun last, one of them would run alone at the end. */
const LONG = /\/test\/(?:faults|scenarios\/01-street)\//;

class LongOnesFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLong = ({ moduleId }: TestSpecification) => LONG.test(moduleId);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // Processes, not threads: the tests start worker threads, send signals and change nothing for one another.
    pool: "forks",
    // Many tests wait for servers: on two cores two files at once take two thirds of the time of one after the other.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    sequence: { sequencer: LongOnesFirst },
    setupFiles: ["test/harness/leak-guard.ts"],
    globalSetup: ["test/harness/left-out.ts"],
    // A test that only computes takes milliseconds; the rest is for a busy machine with servers to start.
    testTimeout: 20_000,
    hookTimeout: 60_000,
    teardownTimeout: 10_000,
    reporters: json ? ["default", ["json", { outputFile: json }]] : ["default"],
  },
});
