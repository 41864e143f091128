import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeText, isKnownCharset } from "../../src/mail/mime/charset.ts";

const bytes = (text: string): Buffer => Buffer.from(text, "latin1");
const read = (text: string, label?: string, legacy?: string): string => decodeText(bytes(text), label, legacy).text;

describe("the label", () => {
  test.each([
    ["caf\xe9", "ISO-8859-1", "café"],
    ["\x80 50 \x96 \x93x\x94", "iso-8859-1", "€ 50 – “x”"],
    ["\xa4 50", "iso-8859-15", "€ 50"],
    ["caf\x8e", "x-mac-roman", "café"],
    ["\x84\x94\x81", "cp850", "äöü"],
    ["Fr+APY-sche", "utf-7", "Frösche"],
    ["\xc4\xe3\xba\xc3", "gb2312", "你好"],
    ["\xe9\x46", "gb2312", "镕"],
    ["\xbe\xc8\xb3\xe7", "ks_c_5601-1987", "안녕"],
    ["\xa7\x41\xa6\x6e", "big5", "你好"],
    ["\x82\xb1\x82\xf1", "shift_jis", "こん"],
    ["\xb1\xdd", "windows-31j", "ｱﾝ"],
    ["\x1b$B$3$s\x1b(B", "ISO-2022-JP", "こん"],
    ["~{<:Ky2;SP~}~~", "hz-gb-2312", "己所不有~"],
    ["\x1b$)C\x0e>H3g\x0f!", "iso-2022-kr", "안녕!"],
    ["\xf0\xd2\xc9\xd7\xc5\xd4", "koi8-r", "Привет"],
    ["\xcf\xf0\xe8\xe2\xe5\xf2", "windows-1251", "Привет"],
    ["\xfe\xff\0a\0b", "utf-16", "ab"],
    ["a\0b\0", "utf-16le", "ab"],
    ["a\0b\0", "utf-16", "ab"],
    ["\0a\0b", "utf-16", "ab"],
  ])("%j as %s is %s", (text, label, expected) => {
    expect(read(text, label)).toBe(expected);
  });

  test("loses against UTF-8 that cannot be an accident, and says so", () => {
    expect(decodeText(Buffer.from("Größe für Köln"), "iso-8859-1", undefined)).toEqual({ text: "Größe für Köln", defect: "charset: stated as iso-8859-1, is utf-8" });
    // One pair alone may be two Latin letters.
    expect(read("\xc3\xbc", "iso-8859-1")).toBe("Ã¼");
  });

  test("that nobody knows is no reason to lose words", () => {
    expect(decodeText(bytes("na\xefve"), "x-mystery", "windows-1252")).toEqual({ text: "naïve", defect: 'charset: unknown "x-mystery"; read as windows-1252' });
    expect(read("plain", "x-mystery")).toBe("plain");
  });

  test("of a transfer encoding is none", () => {
    expect(isKnownCharset("base64")).toBe(false);
    expect(isKnownCharset("hex")).toBe(false);
    expect(isKnownCharset("utf-8")).toBe(true);
    expect(isKnownCharset("windows-1250")).toBe(true);
    expect(isKnownCharset("no such charset")).toBe(false);
  });
});

describe("without a label", () => {
  test("UTF-8 is UTF-8", () => expect(decodeText(Buffer.from("Zoë"), undefined, "windows-1252")).toEqual({ text: "Zoë" }));

  test("other bytes are the desk's legacy charset", () => {
    expect(read("\xcf\xf0\xe8\xe2\xe5\xf2", undefined, "windows-1251")).toBe("Привет");
    expect(decodeText(bytes("caf\xe9"), undefined, "windows-1252").defect).toBe("charset: not stated; read as windows-1252");
  });

  test("without a legacy charset they are shown as unreadable rather than as wrong letters", () => {
    expect(read("caf\xe9")).toBe("caf\ufffd");
  });

  test("UTF-8 with one broken byte stays UTF-8", () => {
    expect(read("Gr\xc3\xb6\xc3\x9fe f\xc3\xbcr K\xc3\xb6ln \xc3\xa4\xff", undefined, "windows-1252")).toBe("Größe für Köln ä\ufffd");
  });

  test("a label that says UTF-8 is believed when half of the characters bear it out", () => {
    expect(read("=\xc3=\x95\xc3\x84\xc3\x96\xc3\x9c", "utf-8", "windows-1252")).toBe("=\ufffd=\ufffdÄÖÜ");
    expect(read("caf\xe9", "utf-8", "windows-1252")).toBe("café");
  });

  test("Japanese escapes are certain", () => {
    expect(read("\x1b$B$3$s\x1b(B", "us-ascii")).toBe("こん");
  });
});

test("any bytes under any label give text", () => {
  const labels = ["utf-8", "utf-7", "utf-16", "iso-2022-jp", "iso-2022-kr", "hz-gb-2312", "gb18030", "cp437", "x", "", "us-ascii", "utf-32"];
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.constantFrom(undefined, ...labels), (array, label) => {
      expect(typeof decodeText(Buffer.from(array), label, "windows-1252").text).toBe("string");
    }),
  );
});
