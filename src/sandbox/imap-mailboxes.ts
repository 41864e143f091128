/** Commands about mailboxes (RFC 9051 section 6.3). Every mailbox counts as subscribed. */
import { type Command, type CommandTable, NO_SUCH_MAILBOX, type Reply } from "./imap-command.ts";
import { textOf, textsOf, type Token } from "./imap-parse.ts";
import type { ImapSession } from "./imap-session.ts";
import { decodeMailboxName, encodeMailboxName, matchesPattern, quote } from "./imap-text.ts";
import type { Mailbox } from "./mail-state.ts";
import { SYSTEM_FLAGS } from "./mail-store.ts";

const MAX_NAME = 200;
const MAX_MAILBOXES = 500;

const list: Command = {
  state: "authenticated",
  run: (session, args, { name }) => {
    // LIST (SPECIAL-USE) "" "*": selection options only narrow the answer, and clients must take more than they asked.
    const [reference, pattern] = args[0]?.kind === "list" ? args.slice(1) : args;
    const patterns = textsOf(pattern).map((text) => decodeMailboxName(textOf(reference) + text) ?? "");
    if (pattern === undefined) return "BAD reference and pattern expected";
    if (patterns.every((text) => text === "")) session.send(`* ${name} (\\Noselect) "/" ""`);
    for (const mailbox of session.person?.mailboxes.values() ?? []) {
      if (!patterns.some((text) => matchesPattern(text.slice(0, MAX_NAME), mailbox.path))) continue;
      session.send(`* ${name} (${attributes(session, mailbox)}) "/" ${quote(encodeMailboxName(mailbox.path))}`);
    }
    return "OK done";
  },
};

function attributes(session: ImapSession, mailbox: Mailbox): string {
  const paths = [...(session.person?.mailboxes.keys() ?? [])];
  const hasChildren = paths.some((path) => path.startsWith(`${mailbox.path}/`));
  return [hasChildren ? "\\HasChildren" : "\\HasNoChildren", ...(mailbox.use ? [mailbox.use] : [])].join(" ");
}

/** A name for a new mailbox, or why it cannot be one. */
function newName(session: ImapSession, token: Token | undefined): { path: string } | { refusal: string } {
  const path = decodeMailboxName(textOf(token))?.replace(/\/$/, "") ?? "";
  if (path === "" || path.length > MAX_NAME || /[\0-\x1f\x7f%*]|^\/|\/\//.test(path)) {
    return { refusal: "NO [CANNOT] not a name for a mailbox" };
  }
  const exists = session.findMailbox(encodeMailboxName(path)) !== undefined;
  return exists ? { refusal: "NO [ALREADYEXISTS] the mailbox exists" } : { path };
}

const create: Command = {
  state: "authenticated",
  run: (session, [token]) => {
    const name = newName(session, token);
    if ("refusal" in name) return name.refusal;
    if (session.person!.mailboxes.size >= MAX_MAILBOXES) return "NO [LIMIT] too many mailboxes";
    session.store.createMailbox(session.person!, name.path);
    return "OK done";
  },
};

const remove: Command = {
  state: "authenticated",
  run: (session, [token]) => {
    const mailbox = session.findMailbox(textOf(token));
    if (!mailbox) return NO_SUCH_MAILBOX;
    if (mailbox.path === "INBOX") return "NO [CANNOT] INBOX stays";
    if (session.selected === mailbox) session.unselect();
    session.store.deleteMailbox(mailbox);
    return "OK done";
  },
};

const rename: Command = {
  state: "authenticated",
  run: (session, [from, to]) => {
    const mailbox = session.findMailbox(textOf(from));
    if (!mailbox) return NO_SUCH_MAILBOX;
    if (mailbox.path === "INBOX") return "NO [CANNOT] INBOX keeps its name";
    const name = newName(session, to);
    if ("refusal" in name) return name.refusal;
    const paths = [...session.person!.mailboxes.keys()];
    const isInTheWay = paths.some((path) => path.startsWith(`${name.path}/`));
    if (isInTheWay || name.path.startsWith(`${mailbox.path}/`))
      return "NO [CANNOT] there are mailboxes below that name";
    session.store.renameMailbox(session.person!, mailbox, name.path);
    return "OK done";
  },
};

