/** desk.yaml: the people, places and rules of a desk, as its admin writes them. Reading is pure; the text comes from outside. */
import { check } from "../yaml/fields.ts";
import type { FileError } from "../yaml/problem.ts";
import { readYaml, type Plain } from "../yaml/source.ts";
import { crossCheckDesk } from "./desk-file-check.ts";
import { keysOf, type DeskNames } from "./desk-file-names.ts";
import { deskSchema } from "./desk-file-schema.ts";
import type { Desk } from "./types.ts";

export type DeskResult =
  { readonly ok: true; readonly desk: Desk } | { readonly ok: false; readonly errors: readonly FileError[] };

/**
 * Reads a desk file. `fileName` is only for the messages. Every mistake is returned, in the order of the file, with its
 * line and what to write instead. The desk's `version` is 0 until it is stored.
 */
export function readDesk(text: string, fileName: string): DeskResult {
  const source = readYaml(text, fileName);
  if (!source.sound) return { ok: false, errors: source.errors };
  const checked = check(deskSchema(namesOf(source.value)), source.value ?? {});
  const problems = [...(checked.ok ? [] : checked.problems), ...crossCheckDesk(source.value)];
  const errors = [...source.errors, ...problems.map(source.place)].sort(
    (a, b) => a.line - b.line || a.column - b.column,
  );
  return checked.ok && errors.length === 0 ? { ok: true, desk: checked.value } : { ok: false, errors };
}

function namesOf(file: Plain): DeskNames {
  const root = typeof file === "object" && !Array.isArray(file) ? file : {};
  const [agent, department, topic, sla, schedule] = ["agents", "departments", "topics", "sla", "schedules"].map((key) =>
    keysOf(root[key]),
  ) as [string[], string[], string[], string[], string[]];
  return { agent, department, topic, sla, schedule };
}
