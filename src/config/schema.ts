/** postern.yaml as a table: every key, its default, its words for "is not". Cross-checks between keys are in cross-check.ts. */
import { isAbsolute, join, resolve } from "node:path";
import { z } from "zod";
import { isKnownCharset } from "../mail/mime/charset.ts";
import { address } from "../yaml/address-field.ts";
import {
  choice,
  duration,
  flag,
  list,
  named,
  port,
  scalar,
  section,
  size,
  text,
  whole,
  Wrong,
} from "../yaml/fields.ts";
import {
  LOG_LEVELS,
  type After,
  type CaFile,
  type Config,
  type MailboxConfig,
  type SmtpConfig,
  type Tls,
} from "./types.ts";
import { webUrl } from "./web-url.ts";

/** Those that Postern has templates for; an English desk's order. */
const LANGUAGES = ["en", "de", "es", "fr", "it", "nl", "pt"];

/** What the schema needs from outside: the folder relative paths start from, and a way to read a file named in the configuration. */
export type Surroundings = {
  readonly file: string | null;
  readonly baseDir: string;
  readonly readFile: (path: string) => string | Wrong;
};

/** The schema of the whole file; its output is a `Config`. */
export function configSchema(around: Surroundings) {
  return rootSection(around).transform((file): Config => {
    const dataDir = file.data_dir ?? join(around.baseDir, ".postern");
    const mailboxes = Object.entries(file.mailboxes).map(
      ([name, mailbox]) => [name, toMailbox(name, mailbox)] as const,
    );
    return {
      file: around.file,
      dataDir,
      database: file.database ?? `sqlite:${join(dataDir, "postern.db")}`,
      queue: file.queue,
      keyFile: file.key_file ?? join(dataDir, "key"),
      templates: file.templates ?? null,
      languages: [...new Set(file.languages)],
      mailboxes: Object.fromEntries(mailboxes),
      smtp: toSmtp(file.smtp),
      web: file.web,
      ...(file.trusted_authserv_id !== undefined && { trustedAuthservId: file.trusted_authserv_id }),
      ...(file.mx_host !== undefined && { mxHost: file.mx_host }),
      dkim: file.dkim,
      policies: { agentProof: file.policies.agent_proof },
      leaseTtlMs: file.lease_ttl,
      sweepMs: file.sweep,
      clockMs: file.clock,
      log: file.log,
      parser: {
        threads: file.parser.threads,
        memoryBytes: file.parser.memory,
        timeMs: file.parser.time,
        legacyCharset: file.parser.legacy_charset,
      },
      workers: file.workers,
    };
  });
}

/** The file's keys, before they become a `Config`: the documentation test walks this. */
export function rootSection(around: Surroundings) {
  const path = () =>
    scalar("a path", "a path, relative to this file or absolute", (input) =>
      isAbsolute(input) ? input : resolve(around.baseDir, input),
    );
  return section({
    data_dir: path().optional(),
    database: secret(around, "a database", "sqlite:PATH or postgres://USER:PASSWORD@HOST/NAME", (input) =>
      database(input, around),
    ).optional(),
    queue: secret(
      around,
      "a queue",
      "embedded, redis://HOST:6379 or postgres://USER:PASSWORD@HOST/NAME",
      queue,
    ).default("embedded"),
    key_file: path().optional(),
    templates: path().optional(),
    languages: list(
      scalar("a language", "the short name of a language, e.g. en or de", (input) =>
        /^[a-z]{2,3}$/.test(input) ? input : undefined,
      ),
      1,
    ).default(LANGUAGES),
    mailboxes: named("a mailbox", mailboxSection(around)),
    smtp: smtpSection(around),
    web: webSection(),
    trusted_authserv_id: host("the authserv-id of your mail server, e.g. mx.example.com").optional(),
    mx_host: host("the name of your MX as its Received lines state it, e.g. mx.example.com").optional(),
    dkim: flag().default(true),
    policies: section({ agent_proof: choice(["confirm", "strict", "token"]).default("confirm") }).prefault({}),
    lease_ttl: duration("15s", "2s", "10m").default(15_000),
    sweep: duration("10s", "1s", "10m").default(10_000),
    clock: duration("30s", "1s", "10m").default(30_000),
    log: section({
      level: choice(LOG_LEVELS).default("info"),
      format: choice(["pretty", "json"]).default("pretty"),
    }).prefault({}),
    parser: section({
      threads: whole("a number of threads", 1, 64, 2).default(2),
      memory: size("256MB", "64MB", "8GB").default(256 * 2 ** 20),
      time: duration("10s", "1s", "10m").default(10_000),
      legacy_charset: scalar(
        "a charset",
        "the charset of old mail programs among your customers, e.g. windows-1252, shift_jis or koi8-r",
        (input) => (isKnownCharset(input) ? input : undefined),
      ).default("windows-1252"),
    }).prefault({}),
    workers: section({
      route: whole("a number of workers", 1, 100, 4).default(4),
      deliver: whole("a number of workers", 1, 100, 4).default(4),
    }).prefault({}),
  });
}

