import { describe, expect, test } from "vitest";
import { fullBudget } from "../../src/mail/tnef/limits.ts";
import { readRtf } from "../../src/mail/tnef/rtf/body.ts";
import { decompressRtf } from "../../src/mail/tnef/rtf/compressed.ts";
import { compress, rtfContainer } from "./tnef-writer.ts";

const MOST = 100_000;
const HTML = "{\\rtf1\\ansi\\ansicpg1252\\fromhtml1 \\deff0{\\fonttbl{\\f0\\fswiss Arial;}{\\f1\\fcharset204 Arial;}}";
const html = (inside: string): string => {
  const { from, text } = readRtf(`${HTML}${inside}}`, MOST);
  expect(from).toBe("html");
  return text;
};
const plain = (inside: string): string => {
  const { from, text } = readRtf(`{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0 Arial;}{\\f3\\fcharset128 Gothic;}}${inside}}`, MOST);
  expect(from).toBe("rtf");
  return text;
};

describe("compressed RTF", () => {
  const RTF = "{\\rtf1\\ansi\\pard Your order, your lamp, your order, your lamp, your order.\\par}";

  test.each([
    ["a short one", "{\\rtf1}"],
    ["one with repetitions", RTF],
    ["one that overlaps itself", `{\\rtf1 ${"ab".repeat(300)}}`],
    ["one larger than the window", `{\\rtf1 ${Array.from({ length: 3000 }, (_, i) => `line ${i * 7919}`).join("\\par ")}}`],
  ])("is unpacked: %s", (_, rtf) => {
    const budget = fullBudget();
    expect(decompressRtf(compress(rtf), budget)?.toString("latin1")).toBe(rtf);
    expect(budget.defects).toEqual([]);
    expect(budget.rtf).toBe(fullBudget().rtf - rtf.length);
  });

  test("may be not compressed at all, or stand there without its header", () => {
    const bytes = Buffer.from(RTF, "latin1");
    expect(decompressRtf(rtfContainer(bytes, bytes.length, 0x414c454d, 0), fullBudget())).toEqual(bytes);
    expect(decompressRtf(bytes, fullBudget())).toEqual(bytes);
  });

  test.each<[string, (packed: Buffer) => Buffer, string]>([
    ["with a wrong checksum", (packed) => Buffer.concat([packed.subarray(0, 12), Buffer.from([1, 2, 3, 4]), packed.subarray(16)]), "rtf: the checksum is wrong"],
    ["that is cut off", (packed) => packed.subarray(0, packed.length - 4), "rtf: cut off"],
  ])("is read %s, and says so", (_, spoil, defect) => {
    const budget = fullBudget();
    const rtf = decompressRtf(spoil(compress(RTF)), budget)?.toString("latin1");
    expect(RTF.startsWith(rtf ?? "?")).toBe(true);
    expect(rtf?.length).toBeGreaterThan(RTF.length - 30);
    expect(budget.defects).toContain(`${defect}`);
  });

  test("of an unknown kind is none", () => {
    const budget = fullBudget();
    expect(decompressRtf(rtfContainer(Buffer.from(RTF), RTF.length, 0x12345678), budget)).toBeUndefined();
    expect(decompressRtf(Buffer.from([1, 2, 3]), budget)).toBeUndefined();
    expect(budget.defects).toEqual(["rtf: neither LZFu nor MELA", "rtf: too short"]);
  });

  test("never becomes larger than what is left, whatever it declares", () => {
    const budget = { ...fullBudget(), rtf: 1000 };
    const bomb = rtfContainer(Buffer.concat(Array.from({ length: 500 }, () => Buffer.from([0xfe, 0x41, 0, 0x0f, 0x0c, 0xf0]))), 0xffffffff, 0x75465a4c);
    expect(decompressRtf(bomb, budget)?.length).toBeLessThanOrEqual(1000);
    expect(decompressRtf(bomb, budget)?.length).toBe(0);
  });

  test("goes on to its end mark, and without one to its declared size", () => {
    const packed = Buffer.from([0x00, ...Buffer.from("{\\rtf1 }"), 0x00, 0, 0, 0]);
    expect(decompressRtf(rtfContainer(packed, 8, 0x75465a4c), fullBudget())?.toString()).toBe("{\\rtf1 }");
  });
});