const unseenIn = (mailbox: Mailbox): number =>
  mailbox.messages.filter((message) => !message.flags.has("\\Seen")).length;

const STATUS_VALUES: Readonly<Record<string, (mailbox: Mailbox) => number>> = {
  MESSAGES: (mailbox) => mailbox.messages.length,
  RECENT: () => 0,
  UIDNEXT: (mailbox) => mailbox.uidNext,
  UIDVALIDITY: (mailbox) => mailbox.uidValidity,
  UNSEEN: unseenIn,
  HIGHESTMODSEQ: (mailbox) => mailbox.modseq,
};

const status: Command = {
  state: "authenticated",
  run: (session, [token, wanted]) => {
    const mailbox = session.findMailbox(textOf(token));
    if (!mailbox) return NO_SUCH_MAILBOX;
    const names = textsOf(wanted).map((name) => name.toUpperCase());
    if (names.some((name) => !Object.hasOwn(STATUS_VALUES, name))) return "BAD unknown status attribute";
    session.condstore ||= names.includes("HIGHESTMODSEQ");
    const values = names.map((name) => `${name} ${STATUS_VALUES[name]!(mailbox)}`);
    session.send(`* STATUS ${quote(encodeMailboxName(mailbox.path))} (${values.join(" ")})`);
    return "OK done";
  },
};

const select: Command = {
  state: "authenticated",
  run: (session, [token, options], { name }) => {
    session.unselect();
    const mailbox = session.findMailbox(textOf(token));
    if (!mailbox) return NO_SUCH_MAILBOX;
    session.condstore ||= textsOf(options).some((option) => /^condstore$/i.test(option));
    session.select(mailbox, name === "EXAMINE");
    for (const line of selectResponses(mailbox, session.readOnly)) session.send(`* ${line}`);
    return `OK [${session.readOnly ? "READ-ONLY" : "READ-WRITE"}] selected`;
  },
};

function selectResponses(mailbox: Mailbox, readOnly: boolean): string[] {
  const flags = [...new Set<string>([...SYSTEM_FLAGS, ...mailbox.messages.flatMap((message) => [...message.flags])])];
  const firstUnseen = mailbox.messages.findIndex((message) => !message.flags.has("\\Seen")) + 1;
  return [
    `FLAGS (${flags.join(" ")})`,
    `${mailbox.messages.length} EXISTS`,
    "0 RECENT",
    ...(firstUnseen ? [`OK [UNSEEN ${firstUnseen}] first unseen`] : []),
    `OK [PERMANENTFLAGS (${readOnly ? "" : `${flags.join(" ")} \\*`})] flags that are kept`,
    `OK [UIDVALIDITY ${mailbox.uidValidity}] UIDs are valid`,
    `OK [UIDNEXT ${mailbox.uidNext}] predicted next UID`,
    `OK [HIGHESTMODSEQ ${mailbox.modseq}] highest mod-sequence`,
  ];
}

const close: Command = {
  state: "selected",
  run: (session): Reply => {
    const deleted = session.shown().filter(({ message }) => message.flags.has("\\Deleted"));
    const messages = deleted.map(({ message }) => message);
    if (!session.readOnly && session.selected) session.store.remove(session.selected, messages);
    session.unselect();
    return "OK done";
  },
};

export const MAILBOX_COMMANDS: CommandTable = {
  NAMESPACE: {
    state: "authenticated",
    run: (session) => {
      session.send('* NAMESPACE (("" "/")) NIL NIL');
      return "OK done";
    },
  },
  LIST: list,
  LSUB: list,
  SUBSCRIBE: { state: "authenticated", run: () => "OK done" },
  UNSUBSCRIBE: { state: "authenticated", run: () => "OK done" },
  CREATE: create,
  DELETE: remove,
  RENAME: rename,
  STATUS: status,
  SELECT: select,
  EXAMINE: select,
  CLOSE: close,
  UNSELECT: {
    state: "selected",
    capability: "UNSELECT",
    run: (session) => {
      session.unselect();
      return "OK done";
    },
  },
  CHECK: { state: "selected", run: () => "OK done" },
};