const host = (write: string) =>
  scalar("a host name", write, (input) => (/^[\p{L}\p{N}._:-]{1,253}$/u.test(input) ? input : undefined));

/** The keys of one server that mail is read from or sent through. */
const serverKeys = (around: Surroundings, example: string, portExample: number) => ({
  host: host(`the name of the server, e.g. ${example}`),
  port: port(portExample).optional(),
  tls: choice(["implicit", "starttls", "none"]).optional(),
  insecure: flag().default(false),
  ca: scalar("a file", "the path of a PEM file", (input): CaFile | Wrong => caFile(input, around)).optional(),
  password: secret(around, "a password", "${NAME} or file:PATH", (input) => input).optional(),
  access_token: secret(around, "an access token", "${NAME} or file:PATH", (input) => input).optional(),
});

const mailboxSection = (around: Surroundings) =>
  section({
    ...serverKeys(around, "imap.example.com", 993),
    user: text("a user name", "the user name of this mailbox, e.g. support@example.com"),
    folder: text("a folder", "a folder, e.g. INBOX").default("INBOX"),
    after: afterField().default("seen"),
    poll: duration("60s", "1s", "1d").default(60_000),
    max_size: size("50MB", "64KB", "1GB").default(50 * 2 ** 20),
    plus_addressing: flag().default(true),
    address: address("support@example.com").optional(),
    batch: whole("a number of messages", 1, 1_000, 50).default(50),
  });

const smtpSection = (around: Surroundings) =>
  section({
    ...serverKeys(around, "smtp.example.com", 465),
    user: text("a user name", "the user name for the SMTP server").optional(),
    connections: whole("a number of connections", 1, 50, 4).default(4),
    ehlo_name: host("a host name, e.g. postern.example.com").optional(),
    timeouts: section({
      connect: duration("30s", "1s", "10m").default(30_000),
      greeting: duration("30s", "1s", "10m").default(30_000),
      // RFC 5321 section 4.5.3.2.6: ten minutes for the reply to the final dot; giving up early leaves the outcome uncertain.
      reply: duration("10m", "1s", "1h").default(600_000),
    }).prefault({}),
  });

/** `web: off`, or a section whose port may be `off`. */
function webSection() {
  const shape = section({
    host: host("an address to listen on, e.g. 127.0.0.1").default("127.0.0.1"),
    port: scalar("a port number", "a number from 1 to 65535, e.g. 8025, or off", (input) => {
      if (/^(off|false|no)$/i.test(input)) return "off" as const;
      return /^\d{1,5}$/.test(input) && Number(input) >= 1 && Number(input) <= 65_535 ? Number(input) : undefined;
    }).default(8025),
    url: scalar("a web address", "the address people reach it by, e.g. https://desk.example.com", webUrl).optional(),
  });
  const off = (input: unknown) =>
    typeof input === "string" && /^(off|false|no)$/i.test(input) ? { port: "off" } : input;
  return z
    .preprocess(off, shape.prefault({}))
    .transform(({ host, port, url }) =>
      port === "off" ? null : { host, port, ...(url === undefined ? {} : { url }) },
    );
}

