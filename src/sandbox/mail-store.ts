/**
 * The mailboxes of the sandbox, on disk: one file a message in `messages/`, everything else in the journal. The bytes
 * are on disk before the journal names them, and `settled` resolves before anybody is told that a message was taken.
 * State changes are synchronous, so no reader ever sees half of one. Files that no mailbox names any more are
 * deleted at the next opening, never earlier: a session may still be reading them.
 */
import { randomUUID } from "node:crypto";
import { EventEmitter } from "node:events";
import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { open, readFile } from "node:fs/promises";
import { join } from "node:path";
import { MailJournal, syncDirectory } from "./mail-journal.ts";
import {
  applyStep,
  emptyState,
  type Mailbox,
  type MailState,
  type Person,
  type Step,
  type StoredMessage,
} from "./mail-state.ts";

/** Changes made to flags: `set` replaces them all. */
export type FlagChange = "add" | "remove" | "set";

const STARTING_MAILBOXES: readonly [path: string, use?: string][] = [
  ["INBOX"],
  ["Sent", "\\Sent"],
  ["Drafts", "\\Drafts"],
  ["Junk", "\\Junk"],
  ["Trash", "\\Trash"],
];

/** RFC 9051 section 2.3.2: system flags are the same in any case. */
export const SYSTEM_FLAGS = ["\\Answered", "\\Flagged", "\\Deleted", "\\Seen", "\\Draft"] as const;

/** Emits `change` after messages or flags of a mailbox changed, `invalid` when sessions must let go of it. */
export class MailStore extends EventEmitter<{ change: [Mailbox]; invalid: [Mailbox] }> {
  readonly #state: MailState = emptyState();
  readonly #journal: MailJournal;
  readonly #messageDir: string;

