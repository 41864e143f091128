/** What a test compares with, as the desk file writes it: a text, a key of this desk, a pattern, a number, true or false. */
import { canonicalAddress, canonicalDomain } from "../../mail/address.ts";
import { didYouMean } from "../../text/nearest.ts";
import { Wrong } from "../../yaml/fields.ts";
import { show } from "../../yaml/problem.ts";
import { parseSize } from "../../yaml/units.ts";
import type { FieldRow, OperatorName } from "../rules/condition-fields.ts";
import { OPERATORS } from "../rules/condition-operators.ts";
import type { DeskNames } from "./desk-file-names.ts";
import { patternProblem } from "../rules/pattern.ts";

type Asked = { readonly field: FieldRow; readonly operator: OperatorName; readonly names: DeskNames };

/** One value of a test; a list is read value by value. */
export function readValue(asked: Asked, input: unknown, name: string): string | number | boolean | Wrong {
  const { field, operator } = asked;
  const given = input === undefined ? "an empty value" : show(input);
  if (field.kind === "flag" || OPERATORS[operator].takes === "flag")
    return input === "true" || input === "false"
      ? input === "true"
      : new Wrong(`${given} is neither true nor false. Write true or false.`);
  if (typeof input !== "string") return new Wrong(`${given} cannot be compared with. Write a text.`);
  if (field.kind === "number") return readNumber(asked, input);
  if (operator === "matches") return readPattern(input);
  if (OPERATORS[operator].names === "list") return oneOf(asked.names.list, input, "list");
  const known = field.choices ?? keysFor(asked);
  if (known !== undefined) return oneOf(known, input, field.names === "schedule" ? "schedule" : name);
  if (field.form !== undefined && !field.form.is.test(input))
    return new Wrong(`${given} can never be the ${name}. Write ${field.form.write}.`);
  const whole = operator === "is" || operator === "in";
  if (whole && (field.kind === "address" || field.kind === "domain") && !isAddressOrDomain(input))
    return new Wrong(
      `${given} is neither an address nor a domain. Write joe@example.com, or example.com for everybody there.`,
    );
  return input;
}

function isAddressOrDomain(input: string): boolean {
  if (canonicalAddress(input) !== undefined) return true;
  return /^@|\./.test(input) && canonicalDomain(input.replace(/^@/, "")) !== undefined;
}

/** The desk file does not know the mailboxes of postern.yaml. */
function keysFor({ field, names }: Asked): readonly string[] | undefined {
  if (field.names === undefined || field.names === "mailbox") return undefined;
  return [...names[field.names], ...(field.besides ?? [])];
}

const oneOf = (known: readonly string[], input: string, name: string): string | Wrong =>
  known.includes(input)
    ? input
    : new Wrong(
        `${show(input)} is no ${name} of this desk. ${didYouMean(input, known)}Known here: ${known.join(", ") || "none"}.`,
      );

/** Until when a number with an operator means anything: `hour` can be less than 24, but not more than 23. */
const BEYOND: Partial<Record<OperatorName, number>> = { less_than: 1, more_than: -1 };

function readNumber({ field: { unit, most }, operator }: Asked, input: string): number | Wrong {
  if (unit === "hours")
    return /^-?\d{1,6}(?:\.\d{1,4})?$/.test(input)
      ? Number(input)
      : new Wrong(`${show(input)} is not a number of hours. Write e.g. 8 or 0.5.`);
  const number = /^\d{1,15}$/.test(input) ? Number(input) : unit === "bytes" ? parseSize(input) : undefined;
  const example = unit === "bytes" ? "1000, or 5MB for a size" : "3";
  if (number === undefined) return new Wrong(`${show(input)} is not a number. Write e.g. ${example}.`);
  if (most !== undefined && number > most + (BEYOND[operator] ?? 0))
    return new Wrong(`${show(input)} is too great: it is ${most} at most. Write a number from 0 to ${most}.`);
  return number;
}

function readPattern(input: string): string | Wrong {
  const problem = patternProblem(input);
  if (problem === undefined) return input;
  return new Wrong(
    `${show(input)} is not a regular expression: ${problem.message}, at its character ${problem.position}. Write one in RE2's syntax, e.g. 'order (?P<order>\\d+)'.`,
    input.slice(0, problem.position - 1),
  );
}
