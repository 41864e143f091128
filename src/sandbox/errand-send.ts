/** `sandbox send`, `reply` and `answer`: a mail from anybody in the world, and what the gateway made of it. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Db } from "../db/connect.ts";
import { deliveryById } from "../db/delivery.ts";
import { ticketByNumber } from "../db/ticket.ts";
import { canonicalAddress } from "../mail/address.ts";
import { tokenInAddress } from "../mail/token.ts";
import type { Desk } from "../desk/types.ts";
import { deskMailboxFor } from "./desk-mailbox.ts";
import { agentAt, done, type Errand, inRunning, notSomebody, refused, senderNamed } from "./errand.ts";
import { answer, type Letter, type NewLetter, openMailbox, sendLetter, type Sender } from "./mail-client.ts";
import { outcomeByMessageId } from "./outcome.ts";
import { PASSWORD, type Place, type Ports } from "./settings.ts";

/** The gateway needs a few hundredths of a second; this is for a busy machine. */
const PATIENCE_MS = 10_000;
/** A mail that was just sent may still be on its way to the one who answers it. */
const LETTER_PATIENCE_MS = 3000;

export type SendOptions = {
  readonly from: string;
  readonly name?: string;
  readonly to?: string;
  readonly subject: string;
  readonly text: string;
};

/** Sends one mail. A resident of the world logs in; anybody else proves nothing, as on the real net. */
export async function sendErrand(place: Place, { from, name, to, subject, text }: SendOptions): Promise<Errand> {
  return await inRunning(place, async ({ running, db, desk }) => {
    const sender = senderNamed(from, desk);
    if (!sender) return refused(2, `--from: "${from}" is nobody. ${notSomebody(desk)}`);
    const usual = desk.departments[desk.defaults.department]!.address;
    const recipient = canonicalAddress(to ?? usual);
    if (!recipient) return refused(2, `--to: "${to}" is not an address. Write one such as ${usual}.`);
    const letter = { to: recipient, subject, text };
    const messageId = await sendAs(running, { ...sender, name: name ?? sender.name }, letter);
    if (deskMailboxFor(desk, recipient) === undefined)
      return done(`Sent to ${recipient}, which is no address of the desk.`);
    return await told(db, `Sent to ${recipient}.`, messageId);
  });
}

/** An agent of another desk than the sandbox's first can log in once somebody has written there: until then, without proof. */
async function sendAs(ports: Ports, sender: Sender, letter: NewLetter): Promise<string> {
  return await sendLetter(ports, sender, letter).catch(async (error: Error & { code?: string }) => {
    if (error.code !== "EAUTH") throw error;
    return await sendLetter(ports, { address: sender.address, name: sender.name }, letter);
  });
}

/** Answers the newest mail that somebody has about a ticket, as their mail program would. */
export async function replyErrand(place: Place, asked: string, who: string, text: string): Promise<Errand> {
  return await inRunning(place, async ({ running, db, desk }) => {
    const sender = senderNamed(who, desk);
    if (!sender) return refused(2, `--as: "${who}" is nobody. ${notSomebody(desk)}`);
    const number = /^\d+$/.test(asked) ? `${desk.prefix}-${asked}` : asked.replace(/^\[|\]$/g, "").toUpperCase();
    if (!(await ticketByNumber(db, number))) {
      return refused(3, `There is no ticket ${number}. "npx postern sandbox send" makes one.`);
    }
    const letter = await letterAbout(running, db, sender, { number, text, desk });
    if (!letter)
      return refused(
        3,
        `${sender.address} has no mail about ${number} to answer. "npx postern sandbox mail ${who}" shows what there is.`,
      );
    const messageId = await answer(running, sender, letter, text);
    return await told(db, `${sender.name || sender.address} answered "${letter.subject}".`, messageId);
  });
}

/** Answers one mail of somebody's inbox: a list, say, or a question of the desk. `asked`: its number in the inbox, or `last`. */
export async function answerErrand(place: Place, asked: string, who: string, text: string): Promise<Errand> {
  if (asked !== "last" && !/^[1-9]\d{0,5}$/.test(asked)) {
    return refused(
      2,
      `"${asked}" is not a number of a mail. Write last, or a number that "npx postern sandbox mail" shows.`,
    );
  }
  return await inRunning(place, async ({ running, db, desk }) => {
    const sender = senderNamed(who, desk);
    if (!sender) return refused(2, `--as: "${who}" is nobody. ${notSomebody(desk)}`);
    const letters = await lettersOf(running, sender);
    const letter = asked === "last" ? letters.at(-1) : letters[Number(asked) - 1];
    if (!letter) {
      const none = letters.length === 0 ? "no mail to answer" : `${letters.length} mails and no number ${asked}`;
      return refused(3, `${sender.address} has ${none}.`);
    }
    const messageId = await answer(running, sender, letter, text);
    return await told(db, `${sender.name || sender.address} answered "${letter.subject}".`, messageId);
  });
}

async function told(db: Db, sent: string, messageId: string): Promise<Errand> {
  const outcome = await outcomeByMessageId(db, messageId, PATIENCE_MS);
  if (!outcome)
    return refused(1, `${sent} The gateway has no verdict after ${PATIENCE_MS / 1000} s; see its terminal.`);
  return done(`${sent} It ${outcome}`);
}

type Wanted = { readonly number: string; readonly text: string; readonly desk: Desk };

async function letterAbout(ports: Ports, db: Db, sender: Sender, wanted: Wanted): Promise<Letter | undefined> {
  const begun = performance.now();
  while (performance.now() - begun < LETTER_PATIENCE_MS) {
    const found = await bestLetter(db, sender, await lettersOf(ports, sender), wanted);
    if (found) return found;
    await sleep(100);
  }
  return undefined;
}

/** All mail somebody has; none when nobody has written to them yet. */
async function lettersOf(ports: Ports, sender: Sender): Promise<readonly Letter[]> {
  const inbox = await openMailbox(ports, sender.address, sender.password ?? PASSWORD).catch(() => undefined);
  try {
    return (await inbox?.letters()) ?? [];
  } finally {
    await inbox?.close();
  }
}

/** An agent's newest mail whose answer may do what the text asks for; a customer's newest one. */
async function bestLetter(
  db: Db,
  sender: Sender,
  letters: readonly Letter[],
  { number, text, desk }: Wanted,
): Promise<Letter | undefined> {
  const about = letters.filter(({ subject }) => subject.includes(`[${number}]`)).toReversed();
  if (!agentAt(desk, sender.address)) return about[0];
  const modes = modesFor(text);
  for (const letter of about) {
    const token = tokenInAddress(letter.answerTo);
    const delivery = token?.kind === "agent" ? await deliveryById(db, token.id) : undefined;
    if (delivery?.token_mode && modes.includes(delivery.token_mode)) return letter;
  }
  return undefined;
}

/** A held mail is decided and a stopped reply confirmed in answer to the question; everything else answers a notification. */
function modesFor(text: string): readonly string[] {
  if (/^\s*#(?:accept|new|block)\b/i.test(text)) return ["decide"];
  return /^\s*#confirm\b/i.test(text) ? ["confirm", "prove"] : ["act"];
}
