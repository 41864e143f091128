/**
 * One open mailbox on one connection: the few commands that the poller needs, each with a deadline and each with
 * imapflow's `false` answers turned into errors. When the connection is gone, everything rejects and `closed` is true.
 */
import type { FetchMessageObject, FetchQueryObject, ImapFlow, MailboxObject } from "imapflow";
import { type Connection, connect } from "./connect.ts";
import { Refused } from "./failure.ts";
import { type EnvelopeFacts, type MailboxSettings, type MailboxTimeouts, timeoutsOf } from "./settings.ts";
import { uidSet } from "./uids.ts";

export type MailboxFacts = { readonly uidValidity: number; readonly uidNext: number; readonly readOnly: boolean };
/** `size` is RFC822.SIZE, undefined when the server names none. */
export type MessageFacts = { readonly uid: number; readonly size?: number; readonly receivedAt?: number };

/** `news` is called when the server announces messages, `gone` once when the connection has ended. */
export type MailboxWatch = { news(): void; gone(): void };

export class Mailbox {
  readonly #client: ImapFlow;
  readonly #connection: Connection;
  readonly #settings: MailboxSettings;
  readonly #timeouts: MailboxTimeouts;
  readonly #copied = new Set<number>();
  #facts: MailboxFacts = { uidValidity: 0, uidNext: 1, readOnly: false };

  private constructor(settings: MailboxSettings, connection: Connection, watch: MailboxWatch) {
    this.#settings = settings;
    this.#timeouts = timeoutsOf(settings);
    this.#connection = connection;
    this.#client = connection.client;
    this.#client.on("exists", () => watch.news());
    this.#client.once("close", () => watch.gone());
  }

  /** Connects, logs in and selects the folder. Rejects with an error that failure.ts can tell apart. */
  static async open(settings: MailboxSettings, watch: MailboxWatch, abort: AbortSignal): Promise<Mailbox> {
    const mailbox = new Mailbox(settings, await connect(settings, abort), watch);
    const cut = (): void => mailbox.close();
    abort.addEventListener("abort", cut, { once: true });
    try {
      abort.throwIfAborted();
      await mailbox.select();
      return mailbox;
    } catch (error) {
      mailbox.close();
      throw error;
    } finally {
      abort.removeEventListener("abort", cut);
    }
  }

  get facts(): MailboxFacts {
    return this.#facts;
  }

  get closed(): boolean {
    return !this.#client.usable;
  }

  /** Why the connection is gone: the error that ended it, or what the server said in its BYE. */
  ending(): Error {
    const ended = this.#connection.endedBy();
    if (ended) return ended;
    const bye = this.#client.byeReason;
    return new Error(bye ? `the server ended the connection: ${bye}` : "the connection ended");
  }

  /** Selects the folder anew. The only way to learn that UIDVALIDITY changed under a living connection. */
  async select(): Promise<void> {
    const opened: MailboxObject | undefined = await this.#within(
      "SELECT",
      this.#client.mailboxOpen(this.#settings.folder),
    );
    if (!opened) throw this.ending();
    const uidValidity = Number(opened.uidValidity ?? 0);
    if (uidValidity !== this.#facts.uidValidity) this.#copied.clear();
    this.#facts = {
      uidValidity,
      uidNext: opened.uidNext || (await this.#uidNextOtherwise()),
      readOnly: opened.readOnly === true,
    };
  }

