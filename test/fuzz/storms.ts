/**
 * Storms: one or two pieces repeated until quadratic work shows, in every place where a reader looks, with something
 * before and after it, because an expression that backtracks does so when the end does not fit.
 */
import { CHARSETS, ENCODINGS, HEADERS, REPORT_LINES, TYPES } from "./dictionary.ts";
import { anyPiece } from "./mutations.ts";
import type { Random } from "./random.ts";

const FROM = "From: Eve <eve@evil.example>\r\n";
const DAEMON = "From: Mail Delivery System <MAILER-DAEMON@evil.example>\r\nReturn-Path: <>\r\n";
const REST = "To: support@nw.example\r\nMIME-Version: 1.0\r\n";
const HEAD = FROM + REST;

/** What stands between words and is looked for by expressions with `*` or `+`. */
const BLANKS = [
  " ",
  "\t",
  " \n",
  "\n",
  "\r\n",
  "\u00a0",
  ">",
  "> ",
  "-",
  "_",
  "=",
  "*",
  ".",
  ",",
  ";",
  ":",
  "<",
  "(",
  "[",
  '"',
  "'",
  "&",
  "\\",
  "a",
  "1",
  "@",
  "a@",
  "a.",
  "a ",
  "a-",
];

/** Names of every header and report field of the dictionary. */
const NAMES = [...new Set([...HEADERS, ...REPORT_LINES].flatMap((line) => /^([A-Za-z-]+):/.exec(line)?.[1] ?? []))];

/** Large enough that quadratic work is seen, rare enough that a run ends. In characters. */
function length(random: Random): number {
  return random.chance(0.06) ? 1_500_000 : random.chance(0.3) ? 200_000 : 40_000;
}

function pieces(random: Random): string {
  const piece = (): string =>
    random.chance(0.4) ? Buffer.from(random.one(BLANKS)).toString("latin1") : anyPiece(random);
  const one = piece() + random.one(["", "", " ", "\n", "\r\n "]) + (random.chance(0.4) ? piece() : "");
  const many = one.repeat(Math.ceil(length(random) / Math.max(1, one.length)));
  return random.many(2, () => anyPiece(random)) + many + random.many(2, () => anyPiece(random));
}

/** A value that stays one header however many lines it has. */
const folded = (text: string): string => text.replaceAll(/\r?\n(?![ \t])/g, "\r\n ");

const PLACES: readonly ((random: Random, storm: string) => string)[] = [
  (_random, storm) => `${HEAD}\r\n${storm}`,
  (_random, storm) => `${HEAD}\r\nHello\r\n\r\n${storm}\r\n\r\nOn Mon, 23 Nov 2026 at 10:02, x wrote:\r\n> y`,
  (_random, storm) => `${HEAD}Content-Type: text/html\r\n\r\n${storm}`,
  (_random, storm) =>
    `${HEAD}Content-Type: text/html\r\n\r\n<div><a href="${storm}">x</a><p title="${storm.slice(0, 1000)}">${storm}</div>`,
  (random, storm) => `${HEAD}Content-Type: ${random.one(TYPES)}\r\n\r\n${storm}`,
  (random, storm) => `${HEAD}Content-Type: text/plain; format=flowed; charset=${random.one(CHARSETS)}\r\n\r\n${storm}`,
  (random, storm) => `${HEAD}Content-Transfer-Encoding: ${random.one(ENCODINGS)}\r\n\r\n${storm}`,
  (random, storm) => `${HEAD}${random.one(NAMES)}: ${folded(storm)}\r\n\r\nHello`,
  (_random, storm) => `${HEAD}Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n${storm}\r\n\r\nx\r\n--b--`,
  (_random, storm) =>
    `${HEAD}Content-Type: text/calendar\r\n\r\nBEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:${storm}\r\nEND:VEVENT\r\nEND:VCALENDAR`,
  (_random, storm) => `${DAEMON}${REST}\r\n${storm}`,
  (_random, storm) =>
    `${DAEMON}${REST}\r\n<a@b.example>:\r\n550 5.1.1 ${storm}\r\n--- Below this line is a copy of the message.\r\n\r\n${HEAD}`,
  (random, storm) => {
    const type = random.one([
      "message/delivery-status",
      "message/feedback-report",
      "message/disposition-notification",
      "text/plain",
      "message/rfc822",
    ]);
    return `${DAEMON}${REST}Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\nContent-Type: ${type}\r\n\r\n${random.one(NAMES)}: ${folded(storm)}\r\nAction: failed\r\n\r\n${storm.slice(0, 50_000)}\r\n--b--`;
  },
];

export function storm(random: Random): string {
  const place = random.one(PLACES);
  return place(random, pieces(random));
}
