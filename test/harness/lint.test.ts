/** The rules that lint alone enforces are broken on purpose, and are reported. */
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const ROOT = join(import.meta.dirname, "../..");

const PLANTED = [
  ["no-floating-promises", "src/db/floating.ts", `export const x = () => { Promise.resolve(1); };`],
  ["no-floating-promises", "test/floating.ts", `export const x = () => { Promise.resolve(1); };`],
  ["no-process-env", "src/db/env.ts", `export const x = process.env["HOME"];`],
  ["no-restricted-globals", "src/desk/env.ts", `export const x = process.env["HOME"];`],
  ["no-restricted-properties", "src/mail/clock.ts", `export const x = () => Date.now();`],
  ["no-restricted-properties", "src/desk/dice.ts", `export const x = () => Math.random();`],
  ["no-restricted-globals", "src/mail/timer.ts", `export const x = () => setTimeout(() => undefined, 1);`],
  [
    "no-restricted-imports",
    "src/desk/uuid.ts",
    `import { randomUUID } from "node:crypto";\nexport const x = randomUUID;`,
  ],
] as const;

const ALLOWED = [
  ["src/config.ts", `export const x = process.env["HOME"];`],
  ["src/mail/hash.ts", `import { createHash } from "node:crypto";\nexport const x = createHash("sha256");`],
  ["src/stages/clock.ts", `export const x = () => Date.now();`],
] as const;

describe("lint", () => {
  let folder: string;
  let reported: readonly { readonly file: string; readonly rule: string }[];

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "postern-lint-"));
    for (const name of [".oxlintrc.json", "tsconfig.json", "package.json"])
      cpSync(join(ROOT, name), join(folder, name));
    symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
    for (const [file, source] of [...PLANTED.map(([, ...rest]) => rest), ...ALLOWED]) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), `${source}\n`);
    }
    const { PATH } = process.env;
    const run = spawnSync("oxlint", ["--type-aware", "--format", "json"], {
      cwd: folder,
      encoding: "utf8",
      env: { PATH: `${join(ROOT, "node_modules/.bin")}:${PATH}` },
    });
    const { diagnostics } = JSON.parse(run.stdout) as { diagnostics: { filename: string; code: string }[] };
    reported = diagnostics.map(({ filename, code }) => ({ file: filename, rule: code }));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const rulesBroken = (file: string) => reported.filter((one) => one.file.endsWith(file)).map(({ rule }) => rule);

  it.each(PLANTED)("reports %s in %s", (rule, file) => {
    expect(rulesBroken(file).join(" ")).toContain(rule);
  });

  it.each(ALLOWED)("says nothing of %s", (file) => {
    expect(rulesBroken(file)).toEqual([]);
  });
});
