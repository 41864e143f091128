/** `postern check`: the configuration in force, secrets masked; with --connect also whether the servers answer. */
import { effectiveConfig } from "../config/effective.ts";
import { connect, isMigrated } from "../db/connect.ts";
import { currentDesk } from "../db/desk.ts";
import { smtpSettings } from "../roles/settings.ts";
import { openSmtp } from "../smtp/send.ts";
import { type AddCommand, type Globals, openLog, print, requireConfig } from "./context.ts";

export const checkCommand: AddCommand = (root, run) => {
  root
    .command("check")
    .description("print the effective configuration, secrets masked, or every mistake in it")
    .option("--connect", "also try the database and the SMTP server")
    .action(run(check));
};

async function check(globals: Globals, options: { connect?: boolean }): Promise<number> {
  const config = requireConfig(globals);
  print(effectiveConfig(config).trimEnd());
  if (!options.connect) return 0;
  const results = [await tryStore(config.database), await trySmtp(config)];
  print("");
  for (const { what, ok, why } of results) print(`${ok ? "ok  " : "FAIL"}  ${what}: ${why}`);
  return results.every(({ ok }) => ok) ? 0 : 1;
}

type Result = { what: string; ok: boolean; why: string };

async function tryStore(url: string): Promise<Result> {
  const db = connect(url);
  try {
    const migrated = await isMigrated(db);
    const desk = migrated ? await currentDesk(db) : undefined;
    return {
      what: "database",
      ok: true,
      why: !migrated
        ? "answers; its schema is made at the first start"
        : desk
          ? `answers; desk "${desk.name}", version ${desk.version}`
          : "answers; it has no desk yet: postern desk apply desk.yaml",
    };
  } catch (error) {
    return { what: "database", ok: false, why: (error as Error).message };
  } finally {
    await db.destroy();
  }
}

async function trySmtp(config: ReturnType<typeof requireConfig>): Promise<Result> {
  const smtp = openSmtp(smtpSettings(config.smtp), { log: openLog({ log: { level: "fatal", format: "json" } }) });
  const result = await smtp.verify();
  await smtp.close();
  return {
    what: "smtp",
    ok: result.ok,
    why: result.ok ? `${config.smtp.host}:${config.smtp.port} answers` : result.why,
  };
}
