/** Liquid texts of a desk file, parsed while it is read: a slip in one is found now and not when a mail is due. */
import { scalar, Wrong } from "../../yaml/fields.ts";
import { liquidProblem } from "../notices/notice-template.ts";

/** What a canned text may name, and a text of a rule beside `match`. */
export const TEXT_VARIABLES = [
  "customer.name",
  "customer.first_name",
  "ticket.number",
  "ticket.subject",
  "department.name",
  "desk.name",
];

/** A text in Liquid that may name these variables. */
export const liquidText = (what: string, example: string, longest: number, variables: readonly string[]) =>
  scalar(what, `a text, e.g. "${example}"`, (input) => {
    if (input.length > longest) return new Wrong(`is ${input.length} characters long. Write at most ${longest}.`);
    const problem = liquidMistake(input, variables);
    return problem === undefined ? input : new Wrong(sentence(problem, example));
  });

/** The mistake and what to write instead. */
export const sentence = (problem: string, example: string): string =>
  `${problem.endsWith("?") ? problem : `${problem}.`} Write e.g. "${example}".`;

/** `is not a text in Liquid: line 2: there is no "x" here`; undefined when it is one. */
export function liquidMistake(input: string, variables: readonly string[]): string | undefined {
  const problem = liquidProblem(input, variables);
  const at = problem
    ?.replace(/^[^:]*:(\d+): /, "line $1: ")
    .replace(/^signature: /, "")
    .replace(/undefined filter: (\S+)/, 'there is no filter "$1"');
  return at === undefined ? undefined : `is not a text in Liquid: ${at}`;
}
