/**
 * Message-ID, In-Reply-To and References (RFC 5322 section 3.6.4, obsolete forms in 4.5.4), read from the raw value:
 * comments, folding, missing brackets and prose around the ids are all seen in mail.
 */
import type { MessageId } from "./types.ts";

/** A References header of a thread that never ends: the newest 200 are enough to find it. */
const MAX_IDS = 200;
/** RFC 5322 section 2.1.1: no line, and so no id, is longer than this. */
const MAX_LENGTH = 998;

/**
 * @param headerValue unfolded header value, or several of them
 * @returns ids without brackets in the order of the header, without repetitions; at most the last 200
 */
export function parseMessageIds(headerValue: string | readonly string[] | undefined): MessageId[] {
  const values = headerValue === undefined ? [] : typeof headerValue === "string" ? [headerValue] : headerValue;
  const found = new Set<MessageId>();
  for (const value of values) {
    for (const id of idsIn(value)) found.add(id);
  }
  return [...found].slice(-MAX_IDS);
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

function idsIn(value: string): MessageId[] {
  const bracketed = bracketedIds(value);
  if (bracketed.length > 0) return bracketed;
  // Without any bracket: `Message-ID: 12345@host.example`. A word with an @ counts, prose does not.
  return withoutComments(value)
    .split(/[\s,;"]+/)
    .filter((word) => word.includes("@"))
    .map((word) => asMessageId(word.replace(/[<>]/g, "")))
    .filter((id) => id !== undefined);
}

/** `<a@x> (a comment with <no id>) <b@y>` */
function bracketedIds(value: string): MessageId[] {
  const ids: MessageId[] = [];
  let depth = 0;
  let start = -1;
  for (let i = 0; i < value.length; i++) {
    const char = value[i];
    if (start >= 0) {
      if (char === ">") {
        const id = asMessageId(value.slice(start, i));
        if (id) ids.push(id);
        start = -1;
      } else if (char === "<") start = i + 1;
    } else if (char === "(") depth++;
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
