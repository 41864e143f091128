/** The parts of which mail programs make their messages: encodings, trees of parts, quoted text. */
import { simpleParser } from "mailparser";

/** What a client knows of the mail that is answered. */
export type Original = {
  readonly name: string;
  readonly address: string;
  readonly messageId: string;
  readonly references: readonly string[];
  readonly subject: string;
  readonly text: string;
  /** What stands in the body of its HTML. */
  readonly html: string;
};

/** Reads a notification as a client does before it opens the window for the answer. */
export async function originalOf(raw: Buffer): Promise<Original> {
  const mail = await simpleParser(raw, { skipHtmlToText: true, skipTextToHtml: true });
  const author = (mail.replyTo ?? mail.from)!.value[0]!;
  const bare = (id: string): string => id.replace(/^<|>$/g, "");
  return {
    name: mail.from!.value[0]!.name,
    address: author.address!,
    messageId: bare(mail.messageId!),
    references: [mail.references ?? []].flat().map(bare),
    subject: mail.subject!,
    text: mail.text!.replace(/\s+$/, ""),
    html: /<body[^>]*>([\s\S]*)<\/body>/i.exec(mail.html as string)![1]!.trim(),
  };
}

/** A part with its head; `body` is in Unicode. */
export type Part = { readonly head: readonly string[]; readonly body: string };

/** A text part in quoted-printable (RFC 2045 section 6.7). */
export function text(type: string, words: string, more = ""): Part {
  return {
    head: [`Content-Type: ${type}; charset=utf-8${more}`, "Content-Transfer-Encoding: quoted-printable"],
    body: quotedPrintable(words),
  };
}

export function file(name: string, type: string, bytes: Buffer, cid?: string): Part {
  const where = cid === undefined ? [] : [`Content-ID: <${cid}>`];
  const disposition = `Content-Disposition: ${cid === undefined ? "attachment" : "inline"};\r\n\tfilename="${name}"`;
  return {
    head: [`Content-Type: ${type};\r\n\tname="${name}"`, ...where, disposition, "Content-Transfer-Encoding: base64"],
    body: bytes.toString("base64").replace(/.{76}/g, "$&\r\n"),
  };
}

/** @param boundary as the program writes it, without dashes before it */
export function multipart(kind: string, boundary: string, parts: readonly Part[], more = ""): Part {
  const body = parts.map((part) => `--${boundary}\r\n${written(part)}\r\n`).join("");
  return {
    head: [`Content-Type: multipart/${kind};${more}\r\n\tboundary="${boundary}"`],
    body: `${body}--${boundary}--\r\n`,
  };
}

/** The whole message. */
export function message(headers: readonly string[], part: Part): Buffer {
  return Buffer.from([...headers, "MIME-Version: 1.0", written(part)].join("\r\n"));
}

const written = ({ head, body }: Part): string => `${head.join("\r\n")}\r\n\r\n${body}`;

function quotedPrintable(words: string): string {
  const line = (one: string): string => {
    const safe = [...Buffer.from(one)]
      .map((byte) =>
        (byte >= 33 && byte <= 126 && byte !== 61) || byte === 32 || byte === 9
          ? String.fromCharCode(byte)
          : `=${byte.toString(16).toUpperCase().padStart(2, "0")}`,
      )
      .join("")
      .replace(/[ \t]$/, (blank) => (blank === " " ? "=20" : "=09"));
    return safe.replace(/(?:=..|[^=]){1,72}(?=.)/g, (piece, at: number) =>
      at + piece.length < safe.length ? `${piece}=\r\n` : piece,
    );
  };
  return words.split("\n").map(line).join("\r\n");
}

/** `> ` before every line, `>` alone before empty ones. */
export const quoted = (words: string): string => words.replace(/^(?=.)/gm, "> ").replace(/^$/gm, ">");

/** As Gmail and others break lines of plain text, at 76 characters or before. */
export function wrapped(words: string, width = 76): string {
  return words
    .split("\n")
    .flatMap((line) => {
      const lines: string[] = [];
      let rest = line;
      while (rest.length > width && rest.lastIndexOf(" ", width) > 0) {
        const at = rest.lastIndexOf(" ", width);
        lines.push(rest.slice(0, at));
        rest = rest.slice(at + 1);
      }
      return [...lines, rest];
    })
    .join("\n");
}

export const escaped = (words: string): string =>
  words.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");

/** A picture that is one pixel of PNG. */
export const PIXEL = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);
