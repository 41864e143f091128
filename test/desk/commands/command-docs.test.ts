/** docs/commands.md is made from the table. To write it anew: UPDATE_DOCS=1 npx vitest run test/desk/command-docs */
import { readFileSync, writeFileSync } from "node:fs";
import { expect, it } from "vitest";
import { commandHelp, commandsPage, helpRows } from "../../../src/desk/commands/command-help.ts";
import { COMMANDS, COMMAND_NAMES } from "../../../src/desk/commands/command-table.ts";
import { FIELDS, OPERATOR_NAMES } from "../../../src/desk/rules/condition.ts";

const docs = (name: string) => new URL(`../../../docs/${name}`, import.meta.url);

it("docs/commands.md says what the table says", () => {
  if (process.env["UPDATE_DOCS"] === "1") writeFileSync(docs("commands.md"), commandsPage());
  expect(readFileSync(docs("commands.md"), "utf8")).toBe(commandsPage());
});

it("docs/rules.md has every field and operator, as the tables describe them", () => {
  const page = readFileSync(docs("rules.md"), "utf8");
  for (const [name, row] of Object.entries(FIELDS))
    expect(page).toMatch(new RegExp(`^\\| \`${name}\` .*${row.defaultOperator}`, "m"));
  for (const name of OPERATOR_NAMES) expect(page).toMatch(new RegExp(`^\\| \`${name}\` `, "m"));
});

it("#help lists what the role may use, in lines that fit", () => {
  const help = commandHelp("agent");
  for (const name of COMMAND_NAMES) {
    expect(help).toContain(`  #${name}`);
    for (const alias of COMMANDS[name].aliases) expect(help).toContain(`#${alias}`);
  }
  expect(commandHelp("trainee")).not.toContain("#dept");
  expect(Math.max(...help.split("\n").map((line) => line.length))).toBeLessThanOrEqual(78);
  expect(helpRows("trainee").map((row) => row.usage)).toContain("#tag WORD…");
});