/** `seen`, `leave`, `delete`, `move to FOLDER` or `{move: FOLDER}`. */
function afterField() {
  const moved = (input: unknown) => {
    const keys = typeof input === "object" && input !== null && !Array.isArray(input) ? Object.keys(input) : [];
    return keys.length === 1 && keys[0] === "move"
      ? `move to ${String((input as { move: unknown }).move ?? "")}`
      : input;
  };
  const field = scalar("known here", "seen, leave, delete or move to FOLDER", (input): After | undefined => {
    if (input === "seen" || input === "leave" || input === "delete") return input;
    const folder = /^move to (\S.*)$/.exec(input)?.[1];
    return folder === undefined ? undefined : { move: folder };
  });
  return z.preprocess(moved, field);
}

/** A value that may be a secret: `file:PATH` reads it from a file, without the trailing newline; never shown in a message. */
function secret(
  around: Surroundings,
  what: string,
  write: string,
  parse: (input: string) => string | Wrong | undefined,
) {
  const read = (input: string) => {
    const path = /^file:(.*)$/s.exec(input)?.[1];
    if (path === undefined) return parse(input);
    const content = around.readFile(resolve(around.baseDir, path));
    if (content instanceof Wrong) return content;
    const value = content.replace(/\r?\n$/, "");
    return value === "" ? new Wrong(`the file ${path} is empty. Put the value into it.`) : parse(value);
  };
  return scalar(what, write, read, true);
}

function database(input: string, around: Surroundings): string | undefined {
  if (/^postgres(ql)?:\/\/./.test(input)) return input.replace(/^postgresql:/, "postgres:");
  const path = /^sqlite:(?:\/\/(?=\/))?(.+)$/.exec(input)?.[1];
  return path === undefined ? undefined : `sqlite:${isAbsolute(path) ? path : resolve(around.baseDir, path)}`;
}

function queue(input: string): string | undefined {
  if (input === "embedded" || /^rediss?:\/\/./.test(input)) return input;
  return /^postgres(ql)?:\/\/./.test(input) ? input.replace(/^postgresql:/, "postgres:") : undefined;
}

function caFile(input: string, around: Surroundings): CaFile | Wrong {
  const file = resolve(around.baseDir, input.replace(/^file:/, ""));
  const pem = around.readFile(file);
  if (pem instanceof Wrong) return pem;
  return pem.includes("-----BEGIN CERTIFICATE-----")
    ? { file, pem }
    : new Wrong(`${input} holds no certificate. Write the path of a PEM file (-----BEGIN CERTIFICATE-----).`);
}

/** Left out, `tls` follows from a well-known port; otherwise it is implicit (RFC 8314 section 3). */
export function tlsFor(port: number | undefined, given: Tls | undefined): Tls {
  return given ?? (port === 143 || port === 587 || port === 25 ? "starttls" : "implicit");
}

type MailboxFile = z.output<ReturnType<typeof mailboxSection>>;
type SmtpFile = z.output<ReturnType<typeof smtpSection>>;

function login(server: { user?: string; password?: string; access_token?: string; ca?: CaFile }) {
  return {
    ...(server.ca !== undefined && { ca: server.ca }),
    ...(server.password !== undefined && { password: server.password }),
    ...(server.access_token !== undefined && { accessToken: server.access_token }),
  };
}

function toMailbox(name: string, file: MailboxFile): MailboxConfig {
  const tls = tlsFor(file.port, file.tls);
  return {
    name,
    host: file.host,
    port: file.port ?? (tls === "implicit" ? 993 : 143),
    tls,
    user: file.user,
    ...login(file),
    folder: file.folder,
    after: file.after,
    pollMs: file.poll,
    maxBytes: file.max_size,
    plusAddressing: file.plus_addressing,
    ...(file.address !== undefined && { address: file.address }),
    batch: file.batch,
  };
}

function toSmtp(file: SmtpFile): SmtpConfig {
  const tls = tlsFor(file.port, file.tls);
  return {
    host: file.host,
    port: file.port ?? { implicit: 465, starttls: 587, none: 25 }[tls],
    tls,
    ...(file.user !== undefined && { user: file.user }),
    ...login(file),
    connections: file.connections,
    ...(file.ehlo_name !== undefined && { ehloName: file.ehlo_name }),
    timeouts: { connectMs: file.timeouts.connect, greetingMs: file.timeouts.greeting, replyMs: file.timeouts.reply },
  };
}
