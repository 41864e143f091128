/** The harness around the gateway, with a small program in the gateway's place. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cli, spawnGateway, startGateway } from "./gateway.ts";

const PROGRAM = `
const [command, ...rest] = process.argv.slice(2);
if (command === "start" && rest.includes("--broken")) {
  console.error("postern.yaml:3 smtp: says nothing");
  process.exit(2);
} else if (command === "start" && rest.includes("--slow")) {
  setInterval(() => {}, 1000);
} else if (command === "start") {
  console.log(JSON.stringify({ level: 30, msg: "started", colour: process.env.NO_COLOR, secret: process.env.SECRET }));
  process.on("SIGTERM", () => { console.log("last words"); process.exit(7); });
  setInterval(() => {}, 1000);
  console.log("postern ready in 0.1 s");
} else {
  console.log(JSON.stringify([command, ...rest]));
  console.error("beside");
  process.exitCode = command === "fail" ? 3 : 0;
}
`;

describe("the gateway's harness", () => {
  let folder: string;
  let program: string;
  const configFile = "/nowhere/postern.yaml";
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "postern-gateway-"));
    program = join(folder, "program.mjs");
    writeFileSync(program, PROGRAM);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("waits for the ready line, reads the log, passes no environment but its own, and sees the exit code", async () => {
    process.env["SECRET"] = "x";
    const gateway = await startGateway({ configFile, program });
    expect(gateway.log).toEqual([{ level: 30, msg: "started", colour: "1" }]);
    expect(await gateway.stop()).toBe(7);
    expect(gateway.lines.at(-1)).toBe("last words");
  });

  it("kills at any moment, also before it is ready", async () => {
    const gateway = spawnGateway({ configFile, program, args: ["--slow"] });
    await gateway.kill9();
    expect(await gateway.exited).toEqual({ code: null, signal: "SIGKILL" });
    expect(() => process.kill(gateway.pid, 0)).toThrow(/ESRCH/);
  });

  it("says why it did not become ready", async () => {
    await expect(startGateway({ configFile, program, args: ["--broken"] })).rejects.toThrow(
      /exit code 2[^]*postern\.yaml:3 smtp: says nothing/,
    );
    await expect(startGateway({ configFile, program, args: ["--slow"], readyTimeoutMs: 100 })).rejects.toThrow(
      /not ready after 100 ms/,
    );
  });

  it("runs subcommands beside it", async () => {
    const listed = await cli({ configFile, program }, ["ticket", "list", "--json"]);
    expect(listed).toEqual({
      code: 0,
      stdout: `["ticket","list","--json","--config","${configFile}"]\n`,
      stderr: "beside\n",
    });
    expect((await cli({ configFile, program }, ["fail"])).code).toBe(3);
  });
});
