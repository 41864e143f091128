/** FETCH (RFC 9051 section 6.4.5): attributes are compiled once, then applied to each message. */
import type { Command, CommandTable } from "./imap-command.ts";
import { parseSequenceSet, textOf, textsOf, type Token } from "./imap-parse.ts";
import type { ImapSession, Numbered } from "./imap-session.ts";
import { bodyStructure, envelope } from "./imap-structure.ts";
import { formatDateTime } from "./imap-text.ts";
import type { StoredMessage } from "./mail-state.ts";
import { type MimePart, parseMime, section } from "./mime.ts";

/** The bytes of a message and its structure, read only when an attribute asks for them. */
type Content = {
  readonly source: () => Promise<Buffer>;
  readonly piece: (start: number, length: number) => Promise<Buffer>;
  readonly mime: () => Promise<MimePart>;
};

/** Pieces of a response: text, and bytes that go out as they are. */
type Pieces = readonly (string | Buffer)[];

type Attribute = {
  readonly marksSeen: boolean;
  readonly write: (message: StoredMessage, content: Content) => Pieces | Promise<Pieces>;
};

const MACROS: Readonly<Record<string, string>> = {
  ALL: "FLAGS INTERNALDATE RFC822.SIZE ENVELOPE",
  FAST: "FLAGS INTERNALDATE RFC822.SIZE",
  FULL: "FLAGS INTERNALDATE RFC822.SIZE ENVELOPE BODY",
};

const flagsText = (message: StoredMessage): string => `FLAGS (${[...message.flags].join(" ")})`;

const plain = (write: Attribute["write"]): Attribute => ({ marksSeen: false, write });

const ATTRIBUTES: Readonly<Record<string, Attribute>> = {
  UID: plain((message) => [`UID ${message.uid}`]),
  FLAGS: plain((message) => [flagsText(message)]),
  INTERNALDATE: plain((message) => [`INTERNALDATE ${formatDateTime(message.date)}`]),
  "RFC822.SIZE": plain((message) => [`RFC822.SIZE ${message.size}`]),
  MODSEQ: plain((message) => [`MODSEQ (${message.modseq})`]),
  ENVELOPE: plain(async (_, content) => [`ENVELOPE ${envelope(await content.mime())}`]),
  BODY: plain(async (_, content) => [`BODY ${bodyStructure(await content.mime(), false)}`]),
  BODYSTRUCTURE: plain(async (_, content) => [`BODYSTRUCTURE ${bodyStructure(await content.mime(), true)}`]),
  RFC822: { marksSeen: true, write: async (_, content) => literal("RFC822", await content.source()) },
  "RFC822.HEADER": plain(async (_, content) => literal("RFC822.HEADER", (await content.mime()).head)),
  "RFC822.TEXT": { marksSeen: true, write: async (_, content) => literal("RFC822.TEXT", (await content.mime()).body) },
};

function literal(name: string, bytes: Buffer | undefined): Pieces {
  return bytes ? [`${name} {${bytes.length}}\r\n`, bytes] : [`${name} NIL`];
}

/** `BODY.PEEK[1.HEADER]<0.100>`; undefined when it is not a body section. */
function bodySection(text: string): Attribute | undefined {
  const match = /^BODY(\.PEEK)?\[([^\]]*)\](?:<(\d{1,15})\.(\d{1,15})>)?$/i.exec(text);
  if (!match) return undefined;
  const [, peek, spec = "", start, length] = match;
  const name = `BODY[${spec}]${start === undefined ? "" : `<${start}>`}`;
  const [from, count] = [Number(start ?? 0), Number(length ?? Infinity)];
  return {
    marksSeen: peek === undefined,
    write: async (_, content) => {
      // The whole message needs no parsing, and a message is most often fetched whole or in pieces of the whole.
      if (spec === "")
        return literal(name, await (start === undefined ? content.source() : content.piece(from, count)));
      const bytes = section(await content.mime(), await content.source(), spec);
      return literal(name, bytes?.subarray(from, from + count));
    },
  };
}

function compile(names: readonly string[]): Attribute[] | undefined {
  const attributes = names.map((name) => {
    const upper = name.toUpperCase();
    return Object.hasOwn(ATTRIBUTES, upper) ? ATTRIBUTES[upper] : bodySection(name);
  });
  return attributes.length > 0 && attributes.every((each) => each !== undefined) ? attributes : undefined;
}

/** The names asked for, with those that UID FETCH and CHANGEDSINCE imply (RFC 7162 section 3.1.4.1). */
function namesOf(wanted: Token | undefined, byUid: boolean, changedSince: number | undefined): string[] {
  const names =
    wanted?.kind === "list" ? textsOf(wanted) : (MACROS[textOf(wanted).toUpperCase()] ?? textOf(wanted)).split(" ");
  const has = (name: string): boolean => names.some((each) => each.toUpperCase() === name);
  if (byUid && !has("UID")) names.unshift("UID");
  if (changedSince !== undefined && !has("MODSEQ")) names.push("MODSEQ");
  return names;
}

/** `(CHANGEDSINCE 12)`. NaN when there is a modifier that is not known. */
function changedSinceOf(modifiers: Token | undefined): number | undefined {
  if (modifiers === undefined) return undefined;
  const [name = "", value = "", ...more] = textsOf(modifiers);
  const isKnown = /^changedsince$/i.test(name) && /^\d+$/.test(value) && more.length === 0;
  return isKnown ? Number(value) : Number.NaN;
}

const fetch: Command = {
  state: "selected",
  takesUid: true,
  run: async (session, [setToken, wanted, modifiers], { byUid }) => {
    const set = parseSequenceSet(textOf(setToken));
    const changedSince = changedSinceOf(modifiers);
    const names = namesOf(wanted, byUid, changedSince);
    const attributes = compile(names);
    if (!set || !attributes || Number.isNaN(changedSince)) return "BAD FETCH set (attributes) expected";
    session.condstore ||= names.some((name) => name.toUpperCase() === "MODSEQ");
    for (const picked of session.pick(set, byUid)) {
      if (changedSince !== undefined && picked.message.modseq <= changedSince) continue;
      await answer(session, picked, attributes);
      await session.drained();
      if (session.isOver) break;
    }
    return "OK done";
  },
};

async function answer(session: ImapSession, picked: Numbered, attributes: readonly Attribute[]): Promise<void> {
  const { message, number } = picked;
  const marksSeen = attributes.some((attribute) => attribute.marksSeen) && !session.readOnly && session.selected;
  const changed = marksSeen ? session.store.changeFlags(marksSeen, message, "add", ["\\Seen"]) : false;
  const content = contentOf(session, message);
  const pieces: (string | Buffer)[] = [`* ${number} FETCH (`];
  for (const [at, attribute] of attributes.entries()) {
    if (at > 0) pieces.push(" ");
    pieces.push(...(await attribute.write(message, content)));
  }
  if (changed) {
    pieces.push(` ${flagsText(message)}`);
    session.noteTold(number, message.modseq);
  }
  session.send(...pieces, ")");
}

function contentOf(session: ImapSession, message: StoredMessage): Content {
  let source: Promise<Buffer> | undefined;
  let mime: Promise<MimePart> | undefined;
  const read = async (): Promise<Buffer> => await (source ??= session.store.read(message));
  const parse = async (): Promise<MimePart> => parseMime(await read());
  const piece = async (start: number, length: number): Promise<Buffer> => {
    return await session.store.readPart(message, start, length);
  };
  return { source: read, piece, mime: async () => await (mime ??= parse()) };
}

export const FETCH_COMMANDS: CommandTable = { FETCH: fetch };
