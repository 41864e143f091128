/** A sandbox mailbox with a poller on it, the meddler between them. Everything is stopped at the end of the test. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { type RunningPoller, startPoller } from "../../src/imap/poller.ts";
import type { Log, MailboxSettings, PollStore } from "../../src/imap/settings.ts";
import { credentialsOf } from "../../src/sandbox/credentials.ts";
import { type ImapServer, startImapServer } from "../../src/sandbox/imap-server.ts";
import { MailStore } from "../../src/sandbox/mail-store.ts";
import { MemoryStore } from "./memory-store.ts";
import { type Meddler, startMeddler } from "./meddler.ts";

export const ADDRESS = "support@nw.example";
export const PASSWORD = "s3cret";
/** INTERNALDATE of everything delivered here. */
export const ARRIVED = Date.UTC(2026, 10, 2, 9, 30, 0);

/** Everything quick: the waits that a test sits through are its own. */
export const QUICK = {
  connectMs: 2_000,
  greetingMs: 2_000,
  socketMs: 2_000,
  commandMs: 2_000,
  stopMs: 2_000,
  backoff: { firstMs: 20, maxMs: 200 },
  loginBackoff: { firstMs: 50, maxMs: 200 },
  refetchMs: [10, 20, 50],
};

export type LogLine = { readonly level: string; readonly message: string } & Record<string, unknown>;

export type Polled = {
  readonly imap: ImapServer;
  readonly mails: MailStore;
  readonly meddler: Meddler;
  readonly store: MemoryStore;
  readonly logged: LogLine[];
  /** Sum of what onStored was told. */
  stored(): number;
  deliver(source: string | Buffer): Promise<number>;
  /** UIDs in a folder of the server, with their flags: `7 \Seen`. */
  folder(path?: string): string[];
  start(settings?: Partial<MailboxSettings>, store?: PollStore): RunningPoller;
};

export function settingsFor(port: number, change: Partial<MailboxSettings> = {}): MailboxSettings {
  return {
    name: "support",
    host: "127.0.0.1",
    port,
    tls: "none",
    user: ADDRESS,
    password: PASSWORD,
    folder: "INBOX",
    after: { action: "leave" },
    pollMs: 60_000,
    maxBytes: 100_000,
    batchMessages: 50,
    batchBytes: 1_000_000,
    ...change,
    timeouts: { ...QUICK, ...change.timeouts },
  };
}

export function mail(subject: string, body = "Hello"): string {
  return `From: maria@home.example\r\nTo: ${ADDRESS}\r\nSubject: ${subject}\r\nMessage-ID: <${subject.replaceAll(" ", "-")}@home.example>\r\n\r\n${body}\r\n`;
}

/** A log that keeps its lines. */
export function keptLog(): { log: Log; logged: LogLine[] } {
  const logged: LogLine[] = [];
  const at = (level: string) => (facts: object, message: string) => void logged.push({ level, message, ...facts });
  return { logged, log: { debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") } };
}

export async function startPolled(): Promise<Polled> {
  const dir = await mkdtemp(join(tmpdir(), "postern-imap-"));
  const mails = new MailStore(dir);
  const person = mails.addPerson(ADDRESS);
  const people = [{ address: ADDRESS, name: "Support", password: PASSWORD, tokens: ["fresh-token"] }];
  const imap = await startImapServer({
    store: mails,
    credentials: credentialsOf(people, mails, false),
    port: 0,
    log: () => {},
  });
  const meddler = await startMeddler(imap.port);
  const store = new MemoryStore();
  const { log, logged } = keptLog();
  const pollers: RunningPoller[] = [];
  let stored = 0;
  onTestFinished(async () => {
    await Promise.all(pollers.map((poller) => poller.stop()));
    await meddler.close();
    await imap.close();
    await mails.close();
    await rm(dir, { recursive: true, force: true });
  });
  return {
    imap,
    mails,
    meddler,
    store,
    logged,
    stored: () => stored,
    async deliver(source) {
      const inbox = person.mailboxes.get("INBOX");
      if (!inbox) throw new Error("no INBOX");
      const [uid = 0] = await mails.deliver([{ inbox, source: Buffer.from(source) }], ARRIVED);
      return uid;
    },
    folder: (path = "INBOX") =>
      (person.mailboxes.get(path)?.messages ?? []).map((message) => [message.uid, ...message.flags].join(" ")),
    start(change, otherStore = store) {
      const onStored = (count: number): void => void (stored += count);
      const options = { log, onStored, now: () => Date.now(), random: () => 0 };
      const poller = startPoller(settingsFor(meddler.port, change), otherStore, options);
      pollers.push(poller);
      return poller;
    },
  };
}
