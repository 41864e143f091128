/**
 * What may not leave the desk in a customer's mail: our tokens, agents' addresses, commands, notes, internal headers.
 * `scrub` takes tokens and addresses out of a text before it is composed; `leaksIn` reads the composed bytes as a
 * recipient's mail client would and says what is left, so that a mistake elsewhere holds the mail instead of sending it.
 */
import { readableParts } from "./scrub-parts.ts";
import { plainWords } from "./scrub-words.ts";
import type { FoundToken } from "./token.ts";
import type { EmailAddress } from "./types.ts";

/** What is taken out. `supportAddress` takes the place of an agent's address. */
export type ScrubSecrets = {
  readonly agentAddresses: readonly EmailAddress[];
  readonly supportAddress: EmailAddress;
};

export type LeakSecrets = {
  readonly agentAddresses: readonly EmailAddress[];
  /** The commands that were carried out, as the agent wrote them: `#priority high`. */
  readonly commandLines: readonly string[];
  /** Texts of the ticket's notes. */
  readonly noteTexts: readonly string[];
  /** What the recipient wrote themselves: a note that repeats it, as a rule's may, makes no secret of it. */
  readonly known?: string;
  /** The address this copy goes to: an agent may be the customer of a ticket. */
  readonly recipient?: EmailAddress;
  /** Whether a token was made with our key; without it all that look like one count. Anybody may have an address that does. */
  readonly isOurs?: (found: FoundToken) => boolean;
  /** Whether the last part of a link's path opens a file to whoever has it (file-link.ts). */
  readonly isFileLink?: (last: string) => boolean;
};

/**
 * One of our tokens with what carries it: `+a12-<token>` of an address (also percent-encoded), or a whole Message-ID
 * `<a12.<token>@host>`. Every quantifier is bounded and what stands before is fixed, so it stays linear.
 */
const TOKEN_BEARERS =
  /(?:\+|%2b|(?<![a-z0-9]))[abc]\d{1,15}-(?:[a-z2-7]{26}|1filled0when0this0is0sent1)(?![a-z0-9])|(?:<|&lt;)?(?<![a-z0-9.])(?:ar?\d{1,15}|(?:ack|entry|closure)\.\d{1,15}\.\d{1,15})\.(?:[a-z2-7]{26}|1filled0when0this0is0sent1)(?:(?:@|%40)[a-z0-9.-]{1,255})?(?:>|&gt;)?/gi;

const AGENT_TOKEN = /(?<![a-z0-9])(?:a(\d{1,15})-|ar?(\d{1,15})\.)([a-z2-7]{26})(?![a-z0-9])/gi;

/** Local parts are at most 64 octets, domains 255 (RFC 5321 section 4.5.3.1): no walk is longer. */
const LONGEST_LOCAL = 64;
const LONGEST_DOMAIN = 255;
const AT = /[@\uff20\ufe6b]|%40|&#64;|&#x40;/gi;

/** Without tokens of ours, nothing else changed. */
export const withoutTokens = (text: string): string => text.replace(TOKEN_BEARERS, "");

/**
 * Removes every token of ours (`support+a12-<token>@nw.example` -> `support@nw.example`; Message-IDs of ours vanish) and
 * writes the support address where an agent's address is. Addresses are compared in any case and as whole words, with or
 * without a `+detail`. Time is linear in the text.
 */
export function scrub(text: string, { agentAddresses, supportAddress }: ScrubSecrets): string {
  const clean = withoutTokens(text);
  let out = "";
  let end = 0;
  for (const found of addressesIn(clean, agentAddresses)) {
    out += clean.slice(end, found.start) + supportAddress;
    end = found.end;
  }
  return out + clean.slice(end);
}

/**
 * Reads composed bytes (headers decoded, text and HTML parts decoded, HTML also without its tags) and names every secret
 * in them, one sentence each; an empty list means that the mail may go to a customer. Attachments are not read.
 */
