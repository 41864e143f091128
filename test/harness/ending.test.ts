/** What a test run leaves behind: nothing, and never silently less than it claims. Tests of vitest run in vitest. */
import { execFile, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { describeWith } from "./describe-with.ts";
import { summary } from "./left-out.ts";
import { until } from "./wait.ts";

const ROOT = join(import.meta.dirname, "../..");
const HARNESS = join(ROOT, "test/harness");

const SUITES = {
  "needs.test.ts": `
    import { expect, it } from "vitest";
    import { describeWith } from "${HARNESS}/describe-with.ts";
    describeWith(["chromium"], "a page", () => { it("is shown", () => expect(1).toBe(1)); });
    describeWith([], "a sum", () => { it("is right", () => expect(1).toBe(1)); });`,
  "child.test.ts": `
    import { spawn } from "node:child_process";
    import { it } from "vitest";
    it("forgets a child", () => { spawn("sleep", ["4"]).unref(); });`,
  "worker.test.ts": `
    import { Worker } from "node:worker_threads";
    import { it } from "vitest";
    it("forgets a worker", () => { new Worker("setInterval(() => {}, 1000)", { eval: true }).unref(); });`,
  "tidy.test.ts": `
    import { spawn } from "node:child_process";
    import { once } from "node:events";
    import { Worker } from "node:worker_threads";
    import { it } from "vitest";
    it("ends both", async () => {
      const child = spawn("sleep", ["60"]);
      child.kill();
      const worker = new Worker("setInterval(() => {}, 1000)", { eval: true });
      await once(worker, "online");
      await worker.terminate();
      spawn("/no/such/program").on("error", () => {});
    });`,
};

describe("the end of a test run", () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "postern-vitest-"));
    mkdirSync(join(folder, "test"));
    symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
    writeFileSync(
      join(folder, "vitest.config.mjs"),
      `export default { test: { pool: "forks", setupFiles: ["${HARNESS}/leak-guard.ts"], globalSetup: ["${HARNESS}/left-out.ts"] } };`,
    );
    for (const [file, source] of Object.entries(SUITES)) writeFileSync(join(folder, "test", file), source);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const run = (file: keyof typeof SUITES, env: NodeJS.ProcessEnv = {}) =>
    new Promise<{ code: number; output: string }>((resolve) => {
      const args = [join(ROOT, "node_modules/vitest/vitest.mjs"), "run", "--root", folder, file];
      const options = { cwd: folder, env: { PATH: process.env["PATH"], NO_COLOR: "1", ...env } };
      execFile(process.execPath, args, options, (error, stdout, stderr) =>
        resolve({ code: error ? Number(error.code) : 0, output: stdout + stderr }),
      );
    });

  it("tells which suites were left out and what to install", async () => {
    const { code, output } = await run("needs.test.ts", { PATH: "/nowhere" });
    expect(code).toBe(0);
    expect(output).toContain("left out: chromium (1 suite): apt-get install chromium");
    expect(output).toMatch(/1 passed \| 1 skipped/);
  });

  it("fails with POSTERN_TEST_REQUIRE=all instead of leaving out", async () => {
    const { code, output } = await run("needs.test.ts", { PATH: "/nowhere", POSTERN_TEST_REQUIRE: "all" });
    expect(code).toBe(1);
    expect(output).toContain("this suite needs chromium: apt-get install chromium");
    expect(output).not.toContain("left out:");
  });

  it.each([
    ["child.test.ts", /left open by this test file:\s+child process \d+: sleep 4/],
    ["worker.test.ts", /left open by this test file:\s+worker thread \d+/],
  ] as const)("fails a file that leaves something running: %s", async (file, words) => {
    const { code, output } = await run(file);
    expect(output).toMatch(words);
    expect(code).toBe(1);
  });

  it("passes a file that ends what it starts", async () => {
    expect(await run("tidy.test.ts")).toMatchObject({ code: 0 });
  });

  it("counts suites, not the times that one was met", () => {
    const a = { suite: "a", lacking: ["dovecot", "redis"] as const };
    const b = { suite: "b", lacking: ["dovecot"] as const };
    expect(summary([a, a, b])).toEqual([
      "left out: dovecot (2 suites): apt-get install dovecot-imapd dovecot-lmtpd",
      "left out: redis (1 suite): apt-get install redis-server",
    ]);
    expect(summary([])).toEqual([]);
  });
});

describeWith(["redis", "postgres", "dovecot"], "the servers of a test process that is killed", () => {
  it("end with it, and their folders go too", async () => {
    const program = `
      const { startRedis, startPostgres, startDovecot } = await import("${HARNESS}/servers.ts");
      const servers = [await startRedis(), await startPostgres(), await startDovecot({ users: { a: "b" } })];
      console.log(JSON.stringify(servers.map(({ folder, pid }) => ({ folder, pid: pid() }))));
      setInterval(() => {}, 1000);`;
    const child = spawn(process.execPath, ["--input-type=module", "-e", program], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [line] = (await new Promise<string[]>((resolve) =>
      createInterface({ input: child.stdout }).once("line", (first) => resolve([first])),
    )) as [string];
    const servers = JSON.parse(line) as { folder: string; pid: number }[];
    expect(servers.map(({ folder, pid }) => existsSync(folder) && runs(pid))).toEqual([true, true, true]);
    child.kill("SIGKILL");
    await until(() => servers.every(({ folder, pid }) => !existsSync(folder) && !runs(pid)), {
      what: "the guards to clean up",
    });
  });
});

function runs(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
