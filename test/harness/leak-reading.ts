/**
 * A mail as the leak oracle reads it: mailparser takes the bytes apart, and every place in which words can stand is
 * decoded here, apart from the product's own reading. Read once for each buffer.
 */
import { simpleParser } from "mailparser";

export type Letter = {
  /** Every field of the head, with its decoded value; the name in lower case. */
  readonly fields: readonly { readonly name: string; readonly value: string }[];
  /** Addresses in To and Cc, in lower case. */
  readonly addressees: readonly string[];
  readonly messageId: string;
  readonly subject: string;
  /** What a reader sees or finds: the text, the source of the HTML with its attributes and comments, its words without tags. */
  readonly bodies: readonly string[];
  /** Names and other fields of the files. */
  readonly fileHeads: readonly string[];
  /** Words of small files that are text or messages; what else they are is their author's business. */
  readonly files: readonly string[];
};

/** A file is looked into up to this size. In bytes. */
const MOST_READ = 64 * 1024;

const letters = new WeakMap<Buffer, Promise<Letter>>();

/** Reads a composed mail. */
export function readLetter(raw: Buffer): Promise<Letter> {
  const letter = letters.get(raw) ?? read(raw);
  letters.set(raw, letter);
  return letter;
}

async function read(raw: Buffer): Promise<Letter> {
  const mail = await simpleParser(raw, { skipHtmlToText: true, skipTextToHtml: true, skipImageLinks: true });
  const fields = mail.headerLines.map(({ key, line }) => ({
    name: key.toLowerCase(),
    value: decodedWords(line.slice(line.indexOf(":") + 1).replace(/\r?\n(?=[ \t])/g, "")),
  }));
  const lists = [mail.to ?? [], mail.cc ?? []].flat();
  const html = mail.html === false ? "" : (mail.html ?? "");
  const files = mail.attachments.filter(
    ({ contentType, size }) => size <= MOST_READ && /^(?:text|message)\/|octet-stream$/.test(contentType),
  );
  return {
    fields,
    addressees: lists.flatMap(({ value }) => value.map(({ address }) => (address ?? "").toLowerCase())),
    messageId: (mail.messageId ?? "").replace(/^<|>$/g, ""),
    subject: mail.subject ?? "",
    bodies: [mail.text ?? "", ...(html === "" ? [] : htmlBodies(html))],
    fileHeads: mail.attachments.map((file) => [file.filename, file.cid, file.contentType].join(" ")),
    files: files.map(({ content }) => content.toString("latin1")),
  };
}

/** Its source, its words with a space for every tag, and with nothing for it: `nine in<b>voices</b>`. */
function htmlBodies(html: string): string[] {
  const source = decodedEntities(html);
  const bare = html.replace(/<(?:style|title)\b[^>]*>[^<]*<\/(?:style|title)>/gi, " ");
  return [source, decodedEntities(bare.replace(/<[^>]*>/g, " ")), decodedEntities(bare.replace(/<[^>]*>/g, ""))];
}

const NAMED: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: " ",
  num: "#",
  commat: "@",
  plus: "+",
  shy: "\u00ad",
  zwnj: "\u200c",
};

function decodedEntities(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]{2,6}));?/gi, (whole, hex, decimal, name) => {
    if (name) return NAMED[name.toLowerCase()] ?? whole;
    const code = hex ? Number.parseInt(hex, 16) : Number(decimal);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

/** RFC 2047. */
function decodedWords(value: string): string {
  return value
    .replace(/\?=\s+=\?/g, "?==?")
    .replace(/=\?[^?\s]+\?([bq])\?([^?]*)\?=/gi, (_, encoding: string, text: string) => {
      if (encoding.toLowerCase() === "b") return Buffer.from(text, "base64").toString("utf8");
      const bytes = text
        .replace(/_/g, " ")
        .replace(/=([0-9a-f]{2})/gi, (__, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
      return Buffer.from(bytes, "latin1").toString("utf8");
    });
}