export function leaksIn(bytes: Buffer, secrets: LeakSecrets): string[] {
  const { headers, bodies, files } = readableParts(bytes);
  const agents = secrets.agentAddresses.filter((address) => address !== secrets.recipient);
  const texts = [
    ...headers.map(({ name, value }) => ({ where: `the header field ${name}`, text: value })),
    ...bodies.map((text) => ({ where: "the text", text })),
  ];
  const leaks = texts.flatMap(({ where, text }) => [
    ...(holdsToken(text, secrets) ? [`a token of an agent in ${where}`] : []),
    ...addressesIn(text, agents).map(({ address }) => `the agent's address ${address} in ${where}`),
  ]);
  if (texts.some(({ text }) => holdsFileLink(text, secrets))) leaks.push("a link to a file, which is for agents alone");
  // A notification of ours, attached as it is. What else a file says is its author's business.
  if (files.some((file) => holdsToken(file, secrets))) leaks.push("a token of an agent in a file");
  for (const { name } of headers) if (isInternal(name)) leaks.push(`the internal header field ${name}`);
  for (const body of bodies) leaks.push(...linesThatLeak(body, secrets));
  return [...new Set(leaks)];
}

function holdsToken(text: string, { isOurs = () => true }: LeakSecrets): boolean {
  for (const [, inAddress, inMessageId, token = ""] of text.matchAll(AGENT_TOKEN))
    if (isOurs({ kind: "agent", id: Number(inAddress ?? inMessageId), token: token.toLowerCase() })) return true;
  return false;
}

const FILE_LINK = /\/attachment\/([\w-]{24,60})/g;

function holdsFileLink(text: string, { isFileLink = () => false }: LeakSecrets): boolean {
  for (const [, last = ""] of text.matchAll(FILE_LINK)) if (isFileLink(last)) return true;
  return false;
}

/** The loop mark is meant to be seen: it is how our own automatic mail is known when it comes back. */
function isInternal(name: string): boolean {
  return name === "bcc" || (name.startsWith("x-postern-") && name !== "x-postern-loop");
}

function linesThatLeak(body: string, { commandLines, noteTexts, known = "" }: LeakSecrets): string[] {
  const lines = new Set(body.split("\n").map(squeezed));
  const commands = commandLines.map(squeezed).filter((line) => line !== "" && lines.has(line));
  const repeated = linesOfNotes(body, noteTexts);
  const theirs = new Set(repeated.length === 0 ? [] : linesOfNotes(known, repeated));
  const notes = repeated.filter((line) => !theirs.has(line));
  return [
    ...commands.map((line) => `the command line "${line}"`),
    ...notes.map((line) => `a line of a note: "${line.slice(0, 60)}"`),
  ];
}

/** Lines of notes that a text repeats, in lower case; compared by their words alone. */
export function linesOfNotes(text: string, notes: readonly string[]): string[] {
  const whole = ` ${plainWords(text).join(" ")} `;
  return notes.flatMap((note) => telltales(note).filter((line) => whole.includes(` ${plainWords(line).join(" ")} `)));
}

/** Lines of a note that say enough to know it by. Shorter ones (`Hello Maria,`, `Thanks`) stand in innocent replies too. */
const TELLTALE_LENGTH = 20;

function telltales(note: string): string[] {
  return note
    .split("\n")
    .map(squeezed)
    .filter((line) => line.length >= TELLTALE_LENGTH);
}

function squeezed(text: string): string {
  return text
    .replace(/[\s\u00a0]+/g, " ")
    .trim()
    .toLowerCase();
}

type FoundAddress = { readonly start: number; readonly end: number; readonly address: string };

