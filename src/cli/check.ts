/** `postern check`: the configuration in force, secrets masked; with --connect also whether the servers answer. */
import { effectiveConfig } from "../config/effective.ts";
import { connect, isMigrated } from "../db/connect.ts";
import type { Config, MailboxConfig } from "../config/types.ts";
import { currentDesk } from "../db/desk.ts";
import { connect as connectImap } from "../imap/connect.ts";
import { mailboxSettings, smtpSettings } from "../roles/settings.ts";
import { openSmtp } from "../smtp/send.ts";
import { loadTemplateSet } from "../templates.ts";
import { type AddCommand, counted, Exit, type Globals, openLog, print, requireConfig } from "./context.ts";
import { deskFromFile } from "./desk-file.ts";
import { isConfigured } from "./rules-read.ts";

export const checkCommand: AddCommand = (root, run) => {
  root
    .command("check")
    .description("print the effective configuration, secrets masked, or every mistake in it")
    .option("--connect", "also try the database, the mailboxes and the SMTP server")
    .option("--desk <FILE>", "also read a desk file and try the examples of its rules")
    .action(run(check));
};

async function check(globals: Globals, options: { connect?: boolean; desk?: string }): Promise<number> {
  if (options.desk !== undefined && !options.connect && !isConfigured(globals)) {
    print(await deskChecked(options.desk, undefined));
    print("There is no configuration here: only the desk file was read.");
    return 0;
  }
  const config = requireConfig(globals);
  await loadTemplateSet(config.templates, config.languages).catch((error: NodeJS.ErrnoException) => {
    const absent = error.code === "ENOENT" && config.templates !== null;
    throw new Exit(
      1,
      absent ? `templates: there is no folder ${config.templates}. Make it, or leave the key out.` : error.message,
    );
  });
  print(effectiveConfig(config).trimEnd());
  if (options.desk !== undefined) print(`\n${await deskChecked(options.desk, config)}`);
  if (!options.connect) return 0;
  const mailboxes = Object.values(config.mailboxes).map((mailbox) => tryMailbox(mailbox));
  const results = [await tryStore(config.database), ...(await Promise.all(mailboxes)), await trySmtp(config)];
  print("");
  for (const { what, ok, why } of results) print(`${ok ? "ok  " : "FAIL"}  ${what}: ${why}`);
  return results.every(({ ok }) => ok) ? 0 : 1;
}

async function deskChecked(file: string, config: Config | undefined): Promise<string> {
  const { rules } = await deskFromFile(file, config);
  const examples = rules.reduce((sum, rule) => sum + rule.examples.length, 0);
  return `${file}: no mistakes; ${counted(rules.length, "rule")}, ${counted(examples, "example")} as expected.`;
}

const CONNECT_MS = 30_000;

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

async function tryMailbox(mailbox: MailboxConfig): Promise<Result> {
  const what = `mailbox ${mailbox.name}`;
  try {
    const { client } = await connectImap(mailboxSettings(mailbox), AbortSignal.timeout(CONNECT_MS));
    const { exists } = await client.mailboxOpen(mailbox.folder, { readOnly: true });
    await client.logout();
    return {
      what,
      ok: true,
      why: `${mailbox.host}:${mailbox.port} answers; ${mailbox.folder} holds ${exists} messages`,
    };
  } catch (error) {
    const { authenticationFailed, responseText, message } = error as Error & {
      authenticationFailed?: boolean;
      responseText?: string;
    };
    const refused = `${mailbox.host} refuses the login of ${mailbox.user}: ${responseText ?? message}`;
    return {
      what,
      ok: false,
      why: authenticationFailed ? refused : `${mailbox.host}:${mailbox.port}: ${responseText ?? message}`,
    };
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
