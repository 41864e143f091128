/** `sandbox send` and `sandbox reply`: a mail from anybody in the world, and what the gateway made of it. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Db } from "../db/connect.ts";
import { currentDesk } from "../db/desk.ts";
import { deliveryById } from "../db/delivery.ts";
import { ticketByNumber } from "../db/ticket.ts";
import { canonicalAddress } from "../mail/address.ts";
import { tokenInAddress } from "../mail/token.ts";
import { agentAt, done, type Errand, inRunning, NOT_SOMEBODY, refused, senderNamed } from "./errand.ts";
import { answer, type Letter, openMailbox, sendLetter, type Sender } from "./mail-client.ts";
import { outcomeByMessageId } from "./outcome.ts";
import { DESK_MAILBOXES, PASSWORD, type Place, type Ports } from "./settings.ts";

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
  const sender = senderNamed(from);
  if (!sender) return refused(2, `--from: "${from}" is nobody. ${NOT_SOMEBODY}`);
  const recipient = canonicalAddress(to ?? DESK_MAILBOXES.support);
  if (!recipient) return refused(2, `--to: "${to}" is not an address. Write one such as support@nw.example.`);
  return await inRunning(place, async ({ running, db }) => {
    const letter = { to: recipient, subject, text };
    const messageId = await sendLetter(running, { ...sender, name: name ?? sender.name }, letter);
    const isDesk = Object.values(DESK_MAILBOXES).some((address) => address === recipient.replace(/\+[^@]*@/, "@"));
    if (!isDesk) return done(`Sent to ${recipient}, which is no address of the desk.`);
    return await told(db, `Sent to ${recipient}.`, messageId);
  });
}

/** Answers the newest mail that somebody has about a ticket, as their mail program would. */
export async function replyErrand(place: Place, asked: string, who: string, text: string): Promise<Errand> {
  const sender = senderNamed(who);
  if (!sender) return refused(2, `--as: "${who}" is nobody. ${NOT_SOMEBODY}`);
  return await inRunning(place, async ({ running, db }) => {
    const desk = await currentDesk(db);
    const number = /^\d+$/.test(asked) ? `${desk?.prefix}-${asked}` : asked.replace(/^\[|\]$/g, "").toUpperCase();
    if (!(await ticketByNumber(db, number))) {
      return refused(3, `There is no ticket ${number}. "npx postern sandbox send" makes one.`);
    }
    const letter = await letterAbout(running, db, sender, { number, text });
    if (!letter)
      return refused(
        3,
        `${sender.address} has no mail about ${number} to answer. "npx postern sandbox mail ${who}" shows what there is.`,
      );
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

type Wanted = { readonly number: string; readonly text: string };

async function letterAbout(ports: Ports, db: Db, sender: Sender, wanted: Wanted): Promise<Letter | undefined> {
  const begun = performance.now();
  while (performance.now() - begun < LETTER_PATIENCE_MS) {
    const inbox = await openMailbox(ports, sender.address, sender.password ?? PASSWORD).catch(() => undefined);
    try {
      const letters = (await inbox?.letters()) ?? [];
      const found = await bestLetter(db, sender, letters, wanted);
      if (found) return found;
    } finally {
      await inbox?.close();
    }
    await sleep(100);
  }
  return undefined;
}

/** An agent's newest mail whose answer may do what the text asks for; a customer's newest one. */
async function bestLetter(
  db: Db,
  sender: Sender,
  letters: readonly Letter[],
  { number, text }: Wanted,
): Promise<Letter | undefined> {
  const about = letters.filter(({ subject }) => subject.includes(`[${number}]`)).toReversed();
  if (!(await agentAt(db, sender.address))) return about[0];
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
