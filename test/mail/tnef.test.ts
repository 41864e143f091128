import { describe, expect, test } from "vitest";
import { isTnef, readTnef } from "../../src/mail/tnef/tnef.ts";
import * as w from "./tnef-writer.ts";

const ID = {
  subject: 0x37,
  html: 0x1013,
  body: 0x1000,
  rtf: 0x1009,
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

describe("properties", () => {
  test("of every form are passed over to the one behind them", () => {
    const { subject, defects } = readTnef(
      w.tnef(
        w.messageProperties(
          w.int32s(0x1101, 1, 2, 3),
          w.unicode(0x1102, "one", "two", "three"),
          w.named(0x8001, 0x8554, "by number"),
          w.named(0x8002, "Keywords", "by name"),
          w.guid(0x1103),
          w.boolean(0x1104, true),
          w.time(0x1105, 0),
          w.binary(0x1106, Buffer.from([1, 2, 3])),
          Buffer.concat([Buffer.from([0x02, 0x00, 0x07, 0x11]), Buffer.from([9, 0, 0, 0])]),
          w.unicode(ID.subject, "The lamp flickers"),
        ),
      ),
    );
    expect(subject).toBe("The lamp flickers");
    expect(defects).toEqual([]);
  });

  test("end where a type is unknown; what stood before stays", () => {
    const { subject, defects } = readTnef(
      w.tnef(w.messageProperties(w.unicode(ID.subject, "Lamp"), Buffer.from([0x99, 0x09, 0, 0x11, 0, 0, 0, 0]), w.unicode(ID.body, "lost"))),
    );
    expect(subject).toBe("Lamp");
    expect(defects).toEqual(["unknown property type 0x999"]);
  });

  test("may promise more than there is", () => {
    const list = Buffer.concat([Buffer.from([0xff, 0xff, 0xff, 0xff]), w.unicode(ID.subject, "Lamp")]);
    const { subject, defects } = readTnef(w.tnef(w.attribute("message", 0x9003, list)));
    expect(subject).toBe("Lamp");
    expect(defects).toEqual(["a property list ends early"]);
  });
});

describe("the message", () => {
  test("has subject, author, recipients and date from its properties", () => {
    const sent = Date.UTC(2026, 10, 23, 9, 30, 0);
    const message = readTnef(
      w.tnef(
        w.messageProperties(
          w.unicode(0x1a, "IPM.Note"),
          w.unicode(ID.subject, "\u0001\u0005Re: lamp"),
          w.time(0x39, sent),
          w.unicode(0x42, "Maria Santos"),
          w.unicode(0x64, "SMTP"),
          w.unicode(0x65, "maria@home.example"),
          w.unicode(0x1035, "<m1@home.example>"),
        ),
        w.recipients(
          [w.int32(0x0c15, 1), w.unicode(0x3001, "Northwind"), w.string8(0x3002, "SMTP"), w.string8(0x3003, "support@nw.example")],
          [w.int32(0x0c15, 2), w.unicode(0x3001, "Jo"), w.string8(0x3002, "EX"), w.string8(0x3003, "/o=Home/cn=jo"), w.string8(0x39fe, "jo@home.example")],
        ),
      ),
    );
    expect(message).toMatchObject({
      subject: "Re: lamp",
      messageClass: "IPM.Note",
      from: { name: "Maria Santos", address: "maria@home.example" },
      recipients: [
        { kind: "to", name: "Northwind", address: "support@nw.example" },
        { kind: "cc", name: "Jo", address: "jo@home.example" },
      ],
      date: sent,
      messageId: "m1@home.example",
      defects: [],
    });
  });

  test("has them from the old attributes where there are no properties", () => {
    expect(
      readTnef(
        w.tnef(
          w.fromTriple("Maria Santos", "SMTP:maria@home.example"),
          w.stringAttribute(0x8004, "Lamp"),
          w.stringAttribute(0x800c, "It flickers.\r\n"),
          w.dateAttribute(0x8005, 2026, 11, 23, 9, 30, 15),
        ),
      ),
    ).toMatchObject({
      from: { name: "Maria Santos", address: "maria@home.example" },
      subject: "Lamp",
      body: { text: "It flickers.\r\n" },
      date: Date.UTC(2026, 10, 23, 9, 30, 15),
    });
  });

  test("keeps the name of somebody whose address is only Exchange's", () => {
    const { from } = readTnef(w.tnef(w.messageProperties(w.unicode(0x0c1a, "Jo"), w.unicode(0x0c1e, "EX"), w.unicode(0x0c1f, "/o=Home/cn=jo"))));
    expect(from).toEqual({ name: "Jo" });
  });
});

describe("the body", () => {
  const bodyOf = (...list: readonly Buffer[]) => readTnef(w.tnef(w.oemCodePage(1252), w.messageProperties(...list))).body;

  test("is text", () => {
    expect(bodyOf(w.string8(ID.body, "Die Lampe ist zu hei\xdf."))).toEqual({ text: "Die Lampe ist zu heiß." });
    expect(bodyOf(w.unicode(ID.body, "Лампа мигает."))).toEqual({ text: "Лампа мигает." });
  });

  test("is HTML, as bytes in the internet code page or as a string", () => {
    const russian = Buffer.from([0x3c, 0x70, 0x3e, 0xec, 0xc1, 0xcd, 0xd0, 0xc1]);
    expect(bodyOf(w.binary(ID.html, russian), w.int32(0x3fde, 20866))).toEqual({ html: "<p>Лампа" });
    expect(bodyOf(w.unicode(ID.html, "<p>Лампа"))).toEqual({ html: "<p>Лампа" });
    const meta = Buffer.from('<meta charset="iso-8859-2"><p>lampa nie \xb6wieci', "latin1");
    expect(bodyOf(w.binary(ID.html, meta)).html).toBe('<meta charset="iso-8859-2"><p>lampa nie świeci');
  });

  test("is HTML in RTF beside text", () => {
    const rtf = "{\\rtf1\\ansi\\fromhtml1{\\*\\htmltag64 <p>}It flickers.{\\*\\htmltag72 </p>}}";
    expect(bodyOf(w.unicode(ID.body, "It flickers."), w.binary(ID.rtf, w.compress(rtf)))).toEqual({
      text: "It flickers.",
      html: "<p>It flickers.</p>",
      rtf,
    });
  });

  test("is the text of RTF that is nothing but RTF", () => {
    const rtf = "{\\rtf1\\ansi{\\fonttbl{\\f0 Arial;}}\\pard It \\b flickers\\b0 .\\par}";
    expect(bodyOf(w.binary(ID.rtf, w.compress(rtf)))).toEqual({ text: "It flickers.\n", rtf });
  });

  test("that is empty is none", () => {
    expect(bodyOf(w.unicode(ID.body, ""), w.binary(ID.html, Buffer.alloc(0)), w.binary(ID.rtf, Buffer.alloc(0)))).toEqual({});
  });
});
