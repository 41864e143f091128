/** Sets of UIDs as IMAP writes them (RFC 9051 section 9, `sequence-set`). Pure. */

/** `[1, 2, 3, 7]` -> `1:3,7`. Input in any order, without repeats in the output. */
export function uidSet(uids: readonly number[]): string {
  const sorted = [...new Set(uids)].toSorted((a, b) => a - b);
  const runs: [number, number][] = [];
  for (const uid of sorted) {
    const last = runs.at(-1);
    if (last && uid === last[1] + 1) last[1] = uid;
    else runs.push([uid, uid]);
  }
  return runs.map(([first, last]) => (first === last ? String(first) : `${first}:${last}`)).join(",");
}

/** Consecutive pieces of at most `size`. */
export function chunks<T>(list: readonly T[], size: number): T[][] {
  const count = Math.ceil(list.length / size);
  return Array.from({ length: count }, (_, n) => list.slice(n * size, (n + 1) * size));
}

/** Consecutive batches of at most `messages` messages and `bytes` bytes; one message alone may be larger. */
export function batchesOf<T extends { readonly size: number }>(
  list: readonly T[],
  limit: { messages: number; bytes: number },
): T[][] {
  const batches: T[][] = [];
  let room = 0;
  for (const one of list) {
    const batch = batches.at(-1);
    if (!batch || batch.length >= limit.messages || one.size > room) {
      batches.push([one]);
      room = limit.bytes - one.size;
    } else {
      batch.push(one);
      room -= one.size;
    }
  }
  return batches;
}
