import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { currentDesk } from "../../src/db/desk.ts";
import { cliWorld } from "./world.ts";

const EXAMPLE = readFileSync(new URL("../../desk.example.yaml", import.meta.url), "utf8");

describe("postern desk", { timeout: 90_000 }, () => {
  const world = cliWorld();

  it("shows what would change, applies it, and says when nothing does", async () => {
    const file = world.write("desk.yaml", EXAMPLE);
    const dry = await world.postern("desk", "apply", file, "--dry-run");
    expect(dry.code).toBe(0);
    expect(dry.stdout).toMatch(/\d+ differences; nothing was applied \(--dry-run\)\./);
    const db = await world.open();
    expect(await currentDesk(db)).toBeUndefined();
    expect(await world.postern("desk", "apply", file)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("Applied as version 1."),
    });
    expect(await world.postern("desk", "apply", file)).toMatchObject({ code: 0, stdout: "Nothing changes.\n" });
    expect((await currentDesk(db))?.version).toBe(1);
  });

  it("shows the difference to what is in force, as lines and as JSON", async () => {
    const changed = EXAMPLE.replace("role: trainee", "role: agent").replace("name: Ann Lee", "name: Ann Lehmann");
    const file = world.write("changed.yaml", changed);
    const dry = await world.postern("desk", "apply", file, "--dry-run");
    expect(dry.stdout).toContain("ben");
    expect(dry.stdout).toContain("Ann Lehmann");
    expect(dry.stdout).toContain("2 differences");
    const json = await world.postern("desk", "apply", file, "--dry-run", "--json");
    expect(JSON.parse(json.stdout).differences).toHaveLength(2);
    expect((await world.postern("desk", "apply", file)).stdout).toContain("Applied as version 2.");
  });

  it("refuses a file with mistakes, names their lines, and changes nothing", async () => {
    const file = world.write("wrong.yaml", EXAMPLE.replace("assign: least-open", "assign: nobody-knows"));
    const { code, stdout, stderr } = await world.postern("desk", "apply", file);
    expect(code).toBe(4);
    expect(stdout).toBe("");
    expect(stderr).toMatch(/wrong\.yaml:\d+/);
    expect(stderr).toContain("nobody-knows");
    expect(stderr).toContain("Nothing was changed.");
    expect((await currentDesk(await world.open()))?.version).toBe(2);
  });

  it("ends with 1 for a file that is not there", async () => {
    const { code, stderr } = await world.postern("desk", "apply", join(world.folder, "nowhere.yaml"));
    expect({ code, stderr: stderr.includes("nowhere.yaml") }).toEqual({ code: 1, stderr: true });
  });

  it("writes the desk back so that applying it changes nothing", async () => {
    const exported = await world.postern("desk", "export");
    expect(exported.code).toBe(0);
    expect(exported.stdout).toContain("Ann Lehmann");
    const file = join(world.folder, "exported.yaml");
    expect((await world.postern("desk", "export", "-o", file)).code).toBe(0);
    expect(readFileSync(file, "utf8")).toBe(exported.stdout);
    expect((await world.postern("desk", "apply", file)).stdout).toBe("Nothing changes.\n");
  });

  it("has nothing to export before the first apply", async () => {
    const empty = cliWorld();
    expect((await empty.postern("migrate")).code).toBe(0);
    const { code, stderr } = await empty.postern("desk", "export");
    expect(code).toBe(1);
    expect(stderr).toContain("postern desk apply");
  });
});
