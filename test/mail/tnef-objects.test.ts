/** What stands in a winmail.dat as an object: attached messages and OLE objects. */
import { describe, expect, test } from "vitest";
import { parse } from "../../src/mail/parse.ts";
import { readTnef } from "../../src/mail/tnef/tnef.ts";
import { CONTEXT } from "./context.ts";
import * as w from "./tnef-writer.ts";

const SENT = Date.UTC(2026, 10, 20, 8, 15, 0);
const PHOTO = Buffer.from(Array.from({ length: 500 }, (_, i) => (i * 7) % 256));

describe("an attached message", () => {
  const inner = w.tnef(
    w.messageProperties(
      w.unicode(0x37, "Größe der Lampe"),
      w.unicode(0x42, 'Jo "Lamp" Brown'),
      w.unicode(0x5d02, "jo@home.example"),
      w.time(0x39, SENT),
      w.unicode(0x1000, "How large is the lamp?\r\nJo"),
      w.unicode(0x1013, '<p>How large is the <b>lamp</b>?</p><img src="cid:lamp@home">'),
      w.unicode(0x1035, "<lamp-1@home.example>"),
    ),
    w.recipients([w.int32(0x0c15, 1), w.unicode(0x3001, "Maria Santos"), w.unicode(0x3003, "maria@home.example")]),
    ...w.file("Lämpchen, klein.png", PHOTO, w.unicode(0x370e, "image/png"), w.unicode(0x3712, "lamp@home")),
    ...w.file("notes.txt", Buffer.from("white\r\n")),
  );

  test("is a file that a mail program opens, with its words, people, date and files", async () => {
    const { files, defects } = readTnef(w.tnef(...w.attachedMessage("Größe der Lampe", inner)));
    expect(defects).toEqual([]);
    expect(files.map(({ filename, contentType, inline }) => [filename, contentType, inline])).toEqual([
      ["Größe der Lampe.eml", "message/rfc822", false],
      // What it came as is kept, and shown to nobody.
      ["Untitled Attachment", undefined, true],
      ["Untitled Attachment", undefined, true],
    ]);
    const eml = files[0]!.content;
    expect(eml.every((byte) => byte < 0x80)).toBe(true);
    expect(eml.toString("latin1").split("\r\n").every((line) => line.length <= 76 && !/[\r\n]/.test(line))).toBe(true);
    const message = await parse(eml, CONTEXT);
    expect(message).toMatchObject({
      subject: "Größe der Lampe",
      from: { name: 'Jo "Lamp" Brown', address: "jo@home.example" },
      to: [{ name: "Maria Santos", address: "maria@home.example" }],
      date: SENT,
      messageId: "lamp-1@home.example",
      text: "How large is the lamp?\nJo",
    });
    expect(message.html).toContain("<b>lamp</b>");
    expect(message.attachments.map(({ filename, size, inline, contentId }) => [filename, size, inline, contentId?.replace(/[<>]/g, "")])).toEqual([
      ["Lämpchen, klein.png", 500, true, "lamp@home"],
      ["notes.txt", 7, false, undefined],
    ]);
  });

  test("is the same bytes each time", () => {
    const stream = w.tnef(...w.attachedMessage("x", inner));
    expect(readTnef(stream).files[0]?.content).toEqual(readTnef(stream).files[0]?.content);
  });

  test("cannot write header lines of its own", () => {
    const evil = w.tnef(
      w.messageProperties(
        w.unicode(0x37, "Lamp\r\nBcc: eve@evil.example\r\n\r\n<script>"),
        w.unicode(0x42, 'Jo\r\nX-Evil: 1 <"'),
        w.unicode(0x1035, "<a@b>\r\nX-Evil: 2"),
      ),
      ...w.file('a"\r\nX-Evil: 3.txt', PHOTO, w.unicode(0x370e, "text/plain\r\nX-Evil: 4"), w.unicode(0x3712, "a>\r\nX-Evil: 5")),
    );
    const eml = readTnef(w.tnef(...w.attachedMessage("x", evil))).files[0]!.content.toString("latin1");
    expect(eml).not.toMatch(/^(?:x-evil|bcc)/im);
  });

  test("keeps the name of an author who has no address", () => {
    const stream = w.tnef(w.messageProperties(w.unicode(0x42, "Jo Brown"), w.unicode(0x37, "Lamp")));
    const eml = readTnef(w.tnef(...w.attachedMessage("x", stream))).files[0]!.content.toString("latin1");
    expect(eml).toMatch(/^From: Jo Brown:;\r\nSubject: Lamp\r\nMIME-Version: 1\.0\r\n/);
  });

  test("is called after itself, or after the attachment", () => {
    const names = (subject: string | undefined, name: string) =>
      readTnef(w.tnef(...w.attachedMessage(name, w.tnef(w.messageProperties(...(subject === undefined ? [] : [w.unicode(0x37, subject)])))))).files[0]?.filename;
    expect(names("Lamp", "other")).toBe("Lamp.eml");
    expect(names(undefined, "Lamp.msg")).toBe("Lamp.eml");
    expect(names(undefined, "")).toBe("message.eml");
  });

  test("may hold a message, which may hold one; deeper ones stay as they are", async () => {
    const nest = (depth: number): Buffer =>
      depth === 0 ? w.tnef(...w.file("deep.txt", PHOTO)) : w.tnef(w.messageProperties(w.unicode(0x37, `level ${depth}`)), ...w.attachedMessage("x", nest(depth - 1)));
    const three = readTnef(nest(3));
    expect(three.defects).toEqual([]);
    expect(three.files[0]?.filename).toBe("level 2.eml");
    expect(three.files[0]?.content.includes("deep.txt")).toBe(true);
    const five = readTnef(nest(5));
    expect(five.defects).toEqual(["messages are nested too deep, the innermost stays as it is"]);
    const text = five.files[0]!.content.toString("latin1");
    expect(text).toContain('filename="x.dat"');
    expect(text).not.toContain("deep.txt");
  });

  test("that is no message is the bytes that are there", () => {
    const { files } = readTnef(w.tnef(...w.attachedMessage("x", Buffer.from("no stream at all"))));
    expect(files).toHaveLength(1);
    expect(files[0]?.filename).toBe("Untitled Attachment");
  });
});

