/** Plain values of a desk file before they are checked: what is not of the expected kind counts as empty. */
import type { Plain } from "../../yaml/source.ts";

export type Keys = { readonly [key: string]: Plain };

export const mapOf = (value: Plain): Keys => (typeof value === "object" && !Array.isArray(value) ? value : {});

export const entriesOf = (value: Plain): [string, Keys][] =>
  Object.entries(mapOf(value)).map(([key, entry]) => [key, mapOf(entry)]);

/** The values of a list with their places; one value alone is a list of one, at the place of the list. */
export const listOf = (value: Plain): [Plain, readonly number[]][] =>
  Array.isArray(value) ? value.map((entry, n) => [entry, [n]]) : value === undefined ? [] : [[value, []]];

export const textsOf = (value: Plain): string[] =>
  listOf(value).flatMap(([entry]) => (typeof entry === "string" ? [entry] : []));
