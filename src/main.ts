/** Wires the gateway by hand, starts the roles that were asked for, and stops them in the order that loses nothing. */
import { randomBytes } from "node:crypto";
import { hostname } from "node:os";
import type { Logger } from "pino";
import type { Config } from "./config/types.ts";
import { connect, type Db, migrateUp } from "./db/connect.ts";
import { currentDesk } from "./db/desk.ts";
import { openKey } from "./key-file.ts";
import { loopMarkOf } from "./mail/token.ts";
import type { Parser } from "./parser/pool.ts";
import { openQueue } from "./queue/queue.ts";
import { openDeskParser } from "./roles/desk-parser.ts";
import { loopRole } from "./roles/loop.ts";
import { pollRole } from "./roles/poll.ts";
import { readPart } from "./roles/read-part.ts";
import type { Role, RoleName } from "./roles/role.ts";
import { mailboxSettings, smtpSettings, stageSettings } from "./roles/settings.ts";
import { webRole } from "./web/server.ts";
import { workRole } from "./roles/work.ts";
import { openSmtp } from "./smtp/send.ts";
import { clock } from "./stages/clock.ts";
import type { Stage } from "./stages/stage.ts";
import { type StillLeases, watchLeases } from "./stages/still-leases.ts";
import { sweep } from "./stages/sweep.ts";
import { callWebhooks } from "./stages/webhook.ts";
import { loadTemplateSet } from "./templates.ts";

export type Gateway = { readonly stage: Stage; readonly roles: readonly string[]; stop(): Promise<void> };

/** A rule's call of another system leaves within this time. */
const WEBHOOK_MS = 1000;

/** Without a desk there is nobody to tell and nothing to answer from: mail would only pile up. */
const NO_DESK =
  "This installation has no desk yet. Describe departments and agents in desk.yaml and run: postern desk apply desk.yaml";

type Parts = { config: Config; db: Db; stage: Stage; still: StillLeases; holder: string };

/**
 * Starts the roles. Rejects when the store, the key file, the templates or the queue cannot be opened; nothing is left running
 * then. `now` (UTC ms) is what every stage takes for the time; only timers and leases go by the machine's own clock.
 */
export async function startGateway(
  config: Config,
  roles: readonly RoleName[],
  log: Logger,
  now: () => number = Date.now,
): Promise<Gateway> {
  const closers: (() => Promise<unknown>)[] = [];
  const stop = async () => {
    for (const close of closers.splice(0).reverse()) await close();
  };
  try {
    const db = connect(config.database);
    closers.push(() => db.destroy());
    const ran = await migrateUp(db);
    if (ran.length) log.info({ migrations: ran }, "schema brought up to date");
    if (!(await currentDesk(db))) throw new Error(NO_DESK);
    const key = await openKey(config.keyFile);
    const queue = await openQueue(config.queue, { cacheDir: config.dataDir, log });
    closers.push(() => queue.close());
    const parser = await openDeskParser(db, config, loopMarkOf(key), closers);
    const stage: Stage = {
      db,
      log,
      now,
      enqueue: queue.enqueue,
      templates: await loadTemplateSet(config.templates, config.languages),
      readPart,
      settings: stageSettings(config, key),
    };
    const parts: Parts = {
      config,
      db,
      stage,
      still: watchLeases(),
      holder: `${hostname()}/${process.pid}/${randomBytes(4).toString("hex")}`,
    };
    const start = (role: Role) => closers.push(() => role.stop());
    if (roles.includes("work")) await startWork(parts, queue, start, closers);
    if (roles.includes("clock"))
      start(
        loopRole(stage, parts.still, {
          lease: "clock",
          holder: parts.holder,
          ttlMs: config.leaseTtlMs,
          round: async () => (await clock(stage), config.clockMs),
        }),
      );
    if (roles.includes("web") && config.web)
      start(await webRole(stage, config.web, () => queue.waiting(), Object.keys(config.mailboxes)));
    if (roles.includes("poll")) startPolling(parts, parser, start);
    return { stage, roles, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startWork(
  { config, stage, still, holder }: Parts,
  queue: Awaited<ReturnType<typeof openQueue>>,
  start: (role: Role) => void,
  closers: (() => Promise<unknown>)[],
): Promise<void> {
  const smtp = openSmtp(smtpSettings(config.smtp), { log: stage.log });
  closers.push(() => smtp.close());
  start(await workRole(stage, queue, smtp.send, still, { concurrency: config.workers, ttlMs: config.leaseTtlMs }));
  start(
    loopRole(stage, still, {
      lease: "sweep",
      holder,
      ttlMs: config.leaseTtlMs,
      round: async () => (await sweep(stage, still, queue.due), config.sweepMs),
    }),
  );
  start(
    loopRole(stage, still, {
      lease: "webhook",
      holder,
      ttlMs: config.leaseTtlMs,
      round: async () => ((await callWebhooks(stage)) > 0 ? 0 : WEBHOOK_MS),
    }),
  );
}

function startPolling({ config, stage, still, holder }: Parts, parser: Parser, start: (role: Role) => void): void {
  const polls = Object.values(config.mailboxes).map((mailbox) =>
    pollRole(stage, (raw, row) => parser.parse(raw, { arrivedAt: row.received_at }), still, {
      mailbox: mailboxSettings(mailbox),
      holder,
      ttlMs: config.leaseTtlMs,
    }),
  );
  start({ name: "poll", stop: async () => void (await Promise.all(polls.map((poll) => poll.stop()))) });
}
