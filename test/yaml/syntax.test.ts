/** Slips in YAML: where they were made, and what to write instead. */
import { expect, it } from "vitest";
import { formatError } from "../../src/yaml/problem.ts";
import { readYaml } from "../../src/yaml/source.ts";

const INDENT = "the indentation does not fit the lines above. Keys of one section begin in the same column.";
const COLON = "this line is no key with a value. Write a colon and a blank after the key.";

it.each<[string, string, string[]]>([
  [
    "a } that is missing",
    "a:\n  - name: A\n    then: { spam: true, stop: true\n  - name: B\n    when: opened\n",
    ["3:11: the { that is opened here is not closed. Write } where it ends."],
  ],
  ["at the end", "a: { b: [1, 2]\n", ["1:4: the { that is opened here is not closed. Write } where it ends."]],
  [
    "a ] over several lines",
    "a: [\n  1,\n  2\nb: 3\n",
    ["1:4: the [ that is opened here is not closed. Write ] where it ends."],
  ],
  ["the inner one", "a: { b: [1, 2 }\n", ["1:9: the [ that is opened here is not closed. Write ] where it ends."]],
  [
    "after a brace in a text",
    'a: { b: "{", c: [1, 2 }\n',
    ["1:17: the [ that is opened here is not closed. Write ] where it ends."],
  ],
  [
    "behind a byte order mark",
    "\ufeffa: { b: 1\n",
    ["1:5: the { that is opened here is not closed. Write } where it ends."],
  ],
  ["a } too many", "a: { b: 1 }}\n", ["1:12: nothing opens the } that stands here. Take it out."]],
  [
    "a quote that is missing",
    'a:\n  b: "x\n  c: "y"\n',
    ['2:6: the text that begins here has no closing ". Write one where it ends.'],
  ],
  ["an indentation too small", "a:\n  - name: VIP\n   when: opened\n   if: { b: c }\n", [`3:4: ${INDENT}`]],
  ["too great", "a:\n  - name: VIP\n      when: opened\n", [`3:7: ${INDENT}`]],
  ["of a key between", "a:\n  b: 1\n c: 2\n", [`3:2: ${INDENT}`]],
  ["a colon that is missing", "a:\n  b: 1\n  c\n  d: 2\n", [`3:3: ${COLON}`]],
  ["the blank after a colon", "a:1\nb: 2\n", [`1:1: ${COLON}`]],
  [
    "a second colon",
    "a: b: c\n",
    ['1:4: a second ": " stands on this line. Put a text that contains a colon in quotes.'],
  ],
  ["a comma", "a: { b: 1 c: 2 }\n", ["1:9: a comma is missing inside { } or [ ]. Write one before the next key."]],
  [
    "tabs alone",
    "a:\n\tb: 1\n\tc: [\n",
    ["2:1: the line is indented with a tab. Write spaces.", "3:1: the line is indented with a tab. Write spaces."],
  ],
  [
    "merge keys",
    "a: &x { b: 1 }\nc: { <<: *x, d: 2 }\n",
    ["2:6 c: merging maps with << is not supported. Write the keys out."],
  ],
])("tells of %s", (_, text, expected) => {
  expect(readYaml(text, "f").errors.map(formatError)).toEqual(expected.map((one) => `f:${one}`));
});
