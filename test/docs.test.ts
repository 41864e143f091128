/** What the documents promise exists: links, files, commands, options, and examples that load. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import type { Command } from "commander";
import { afterAll, describe, expect, it } from "vitest";
import { program } from "../src/cli/main.ts";
import { loadConfig } from "../src/config.ts";
import { readDesk } from "../src/desk/file/desk-file.ts";

const ROOT = join(import.meta.dirname, "..");
const read = (page: string): string => readFileSync(join(ROOT, page), "utf8");

const pagesOf = (folder: string): string[] =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .map((name) => join(folder, name))
    .sort();

const TOP = readdirSync(ROOT).filter((name) => name.endsWith(".md"));
const PAGES = [...TOP, ...pagesOf("docs")];

/** Fenced blocks, `[language, text]`; text between backticks; and what is left of the page without both. */
function partsOf(markdown: string) {
  const blocks: [language: string, text: string][] = [];
  const unfenced = markdown.replace(/^```(\w*)\n([\s\S]*?)^```$/gm, (_, language: string, text: string) => {
    blocks.push([language, text]);
    return "";
  });
  const spans = [...unfenced.matchAll(/`([^`]+)`/g)].map(([, span]) => span!.replace(/\s+/g, " "));
  return { blocks, spans, prose: unfenced.replace(/`[^`]+`/g, "code") };
}

/** The anchor that a heading gets on the web: `## Life of a message` is `#life-of-a-message`. */
const anchorsOf = (markdown: string): string[] =>
  [...markdown.matchAll(/^#+ (.+)$/gm)].map(([, title]) =>
    title!
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  );

describe.each(PAGES)("links of %s", (page) => {
  const links = [...partsOf(read(page)).prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link]) => link!);

  it("lead somewhere", () => {
    const broken = links
      .filter((link) => !/^(https?|mailto):/.test(link))
      .filter((link) => {
        const [path = "", anchor] = link.split("#");
        const target = path === "" ? join(ROOT, page) : resolve(ROOT, dirname(page), path);
        if (!existsSync(target)) return true;
        return anchor !== undefined && !anchorsOf(readFileSync(target, "utf8")).includes(anchor);
      });
    expect(broken).toEqual([]);
  });
});

it("docs/README.md names every document", () => {
  const index = read("docs/README.md");
  const unnamed = pagesOf("docs").filter(
    (page) => page !== "docs/README.md" && !index.includes(`](${relative("docs", page)})`),
  );
  expect(unnamed).toEqual([]);
});

describe("decisions", () => {
  const records = readdirSync(join(ROOT, "docs/decisions")).sort();

  it("are numbered without a gap, and the number is in the title", () => {
    expect(records.map((name) => name.slice(0, 4))).toEqual(
      records.map((_, index) => String(index + 1).padStart(4, "0")),
    );
    for (const name of records)
      expect(read(`docs/decisions/${name}`)).toMatch(new RegExp(`^# ${Number(name.slice(0, 4))}\\. `));
  });

  it("are about packages that are dependencies", () => {
    const { dependencies, devDependencies } = JSON.parse(read("package.json")) as Record<
      string,
      Record<string, string>
    >;
    const installed = new Set(Object.keys({ ...dependencies, ...devDependencies }));
    const chosen =
      "knex sqlite3 node mailparser nodemailer liquidjs zod yaml commander smtp-server htmlparser2 sanitize-html bullmq";
    const checks = "oxlint oxlint-tsgolint prettier dependency-cruiser typescript vitest fast-check";
    expect(`${chosen} ${checks}`.split(" ").filter((name) => !installed.has(name))).toEqual([]);
  });
});

/** `src/mail/parse.ts`, `mail/parse.ts`, `docs/`, `.ci/run`: a path of the repository, from its root or from src. */
const PATH =
  /^(?:\.?[\w-]+\/)+(?:[\w.-]+)?$|^(?:main|config|templates|key-file)\.ts$|^\.[\w-]+(?:\.[\w-]+)*\.(?:cjs|json)$/;

describe("files", () => {
  const pages = [...TOP, "docs/README.md", "docs/running.md", ...pagesOf("docs/decisions")];

  it.each(pages)("named in %s exist", (page) => {
    const named = partsOf(read(page)).spans.filter((span) => PATH.test(span) && !span.startsWith(".postern"));
    const gone = named.filter((path) => !existsSync(join(ROOT, path)) && !existsSync(join(ROOT, "src", path)));
    expect(gone).toEqual([]);
  });

  it("are found in the code map: every folder of src has a row", () => {
    const map = read("ARCHITECTURE.md").split("\n");
    const folders = readdirSync(join(ROOT, "src")).filter((name) => statSync(join(ROOT, "src", name)).isDirectory());
    const rows = map.filter((line) => line.startsWith("| `")).map((line) => line.split("|")[1]!);
    const missing = folders.filter((folder) => !rows.some((row) => row.includes(`\`${folder}/\``)));
    expect(folders).toContain("mail");
    expect(missing).toEqual([]);
  });

  it("that the Containerfile copies exist and are let through to the build", () => {
    const copied = [...read("Containerfile").matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, names]) =>
      names!.split(" "),
    );
    const allowed = read(".dockerignore").split("\n");
    expect(copied).toContain("src");
    expect(copied.filter((name) => !existsSync(join(ROOT, name)) || !allowed.includes(`!${name}`))).toEqual([]);
    expect(read(".containerignore")).toBe(read(".dockerignore"));
  });
});

