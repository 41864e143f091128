/** Real servers for tests and benchmarks: Dovecot, Redis, PostgreSQL. Each private, on loopback, gone at the end. */
import { execFileSync } from "node:child_process";
import { chownSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { userInfo } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { findBinary, NEEDS, postgresBinary } from "./binaries.ts";
import type { Need } from "./binaries.ts";
import { dovecotConf, oauthConf } from "./dovecot-conf.ts";
import { answers, freePort } from "./ports.ts";
import { makeFolder, startPrivateServer } from "./private-server.ts";
import type { PrivateServer } from "./private-server.ts";

const isRoot = process.getuid?.() === 0;

export type Dovecot = PrivateServer & {
  readonly imapPort: number;
  readonly lmtpPort: number;
  /** Runs `doveadm` with these arguments and returns what it prints; throws when it fails. */
  doveadm(...args: string[]): string;
  /** Drops the IMAP sessions of a login at once; it is no error when there are none. */
  kick(login: string): void;
  /** Dovecot's own log. */
  log(): string;
};

export type DovecotOptions = {
  /** Login to password; the login is also the address that LMTP delivers to. */
  readonly users: Readonly<Record<string, string>>;
  /** Port of an RFC 7662 introspection endpoint; turns XOAUTH2 and OAUTHBEARER on. */
  readonly oauthPort?: number;
  /** More lines for dovecot.conf; the last setting of a name wins. */
  readonly extraConf?: string;
};

/** A Dovecot with IMAP and LMTP, run by root or by any user. */
export async function startDovecot(options: DovecotOptions): Promise<Dovecot> {
  const command = binary("dovecot", findBinary("dovecot"));
  const doveadmPath = binary("dovecot", findBinary("doveadm"));
  const [imapPort, lmtpPort] = [await freePort(), await freePort()];
  const folder = makeFolder("dovecot");
  const conf = join(folder, "dovecot.conf");
  const mailOwner = isRoot ? { user: "mail", group: "mail" } : myself();
  const mine = myself();
  const accounts = isRoot
    ? { internal: "dovecot", internalGroup: "dovecot", login: "dovenull" }
    : { internal: mine.user, internalGroup: mine.group, login: mine.user };
  mkdirSync(join(folder, "mail"));
  if (isRoot) execFileSync("chown", ["mail:mail", join(folder, "mail")]);
  const passwords = Object.entries(options.users).map(([login, password]) => `${login}:{PLAIN}${password}\n`);
  writeFileSync(join(folder, "users"), passwords.join(""));
  if (options.oauthPort) writeFileSync(join(folder, "oauth2.conf.ext"), oauthConf(options.oauthPort));
  writeFileSync(conf, dovecotConf({ folder, imapPort, lmtpPort, accounts, mailOwner, ...options }));

  const server = await startPrivateServer({
    name: "dovecot",
    folder,
    command,
    args: ["-F", "-c", conf],
    endSignal: "SIGTERM",
    ready: async () => (await answers(imapPort)) && (await answers(lmtpPort)),
  });
  const doveadm = (...args: string[]) =>
    execFileSync(doveadmPath, ["-c", conf, ...args], { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  const kick = (login: string) => {
    try {
      doveadm("kick", login);
    } catch (error) {
      if ((error as { status?: number }).status !== 68) throw error; // EX_NOHOST: nobody of that name is connected
    }
  };
  return { ...server, imapPort, lmtpPort, doveadm, kick, log: () => readFileSync(join(folder, "dovecot.log"), "utf8") };
}

export type Redis = PrivateServer & {
  readonly port: number;
  readonly url: string;
  /** FLUSHALL: every key of every database, at once. */
  flushall(): Promise<void>;
};

/** A Redis that keeps everything in memory: what is in it at `down` is lost. */
export async function startRedis(): Promise<Redis> {
  const command = binary("redis", findBinary("redis-server"));
  const port = await freePort();
  const folder = makeFolder("redis");
  const memoryOnly = ["--save", "", "--appendonly", "no"];
  const args = ["--port", String(port), "--bind", "127.0.0.1", "--daemonize", "no", "--dir", folder, ...memoryOnly];
  const ready = () => redisSays(port, "PING", "+PONG").catch(() => false);
  const server = await startPrivateServer({ name: "redis", folder, command, args, endSignal: "SIGTERM", ready });
  const flushall = async () => {
    if (!(await redisSays(port, "FLUSHALL", "+OK"))) throw new Error("FLUSHALL was refused");
  };
  return { ...server, port, url: `redis://127.0.0.1:${port}`, flushall };
}

/** Sends one inline command (Redis protocol specification, "Inline commands") and compares the beginning of the answer. */
function redisSays(port: number, command: string, answer: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1", () => void socket.write(`${command}\r\n`));
    socket.once("data", (bytes) => {
      socket.destroy();
      resolve(bytes.toString().startsWith(answer));
    });
    socket.once("error", reject);
    socket.once("close", () => resolve(false));
  });
}

export type Postgres = PrivateServer & {
  readonly port: number;
  /** Creates an empty database and returns its URL. The name is lower case letters, digits and underscores. */
  createDatabase(name: string): Promise<string>;
};

/** A PostgreSQL on loopback only, without a password, that does not wait for the disk: fast, and useless after a power cut. */
export async function startPostgres(): Promise<Postgres> {
  const command = binary("postgres", postgresBinary("postgres"));
  const initdb = binary("postgres", postgresBinary("initdb"));
  const port = await freePort();
  const folder = makeFolder("postgres");
  const user = isRoot ? unprivileged() : undefined; // postgres refuses to run as root
  if (user) chownSync(folder, user.uid, user.gid);
  const cluster = join(folder, "cluster");
  const plain = ["--auth=trust", "--username=postgres", "--encoding=UTF8", "--no-locale", "--no-sync"];
  execFileSync(initdb, ["-D", cluster, ...plain], { ...user, cwd: folder, stdio: ["ignore", "ignore", "pipe"] });

  const settings = ["listen_addresses=127.0.0.1", "unix_socket_directories=", "max_connections=200", "fsync=off"];
  const lazy = ["full_page_writes=off", "shared_buffers=32MB", "log_min_messages=warning"];
  const args = ["-D", cluster, "-p", String(port), ...[...settings, ...lazy].flatMap((setting) => ["-c", setting])];
  const url = (database: string) => `postgres://postgres@127.0.0.1:${port}/${database}`;
  const query = async (sql: string) => {
    const client = new pg.Client({ connectionString: url("postgres") });
    try {
      await client.connect();
      await client.query(sql);
    } finally {
      await client.end();
    }
  };
  const ready = () =>
    query("SELECT 1").then(
      () => true,
      () => false,
    );
  const server = await startPrivateServer({
    name: "postgres",
    folder,
    command,
    args,
    user,
    endSignal: "SIGINT",
    ready,
  });
  const createDatabase = async (name: string) => {
    if (!/^[a-z][a-z0-9_]*$/.test(name)) throw new Error(`not a plain database name: ${name}`);
    await query(`CREATE DATABASE ${name}`);
    return url(name);
  };
  return { ...server, port, createDatabase };
}

function binary(need: Need, path: string | undefined): string {
  if (!path) throw new Error(`${need} is not installed: apt-get install ${NEEDS[need].install}`);
  return path;
}

const idOf = (...args: string[]) => execFileSync("id", args, { encoding: "utf8" }).trim();

const myself = () => ({ user: userInfo().username, group: idOf("-gn") });

/** The account that Debian made for PostgreSQL, else nobody. */
function unprivileged(): { uid: number; gid: number } {
  const name = /^postgres:/m.test(readFileSync("/etc/passwd", "utf8")) ? "postgres" : "nobody";
  return { uid: Number(idOf("-u", name)), gid: Number(idOf("-g", name)) };
}
