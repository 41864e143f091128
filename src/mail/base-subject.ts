/**
 * The base subject (RFC 5256 section 2.1), with the reply and forward prefixes of other languages; and our ticket
 * number in a subject. Pure text: the subject is already decoded.
 */

/** Far beyond any real subject, and a bound for the work. */
const MAX_SUBJECT = 2000;

/** `subj-refwd` of RFC 5256 section 5 is re, fw, fwd; the others are what clients write in their own languages. */
const PREFIXES = [
  "re fw fwd",
  "aw wg antw antwort", // German
  "sv vs vb vl fs videresendt vidarebefordrat", // Nordic
  "antw doorst", // Dutch
  "rv tr réf ref rép rep", // Spanish, French
  "r i rif inoltra", // Italian
  "res enc", // Portuguese
  "odp pd", // Polish
  "ynt ilt", // Turkish
  "vá va továbbítás tovább", // Hungarian
  "απ πρθ σχετ", // Greek
  "отв пересл", // Russian
  "回复 回覆 答复 转发 轉寄 转寄 返信 転送 답장 회신 전달",
  "תגובה הועבר رد",
]
  .flatMap((language) => language.split(" "))
  .toSorted((a, b) => b.length - a.length);

/** `Re:`, `RE[2]:`, `Re (3):`, `Re^2:`, `回复：` with the wide colon, and `Re [list]:` as the RFC's subj-blob. */
const LEADER = new RegExp(
  `^(?:${PREFIXES.join("|")})\\s{0,3}(?:\\[[^\\[\\]]{0,100}\\]|\\(\\d{1,3}\\)|\\^\\d{1,3})?\\s{0,3}[:：]\\s*`,
  "iu",
);
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
    text = text.replace(FORWARD_TRAILER, "");
    text = text.replace(LEADER, "");
    const withoutBlob = text.replace(BLOB, "");
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
