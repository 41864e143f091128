/**
 * The last look at a message before it leaves the parser: whatever its many readers took from hostile bytes, no string in
 * it holds what a database or a reader of JSON refuses.
 */
import { clean } from "./text.ts";

/** The same value, or a copy in which every string is free of NUL and of halves of characters. */
export function cleanThroughout<T>(value: T): T {
  return isClean(value) ? value : (cleaned(value) as T);
}

function isClean(value: unknown): boolean {
  if (typeof value === "string") return !value.includes("\0") && value.isWellFormed();
  if (typeof value !== "object" || value === null) return true;
  return Object.values(value).every(isClean);
}

function cleaned(value: unknown): unknown {
  if (typeof value === "string") return clean(value);
  if (Array.isArray(value)) return value.map(cleaned);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, cleaned(inner)]));
}
