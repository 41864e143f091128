/** desk.yaml: the people, places and rules of a desk, as its admin writes them. Reading is pure; text and files come from outside. */
import { check } from "../../yaml/fields.ts";
import type { FileError } from "../../yaml/problem.ts";
import { readYaml, type Source } from "../../yaml/source.ts";
import { NOTHING_BESIDE, type Beside } from "./desk-file-beside.ts";
import { crossCheckDesk } from "./desk-file-check.ts";
import { namesOf } from "./desk-file-names.ts";
import { deskSchema } from "./desk-file-schema.ts";
import type { Desk } from "../types.ts";

export { filesNamed } from "./desk-file-beside.ts";

export type DeskResult =
  { readonly ok: true; readonly desk: Desk } | { readonly ok: false; readonly errors: readonly FileError[] };

/**
 * Reads a desk file. `fileName` is only for the messages. Every mistake is returned, in the order of the file, with its
 * line and what to write instead. The desk's `version` is 0 until it is stored.
 * @param beside the files that `filesNamed` names
 */
export function readDesk(text: string, fileName: string, beside: Beside = NOTHING_BESIDE): DeskResult {
  const source = readYaml(text, fileName);
  if (!source.sound) return { ok: false, errors: source.errors };
  const checked = check(deskSchema(namesOf(source.value), beside), source.value ?? {});
  const problems = [...(checked.ok ? [] : checked.problems), ...crossCheckDesk(source.value)];
  const errors = [...source.errors, ...problems.map(source.place)].sort(
    (a, b) => a.line - b.line || a.column - b.column,
  );
  return checked.ok && errors.length === 0
    ? { ok: true, desk: withLines(checked.value, source) }
    : { ok: false, errors };
}

/** Each example with its place: a desk that is refused for one names it. */
function withLines(desk: Desk, source: Source): Desk {
  const rules = desk.rules.map((rule, n) => ({
    ...rule,
    examples: rule.examples.map((example, m) => ({
      ...example,
      ...placeOf(source.place({ path: ["rules", n, "examples", m], message: "" })),
    })),
  }));
  return { ...desk, rules };
}

const placeOf = ({ line, column }: FileError) => ({ line, column });
