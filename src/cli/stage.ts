/** A stage for one command: decisions are recorded here, and a running gateway's sweep rings the bells. */
import type { Config } from "../config/types.ts";
import { connect, type Db, isMigrated } from "../db/connect.ts";
import { openKey } from "../key-file.ts";
import { readPart } from "../roles/read-part.ts";
import { stageSettings } from "../roles/settings.ts";
import type { Stage } from "../stages/stage.ts";
import { loadTemplateSet } from "../templates.ts";
import { Exit, type Globals, openLog, requireConfig } from "./context.ts";

export async function withStage<T>(globals: Globals, work: (stage: Stage) => Promise<T>): Promise<T> {
  const config = requireConfig(globals);
  const db = connect(config.database);
  try {
    if (!(await isMigrated(db))) throw new Exit(1, "The database has no (or an older) schema. Run: postern migrate");
    return await work(await stageOf(config, db, await openKey(config.keyFile)));
  } finally {
    await db.destroy();
  }
}

/** The stage of a command: it rings no bells, and says only what went wrong. */
export async function stageOf(config: Config, db: Db, key: Buffer): Promise<Stage> {
  return {
    db,
    now: Date.now,
    enqueue: async () => undefined,
    templates: await loadTemplateSet(config.templates, config.languages),
    readPart,
    log: openLog({ log: { level: "warn", format: config.log.format } }),
    settings: stageSettings(config, key),
  };
}
