/** SEARCH (RFC 9051 section 6.4.4): keys are compiled into one test. BODY and TEXT look at the bytes as they are stored. */
import type { Command, CommandTable } from "./imap-command.ts";
import { parseSequenceSet, textOf, type Token } from "./imap-parse.ts";
import type { ImapSession, Numbered } from "./imap-session.ts";
import { dayOf, parseDate } from "./imap-text.ts";
import { canonicalFlag } from "./mail-store.ts";
import { decodeWords, type MimePart, parseMime } from "./mime.ts";

/** A message under test, with the highest UID and number, and its bytes when a key needs them. */
type Candidate = Numbered & {
  readonly maxUid: number;
  readonly maxNumber: number;
  readonly source: () => Promise<Buffer>;
  readonly mime: () => Promise<MimePart>;
};

type Test = (candidate: Candidate) => boolean | Promise<boolean>;

/** Takes its arguments from the tokens that follow the key. Undefined when they are wrong. */
type Key = (tokens: TokenQueue) => Test | undefined;

const MAX_DEPTH = 100;

class TokenQueue {
  readonly #tokens: Token[];
  /** How deep in NOT, OR and lists the compiler is. */
  depth: number;
  /** Set by the MODSEQ key: the answer then ends with the highest mod-sequence (RFC 7162 section 3.1.5). */
  usesModseq = false;

  constructor(tokens: readonly Token[], depth: number) {
    this.#tokens = [...tokens];
    this.depth = depth;
  }

  get isEmpty(): boolean {
    return this.#tokens.length === 0;
  }

  next(): Token | undefined {
    return this.#tokens.shift();
  }

  text(): string {
    return textOf(this.next());
  }
}

const flagTest = (flag: string, wanted: boolean): Test => {
  return ({ message }) => message.flags.has(canonicalFlag(flag)) === wanted;
};

/** Compares header values as people read them and as they are written. */
const headerTest = (name: string, wanted: string): Test => {
  const needle = wanted.toLowerCase();
  return async ({ mime }) => {
    const values = (await mime()).headers.filter((line) => line.name === name.toLowerCase()).map((line) => line.value);
    return values.some((value) => [value, decodeWords(value)].some((form) => form.toLowerCase().includes(needle)));
  };
};

const textTest = (wanted: string, part: (candidate: Candidate) => Promise<Buffer>): Test => {
  const needle = wanted.toLowerCase();
  return async (candidate) => (await part(candidate)).toString("utf8").toLowerCase().includes(needle);
};

const sizeKey = (compare: (size: number, limit: number) => boolean): Key => {
  return (tokens) => {
    const limit = tokens.text();
    return /^\d+$/.test(limit) ? ({ message }) => compare(message.size, Number(limit)) : undefined;
  };
};

type DayOf = (candidate: Candidate) => number | Promise<number>;
const receivedOn: DayOf = ({ message }) => dayOf(message.date);
const sentOn: DayOf = async ({ mime }) => {
  const value = (await mime()).headers.find((line) => line.name === "date")?.value ?? "";
  return dayOf(Date.parse(value.replace(/\([^()]*\)/g, "")));
};

const dateKey = (of: DayOf, compare: (day: number, limit: number) => boolean): Key => {
  return (tokens) => {
    const limit = parseDate(tokens.text());
    return limit === undefined ? undefined : async (candidate) => compare(await of(candidate), limit);
  };
};

const onOrAfter = (day: number, limit: number): boolean => day >= limit;
const before = (day: number, limit: number): boolean => day < limit;
const sameDay = (day: number, limit: number): boolean => day === limit;

const headerKey =
  (name: string): Key =>
  (tokens) =>
    headerTest(name, tokens.text());
const all: Key = () => () => true;
const none: Key = () => () => false;

const SYSTEM_KEYS = ["ANSWERED", "DELETED", "DRAFT", "FLAGGED", "SEEN"].flatMap((name): [string, Key][] => [
  [name, () => flagTest(`\\${name}`, true)],
  [`UN${name}`, () => flagTest(`\\${name}`, false)],
]);

