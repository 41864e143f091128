/** What agents do in a story: find a mail of the desk's in their inbox, answer it, or write a new one to the desk. */
import type { ParsedMail } from "mailparser";
import { mail, type Mail, replyTo } from "../harness/mails.ts";
import type { SmtpSink, Transaction } from "../harness/smtp-sink.ts";
import { until } from "../harness/wait.ts";
import { read } from "./ledger.ts";
import { SUPPORT } from "./world.ts";

export type Letter = Transaction & { readonly mail: ParsedMail };

/** The newest mail in somebody's inbox that fits; waits for one. */
export async function newestTo(
  sink: SmtpSink,
  recipient: string,
  fits: (mail: ParsedMail) => boolean,
): Promise<Letter> {
  return await until(
    async () => {
      for (const transaction of sink.to(recipient).toReversed()) {
        const parsed = await read(transaction);
        if (fits(parsed)) return { ...transaction, mail: parsed };
      }
      const there = await Promise.all(sink.to(recipient).map(async (one) => (await read(one)).subject));
      throw new Error(`${recipient} has ${there.join(" | ") || "no mail"}`);
    },
    { what: `a mail to ${recipient}`, timeoutMs: 30_000, everyMs: 50 },
  );
}

/** The newest notification of a ticket that an agent has: its answer goes to the customer. */
export async function noticeOf(sink: SmtpSink, agent: string, number: string): Promise<Letter> {
  return await newestTo(
    sink,
    agent,
    ({ subject, text }) => subject?.includes(`[${number}]`) === true && text?.includes("Reply to answer") === true,
  );
}

/** An answer from the agent's mail client. */
export async function answered(letter: Transaction, agent: string, text: string): Promise<Mail> {
  return await replyTo(letter.raw, { from: agent, text });
}

/** A new mail from the agent's mail client to the desk. */
export function written(agent: string, subject: string, text: string, to: string = SUPPORT): Mail {
  return mail({ from: agent, to, subject, text });
}
