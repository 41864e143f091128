/** The stream of winmail.dat and the files in it. */
import { describe, expect, test } from "vitest";
import { isTnef, readTnef } from "../../src/mail/tnef/tnef.ts";
import * as w from "./tnef-writer.ts";

const ID = {
  html: 0x1013,
  attachFilename: 0x3704,
  longFilename: 0x3707,
  mimeTag: 0x370e,
  contentId: 0x3712,
  flags: 0x3714,
  hidden: 0x7ffe,
} as const;
const LETTER = Buffer.from("Dear Northwind, the lamp flickers.\r\n");

describe("the stream", () => {
  test("is known by its signature, and by a type or a name that says so", () => {
    const stream = w.tnef();
    expect(isTnef("application/ms-tnef", "winmail.dat", stream)).toBe(true);
    expect(isTnef("application/vnd.ms-tnef; name=x", "part.bin", stream)).toBe(true);
    expect(isTnef("application/octet-stream", "ATT00008.dat", stream)).toBe(true);
    expect(isTnef("application/octet-stream", undefined, stream)).toBe(true);
    expect(isTnef("application/octet-stream", "winmail", stream)).toBe(true);
    expect(isTnef("application/x-tnef", "letter.bin", stream)).toBe(true);
    expect(isTnef("application/octet-stream", "measurements.bin", stream)).toBe(false);
    expect(isTnef("application/ms-tnef", "winmail.dat", Buffer.from("PK\u0003\u0004"))).toBe(false);
    expect(isTnef("application/ms-tnef", "winmail.dat", Buffer.alloc(2))).toBe(false);
  });

  test("of another kind of bytes is unreadable", () => {
    for (const bytes of [Buffer.alloc(0), LETTER, Buffer.from("789f3e", "hex")]) {
      const { readable, files, defects } = readTnef(bytes);
      expect({ readable, files, defects }).toEqual({ readable: false, files: [], defects: ["the signature is missing"] });
    }
  });

  test("without anything in it is readable, since there is nothing to miss", () => {
    expect(readTnef(w.tnef(w.oemCodePage(1252), w.stringAttribute(0x8008, "IPM.Note")))).toMatchObject({
      readable: true,
      files: [],
      body: {},
      messageClass: "IPM.Note",
      defects: [],
    });
  });

  test("that is cut in a file gives the file as far as it goes", () => {
    const whole = w.tnef(w.renderingData(), w.title("letter.txt"), w.content(LETTER));
    const { files, defects, readable } = readTnef(whole.subarray(0, whole.length - 12));
    expect(readable).toBe(true);
    expect(files[0]?.filename).toBe("letter.txt");
    expect(files[0]?.content).toEqual(LETTER.subarray(0, LETTER.length - 10));
    expect(defects).toEqual(["the stream ends within an attribute"]);
  });

  test("with a wrong checksum is read, and says so", () => {
    const { files, defects } = readTnef(w.tnef(w.renderingData(), w.title("a.txt"), w.attribute("attachment", 0x800f, LETTER, 1)));
    expect(files[0]?.content).toEqual(LETTER);
    expect(defects).toEqual(["a checksum is wrong"]);
  });

  test("may be followed by a line end, but by nothing else without a word", () => {
    const stream = w.tnef(...w.file("a.txt", LETTER));
    expect(readTnef(Buffer.concat([stream, Buffer.from("\r\n\0")])).defects).toEqual([]);
    const { files, defects } = readTnef(Buffer.concat([stream, Buffer.from("what is this?")]));
    expect(files).toHaveLength(1);
    expect(defects).toEqual([`no attribute at byte ${stream.length}`]);
  });

  test("that broke before anything came out is unreadable", () => {
    expect(readTnef(Buffer.concat([w.tnef(), Buffer.from("garbage")])).readable).toBe(false);
  });
});

