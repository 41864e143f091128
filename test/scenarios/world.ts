/**
 * A whole street for one test or benchmark: Dovecot in front, an SMTP sink behind, a store and a queue between them, and the
 * gateway as an operator runs it, from a configuration file and a desk file.
 */
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect, type Db, migrateUp } from "../../src/db/connect.ts";
import { storeDesk } from "../../src/db/desk.ts";
import { readDesk } from "../../src/desk/file/desk-file.ts";
import { formatError } from "../../src/yaml/problem.ts";
import { cli, type CliResult, type Gateway, spawnGateway } from "../harness/gateway.ts";
import { type DeliverOptions, openLmtp } from "../harness/lmtp.ts";
import type { Mail } from "../harness/mails.ts";
import type { Need } from "../harness/binaries.ts";
import { type Dovecot, type Redis, startDovecot, startPostgres, startRedis } from "../harness/servers.ts";
import { type SmtpSink, startSmtpSink } from "../harness/smtp-sink.ts";
import { until } from "../harness/wait.ts";

export const SUPPORT = "support@nw.example";
export const ANN = "ann@nw.example";
export const BEN = "ben@nw.example";
export const AGENTS: readonly string[] = [ANN, BEN];

/** What the desk's own mail server stamps on mail that it has checked. */
export const MX = "mx.nw.example";
export const proven: DeliverOptions = { authResults: `${MX}; dmarc=pass header.from=nw.example` };

export const PASSWORD = "secret-of-the-mailbox";

export type Stack = {
  readonly store: "sqlite" | "postgres";
  readonly queue: "embedded" | "redis" | "postgres";
};

export type WorldOptions = {
  /** More lines of postern.yaml. */
  readonly settings?: readonly string[];
  /** Another desk than the one below. */
  readonly desk?: string;
};

/** The servers that a stack needs on this machine. */
export const needsOf = ({ store, queue }: Stack): Need[] => [
  "dovecot",
  ...(queue === "redis" ? (["redis"] as const) : []),
  ...(store === "postgres" || queue === "postgres" ? (["postgres"] as const) : []),
];

export const nameOf = ({ store, queue }: Stack): string =>
  `${store === "sqlite" ? "SQLite" : "PostgreSQL"} + ${{ embedded: "the embedded queue", redis: "Redis", postgres: "the PostgreSQL queue" }[queue]}`;

export type World = {
  readonly dovecot: Dovecot;
  readonly sink: SmtpSink;
  /** Only with a queue on Redis. */
  readonly redis: Redis | undefined;
  /** The gateway's own database, to look at. */
  readonly db: Db;
  readonly folder: string;
  /** Starts a gateway without waiting; it is ended with the world at the latest. */
  spawn(args?: readonly string[]): Gateway;
  /** Starts a gateway, waits until it is ready and its mailbox adopted. */
  start(args?: readonly string[]): Promise<Gateway>;
  /** Runs `postern ARGS…`. */
  cli(...args: string[]): Promise<CliResult>;
  /** Delivers messages to the mailbox that their To names, over some connections at once. */
  deliver(mails: Mail | readonly Mail[], options?: DeliverOptions): Promise<void>;
  /** What the gateways logged as warnings and errors, and work that is still open: for a test that failed. */
  complaints(): string;
  /** Ends the gateways, then the servers, and removes what they wrote. */
  close(): Promise<void>;
};

export const DESK = `
name: Northwind Support
ticket_numbers: { prefix: NW, next: 1001 }
defaults: { department: support, undo: 1s }
agents:
  ann: { name: Ann Lee, emails: [${ANN}], role: lead, in: [support] }
  ben: { name: Ben Ortiz, emails: [${BEN}], in: [support] }
departments:
  support: { address: ${SUPPORT}, assign: round-robin }
`;

/** Starts the servers, writes the configuration and applies the desk. */
export async function openWorld(stack: Stack, options: WorldOptions = {}): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), "postern-world-"));
  chmodSync(folder, 0o711);
  const closers: (() => unknown)[] = [() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 })];
  const close = async () => {
    const problems: unknown[] = [];
    for (const end of closers.splice(0).reverse())
      try {
        await end();
      } catch (error) {
        problems.push(error);
      }
    if (problems.length > 0) throw problems[0];
  };
  try {
    const dovecot = await startDovecot({ users: { [SUPPORT]: PASSWORD } });
    closers.push(() => dovecot.stop());
    const sink = await startSmtpSink();
    closers.push(() => sink.stop());
    const redis = stack.queue === "redis" ? await startRedis() : undefined;
    if (redis) closers.push(() => redis.stop());
    const urls = await databases(stack, folder, closers);
    const configFile = join(folder, "postern.yaml");
    const queue = redis?.url ?? (stack.queue === "postgres" ? urls.postgres! : "embedded");
    writeFileSync(configFile, configOf({ dovecot, sink, store: urls.store, queue }, options.settings ?? []));
    const world = streetOf({ dovecot, sink, redis, folder, configFile, store: urls.store }, closers, close);
    await applyDesk(world, options.desk ?? DESK);
    return world;
  } catch (error) {
    await close();
    throw error;
  }
}

