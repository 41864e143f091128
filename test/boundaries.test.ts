/** The floors hold: every rule of .dependency-cruiser.cjs is broken on purpose in a copy of the tree, and is reported. */
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const ROOT = join(import.meta.dirname, "..");

type Report = {
  readonly modules: readonly { readonly source: string }[];
  readonly summary: {
    readonly violations: readonly { readonly from: string; readonly rule: { readonly name: string } }[];
  };
};
type Rule = { readonly name: string; readonly comment: string };

/** Rule, file that breaks it, the import that does. `planted.ts` exists in every folder of the copy. */
const PLANTED: readonly (readonly [rule: string, file: string, source: string])[] = [
  ["no-circle", "src/desk/x-circle-a.ts", `export { b as a } from "./x-circle-b.ts";`],
  ["no-unresolvable", "src/db/x-lost.ts", `import "./no-such-file.ts";`],
  ["no-dev-package-in-product", "src/db/x-dev.ts", `import fc from "fast-check";\nexport default fc;`],
  ["no-test-in-product", "src/db/x-test.ts", `import "../../test/planted.ts";`],
  [
    "mail-knows-no-desk",
    "src/mail/x-desk.ts",
    `import type { Planted } from "../desk/planted.ts";\nexport type X = Planted;`,
  ],
  [
    "desk-decides-only",
    "src/desk/x-smtp.ts",
    `import { planted } from "../smtp/planted.ts";\nexport const x = planted;`,
  ],
  [
    "desk-decides-only",
    "src/desk/x-smtp-type.ts",
    `import type { Planted } from "../smtp/planted.ts";\nexport type X = Planted;`,
  ],
  ["yaml-reads-any-file", "src/yaml/x-desk.ts", `import "../desk/planted.ts";`],
  ["text-knows-nobody", "src/text/x-mail.ts", `import "../mail/planted.ts";`],
  [
    "pure-folders-touch-no-machine",
    "src/mail/x-fs.ts",
    `import { readFileSync } from "node:fs";\nexport const x = readFileSync;`,
  ],
  ["pure-folders-touch-no-machine", "src/mail/x-net.ts", `import net from "net";\nexport const x = net;`],
  [
    "pure-folders-touch-no-machine",
    "src/desk/x-fs-promises.ts",
    `import { open } from "node:fs/promises";\nexport const x = open;`,
  ],
  ["pure-folders-touch-no-machine", "src/desk/x-child.ts", `import "node:child_process";`],
  ["pure-folders-touch-no-machine", "src/desk/x-thread.ts", `import "node:worker_threads";`],
  ["pure-folders-use-no-adapter", "src/desk/x-knex.ts", `import type { Knex } from "knex";\nexport type X = Knex;`],
  [
    "pure-folders-use-no-adapter",
    "src/mail/x-imapflow.ts",
    `import { ImapFlow } from "imapflow";\nexport const x = ImapFlow;`,
  ],
  [
    "pure-folders-use-no-adapter",
    "src/mail/x-nodemailer.ts",
    `import nodemailer from "nodemailer";\nexport const x = nodemailer;`,
  ],
  [
    "pure-folders-use-no-adapter",
    "src/mail/x-smtp.ts",
    `import C from "nodemailer/lib/smtp-connection";\nexport const x = C;`,
  ],
  [
    "db-knows-no-sibling",
    "src/db/x-queue.ts",
    `import { planted } from "../queue/planted.ts";\nexport const x = planted;`,
  ],
  [
    "db-knows-no-sibling",
    "src/db/x-type.ts",
    `import type { Planted } from "../smtp/planted.ts";\nexport type X = Planted;`,
  ],
  ["imap-knows-no-sibling", "src/imap/x-db.ts", `import "../db/planted.ts";`],
  [
    "smtp-knows-no-sibling",
    "src/smtp/x-db.ts",
    `import type { Planted } from "../db/planted.ts";\nexport type X = Planted;`,
  ],
  ["queue-knows-no-sibling", "src/queue/x-imap.ts", `import "../imap/planted.ts";`],
  ["adapters-import-downwards", "src/db/x-stage.ts", `import "../stages/planted.ts";`],
  ["parser-reads-mail-only", "src/parser/x-db.ts", `import "../db/planted.ts";`],
  [
    "stages-are-handed-their-verbs",
    "src/stages/x-smtp.ts",
    `import { planted } from "../smtp/planted.ts";\nexport const x = planted;`,
  ],
  [
    "stages-are-handed-their-verbs",
    "src/stages/x-queue.ts",
    `import { type Planted, planted } from "../queue/planted.ts";\nexport const x: Planted = planted;`,
  ],
  ["stages-fetch-no-mail", "src/stages/x-imap.ts", `import "../imap/planted.ts";`],
  ["stages-know-no-page", "src/stages/x-web.ts", `import "../web/planted.ts";`],
  ["nothing-imports-the-top", "src/web/x-cli.ts", `import "../cli/planted.ts";`],
  ["nothing-imports-the-top", "src/web/x-main.ts", `import "../main.ts";`],
  [
    "configuration-is-an-argument",
    "src/db/x-config.ts",
    `import { loadConfig } from "../config.ts";\nexport const x = loadConfig;`,
  ],
  ["sandbox-is-for-the-first-run", "src/stages/x-sandbox.ts", `import "../sandbox/planted.ts";`],
];

