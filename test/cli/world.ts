/**
 * A configuration with a SQLite store in a folder of its own, and the command line, run in this process: it is the same
 * program, without the second that a process takes to start. check-and-migrate.test.ts starts it as an operator does.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { connect, type Db, migrateUp } from "../../src/db/connect.ts";
import type { CliResult } from "../harness/gateway.ts";
import { runCli } from "./in-process.ts";

export type CliWorld = {
  readonly folder: string;
  readonly url: string;
  readonly configFile: string;
  readonly postern: (...args: string[]) => Promise<CliResult>;
  readonly write: (name: string, text: string) => string;
  /** The store itself, migrated, for a test that fills it. */
  readonly open: () => Promise<Db>;
};

export const CONFIG = `
mailboxes:
  support: { host: imap.x.example, user: support, password: sesame-of-the-mailbox }
smtp: { host: smtp.x.example, user: support, password: sesame-of-smtp }
data_dir: data
web: off
`;

export function cliWorld(config = CONFIG): CliWorld {
  const folder = mkdtempSync(join(tmpdir(), "postern-cli-"));
  const stores: Db[] = [];
  afterAll(async () => {
    for (const db of stores) await db.destroy();
    rmSync(folder, { recursive: true, force: true });
  });
  const write = (name: string, text: string) => {
    const file = join(folder, name);
    writeFileSync(file, text);
    return file;
  };
  const configFile = write("postern.yaml", `${config}database: sqlite:postern.db\n`);
  const url = `sqlite:${join(folder, "postern.db")}`;
  return {
    folder,
    url,
    configFile,
    write,
    postern: async (...args) => {
      const before = process.cwd();
      process.chdir(folder);
      try {
        return await runCli(configFile, args);
      } finally {
        process.chdir(before);
      }
    },
    open: async () => {
      const db = connect(url);
      stores.push(db);
      await migrateUp(db);
      return db;
    },
  };
}

/** Columns of a table as it is printed: runs of two blanks and more lie between them. */
export const cells = (line: string): string[] => line.trim().split(/\s{2,}/);
