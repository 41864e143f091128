/** What YAML can do to its reader: aliases without number, values without number, characters that no database takes. */
import { describe, expect, it } from "vitest";
import { readYaml } from "../../src/yaml/source.ts";

const messages = (text: string): string[] =>
  readYaml(text, "desk.yaml").errors.map(({ line, field, message }) => `${line} ${field}: ${message}`);

describe("a file with anchors", () => {
  it("is read with the nearest anchor above each alias", () => {
    const { value, errors } = readYaml("a: &x 1\nb: *x\nc: &x 2\nd: [*x, *x]\n", "desk.yaml");
    expect(errors).toEqual([]);
    expect(value).toEqual({ a: "1", b: "1", c: "2", d: ["2", "2"] });
    expect(messages("a: *x\nb: &x 1\n")[0]).toMatch(/^1 a: \*x refers to an anchor that is not defined above/);
  });

  it("is read in a time that grows with it, however many aliases it has", () => {
    const begun = performance.now();
    const text = `a: &x 1\n${Array.from({ length: 15_000 }, (_, n) => `k${n}: *x\n`).join("")}`;
    expect(readYaml(text, "desk.yaml").errors).toEqual([]);
    expect(performance.now() - begun).toBeLessThan(15_000);
  });

  it("says so when anchors repeat more values than are read, and never leaves the rest out silently", () => {
    const levels = Array.from(
      { length: 6 },
      (_, n) => `a${n + 1}: &a${n + 1} [${Array(10).fill(`*a${n}`).join(", ")}]\n`,
    );
    const said = messages(`a0: &a0 [x, y]\n${levels.join("")}last: z\n`);
    expect(said).toHaveLength(1);
    expect(said[0]).toMatch(/is more than can be read: a file has at most 200000 values/);
  });

  it("says so once when an anchor contains itself", () => {
    expect(messages("a: &l [*l]\n")).toEqual([expect.stringMatching(/is nested too deeply/)]);
  });
});

it("refuses NUL, which PostgreSQL does not store", () => {
  expect(messages('a: "x\\0y"\n')).toEqual(["1 a: holds a NUL character, which no text has. Take it out."]);
});
