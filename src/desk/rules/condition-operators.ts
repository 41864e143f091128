/**
 * How the values of a field are compared with those that a rule names. Texts arrive folded on both sides. A test holds
 * when any value of the field satisfies it for any of the values named.
 */
import { domainToASCII } from "node:url";
import type { FieldKind, OperatorName, Seen } from "./condition-fields.ts";
import { fold, hasWord } from "../words.ts";

export type OperatorRow = {
  /** What the value must be: text (or a list, any of which will do), a number, or true/false. */
  readonly takes: "text" | "number" | "flag";
  /** The text is the key of one of the desk's `lists`. */
  readonly names?: "list";
  readonly about: string;
  /** Undefined where both sides have to be equal (`normalForm`), and for patterns and `exists`. */
  readonly holds?: (seen: Seen, wanted: Seen) => boolean;
};

function textual(holds: (seen: string, wanted: string) => boolean): OperatorRow["holds"] {
  return (seen, wanted) => wanted !== "" && holds(String(seen), String(wanted));
}

function numeric(holds: (seen: number, wanted: number) => boolean): OperatorRow["holds"] {
  return (seen, wanted) => holds(Number(seen), Number(wanted));
}

export const OPERATORS: Readonly<Record<OperatorName, OperatorRow>> = {
  is: { takes: "text", about: "is exactly; an address is also matched by its domain" },
  contains: { takes: "text", about: "holds these characters anywhere", holds: textual((s, w) => s.includes(w)) },
  starts: { takes: "text", about: "begins with", holds: textual((s, w) => s.startsWith(w)) },
  ends: { takes: "text", about: "ends with", holds: textual((s, w) => s.endsWith(w)) },
  has_word: { takes: "text", about: "holds this word or phrase, whole", holds: textual(hasWord) },
  matches: { takes: "text", about: "matches this regular expression (RE2) anywhere" },
  in: { takes: "text", about: "is one of these" },
  in_list: { takes: "text", names: "list", about: "is in the desk's list of this name" },
  exists: { takes: "flag", about: "has a value (true) or none (false)" },
  at_least: { takes: "number", about: "is this number or more", holds: numeric((s, w) => s >= w) },
  at_most: { takes: "number", about: "is this number or less", holds: numeric((s, w) => s <= w) },
  more_than: { takes: "number", about: "is more than this number", holds: numeric((s, w) => s > w) },
  less_than: { takes: "number", about: "is less than this number", holds: numeric((s, w) => s < w) },
};

/** A value as it is compared: texts folded. */
export function comparable(value: Seen): Seen {
  return typeof value === "string" ? fold(value) : value;
}

/**
 * What a rule names, in the form that `formsOf` gives for what a field holds; undefined for what can never be equal. An
 * address is a whole one, or a bare domain: `x.example` or `@x.example` (not its subdomains).
 */
export function normalForm(wanted: Seen, kind: FieldKind): string | undefined {
  const asked = String(comparable(wanted));
  if (kind !== "address" && kind !== "domain") return asked;
  const at = asked.lastIndexOf("@");
  const written = asked.slice(at + 1);
  const domain = domainToASCII(written) || written;
  if (kind === "domain") return domain === "" ? undefined : domain;
  if (at > 0) return `${asked.slice(0, at)}@${domain}`;
  return domain === "" ? undefined : `@${domain}`;
}

/** The forms by which a comparable value of a field is equal to something. */
export function formsOf(seen: Seen, kind: FieldKind): readonly string[] {
  const form = String(seen);
  return kind === "address" && form.includes("@") ? [form, form.slice(form.lastIndexOf("@"))] : [form];
}
