import { createWriteStream, existsSync, readFileSync, writeFileSync } from "node:fs";
import { once } from "node:events";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readOsTicket } from "../../src/cli/osticket-dump.ts";
import { currentDesk } from "../../src/db/desk.ts";
import { asJson, asPhpMyAdmin, asSql, withFilters, world, type World } from "../desk/osticket/osticket-world.ts";
import { cli as run } from "../harness/gateway.ts";
import { cliWorld } from "./world.ts";

const made = (): World =>
  withFilters({
    id: 7,
    name: "VIP",
    all: true,
    rules: [
      ["subject", "contains", "gold"],
      ["field.22", "equal", "gold"],
    ],
    actions: [["pri", { priority: 4 }]],
  });

describe("postern desk import osticket", { timeout: 120_000 }, () => {
  const cli = cliWorld();
  const importing = (...args: string[]) => cli.postern("desk", "import", "osticket", ...args);
  const dump = cli.write("dump.sql", asSql(made()));
  const desk = join(cli.folder, "desk.yaml");

  it("writes a desk file, says what to look at with lines, and the next commands", async () => {
    const { code, stdout, stderr } = await importing(dump, "-o", desk, "--prefix", "NW");
    expect({ code, stderr }).toMatchObject({ code: 0 });
    expect(stdout).toBe(
      `${desk}: 2 departments, 3 agents, 2 topics, 3 SLA plans, 2 schedules, 1 organization, 2 canned texts, 6 rules.\n`,
    );
    const line = Number(/desk\.yaml:(\d+) {2}filter 7 “VIP” looks at the form field `field\.22`/.exec(stderr)?.[1]);
    expect(readFileSync(desk, "utf8").split("\n")[line - 1]).toBe("  - name: VIP");
    expect(stderr).toContain("left out  staff 4 “Dora Gone” is not active and was left out.");
    expect(stderr).toContain(`postern desk apply ${desk} --dry-run`);
  });

  it("applies nothing by itself, and what it wrote can be applied", async () => {
    const db = await cli.open();
    expect(await currentDesk(db)).toBeUndefined();
    const applied = await cli.postern("desk", "apply", desk);
    expect(applied).toMatchObject({ code: 0, stdout: expect.stringContaining("Applied as version 1.") });
    expect(await currentDesk(db)).toMatchObject({ name: "Northwind Support", firstNumber: 48_201 });
  });

  it("replaces no file unasked", async () => {
    const before = readFileSync(desk, "utf8");
    const refused = await importing(dump, "-o", desk, "--prefix", "ZZ");
    expect(refused).toMatchObject({ code: 4, stderr: expect.stringContaining("is there already") });
    expect(readFileSync(desk, "utf8")).toBe(before);
    expect((await importing(dump, "-o", desk, "--prefix", "ZZ", "--overwrite")).code).toBe(0);
    expect(readFileSync(desk, "utf8")).toContain("{ prefix: ZZ, next: 48201 }");
  });

  it("says everything as JSON for programs", async () => {
    const { code, stdout } = await importing(dump, "--json");
    const result = JSON.parse(stdout);
    expect(code).toBe(0);
    expect(result).toMatchObject({ file: null, counts: { rules: 6 }, mistakes: [] });
    expect(result.desk).toContain("name: Northwind Support");
    expect(result.remarks).toContainEqual({
      table: "filter",
      id: "7",
      name: "VIP",
      line: expect.any(Number),
      text: expect.stringContaining("field.22"),
    });
  });

  it("refuses with 4, writes nothing then, and with 2 for a wrong option", async () => {
    const never = join(cli.folder, "never.yaml");
    const refused = await importing(cli.write("cut.sql", asSql(world()).slice(0, -900)), "-o", never);
    expect(refused).toMatchObject({ code: 4, stdout: "" });
    expect(refused.stderr).toMatch(/cut\.sql.*ends in the middle.*Nothing was written\./);
    expect(existsSync(never)).toBe(false);
    const wrong = await importing(dump, "--prefix", "n w");
    expect(wrong).toMatchObject({ code: 2, stderr: expect.stringContaining("such as NW") });
  });

  it("reads a dump of 200 MB of tickets in a heap of 64 MB", async () => {
    const file = join(cli.folder, "large.sql");
    const parts = asSql(made()).split("-- Dump completed");
    const out = createWriteStream(file);
    out.write(`${parts[0]}CREATE TABLE \`ost_ticket_extra\` (\`id\` int, \`body\` text);\n`);
    const row = `(1,'${"It\\'s a mail; -- with dashes, /* stars and ''quotes''. ".repeat(36)}')`;
    const insert = `INSERT INTO \`ost_ticket_extra\` VALUES ${Array.from({ length: 500 }, () => row).join(",")};\n`;
    for (let bytes = 0; bytes < 200_000_000; bytes += insert.length) if (!out.write(insert)) await once(out, "drain");
    out.end("-- Dump completed\n");
    await once(out, "finish");
    const plan = { configFile: cli.configFile, cwd: cli.folder, env: { NODE_OPTIONS: "--max-old-space-size=64" } };
    const small = await run(plan, ["desk", "import", "osticket", file, "--prefix", "NW"]);
    expect({ code: small.code, stderr: small.code === 0 ? "" : small.stderr }).toEqual({ code: 0, stderr: "" });
    expect(small.stdout).toContain("name: Northwind Support");
  });
});

