/** Ways to spoil a mail. Text is handled as latin1, one character a byte, so that nothing is decoded on the way. */
import { CHARSETS, ENCODINGS, HEADERS, REPORT_LINES, TYPES } from "./dictionary.ts";
import { HTML_BITS, TEXT_LINES, WORDS } from "./words.ts";
import type { Random } from "./random.ts";

type Mutation = (mail: string, random: Random, mails: readonly string[]) => string;

/** Repeats stop here: most messages of a run must stay small, or it takes a night. In characters. */
const MOST = 200_000;

const bytes = (text: string): string => Buffer.from(text, "utf8").toString("latin1");
const put = (mail: string, at: number, text: string): string => mail.slice(0, at) + text + mail.slice(at);
const place = (mail: string, random: Random): number => random.int(0, mail.length);
const linesOf = (mail: string): string[] => mail.split("\n");
const bodyAt = (mail: string): number => Math.max(0, mail.search(/\r?\n\r?\n/));
const fill = (piece: string, times: number): string =>
  piece.repeat(Math.min(times, Math.ceil(MOST / Math.max(1, piece.length))));

/** Any piece of the dictionary, as bytes. */
export function anyPiece(random: Random): string {
  return bytes(
    random.one(random.one([HEADERS, REPORT_LINES, HTML_BITS, TEXT_LINES, WORDS, CHARSETS, ENCODINGS, TYPES])),
  );
}

export const MUTATIONS: Readonly<Record<string, Mutation>> = {
  bits: (mail, random) => {
    const raw = Buffer.from(mail, "latin1");
    for (let n = random.size(30); n > 0 && raw.length > 0; n--)
      raw[random.int(0, raw.length - 1)]! ^= 1 << random.int(0, 7);
    return raw.toString("latin1");
  },
  insert: (mail, random) =>
    put(
      mail,
      place(mail, random),
      random.many(20, () => String.fromCharCode(random.int(0, 255))),
    ),
  delete: (mail, random) => {
    const at = place(mail, random);
    return mail.slice(0, at) + mail.slice(at + random.size(Math.max(1, mail.length)));
  },
  duplicate: (mail, random) => {
    const at = place(mail, random);
    return put(mail, place(mail, random), mail.slice(at, at + random.size(2000)));
  },
  splice: (mail, random, mails) => {
    const other = random.one(mails);
    return mail.slice(0, place(mail, random)) + other.slice(place(other, random));
  },
  "headers of another": (mail, random, mails) => {
    const other = random.one(mails);
    return other.slice(0, bodyAt(other)) + mail.slice(bodyAt(mail));
  },
  shuffle: (mail, random) => {
    const lines = linesOf(mail);
    for (let n = random.size(20); n > 0; n--) {
      const [a, b] = [random.int(0, lines.length - 1), random.int(0, lines.length - 1)];
      [lines[a], lines[b]] = [lines[b]!, lines[a]!];
    }
    return lines.join("\n");
  },
  "repeat a line": (mail, random) => {
    const lines = linesOf(mail);
    const at = random.int(0, lines.length - 1);
    lines[at] = fill(`${lines[at]}\n`, random.size(1998) + 1) + lines[at];
    return lines.join("\n");
  },
  "repeat a part": (mail, random) => {
    const at = place(mail, random);
    const part = mail.slice(at, at + random.size(1500));
    return put(mail, at, fill(part, random.size(1998) + 1));
  },
  boundary: (mail, random) =>
    random.one([
      (text: string) =>
        text.replace(
          /boundary="?[^";\r\n]*/i,
          random.one(["boundary=", 'boundary="', "boundary=--", "bound=x", "boundary=x; boundary=y"]),
        ),
      (text: string) => text.replace(/^--[^\r\n]+--\r?$/m, ""),
      (text: string) =>
        text.replace(/^--([^\r\n]+)$/m, random.one(["--$1--", "$1", "-- $1", "--$1 ", "--$1x", ">--$1"])),
      (text: string) => text.replaceAll(/^(--[^\r\n]+)$/gm, "$1\n\n$1"),
    ])(mail),
  charset: (mail, random) => mail.replaceAll(/charset="?[\w-]+"?/gi, () => `charset=${random.one(CHARSETS)}`),
  "transfer encoding": (mail, random) =>
    /^content-transfer-encoding:/im.test(mail)
      ? mail.replaceAll(
          /^content-transfer-encoding:[^\r\n]*/gim,
          () => `Content-Transfer-Encoding: ${random.one(ENCODINGS)}`,
        )
      : `Content-Transfer-Encoding: ${random.one(ENCODINGS)}\n${mail}`,
  "content type": (mail, random) =>
    mail.replaceAll(/^content-type: *[\w/.+-]+/gim, () => `Content-Type: ${random.one(TYPES)}`),
  cut: (mail, random) => mail.slice(0, random.chance(0.5) ? place(mail, random) : bodyAt(mail) + random.int(0, 40)),
  header: (mail, random) =>
    `${bytes(random.one(HEADERS))}\n${random.many(3, () => `${bytes(random.one(HEADERS))}\n`)}${mail}`,
  token: (mail, random) => {
    let spoilt = mail;
    for (let n = random.size(12) + 1; n > 0; n--)
      spoilt = put(spoilt, place(spoilt, random), anyPiece(random) + random.one(["", " ", "\n", "\r\n"]));
    return spoilt;
  },
  "line of words": (mail, random) => {
    const lines = linesOf(mail);
    const words = Array.from({ length: random.int(1, 6) }, () => bytes(random.one(WORDS))).join(
      random.one([" ", ": ", " x@y.example ", "\n"]),
    );
    lines.splice(
      random.int(0, lines.length),
      0,
      random.one(["", "> ", "*", "-----"]) + words + random.one(["", ":", "*", "-----"]),
    );
    return lines.join("\n");
  },
  "line ends": (mail, random) =>
    mail.replaceAll(/\r?\n/g, random.one(["\n", "\r\n", "\r", "\r\r\n", "\n\n", "\u0085"])),
  quote: (mail, random) => {
    const at = bodyAt(mail);
    return mail.slice(0, at) + mail.slice(at).replaceAll("\n", `\n${random.one([">", "> ", "> > ", "| "])}`);
  },
  "storm of a token": (mail, random) =>
    put(mail, place(mail, random), fill(anyPiece(random) + random.one(["", " ", "\n"]), random.size(20_000) + 2)),
};