  /** NOOP: has the server tell what arrived (an EXISTS may run ahead of what FETCH sees), and finds a dead connection. */
  async noop(): Promise<void> {
    await this.#within("NOOP", this.#client.noop());
    const { mailbox } = this.#client;
    if (this.closed || !mailbox) throw this.ending();
    // imapflow selects anew by itself at times, a folder that is read-only for one.
    if (Number(mailbox.uidValidity ?? 0) !== this.#facts.uidValidity) await this.select();
  }

  /** Keeps IDLE away while `work` runs: it would cost two round trips around every command. */
  async busy<T>(work: () => Promise<T>): Promise<T> {
    const lock = await this.#within("SELECT", this.#client.getMailboxLock(this.#settings.folder));
    try {
      return await work();
    } finally {
      lock.release();
    }
  }

  /** The UIDs of the mailbox from `baseline` on, ascending. */
  async uids(baseline: number): Promise<number[]> {
    const query = baseline > 1 ? { uid: `${baseline}:*` } : { all: true };
    const found = await this.#within("SEARCH", this.#client.search(query, { uid: true }));
    if (!Array.isArray(found)) throw this.#refused("SEARCH");
    // RFC 9051 section 9: `n:*` names the last message even when its UID is below n.
    return found.filter((uid) => uid >= baseline);
  }

  /** Size and arrival of these messages; one that is missing in the answer is missing in the result. */
  async sizes(uids: readonly number[]): Promise<MessageFacts[]> {
    const rows = await this.#within("FETCH", this.#rows(uids, { uid: true, size: true, internalDate: true }));
    return [...rows.values()].map((row) => ({ uid: row.uid, size: row.size, receivedAt: timeOf(row.internalDate) }));
  }

  /** The bytes of these messages (BODY.PEEK[]); undefined for NIL. `atMost` bytes, when given. */
  async sources(uids: readonly number[], atMost?: number): Promise<Map<number, Buffer | undefined>> {
    const rows = await this.#rows(uids, {
      uid: true,
      source: atMost === undefined ? true : { start: 0, maxLength: atMost },
    });
    return new Map([...rows].map(([uid, row]) => [uid, Buffer.isBuffer(row.source) ? row.source : undefined]));
  }

  /** Who and what a message is without downloading it. A server without a usable ENVELOPE leaves the fields out. */
  async envelope(uid: number): Promise<Omit<EnvelopeFacts, "receivedAt">> {
    const rows = await this.#within("FETCH", this.#rows([uid], { uid: true, envelope: true }));
    const envelope = rows.get(uid)?.envelope;
    return { from: envelope?.from?.[0]?.address, subject: envelope?.subject, messageId: envelope?.messageId };
  }

  async markSeen(uids: readonly number[]): Promise<void> {
    await this.#flag(uids, "\\Seen");
  }

  /** Moves to a folder, which is made when it is missing. UIDs that are gone by now are passed over by the server. */
  async move(uids: readonly number[], folder: string): Promise<void> {
    if (!this.#can("MOVE")) return await this.#copyAndRemove(uids, folder);
    const move = async (): Promise<boolean> =>
      Boolean(await this.#within("MOVE", this.#client.messageMove(uidSet(uids), folder, { uid: true })));
    if (await move()) return;
    const why = this.#refused("MOVE");
    await this.#makeFolder(folder, why);
    if (!(await move())) throw this.#refused("MOVE");
  }

  /**
   * Deletes. Without UIDPLUS the only EXPUNGE there is (RFC 3501 section 6.4.3) also takes what others marked \Deleted,
   * perhaps unread by us: then ours are marked, and expunged only if nothing else is. Says which of the two it was.
   */
  async remove(uids: readonly number[]): Promise<"expunged" | "marked"> {
    if (!this.#can("UIDPLUS")) {
      await this.#flag(uids, "\\Deleted");
      const marked = await this.#within("SEARCH", this.#client.search({ deleted: true }, { uid: true }));
      const ours = new Set(uids);
      if (!Array.isArray(marked) || marked.some((uid) => !ours.has(uid))) return "marked";
    }
    if (!(await this.#within("EXPUNGE", this.#client.messageDelete(uidSet(uids), { uid: true }))))
      throw this.#refused("EXPUNGE");
    return "expunged";
  }

  /** Says goodbye; never rejects, and takes at most `ms`. */
  async logout(ms: number): Promise<void> {
    const timer = setTimeout(() => this.close(), ms);
    await this.#client.logout().catch(() => {});
    clearTimeout(timer);
    this.close();
  }

  /** Cuts the connection: every command in flight rejects. */
  close(): void {
    this.#client.close();
  }

  async #flag(uids: readonly number[], flag: string): Promise<void> {
    if (!(await this.#within("STORE", this.#client.messageFlagsAdd(uidSet(uids), [flag], { uid: true, silent: true }))))
      throw this.#refused("STORE");
  }

  /** RFC 6851 section 3.3 for servers without MOVE. What was copied and could not be removed is not copied again. */
  async #copyAndRemove(uids: readonly number[], folder: string): Promise<void> {
    const rest = uids.filter((uid) => !this.#copied.has(uid));
    const copy = async (): Promise<boolean> =>
      Boolean(await this.#within("COPY", this.#client.messageCopy(uidSet(rest), folder, { uid: true })));
    if (rest.length > 0 && !(await copy())) {
      await this.#makeFolder(folder, this.#refused("COPY"));
      if (!(await copy())) throw this.#refused("COPY");
    }
    for (const uid of rest) this.#copied.add(uid);
    await this.remove(uids);
  }

  /** Rejects with `otherwise` when the folder was there already, so that the first refusal had another reason. */
  async #makeFolder(folder: string, otherwise: Error): Promise<void> {
    const made = await this.#within("CREATE", this.#client.mailboxCreate(folder)).catch(() => undefined);
    if (!made?.created) throw otherwise;
  }

  #can(capability: string): boolean {
    return this.#client.capabilities.has(capability);
  }

  /** Some servers leave UIDNEXT out of SELECT. */
  async #uidNextOtherwise(): Promise<number> {
    const status = await this.#within("STATUS", this.#client.status(this.#settings.folder, { uidNext: true })).catch(
      () => false as const,
    );
    if (status && status.uidNext) return status.uidNext;
    return ((await this.uids(1)).at(-1) ?? 0) + 1;
  }

  /** FETCH rows by UID. A server may split a message over rows and slip in flag changes of other messages (RFC 9051 section 7.5.2). */
  async #rows(uids: readonly number[], query: FetchQueryObject): Promise<Map<number, FetchMessageObject>> {
    const asked = new Set(uids);
    const rows = new Map<number, FetchMessageObject>();
    // fetchAll, as another command inside the loop over fetch() would wait for ever.
    for (const row of await this.#living(this.#client.fetchAll(uidSet(uids), query, { uid: true }))) {
      if (asked.has(row.uid)) rows.set(row.uid, { ...rows.get(row.uid), ...row });
    }
    return rows;
  }

  #refused(command: string): Error {
    if (this.closed) return this.ending();
    return new Refused(`${command} refused: ${this.#connection.lastRefusal() ?? "no reason given"}`);
  }

  async #within<T>(command: string, answer: Promise<T>): Promise<T> {
    const ms = this.#timeouts.commandMs;
    const late = Promise.withResolvers<never>();
    const timer = setTimeout(() => {
      late.reject(new Error(`no answer to ${command} within ${ms} ms`));
      this.close();
    }, ms);
    try {
      return await Promise.race([this.#living(answer), late.promise]);
    } finally {
      clearTimeout(timer);
    }
  }

  /** A command that fails because the connection ended rejects with the reason for that. */
  async #living<T>(answer: Promise<T>): Promise<T> {
    try {
      return await answer;
    } catch (error) {
      throw this.closed ? this.ending() : error;
    }
  }
}

/** UTC milliseconds; undefined for an INTERNALDATE that is no date. */
function timeOf(internalDate: Date | string | undefined): number | undefined {
  return internalDate instanceof Date ? internalDate.getTime() : undefined;
}