const cli = program(() => undefined);

/** The command lines in a text: what follows `postern`, up to a comment or the next command. */
function commandLines(page: string): string[] {
  const { blocks, spans } = partsOf(read(page));
  const shell = blocks.filter(([language]) => language === "sh").flatMap(([, text]) => text.split("\n"));
  return [...shell, ...spans]
    .flatMap((line) => line.replace(/\s# .*$/, "").split(/\s(?:&&|\|\||;)\s/))
    .flatMap((line) => {
      const started = /^npm start(?: --(?<rest> .*))?$/.exec(line.trim());
      if (started) return [`start${started.groups?.["rest"] ?? ""}`];
      const named = /(?:^|\s)postern (?<rest>[a-z-].*)$/.exec(line.trim());
      return named ? [named.groups!["rest"]!] : [];
    });
}

const words = (line: string): string[] =>
  [...line.matchAll(/"[^"]*"|\[[^\]]*\]|[^\s"[\]]+/g)].map(([word]) => word.replace(/^\[|\]$/g, ""));

/** What is wrong with a command line, undefined when the program would understand it. */
function problemOf(line: string): string | undefined {
  let at: Command = cli;
  const trail: Command[] = [cli];
  for (const word of words(line)) {
    if (word.startsWith("-")) {
      const flag = word.split("=")[0]!;
      const known = trail.some(({ options }) => options.some(({ long, short }) => flag === long || flag === short));
      if (!known) return `"${at.name()}" has no option ${flag}`;
      continue;
    }
    const found = at.commands.find((command) => command.name() === word);
    if (found) trail.push((at = found));
    else if (at === cli && /\.ya?ml$/.test(word)) continue;
    else if (at.commands.length > 0) return `"${at.name()}" has no command ${word}`;
  }
  return undefined;
}

describe("commands", () => {
  it("are told from what is none", () => {
    expect(problemOf("delivery resend 7")).toBeUndefined();
    expect(problemOf("-c x.yaml ticket list all")).toBeUndefined();
    expect(problemOf("delivery recall 7")).toBe('"delivery" has no command recall');
    expect(problemOf("start --twice")).toBe('"start" has no option --twice');
  });

  it.each(PAGES)("named in %s are in the program", (page) => {
    const wrong = commandLines(page).flatMap((line) => problemOf(line) ?? []);
    expect(wrong).toEqual([]);
  });

  it("are found where we know that there are some", () => {
    expect(commandLines("README.md").length).toBeGreaterThan(8);
    expect(commandLines("docs/running.md").length).toBeGreaterThan(8);
  });

  it("are the ones that bin/postern.js offers", () => {
    const help = execFileSync(process.execPath, [join(ROOT, "bin/postern.js"), "--help"], { encoding: "utf8" });
    for (const { name } of cli.commands.map((command) => ({ name: command.name() })))
      expect(help).toContain(`  ${name}`);
  });
});

it("npm scripts that are named exist", () => {
  const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
  const named = PAGES.flatMap((page) => [...read(page).matchAll(/npm run ([a-z:-]+)/g)].map(([, name]) => name!));
  expect(named).toContain("check");
  expect(named.filter((name) => !(name in scripts))).toEqual([]);
});

describe("examples", () => {
  const folder = mkdtempSync(join(tmpdir(), "postern-docs-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const environment = { IMAP_PASSWORD: "x", SMTP_PASSWORD: "y" };

  function errorsIn(text: string): unknown {
    writeFileSync(join(folder, "postern.yaml"), text);
    const result = loadConfig(join(folder, "postern.yaml"), environment);
    return result.ok ? [] : result.errors;
  }

  it("of a configuration load", () => {
    const blocks = PAGES.flatMap((page) => partsOf(read(page)).blocks.filter(([, text]) => /^mailboxes:/m.test(text)));
    expect(blocks.length).toBeGreaterThan(1);
    for (const [, text] of blocks) expect(errorsIn(text)).toEqual([]);
    expect(errorsIn(read("postern.example.yaml"))).toEqual([]);
  });

  it("of a desk load", () => {
    const blocks = PAGES.flatMap((page) =>
      partsOf(read(page)).blocks.filter(([, text]) => /^ticket_numbers:/m.test(text)),
    );
    expect(blocks.length).toBeGreaterThan(0);
    for (const text of [...blocks.map(([, block]) => block), read("desk.example.yaml")]) {
      const result = readDesk(text, "desk.yaml");
      expect(result.ok ? [] : result.errors).toEqual([]);
    }
  });
});

describe("the text", () => {
  it.each(PAGES)("of %s names no machine of ours", (page) => {
    expect(read(page)).not.toMatch(/\/(?:work|home|root|tmp)\/|registry\.|localhost:4873|\.\.\/shared/);
  });
});
