/**
 * Messages that could not be fetched or stored at the first try. Each waits by itself and is then tried alone, so that a
 * message which a server cannot deliver (or which kills the connection) never holds up the ones behind it.
 */
import { createHash } from "node:crypto";

type Suspect = { tries: number; dueAt: number; why: string; answer: string; same: number; oversize: boolean };

export type Suspects = ReturnType<typeof createSuspects>;

/** `waits`: milliseconds after the first, second, … failed try; the last one repeats. Times are of one monotonic clock. */
export function createSuspects(waits: readonly number[]) {
  const all = new Map<number, Suspect>();
  const suspect = (uid: number): Suspect => {
    const found = all.get(uid) ?? { tries: 0, dueAt: 0, why: "", answer: "", same: 0, oversize: false };
    all.set(uid, found);
    return found;
  };

  function failed(uid: number, why: string, now: number): void {
    const one = suspect(uid);
    one.dueAt = now + (waits[Math.min(one.tries, waits.length - 1)] ?? 0);
    one.tries += 1;
    one.why = why;
  }

  return {
    failed,

    /** A batch failed. One message is to blame; of several any may be, so each is tried alone, at once. */
    batchFailed(uids: readonly number[], why: string, now: number): void {
      const [only] = uids;
      if (uids.length === 1 && only !== undefined) return failed(only, why, now);
      for (const uid of uids) suspect(uid).why = why;
    },

    /** How many times in a row the server has given exactly these bytes, this time included. */
    sameAnswers(uid: number, source: Buffer): number {
      const one = suspect(uid);
      const answer = createHash("sha256").update(source).digest("base64");
      one.same = answer === one.answer ? one.same + 1 : 1;
      one.answer = answer;
      return one.same;
    },

    /** The server announced more bytes than we accept, whatever its RFC822.SIZE says. */
    foundOversize(uid: number): void {
      suspect(uid).oversize = true;
    },

    isOversize: (uid: number): boolean => all.get(uid)?.oversize ?? false,

    tries: (uid: number): number => all.get(uid)?.tries ?? 0,

    cleared(uids: readonly number[]): void {
      for (const uid of uids) all.delete(uid);
    },

    /** Forgets the messages that are stored by now, or no longer in the mailbox. */
    keepOnly(missing: readonly number[]): void {
      if (all.size === 0) return;
      const open = new Set(missing);
      for (const uid of all.keys()) if (!open.has(uid)) all.delete(uid);
    },

    /** `fresh` may be fetched together, `alone` one by one, the least tried first; what is not due is in neither. */
    sort(uids: readonly number[], now: number): { fresh: number[]; alone: number[] } {
      const fresh = uids.filter((uid) => !all.has(uid));
      const due = uids.filter((uid) => (all.get(uid)?.dueAt ?? Infinity) <= now);
      const alone = due.toSorted((a, b) => suspect(a).tries - suspect(b).tries || a - b);
      return { fresh, alone };
    },

    /** When the next one is due; Infinity when there is none. */
    nextDue(): number {
      return Math.min(Infinity, ...[...all.values()].map((one) => one.dueAt));
    },

    /** For people: `2 messages cannot be read yet: uid 7 (no bytes, 3 tries), …`. */
    words(): string | undefined {
      const stuck = [...all].filter(([, one]) => one.tries > 0);
      if (stuck.length === 0) return undefined;
      const named = stuck.slice(0, 3).map(([uid, one]) => `uid ${uid} (${one.why}, tries: ${one.tries})`);
      return `messages that cannot be stored yet: ${stuck.length}: ${named.join(", ")}${stuck.length > 3 ? ", …" : ""}`;
    },
  };
}