/** A compound file with one stream of 4,096 bytes or more. */
function compound(name: string, stream: Buffer): Buffer {
  const sectors = Math.ceil(stream.length / 512);
  const header = Buffer.alloc(512, 0xff);
  Buffer.from("d0cf11e0a1b11ae1", "hex").copy(header);
  header.fill(0, 8, 76);
  header.writeUInt16LE(9, 30);
  header.writeUInt16LE(6, 32);
  header.writeUInt32LE(1, 48); // directory
  header.writeUInt32LE(4096, 56);
  for (const at of [60, 68]) header.writeUInt32LE(0xfffffffe, at);
  header.writeUInt32LE(0, 76); // the one sector of the table
  const table = Buffer.alloc(512, 0xff);
  [0xfffffffd, 0xfffffffe].forEach((mark, at) => table.writeUInt32LE(mark, at * 4));
  for (let i = 0; i < sectors; i++) table.writeUInt32LE(i === sectors - 1 ? 0xfffffffe : i + 3, (i + 2) * 4);
  const directory = Buffer.alloc(512);
  [["Root Entry", 5, 0xfffffffe, 0] as const, [name, 2, 2, stream.length] as const].forEach(([called, type, first, size], at) => {
    directory.write(called, at * 128, "utf16le");
    directory.writeUInt16LE(called.length * 2 + 2, at * 128 + 64);
    directory[at * 128 + 66] = type;
    directory.writeUInt32LE(first, at * 128 + 116);
    directory.writeUInt32LE(size, at * 128 + 120);
  });
  return Buffer.concat([header, table, directory, stream, Buffer.alloc(sectors * 512 - stream.length)]);
}

