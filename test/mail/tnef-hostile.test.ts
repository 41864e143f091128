/** Bytes that mean harm: any and mutated ones, and those that would cost a careless reader minutes or gigabytes. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readRtf } from "../../src/mail/tnef/rtf/body.ts";
import { readTnef, type Tnef } from "../../src/mail/tnef/tnef.ts";
import * as w from "./tnef-writer.ts";

const SEED = w.tnef(
  w.oemCodePage(932),
  w.fromTriple("Maria Santos", "SMTP:maria@home.example"),
  w.stringAttribute(0x8004, "Lamp"),
  w.messageProperties(
    w.unicode(0x37, "Lamp"),
    w.named(0x8001, "Keywords", "x"),
    w.int32s(0x1101, 1, 2),
    w.binary(0x1013, Buffer.from("<p>It flickers</p>")),
    w.binary(0x1009, w.compress("{\\rtf1\\ansi\\fromhtml1{\\*\\htmltag64 <p>}It \\'82\\'a0\\u8364 ?flickers{\\*\\htmltag72 </p>}}")),
    w.int32(0x3fde, 65001),
  ),
  w.recipients([w.unicode(0x3001, "Jo"), w.string8(0x3003, "jo@home.example")]),
  ...w.file("photo.png", Buffer.alloc(60, 7), w.unicode(0x3712, "x@y")),
  ...w.attachedMessage("inner", w.tnef(w.messageProperties(w.unicode(0x37, "inner")), ...w.file("deep.txt", Buffer.alloc(30, 1)))),
);

/** Which limits a result breaks; none. */
function excess({ files, defects, body }: Tnef, size: number): string[] {
  const out = files.reduce((total, file) => total + file.content.length, 0);
  const limits: Record<string, boolean> = {
    files: files.length <= 1000,
    defects: defects.length <= 50,
    bytes: out <= 3 * size + 2000 * (files.length + 1),
    text: (body.text?.length ?? 0) <= 2_000_000,
    html: (body.html?.length ?? 0) <= 2_000_000,
  };
  return Object.keys(limits).filter((name) => !limits[name]);
}