/** Imports that look like the ones above and are allowed. */
const ALLOWED: readonly (readonly [file: string, source: string])[] = [
  ["src/stages/y-types.ts", `import type { Planted } from "../smtp/planted.ts";\nexport type X = Planted;`],
  ["src/stages/y-db.ts", `import { planted } from "../db/planted.ts";\nexport const x = planted;`],
  ["src/desk/y-mail.ts", `import { planted } from "../mail/planted.ts";\nexport const x = planted;`],
  ["src/mail/y-crypto.ts", `import { createHash } from "node:crypto";\nexport const x = createHash;`],
  ["src/mail/y-composer.ts", `import C from "nodemailer/lib/mail-composer";\nexport const x = C;`],
  ["src/mail/y-parser.ts", `import { MailParser } from "mailparser";\nexport const x = MailParser;`],
  ["src/mail/y-auth.ts", `import { authenticate } from "mailauth";\nexport const x = authenticate;`],
  ["src/cli/y-sandbox.ts", `import "../sandbox/planted.ts";`],
  ["src/db/y-config-type.ts", `import type { X } from "../config.ts";\nexport type Y = X;`],
];

function cruise(folder: string): Report {
  const command = join(ROOT, "node_modules/dependency-cruiser/bin/dependency-cruise.mjs");
  const folders = ["src", "bin"].filter((name) => existsSync(join(folder, name)));
  const json = execFileSync(process.execPath, [command, "--output-type", "json", ...folders], {
    cwd: folder,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  return JSON.parse(json) as Report;
}

/** The exit code that `npm run boundaries` would see. */
function exitCode(folder: string): number {
  const command = join(ROOT, "node_modules/dependency-cruiser/bin/dependency-cruise.mjs");
  try {
    execFileSync(process.execPath, [command, "src"], { cwd: folder, stdio: "pipe" });
    return 0;
  } catch (error) {
    return (error as { status: number }).status;
  }
}

function write(folder: string, file: string, source: string): void {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), `${source}\n`);
}

describe("the tree", () => {
  it("is read and breaks no rule", () => {
    const report = cruise(ROOT);
    const own = report.modules.filter(({ source }) => source.startsWith("src/"));
    expect(own.length).toBeGreaterThan(50); // a cruiser that cannot read TypeScript reports nothing, and reads nothing
    expect(report.summary.violations.map(({ from, rule }) => `${rule.name}: ${from}`)).toEqual([]);
  });
});

describe("a planted violation", () => {
  let folder: string;
  let report: Report;
  const rulesBroken = (file: string) =>
    report.summary.violations.filter(({ from }) => from === file).map(({ rule }) => rule.name);

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "postern-boundaries-"));
    for (const name of [".dependency-cruiser.cjs", "package.json", "tsconfig.json"])
      cpSync(join(ROOT, name), join(folder, name));
    symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
    const floors = "mail desk text yaml db imap smtp queue parser stages web cli sandbox".split(" ");
    for (const place of [...floors.map((floor) => `src/${floor}`), "test"])
      write(folder, `${place}/planted.ts`, "export type Planted = number;\nexport const planted = 1;");
    write(folder, "src/main.ts", "export const main = 1;");
    write(folder, "src/config.ts", "export type X = number;\nexport const loadConfig = 1;");
    write(folder, "src/desk/x-circle-b.ts", `export { a as b } from "./x-circle-a.ts";`);
    for (const [, file, source] of PLANTED) write(folder, file, source);
    for (const [file, source] of ALLOWED) write(folder, file, source);
    report = cruise(folder);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each(PLANTED)("of %s in %s is reported", (rule, file) => {
    expect(rulesBroken(file)).toContain(rule);
  });

  it("is planted for every rule, and every rule gives a reason in one sentence", () => {
    const { forbidden } = createRequire(import.meta.url)("../.dependency-cruiser.cjs") as {
      forbidden: readonly Rule[];
    };
    expect(forbidden.map(({ name }) => name).toSorted()).toEqual(
      [...new Set(PLANTED.map(([rule]) => rule))].toSorted(),
    );
    for (const { comment } of forbidden) expect(comment).toMatch(/^[^.]+\.$/);
  });

  it.each(ALLOWED)("is not seen in %s, which is allowed", (file) => {
    expect(report.modules.map(({ source }) => source)).toContain(file);
    expect(rulesBroken(file)).toEqual([]);
  });

  it("fails the check: its exit code is the number of violations", () => {
    expect(exitCode(folder)).toBe(report.summary.violations.length);
  });
});
