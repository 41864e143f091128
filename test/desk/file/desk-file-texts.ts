/** Small desk files for the tests beside this file. */
import { readDesk } from "../../../src/desk/file/desk-file.ts";
import type { Desk, Rule } from "../../../src/desk/types.ts";
import { formatError } from "../../../src/yaml/problem.ts";

export const SMALL = `name: Northwind
ticket_numbers: { prefix: NW }
defaults: { department: support }
agents:
  ann: { name: Ann Lee, emails: ann@nw.example, in: support }
departments:
  support: { address: Support@NW.example }
`;

export function errors(text: string): string[] {
  const result = readDesk(text, "desk.yaml");
  return result.ok ? [] : result.errors.map(formatError);
}

export function desk(text: string): Desk {
  const result = readDesk(text, "desk.yaml");
  if (!result.ok) throw new Error(result.errors.map(formatError).join("\n"));
  return result.desk;
}

/** The rule that these lines make, in a desk with agents ann and ben, department it, topic login. */
export function rule(lines: string): Rule {
  return desk(`${RULES}  - name: R\n    when: opened\n${lines.replace(/^/gm, "    ")}\n`).rules[0]!;
}

export const RULES = `${SMALL.replace("departments:", "  ben: { name: Ben, emails: ben@nw.example, in: [it] }\ndepartments:\n  it: { address: it@nw.example }")}
topics: { login: { title: Login } }
rules:
`;

export const ruleErrors = (lines: string) =>
  errors(`${RULES}  - name: R\n    when: opened\n${lines.replace(/^/gm, "    ")}\n`);