describe("the file of a dump", () => {
  const cli = cliWorld();
  const read = async (name: string, content: string | Buffer, prefix?: string) => {
    const file = join(cli.folder, name);
    writeFileSync(file, content);
    return await readOsTicket(file, prefix);
  };

  it("gives the same rows in every form", async () => {
    const usual = await read("usual.sql", asSql(made()));
    expect(usual.get("staff")).toEqual(world()["staff"]);
    expect(usual.get("attachment")).toHaveLength(1);
    expect(usual.get("form_entry_values")).toEqual([expect.objectContaining({ value: "Northwind Support" })]);
    const others = [
      asSql(made(), { complete: true, oneRow: true, prefix: "help_" }),
      asSql(made(), { complete: true, creates: false }),
      `\n ${asJson(made())}`,
      asPhpMyAdmin(made(), "x_"),
    ];
    for (const text of others)
      for (const [table, rows] of await read("other", text))
        expect({ table, rows }).toEqual({ table, rows: usual.get(table) });
  });

  it("is refused when it is no dump of an osTicket, with what to do", async () => {
    const refusals: [string, string | Buffer, RegExp][] = [
      ["letter.sql", "Dear all, it's late.", /no dump of a database.*mysqldump --result-file/],
      ["empty.sql", "", /it is empty/],
      [
        "blog.sql",
        "CREATE TABLE wp_posts (id int);INSERT INTO wp_posts VALUES (1);",
        /no tables of osTicket.*wp_posts/,
      ],
      ["powershell.sql", Buffer.from(`\uFEFF${asSql(world())}`, "utf16le"), /UTF-16.*PowerShell/],
      ["latin.sql", Buffer.from(asSql(world()), "latin1"), /a text of ost_\w+ is not UTF-8/],
      ["packed.sql.gz", Buffer.from([0x1f, 0x8b, 8, 0]), /gunzip/],
      ["packed.zip", Buffer.from("PK\u0003\u0004"), /zip/],
      ["odd.json", '{"ost_staff": 1', /not JSON/],
      ["two.sql", asSql(world()) + asSql(world(), { prefix: "old_" }), /several osTickets.*--table-prefix/],
      ["old.sql", asSql(world()).replaceAll("ost_filter_action", "ost_filter_extra"), /before 1\.10/],
      [
        "older.sql",
        asSql(world()).replace("`ost_department` (\n  `id`", "`ost_department` (\n  `dept_id`"),
        /before 1\.10/,
      ],
      ["bare.sql", asSql(world(), { creates: false }), /--complete-insert/],
    ];
    for (const [name, content, why] of refusals) await expect(read(name, content)).rejects.toThrow(why);
    await expect(readOsTicket(join(cli.folder, "nowhere.sql"))).rejects.toThrow("cannot be read (ENOENT)");
    await expect(readOsTicket(cli.folder)).rejects.toThrow("cannot be read (EISDIR)");
    const two = await read("two.sql", asSql(world()) + asSql(world(), { prefix: "old_" }), "old_");
    expect(two.get("staff")).toEqual(world()["staff"]);
  });

  it("is refused when its tables are larger than settings are", async () => {
    const odd = world();
    odd["sla"] = Array.from({ length: 5_001 }, () => odd["sla"]![0]!);
    await expect(read("large.sql", asSql(odd))).rejects.toThrow(/ost_sla has more rows than settings ever have/);
  });
});
