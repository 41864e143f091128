import { expect, it } from "vitest";
import { decodeText } from "../../src/yaml/decode.ts";

const decode = (bytes: Uint8Array) => decodeText(bytes, "desk.yaml");

it("reads UTF-8, with and without a byte order mark", () => {
  expect(decode(Buffer.from("name: Käse\n"))).toBe("name: Käse\n");
  expect(decode(Buffer.from("\ufeffname: Käse \ufffd\n"))).toBe("name: Käse \ufffd\n");
  expect(decode(Buffer.alloc(0))).toBe("");
});

it("says where Latin-1 stands, and what to do", () => {
  expect(decode(Buffer.from("name: é\r\nagents: x Käse\n", "utf8").subarray())).toBeTypeOf("string");
  const mixed = Buffer.concat([Buffer.from("# é\nname: é K"), Buffer.from("äse\n", "latin1")]);
  expect(decode(mixed)).toEqual({
    file: "desk.yaml",
    line: 2,
    column: 10,
    field: "",
    message: expect.stringMatching(/^a character here is not UTF-8; .* such as Latin-1\. Save it as UTF-8/),
  });
});

it.each([
  ["with its mark", Buffer.from("\ufeffname: x\n", "utf16le")],
  ["the other way round", Buffer.from("\ufeffname: x\n", "utf16le").swap16()],
  ["without", Buffer.from("name: x\n", "utf16le")],
])("knows UTF-16 %s", (_, bytes) => {
  expect(decode(bytes)).toMatchObject({
    line: 1,
    column: 1,
    message: expect.stringMatching(/is UTF-16 text\. Save it as UTF-8/),
  });
});

it("refuses a NUL in a text", () => {
  expect(decode(Buffer.from("name: x\nprefix: é\0NW\n"))).toMatchObject({ line: 2, column: 10 });
});
