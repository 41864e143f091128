/**
 * Address headers (RFC 5322 section 3.4, obsolete forms in 4.4): one pass over the characters, so that a storm of
 * quotes, brackets or commas costs linear time.
 */
import { canonicalAddress } from "./address.ts";
import { decodeWords, oneLine } from "./encoded-word.ts";
import type { NamedAddress } from "./types.ts";

/** No person writes to more; a longer list is cut, with a defect. */
const MAX_ADDRESSES = 500;
const MAX_CHARACTERS = 128 * 1024;
/** Longer display names are somebody's prank. */
const MAX_NAME = 200;
/** A phrase that is an address itself fits in this; longer ones are not tried. */
const MAX_PHRASE = 1000;

export type AddressList = {
  readonly addresses: readonly NamedAddress[];
  /** Whether group syntax (`Team: a@x, b@y;`) was used: allowed for From by RFC 6854, never taken as proof of an author. */
  readonly group: boolean;
  /** Whether something was left out or guessed: no address, two angle brackets, an encoded address, a cut list. */
  readonly doubtful: boolean;
};

/** One mailbox in the making. `angles` counts pairs of brackets and whatever else makes it doubtful when there is more than one. */
type Draft = { phrase: string; comment: string; angle?: string; angles: number };

/**
 * Reads the mailboxes of an address header; what is no address is left out.
 * @param headerValue unfolded value, still encoded
 */
export function parseAddressList(headerValue: string | undefined): NamedAddress[] {
  return [...readAddressList(headerValue ?? "").addresses];
}

/** As parseAddressList, with what a careful reader must know about the list. */
export function readAddressList(headerValue: string): AddressList {
  const value = headerValue.slice(0, MAX_CHARACTERS);
  const strict = scan(value, true);
  // A quote or comment that is never closed would swallow the list: `"Maria <maria@x>`. Then both are plain characters.
  const scanned = strict ?? (scan(value, false) as Scan);
  const addresses: NamedAddress[] = [];
  let doubtful = strict === undefined || headerValue.length > MAX_CHARACTERS;
  for (const draft of namesJoined(scanned.drafts)) {
    const mailbox = asMailbox(draft);
    if (!mailbox || draft.angles > 1) doubtful = true;
    if (mailbox && addresses.length < MAX_ADDRESSES) addresses.push(mailbox);
    else if (mailbox) doubtful = true;
  }
  if (addresses.length === 0 && value.includes("=?")) return decodedWhole(value);
  return { addresses, group: scanned.group, doubtful };
}

