/** `sandbox mail`: somebody's inbox, read by IMAP. */
import { done, type Errand, inRunning, notSomebody, refused, senderNamed } from "./errand.ts";
import { type Letter, openMailbox } from "./mail-client.ts";
import { plain } from "./say.ts";
import { PASSWORD, type Place } from "./settings.ts";

export type MailOptions = {
  /** Which letter to show, counted from 1; the newest when left out. */
  readonly letter?: string;
  /** Shows the bytes. */
  readonly raw?: boolean;
};

export async function mailErrand(place: Place, who: string, { letter, raw }: MailOptions): Promise<Errand> {
  if (letter !== undefined && !/^[1-9]\d{0,5}$/.test(letter)) {
    return refused(2, `"${letter}" is not a number of a mail. The list shows them in its first column.`);
  }
  return await inRunning(place, async ({ running, desk }) => {
    const person = senderNamed(who, desk);
    if (!person) return refused(2, `"${who}" is nobody. ${notSomebody(desk)}`);
    const inbox = await openMailbox(running, person.address, person.password ?? PASSWORD).catch((error: Error) => {
      if ("authenticationFailed" in error) return undefined;
      throw error;
    });
    if (!inbox) return refused(3, `${person.address} has no mailbox: nobody has written there yet.`);
    try {
      return shown(person.address, await inbox.letters(), letter, raw === true);
    } finally {
      await inbox.close();
    }
  });
}

function shown(address: string, letters: readonly Letter[], asked: string | undefined, raw: boolean): Errand {
  if (letters.length === 0) return done(`${address} has no mail.`);
  const number = asked === undefined ? letters.length : Number(asked);
  const letter = letters[number - 1];
  if (!letter) return refused(3, `${address} has ${letters.length} mails and no number ${number}.`);
  if (raw) return done(letter.raw.toString("utf8"));
  const list = asked === undefined ? [`Mail of ${address}, the newest last:`, ...letters.map(line), ""] : [];
  return done(
    ...list,
    `From: ${letter.from.name} <${letter.from.address}>`,
    `Subject: ${plain(letter.subject)}`,
    "",
    plain(letter.text.trim()),
  );
}

function line({ at, from, subject }: Letter, index: number): string {
  const time = new Date(at).toTimeString().slice(0, 5);
  return `${String(index + 1).padStart(4)}  ${time}  ${plain(from.name || from.address)
    .slice(0, 32)
    .padEnd(32)}  ${plain(subject)}`;
}
