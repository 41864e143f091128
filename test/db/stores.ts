/** The same tests on both databases: SQLite always, PostgreSQL where it is installed. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe } from "vitest";
import { connect, type Db, migrateUp } from "../../src/db/connect.ts";
import { describeWith } from "../harness/describe-with.ts";
import { startPostgres } from "../harness/servers.ts";

export type Store = { readonly db: () => Db; readonly url: () => string };

/** For what no database does in its own way: with an empty, migrated store on SQLite. */
export function onSqlite(name: string, suite: (store: Store) => void): void {
  describe(name, () => {
    const folder = mkdtempSync(join(tmpdir(), "postern-store-"));
    const url = `sqlite:${join(folder, "postern.db")}`;
    let db: Db;
    beforeAll(async () => {
      db = connect(url);
      await migrateUp(db);
    });
    afterAll(async () => {
      await db.destroy();
      rmSync(folder, { recursive: true, force: true });
    });
    suite({ db: () => db, url: () => url });
  });
}

/** Runs `suite` once for each database, with an empty, migrated store. */
export function onBothStores(name: string, suite: (store: Store) => void): void {
  onSqlite(`${name} on SQLite`, suite);
  describeWith(["postgres"], `${name} on PostgreSQL`, () => {
    let server: Awaited<ReturnType<typeof startPostgres>>;
    let db: Db;
    let url: string;
    beforeAll(async () => {
      server = await startPostgres();
      url = await server.createDatabase("store");
      db = connect(url);
      await migrateUp(db);
    }, 60_000);
    afterAll(async () => {
      await db.destroy();
      await server.stop();
    });
    suite({ db: () => db, url: () => url });
  });
}
