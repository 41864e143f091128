/** Properties, the facts of a message and its body in winmail.dat. */
import { describe, expect, test } from "vitest";
import { readTnef } from "../../src/mail/tnef/tnef.ts";
import * as w from "./tnef-writer.ts";

const ID = { subject: 0x37, html: 0x1013, body: 0x1000, rtf: 0x1009 } as const;

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
