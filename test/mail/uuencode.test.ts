/** Files inside plain text: taken when the lines are what they say, left when somebody only writes about them. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeUuencoded, takeUuencoded } from "../../src/mail/mime/uuencode.ts";
import { hostileText } from "./arbitraries.ts";

type Style = { readonly zero?: string; readonly strip?: boolean };

/** POSIX uuencode: 45 bytes a line, a space or a backtick for zero. */
function uuencode(content: Buffer, name: string, { zero = "`", strip = false }: Style = {}): string {
  const sign = (six: number): string => (six === 0 ? zero : String.fromCharCode(32 + six));
  const lines: string[] = [];
  for (let at = 0; at < content.length; at += 45) {
    const bytes = content.subarray(at, at + 45);
    let line = sign(bytes.length);
    for (let i = 0; i < bytes.length; i += 3) {
      const bits = ((bytes[i] as number) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
      line += [18, 12, 6, 0].map((shift) => sign((bits >> shift) & 63)).join("");
    }
    lines.push(strip ? line.trimEnd() : line);
  }
  return [`begin 644 ${name}`, ...lines, strip ? "" : zero, "end", ""].join("\n");
}

const REPORT = Buffer.from("serial;floor\nNW-0001;2\nNW-0002;3\nNW-0003;1\nNW-0004;2\nNW-0005;4\nNW-0006;4\n");

describe("what is taken", () => {
  test("any bytes in any style come back, and the words around them stay", () => {
    const style = fc.record({ zero: fc.constantFrom("`", " "), eol: fc.constantFrom("\n", "\r\n") });
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 400 }), style, (bytes, { zero, eol }) => {
        const content = Buffer.from(bytes);
        const text = `Hello,\n\n${uuencode(content, "a b.bin", { zero })}Bye\n`.replaceAll("\n", eol);
        expect(takeUuencoded(text)).toEqual({ text: `Hello,\n\nBye\n`.replaceAll("\n", eol), files: [{ filename: "a b.bin", content }], defects: [] });
        expect(decodeUuencoded(Buffer.from(text))?.content).toEqual(content);
      }),
    );
  });

  test("several blocks, with the name that stands there", () => {
    const text = `${uuencode(REPORT, "übersicht.csv")}and\n${uuencode(Buffer.from("Cat"), '"cat.txt"')}`;
    const { files, ...rest } = takeUuencoded(text);
    expect(files.map(({ filename }) => filename)).toEqual(["übersicht.csv", "cat.txt"]);
    expect(rest).toEqual({ text: "and\n", defects: [] });
  });

  test("spaces at line ends that were stripped on the way are zeros", () => {
    const content = Buffer.concat([Buffer.alloc(100), Buffer.from("end"), Buffer.alloc(50), REPORT]);
    const { files, defects } = takeUuencoded(uuencode(content, "zeros.bin", { zero: " ", strip: true }));
    expect(files[0]?.content).toEqual(content);
    expect(defects).toEqual([]);
  });

  test("a file without its end, with a defect, and the words below it", () => {
    const cut = uuencode(REPORT, "report.csv").replace("`\nend\n", "");
    expect(takeUuencoded(`${cut}-- \nMARIA SANTOS\n`)).toEqual({
      text: "-- \nMARIA SANTOS\n",
      files: [{ filename: "report.csv", content: REPORT }],
      defects: ["uuencode: a file without its end, it may be cut"],
    });
    expect(takeUuencoded(`${cut}MARIA SANTOS\n`)).toMatchObject({ text: "MARIA SANTOS\n", files: [{ content: REPORT }] });
  });

  test("lines that are not as long as they say, with a defect", () => {
    const broken = uuencode(Buffer.concat([REPORT, Buffer.alloc(3)]), "report.csv").replace(/^(M.{30}).*$/m, "$1");
    const { files, defects } = takeUuencoded(broken);
    expect(files[0]?.content.subarray(45)).toEqual(Buffer.concat([REPORT.subarray(45), Buffer.alloc(3)]));
    expect(defects).toEqual(["uuencode: lines of a file are not as long as they say"]);
  });

  test("lines that only claim to be long grow a file by four megabytes at most", () => {
    const text = `begin 644 bomb\n#0V%T\n${"_\n".repeat(500_000)}`;
    expect(takeUuencoded(`${text}end\n`).files[0]?.content).toHaveLength(3);
    expect(takeUuencoded(`begin 644 zeros\n#0V%T\n${"_\n".repeat(60_000)}end\n`).files[0]?.content).toHaveLength(3 + 60_000 * 63);
  });

  test("base64 blocks, also with the name in base64", () => {
    const lines = REPORT.toString("base64").replace(/.{60}/g, "$&\n");
    expect(takeUuencoded(`Hi\nbegin-base64 644 report.csv\n${lines}\n====\nBye`)).toEqual({
      text: "Hi\nBye",
      files: [{ filename: "report.csv", content: REPORT }],
      defects: [],
    });
    const encoded = `begin-base64-encoded 644 ${Buffer.from("übersicht.csv").toString("base64")}\n${lines}\n`;
    expect(takeUuencoded(encoded)).toMatchObject({ text: "", files: [{ filename: "übersicht.csv", content: REPORT }], defects: [expect.stringContaining("cut")] });
  });

  test("a hundred files and no more", () => {
    const { files, text, defects } = takeUuencoded(uuencode(Buffer.from("Cat"), "cat.txt").repeat(101));
    expect(files).toHaveLength(100);
    expect(text).toContain("begin 644 cat.txt");
    expect(defects).toHaveLength(1);
  });
});

