import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { main } from "../../src/cli/main.ts";
import { cli } from "../harness/gateway.ts";
import { cliWorld, CONFIG } from "./world.ts";

describe("postern check", { timeout: 90_000 }, () => {
  const world = cliWorld();

  it("prints the configuration in force, secrets masked", async () => {
    const { code, stdout, stderr } = await world.postern("check");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toContain("imap.x.example");
    expect(stdout).toContain("sweep: 10s");
    expect(stdout).not.toContain("sesame");
  });

  it("says every mistake with file, line and what to write, and ends with 1", async () => {
    const file = world.write("wrong.yaml", CONFIG.replace("web: off", "sweep: 10\nweb: { port: high }\nwbe: off"));
    const { code, stdout, stderr } = await cli({ configFile: file, cwd: world.folder }, ["check"]);
    expect(code).toBe(1);
    expect(stdout).toBe("");
    const lines = stderr.trim().split("\n");
    expect(lines.length).toBeGreaterThanOrEqual(3);
    for (const line of lines) expect(line).toMatch(/wrong\.yaml:\d+/);
    expect(stderr).toMatch(/sweep/);
    expect(stderr).not.toMatch(/sesame|at file:|node:internal/);
  });

  it("finds what is wrong with the templates before the start does", async () => {
    const wrong = world.write("finnish.yaml", `${CONFIG}languages: [en, fi]\n`);
    const finnish = await cli({ configFile: wrong, cwd: world.folder }, ["check"]);
    expect(finnish).toMatchObject({ code: 1, stderr: expect.stringContaining('no mail templates in "fi"') });
    const none = world.write("none.yaml", `${CONFIG}templates: nowhere\n`);
    expect((await cli({ configFile: none, cwd: world.folder }, ["check"])).stderr).toMatch(
      /there is no folder .*nowhere/,
    );
    const empty = world.write("empty.yaml", `${CONFIG}languages: []\n`);
    expect((await cli({ configFile: empty, cwd: world.folder }, ["check"])).stderr).toMatch(
      /empty\.yaml:\d+.*languages/,
    );
  });

  it("names the file that is missing", async () => {
    const { code, stderr } = await cli({ configFile: join(world.folder, "nothing.yaml") }, ["check"]);
    expect(code).toBe(1);
    expect(stderr).toContain("nothing.yaml");
  });

  it("tries the servers with --connect and says which do not answer", async () => {
    const config = CONFIG.replaceAll(/host: (?:imap|smtp)\.x\.example/g, "host: 127.0.0.1, port: 1, tls: none");
    const file = world.write("closed.yaml", `${config}database: sqlite:postern.db\n`);
    const { code, stdout } = await cli({ configFile: file, cwd: world.folder }, ["check", "--connect"]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/ok\s+database: answers/);
    expect(stdout).toMatch(/FAIL\s+smtp:/);
    expect(stdout).not.toContain("sesame");
  });
});

describe("postern migrate", { timeout: 90_000 }, () => {
  const world = cliWorld();

  it("goes up, says when there is nothing to do, and down again", async () => {
    const up = await world.postern("migrate");
    expect(up.code).toBe(0);
    expect(up.stdout.match(/\d{8}_\d\d_\w+/g)).toHaveLength(
      readdirSync(join(import.meta.dirname, "../../migrations")).length,
    );
    expect((await world.postern("migrate")).stdout).toContain("up to date");
    const down = await world.postern("migrate", "--down");
    expect(down.stdout.match(/\d{8}_\d\d_\w+/g)).toHaveLength(1);
    expect(down).toMatchObject({ code: 0, stdout: expect.stringContaining("Taken back: ") });
    expect(await world.postern("ticket", "list")).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("postern migrate"),
    });
    expect((await world.postern("migrate")).code).toBe(0);
    expect(existsSync(join(world.folder, "postern.db"))).toBe(true);
  });
});

/** Runs a command line in this process; everything it prints comes back. */
async function inProcess(...args: string[]) {
  const printed = { stdout: "", stderr: "" };
  const spies = (["stdout", "stderr"] as const).map((stream) =>
    vi.spyOn(process[stream], "write").mockImplementation((text) => {
      printed[stream] += String(text);
      return true;
    }),
  );
  const shown = vi.spyOn(console, "error").mockImplementation((text: string) => void (printed.stderr += text));
  try {
    return { code: await main(args), ...printed };
  } finally {
    for (const spy of [...spies, shown]) spy.mockRestore();
  }
}

describe("wrong usage", { timeout: 90_000 }, () => {
  const world = cliWorld();

  it.each([
    [["nonsense"], /unknown command/],
    [["check", "--nonsense"], /unknown option/],
    [["ticket", "show"], /missing required argument/],
    [["ticket", "list", "sideways"], /"sideways" is not a view\. Write one of open, pending/],
    [["ticket", "list", "--limit", "many"], /write a whole number/],
    [["inbound", "list", "lost"], /"lost" is not a state\. Write one of stored/],
    [["inbound", "show", "abc"], /"abc" is not a number/],
    [["inbound", "accept", "abc"], /"abc" is not a number/],
    [["delivery", "list", "lost"], /"lost" is not a state\. Write one of pending/],
    [["delivery", "resend", "abc"], /"abc" is not a number/],
    [["rules", "replay", "--trigger", "clock"], /Write one of opened, customer_replied, agent_replied\./],
    [["rules", "replay", "--trigger", "closed"], /"closed" is none\. Write one of opened, customer_replied, agent_rep/],
    [["start", "--roles", "poll,cook"], /"cook" is not a role/],
    [["start", "--once"], /--once belongs to the sandbox/],
  ])("%j is answered with 2 and a sentence", async (args, message) => {
    const { code, stderr, stdout } = await inProcess(...args, "--config", world.configFile);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  it("ends the process with that code", async () => {
    expect((await world.postern("nonsense")).code).toBe(2);
  });

  it("help is no mistake", async () => {
    for (const args of [["--help"], ["ticket", "--help"]]) {
      const { code, stdout } = await inProcess(...args);
      expect(code).toBe(0);
      expect(stdout).toContain("Usage: postern");
    }
  });
});
