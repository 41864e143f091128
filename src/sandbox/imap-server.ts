/**
 * A small IMAP4rev1 server (RFC 3501, with the parts of RFC 9051 that clients use) for the sandbox and for tests:
 * loopback, plain text, one conversation a connection. Whatever a client sends, the answer is BAD, NO or BYE.
 */
import net from "node:net";
import type { Command, CommandTable, Reply } from "./imap-command.ts";
import type { Credentials } from "./credentials.ts";
import { FETCH_COMMANDS } from "./imap-fetch.ts";
import { IDLE_COMMANDS } from "./imap-idle.ts";
import { LOGIN_COMMANDS } from "./imap-login.ts";
import { MAILBOX_COMMANDS } from "./imap-mailboxes.ts";
import { MESSAGE_COMMANDS } from "./imap-messages.ts";
import { type CommandParts, textOf, type Token, tokenize } from "./imap-parse.ts";
import { SEARCH_COMMANDS } from "./imap-search.ts";
import { type ImapFaults, ImapSession } from "./imap-session.ts";
import type { MailStore } from "./mail-store.ts";

/** Bytes of the literals of one command: the SIZE limit of the SMTP side, so that a sent message can be appended. */
const MAX_LITERALS = 64 * 1024 * 1024;
/** Before login nothing longer than a name and a password is of use. */
const MAX_LITERALS_BEFORE_LOGIN = 8 * 1024;
const LOOPBACK = "127.0.0.1";

const COMMANDS: CommandTable = {
  ...LOGIN_COMMANDS,
  ...MAILBOX_COMMANDS,
  ...MESSAGE_COMMANDS,
  ...FETCH_COMMANDS,
  ...SEARCH_COMMANDS,
  ...IDLE_COMMANDS,
};

export type ImapServer = {
  readonly port: number;
  readonly faults: ImapFaults;
  /** Ends the connections of a person, or all: with BYE and a text, or abruptly. */
  readonly kick: (address?: string, bye?: string) => void;
  readonly close: () => Promise<void>;
};

export type ImapServerOptions = {
  readonly store: MailStore;
  readonly credentials: Credentials;
  /** 0 takes a free port. */
  readonly port: number;
  readonly log: (line: string) => void;
};

/** Starts listening on 127.0.0.1. Rejects when the port is taken. */
export async function startImapServer(options: ImapServerOptions): Promise<ImapServer> {
  const faults: ImapFaults = { stall: false, latencyMs: 0, next: [], hidden: [] };
  const sessions = new Set<ImapSession>();
  const server = net.createServer((socket) => {
    socket.setNoDelay(true); // without it every command costs a delayed ACK (40 ms)
    socket.on("error", () => {}); // a client that goes away is no error
    const session = new ImapSession({ store: options.store, credentials: options.credentials, faults }, socket);
    sessions.add(session);
    socket.on("close", () => sessions.delete(session));
    void converse(session, options.log).finally(() => session.end());
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(options.port, LOOPBACK, resolve);
  });
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : options.port;
  const kick = (person?: string, bye?: string): void => {
    for (const session of sessions) {
      if (person !== undefined && session.person?.address !== person.toLowerCase()) continue;
      if (bye === undefined) session.destroy();
      else session.bye(bye);
    }
  };
  const close = async (): Promise<void> => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    kick();
    await closed;
  };
  return { port, faults, kick, close };
}

async function converse(session: ImapSession, log: (line: string) => void): Promise<void> {
  const { faults } = session.context;
  session.send(`* OK [CAPABILITY ${session.capabilities()}] Postern sandbox ready`);
  while (!session.isOver) {
    const limit = session.person ? MAX_LITERALS : MAX_LITERALS_BEFORE_LOGIN;
    const input = await session.reader.command(limit, () => session.send("+ go ahead"));
    if (input.kind === "closed") return;
    if (faults.stall) continue;
    if (input.kind === "command") await answer(session, input.parts, log);
    else session.send(`${input.tag} BAD [TOOBIG] the command is too big`);
    if (input.kind === "too-big" && input.fatal) session.bye("the command is too big");
  }
}

/** Runs one command and sends its tagged answer, once what it changed is on disk. */
async function answer(session: ImapSession, parts: CommandParts, log: (line: string) => void): Promise<void> {
  const [tag] = /^[^\s(){%*+"\\\]]+(?= )/.exec(String(parts[0])) ?? [];
  const tokens = tokenize(parts)?.slice(1);
  if (tag === undefined || tokens === undefined) return session.send(`${tag ?? "*"} BAD not a command`);
  try {
    const reply = await run(session, tokens);
    await session.store.settled();
    if (reply !== undefined) session.send(`${tag} ${reply}`);
    if (/^logout$/i.test(textOf(tokens[0]))) session.end();
  } catch (error) {
    log(`imap: ${textOf(tokens[0])} failed: ${String(error)}`);
    session.send(`${tag} NO [SERVERBUG] ${error instanceof Error ? error.name : "failed"}`);
  }
}

async function run(session: ImapSession, tokens: readonly Token[]): Promise<Reply> {
  const byUid = /^uid$/i.test(textOf(tokens[0]));
  const [nameToken, ...args] = byUid ? tokens.slice(1) : tokens;
  const name = textOf(nameToken).toUpperCase();
  const { faults } = session.context;
  if (faults.latencyMs > 0) await new Promise((resolve) => setTimeout(resolve, faults.latencyMs));
  const fault = takeFault(session, name);
  if (fault?.close) session.destroy();
  if (fault) return fault.response ?? "NO [UNAVAILABLE] not now";
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  const refusal = refusalOf(session, command, byUid);
  if (!command || refusal !== undefined) return refusal;
  if (byUid) session.sync();
  const reply = await command.run(session, args, { name, byUid });
  // RFC 9051 section 7.5.1: EXPUNGE may not be told while these are answered by sequence number.
  const mayTell = byUid || !["FETCH", "STORE", "SEARCH"].includes(name);
  if (mayTell) session.sync();
  return reply;
}

function takeFault(session: ImapSession, name: string): ImapFaults["next"][number] | undefined {
  const { next } = session.context.faults;
  const at = next.findIndex(
    (fault) => fault.command === name && (!fault.user || fault.user === session.person?.address),
  );
  return at < 0 ? undefined : next.splice(at, 1)[0];
}

function refusalOf(session: ImapSession, command: Command | undefined, byUid: boolean): string | undefined {
  const isHidden = command?.capability !== undefined && session.context.faults.hidden.includes(command.capability);
  if (!command || isHidden || (byUid && !command.takesUid)) return "BAD unknown command";
  if (command.state !== "any" && !session.person) return "NO not authenticated";
  if (command.state === "selected" && !session.selected) return "BAD no mailbox selected";
  return undefined;
}
