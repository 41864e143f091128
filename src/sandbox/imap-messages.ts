/** Commands that change messages: APPEND, STORE, COPY, MOVE, EXPUNGE (RFC 9051 section 6.3.12, 6.4; RFC 7162). */
import { type Command, type CommandTable, READ_ONLY, TRY_CREATE } from "./imap-command.ts";
import { parseSequenceSet, textOf, textsOf, type Token } from "./imap-parse.ts";
import type { ImapSession, Numbered } from "./imap-session.ts";
import { parseDateTime } from "./imap-text.ts";
import type { FlagChange } from "./mail-store.ts";

/** Flags are atoms, system flags have a backslash (RFC 9051 section 2.3.2); longer ones would only fill the journal. */
const FLAG = /^\\?[^\s(){%*"\\\]\0-\x1f\x7f-\uffff]{1,100}$/;
const MAX_FLAGS = 100;

const append: Command = {
  state: "authenticated",
  run: async (session, args) => {
    const [token, ...rest] = args;
    const source = rest.at(-1);
    if (!source || source.kind === "list" || !source.bytes) return "BAD literal expected";
    const mailbox = session.findMailbox(textOf(token));
    if (!mailbox) return TRY_CREATE;
    const flags = rest[0]?.kind === "list" ? textsOf(rest[0]) : [];
    const dateToken = rest.slice(0, -1).find((each) => each.kind === "string");
    const date = dateToken ? parseDateTime(textOf(dateToken)) : Date.now();
    if (date === undefined) return "BAD not a date";
    if (!areFlags(flags)) return "BAD not a flag";
    const uid = await session.store.append(mailbox, source.bytes, flags, date);
    return `OK [APPENDUID ${mailbox.uidValidity} ${uid}] appended`;
  },
};

function areFlags(flags: readonly string[]): boolean {
  return flags.length <= MAX_FLAGS && flags.every((flag) => FLAG.test(flag));
}

const CHANGES: Readonly<Record<string, FlagChange>> = { "+": "add", "-": "remove", "": "set" };

const store: Command = {
  state: "selected",
  takesUid: true,
  run: (session, args, { byUid }) => {
    const [setToken, ...rest] = args;
    const set = parseSequenceSet(textOf(setToken));
    const unchangedSince = rest[0]?.kind === "list" ? unchangedSinceOf(rest.shift()!) : Infinity;
    const [, sign = "", , silent] = /^([+-]?)(FLAGS)(\.SILENT)?$/i.exec(textOf(rest.shift())) ?? [];
    const change = CHANGES[sign];
    const hasFlags = rest.length > 0; // an empty list is one too: it clears them
    const flags = rest.flatMap(textsOf);
    if (!set || !change || !hasFlags || Number.isNaN(unchangedSince) || !areFlags(flags))
      return "BAD STORE set FLAGS (flags) expected";
    if (session.readOnly) return READ_ONLY;
    if (unchangedSince !== Infinity) session.condstore = true;
    const failed: number[] = [];
    for (const picked of session.pick(set, byUid)) {
      const isStale = picked.message.modseq > unchangedSince;
      if (isStale) failed.push(byUid ? picked.message.uid : picked.number);
      else storeFlags(session, picked, change, flags, silent !== undefined);
    }
    return failed.length > 0 ? `OK [MODIFIED ${failed.join(",")}] some had changed` : "OK done";
  },
};

function storeFlags(
  session: ImapSession,
  picked: Numbered,
  change: FlagChange,
  flags: readonly string[],
  silent: boolean,
): void {
  if (session.selected) session.store.changeFlags(session.selected, picked.message, change, flags);
  // RFC 7162 section 3.1.3: a client that knows mod-sequences is told the new one even when it asked for silence.
  if (!silent) session.sendFlags(picked);
  else if (session.condstore) session.send(`* ${picked.number} FETCH (${uidAndModseq(picked)})`);
  session.noteTold(picked.number, picked.message.modseq);
}

function uidAndModseq({ message }: Numbered): string {
  return `UID ${message.uid} MODSEQ (${message.modseq})`;
}

/** `(UNCHANGEDSINCE 12)`; NaN for any other modifier. */
function unchangedSinceOf(modifier: Token): number {
  const [name = "", value = ""] = textsOf(modifier);
  return /^unchangedsince$/i.test(name) && /^\d+$/.test(value) ? Number(value) : Number.NaN;
}

const copy: Command = {
  state: "selected",
  takesUid: true,
  run: (session, [setToken, target], { byUid, name }) => {
    const set = parseSequenceSet(textOf(setToken));
    if (!set) return "BAD sequence set expected";
    const mailbox = session.findMailbox(textOf(target));
    if (!mailbox) return TRY_CREATE;
    const isMove = name === "MOVE";
    if (isMove && session.readOnly) return READ_ONLY;
    const present = new Set(session.selected!.messages);
    const messages = session.pick(set, byUid).map((picked) => picked.message);
    const kept = messages.filter((message) => present.has(message));
    if (kept.length === 0) return "OK nothing to do";
    const uids = session.store.copy(kept, session.selected!, mailbox, isMove);
    const from = kept.map((message) => message.uid).join(",");
    const code = `[COPYUID ${mailbox.uidValidity} ${from} ${uids.join(",")}]`;
    if (!isMove) return `OK ${code} copied`;
    // RFC 6851 section 4.3: COPYUID comes before the EXPUNGE responses, so not in the tagged answer.
    session.send(`* OK ${code} moved`);
    return "OK done";
  },
};

const expunge: Command = {
  state: "selected",
  takesUid: true,
  run: (session, [setToken], { byUid }) => {
    const set = byUid ? parseSequenceSet(textOf(setToken)) : () => true;
    if (!set) return "BAD sequence set expected";
    if (session.readOnly) return READ_ONLY;
    const deleted = session.pick(set, byUid).filter(({ message }) => message.flags.has("\\Deleted"));
    session.store.remove(
      session.selected!,
      deleted.map(({ message }) => message),
    );
    return "OK done";
  },
};

export const MESSAGE_COMMANDS: CommandTable = {
  APPEND: append,
  STORE: store,
  COPY: copy,
  MOVE: { ...copy, capability: "MOVE" },
  EXPUNGE: expunge,
};
