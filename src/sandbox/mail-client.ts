/**
 * A person's mail program: reads their mailbox by IMAP and sends by SMTP, logged in where they can. It knows nothing of
 * the gateway; whatever it shows came over the wire, and its own parser has read it.
 */
import { randomUUID } from "node:crypto";
import { ImapFlow } from "imapflow";
import { simpleParser } from "mailparser";
import { createTransport } from "nodemailer";
import { HOST, type Ports } from "./settings.ts";

export type Letter = {
  readonly uid: number;
  readonly raw: Buffer;
  /** INTERNALDATE, UTC milliseconds in whole seconds. */
  readonly at: number;
  readonly from: { readonly name: string; readonly address: string };
  /** Where an answer goes: Reply-To, else From. */
  readonly answerTo: string;
  readonly subject: string;
  /** With angle brackets, as mail programs keep them. */
  readonly messageId: string;
  readonly references: readonly string[];
  readonly text: string;
};

/** Who sends, and with what proof. Without a password the server is told nothing. */
export type Sender = { readonly address: string; readonly name: string; readonly password?: string };

export type NewLetter = {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** The letter this one answers. */
  readonly answers?: Letter;
};

export type Mailbox = {
  /** All letters, oldest first. Only new ones are fetched again. */
  letters(): Promise<readonly Letter[]>;
  close(): Promise<void>;
};

/** Opens an inbox. Rejects when the login fails: nobody has that address yet, or nobody listens. */
export async function openMailbox(ports: Ports, user: string, pass: string): Promise<Mailbox> {
  const auth = { user, pass };
  const client = new ImapFlow({ host: HOST, port: ports.imapPort, secure: false, auth, logger: false });
  let failure: Error | undefined;
  client.on("error", (error: Error) => (failure = error));
  await client.connect();
  await client.mailboxOpen("INBOX", { readOnly: true });
  const known: Letter[] = [];
  return {
    async letters() {
      if (failure) throw failure;
      await client.noop();
      const last = known.at(-1)?.uid ?? 0;
      const fetched = await client.fetchAll(
        `${last + 1}:*`,
        { uid: true, source: true, internalDate: true },
        { uid: true },
      );
      // RFC 9051 section 6.4.9: `n:*` names the last message even when its UID is below n.
      for (const { uid, source, internalDate } of fetched.filter((one) => one.uid > last)) {
        if (source) known.push(await read(uid, source, new Date(internalDate ?? 0).getTime()));
      }
      return known;
    },
    close: async () => await client.logout().catch(() => client.close()),
  };
}

async function read(uid: number, raw: Buffer, at: number): Promise<Letter> {
  const mail = await simpleParser(raw, { skipHtmlToText: true });
  const [from, answerTo] = [mail.from, mail.replyTo ?? mail.from].map((field) => field?.value[0]);
  const references = mail.references ?? [];
  return {
    uid,
    raw,
    at,
    from: { name: from?.name ?? "", address: from?.address ?? "" },
    answerTo: answerTo?.address ?? "",
    subject: mail.subject ?? "",
    messageId: mail.messageId ?? "",
    references: typeof references === "string" ? [references] : references,
    text: mail.text ?? "",
  };
}

/** Sends one letter and returns its Message-ID once the server has taken it. Rejects with the server's words otherwise. */
export async function sendLetter(ports: Ports, sender: Sender, letter: NewLetter): Promise<string> {
  const { address, name, password } = sender;
  const auth = password === undefined ? undefined : { user: address, pass: password };
  const transport = createTransport({ host: HOST, port: ports.smtpPort, secure: false, ignoreTLS: true, auth });
  const messageId = `<${randomUUID()}@${address.slice(address.lastIndexOf("@") + 1)}>`;
  const { answers } = letter;
  try {
    await transport.sendMail({
      from: { name, address },
      to: { name: "", address: letter.to },
      envelope: { from: address, to: letter.to },
      subject: letter.subject,
      messageId,
      text: answers ? `${letter.text}\n\n${quoted(answers)}` : letter.text,
      ...(answers && { inReplyTo: answers.messageId, references: [...answers.references, answers.messageId] }),
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    return messageId;
  } finally {
    transport.close();
  }
}

/** Answers a letter as mail programs do: same subject, new words on top, the old ones quoted below. */
export async function answer(ports: Ports, sender: Sender, letter: Letter, text: string): Promise<string> {
  const subject = /^re:/i.test(letter.subject) ? letter.subject : `Re: ${letter.subject}`;
  return await sendLetter(ports, sender, { to: letter.answerTo, subject, text, answers: letter });
}

function quoted({ at, from, text }: Letter): string {
  const date = new Date(at).toUTCString().replace(" GMT", " +0000");
  const attribution = `On ${date}, ${from.name} <${from.address}> wrote:`;
  return `${attribution}\n${text.trimEnd().replace(/^/gm, "> ")}`;
}
