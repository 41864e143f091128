import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { unflow } from "../../src/mail/mime/flowed.ts";
import { readParameters } from "../../src/mail/mime/parameters.ts";

const filename = (header: string): string | undefined => readParameters(header).params.get("filename");

describe("parameters of a MIME header", () => {
  test.each([
    ['attachment; filename="a;b.txt"', "a;b.txt"],
    ["attachment; filename=a.txt", "a.txt"],
    ["attachment; filename=My report (final).pdf; size=4", "My report (final).pdf"],
    ["attachment; FileName = \"a.txt\"", "a.txt"],
    ['attachment; filename="a\\"b.txt"', 'a"b.txt'],
    ['attachment; filename="C:\\temp\\a.txt"', "C:\\temp\\a.txt"],
    ['attachment; filename="=?utf-8?B?w6k=?=.pdf"', "é.pdf"],
    ["attachment; filename==?utf-8?Q?=C3=A9.pdf?=", "é.pdf"],
    ["attachment; filename*=utf-8''%e2%82%ac.txt", "€.txt"],
    ["attachment; filename*=utf-8'de'%e2%82%ac.txt; filename=x.txt", "€.txt"],
    ["attachment; filename=x.txt; filename*=utf-8''%e2%82%ac.txt", "€.txt"],
    ["attachment; filename*0*=utf-8''%e2%82; filename*1*=%ac; filename*2=.txt", "€.txt"],
    ['attachment; filename*1="b.txt"; filename*0="a"', "ab.txt"],
    ['attachment; filename*0="=?utf-8?Q?=C3=A9?="; filename*1=".txt"', "é.txt"],
    ["attachment; filename*=''plain.txt", "plain.txt"],
    ["attachment; filename*=utf-8''a%3D%3Futf-8%3FQ%3F%3D2Eexe%3F%3D", "a=?utf-8?Q?=2Eexe?="],
    ["attachment; filename*=unknown''%e4.txt", "ä.txt"],
    ["attachment; filename=first.txt; filename=second.txt", "first.txt"],
    ['attachment; filename="never closed.txt; size=4', "never closed.txt"],
    ["attachment;;; filename=a.txt;", "a.txt"],
    ["attachment (a comment; filename=no.txt); filename=yes.txt", "yes.txt"],
  ])("%s", (header, expected) => {
    expect(filename(header)).toBe(expected);
  });

  test("the value loses comments, blanks and case", () => {
    expect(readParameters("Text / Plain (mine); charset=utf-8").value).toBe("text/plain");
    expect(readParameters(undefined)).toEqual({ value: "", params: new Map() });
  });

  test("never throws, and a storm ends", () => {
    fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 400 }), (text) => {
      const { value } = readParameters(text);
      expect(value).toBe(value.toLowerCase());
    }));
    for (const piece of ["(", '"', '="', ";", "a*0=x;", "(;", '="\\', "a*999*=%", "''"]) {
      const { params } = readParameters(`x;${piece.repeat(60_000)}`);
      expect(params.size).toBeLessThan(60_000);
    }
  });
});

describe("flowed text (RFC 3676)", () => {
  test.each([
    ["joins lines that end in a blank", "one \ntwo\nthree", "one two\nthree"],
    ["keeps quotes of different depth apart", "> a \n> b\n>> c \n> d", "> a b\n>> c \n> d"],
    ["takes stuffing off", " > not a quote\n From here", "> not a quote\nFrom here"],
    ["never joins a signature", "words\n-- \nMaria \nSantos", "words\n-- \nMaria Santos"],
    ["keeps empty quoted lines bare", "> a\n>\n> b", "> a\n>\n> b"],
  ])("%s", (_name, text, expected) => {
    expect(unflow(text, false)).toBe(expected);
  });

  test("with delsp the blank is no part of the words", () => expect(unflow("東京 \n大阪", true)).toBe("東京大阪"));
});
