/** docs/commands.md is made from the table. To write it anew: UPDATE_DOCS=1 npx vitest run test/desk/commands/command-docs */
import { readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { helpAbout, helpRows } from "../../../src/desk/commands/command-help.ts";
import { commandsPage } from "../../../src/desk/commands/command-page.ts";
import { COMMANDS, COMMAND_NAMES } from "../../../src/desk/commands/command-table.ts";
import { may } from "../../../src/desk/permission.ts";
import { FIELDS, OPERATOR_NAMES } from "../../../src/desk/rules/condition.ts";
import { ROLES } from "../../../src/desk/types.ts";

const docs = (name: string) => new URL(`../../../docs/${name}`, import.meta.url);

it("docs/commands.md says what the table says", () => {
  if (process.env["UPDATE_DOCS"] === "1") writeFileSync(docs("commands.md"), commandsPage());
  expect(readFileSync(docs("commands.md"), "utf8")).toBe(commandsPage());
});

it("docs/commands.md has each command once, with who may, where it belongs and its undo", () => {
  const page = commandsPage();
  for (const name of COMMAND_NAMES) {
    const { label, example, undo, aliases } = COMMANDS[name];
    const [, section = ""] = page.split(`\n#### #${name}${label === "" ? "" : ` ${label}`}\n`);
    const own = section.split("\n####")[0] ?? "";
    for (const part of [`\n    ${example}\n`, `- Undo: ${undo}\n`, "- Where: in ", "- Who: "])
      expect(own).toContain(part);
    for (const alias of aliases) expect(own).toContain(`\`#${alias}\``);
    const cells = ROLES.map((role) => (may(role, COMMANDS[name].permission) ? "yes" : ""));
    expect(page).toContain(`\n| \`#${name}\` | ${cells.join(" | ")} |\n`);
  }
});

it("docs/rules.md has every field and operator, as the tables describe them", () => {
  const page = readFileSync(docs("rules.md"), "utf8");
  for (const [name, row] of Object.entries(FIELDS))
    expect(page).toMatch(new RegExp(`^\\| \`${name}\` .*${row.defaultOperator}`, "m"));
  for (const name of OPERATOR_NAMES) expect(page).toMatch(new RegExp(`^\\| \`${name}\` `, "m"));
});

describe("#help", () => {
  it("lists what the role may use, in lines that fit", () => {
    const rows = helpRows("agent");
    expect(rows).toHaveLength(COMMAND_NAMES.length);
    for (const name of COMMAND_NAMES) {
      const row = rows.find(({ usage }) => usage.split(" ")[0] === `#${name}`)!;
      for (const alias of COMMANDS[name].aliases) expect(row.help).toContain(`#${alias}`);
      expect(row.line.replace(/\s+/g, " ").trim()).toBe(`${row.usage} ${row.help}`);
    }
    expect(Math.max(...rows.flatMap(({ line }) => line.split("\n")).map((line) => line.length))).toBeLessThanOrEqual(
      78,
    );
    expect([...new Set(rows.map(({ group }) => group))]).toHaveLength(3);
    const trainee = helpRows("trainee").map(({ usage }) => usage);
    expect(trainee).toContain("#tag WORD…");
    expect(trainee).not.toContain("#dept NAME");
  });

  it("names the desk's own words", () => {
    const words = { words: { schliessen: "close", erledigt: "close" } } as const;
    expect(helpRows("agent", words)[0]?.help).toMatch(/^close the ticket \(also #schliessen #erledigt #resolve/);
    expect(helpAbout("close", "agent", words).join("\n")).toContain("Also #schliessen, #erledigt, #resolve,");
  });

  it("about one command says all of it", () => {
    const about = helpAbout("snooze", "agent");
    const text = about.join(" ").replace(/\s+/g, " ");
    expect(about[0]).toMatch(/^#snooze WHEN: nobody has to act until then/);
    for (const part of [
      "Also #later.",
      "Undo: Restores",
      "    #snooze tomorrow 9am".trim(),
      "Where: in the answer to a ticket's mail or behind a ticket's number.",
    ])
      expect(text).toContain(part);
    expect(text).not.toContain("Not for");
    expect(text).not.toContain("`");
    expect(helpAbout("dept", "trainee").join(" ")).toContain("Not for a trainee: it is for agent, lead, admin.");
    for (const name of COMMAND_NAMES)
      for (const line of helpAbout(name, "agent")) expect(line.length).toBeLessThanOrEqual(78);
  });
});
