/** Is what the server gave the whole message? Pure. */

/**
 * `complete`: at least as long as RFC822.SIZE (servers that estimate may give more). `short`: fewer bytes than promised, or
 * none of a message of size 0. `nothing`: NIL or no bytes of a message that has some.
 */
export type Answer = "complete" | "short" | "nothing";

/** `size` is RFC822.SIZE (RFC 9051 section 7.5.2), undefined when the server did not say. */
export function judgeAnswer(size: number | undefined, source: Buffer | undefined): Answer {
  if (source === undefined) return "nothing";
  if (source.length === 0) return size === 0 ? "short" : "nothing";
  return source.length >= (size ?? 0) ? "complete" : "short";
}

/** A server whose RFC822.SIZE is merely wrong gives the same short answer every time; after so many it is believed. */
export const BELIEVE_AFTER = 3;
