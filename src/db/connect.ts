/**
 * One door to the store. SQLite: WAL, synchronous=FULL, foreign keys on, and every transaction begins IMMEDIATE, because a
 * deferred one that reads and then writes fails under a second process whatever the busy timeout (SQLite: "Isolation").
 * Swapping the SQLite driver is a change of this file alone.
 */
import { closeSync, mkdirSync, openSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import knexModule, { type Knex } from "knex";
import SqliteClient from "knex/lib/dialects/sqlite3/index.js";
import SqliteTransaction from "knex/lib/execution/transaction.js";
import pg from "pg";

/** A connection or a transaction: every function of this folder takes one and leaves beginning and ending to its caller. */
export type Db = Knex;
export type Transaction = Knex.Transaction;

const MIGRATIONS = fileURLToPath(new URL("../../migrations", import.meta.url));
const BUSY_MS = 15_000;

class ImmediateTransaction extends SqliteTransaction {
  override begin(connection: unknown) {
    return this.query(connection, "BEGIN IMMEDIATE;");
  }
}

class ImmediateSqlite extends SqliteClient {
  override transaction(container: unknown, config: unknown, outer: unknown) {
    return new ImmediateTransaction(this, container, config, outer);
  }
}

type SqliteConnection = { exec(sql: string, done: (error: Error | null) => void): void };

/** The folder is made, and the file is for this user alone: it holds everybody's mail. */
function makePrivate(filename: string): void {
  mkdirSync(dirname(filename), { recursive: true, mode: 0o700 });
  closeSync(openSync(filename, "a", 0o600));
}

function sqlite(filename: string, readOnly: boolean): Knex {
  makePrivate(filename);
  return knexModule({
    client: ImmediateSqlite as unknown as typeof Knex.Client,
    connection: { filename },
    useNullAsDefault: true,
    pool: {
      min: 1,
      max: 1,
      afterCreate(connection: SqliteConnection, done: (error: Error | null, connection: SqliteConnection) => void) {
        const pragmas = `PRAGMA busy_timeout=${BUSY_MS}; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA query_only=${readOnly ? "ON" : "OFF"};`;
        connection.exec(pragmas, (error) => done(error, connection));
      },
    },
    acquireConnectionTimeout: 60_000,
  });
}

/** int8 as a number: every count and millisecond time here is below 2^53. */
const NUMBERS = {
  getTypeParser: (oid: number, format?: "text" | "binary") =>
    oid === 20 ? Number : pg.types.getTypeParser(oid, format),
};

function postgres(url: string, readOnly: boolean): Knex {
  return knexModule({
    client: "pg",
    connection: {
      connectionString: url,
      types: NUMBERS,
      application_name: "postern",
      ...(readOnly ? { options: "-c default_transaction_read_only=on" } : {}),
    } as Knex.PgConnectionConfig,
    pool: { min: 0, max: 16 },
    acquireConnectionTimeout: 30_000,
  });
}

/**
 * Opens `sqlite:PATH` (makes the folder and the file; throws when it may not) or `postgres://…`. Nothing is asked before the first query.
 * `readOnly`: the database itself refuses every write on this connection, and nothing waits for it.
 */
export function connect(url: string, { readOnly = false }: { readonly readOnly?: boolean } = {}): Db {
  return url.startsWith("sqlite:") ? sqlite(url.slice("sqlite:".length), readOnly) : postgres(url, readOnly);
}

/** Whether the database refuses writes on these connections. */
export async function isReadOnly(db: Db): Promise<boolean> {
  if (isSqlite(db)) return ((await db.raw("PRAGMA query_only")) as { query_only: number }[])[0]?.query_only === 1;
  const { rows } = (await db.raw("SHOW default_transaction_read_only")) as { rows: Record<string, string>[] };
  return rows[0]?.["default_transaction_read_only"] === "on";
}

export const isSqlite = (db: Db): boolean => String(db.client.config.client) !== "pg";

const migrations = { directory: MIGRATIONS, loadExtensions: [".ts", ".js"], tableName: "migration" };
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Brings the schema up to date; safe when several processes start at once. Returns the names of what ran. */
export async function migrateUp(db: Db): Promise<string[]> {
  for (let tries = 0; ; tries++) {
    try {
      const [, names] = (await db.migrate.latest(migrations)) as [number, string[]];
      return names;
    } catch (error) {
      const text = String((error as Error).message);
      const raced = /locked|already exists|duplicate key|SQLITE_BUSY|UNIQUE constraint/i.test(text);
      if (!raced || tries > 40) throw error;
      await sleep(250);
    }
  }
}

/** Takes the newest migration back, and deletes what its tables hold. Returns its name, none when there is none. */
export async function migrateDown(db: Db): Promise<string[]> {
  const [, names] = (await db.migrate.down(migrations)) as [number, string[]];
  return names;
}

/** True when every migration has run. */
export async function isMigrated(db: Db): Promise<boolean> {
  const [, pending] = (await db.migrate.list(migrations)) as [unknown[], unknown[]];
  return pending.length === 0;
}
