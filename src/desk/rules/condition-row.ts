/**
 * What a row of the table of fields says, and the shapes that rows share. The rows are in condition-message.ts (what a
 * message says) and condition-fields.ts (everything else, and the whole table).
 */
import type { RuleFacts } from "./facts.ts";
import type { Desk } from "../types.ts";

export const OPERATOR_NAMES = [
  "is",
  "contains",
  "starts",
  "ends",
  "has_word",
  "matches",
  "in",
  "in_list",
  "exists",
  "at_least",
  "at_most",
  "more_than",
  "less_than",
] as const;
export type OperatorName = (typeof OPERATOR_NAMES)[number];

/** `domain` is compared like text, but `@x.example` and Unicode names mean the same as `x.example` in ASCII. */
export type FieldKind = "text" | "address" | "domain" | "number" | "flag";
export type Seen = string | number | boolean;
/** Whose keys a value must be one of. */
export type NameKind = "agent" | "department" | "topic" | "organization" | "sla" | "schedule" | "mailbox";

export type FieldRow = {
  readonly kind: FieldKind;
  readonly operators: readonly OperatorName[];
  readonly defaultOperator: OperatorName;
  /** What the argument is, for fields that need one (`header: { name: X-Spam-Flag, … }`). */
  readonly argument?: string;
  /** The only values there are, for fields with few. */
  readonly choices?: readonly string[];
  /** The values are keys of these parts of the desk, or one of `besides`. */
  readonly names?: NameKind;
  readonly besides?: readonly string[];
  /** What every value looks like, where there are too many to list. */
  readonly form?: { readonly is: RegExp; readonly write: string };
  /** Of numbers: the greatest there is. */
  readonly most?: number;
  /** Of numbers: what they count. */
  readonly unit?: "bytes" | "hours";
  /** True when rules may change it while they run. */
  readonly changes?: true;
  /** One line for the documentation. */
  readonly about: string;
  readonly read: (facts: RuleFacts, argument: string, desk: Desk) => readonly Seen[];
};

const TEXT: readonly OperatorName[] = [
  "is",
  "contains",
  "starts",
  "ends",
  "has_word",
  "matches",
  "in",
  "in_list",
  "exists",
];
const NAME: readonly OperatorName[] = ["is", "in", "exists"];
const COUNT: readonly OperatorName[] = ["is", "at_least", "at_most", "more_than", "less_than", "exists"];
/** Hours have fractions: nothing is ever exactly eight hours old. */
const HOURS: readonly OperatorName[] = ["at_least", "at_most", "more_than", "less_than", "exists"];

/** Shapes of rows: free text, text that is usually asked for as a whole, a key or word, an address, a number. */
export const text = { kind: "text", operators: TEXT, defaultOperator: "contains" } as const;
export const exact = { kind: "text", operators: TEXT, defaultOperator: "is" } as const;
export const name = { kind: "text", operators: NAME, defaultOperator: "is" } as const;
export const address = { kind: "address", operators: TEXT, defaultOperator: "is" } as const;
export const count = { kind: "number", operators: COUNT, defaultOperator: "is" } as const;
export const hours = { kind: "number", operators: HOURS, defaultOperator: "at_least", unit: "hours" } as const;

/** No value for what is not there. */
export function present(value: string | null | undefined): readonly string[] {
  return value === null || value === undefined || value === "" ? [] : [value];
}
