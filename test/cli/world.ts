/** A configuration with a SQLite store in a folder of its own, and the command line run as a child process. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { connect, type Db, migrateUp } from "../../src/db/connect.ts";
import { cli, type CliResult } from "../harness/gateway.ts";

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
    postern: (...args) => cli({ configFile, cwd: folder }, args),
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
