/** Configuration files in a folder of their own, for the tests beside this file. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll } from "vitest";
import { loadConfig } from "../../src/config.ts";
import type { Config } from "../../src/config/types.ts";
import { formatError } from "../../src/yaml/problem.ts";

export let folder: string;
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), "postern-config-"))));
afterAll(() => rmSync(folder, { recursive: true }));

export const MAILBOX = { host: "imap.x.example", user: "support", password: "sesame" };
export const OBJECT = { mailboxes: { support: MAILBOX }, smtp: { host: "smtp.x.example" } };

/** Loads a file with this text; the messages are without the folder. */
export function load(text: string, env: Record<string, string> = {}) {
  const file = join(folder, "postern.yaml");
  writeFileSync(file, text);
  const result = loadConfig(file, env);
  return result.ok ? result.config : result.errors.map((error) => formatError(error).replaceAll(`${folder}/`, ""));
}

export function config(text: string, env: Record<string, string> = {}): Config {
  const loaded = load(text, env);
  if (Array.isArray(loaded)) throw new Error(loaded.join("\n"));
  return loaded;
}

export const MINIMAL = `
mailboxes:
  support: { host: imap.x.example, user: support, password: sesame }
smtp: { host: smtp.x.example }
`;