/** `Santos, Maria <maria@x>` without quotes is one person. */
function namesJoined(drafts: readonly Draft[]): Draft[] {
  const joined: Draft[] = [];
  for (const draft of drafts) {
    const before = joined.at(-1);
    const half =
      before !== undefined && before.angle === undefined && /^[\p{L}][\p{L}\p{M} .'’-]{0,60}$/u.test(before.phrase);
    if (half && draft.angle !== undefined && draft.phrase !== "") {
      joined[joined.length - 1] = { ...draft, phrase: `${before.phrase}, ${draft.phrase}`, angles: 2 };
    } else joined.push(draft);
  }
  return joined;
}

/**
 * What a header says in which no usable address stands: `moderator`, `=?utf-8?b?…?=` around a bare address. The name is
 * decoded; the address is given as it stands, and is nobody's.
 */
export function asWritten(headerValue: string): { readonly name: string; readonly address: string } {
  const value = headerValue.slice(0, MAX_CHARACTERS);
  const [draft = emptyDraft()] = (scan(value, true) ?? (scan(value, false) as Scan)).drafts;
  const phrase = displayName(draft.phrase);
  if (draft.angle === undefined) return { name: phrase || displayName(draft.comment), address: "" };
  const angle = draft.angle.includes("=?") ? "" : oneLine(draft.angle).slice(0, MAX_NAME);
  return { name: phrase || displayName(draft.comment), address: angle };
}

/**
 * `From: =?utf-8?q?Bob_=3Cbob=40x=2Eexample=3E?=`: forbidden (RFC 2047 section 5), sent by robots, never trusted. An
 * address without brackets in there is nothing but a name: nobody is made a sender by what only decoding shows.
 */
function decodedWhole(value: string): AddressList {
  const decoded = decodeWords(value);
  const again = decoded.includes("=?") || !decoded.includes("<") ? undefined : scan(decoded, false);
  const addresses = (again?.drafts ?? []).map(asMailbox).filter((mailbox) => mailbox !== undefined);
  return { addresses: addresses.slice(0, MAX_ADDRESSES), group: false, doubtful: true };
}

function asMailbox(draft: Draft): NamedAddress | undefined {
  if (draft.angle !== undefined) {
    // A source route, `<@relay.example:maria@x>`, is obsolete and ignored (RFC 5322 section 4.4).
    const address = canonicalAddress(draft.angle.replace(/^@[^:]*:/, ""));
    return address && { name: displayName(draft.phrase || draft.comment), address };
  }
  // `maria @ home.example`: white space around the dots and the @ is obsolete syntax (RFC 5322 section 4.4).
  const phrase = draft.phrase.length > MAX_PHRASE ? "" : draft.phrase.replace(/\s*([@.])\s*/g, "$1");
  const address = canonicalAddress(phrase);
  return address && { name: displayName(draft.comment), address };
}

function displayName(text: string): string {
  return oneLine(decodeWords(text.replace(/\s+/g, " ")))
    .slice(0, MAX_NAME)
    .trim();
}

type Scan = { drafts: Draft[]; group: boolean };

/**
 * Splits the list at its commas, outside quotes, comments and brackets.
 * @param quotes false reads `"` and `(` as plain characters
 * @returns undefined when a quote, comment or bracket stays open
 */
function scan(value: string, quotes: boolean): Scan | undefined {
  const drafts: Draft[] = [];
  let draft = emptyDraft();
  let group = false;
  let mode: "text" | "quote" | "angle" = "text";
  let depth = 0;
  let at = false;
  const buffer: string[] = [];

  const take = (): string => {
    const text = buffer.join("");
    buffer.length = 0;
    return text;
  };
  const finish = (): void => {
    draft.phrase = (draft.phrase + take()).trim();
    if (draft.phrase !== "" || draft.angle !== undefined) drafts.push(draft);
    draft = emptyDraft();
    at = false;
  };

  for (let i = 0; i < value.length; i++) {
    const char = value[i] as string;
    if (quotes && char === "\\" && (mode === "quote" || depth > 0)) {
      const escaped = value[++i] ?? "";
      if (depth > 0) draft.comment += escaped;
      // An address in quotes keeps its escapes: canonicalAddress judges them.
      else buffer.push(mode === "quote" ? escaped : char + escaped);
    } else if (depth > 0) {
      depth += char === "(" ? 1 : char === ")" ? -1 : 0;
      if (depth > 0) draft.comment += char;
    } else if (mode === "quote") {
      if (char === '"') {
        mode = "text";
        // `"john doe"@x`: the quotes belong to the local part.
        if (value[i + 1] === "@") buffer.push('"');
      } else buffer.push(char);
    } else if (mode === "angle") {
      if (char === ">") {
        draft.angle ??= take();
        buffer.length = 0;
        mode = "text";
      } else buffer.push(char);
    } else if (quotes && char === "(") depth = 1;
    else if (quotes && char === '"') {
      const close = value.indexOf('"', i + 1);
      if (close > 0 && value[close + 1] === "@") buffer.push('"');
      mode = "quote";
    } else if (char === "<") {
      draft.phrase += take();
      draft.angles++;
      mode = "angle";
    } else if (char === ",") finish();
    else if (char === ";") finish();
    else if (char === ":" && draft.angle === undefined && !at) {
      group = true;
      draft = emptyDraft();
      buffer.length = 0;
    } else {
      at ||= char === "@";
      buffer.push(char);
    }
  }
  if (quotes && (mode !== "text" || depth > 0)) return undefined;
  if (mode === "angle") draft.angle ??= take();
  finish();
  return { drafts, group };
}

function emptyDraft(): Draft {
  return { phrase: "", comment: "", angles: 0 };
}
