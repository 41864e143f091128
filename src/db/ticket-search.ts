/**
 * Search: every word has to be there, in the ticket's number or subject, the customer's name or address, or the text of any
 * entry, notes too. Words are compared without regard to case. There is no index of words: what is bounded is the number of
 * words, their length, and how many tickets are shown.
 */
import type { Sight } from "../desk/sight.ts";
import type { Db } from "./connect.ts";
import { isSqlite } from "./connect.ts";
import { type Found, found, type TicketQuery } from "./ticket-sight.ts";

const MOST_WORDS = 8;
const LONGEST_WORD = 60;

/** Where a word may stand, as tests of one LIKE pattern each. */
const PLACES = ["ticket.public_number", "ticket.subject", "ticket.customer_name", "address.address"] as const;

/** Tickets within sight that have all of the words; spam is in none of it. */
export async function search(db: Db, words: string, sight: Sight, limit: number): Promise<Found> {
  const patterns = wordsOf(words).map(spellings);
  if (patterns.length === 0) return { tickets: [], total: 0 };
  const like = isSqlite(db) ? "like" : "ilike";
  return await found(db, sight, (query) => narrowed(query.where("ticket.spam", 0), patterns, like), limit);
}

/** The words that are looked for: the first eight, without brackets and quotation marks around them. */
export function wordsOf(words: string): readonly string[] {
  const found = words
    .normalize("NFC")
    .split(/\s+/u)
    .map((word) => word.replace(/^["'“”„«»([]+|["'“”„«»)\].,;:!?]+$/gu, "").slice(0, LONGEST_WORD))
    .filter((word) => word !== "");
  return [...new Set(found)].slice(0, MOST_WORDS);
}

/** A database folds the case of ASCII letters for certain; the others are looked for as people write them. */
function spellings(word: string): readonly string[] {
  const [first = "", ...rest] = [...word];
  const lower = word.toLowerCase();
  const capital = first.toUpperCase() + rest.join("").toLowerCase();
  const all = /^[\x20-\x7e]*$/.test(word) ? [lower] : [...new Set([lower, word.toUpperCase(), capital, word])];
  return all.map((one) => `%${one.replace(/[\\%_]/g, "\\$&")}%`);
}

function narrowed(query: TicketQuery, words: readonly (readonly string[])[], like: string): TicketQuery {
  for (const patterns of words) {
    const test = (column: string) => patterns.map(() => `${column} ${like} ? escape '\\'`).join(" or ");
    const entries = `exists (select 1 from entry where entry.ticket_id = ticket.id and (${test("entry.text")}))`;
    const tests = [...PLACES.map(test), entries];
    query.whereRaw(
      `(${tests.join(" or ")})`,
      tests.flatMap(() => patterns),
    );
  }
  return query;
}
