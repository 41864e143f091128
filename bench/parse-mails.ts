/** Mail for the parse benchmark: what a desk gets on a day, about 2 kB each, and one with a large file. */

const WORDS =
  "the printer in our shop on the second floor shows a red light since this morning and prints only half of every page we have changed the paper and the toner and switched it off and on again but nothing helps can you please send somebody before noon because we need the delivery notes for the driver".split(
    " ",
  );

/** Sentences of a length, another beginning for each mail. */
function prose(characters: number, from: number): string {
  const lines: string[] = [];
  for (let at = from, length = 0; length < characters; at += 11) {
    const line = Array.from({ length: 11 }, (_, n) => WORDS[(at + n * 7) % WORDS.length]).join(" ");
    lines.push(`${line[0]!.toUpperCase()}${line.slice(1)}.`);
    length += line.length;
  }
  return lines.join("\r\n");
}

const head = (n: number): string =>
  [
    `Return-Path: <maria${n}@home.example>`,
    "Received: from out.home.example (out.home.example [192.0.2.11]) by mx.nw.example with ESMTPS id 4F1A2B3C for <support@nw.example>; Mon, 23 Nov 2026 10:02:12 +0100",
    `Message-ID: <${n}.4f1a2b3c@home.example>`,
    `From: =?utf-8?q?Mar=C3=ADa?= Santos <maria${n}@home.example>`,
    "To: Northwind Support <support@nw.example>",
    `Subject: The printer shows a red light (${n})`,
    "Date: Mon, 23 Nov 2026 10:02:11 +0100",
    "MIME-Version: 1.0",
    "",
  ].join("\r\n");

const plain = (text: string): string =>
  `Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 7bit\r\n\r\n${text}\r\n`;

function html(text: string): string {
  const paragraphs = text.split("\r\n").map((line) => `<p style=3D"margin:0">${line}</p>`);
  const page = `<html><head><style>p {margin: 0}</style></head><body>${paragraphs.join("\r\n")}</body></html>`;
  return `Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n${page}\r\n`;
}

const alternative = (text: string): string =>
  `Content-Type: multipart/alternative; boundary="b1"\r\n\r\n--b1\r\n${plain(text)}--b1\r\n${html(text)}--b1--\r\n`;

const quoted = (text: string, n: number): string =>
  `In-Reply-To: <${n}.1@nw.example>\r\nReferences: <${n}.1@nw.example>\r\n${plain(
    `${text}\r\n\r\nOn Mon, 23 Nov 2026 at 09:15, Northwind Support <support@nw.example> wrote:\r\n${prose(650, n)
      .split("\r\n")
      .map((line) => `> ${line}`)
      .join("\r\n")}\r\n\r\n-- \r\nMaría Santos`,
  )}`;

export type Kind = "plain" | "alternative" | "quoted reply" | "HTML only";

const KINDS: Readonly<Record<Kind, (n: number) => string>> = {
  plain: (n) => head(n) + plain(prose(1350, n)),
  alternative: (n) => head(n) + alternative(prose(480, n)),
  "quoted reply": (n) => head(n) + quoted(prose(480, n), n),
  "HTML only": (n) => head(n) + html(prose(950, n)),
};

/** So many mails of each kind. */
export function smallMails(each: number): ReadonlyMap<Kind, readonly Buffer[]> {
  return new Map(
    (Object.keys(KINDS) as Kind[]).map((kind) => [
      kind,
      Array.from({ length: each }, (_, n) => Buffer.from(KINDS[kind](n))),
    ]),
  );
}

/** A short text and one file of `megabytes`, in base64 lines of 76 as RFC 2045 section 6.8 has them. */
export function mailWithFile(megabytes: number): Buffer {
  const content = Buffer.alloc(megabytes * 1_000_000);
  for (let at = 0; at < content.length; at += 4) content.writeInt32LE(Math.imul(at, 0x9e3779b1), at);
  const lines = content.toString("base64").replaceAll(/(.{76})/g, "$1\r\n");
  return Buffer.from(
    `${head(1)}Content-Type: multipart/mixed; boundary="m1"\r\n\r\n--m1\r\n${plain(prose(600, 1))}--m1\r\n` +
      'Content-Type: application/pdf; name="plan.pdf"\r\nContent-Disposition: attachment; filename="plan.pdf"\r\n' +
      `Content-Transfer-Encoding: base64\r\n\r\n${lines}\r\n--m1--\r\n`,
  );
}
