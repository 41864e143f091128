/**
 * Watches the order that must never be broken: a message is committed to the database before the mail server is told
 * that it was read (invariant I1). At the moment of the flag a connection of its own asks the database for the row.
 */
import type { Db } from "../db/connect.ts";
import type { Mailbox } from "./mail-state.ts";
import type { MailStore } from "./mail-store.ts";

export type SeenWatch = {
  /** Whether the row was there when the flag came; undefined while the message is unread. */
  storedFirst(mailbox: Mailbox, uid: number): Promise<boolean> | undefined;
  stop(): void;
};

export function watchSeen(store: MailStore, db: Db): SeenWatch {
  const answers = new Map<string, Promise<boolean>>();
  const key = ({ key, uidValidity }: Mailbox, uid: number): string => `${key}/${uidValidity}/${uid}`;
  const look = (mailbox: Mailbox): void => {
    for (const { uid, flags } of mailbox.messages) {
      if (!flags.has("\\Seen") || answers.has(key(mailbox, uid))) continue;
      const row = db("inbound").where({ uid, uid_validity: mailbox.uidValidity }).first("id");
      answers.set(
        key(mailbox, uid),
        row.then(Boolean, () => false),
      );
    }
  };
  store.on("change", look);
  return {
    storedFirst: (mailbox, uid) => answers.get(key(mailbox, uid)),
    stop: () => void store.off("change", look),
  };
}
