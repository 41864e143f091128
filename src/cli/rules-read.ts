/** What `rules test` and `rules replay` share: a stage that can only read, moments and triggers of the command line. */
import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { Temporal } from "temporal-polyfill";
import { configPath } from "../config.ts";
import type { Config } from "../config/types.ts";
import { connect, type Db, isMigrated } from "../db/connect.ts";
import { type Trigger, TRIGGERS } from "../desk/types.ts";
import { openKey } from "../key-file.ts";
import type { Stage } from "../stages/stage.ts";
import { didYouMean } from "../text/nearest.ts";
import { Exit, type Globals, SANDBOX } from "./context.ts";
import { stageOf } from "./stage.ts";

/** Whether there is a configuration to read; a desk file does without. */
export const isConfigured = (globals: Globals): boolean =>
  globals.config !== undefined || existsSync(configPath(undefined)) || existsSync(SANDBOX);

/** Whether the store is there. Opening one that is not would make it. */
export const storeExists = ({ database }: Config): boolean =>
  !database.startsWith("sqlite:") || existsSync(database.slice("sqlite:".length));

/** A stage on a connection that the database lets only read. @throws Exit when there is no store, or an older one */
export async function withReader<T>(config: Config, work: (stage: Stage) => Promise<T>): Promise<T> {
  if (!storeExists(config)) throw new Exit(1, "There is no database yet. Run: postern migrate");
  const db = connect(config.database, { readOnly: true });
  try {
    if (!(await isUpToDate(db))) throw new Exit(1, "The database has no (or an older) schema. Run: postern migrate");
    // Without a key file no token was ever made: any key finds that none is ours.
    const key = existsSync(config.keyFile) ? await openKey(config.keyFile) : randomBytes(32);
    return await work(await stageOf(config, db, key));
  } finally {
    await db.destroy();
  }
}

/** Asking an empty database makes the table of migrations, which this connection may not. */
export async function isUpToDate(db: Db): Promise<boolean> {
  return await isMigrated(db).catch((error: Error) => {
    if (/read-?only/i.test(error.message)) return false;
    throw error;
  });
}

/** `2026-12-24`, `2026-12-24T18:30` in the desk's time zone, or with `Z` or an offset. UTC milliseconds. */
export function momentOf(text: string, option: string, timeZone: string): number {
  const wanted = text.trim().replace(" ", "T");
  try {
    if (/(?:Z|[+-]\d\d:?\d\d)$/i.test(wanted) && wanted.includes("T"))
      return Temporal.Instant.from(wanted).epochMilliseconds;
    return Temporal.PlainDateTime.from(wanted).toZonedDateTime(timeZone).epochMilliseconds;
  } catch {
    throw new Exit(2, `${option} "${text}": write a date or a time, such as 2026-12-24 or 2026-12-24T18:30.`);
  }
}

/** The value of --trigger: one of `from`. */
export function triggerOf(text: string | undefined, from: readonly Trigger[] = TRIGGERS): Trigger | undefined {
  if (text === undefined) return undefined;
  const known = from.find((one) => one === text);
  if (known) return known;
  throw new Exit(2, `--trigger "${text}" is none. ${didYouMean(text, from)}Write one of ${from.join(", ")}.`);
}
