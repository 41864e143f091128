/** A stage for one command: decisions are recorded here, and a running gateway's sweep rings the bells. */
import { connect, isMigrated } from "../db/connect.ts";
import { openKey } from "../key-file.ts";
import { loopMarkOf } from "../main.ts";
import { readPart } from "../roles/read-part.ts";
import type { Stage } from "../stages/stage.ts";
import { loadTemplates, templateFolders } from "../templates.ts";
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
      templates: await loadTemplates(templateFolders(config.templates)),
      readPart,
      log: openLog({ log: { level: "warn", format: config.log.format } }),
      settings: {
        key,
        agentProof: config.policies.agentProof,
        loopMark: loopMarkOf(key),
        sweepMs: config.sweepMs,
        leaseTtlMs: config.leaseTtlMs,
        plusAddressing: (mailbox) => config.mailboxes[mailbox]?.plusAddressing ?? true,
        addressOf: (mailbox) => config.mailboxes[mailbox]?.address,
      },
    });
  } finally {
    await db.destroy();
  }
}