describe("HTML in RTF", () => {
  test("is the tags and the words between them, without what RTF needed on top", () => {
    expect(
      html(
        "\\uc1\\pard\\plain\\deftab360 \\f0\\fs24 {\\*\\htmltag19 <html>}{\\*\\htmltag2 \\par }{\\*\\htmltag50 <body>}\\htmlrtf \\lang1033 \\htmlrtf0 " +
          "{\\*\\htmltag64 <p>}\\htmlrtf {\\htmlrtf0 The lamp{\\*\\htmltag84 <b>}\\htmlrtf {\\b \\htmlrtf0  flickers{\\*\\htmltag92 </b>}\\htmlrtf }\\htmlrtf0 .\\htmlrtf\\par}\\htmlrtf0 {\\*\\htmltag72 </p>}\n" +
          "{\\*\\mhtmltag1 <img src=x>}{\\*\\htmltag58 </body>}",
      ),
    ).toBe("<html>\r\n<body><p>The lamp<b> flickers</b>.</p></body>");
  });

  test("has what RTF escapes as characters or entities", () => {
    expect(html("{\\*\\htmltag64 <p title=\"\\{a\\\\b\\}\">}a\\tab b\\line c\\~d\\_e \\lquote x\\rquote  \\ldblquote y\\rdblquote  \\emdash\\endash\\bullet ")).toBe(
      '<p title="{a\\b}">a\tb\r\nc&nbsp;d&shy;e &lsquo;x&rsquo; &ldquo;y&rdquo; &mdash;&ndash;&bull;',
    );
  });

  test("is read in the code page of the document and of its fonts, and in Unicode", () => {
    expect(html("gr\\'fc\\'dfe {\\f1 \\'cb\\'e0\\'ec\\'ef\\'e0} \\u8364 ?\\u-10179 ?\\u-8704 ?")).toBe("grüße Лампа €😀");
    expect(html("\\htmlrtf {\\f1\\htmlrtf0 \\'cb\\'e0\\htmlrtf }\\htmlrtf0 \\'fc")).toBe("Лаü");
  });

  test("stays behind the brace that was never closed", () => {
    expect(readRtf(`${HTML}{\\*\\htmltag64 <p>}the end is miss`, MOST).text).toBe("<p>the end is miss");
  });
});

describe("text in RTF", () => {
  test("is what was there before it became RTF", () => {
    expect(readRtf("{\\rtf1\\ansi\\fromtext \\deff0{\\fonttbl{\\f0 Courier;}}\\uc1\\pard\\plain one \\{two\\}\\par\r\n\\tab three\\line four}", MOST)).toEqual({
      from: "text",
      text: "one {two}\n\tthree\nfour",
      cut: false,
    });
  });
});

describe("RTF as such", () => {
  test("is read without its tables, pictures and page heads", () => {
    expect(
      plain(
        "{\\colortbl;\\red0\\green0\\blue0;}{\\stylesheet{\\s0 Normal;}}{\\*\\generator Riched20;}{\\info{\\author Jo}}{\\header Page}" +
          "\\pard Hello\\par{\\pict\\wmetafile8 0100090000}{\\object\\objemb{\\*\\objclass Paint}{\\*\\objdata 0105}{\\result world}}\\par",
      ),
    ).toBe("Hello\nworld\n");
  });

  test("has its rows and cells on lines, its list dots, and its hidden text left out", () => {
    expect(plain("a\\cell b\\cell\\row{\\pntext\\'95\\tab}dot\\par{\\v secret}{\\v0 shown}\\emdash\\u-3913 ?")).toBe("a\tb\t\n•\tdot\nshown—•");
  });

  test("keeps where its links lead when the words do not say so", () => {
    const field = (target: string, words: string): string => `{\\field{\\*\\fldinst{HYPERLINK "${target}"}}{\\fldrslt{\\ul ${words}}}} end`;
    expect(plain(field("https://shop.example/7", "your order"))).toBe("your order <https://shop.example/7> end");
    expect(plain(field("https://shop.example/7", "https://shop.example/7"))).toBe("https://shop.example/7 end");
    expect(plain(field("mailto:jo@home.example", "Jo"))).toBe("Jo <jo@home.example> end");
    expect(plain(field("javascript:x", "odd"))).toBe("odd end");
  });

  test("has characters of two bytes, also where only the first is escaped", () => {
    expect(plain("{\\f3 \\'83\\'8b\\'83e\\'83X\\'83g}!")).toBe("ルテスト!");
    expect(plain("\\uc2\\u26085\\'93\\'fa\\u26412\\'96\\'7b!")).toBe("日本!");
  });

  test.each([
    ["mac", "{\\rtf1\\mac h\\'8e}", "hé"],
    ["pc", "{\\rtf1\\pc h\\'82}", "hé"],
    ["an unknown code page", "{\\rtf1\\ansi\\ansicpg99999 h\\'e9}", "hé"],
    ["none", "{\\rtf1\\ansi\\ansicpg0 h\\'e9}", "hé"],
    ["UTF-8", "{\\rtf1\\ansi\\ansicpg65001 h\\'c3\\'a9}", "hé"],
  ])("is read in %s", (_, rtf, text) => {
    expect(readRtf(rtf, MOST).text).toBe(text);
  });

  test("skips the substitutes of Unicode, but no control word and no group", () => {
    expect(plain("\\uc1\\u8364\\par x\\u8364{y}\\uc0\\u8364 z\\uc3\\u8364abcd")).toBe("€\nx€y€z€d");
  });

  test("ends with its last brace, and goes over binary data", () => {
    expect(readRtf("{\\rtf1 a{\\*\\x\\bin5 }}}}}b}c}\0\0", MOST).text).toBe("ac");
  });

  test("is cut where it is too long", () => {
    expect(readRtf(`{\\rtf1 ${"word \\par ".repeat(1000)}}`, 100)).toMatchObject({ cut: true });
    expect(readRtf(`{\\rtf1 ${"word \\par ".repeat(1000)}}`, 100).text).toHaveLength(100);
  });
});
