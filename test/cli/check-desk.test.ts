import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { emptyFolder, postern } from "../sandbox/story-child.ts";

const EXAMPLE = join(import.meta.dirname, "../../desk.example.yaml");

it("reads a desk file where there is no configuration, and makes nothing", { timeout: 60_000 }, async () => {
  const folder = await emptyFolder();
  const { code, stdout, stderr } = await postern(folder, "check", "--desk", EXAMPLE);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toMatch(/: no mistakes; \d+ rules, \d+ examples as expected\.\nThere is no configuration here/);
  expect(await postern(folder, "check", "--desk", "none.yaml")).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("none.yaml: cannot be read"),
  });
  for (const more of [[], ["--desk", EXAMPLE, "--connect"]])
    expect(await postern(folder, "check", ...more)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("there is no file"),
    });
  expect(readdirSync(folder)).toEqual([]);
});