const IID_STORAGE = Buffer.from("0b00000000000000c000000000000046", "hex");
const oleObject = (name: string, storage: Buffer): Buffer[] => [
  w.renderingData(),
  w.title("Untitled Attachment"),
  w.attachmentProperties(w.int32(0x3705, 6), w.unicode(0x3001, name), w.object(0x3701, Buffer.concat([IID_STORAGE, storage]))),
];

describe("an object in the text", () => {
  const filler = Buffer.alloc(5000, 9);

  test("that is a pasted picture gives the picture, beside the object itself", () => {
    const picture = Buffer.concat([Buffer.from("BM"), filler]);
    const storage = compound("CONTENTS", picture);
    const { files } = readTnef(w.tnef(...oleObject("Picture (Device Independent Bitmap)", storage)));
    expect(files.map(({ filename, inline }) => [filename, inline])).toEqual([
      ["Untitled Attachment", true],
      ["Picture (Device Independent Bitmap).bmp", false],
    ]);
    expect(files[0]?.content).toEqual(Buffer.concat([IID_STORAGE, storage]));
    expect(files[1]?.content).toEqual(picture);
  });

  test("that is a picture without a file's head gets one", () => {
    const bare = Buffer.alloc(40 + 16 * 4 + 5000, 1);
    [40, 10, 10].forEach((value, at) => bare.writeUInt32LE(value, at * 4));
    bare.writeUInt16LE(1, 12);
    bare.writeUInt16LE(4, 14);
    for (const at of [16, 32]) bare.writeUInt32LE(0, at);
    const picture = readTnef(w.tnef(...oleObject("Picture", compound("CONTENTS", bare)))).files[1];
    expect(picture?.filename).toBe("Picture.bmp");
    expect(picture?.content.subarray(0, 2).toString()).toBe("BM");
    expect(picture?.content.readUInt32LE(2)).toBe(bare.length + 14);
    expect(picture?.content.readUInt32LE(10)).toBe(14 + 40 + 64);
    expect(picture?.content.subarray(14)).toEqual(bare);
  });

  test("that is a packed file gives the file by its name", () => {
    const zero = (text: string): Buffer => Buffer.from(`${text}\0`, "latin1");
    const size = (value: number): Buffer => {
      const bytes = Buffer.alloc(4);
      bytes.writeUInt32LE(value);
      return bytes;
    };
    const temporary = zero("C:\\TEMP\\log.txt");
    const native = Buffer.concat([
      Buffer.from([2, 0]), zero("lamp log.txt"), zero("C:\\lamp log.txt"), Buffer.from([0, 0, 3, 0]),
      size(temporary.length), temporary, size(filler.length), filler, Buffer.alloc(8),
    ]);
    const storage = compound("\u0001Ole10Native", Buffer.concat([size(native.length), native]));
    const file = readTnef(w.tnef(...oleObject("Package", storage))).files[1];
    expect(file?.filename).toBe("lamp log.txt");
    expect(file?.content).toEqual(filler);
  });

  test.each([
    ["Workbook", filler, "Sheet.xls"],
    ["Package", Buffer.concat([Buffer.from("PK\u0003\u0004 xl/workbook.xml"), filler]), "Sheet.xlsx"],
    ["CONTENTS", Buffer.concat([Buffer.from("%PDF-1.7"), filler]), "Sheet.pdf"],
  ])("that a program wrote gives its document: %s", (stream, bytes, name) => {
    const { files } = readTnef(w.tnef(...oleObject("Sheet", compound(stream, bytes))));
    expect(files.map((file) => file.filename)).toEqual(["Untitled Attachment", name]);
  });

  test("that nobody knows stays what it is", () => {
    for (const storage of [compound("Unknown", filler), Buffer.from("no storage")]) {
      const { files } = readTnef(w.tnef(...oleObject("Thing", storage)));
      expect(files.map(({ filename, inline }) => [filename, inline])).toEqual([["Untitled Attachment", false]]);
    }
  });
});
