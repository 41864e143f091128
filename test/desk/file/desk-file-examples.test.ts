import { describe, expect, it } from "vitest";
import { exampleBytes } from "../../../src/desk/file/desk-file-examples.ts";
import { filesNamed, readDesk } from "../../../src/desk/file/desk-file.ts";
import { writeDesk } from "../../../src/desk/file/desk-file-write.ts";
import type { RuleExample } from "../../../src/desk/types.ts";
import { formatError } from "../../../src/yaml/problem.ts";
import { SMALL } from "./desk-file-texts.ts";

const file = (example: string) => `${SMALL}rules:
  - name: R
    when: opened
    then: { priority: high }
    examples:
${example.replace(/^/gm, "      ")}
`;
const read = (example: string, files: [string, Buffer | string | Error][] = []) =>
  readDesk(file(example), "desk.yaml", { files: new Map(files), now: 0 });
function example(written: string, files?: [string, Buffer | string | Error][]): RuleExample {
  const result = read(written, files);
  if (!result.ok) throw new Error(result.errors.map(formatError).join("\n"));
  return result.desk.rules[0]!.examples[0]!;
}
const mistakes = (written: string, files?: [string, Buffer | string | Error][]) => {
  const result = read(written, files);
  return result.ok ? [] : result.errors.map(formatError);
};

describe("examples", () => {
  it("are read with their lines", () => {
    expect(
      example(
        "- { given: { from: joe@x.example, subject: a, text: b, headers: { X-A: c }, ticket: { tags: [New], priority: low } }, expect: { priority: high, tag: [x, X], note: true, acknowledge: false } }",
      ),
    ).toEqual({
      given: {
        from: "joe@x.example",
        subject: "a",
        text: "b",
        headers: { "X-A": "c" },
        ticket: { tags: ["new"], priority: "low" },
      },
      expect: { priority: "high", tags: ["x"], effects: ["note", "silence"] },
      line: 13,
      column: expect.any(Number),
    });
  });

  it("may expect nothing", () => {
    expect(example("- { given: { subject: a }, expect: nothing }").expect).toEqual({});
  });

  it("may hold a whole message", () => {
    const { given } = example(
      "- given:\n    eml: |\n      From: joe@x.example\n      Subject: a\n\n      Hello\n  expect: nothing",
    );
    expect(given).toEqual({ eml: "From: joe@x.example\nSubject: a\n\nHello\n", ticket: {} });
    expect("eml" in given && exampleBytes(given.eml).toString()).toBe(
      "From: joe@x.example\r\nSubject: a\r\n\r\nHello\r\n",
    );
  });

  it.each([
    ["UTF-8 with CRLF", Buffer.from("From: a@x.example\r\nSubject: é\r\n\r\nHello\r\n")],
    ["Latin-1", Buffer.from("From: a@x.example\r\nSubject: \xe9\r\n\r\nHello\r\n", "latin1")],
    ["bytes of every kind", Buffer.from([...Buffer.from("X: "), ...Array.from({ length: 256 }, (_, n) => n)])],
  ])("hold the content of a file and give it back, also after an export: %s", (_, bytes) => {
    const written = "- { given: { eml: mails/odd.eml }, expect: nothing }";
    expect(filesNamed(file(written))).toEqual(["mails/odd.eml"]);
    const first = read(written, [["mails/odd.eml", bytes]]);
    const second = readDesk(first.ok ? writeDesk(first.desk) : "", "exported.yaml");
    for (const result of [first, second]) {
      const { given } = result.ok ? result.desk.rules[0]!.examples[0]! : { given: undefined };
      expect(given !== undefined && "eml" in given && exampleBytes(given.eml)).toEqual(bytes);
    }
  });

  it.each<[string, RegExp]>([
    [
      "- { given: { form: a }, expect: nothing }",
      /^desk\.yaml:13:20 rules\[1\]\.examples\[1\]\.given\.form: there is no key "form" here\. Did you mean "from"\?/,
    ],
    [
      "- { given: { from: a }, expect: { prority: high } }",
      /expect\.prority: there is no key "prority" here\. Did you mean "priority"\?/,
    ],
    [
      "- { given: { from: a }, expect: all }",
      /expect: "all" is not a result\. Write `nothing`, or what the ticket has then, e\.g\. \{ priority: high \}\.$/,
    ],
    ["- { given: { from: a } }", /expect: is missing\. Write `nothing`, or/],
    ["- { expect: nothing }", /given: is missing or empty\. Write a map with eml, from,/],
    [
      "- { given: { from: a }, expect: { note: false } }",
      /expect\.note: is what an example cannot ask for\. Write true, or take it out\.$/,
    ],
    [
      "- { given: { from: a }, expect: { assign: bob } }",
      /expect\.assign: "bob" is not known here\. Write none or round-robin/,
    ],
    [
      "- { given: { from: a, ticket: { topic: x } }, expect: nothing }",
      /given\.ticket\.topic: there is no topic "x" in this file\. The file defines none\.$/,
    ],
    [
      "- { given: { eml: no.eml }, expect: nothing }",
      /given\.eml: there is no file no\.eml here\. Write a path that begins at the folder of the desk file\.$/,
    ],
    [
      "- { given: { eml: hello }, expect: nothing }",
      /given\.eml: "hello" is not a message\. Write a file that ends in \.eml, or a whole message after `eml: \|`\.$/,
    ],
    [
      "- { given: { eml: big.eml }, expect: nothing }",
      /given\.eml: big\.eml is larger than 256KB\. Name a smaller file\.$/,
    ],
    [
      "- { given: { eml: ok.eml, from: a }, expect: nothing }",
      /^desk\.yaml:13:33 .*given\.from: stands beside eml, which is a whole message\. Take one of the two out\.$/,
    ],
  ])("refuse %s", (written, message) => {
    const files: [string, Buffer][] = [
      ["big.eml", Buffer.alloc(262_145, "a")],
      ["ok.eml", Buffer.from("From: a@x.example\n\n")],
    ];
    expect(mistakes(written, files)).toEqual([expect.stringMatching(message)]);
  });
});
