/** Words, keys and joints for arbitrary desks. */
import fc from "fast-check";

/** Words that YAML would rather read as something else. */
const AWKWARD = [
  "yes",
  "0123",
  "1e3",
  "- a",
  "a: b",
  "#x",
  "{{ desk.name }}",
  "'",
  '"',
  "é ☃",
  "*a",
  "@b",
  "2026-01-01",
  "true",
  "a  b",
  "two\nlines",
  'two "quoted"\n\nlines ',
];
export const words = fc.oneof(fc.constantFrom(...AWKWARD), fc.stringMatching(/^[a-z][a-z .:]{0,12}[a-z]$/));

export const KEYS = {
  agents: ["ann", "ben", "c-3"],
  departments: ["support", "it"],
  topics: ["login", "other_one"],
  sla: ["gold", "silver"],
  schedules: ["office", "night"],
  organizations: ["fabrikam", "no"],
  canned: ["reset", "yes"],
  lists: ["vip", "0"],
};

export const optional = <T>(name: string, arbitrary: fc.Arbitrary<T>): fc.Arbitrary<object> =>
  fc.option(arbitrary, { nil: undefined }).map((value) => (value === undefined ? {} : { [name]: value }));

/** Several objects as one. */
export const together = (...parts: fc.Arbitrary<object>[]): fc.Arbitrary<object> =>
  fc.tuple(...parts).map((all) => Object.assign({}, ...all) as object);
