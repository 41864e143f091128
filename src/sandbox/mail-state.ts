/**
 * What the mailboxes of the sandbox hold, and the steps that change it.
 * Every change is a step: the same function applies it when it happens and when the journal is read back,
 * so a restarted world cannot differ from the one that was killed.
 */

/** A message of an IMAP mailbox. The bytes are in the file named `file`, never in memory. */
export type StoredMessage = {
  uid: number;
  readonly file: string;
  /** Bytes. */
  readonly size: number;
  /** INTERNALDATE, UTC milliseconds. */
  readonly date: number;
  flags: ReadonlySet<string>;
  /** RFC 7162 mod-sequence of the last change. */
  modseq: number;
};

export type Mailbox = {
  /** Names the mailbox in the journal; survives renames. */
  readonly key: number;
  readonly owner: string;
  path: string;
  /** RFC 6154 special use: `\Sent`. */
  readonly use?: string;
  uidValidity: number;
  uidNext: number;
  modseq: number;
  messages: StoredMessage[];
};

export type Person = { readonly address: string; readonly mailboxes: Map<string, Mailbox> };

export type Step =
  | { op: "person"; address: string }
  | { op: "mailbox"; key: number; owner: string; path: string; use?: string; uidValidity: number }
  | { op: "rename"; key: number; path: string }
  | { op: "delete"; key: number }
  | { op: "add"; key: number; uid: number; file: string; size: number; date: number; flags: string[]; modseq: number }
  | { op: "flags"; key: number; uid: number; flags: string[]; modseq: number }
  | { op: "remove"; key: number; uids: number[]; modseq: number }
  | { op: "renumber"; key: number; uidValidity: number };

export type MailState = {
  readonly people: Map<string, Person>;
  readonly mailboxes: Map<number, Mailbox>;
  /** The highest key and UIDVALIDITY ever given out: neither is used twice, not even after a delete. */
  lastKey: number;
  lastUidValidity: number;
};

export function emptyState(): MailState {
  return { people: new Map(), mailboxes: new Map(), lastKey: 0, lastUidValidity: 0 };
}

/** Applies one step in place. Throws when the step contradicts the state, which only a damaged journal can cause. */
export function applyStep(state: MailState, step: Step): void {
  if (step.op === "person") {
    state.people.set(step.address, { address: step.address, mailboxes: new Map() });
    return;
  }
  if (step.op === "mailbox") return addMailbox(state, step);
  const mailbox = state.mailboxes.get(step.key);
  if (!mailbox) throw new Error(`step "${step.op}" names mailbox ${step.key}, which does not exist`);
  const siblings = personOf(state, mailbox.owner).mailboxes;
  switch (step.op) {
    case "rename":
      siblings.delete(mailbox.path);
      mailbox.path = step.path;
      siblings.set(step.path, mailbox);
      return;
    case "delete":
      siblings.delete(mailbox.path);
      state.mailboxes.delete(step.key);
      return;
    case "renumber":
      return renumber(state, mailbox, step.uidValidity);
    default:
      return changeMessages(mailbox, step);
  }
}

function addMailbox(state: MailState, step: Step & { op: "mailbox" }): void {
  const { key, owner, path, use, uidValidity } = step;
  const mailbox: Mailbox = { key, owner, path, use, uidValidity, uidNext: 1, modseq: 1, messages: [] };
  personOf(state, owner).mailboxes.set(path, mailbox);
  state.mailboxes.set(key, mailbox);
  state.lastKey = Math.max(state.lastKey, key);
  state.lastUidValidity = Math.max(state.lastUidValidity, uidValidity);
}

/** RFC 9051 section 2.3.1.1: a new UIDVALIDITY makes every old UID meaningless; the messages get new ones from 1. */
function renumber(state: MailState, mailbox: Mailbox, uidValidity: number): void {
  mailbox.uidValidity = uidValidity;
  state.lastUidValidity = Math.max(state.lastUidValidity, uidValidity);
  mailbox.messages = mailbox.messages.map((message, at) => ({ ...message, uid: at + 1 }));
  mailbox.uidNext = mailbox.messages.length + 1;
}

function changeMessages(mailbox: Mailbox, step: Step & { op: "add" | "flags" | "remove" }): void {
  mailbox.modseq = Math.max(mailbox.modseq, step.modseq);
  if (step.op === "add") {
    const { uid, file, size, date, flags, modseq } = step;
    mailbox.messages.push({ uid, file, size, date, flags: new Set(flags), modseq });
    mailbox.uidNext = Math.max(mailbox.uidNext, uid + 1);
  } else if (step.op === "remove") {
    const gone = new Set(step.uids);
    mailbox.messages = mailbox.messages.filter((message) => !gone.has(message.uid));
  } else {
    const message = findUid(mailbox, step.uid);
    if (!message) throw new Error(`step "flags" names uid ${step.uid}, which mailbox ${step.key} does not hold`);
    message.flags = new Set(step.flags);
    message.modseq = step.modseq;
  }
}

/** Messages are in UID order, so a binary search finds one; replaying a long journal stays linear. */
function findUid(mailbox: Mailbox, uid: number): StoredMessage | undefined {
  let low = 0;
  let high = mailbox.messages.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (mailbox.messages[middle]!.uid < uid) low = middle + 1;
    else high = middle;
  }
  const found = mailbox.messages[low];
  return found?.uid === uid ? found : undefined;
}

function personOf(state: MailState, address: string): Person {
  const person = state.people.get(address);
  if (!person) throw new Error(`nobody has the address ${address}`);
  return person;
}
