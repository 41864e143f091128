/**
 * Message-ID, In-Reply-To and References (RFC 5322 section 3.6.4, obsolete forms in 4.5.4), read from the raw value:
 * comments, folding, missing brackets and prose around the ids are all seen in mail.
 */
import { decodeWords } from "./encoded-word.ts";
import type { MessageId } from "./types.ts";

/** A References header of a thread that never ends: the first, which names it, and the newest are enough to find it. */
const MAX_IDS = 200;
/** RFC 5322 section 2.1.1: no line, and so no id, is longer than this. */
const MAX_LENGTH = 998;

/**
 * @param headerValue unfolded header value, or several of them
 * @returns ids without brackets in the order of the header, without repetitions; at most the first and the last 199
 */
export function parseMessageIds(headerValue: string | readonly string[] | undefined): MessageId[] {
  const values = headerValue === undefined ? [] : typeof headerValue === "string" ? [headerValue] : headerValue;
  const found = new Set<MessageId>();
  for (const value of values) {
    for (const id of idsIn(value)) found.add(id);
  }
  const ids = [...found];
  return ids.length <= MAX_IDS ? ids : [...ids.slice(0, 1), ...ids.slice(1 - MAX_IDS)];
}

/** Checks one id: no white space, no brackets, no control characters, not absurdly long. Case is kept. */
export function asMessageId(text: string): MessageId | undefined {
  const id = text.replace(/\s+/g, "");
  // eslint-disable-next-line no-control-regex
  if (id.length < 3 || id.length > MAX_LENGTH || /[<>\u0000-\u0020\u007f]/.test(id)) return undefined;
  return id as MessageId;
}

/** The part after the last `@` in lower case, by which our own ids are recognised; undefined when there is none. */
export function messageIdHost(id: MessageId): string | undefined {
  const at = id.lastIndexOf("@");
  return at < 0 ? undefined : id.slice(at + 1).toLowerCase();
}

function idsIn(header: string): MessageId[] {
  // `=?utf-8?q?=3C1c4f=40home=2Eexample=3E?=`: RFC 2047 section 5 forbids encoded words here, and some servers write them.
  const value = header.includes("=?") ? decodeWords(header) : header;
  const bracketed = bracketedIds(value, true);
  if (bracketed.length > 0) return bracketed.flatMap(({ id, who }) => (who ? [] : [id]));
  const bare = bareIds(withoutComments(value));
  if (bare.length > 0) return bare;
  // `Your message of (Mon 23 Nov <1c4f@home.example>`: a comment that never ends hides nothing.
  return bracketedIds(value, false).flatMap(({ id, who }) => (who ? [] : [id]));
}

/** Without any bracket: `Message-ID: 12345@host.example`. A word with an @ counts, prose and people do not. */
function bareIds(value: string): MessageId[] {
  const words = value.split(/[\s,;"]+/).filter((word) => word !== "");
  // `Message-ID: 20261123100211A4F0`: some programs write no @ either. `unknown` and `none` are no ids.
  const only = words.length === 1 && /^(?=.*\d)[^@]{10,200}$/.test(words[0] as string);
  return words
    .filter((word, i) => only || (word.includes("@") && !FROM_WORD.test(words[i - 1] ?? "")))
    .map((word) => asMessageId(word.replace(/[<>]/g, "")))
    .filter((id) => id !== undefined);
}

/** `Message from Maria Santos <maria@home.example> of "Mon, 23 Nov 2026": the address of a person follows. */
const FROM_BEFORE = /(?:^|[\s"'])(?:from|by|von|de)\s[^<>;)]{0,150}$/i;
const FROM_WORD = /^(?:from|by|von|de)$/i;
/** `"Maria Santos <maria@home.example>"'s message of "Mon, 23 Nov 2026"` */
const MESSAGE_AFTER = /^["']{0,2}'s message\b/i;

type Bracketed = { readonly id: MessageId; readonly who: boolean };

/**
 * `<a@x> (a comment with <no id>) <b@y>`; `who` marks the address of a person in the prose that RFC 822 section 4.6.2
 * allowed. Taken for an id it would join everything that anybody ever answered to that person.
 */
function bracketedIds(value: string, comments: boolean): Bracketed[] {
  const ids: Bracketed[] = [];
  let depth = 0;
  let start = -1;
  let last = 0;
  for (let i = 0; i < value.length; i++) {
    const char = value[i];
    if (start >= 0) {
      if (char === ">") {
        const id = asMessageId(value.slice(start, i));
        const before = value.slice(Math.max(last, start - 160), start - 1);
        const who = FROM_BEFORE.test(before) || MESSAGE_AFTER.test(value.slice(i + 1, i + 20));
        if (id) ids.push({ id, who });
        start = -1;
        last = i + 1;
      } else if (char === "<") start = i + 1;
    } else if (char === "(" && comments) depth++;
    else if (char === ")" && depth > 0) depth--;
    else if (char === "<" && depth === 0) start = i + 1;
  }
  return ids;
}

/** Comments nest (RFC 5322 section 3.2.2); an unclosed one reaches to the end. */
export function withoutComments(value: string): string {
  let out = "";
  let depth = 0;
  let quoted = false;
  for (let i = 0; i < value.length; i++) {
    const char = value[i] as string;
    if (char === "\\" && (quoted || depth > 0)) {
      if (depth === 0) out += char + (value[i + 1] ?? "");
      i++;
    } else if (char === '"' && depth === 0) {
      quoted = !quoted;
      out += char;
    } else if (char === "(" && !quoted) depth++;
    else if (char === ")" && !quoted && depth > 0) depth--;
    else if (depth === 0) out += char;
  }
  return out;
}
