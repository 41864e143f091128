import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { currentDesk } from "../../src/db/desk.ts";
import { cliWorld } from "./world.ts";

const EXAMPLE = readFileSync(new URL("../../desk.example.yaml", import.meta.url), "utf8");

const calendar = (date: string) =>
  `BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:${date}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n`;

describe("postern desk", { timeout: 90_000 }, () => {
  const world = cliWorld();

  it("shows what would change, applies it, and says when nothing does", async () => {
    const file = world.write("desk.yaml", EXAMPLE);
    const dry = await world.postern("desk", "apply", file, "--dry-run");
    expect(dry.code).toBe(0);
    expect(dry.stdout).toMatch(/\d+ differences; nothing was applied \(--dry-run\)\./);
    expect(existsSync(join(world.folder, "postern.db"))).toBe(false);
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

  it("shows every mistake of a broken file at its place, and leaves the database as it is", async () => {
    const broken = readFileSync(new URL("../desk/file/desk-file-broken.yaml", import.meta.url), "utf8");
    const db = await world.open();
    const rows = async () =>
      await Promise.all(
        ["desk_version", "agent", "agent_address", "department", "topic", "counter"].map(
          async (table) => (await db(table).select("*")) as unknown[],
        ),
      );
    const before = await rows();
    const file = world.write("broken.yaml", broken);
    for (const options of [[], ["--dry-run"]]) {
      const { code, stdout, stderr } = await world.postern("desk", "apply", file, ...options);
      expect({ code, stdout }).toEqual({ code: 4, stdout: "" });
      const lines = stderr.trimEnd().split("\n");
      expect(lines).toHaveLength(23);
      expect(lines.slice(0, -1).every((line) => /broken\.yaml:\d+:\d+ [a-z]/.test(line))).toBe(true);
      expect(lines.at(-1)).toBe("Nothing was changed.");
      for (const part of [
        /:5:67 schedules\.office\.colour: there is no key "colour" here\. Known here: days/,
        /:5:35 .*overlap on mon\. Write hours that do not share a minute\.$/m,
        /:8:91 .*lead back to one another: gold -> standard -> gold\. Take/,
        /:13:51 .*there is no agent "anna" in this file\. Did you mean "ann"\?/,
        /:23:38 .*is not a regular expression: missing closing \), at its character 7\. Write one/,
      ])
        expect(stderr).toMatch(part);
    }
    expect(await rows()).toEqual(before);
  });

  it("refuses a file whose examples come out otherwise, also in a dry run", async () => {
    const file = world.write("examples.yaml", EXAMPLE.replace("has_word: [outage, down]", "contains: [outage, down]"));
    for (const options of [[], ["--dry-run"]]) {
      const { code, stdout, stderr } = await world.postern("desk", "apply", file, ...options);
      expect({ code, stdout }).toEqual({ code: 4, stdout: "" });
      const line = EXAMPLE.split("\n").findIndex((one) => one.includes("Download broken")) + 1;
      expect(stderr).toMatch(
        new RegExp(
          `examples\\.yaml:${line}:9 rule "Outages are urgent, newsletters are not": the example expects that the rule does nothing, but the result is that it acts: .*\\nNothing was changed\\.\\n$`,
        ),
      );
    }
    expect((await currentDesk(await world.open()))?.version).toBe(2);
  });

  it("reads calendars and messages beside the desk file, which an export no longer needs", async () => {
    mkdirSync(join(world.folder, "more", "mails"), { recursive: true });
    const year = new Date().getUTCFullYear();
    world.write("more/de.ics", calendar(`${year + 1}1003`));
    world.write(
      "more/mails/odd.eml",
      "From: =?utf-8?q?Jos=C3=A9?= <jose@x.example>\r\nTo: support@nw.example\r\nSubject: =?iso-8859-1?q?Stra=DFe?=\r\n" +
        "Content-Type: text/plain; charset=utf-8\r\n\r\nThe door is shut\r\n",
    );
    const rule = (word: string) => `  - name: Streets
    when: opened
    if: { subject: straße, body: { has_word: ${word} }, from_name: josé }
    then: { tag: street }
    examples:
      - { given: { eml: mails/odd.eml }, expect: { tag: street } }
`;
    const text = EXAMPLE.replace("2027-01-01]", "de.ics]");
    const file = world.write("more/desk.yaml", text + rule("door"));
    expect(await world.postern("desk", "apply", file)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("Applied as version 3."),
    });
    const desk = (await currentDesk(await world.open()))!;
    expect(desk.schedules["office"]?.holidays).toEqual(["2026-12-25", `${year + 1}-10-03`].sort());
    expect(desk.rules.at(-1)?.examples).toMatchObject([
      { given: { eml: expect.stringContaining("The door") }, line: 0 },
    ]);
    const exported = join(world.folder, "alone.yaml");
    expect((await world.postern("desk", "export", "-o", exported)).code).toBe(0);
    expect(readFileSync(exported, "utf8")).not.toMatch(/\.ics|\.eml/);
    expect((await world.postern("desk", "apply", exported)).stdout).toBe("Nothing changes.\n");
    world.write("more/desk.yaml", text + rule("window"));
    expect(await world.postern("desk", "apply", file)).toMatchObject({
      code: 4,
      stderr: expect.stringMatching(
        /desk\.yaml:\d+:9 rule "Streets": the example expects tag street, but the result is no tag street \(the rule did not hold\)\./,
      ),
    });
  });

  it("says where a file beside the desk file is missing or too large", async () => {
    world.write("huge.ics", "x".repeat(1_048_577));
    const text = EXAMPLE.replace("2027-01-01]", "none.ics, huge.ics]");
    const { code, stderr } = await world.postern("desk", "apply", world.write("beside.yaml", text));
    expect(code).toBe(4);
    expect(stderr).toMatch(
      /beside\.yaml:\d+:\d+ schedules\.office\.holidays\[2\]: none\.ics cannot be read \(there is none\)\. Write a path/,
    );
    expect(stderr).toMatch(/holidays\[3\]: huge\.ics is larger than 1MB\./);
  });

  it("is checked without the database", async () => {
    const other = cliWorld();
    const checked = await other.postern("check", "--desk", other.write("desk.yaml", EXAMPLE));
    expect(checked).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/desk\.yaml: no mistakes; 3 rules, 3 examples as expected\.\n$/),
    });
    const wrong = other.write("wrong.yaml", EXAMPLE.replace("expect: nothing", "expect: { priority: low }"));
    expect(await other.postern("check", "--desk", wrong)).toMatchObject({
      code: 4,
      stderr: expect.stringMatching(
        /wrong\.yaml:\d+:9 rule .*: the example expects priority low, but the result is priority normal/,
      ),
    });
    expect(existsSync(join(other.folder, "postern.db"))).toBe(false);
  });

  it("ends with 1 for a file that is not there", async () => {
    const { code, stderr } = await world.postern("desk", "apply", join(world.folder, "nowhere.yaml"));
    expect({ code, stderr: stderr.includes("nowhere.yaml") }).toEqual({ code: 1, stderr: true });
  });

  it("writes the desk back so that applying it changes nothing", async () => {
    const exported = await world.postern("desk", "export");
    expect(exported.code).toBe(0);
    expect(exported.stdout).toContain("name: Streets");
    const file = join(world.folder, "exported.yaml");
    expect((await world.postern("desk", "export", "-o", file)).code).toBe(0);
    expect(readFileSync(file, "utf8")).toBe(exported.stdout);
    expect((await world.postern("desk", "apply", file)).stdout).toBe("Nothing changes.\n");
  });

  it("exports the number of the next ticket, and says that a lower one has no effect", async () => {
    await (await world.open())("counter").where({ name: "ticket" }).update({ next: 48_300 });
    const exported = (await world.postern("desk", "export")).stdout;
    expect(exported).toMatch(/^ {2}next: 48300$/m);
    const apply = async (next: number) =>
      await world.postern("desk", "apply", world.write("next.yaml", exported.replace("next: 48300", `next: ${next}`)));
    expect((await apply(48_300)).stdout).toBe("Nothing changes.\n");
    expect((await apply(500)).stdout).toBe(
      "! ticket_numbers.next: 500 has no effect. The count only moves forward: the next ticket is number 48300.\nNothing changes.\n",
    );
    expect((await apply(60_000)).stdout).toMatch(/next ticket number 48201 -> 60000/);
    expect((await world.postern("desk", "export")).stdout).toContain("next: 60000\n");
  });

  it("refuses a file that is not UTF-8", async () => {
    const file = world.write("latin.yaml", "");
    writeFileSync(file, Buffer.from(EXAMPLE.replace("Ben Ortiz", "Ben Käse"), "latin1"));
    const line = EXAMPLE.split("\n").findIndex((one) => one.includes("Ben Ortiz")) + 1;
    expect(await world.postern("desk", "apply", file)).toMatchObject({
      code: 4,
      stdout: "",
      stderr: expect.stringMatching(
        new RegExp(`latin\\.yaml:${line}:21: a character here is not UTF-8; .*\\nNothing was changed\\.\\n$`),
      ),
    });
  });

  it("has nothing to export before the first apply", async () => {
    const empty = cliWorld();
    expect((await empty.postern("migrate")).code).toBe(0);
    const { code, stderr } = await empty.postern("desk", "export");
    expect(code).toBe(1);
    expect(stderr).toContain("postern desk apply");
  });
});