const KEYS: Readonly<Record<string, Key>> = {
  ...Object.fromEntries(SYSTEM_KEYS),
  ALL: all,
  OLD: all,
  NEW: none,
  RECENT: none,
  KEYWORD: (tokens) => flagTest(tokens.text(), true),
  UNKEYWORD: (tokens) => flagTest(tokens.text(), false),
  NOT: (tokens) => {
    const test = compileOne(tokens);
    return test && (async (candidate) => !(await test(candidate)));
  },
  OR: (tokens) => {
    const [left, right] = [compileOne(tokens), compileOne(tokens)];
    return left && right && (async (candidate) => (await left(candidate)) || (await right(candidate)));
  },
  UID: (tokens) => {
    const set = parseSequenceSet(tokens.text());
    return set && (({ message, maxUid }) => set(message.uid, maxUid));
  },
  HEADER: (tokens) => headerTest(tokens.text(), tokens.text()),
  FROM: headerKey("from"),
  TO: headerKey("to"),
  CC: headerKey("cc"),
  BCC: headerKey("bcc"),
  SUBJECT: headerKey("subject"),
  TEXT: (tokens) => textTest(tokens.text(), async ({ source }) => await source()),
  BODY: (tokens) => textTest(tokens.text(), async ({ mime }) => (await mime()).body),
  LARGER: sizeKey((size, limit) => size > limit),
  SMALLER: sizeKey((size, limit) => size < limit),
  MODSEQ: modseqKey,
  SINCE: dateKey(receivedOn, onOrAfter),
  BEFORE: dateKey(receivedOn, before),
  ON: dateKey(receivedOn, sameDay),
  SENTSINCE: dateKey(sentOn, onOrAfter),
  SENTBEFORE: dateKey(sentOn, before),
  SENTON: dateKey(sentOn, sameDay),
};

/** `MODSEQ 12` or `MODSEQ "/flags/\\draft" all 12` (RFC 7162 section 3.1.5). */
function modseqKey(tokens: TokenQueue): Test | undefined {
  let value = tokens.text();
  if (!/^\d+$/.test(value)) [, value] = [tokens.text(), tokens.text()];
  tokens.usesModseq = true;
  return /^\d+$/.test(value) ? ({ message }) => message.modseq >= Number(value) : undefined;
}

function compileOne(tokens: TokenQueue): Test | undefined {
  if (tokens.depth >= MAX_DEPTH) return undefined;
  tokens.depth++;
  const test = compileKey(tokens);
  tokens.depth--;
  return test;
}

function compileKey(tokens: TokenQueue): Test | undefined {
  const token = tokens.next();
  if (!token) return undefined;
  if (token.kind === "list") {
    const inner = new TokenQueue(token.tokens, tokens.depth);
    const test = compileAll(inner);
    tokens.usesModseq ||= inner.usesModseq;
    return test;
  }
  const name = token.text.toUpperCase();
  if (token.kind === "atom" && Object.hasOwn(KEYS, name)) return KEYS[name]!(tokens);
  const set = parseSequenceSet(token.text);
  return set && (({ number, maxNumber }) => set(number, maxNumber));
}

/** Keys beside one another must all hold. */
function compileAll(tokens: TokenQueue): Test | undefined {
  const tests: Test[] = [];
  do {
    const test = compileOne(tokens);
    if (!test) return undefined;
    tests.push(test);
  } while (!tokens.isEmpty);
  return async (candidate) => {
    for (const test of tests) if (!(await test(candidate))) return false;
    return true;
  };
}

const search: Command = {
  state: "selected",
  takesUid: true,
  run: async (session, args, { byUid }) => {
    const hasCharset = /^charset$/i.test(textOf(args[0]));
    if (hasCharset && !/^(utf-8|us-ascii)$/i.test(textOf(args[1])))
      return "NO [BADCHARSET (UTF-8 US-ASCII)] no such charset";
    const tokens = new TokenQueue(hasCharset ? args.slice(2) : args, 0);
    const test = compileAll(tokens);
    if (!test) return "BAD not a search key";
    session.condstore ||= tokens.usesModseq;
    const hits = await matching(session, test);
    const numbers = hits.map(({ message, number }) => ` ${byUid ? message.uid : number}`).join("");
    const highest = hits.reduce((modseq, { message }) => Math.max(modseq, message.modseq), 0);
    session.send(`* SEARCH${numbers}${tokens.usesModseq && highest > 0 ? ` (MODSEQ ${highest})` : ""}`);
    return "OK done";
  },
};

async function matching(session: ImapSession, test: Test): Promise<Numbered[]> {
  const shown = session.shown();
  const maxUid = shown.at(-1)?.message.uid ?? 0;
  const hits: Numbered[] = [];
  for (const numbered of shown) {
    let read: Promise<Buffer> | undefined;
    const source = async (): Promise<Buffer> => await (read ??= session.store.read(numbered.message));
    const mime = async (): Promise<MimePart> => parseMime(await source());
    if (await test({ ...numbered, maxUid, maxNumber: shown.length, source, mime })) hits.push(numbered);
  }
  return hits;
}

export const SEARCH_COMMANDS: CommandTable = { SEARCH: search };
