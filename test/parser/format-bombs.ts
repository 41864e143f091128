/** Bombs in what texts and files hold: quotes, encodings, calendars, winmail.dat, signatures, archives. */

const HEAD =
  "From: Eve <eve@evil.example>\r\nTo: support@nw.example\r\nSubject: Bomb\r\nMessage-ID: <bomb@evil.example>\r\n";
const text = (body: string): string => `${HEAD}\r\n${body}`;
const typed = (type: string, body: string): string => `${HEAD}Content-Type: ${type}\r\n\r\n${body}`;
const base64 = (type: string, content: Buffer): string =>
  `${HEAD}Content-Type: ${type}\r\nContent-Transfer-Encoding: base64\r\n\r\n${content.toString("base64").replaceAll(/(.{76})/g, "$1\r\n")}`;

const u16 = (value: number): Buffer => Buffer.from([value & 255, value >> 8]);
const u32 = (value: number): Buffer => Buffer.concat([u16(value & 0xffff), u16(value >>> 16)]);

/** [MS-OXTNEF] section 2.1.3: signature, key, then attributes of level, tag, length, content, checksum. */
function tnef(...attributes: { tag: number; content: Buffer; length?: number }[]): Buffer {
  const written = attributes.map(({ tag, content, length = content.length }) => {
    const sum = content.reduce((total, byte) => (total + byte) & 0xffff, 0);
    return Buffer.concat([Buffer.from([1]), u32(tag), u32(length), content, u16(sum)]);
  });
  return Buffer.concat([u32(0x223e9f78), u16(1), ...written]);
}

const MAPI = 0x00069003;

/** [MS-OXRTFCP]: an `a` and then references of the longest length to it, each 16 bits for 17 characters; the size promised is `rawSize`. */
function rtfBomb(references: number, rawSize: number): Buffer {
  const run = Buffer.concat([Buffer.from([0xff]), ...Array.from({ length: 8 }, () => Buffer.from([0x00, 0x0f]))]);
  const body = Buffer.concat([
    Buffer.from([0x00]),
    Buffer.from("aaaaaaaa"),
    ...Array.from({ length: references }, () => run),
  ]);
  const rtf = Buffer.concat([u32(body.length + 12), u32(rawSize), Buffer.from("LZFu"), u32(0), body]);
  return Buffer.concat([u32(1), u32(0x10090102), u32(1), u32(rtf.length), rtf, Buffer.alloc(-rtf.length & 3)]);
}

const TEXTS: Record<string, () => string> = {
  "32 kB of blank lines": () => text(`${"\r\n".repeat(16_000)}end\r\n`),
  "5 MB of blank lines": () => text(`hello${"\n".repeat(5_000_000)}`),
  "a quote of 767 kB": () =>
    text(`Yes.\n\nOn Mon, 23 Nov 2026 at 10:02, x wrote:\n${"> and on it went like this\n".repeat(28_400)}`),
  "a million quoted lines": () => text("> x\n".repeat(1_000_000)),
  "2 MB of quotes 1,000 deep": () => text(`${">".repeat(1000)} x\n`.repeat(2000)),
  "2 MB of spaced quotes 1,000 deep": () => text(`${"> ".repeat(1000)}x\n`.repeat(1000)),
  "one line of 10 MB": () => text("x".repeat(10_000_000)),
  "one line of 10 MB of spaces": () => text(`Hello${" ".repeat(10_000_000)}end`),
  "200,000 attributions": () => text("On Mon, 23 Nov 2026 at 10:02, x wrote:\n".repeat(200_000)),
  "200,000 attributions that never end": () => text("On Mon, 23 Nov 2026 at 10:02, x <x@y.example>\n".repeat(100_000)),
  "attributions in other languages": () =>
    text(
      "Am 23.11.2026 um 10:02 schrieb x:\nLe lun. 23 nov. 2026 à 10:02, x a écrit :\nEl lun, 23 nov 2026, x escribió:\n".repeat(
        40_000,
      ),
    ),
  "100,000 header blocks": () => text("From: x <x@y.example>\nSent: Monday\nTo: z\nSubject: w\n\n".repeat(40_000)),
  "header blocks that lack one line": () => text("From: x <x@y.example>\nSent: Monday\n".repeat(80_000)),
  "100,000 dividers": () => text("-----Original Message-----\n________________________________\n".repeat(50_000)),
  "forwards in forwards": () =>
    text(
      "---------- Forwarded message ---------\nFrom: x <x@y.example>\nDate: Mon\nSubject: y\nTo: z\n\n".repeat(20_000),
    ),
  "200,000 signatures of people": () => text("-- \nMaria\n".repeat(200_000)),
  "200,000 closings": () => text("Best regards,\nMaria\n\nSent from my phone\n".repeat(50_000)),
  "a storm of PGP armour": () => text("-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\nx\n".repeat(60_000)),
  "PGP signatures that never end": () => text("-----BEGIN PGP SIGNATURE-----\n".repeat(100_000)),
  "a storm of uuencoded files": () => text("begin 644 x\n#0V%T\n`\nend\n".repeat(100_000)),
  "uuencoded files that never end": () => text("begin 644 x\n".repeat(200_000)),
  "one uuencoded file of 5 MB": () => text(`begin 644 x\n${`M${"86)C".repeat(15)}\n`.repeat(80_000)}`),
  "yEnc without end": () => text("=ybegin line=128 size=999999999 name=x\n".repeat(50_000)),
};