type Urls = { readonly store: string; readonly postgres: string | undefined };

async function databases({ store, queue }: Stack, folder: string, closers: (() => unknown)[]): Promise<Urls> {
  const sqlite = `sqlite:${join(folder, "postern.db")}`;
  if (store === "sqlite" && queue !== "postgres") return { store: sqlite, postgres: undefined };
  const server = await startPostgres();
  closers.push(() => server.stop());
  const postgres = await server.createDatabase("postern");
  return { store: store === "sqlite" ? sqlite : postgres, postgres };
}

type Places = {
  readonly dovecot: Dovecot;
  readonly sink: SmtpSink;
  readonly store: string;
  readonly queue: string;
};

const configOf = ({ dovecot, sink, store, queue }: Places, settings: readonly string[]): string => `
data_dir: data
database: ${store}
queue: ${queue}
trusted_authserv_id: ${MX}
dkim: false
mailboxes:
  support: { host: 127.0.0.1, port: ${dovecot.imapPort}, tls: none, user: "${SUPPORT}", password: ${PASSWORD} }
smtp: { host: 127.0.0.1, port: ${sink.port}, tls: none }
web: off
log: { level: info, format: json }
${settings.join("\n")}
`;

type Parts = Pick<World, "dovecot" | "sink" | "redis" | "folder"> & {
  readonly configFile: string;
  readonly store: string;
};

function streetOf(parts: Parts, closers: (() => unknown)[], close: () => Promise<void>): World {
  const { configFile, store, ...servers } = parts;
  const db = connect(store);
  closers.push(() => db.destroy());
  closers.push(() => servers.sink.judge(db));
  const gateways = new Set<Gateway>();
  const logs: Gateway["log"][] = [];
  closers.push(() => Promise.all([...gateways].map((gateway) => gateway.kill9())));
  const spawn = (args?: readonly string[]) => {
    const gateway = spawnGateway({ configFile, args, readyTimeoutMs: 60_000 });
    gateways.add(gateway);
    logs.push(gateway.log);
    const forget = () => gateways.delete(gateway);
    gateway.exited.then(forget, forget);
    return gateway;
  };
  return {
    ...servers,
    db,
    spawn,
    start: async (args) => {
      const gateway = spawn(args);
      await gateway.ready;
      await until(async () => await db("mailbox").whereNotNull("adopted_at").first(), {
        what: "the adoption of the mailbox",
        timeoutMs: 30_000,
      });
      return gateway;
    },
    cli: (...args) => cli({ configFile }, args),
    complaints: () => logs.map(complaintsIn).join("\n— next start —\n"),
    deliver: (mails, options) => deliverAll(servers.dovecot.lmtpPort, [mails].flat(), options),
    close,
  };
}

/** The last of them; a gateway that cannot work says so often. */
const complaintsIn = (log: Gateway["log"]): string =>
  log
    .filter(({ level }) => level === "warn" || level === "error" || level === "fatal")
    .slice(-20)
    .map((line) => JSON.stringify(line))
    .join("\n");

/** As `postern migrate` and `postern desk apply` do it, without the time that two processes take to start. */
async function applyDesk(world: World, text: string): Promise<void> {
  const file = join(world.folder, "desk.yaml");
  writeFileSync(file, text);
  const read = readDesk(text, file);
  if (!read.ok) throw new Error(read.errors.map(formatError).join("\n"));
  await migrateUp(world.db);
  await world.db.transaction((tx) => storeDesk(tx, read.desk, "test", Date.now()));
}

/** Connections at once; a mail server in front of a busy desk has about as many. */
const LANES = 4;

async function deliverAll(port: number, mails: readonly Mail[], options?: DeliverOptions): Promise<void> {
  const waiting = [...mails];
  const lanes = Array.from({ length: Math.min(LANES, mails.length) }, async () => {
    const lmtp = await openLmtp(port);
    try {
      for (let next = waiting.shift(); next; next = waiting.shift())
        await lmtp.deliver(next.raw, bareAddress(next.to), next.sender, options);
    } finally {
      await lmtp.close();
    }
  });
  await Promise.all(lanes);
}

/** `Northwind Support <support@nw.example>` and `support@nw.example` alike. */
export const bareAddress = (address: string): string => /<([^<>]+)>/.exec(address)?.[1] ?? address.trim();