  /** Opens the mailboxes kept in `dir`, creating them when there are none. Throws when the journal is damaged. */
  constructor(dir: string) {
    super();
    this.setMaxListeners(0);
    this.#messageDir = join(dir, "messages");
    mkdirSync(this.#messageDir, { recursive: true });
    this.#journal = MailJournal.open(dir, (steps) => steps.forEach((step) => applyStep(this.#state, step)));
    this.#deleteUnnamedFiles();
  }

  get people(): ReadonlyMap<string, Person> {
    return this.#state.people;
  }

  /** The person an address belongs to: `user@host`, or `user+tag@host` (RFC 5233). */
  personFor(address: string): Person | undefined {
    const canonical = address.toLowerCase();
    return this.#state.people.get(canonical) ?? this.#state.people.get(baseAddress(canonical));
  }

  mailbox(address: string, path = "INBOX"): Mailbox | undefined {
    return this.personFor(address)?.mailboxes.get(path);
  }

  /** Makes a person with the usual mailboxes; one who is there already is left as they are. */
  addPerson(address: string): Person {
    const canonical = address.toLowerCase();
    if (!this.#state.people.has(canonical)) {
      const key = this.#state.lastKey + 1;
      const uidValidity = this.#nextUidValidity();
      const mailboxes = STARTING_MAILBOXES.map(([path, use], at): Step => {
        return { op: "mailbox", key: key + at, owner: canonical, path, use, uidValidity: uidValidity + at };
      });
      this.#record([{ op: "person", address: canonical }, ...mailboxes]);
    }
    return this.#state.people.get(canonical)!;
  }

  createMailbox(person: Person, path: string): void {
    const uidValidity = this.#nextUidValidity();
    this.#record([{ op: "mailbox", key: this.#state.lastKey + 1, owner: person.address, path, uidValidity }]);
  }

  /** Renames a mailbox and the ones below it. */
  renameMailbox(person: Person, mailbox: Mailbox, path: string): void {
    const below = [...person.mailboxes.values()].filter((other) => other.path.startsWith(`${mailbox.path}/`));
    const moved = below.map((other): Step => {
      return { op: "rename", key: other.key, path: path + other.path.slice(mailbox.path.length) };
    });
    this.#record([{ op: "rename", key: mailbox.key, path }, ...moved]);
  }

  deleteMailbox(mailbox: Mailbox): void {
    this.#record([{ op: "delete", key: mailbox.key }]);
    this.emit("invalid", mailbox);
  }

  /** What a restored backup or a rebuilt mailbox does to a client: new UIDVALIDITY, new UIDs. Returns the new value. */
  renewUidValidity(mailbox: Mailbox): number {
    const uidValidity = this.#nextUidValidity();
    this.#record([{ op: "renumber", key: mailbox.key, uidValidity }]);
    this.emit("invalid", mailbox);
    return uidValidity;
  }

  /** Puts a message into each inbox, into all or none. Returns its UIDs in the same order. */
  async deliver(copies: readonly { inbox: Mailbox; source: Buffer }[], date: number): Promise<number[]> {
    const files = await Promise.all(copies.map((copy) => this.#writeMessage(copy.source)));
    const steps = new StepList();
    const uids = copies.map(({ inbox, source }, at) => steps.add(inbox, files[at]!, source.length, date, []));
    this.#record(steps.list);
    await this.settled();
    return uids;
  }

  /** RFC 9051 APPEND. `date` in UTC milliseconds. Returns the new UID. */
  async append(mailbox: Mailbox, source: Buffer, flags: readonly string[], date: number): Promise<number> {
    const file = await this.#writeMessage(source);
    const steps = new StepList();
    const uid = steps.add(mailbox, file, source.length, date, [...new Set(flags.map(canonicalFlag))]);
    this.#record(steps.list);
    return uid;
  }

  /** Copies messages, in one change with their removal when `move`. Returns the new UIDs in the same order. */
  copy(messages: readonly StoredMessage[], from: Mailbox, to: Mailbox, move: boolean): number[] {
    const steps = new StepList();
    const uids = messages.map(({ file, size, date, flags }) => steps.add(to, file, size, date, [...flags]));
    if (move) steps.remove(from, messages);
    this.#record(steps.list);
    return uids;
  }

  /** Returns false when the flags were like that already. */
  changeFlags(mailbox: Mailbox, message: StoredMessage, change: FlagChange, flags: readonly string[]): boolean {
    const wanted = flags.map(canonicalFlag);
    const next = new Set(change === "set" ? wanted : message.flags);
    if (change === "add") wanted.forEach((flag) => next.add(flag));
    if (change === "remove") wanted.forEach((flag) => next.delete(flag));
    const isSame = next.size === message.flags.size && [...next].every((flag) => message.flags.has(flag));
    // Another session may have removed the message while this one still shows it.
    if (isSame || !mailbox.messages.includes(message)) return false;
    this.#record([{ op: "flags", key: mailbox.key, uid: message.uid, flags: [...next], modseq: mailbox.modseq + 1 }]);
    return true;
  }

  remove(mailbox: Mailbox, messages: readonly StoredMessage[]): void {
    const steps = new StepList();
    steps.remove(mailbox, messages);
    if (steps.list.length > 0) this.#record(steps.list);
  }

  /** The bytes of a message, exactly as they were stored. */
  async read(message: StoredMessage): Promise<Buffer> {
    return await readFile(join(this.#messageDir, message.file));
  }

  /** At most `length` bytes from `start`: clients fetch a large message in many pieces. */
  async readPart(message: StoredMessage, start: number, length: number): Promise<Buffer> {
    const size = Math.max(0, Math.min(length, message.size - start));
    const file = await open(join(this.#messageDir, message.file));
    try {
      const { bytesRead, buffer } = await file.read(Buffer.alloc(size), 0, size, size > 0 ? start : 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  }

  /** Resolves when everything recorded so far is on disk. */
  async settled(): Promise<void> {
    await this.#journal.sync();
  }

  async close(): Promise<void> {
    await this.#journal.close();
  }

  #record(steps: readonly Step[]): void {
    const created = new Set(steps.map((step) => (step.op === "mailbox" ? step.key : undefined)));
    for (const step of steps) {
      const isKnown = !("key" in step) || created.has(step.key) || this.#state.mailboxes.has(step.key);
      // Checked before the line is written: a journal that contradicts itself could not be opened again.
      if (!isKnown) throw new Error("the mailbox was deleted meanwhile");
    }
    this.#journal.append(steps);
    const touched = new Set<Mailbox>();
    for (const step of steps) {
      applyStep(this.#state, step);
      const mailbox = "key" in step ? this.#state.mailboxes.get(step.key) : undefined;
      if (mailbox && step.op !== "mailbox") touched.add(mailbox);
    }
    for (const mailbox of touched) this.emit("change", mailbox);
  }

  async #writeMessage(source: Buffer): Promise<string> {
    const file = `${randomUUID()}.eml`;
    const handle = await open(join(this.#messageDir, file), "wx");
    try {
      await handle.writeFile(source);
      await handle.sync();
    } finally {
      await handle.close();
    }
    syncDirectory(this.#messageDir);
    return file;
  }

  /** Seconds since 1970, as RFC 9051 section 2.3.1.1 suggests, and always above every earlier one. */
  #nextUidValidity(): number {
    return Math.max(Math.floor(Date.now() / 1000), this.#state.lastUidValidity + 1);
  }

  #deleteUnnamedFiles(): void {
    const named = new Set<string>();
    for (const mailbox of this.#state.mailboxes.values()) for (const { file } of mailbox.messages) named.add(file);
    for (const file of readdirSync(this.#messageDir)) {
      if (file.endsWith(".eml") && !named.has(file)) rmSync(join(this.#messageDir, file));
    }
  }
}

/** Steps of one change; counts UIDs and mod-sequences on from what the steps before them in the list take. */
class StepList {
  readonly list: Step[] = [];
  readonly #taken = new Map<number, { uid: number; modseq: number }>();

  #next(mailbox: Mailbox): { uid: number; modseq: number } {
    const next = this.#taken.get(mailbox.key) ?? { uid: mailbox.uidNext, modseq: mailbox.modseq };
    this.#taken.set(mailbox.key, next);
    next.modseq++;
    return next;
  }

  add(mailbox: Mailbox, file: string, size: number, date: number, flags: string[]): number {
    const next = this.#next(mailbox);
    const uid = next.uid++;
    this.list.push({ op: "add", key: mailbox.key, uid, file, size, date, flags, modseq: next.modseq });
    return uid;
  }

  /** Passes over messages that another session removed meanwhile: their UIDs may mean nothing, or others, by now. */
  remove(mailbox: Mailbox, messages: readonly StoredMessage[]): void {
    const held = new Set(mailbox.messages);
    const uids = messages.filter((message) => held.has(message)).map((message) => message.uid);
    if (uids.length > 0) this.list.push({ op: "remove", key: mailbox.key, uids, modseq: this.#next(mailbox).modseq });
  }
}

/** `support+a12-xyz@desk.example` -> `support@desk.example` (RFC 5233). */
export function baseAddress(address: string): string {
  return address.replace(/^([^+@]+)\+[^@]*@/, "$1@");
}

export function canonicalFlag(flag: string): string {
  return SYSTEM_FLAGS.find((known) => known.toLowerCase() === flag.toLowerCase()) ?? flag;
}