describe("never throws and stays within bounds", () => {
  test("on any bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), fc.boolean(), (bytes, signed) => {
        const stream = signed ? Buffer.concat([w.tnef(), bytes]) : Buffer.from(bytes);
        expect(excess(readTnef(stream), stream.length)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  test("on attributes of any bytes", () => {
    const attribute = fc
      .tuple(
        fc.constantFrom("message" as const, "attachment" as const),
        fc.constantFrom(0x8000, 0x8004, 0x8005, 0x800c, 0x800f, 0x8010, 0x9002, 0x9003, 0x9004, 0x9005, 0x9007),
        fc.oneof(fc.uint8Array({ maxLength: 80 }), fc.constantFrom(w.properties(w.unicode(0x3707, "a")), w.properties(w.object(0x3701, SEED)))),
      )
      .map(([level, id, bytes]) => w.attribute(level, id, Buffer.from(bytes)));
    fc.assert(
      fc.property(fc.array(attribute, { maxLength: 12 }), (attributes) => {
        const stream = w.tnef(...attributes);
        expect(excess(readTnef(stream), stream.length)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  test("on a good stream with some bytes changed, and cut anywhere", () => {
    const change = fc.tuple(fc.nat(SEED.length - 1), fc.oneof(fc.nat(255), fc.constantFrom(0, 1, 0x7f, 0xff)));
    fc.assert(
      fc.property(fc.array(change, { maxLength: 6 }), fc.nat(SEED.length), (changes, cut) => {
        const stream = Buffer.from(SEED.subarray(0, cut));
        for (const [at, byte] of changes) if (at < stream.length) stream[at] = byte;
        expect(excess(readTnef(stream), stream.length)).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  test("on RTF of any pieces", () => {
    const pieces = ["{", "}", "\\", "\\'", "\\'82", "\\*", "\\u-3913 ", "\\uc9", "\\bin3 ", "\\bin99999999 ", "\\htmltag64 <p>", "\\htmlrtf", "\\htmlrtf0 ", "\\fromhtml1", "\\fonttbl", "\\f1", "\\fcharset128", "\\field", "\\fldinst HYPERLINK \"http://x.example\"", "\\fldrslt", "\\par", "\\constructor", "\\__proto__", "x", " ", "\n", "\0", "\u00e9"];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 60 }), fc.nat(50), (parts, most) => {
        const { text } = readRtf(`{\\rtf1${parts.join("")}`, most);
        expect(text.length).toBeLessThanOrEqual(most);
      }),
      { numRuns: 500 },
    );
  });
});

/** 4 MB of each; a reader that looks at a byte more than some times does not end in time on any machine. */
const SIZE = 4_000_000;
const fill = (piece: Buffer | string): Buffer => Buffer.alloc(SIZE, Buffer.from(piece as string, "latin1"));
const many = (piece: string): string => piece.repeat(Math.floor(SIZE / piece.length));
const rtf = (text: string): Buffer =>
  w.tnef(w.messageProperties(w.binary(0x1009, w.rtfContainer(Buffer.from(text, "latin1"), text.length, 0x414c454d, 0))));
const list = (bytes: Buffer): Buffer => w.tnef(w.attribute("message", 0x9003, Buffer.concat([Buffer.alloc(4, 0xff), bytes])));

describe("a bomb ends quickly", () => {
  test.each<[string, () => Buffer]>([
    ["of empty attributes", () => Buffer.concat([w.tnef(), fill(w.stringAttribute(0x8004, ""))])],
    ["of empty files", () => Buffer.concat([w.tnef(), fill(Buffer.concat([w.renderingData(), w.content(Buffer.alloc(0))]))])],
    ["of small properties", () => list(fill(w.int32(0x1101, 1)))],
    ["of a property with four billion values", () => list(Buffer.concat([Buffer.from("1f100011ffffffff", "hex"), Buffer.alloc(SIZE)]))],
    ["of recipients", () => w.tnef(w.attribute("message", 0x9004, Buffer.concat([Buffer.alloc(4, 0xff), Buffer.alloc(SIZE)])))],
    ["of RTF groups", () => rtf(`{\\rtf1 ${many("{")}`)],
    ["of RTF fonts", () => rtf(`{\\rtf1 {\\fonttbl${many("{\\f7\\cpg77 A;}")}`)],
    ["of RTF code pages", () => rtf(`{\\rtf1 ${many("\\ansicpg932 \\'82x\\ansicpg1251 \\'82x")}`)],
    ["of RTF characters", () => rtf(`{\\rtf1\\fromhtml1 ${many("\\u8364 ?")}`)],
    ["of RTF links", () => rtf(`{\\rtf1 {\\*\\fldinst HYPERLINK "http://x.example"}${many("{\\fldrslt a")}`)],
    ["of packed RTF", () => w.tnef(w.messageProperties(w.binary(0x1009, w.rtfContainer(fill(Buffer.from([0xff, ...Array<number[]>(8).fill([0x00, 0x1f]).flat()])), 0xffffffff, 0x75465a4c))))],
    ["of Content-IDs", () => w.tnef(w.messageProperties(w.binary(0x1013, fill("cid:a"))))],
  ])("%s", (_, make) => {
    const stream = make();
    const started = performance.now();
    const result = readTnef(stream);
    expect(performance.now() - started).toBeLessThan(3000);
    expect(excess(result, stream.length)).toEqual([]);
  });

  test("of messages in messages of messages", () => {
    let stream = w.tnef(...w.file("x.bin", Buffer.alloc(300, 1)));
    for (let i = 0; i < 3; i++) stream = w.tnef(...Array.from({ length: 16 }, () => w.attachedMessage("x", stream)).flat());
    const result = readTnef(stream);
    expect(excess(result, stream.length)).toEqual([]);
    expect(result.defects).toContain("too many files, the rest is not read");
  });
});
