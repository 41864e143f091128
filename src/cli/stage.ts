/** A stage for one command: decisions are recorded here, and a running gateway's sweep rings the bells. */
import { connect, isMigrated } from "../db/connect.ts";
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
    const key = await openKey(config.keyFile);
    return await work({
      db,
      now: Date.now,
      enqueue: async () => undefined,
      templates: await loadTemplateSet(config.templates, config.languages),
      readPart,
      log: openLog({ log: { level: "warn", format: config.log.format } }),
      settings: stageSettings(config, key),
    });
  } finally {
    await db.destroy();
  }
}
