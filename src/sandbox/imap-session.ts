/**
 * One IMAP connection: who it is, which mailbox it has selected, and what it has told the client of that mailbox so
 * far. Sequence numbers are places in that view (RFC 9051 section 2.3.1.2), never in the mailbox itself.
 */
import type { Socket } from "node:net";
import type { Credentials } from "./credentials.ts";
import { CommandReader, type SequenceSet } from "./imap-parse.ts";
import { decodeMailboxName } from "./imap-text.ts";
import type { Mailbox, Person, StoredMessage } from "./mail-state.ts";
import type { MailStore } from "./mail-store.ts";

/** Switches by which tests make the server misbehave. */
export type ImapFaults = {
  /** A black hole: nothing is read, nothing answered, the connection stays. */
  stall: boolean;
  latencyMs: number;
  /** Each fails one coming command: with `response` (`NO [UNAVAILABLE] …`), or by closing the connection. */
  next: { command: string; user?: string; response?: string; close?: boolean }[];
  /** Capabilities that are neither advertised nor obeyed: `MOVE`, `UIDPLUS`, `IDLE`. */
  hidden: string[];
};

export type SessionContext = {
  readonly store: MailStore;
  readonly credentials: Credentials;
  readonly faults: ImapFaults;
};

/** A message as the client knows it; `modseq` is the change it was last told of. */
type Shown = { readonly message: StoredMessage; modseq: number };

/** A message with its sequence number, from 1. */
export type Numbered = { readonly message: StoredMessage; readonly number: number };

const CAPABILITIES =
  "IMAP4rev1 LITERAL+ SASL-IR ID ENABLE IDLE NAMESPACE CHILDREN UIDPLUS MOVE UNSELECT SPECIAL-USE CONDSTORE".split(" ");
const LOGIN_CAPABILITIES = ["AUTH=PLAIN", "AUTH=LOGIN", "AUTH=XOAUTH2", "AUTH=OAUTHBEARER"];

export class ImapSession {
  readonly context: SessionContext;
  readonly reader: CommandReader;
  readonly #socket: Socket;
  person: Person | undefined;
  failedLogins = 0;
  /** RFC 7162 section 3.1: mod-sequences are told only to clients that have shown they know them. */
  condstore = false;
  idling = false;
  readOnly = false;
  #selected: Mailbox | undefined;
  #view: Shown[] = [];

  constructor(context: SessionContext, socket: Socket) {
    this.context = context;
    this.#socket = socket;
    this.reader = new CommandReader(socket);
    const onChange = (mailbox: Mailbox): void => {
      if (this.idling && this.#selected === mailbox) this.sync();
    };
    const onInvalid = (mailbox: Mailbox): void => {
      if (this.#selected === mailbox) this.bye("the mailbox is not what it was");
    };
    context.store.on("change", onChange).on("invalid", onInvalid);
    socket.on("close", () => context.store.off("change", onChange).off("invalid", onInvalid));
  }

  get store(): MailStore {
    return this.context.store;
  }

  get selected(): Mailbox | undefined {
    return this.#selected;
  }

  get isOver(): boolean {
    return !this.#socket.writable;
  }

  /** Sends one response line; strings are latin1. */
  send(...parts: readonly (string | Buffer)[]): void {
    if (this.isOver || this.context.faults.stall) return;
    this.#socket.cork();
    for (const part of [...parts, "\r\n"]) {
      if (typeof part === "string") this.#socket.write(part, "latin1");
      else this.#socket.write(part);
    }
    this.#socket.uncork();
  }

  /** Resolves when the client has taken what was sent, so that a large answer is not all in memory at once. */
  async drained(): Promise<void> {
    const socket = this.#socket;
    if (!socket.writableNeedDrain || socket.destroyed) return;
    await new Promise<void>((resolve) => {
      const done = (): void => {
        socket.off("drain", done).off("close", done);
        resolve();
      };
      socket.on("drain", done).on("close", done);
    });
  }

  bye(text: string): void {
    this.send(`* BYE ${text}`);
    this.end();
  }

  /** Ends the connection after what was sent before; a client that does not end its side within a second is cut off. */
  end(): void {
    this.#socket.end();
    setTimeout(() => this.#socket.destroy(), 1000).unref();
  }

  /** Drops the connection at once. */
  destroy(): void {
    this.#socket.destroy();
  }

  capabilities(): string {
    const all = this.person ? CAPABILITIES : [...CAPABILITIES, ...LOGIN_CAPABILITIES];
    return all.filter((name) => !this.context.faults.hidden.includes(name)).join(" ");
  }

  /** The mailbox of this person by its name on the wire; INBOX in any case (RFC 9051 section 5.1). */
  findMailbox(wireName: string): Mailbox | undefined {
    const name = decodeMailboxName(wireName);
    return name === undefined ? undefined : this.person?.mailboxes.get(/^inbox$/i.test(name) ? "INBOX" : name);
  }

  select(mailbox: Mailbox, readOnly: boolean): void {
    this.#selected = mailbox;
    this.readOnly = readOnly;
    this.#view = mailbox.messages.map((message) => ({ message, modseq: message.modseq }));
  }

  unselect(): void {
    this.#selected = undefined;
    this.#view = [];
  }

  shown(): Numbered[] {
    return this.#view.map(({ message }, at) => ({ message, number: at + 1 }));
  }

  /** The messages a sequence set names, by UID or by sequence number. */
  pick(set: SequenceSet, byUid: boolean): Numbered[] {
    const max = byUid ? (this.#view.at(-1)?.message.uid ?? 0) : this.#view.length;
    return this.shown().filter(({ message, number }) => set(byUid ? message.uid : number, max));
  }

  /** Tells the client what became of the mailbox since it last heard: EXPUNGE, FETCH with flags, EXISTS. */
  sync(): void {
    if (!this.#selected) return;
    const present = new Set(this.#selected.messages);
    for (let at = this.#view.length - 1; at >= 0; at--) {
      if (present.has(this.#view[at]!.message)) continue;
      this.#view.splice(at, 1);
      this.send(`* ${at + 1} EXPUNGE`);
    }
    this.#view.forEach((shown, at) => {
      if (shown.message.modseq > shown.modseq) this.sendFlags({ message: shown.message, number: at + 1 });
    });
    const added = this.#selected.messages.slice(this.#view.length);
    if (added.length === 0) return;
    this.#view.push(...added.map((message) => ({ message, modseq: message.modseq })));
    this.send(`* ${this.#view.length} EXISTS`);
  }

  /** Tells the flags of one message and remembers that the client knows them. */
  sendFlags({ message, number }: Numbered): void {
    this.noteTold(number, message.modseq);
    const modseq = this.condstore ? ` MODSEQ (${message.modseq})` : "";
    this.send(`* ${number} FETCH (UID ${message.uid} FLAGS (${[...message.flags].join(" ")})${modseq})`);
  }

  /** Remembers that the client knows a message as of this mod-sequence. */
  noteTold(number: number, modseq: number): void {
    const shown = this.#view[number - 1];
    if (shown) shown.modseq = modseq;
  }
}
