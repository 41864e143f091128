/**
 * What the outermost prefix of a subject says the author did: `Fwd: Re: Cannot log in` was passed on, `Re: Fwd: …` was
 * answered. `VS:` is a forward in Danish and an answer in Finnish, so that the languages of the header block decide.
 */
import { ALL_WORDS } from "../words/all.ts";

export type PrefixKind = "forward" | "reply";

/** Only the beginning is looked at. In characters. */
const LOOKED_AT = 300;

/** Prefix to the languages that have it. */
const FORWARDS = collect(({ forwardPrefixes }) => forwardPrefixes);
const REPLIES = collect(({ replyPrefixes }) => replyPrefixes);

function collect(
  prefixes: (words: (typeof ALL_WORDS)[number]) => readonly string[],
): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const words of ALL_WORDS)
    for (const prefix of prefixes(words)) found.set(prefix, (found.get(prefix) ?? new Set()).add(words.code));
  return found;
}

/** `[NW-48201]` · `[EXTERN]` · `[list]`, three of them at most, in front of what a client wrote. */
const TAGS = /^(?:\s{0,3}\[[^[\]]{1,80}\]){0,3}\s{0,3}/;
/** `Fwd:` · `WG :` · `Fwd[2]:` · `转发：` · `Redir.:` */
const PREFIX = /^([\p{L}\p{M}.'-]{1,20}(?: [\p{L}\p{M}]{1,20}){0,3})\s?(?:\[\d{1,3}\]|\(\d{1,3}\)|\^\d{1,3})?\s?[:：]/u;

/**
 * @param subject decoded
 * @param languages of the header block in the mail; without them a prefix of two meanings says nothing
 */
export function outermostPrefix(subject: string, languages: readonly string[] = []): PrefixKind | undefined {
  const text = subject.slice(0, LOOKED_AT).normalize("NFC").replaceAll("\u200f", "").trim();
  // `[Fwd: Cannot log in]` (old Mozilla)
  if (/^\[fwd:/i.test(text)) return "forward";
  const prefix = PREFIX.exec(text.replace(TAGS, ""))?.[1];
  if (prefix !== undefined) {
    const kind = kindOf(prefix.toLowerCase().replaceAll("i\u0307", "i").replace(/\.$/, ""), languages);
    if (kind) return kind;
  }
  // `Cannot log in (fwd)` (Pine)
  return /\(fwd\)$/i.test(text) ? "forward" : undefined;
}

function kindOf(prefix: string, languages: readonly string[]): PrefixKind | undefined {
  const [forwards, replies] = [FORWARDS.get(prefix), REPLIES.get(prefix)];
  if (!forwards) return replies && "reply";
  // A language that has it for both uses it for forwards: `RV:` is on the Spanish list of answers only to be taken off.
  const answering = [...(replies ?? [])].filter((language) => !forwards.has(language));
  if (answering.length === 0) return "forward";
  const forwarding = languages.some((language) => forwards.has(language));
  const replying = languages.some((language) => answering.includes(language));
  return forwarding === replying ? undefined : forwarding ? "forward" : "reply";
}
