/** Everything that runs in a sandbox: the mail world, the gateway in it, and a look at the database from outside. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Logger } from "pino";
import type { Config } from "../config/types.ts";
import { connect, type Db, migrateUp } from "../db/connect.ts";
import { currentDesk } from "../db/desk.ts";
import { listMailboxes } from "../db/mailbox.ts";
import { deskMailboxFor } from "./desk-mailbox.ts";
import { seedWhenEmpty } from "./seed.ts";
import { AUTHSERV_ID, DESK_MAILBOXES, type Place, PREFERRED_PORTS, RESIDENTS, sandboxConfig } from "./settings.ts";
import { type Stock, takeStock } from "./stock.ts";
import { startWorld, type World, type WorldOptions } from "./world.ts";

/** Starts the gateway with every role, as main does; resolves when it runs. */
export type StartGateway = (config: Config, log: Logger) => Promise<{ stop(): Promise<void> }>;

export type House = {
  readonly world: World;
  readonly config: Config;
  /** A connection that the gateway does not use. */
  readonly db: Db;
  /** The account before the gateway started. */
  readonly found: Stock;
  close(): Promise<void>;
};

const READY_MS = 30_000;

/** Rejects when the world, the store or the gateway cannot start, or a mailbox is not watched in time; nothing runs then. */
export async function openHouse(place: Place, startGateway: StartGateway, log: Logger): Promise<House> {
  const closers: (() => Promise<unknown>)[] = [];
  const close = async (): Promise<void> => {
    for (const end of closers.splice(0).reverse()) await end();
  };
  try {
    const store: { db?: Db } = {};
    const inboxFor = async (recipient: string): Promise<string | undefined> =>
      deskMailboxFor(store.db && (await currentDesk(store.db)), recipient);
    const world = await worldOnGoodPorts(place, log, inboxFor);
    closers.push(world.close);
    const config = sandboxConfig(place, world);
    const db = connect(config.database);
    closers.push(async () => await db.destroy());
    await migrateUp(db);
    await seedWhenEmpty(db, Date.now());
    store.db = db;
    const found = await takeStock(db, world.store);
    const startedAt = Date.now();
    const gateway = await startGateway(config, log);
    closers.push(async () => await gateway.stop());
    await mailboxesAreWatched(db, startedAt);
    return { world, config, db, found, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The preferred ports; in place of one that somebody has, any free one. */
async function worldOnGoodPorts(place: Place, log: Logger, inboxFor: WorldOptions["inboxFor"]): Promise<World> {
  const ports = { ...PREFERRED_PORTS };
  for (;;) {
    const say = (line: string): void => log.warn({ world: true }, line);
    const people = { people: RESIDENTS, catchAll: true, inboxFor };
    const options = { dir: place.mailDir, authservId: AUTHSERV_ID, ...people, log: say };
    try {
      return await startWorld({ ...options, ...ports });
    } catch (error) {
      const { code, port } = error as NodeJS.ErrnoException & { port?: number };
      const taken = (["imapPort", "smtpPort"] as const).find((name) => ports[name] === port && port !== 0);
      if (code !== "EADDRINUSE" || !taken) throw error;
      ports[taken] = 0;
    }
  }
}

/** A mail that comes before its mailbox was first looked at would count as old mail, which gets no answer. */
async function mailboxesAreWatched(db: Db, startedAt: number): Promise<void> {
  const begun = performance.now();
  for (;;) {
    const rows = await listMailboxes(db);
    const unwatched = Object.keys(DESK_MAILBOXES).filter((name) => {
      const row = rows.find((one) => one.name === name);
      const isFresh = row !== undefined && row.adopted_at !== null && Number(row.state_at) >= startedAt;
      return !isFresh || (row.state !== "idle" && row.state !== "fetching");
    });
    if (unwatched.length === 0) return;
    if (performance.now() - begun > READY_MS) {
      const states = rows.map(({ name, state, state_detail }) => `${name}: ${state} ${state_detail ?? ""}`.trim());
      throw new Error(`the gateway does not watch its mailboxes after ${READY_MS / 1000} s (${states.join("; ")})`);
    }
    await sleep(20);
  }
}
