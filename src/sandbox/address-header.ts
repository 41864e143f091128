/**
 * Addresses of a header field (RFC 5322 section 3.4), read in one pass over the characters: the input is hostile and
 * up to megabytes long. Strict: what is not an address list by the grammar is reported as malformed, because the
 * authentication verdict must never name another author than a mail client would show.
 */

export type HeaderAddress = { readonly name: string; readonly local: string; readonly domain: string };

export type AddressList = { readonly addresses: readonly HeaderAddress[]; readonly malformed: boolean };

type Lexeme = { readonly kind: "word" | "quoted" | "mark"; readonly text: string };

/** Never throws. `value` is unfolded. */
export function parseAddresses(value: string): AddressList {
  const { lexemes, malformed } = split(value);
  const addresses: HeaderAddress[] = [];
  let isMalformed = malformed;
  let current: Lexeme[] = [];
  const finish = (): void => {
    if (current.length === 0) return;
    const address = readAddress(current);
    if (address) addresses.push(address);
    else isMalformed = true;
    current = [];
  };
  for (const lexeme of lexemes) {
    if (lexeme.kind !== "mark" || !",;:".includes(lexeme.text)) current.push(lexeme);
    else if (lexeme.text === ":")
      current = []; // `undisclosed-recipients:;` - a group's name is not an address
    else finish();
  }
  finish();
  return { addresses, malformed: isMalformed };
}

/** Words, quoted strings and marks; comments are left out, they may nest. */
function split(value: string): { lexemes: Lexeme[]; malformed: boolean } {
  const lexemes: Lexeme[] = [];
  // Control characters make clients disagree about where the field ends.
  let malformed = /[\0-\x08\x0a-\x1f\x7f]/.test(value);
  for (let at = 0; at < value.length;) {
    const mark = value[at]!;
    if (mark === " " || mark === "\t") at++;
    else if (mark === "(" || mark === '"') {
      const end = mark === "(" ? commentEnd(value, at) : quotedEnd(value, at);
      malformed ||= end > value.length;
      if (mark === '"') lexemes.push({ kind: "quoted", text: value.slice(at + 1, end - 1).replace(/\\(.)/g, "$1") });
      at = end;
    } else if ("<>,;:@".includes(mark)) {
      lexemes.push({ kind: "mark", text: mark });
      at++;
    } else {
      const start = at;
      while (at < value.length && !' \t("<>,;:@'.includes(value[at]!)) at++;
      lexemes.push({ kind: "word", text: value.slice(start, at) });
    }
  }
  return { lexemes, malformed };
}

/** The index after the closing quote; beyond the end of the value when there is none. */
function quotedEnd(value: string, start: number): number {
  for (let at = start + 1; at < value.length; at++) {
    if (value[at] === "\\") at++;
    else if (value[at] === '"') return at + 1;
  }
  return value.length + 1;
}

function commentEnd(value: string, start: number): number {
  let depth = 0;
  for (let at = start; at < value.length; at++) {
    if (value[at] === "\\") at++;
    else if (value[at] === "(") depth++;
    else if (value[at] === ")" && --depth === 0) return at + 1;
  }
  return value.length + 1;
}

/** `Maria Santos <maria@home.example>` or `maria@home.example`. Obsolete routes (`<@a:b@c>`) are malformed. */
function readAddress(lexemes: readonly Lexeme[]): HeaderAddress | undefined {
  const open = lexemes.findIndex((lexeme) => lexeme.kind === "mark" && lexeme.text === "<");
  if (open < 0) return readSpec("", lexemes);
  const last = lexemes.at(-1)!;
  const phrase = lexemes.slice(0, open);
  const isClosed = last.kind === "mark" && last.text === ">";
  if (!isClosed || phrase.some((lexeme) => lexeme.kind === "mark")) return undefined;
  return readSpec(phrase.map((lexeme) => lexeme.text).join(" "), lexemes.slice(open + 1, -1));
}

function readSpec(name: string, lexemes: readonly Lexeme[]): HeaderAddress | undefined {
  const [local, at, domain, ...more] = lexemes;
  if (!local || !domain || more.length > 0 || at?.kind !== "mark" || at.text !== "@") return undefined;
  const isAtom = (text: string): boolean => /^[^\s[\]\\"]+$/.test(text) && !text.includes("=?");
  const hasLocal = local.kind === "quoted" ? local.text !== "" : local.kind === "word" && isAtom(local.text);
  const isDomain = domain.kind === "word" && (isAtom(domain.text) || /^\[[^\s[\]\\]+\]$/.test(domain.text));
  return hasLocal && isDomain ? { name, local: local.text, domain: domain.text } : undefined;
}
