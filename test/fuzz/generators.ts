/** Mail made from nothing: structures that no golden mail has. */
import { CHARSETS, ENCODINGS, HEADERS, REPORT_LINES, TYPES } from "./dictionary.ts";
import { HTML_BITS, TEXT_LINES, WORDS } from "./words.ts";
import { anyPiece } from "./mutations.ts";
import type { Random } from "./random.ts";
import { storm } from "./storms.ts";
import { tnef } from "./tnef.ts";

type Generator = (random: Random) => string;

const HEAD = "From: Eve <eve@evil.example>\r\nTo: support@nw.example\r\nSubject: Fuzz\r\nMIME-Version: 1.0\r\n";
const bytes = (text: string): string => Buffer.from(text, "utf8").toString("latin1");

function encoded(text: string, encoding: string): string {
  const raw = Buffer.from(text, "latin1");
  if (encoding === "base64") return raw.toString("base64").replaceAll(/(.{76})/g, "$1\r\n");
  if (encoding === "quoted-printable")
    return text.replaceAll(/[=\x80-\xff]/g, (char) => `=${char.charCodeAt(0).toString(16).toUpperCase()}`);
  return text;
}

/** A line as people, their mail programs and their servers write it, in any language. */
function line(random: Random): string {
  const word = (): string => bytes(random.one(WORDS));
  return random.one<() => string>([
    () => bytes(random.one(TEXT_LINES)),
    () => word(),
    () => `${word()} x@y.example ${word()}:`,
    () => `${word()} Mon, 23 Nov 2026 10:02 +0100, Maria <maria@home.example> ${word()}:`,
    () => `${word()}: Maria <maria@home.example>`,
    () => `-----${word()}-----`,
    () => `> ${bytes(random.one(TEXT_LINES))}`,
    () => random.one(REPORT_LINES),
    () => "The printer is blue again and nobody knows why.",
    () => "",
  ])();
}

const lines = (random: Random, most: number): string => random.many(most, () => `${line(random)}\n`);

function html(random: Random): string {
  const depth = random.size(300);
  const open = random.one(HTML_BITS);
  return (
    open.repeat(depth) +
    random.many(60, () =>
      random.one<() => string>([() => bytes(random.one(HTML_BITS)), () => line(random), () => "<br>"])(),
    )
  );
}

/** A part of any type, and parts within it. */
function part(random: Random, depth: number): string {
  const type = random.one(TYPES);
  const encoding = random.one([...ENCODINGS, "base64", "quoted-printable", "7bit"]);
  const extra = random.many(2, () => `${bytes(random.one(HEADERS))}\r\n`);
  if (type.startsWith("multipart/") || (depth > 0 && random.chance(0.3))) {
    const boundary = random.one(["b", "b2", "=_x", "b b", "b'", `b${depth}`]);
    const children = random.many(4, () => `\r\n--${boundary}\r\n${part(random, depth - 1)}`);
    const kind = type.startsWith("multipart/") ? type : "multipart/mixed";
    const end = random.chance(0.8) ? `\r\n--${boundary}--\r\n` : "";
    return `Content-Type: ${kind}; boundary="${boundary}"\r\n${extra}\r\n${lines(random, 2)}${depth > 0 ? children : ""}${end}`;
  }
  const charset = random.chance(0.5) ? `; charset=${random.one(CHARSETS)}` : "";
  return `Content-Type: ${type}${charset}\r\nContent-Transfer-Encoding: ${encoding}\r\n${extra}\r\n${encoded(content(random, type, depth), encoding)}`;
}

function content(random: Random, type: string, depth: number): string {
  if (/^message\/(rfc822|global|partial)/.test(type)) return HEAD + (depth > 0 ? part(random, depth - 1) : "\r\nend");
  if (type.includes("ms-tnef")) return tnef(random);
  if (/report|status|disposition|rfc822-headers|feedback/.test(type))
    return random.many(20, () => `${random.one(REPORT_LINES)}\r\n`);
  if (/calendar|ics/.test(type)) return calendar(random);
  return type === "text/html" ? html(random) : lines(random, 25);
}

function calendar(random: Random): string {
  const names = [
    "DTSTART",
    "DTEND",
    "SUMMARY",
    "ATTENDEE",
    "ORGANIZER",
    "RRULE",
    "UID",
    "METHOD",
    "BEGIN",
    "END",
    "X",
    "TZID",
    "DURATION",
    "EXDATE",
  ];
  const values = [
    "20261123T100000Z",
    "VEVENT",
    "VTIMEZONE",
    "VALARM",
    "VCALENDAR",
    "mailto:a@b.example",
    "FREQ=YEARLY;BYDAY=1SU",
    "REQUEST",
    "P1D",
    "\\n\\,",
    "",
  ];
  const property = (): string =>
    `${random.one(names)}${random.one(["", ";TZID=Europe/Berlin", ';CN="x', ";VALUE=DATE"])}${random.one([":", ":", ""])}${random.one(values)}${random.one(["\r\n", "\n", "\r\n "])}`;
  return `BEGIN:VCALENDAR\r\n${random.many(3, () => `BEGIN:VEVENT\r\n${random.many(12, property)}END:VEVENT\r\n`)}END:VCALENDAR\r\n`;
}

export const GENERATORS: Readonly<Record<string, Generator>> = {
  "tree of parts": (random) => HEAD + part(random, random.size(6)),
  "header storm": (random) =>
    `${random.many(random.size(400), () => `${bytes(random.one(HEADERS))}\r\n`)}\r\n${lines(random, 5)}`,
  "nested html": (random) => `${HEAD}Content-Type: text/html; charset=${random.one(CHARSETS)}\r\n\r\n${html(random)}`,
  "reply in any language": (random) => `${HEAD}Content-Type: text/plain; charset=utf-8\r\n\r\n${lines(random, 40)}`,
  "report of delivery": (random) =>
    `${HEAD.replace("Eve <eve", "MAILER-DAEMON <MAILER-DAEMON")}Return-Path: <>\r\nContent-Type: multipart/report; report-type=${random.one(["delivery-status", "feedback-report", "disposition-notification", "x"])}; boundary=b\r\n\r\n` +
    random.many(
      5,
      () =>
        `--b\r\nContent-Type: ${random.one(["text/plain", "message/delivery-status", "message/rfc822", "text/rfc822-headers", "message/feedback-report", "message/disposition-notification"])}\r\n\r\n${random.many(15, () => `${random.one([...REPORT_LINES, ...HEADERS])}\r\n`)}\r\n`,
    ) +
    "--b--",
  "prose of a server": (random) =>
    `${HEAD.replace("Eve <eve", "Mail Delivery Subsystem <mailer-daemon")}\r\n${random.many(25, () => `${random.one(REPORT_LINES)}\r\n`)}`,
  calendar: (random) => `${HEAD}Content-Type: text/calendar; method=REQUEST\r\n\r\n${calendar(random)}`,
  winmail: (random) =>
    `${HEAD}Content-Type: application/ms-tnef; name=winmail.dat\r\nContent-Transfer-Encoding: base64\r\n\r\n${encoded(tnef(random), "base64")}`,
  storm,
  "random bytes": (random) => random.many(random.size(3000), () => String.fromCharCode(random.int(0, 255))),
  pieces: (random) => random.many(80, () => anyPiece(random) + random.one(["", " ", "\n", "\r\n"])),
};