/** Finds the given addresses by looking left and right of every at sign, never further than an address can be long. */
function addressesIn(text: string, addresses: readonly EmailAddress[]): FoundAddress[] {
  if (addresses.length === 0) return [];
  const wanted = new Set<string>(addresses.map((address) => address.toLowerCase()));
  const unusual = [...wanted].filter((address) => !USUAL.test(address));
  const found: FoundAddress[] = [];
  for (const { 0: at, index } of text.matchAll(AT)) {
    const locals = apart(localBefore(text, index), (local) => local.split(UNSEEN).at(-1) as string);
    const domain = domainAfter(text, index + at.length);
    // `ann@nw.example.Thanks` and `ann@nw.example.vcf` show her address, too.
    for (const shown of asWritten(domain)) {
      const host = shown.replace(UNSEEN, "").normalize("NFKC").replaceAll("\u3002", ".").toLowerCase();
      const usual = locals.find((local) => namesOf(local).some((name) => wanted.has(`${name}@${host}`)));
      const address =
        usual === undefined
          ? unusual.find((one) => endsWithLocal(text, index, one, host))
          : namesOf(usual)
              .map((name) => `${name}@${host}`)
              .find((one) => wanted.has(one));
      if (address === undefined) continue;
      const start = index - (usual === undefined ? address.lastIndexOf("@") : usual.length);
      found.push({ start, end: index + at.length + shown.length, address });
      break;
    }
  }
  return found;
}

/** As it stands, and where unseen characters are in it also the part beside the at sign: they may have run a word into it. */
function apart(whole: string, beside: (whole: string) => string): string[] {
  const part = beside(whole);
  return part === whole ? [whole] : [whole, part];
}

/** The names that a local part is written for: `ann` of `"ann"` (RFC 5322 section 3.4.1), and of `ann+x`. */
function namesOf(local: string): string[] {
  const name = local
    .replace(UNSEEN, "")
    .replace(/^"(.*)"$/, "$1")
    .toLowerCase();
  return [name, name.split("+", 1)[0] as string];
}

/** A new sentence without a space before it, or the ending of a file's name: not a label of the domain. */
const NO_LABEL =
  /\.(?:\p{Lu}\p{Ll}[\p{L}\p{N}.-]*|vcf|vcard|ics|pdf|txt|csv|eml|msg|html?|docx?|xlsx?|png|jpe?g|gif|zip)$/u;

/** `nw.example.Thanks` and `nw.example`; a longer domain, `nw.example.com`, is somebody else's. */
function asWritten(domain: string): string[] {
  const parts = apart(domain, (whole) => whole.split(UNSEEN)[0] as string);
  return [...new Set(parts.flatMap((part) => [part, part.replace(NO_LABEL, "")]))];
}

/** Characters of RFC 5322 atext that people's addresses have; quotes, slashes and `=` end words in running text. */
const LOCAL = /[\p{L}\p{M}\p{N}\p{Cf}._+-]/u;
/** With the full stops of other scripts, which clients read as dots (RFC 3490 section 3.1). */
const DOMAIN = /[\p{L}\p{M}\p{N}\p{Cf}.\u3002\uff0e\uff61-]/u;
/** Zero-width and soft characters: nobody sees them, and `ann\u200b@nw.example` is her address all the same. */
const UNSEEN = /\p{Cf}/gu;

const USUAL = /^[\p{L}\p{M}\p{N}._+-]+@/u;

/** For a local part with other characters, `o'brien@nw.example`: compared from its end, since they end words elsewhere. */
function endsWithLocal(text: string, at: number, address: string, domain: string): boolean {
  const split = address.lastIndexOf("@");
  if (domain !== address.slice(split + 1)) return false;
  return (
    text.slice(Math.max(0, at - split), at).toLowerCase() === address.slice(0, split) &&
    !LOCAL.test(text[at - split - 1] ?? " ")
  );
}

function localBefore(text: string, at: number): string {
  if (text[at - 1] === '"') {
    const near = text.slice(Math.max(0, at - LONGEST_LOCAL - 2), at);
    const open = near.slice(0, -1).lastIndexOf('"');
    return open >= 0 ? near.slice(open) : "";
  }
  let start = at;
  while (start > 0 && at - start < LONGEST_LOCAL && LOCAL.test(text[start - 1] as string)) start--;
  return text.slice(start, at).replace(/^[\p{Cf}.+-]+/u, "");
}

function domainAfter(text: string, from: number): string {
  let end = from;
  while (end < text.length && end - from < LONGEST_DOMAIN && DOMAIN.test(text[end] as string)) end++;
  return text.slice(from, end).replace(/[\p{Cf}.\u3002\uff0e\uff61-]+$/u, "");
}
