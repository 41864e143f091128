/**
 * The base subject (RFC 5256 section 2.1), with the reply and forward prefixes of other languages; and our ticket
 * number in a subject. Pure text: the subject is already decoded.
 */
import { ALL_WORDS } from "./words/all.ts";

/** Far beyond any real subject, and a bound for the work. */
const MAX_SUBJECT = 2000;

/** Beyond the tables: what other clients and older versions put there. */
const MORE_PREFIXES = [
  "re fw fwd", // subj-refwd of RFC 5256 section 5
  "vl fs videresendt vidarebefordrat", // Nordic
  "rv réf ref rép rep", // French, Spanish
  "r i rif inoltra", // Italian
  "enc pd", // Portuguese, Polish
  "vá va továbbítás tovább", // Hungarian
  "πρθ σχετ", // Greek
  "İlt İlet", // Turkish: the capital is no other case of `i`
].flatMap((language) => language.split(" "));

/** In the tables because people use them so, but no program adds them: "concerning", "answer". They are part of a subject. */
const WRITTEN_BY_PEOPLE = new Set("ang vedr betr на answer response topic".split(" "));

const PREFIXES = [
  ...new Set([...ALL_WORDS.flatMap((words) => [...words.replyPrefixes, ...words.forwardPrefixes]), ...MORE_PREFIXES]),
]
  .filter((prefix) => !WRITTEN_BY_PEOPLE.has(prefix))
  .toSorted((a, b) => b.length - a.length)
  .map((prefix) => prefix.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));

/** `Re:`, `RE[2]:`, `Re (3):`, `Re^2:`, `回复：` with the wide colon, and `Re [list]:` as the RFC's subj-refwd has it. */
const LEADER = new RegExp(
  `^(?:${PREFIXES.join("|")})\\s{0,3}(?:\\[[^\\[\\]]*\\]|\\(\\d{1,3}\\)|\\^\\d{1,3})?\\s{0,3}[:：]\\s*`,
  "iu",
);
/** subj-blob: anything in brackets but brackets. */
const BLOB = /^\[[^[\]]*\]\s*/;
const FORWARD_TRAILER = /\s*\(fwd\)\s*$/i;

/**
 * The subject without what replying and forwarding added; idempotent. Case is kept: compare in lower case.
 * A leading `[blob]` goes too when something is left without it (RFC 5256 section 2.1 step 5).
 */
export function baseSubject(subject: string): string {
  let text = subject.slice(0, MAX_SUBJECT).normalize("NFC").slice(0, MAX_SUBJECT).replace(/\s+/g, " ").trim();
  for (;;) {
    const before = text;
    text = text.replace(FORWARD_TRAILER, ""); // step 2
    text = text.replace(LEADER, ""); // step 3; a blob before it has gone in the round before
    const withoutBlob = text.replace(BLOB, ""); // step 4
    if (withoutBlob !== "") text = withoutBlob;
    // Step 6: `[Fwd: Cannot log in]` is a forward's envelope.
    const forwarded = /^\[fwd:(.*)\]$/i.exec(text);
    if (forwarded) text = forwarded[1] as string;
    text = text.trim();
    if (text === before) return text;
  }
}

/**
 * Our ticket number in a subject: `Re: Cannot log in [NW-48201]` with prefix `NW` gives 48201.
 * Only with the brackets and our own prefix: other desks' numbers never match.
 */
export function ticketNumberIn(subject: string, prefix: string): number | undefined {
  const digits = numberPattern(prefix).exec(subject.slice(0, MAX_SUBJECT))?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** The subject without our ticket numbers, for showing and for comparing. */
export function withoutTicketNumber(subject: string, prefix: string): string {
  return subject
    .slice(0, MAX_SUBJECT)
    .replace(new RegExp(numberPattern(prefix), "gi"), " ")
    .replace(/\s+/g, " ")
    .trim();
}

function numberPattern(prefix: string): RegExp {
  return new RegExp(`\\[\\s?${prefix.replace(/[^A-Za-z0-9]/g, "\\$&")}-(\\d{1,12})\\s?\\]`, "i");
}