const ENCODED: Record<string, () => string> = {
  "a quoted-printable line of 10 MB": () =>
    `${HEAD}Content-Transfer-Encoding: quoted-printable\r\n\r\n${"=41".repeat(3_300_000)}`,
  "soft line ends without end": () =>
    `${HEAD}Content-Transfer-Encoding: quoted-printable\r\n\r\n${"=\r\n".repeat(1_000_000)}`,
  "a storm of UTF-7": () => typed("text/plain; charset=utf-7", "+AGE-+".repeat(500_000)),
  "UTF-7 that never leaves base64": () => typed("text/plain; charset=utf-7", `+${"AGEA".repeat(700_000)}`),
  "escapes of ISO-2022-JP": () => typed("text/plain; charset=iso-2022-jp", '\u001b$B$"\u001b(B'.repeat(400_000)),
  "a storm of flowed lines": () => typed("text/plain; format=flowed; delsp=yes", "> flowed \r\n".repeat(300_000)),
  "flowed lines that never end": () => typed("text/plain; format=flowed", "x \r\n".repeat(700_000)),
  "flowed quotes of changing depth": () =>
    typed("text/plain; format=flowed", "> a \r\n>> b \r\n>>> c \r\n".repeat(80_000)),
  "base64 that is a bomb of an archive": () =>
    base64("application/zip", Buffer.concat([Buffer.from("PK\u0003\u0004"), Buffer.alloc(3_000_000)])),
  "base64 of 10 MB called text": () => base64("text/plain", Buffer.alloc(8_000_000, "a\n")),
  "base64 of 10 MB called HTML": () => base64("text/html", Buffer.alloc(8_000_000, "<p>")),
  "enriched text nested 50,000 deep": () => typed("text/enriched", "<bold>".repeat(50_000)),
};

const FORMATS: Record<string, () => string> = {
  "a calendar of a million lines": () =>
    typed(
      "text/calendar; method=REQUEST",
      `BEGIN:VCALENDAR\r\n${"BEGIN:VEVENT\r\nSUMMARY:x\r\nEND:VEVENT\r\n".repeat(330_000)}END:VCALENDAR`,
    ),
  "a calendar nested 20,000 deep": () => typed("text/calendar", "BEGIN:VEVENT\r\n".repeat(20_000)),
  "a calendar line folded 500,000 times": () =>
    typed("text/calendar", `BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:x\r\n${" y\r\n".repeat(500_000)}END:VEVENT`),
  "a calendar that recurs every second": () =>
    typed(
      "text/calendar",
      "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:00010101T000000Z\r\nRRULE:FREQ=SECONDLY;COUNT=2000000000\r\nEND:VEVENT\r\nEND:VCALENDAR",
    ),
  "a calendar with 100,000 guests": () =>
    typed(
      "text/calendar",
      `BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n${'ATTENDEE;CN="x":mailto:a@b.example\r\n'.repeat(100_000)}END:VEVENT`,
    ),
  "a winmail.dat that promises 4 GB": () =>
    base64("application/ms-tnef", tnef({ tag: 0x0002800c, content: Buffer.alloc(10), length: 0xffffffff })),
  "a winmail.dat of 100,000 attachments": () =>
    base64(
      "application/ms-tnef",
      tnef(...Array.from({ length: 100_000 }, () => ({ tag: 0x00069002, content: Buffer.alloc(4) }))),
    ),
  "a winmail.dat with 4 billion properties": () =>
    base64(
      "application/ms-tnef",
      tnef({ tag: MAPI, content: Buffer.concat([u32(0xffffffff), Buffer.alloc(100_000)]) }),
    ),
  "a winmail.dat with a property of 4 billion values": () =>
    base64(
      "application/ms-tnef",
      tnef({ tag: MAPI, content: Buffer.concat([u32(1), u32(0x1000101f), u32(0xffffffff), Buffer.alloc(50_000)]) }),
    ),
  "compressed RTF that unpacks to 40 MB": () =>
    base64("application/ms-tnef", tnef({ tag: MAPI, content: rtfBomb(300_000, 40_000_000) })),
  "compressed RTF that promises 4 GB": () =>
    base64("application/ms-tnef", tnef({ tag: MAPI, content: rtfBomb(10, 0xffffffff) })),
  "winmail.dat in winmail.dat 200 deep": () => {
    let inner = tnef();
    for (let level = 0; level < 200; level++) inner = tnef({ tag: 0x0006800f, content: inner });
    return base64("application/ms-tnef", inner);
  },
  "S/MIME in S/MIME 1,000 deep": () =>
    HEAD + "Content-Type: application/pkcs7-mime; smime-type=signed-data; name=smime.p7m\r\n\r\n".repeat(1000),
  "ASN.1 nested 100,000 deep": () =>
    base64("application/pkcs7-mime; smime-type=signed-data", Buffer.alloc(400_000, Buffer.from([0x30, 0x80]))),
  "a report of 100,000 recipients": () =>
    typed(
      "multipart/report; report-type=delivery-status; boundary=b",
      `--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; x\r\n\r\n${"Final-Recipient: rfc822; a@b.example\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n".repeat(100_000)}--b--`,
    ),
  "a report in 300,000 lines of prose": () =>
    `${HEAD.replace("Eve <eve", "Mail Delivery System <eve")}Return-Path: <>\r\n\r\n${"<a@b.example>: host x said: 550 5.1.1\n".repeat(100_000)}`,
};

export const FORMAT_BOMBS: Readonly<Record<string, () => string>> = { ...TEXTS, ...ENCODED, ...FORMATS };
