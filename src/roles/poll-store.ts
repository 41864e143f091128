/** What the poller needs of the store, under the lease of its mailbox: bytes are committed before the server hears of anything. */
import type { Db } from "../db/connect.ts";
import { markFinished, missingUids, storeInbound, storeTooLarge, unfinishedUids } from "../db/inbound.ts";
import { fence, type Lease } from "../db/lease.ts";
import { beginMailbox, mailboxByName, setMailboxState } from "../db/mailbox.ts";
import { packRaw } from "../db/raw.ts";
import type { PollStore } from "../imap/poller.ts";
import type { RawMessage } from "../mail/types.ts";

/** After a UIDVALIDITY change, unknown mail older than this gets no automatic mail. */
const OLD_MAIL_MS = 7 * 24 * 3600_000;

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;

export function pollStore(
  db: Db,
  mailbox: { id: number; name: string; maxBytes: number },
  lease: Lease,
  now: () => number,
): PollStore {
  const place = (uidValidity: number) => ({ mailboxId: mailbox.id, uidValidity });
  return {
    async begin(facts) {
      return {
        baseline: await db.transaction(
          async (tx) => (await fence(tx, lease), await beginMailbox(tx, mailbox.name, facts, now())),
        ),
      };
    },
    missing: (uidValidity, uids) => missingUids(db, place(uidValidity), uids),
    async commit(batch: RawMessage[]) {
      const packed = await Promise.all(batch.map(async (message) => ({ message, raw: await packRaw(message.source) })));
      await db.transaction(async (tx) => {
        await fence(tx, lease);
        const { validity_changed_at: changed } = await mailboxByName(tx, mailbox.name, now());
        for (const { message, raw } of packed) {
          const quiet = changed !== null && message.receivedAt < changed - OLD_MAIL_MS;
          await storeInbound(tx, place(message.uidValidity), message, raw, quiet, now());
        }
      });
    },
    async tooLarge(uidValidity, uid, bytes, envelope) {
      const reason = `${megabytes(bytes)} is over this mailbox's max_size of ${megabytes(mailbox.maxBytes)}; the message was left on the server`;
      await storeTooLarge(db, place(uidValidity), { uid, size: bytes, reason, ...envelope }, now());
    },
    unfinished: (uidValidity, present) => unfinishedUids(db, place(uidValidity), present),
    finished: (uidValidity, uids) => markFinished(db, place(uidValidity), uids),
    state: (state, detail) => setMailboxState(db, mailbox.name, state, detail, now()),
  };
}
