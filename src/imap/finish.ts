/** Does on the server what the mailbox wants done with a message that is safely stored: \Seen, move, delete or nothing. */
import { Refused, describe } from "./failure.ts";
import { UIDS_A_COMMAND } from "./fetch.ts";
import type { Mailbox } from "./mailbox.ts";
import type { AfterAction, Log, MailboxSettings, PollStore } from "./settings.ts";
import { chunks } from "./uids.ts";

export type Finishing = {
  readonly mailbox: Mailbox;
  readonly store: PollStore;
  readonly settings: MailboxSettings;
  readonly log: Log;
};

/**
 * Finishes the stored messages among `present` that the store names as unfinished. A refusal is returned in words and the
 * rest is left for the next round; it never stops fetching. Rejects when the connection ends or the store fails.
 */
export async function finish(f: Finishing, present: readonly number[]): Promise<string | undefined> {
  if (present.length === 0) return undefined;
  const { uidValidity } = f.mailbox.facts;
  const left = await f.store.unfinished(uidValidity, [...present]);
  for (const uids of chunks(left, UIDS_A_COMMAND)) {
    try {
      await act(f, f.settings.after, uids);
    } catch (error) {
      if (f.mailbox.closed) throw error;
      const why = `${f.settings.after.action} failed: ${describe(error)}`;
      f.log.warn(
        { mailbox: f.settings.name, messages: left.length, why },
        "Stored messages could not be finished on the server; tried again next round",
      );
      return why;
    }
    await f.store.finished(uidValidity, uids);
  }
  return undefined;
}

async function act(f: Finishing, after: AfterAction, uids: readonly number[]): Promise<void> {
  if (after.action === "leave") return;
  if (f.mailbox.facts.readOnly) throw new Refused("the server opened the folder read-only");
  if (after.action === "seen") return await f.mailbox.markSeen(uids);
  if (after.action === "move") {
    // It would come back under a new UID, for ever.
    if (sameFolder(after.to, f.settings.folder)) throw new Refused(`"${after.to}" is the folder that is polled`);
    return await f.mailbox.move(uids, after.to);
  }
  if ((await f.mailbox.remove(uids)) === "marked") {
    f.log.warn(
      { mailbox: f.settings.name, messages: uids.length },
      "Messages are marked \\Deleted but not expunged: the server has no UIDPLUS, and others have marked messages too",
    );
  }
}

/** INBOX is the one name that compares without case (RFC 9051 section 5.1). */
function sameFolder(a: string, b: string): boolean {
  return a === b || (a.toUpperCase() === "INBOX" && b.toUpperCase() === "INBOX");
}
