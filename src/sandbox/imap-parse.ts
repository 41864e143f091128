/**
 * The bytes of a client, cut into commands (RFC 9051 section 4). Lines and literals are bounded, so that no client can
 * fill the memory; what cannot be read is an answer, never an exception.
 */

/** A token: text of an atom or string, with its bytes when it came as a literal, or a parenthesized list. */
export type Token = { readonly kind: "atom" | "string"; readonly text: string; readonly bytes?: Buffer } | TokenList;
export type TokenList = { readonly kind: "list"; readonly tokens: readonly Token[] };

/** Text and literals in the order in which they came. */
export type CommandParts = readonly (string | Buffer)[];

export type CommandInput =
  | { readonly kind: "command"; readonly parts: CommandParts }
  /** Refused as a whole; `fatal` when the client will send bytes that can no longer be told from commands. */
  | { readonly kind: "too-big"; readonly tag: string; readonly fatal: boolean }
  | { readonly kind: "closed" };

/** RFC 7162 clients send UID sets of many kilobytes; RFC 9051 asks for at least 8192 bytes. */
const MAX_LINE = 256 * 1024;
const MAX_NESTING = 50;

/** Reads lines and literals from a socket, as the session asks for them: a slow session holds the client back. */
export class CommandReader {
  readonly #chunks: AsyncIterator<Buffer>;
  #rest: Buffer = Buffer.alloc(0);

  constructor(chunks: AsyncIterable<Buffer>) {
    this.#chunks = chunks[Symbol.asyncIterator]();
  }

  /** The next line without its end, bytes as latin1. "closed" at the end of input, "too-big" beyond 256 kB. */
  async line(): Promise<string | { kind: "closed" | "too-big" }> {
    for (let searched = 0; ;) {
      const newline = this.#rest.indexOf(0x0a, searched);
      if (newline >= 0) {
        const line = this.#rest.toString("latin1", 0, newline).replace(/\r$/, "");
        this.#rest = this.#rest.subarray(newline + 1);
        return line;
      }
      searched = this.#rest.length;
      if (searched > MAX_LINE) return { kind: "too-big" };
      const chunk = await this.#chunk();
      if (!chunk) return { kind: "closed" };
      this.#rest = Buffer.concat([this.#rest, chunk]);
    }
  }

  /** One command with its literals. `invite` sends the continuation that a synchronizing literal waits for. */
  async command(maxLiterals: number, invite: () => void): Promise<CommandInput> {
    const parts: (string | Buffer)[] = [];
    let room = maxLiterals;
    let lineRoom = MAX_LINE;
    let tag = "*";
    for (;;) {
      const line = await this.line();
      if (typeof line !== "string")
        return line.kind === "closed" ? { kind: "closed" } : { kind: "too-big", tag, fatal: true };
      if (parts.length === 0) tag = /^[^\s(){%*"\\]+/.exec(line)?.[0] ?? "*";
      lineRoom -= line.length;
      const literal = /\{(\d+)(\+?)\}$/.exec(line);
      if (!literal) return { kind: "command", parts: [...parts, line] };
      const size = Number(literal[1]);
      const isSynchronizing = literal[2] === "";
      // A synchronizing literal is never sent when it is not invited, so the session can go on.
      if (size > room || lineRoom < 0) return { kind: "too-big", tag, fatal: !isSynchronizing };
      room -= size;
      if (isSynchronizing) invite();
      const bytes = await this.#literal(size);
      if (!bytes) return { kind: "closed" };
      parts.push(line.slice(0, literal.index), bytes);
    }
  }

  async #literal(size: number): Promise<Buffer | undefined> {
    const chunks = [this.#rest];
    let have = this.#rest.length;
    while (have < size) {
      const chunk = await this.#chunk();
      if (!chunk) return undefined;
      chunks.push(chunk);
      have += chunk.length;
    }
    const all = chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks);
    this.#rest = all.subarray(size);
    return all.subarray(0, size);
  }

  /** Undefined when the client has gone, in whatever way. */
  async #chunk(): Promise<Buffer | undefined> {
    try {
      const next = await this.#chunks.next();
      return next.done ? undefined : next.value;
    } catch {
      return undefined;
    }
  }
}

const TOKEN = /\s+|\(|\)|"((?:[^"\\]|\\.)*)"|((?:[^\s()"[]|\[[^\]]*\])+)/y;

/** Undefined when the text is not made of atoms, strings and balanced lists. */
export function tokenize(parts: CommandParts): Token[] | undefined {
  const root: Token[] = [];
  const stack: Token[][] = [root];
  for (const part of parts) {
    const open = stack.at(-1)!;
    if (typeof part !== "string") open.push({ kind: "string", text: part.toString("utf8"), bytes: part });
    else if (!tokenizeText(part, stack)) return undefined;
  }
  return stack.length === 1 ? root : undefined;
}

function tokenizeText(text: string, stack: Token[][]): boolean {
  for (TOKEN.lastIndex = 0; TOKEN.lastIndex < text.length;) {
    const match = TOKEN.exec(text);
    if (!match) return false;
    const [all, quoted, atom] = match;
    if (all === "(") {
      const tokens: Token[] = [];
      stack.at(-1)!.push({ kind: "list", tokens });
      if (stack.push(tokens) > MAX_NESTING) return false;
    } else if (all === ")") {
      if (stack.length === 1) return false;
      stack.pop();
    } else if (quoted !== undefined) {
      stack.at(-1)!.push({ kind: "string", text: utf8(quoted.replace(/\\(.)/g, "$1")) });
    } else if (atom !== undefined) {
      stack.at(-1)!.push({ kind: "atom", text: atom });
    }
  }
  return true;
}

function utf8(latin1: string): string {
  return Buffer.from(latin1, "latin1").toString("utf8");
}

/** The text of an atom or string, "" for anything else. */
export function textOf(token: Token | undefined): string {
  return token === undefined || token.kind === "list" ? "" : token.text;
}

/** The texts of a list, or of a single atom as a list of one. */
export function textsOf(token: Token | undefined): string[] {
  if (token === undefined) return [];
  return token.kind === "list" ? token.tokens.map(textOf) : [token.text];
}

/** Says whether a number is in a sequence set; `*` is `max`. */
export type SequenceSet = (number: number, max: number) => boolean;

/** `1:3,7,9:*` (RFC 9051 section 9, sequence-set). Undefined when it is none. */
export function parseSequenceSet(text: string): SequenceSet | undefined {
  if (!/^(?:\d{1,10}|\*)(?::(?:\d{1,10}|\*))?(?:,(?:\d{1,10}|\*)(?::(?:\d{1,10}|\*))?)*$/.test(text)) return undefined;
  const ranges = text.split(",").map((range) => {
    const [start = "*", end = start] = range.split(":");
    return [start, end].map((bound) => (bound === "*" ? Infinity : Number(bound))) as [number, number];
  });
  return (number, max) =>
    ranges.some(([start, end]) => {
      // `9:*` holds the last message even when its number is below 9: a range may be written in either order.
      const [a, b] = [start === Infinity ? max : start, end === Infinity ? max : end];
      return number >= Math.min(a, b) && number <= Math.max(a, b);
    });
}