test.each([
  "begin 644 the story with a number\n",
  "begin 644 scan.pdf\nM and then strange signs\n",
  "begin 644 scan.pdf\nend\n",
  "begin 644 scan.pdf\n\nend\n",
  "begin 644 SCAN.PDF\nHELLO WORLD\nend\n",
  "begin 644 SCAN.PDF\n#0V%T\nThat was all.\n",
  "begin-base64 644 key\nabcd\n",
  " begin 644 cat.txt\n#0V%T\n`\nend\n",
  "> begin 644 cat.txt\n> #0V%T\n> `\n> end\n",
  "begin\n",
  "begin 644 \n#0V%T\n`\nend\n",
])("%j stays as it is", (text) => {
  expect(takeUuencoded(text)).toEqual({ text, files: [], defects: [] });
  expect(decodeUuencoded(Buffer.from(text))).toBeUndefined();
});

describe("for any text", () => {
  const piece = fc.oneof(
    fc.constantFrom("begin 644 a\n", "begin-base64 644 b\n", "end\n", "`\n", "\n", "====\n", "#0V%T\n", "Q2F%T\n", "QUJD\n", "M", " ", "\r\n", "\0", "\ud83d"),
    hostileText,
  );

  test("nothing is thrown, and what is no file is kept", () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const text = pieces.join("");
        const taken = takeUuencoded(text);
        expect(taken.text === text).toBe(taken.files.length === 0);
        expect(taken.text.length).toBeLessThanOrEqual(text.length);
      }),
      { numRuns: 2000 },
    );
  });

  test.each([
    ["begins", "", "begin 644 x\n"],
    ["half begins", "", "\nbegin"],
    ["short lines", "begin 644 x\n", "M\n"],
    ["short lines after begins", "", "begin 644 x\nM\nM\n"],
    ["good lines without an end", "begin 644 x\n", `M${"A".repeat(60)}\n`],
    ["one line", "begin 644 x", "M"],
    ["base64", "begin-base64 644 x\n", "QUJDQUJDQUJDQUJD\n"],
    ["backticks", "begin 644 x\n#0V%T\n", "`\n"],
    ["files", "", "begin 644 x\n#0V%T\n`\nend\n"],
  ])("20 MB of %s end soon", (_name, first, again) => {
    const text = first + again.repeat(Math.ceil(20_000_000 / again.length));
    const started = performance.now();
    takeUuencoded(text);
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});