describe("files", () => {
  test("keep their bytes, whether they stand in the old attribute or in the property", () => {
    const bytes = Buffer.from(Array.from({ length: 1001 }, (_, i) => i % 256));
    const { files } = readTnef(
      w.tnef(
        ...w.file("one.bin", bytes),
        w.renderingData(),
        w.attachmentProperties(w.string8(ID.longFilename, "two.bin"), w.binary(0x3701, bytes)),
      ),
    );
    expect(files.map((file) => file.filename)).toEqual(["one.bin", "two.bin"]);
    expect(files.every((file) => file.content.equals(bytes))).toBe(true);
  });

  test.each<[string, Buffer[], string]>([
    ["the long name before the title", [w.title("LONGNA~1.TXT"), w.attachmentProperties(w.unicode(ID.longFilename, "long name.txt"))], "long name.txt"],
    ["the title before the short name", [w.title("title.txt"), w.attachmentProperties(w.string8(ID.attachFilename, "TITLE~1.TXT"))], "title.txt"],
    ["the short name without a title", [w.title(""), w.attachmentProperties(w.string8(ID.attachFilename, "short.txt"))], "short.txt"],
    ["the name for show as the last", [w.attachmentProperties(w.unicode(0x3001, "shown.txt"))], "shown.txt"],
    ["Outlook's word for no name", [], "Untitled Attachment"],
    ["the transport's name", [w.attribute("attachment", 0x9001, Buffer.from("sent.txt\0"))], "sent.txt"],
  ])("are called by %s", (_, attributes, name) => {
    const { files } = readTnef(w.tnef(w.renderingData(), w.content(LETTER), ...attributes));
    expect(files.map((file) => file.filename)).toEqual([name]);
  });

  test("have names in the stream's code page or in Unicode", () => {
    const { files } = readTnef(
      w.tnef(
        w.oemCodePage(1251),
        w.renderingData(),
        w.title("\xf1\xf7\xb8\xf2.pdf"),
        w.content(LETTER),
        ...w.file("請求書 № 7 – größe.pdf", LETTER),
      ),
    );
    expect(files.map((file) => file.filename)).toEqual(["счёт.pdf", "請求書 № 7 – größe.pdf"]);
  });

  test("may be empty, have one name, or stand before their name", () => {
    const { files } = readTnef(
      w.tnef(
        w.renderingData(),
        w.content(Buffer.alloc(0)),
        w.title("empty.txt"),
        w.renderingData(),
        w.content(LETTER),
        w.title("twin.txt"),
        w.renderingData(),
        w.content(LETTER),
        w.title("twin.txt"),
      ),
    );
    expect(files.map((file) => [file.filename, file.content.length])).toEqual([
      ["empty.txt", 0],
      ["twin.txt", LETTER.length],
      ["twin.txt", LETTER.length],
    ]);
  });

  test("are told apart when the writer leaves out where one begins", () => {
    const { files } = readTnef(w.tnef(w.title("a.txt"), w.content(LETTER), w.title("b.txt"), w.content(LETTER)));
    expect(files.map((file) => file.filename)).toEqual(["a.txt", "b.txt"]);
  });

  test("stay one when an attribute that tells nothing is repeated", () => {
    const changed = w.attribute("attachment", 0x8013, Buffer.alloc(14));
    const { files } = readTnef(w.tnef(w.renderingData(), w.content(LETTER), changed, changed, w.title("a.txt")));
    expect(files.map((file) => file.filename)).toEqual(["a.txt"]);
  });

  test("that are only a link to a server of the sender's are no files", () => {
    const { files, defects } = readTnef(
      w.tnef(w.renderingData(), w.title("plan.xls"), w.attachmentProperties(w.int32(0x3705, 4), w.string8(0x370d, "\\\\srv\\plan.xls"))),
    );
    expect(files).toEqual([]);
    expect(defects).toEqual(['"plan.xls" has no content']);
  });

  test("that the HTML shows are inline, with type and Content-ID", () => {
    const image = (name: string, ...more: Buffer[]): Buffer[] => w.file(name, LETTER, w.unicode(ID.mimeTag, "image/png"), ...more);
    const { files } = readTnef(
      w.tnef(
        w.messageProperties(w.binary(ID.html, Buffer.from('<p><img src="cid:Logo@NW"></p>'))),
        ...image("logo.png", w.unicode(ID.contentId, "logo@nw")),
        ...image("flagged.png", w.unicode(ID.contentId, "<x@nw>"), w.int32(ID.flags, 4)),
        ...image("hidden.png", w.boolean(ID.hidden, true)),
        ...image("photo.png", w.unicode(ID.contentId, "y@nw"), w.boolean(ID.hidden, false)),
      ),
    );
    expect(files.map(({ filename, inline, contentId, contentType }) => [filename, inline, contentId, contentType])).toEqual([
      ["logo.png", true, "logo@nw", "image/png"],
      ["flagged.png", true, "x@nw", "image/png"],
      ["hidden.png", true, undefined, "image/png"],
      ["photo.png", false, "y@nw", "image/png"],
    ]);
  });
});
