/** Plain, valid messages (RFC 5322) for tests. What is not given is made up, and is different for every message. */
import { randomUUID } from "node:crypto";
import { simpleParser } from "mailparser";

export type MailParts = {
  /** `maria@home.example` or `Maria Santos <maria@home.example>`. */
  readonly from: string;
  readonly to: string;
  readonly cc?: string;
  readonly subject?: string;
  readonly text?: string;
  /** Without angle brackets. */
  readonly messageId?: string;
  readonly inReplyTo?: string;
  readonly references?: readonly string[];
  readonly date?: Date;
  /** Put above the others, in this order; a value may be folded with CRLF and a space. */
  readonly headers?: readonly (readonly [name: string, value: string])[];
};

export type Mail = MailParts & {
  readonly messageId: string;
  readonly raw: Buffer;
  /** The bare address of From. */
  readonly sender: string;
};

/** Builds a text/plain message with CRLF line ends. */
export function mail(parts: MailParts): Mail {
  const sender = bareAddress(parts.from);
  const messageId = parts.messageId ?? `${randomUUID()}@${sender.split("@")[1]}`;
  const body = textBody(parts.text ?? "Good morning,\n\nthe door does not open.\n\nMaria\n");
  const fields: (readonly [string, string])[] = [
    ...(parts.headers ?? []),
    ["From", parts.from],
    ["To", parts.to],
    ...optional("Cc", parts.cc),
    ["Subject", encodedWords(parts.subject ?? "The door does not open")],
    ["Date", rfc5322Date(parts.date ?? new Date())],
    ["Message-ID", `<${messageId}>`],
    ...optional("In-Reply-To", parts.inReplyTo && `<${parts.inReplyTo}>`),
    ...optional("References", parts.references?.map((id) => `<${id}>`).join("\r\n ")),
    ["MIME-Version", "1.0"],
    ["Content-Type", "text/plain; charset=utf-8"],
    ["Content-Transfer-Encoding", body.encoding],
  ];
  const head = fields.map(([name, value]) => `${name}: ${value}\r\n`).join("");
  return { ...parts, messageId, sender, raw: Buffer.from(`${head}\r\n${body.encoded}`) };
}

/** `count` messages, each with a subject, words and a sender domain of its own. */
export function distinctMails(count: number, to: string, label = "case"): Mail[] {
  return Array.from({ length: count }, (_, index) =>
    mail({
      from: `Customer ${index + 1} <customer@${label}-${index + 1}.example>`,
      to,
      subject: `Question ${index + 1} of ${label}`,
      text: `Hello,\n\nthis is question ${index + 1} of ${label}, and no other has these words.\n`,
    }),
  );
}

export type ReplyParts = {
  readonly from: string;
  readonly text: string;
  /** Quote the text that is answered under an attribution line, as mail clients do; default true. */
  readonly quote?: boolean;
  readonly headers?: MailParts["headers"];
};

/** An answer to a message that was received: to its Reply-To, else its From, threaded by RFC 5322 section 3.6.4. */
export async function replyTo(received: Buffer, parts: ReplyParts): Promise<Mail> {
  const original = await simpleParser(received, { skipHtmlToText: true });
  const author = original.replyTo ?? original.from;
  const id = original.messageId?.replace(/^<|>$/g, "");
  const earlier = [original.references ?? []].flat().map((reference) => reference.replace(/^<|>$/g, ""));
  const quoted = (original.text ?? "")
    .trimEnd()
    .split("\n")
    .map((line) => `> ${line}`.trimEnd());
  const attribution = `On Mon, 2 Nov 2026 at 09:00, ${original.from?.text ?? "somebody"} wrote:`;
  return mail({
    from: parts.from,
    to: author?.text ?? "",
    subject: /^re:/i.test(original.subject ?? "") ? original.subject! : `Re: ${original.subject ?? ""}`,
    text: parts.quote === false ? parts.text : `${parts.text}\n\n${attribution}\n${quoted.join("\n")}\n`,
    inReplyTo: id,
    references: id ? [...earlier, id] : earlier,
    headers: parts.headers,
  });
}

const optional = (name: string, value: string | undefined): (readonly [string, string])[] =>
  value ? [[name, value]] : [];

const bareAddress = (from: string): string => /<([^<>]+)>\s*$/.exec(from)?.[1] ?? from.trim();

/** RFC 5322 section 3.3: `Mon, 02 Nov 2026 08:00:00 +0000`. */
const rfc5322Date = (date: Date): string => date.toUTCString().replace("GMT", "+0000");

const isAscii = (text: string): boolean => /^[\x09\x20-\x7e\r\n]*$/.test(text);

/** RFC 2047 section 2: a word is 75 characters at most, so 36 bytes of text in base64, cut between characters. */
function encodedWords(text: string): string {
  if (isAscii(text)) return text;
  const words: string[] = [];
  let chunk = "";
  for (const character of text) {
    if (Buffer.byteLength(chunk + character) > 36) {
      words.push(chunk);
      chunk = "";
    }
    chunk += character;
  }
  return [...words, chunk].map((word) => `=?utf-8?B?${Buffer.from(word).toString("base64")}?=`).join("\r\n ");
}

function textBody(text: string): { encoding: string; encoded: string } {
  const crlf = text.replace(/\r?\n/g, "\r\n");
  if (isAscii(crlf) && crlf.split("\r\n").every((line) => line.length <= 998))
    return { encoding: "7bit", encoded: crlf };
  const base64 = Buffer.from(crlf).toString("base64");
  return { encoding: "base64", encoded: `${base64.replace(/.{76}/g, "$&\r\n")}\r\n` };
}
