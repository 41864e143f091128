/**
 * People in the header block of a forwarded mail, as clients write them for people to read, which is not RFC 5322:
 *   Maria Santos <maria@home.example>             Maria Santos [mailto:maria@home.example]
 *   Maria Santos <mailto:maria@home.example>      maria@home.example <mailto:maria@home.example>
 *   Santos, Maria <maria@home.example>            "'Maria Santos'" <maria@home.example<mailto:maria@home.example>>
 *   maria@home.example (Maria Santos)             [Maria Santos](mailto:maria@home.example)
 * A name without an address (`Maria Santos`, `Maria Santos/HQ/ACME`) is nobody whom one could write to, and left out.
 */
import { canonicalAddress } from "../address.ts";
import { oneLine } from "../encoded-word.ts";
import type { EmailAddress, NamedAddress } from "../types.ts";

/** Longer lists are no list that somebody reads. */
const MAX_MAILBOXES = 200;
/** In characters. */
const MAX_VALUE = 8000;
const MAX_NAME = 200;

/** An address with the bracket and `mailto:` before it and the bracket behind; every part is bounded, so time is linear. */
const ADDRESS =
  /([<([]\s?)?(?:mailto:|\*)?([^\s<>()[\]"',;:@*][^\s<>()[\]",;:@*]{0,99}@[^\s<>()[\]"',;:@*]{1,200}?)(?:\?[^\s<>()[\]]{0,200})?(?=[\s<>()[\]"',;*]|$)\*?[>)\]]?/giu;

/**
 * `reports@list.example on behalf of Maria Santos <maria@home.example>`: the list sent it, Maria wrote it.
 * Outlook's words in some languages; a name alone behind them leaves the author without an address.
 */
const ON_BEHALF =
  /(?:^|\s)(?:on behalf of|im auftrag von|de la part de|en nombre de|per conto di|namens|em nome de|w imieniu|på vegne af|på vegne av|jménem|от имени)\s/iu;

/** The first person of a value who has an address, as From: `{ name, address }`; undefined when there is none. */
export function readMailbox(value: string): NamedAddress | undefined {
  const behalf = ON_BEHALF.exec(value.slice(0, MAX_VALUE));
  const author = behalf ? value.slice(behalf.index + behalf[0].length) : value;
  return readMailboxes(author, 1)[0];
}

/** Everybody of a value who has an address. */
export function readMailboxes(value: string, most = MAX_MAILBOXES): NamedAddress[] {
  const text = value.slice(0, MAX_VALUE);
  const people: NamedAddress[] = [];
  let end = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const address = addressIn(match[2] as string, match[1] !== undefined);
    const before = text.slice(end, match.index);
    end = match.index + match[0].length;
    if (!address) continue;
    const last = people.at(-1);
    // The same address twice is one person: `maria@home.example <mailto:maria@home.example>`.
    if (last?.address === address && !/[\p{L}\p{N}]/u.test(before)) continue;
    if (people.length === most) break;
    people.push({ name: nameIn(before, people.length === 0) || commentBehind(text.slice(end), address), address });
  }
  return people;
}

/** A domain has a dot here, and a bare local part no stroke: `Maria Santos/HQ/ACME@ACME` is a name of Lotus Notes. */
function addressIn(text: string, bracketed: boolean): EmailAddress | undefined {
  if (!/@.*\./.test(text) || (!bracketed && text.includes("/"))) return undefined;
  return canonicalAddress(text);
}

/** The name before an address; what stands before a semicolon, or before the comma of a list, is somebody else. */
function nameIn(text: string, first: boolean): string {
  const own = text.slice(text.lastIndexOf(";") + 1);
  return bareName(first ? own : own.replace(/^[\s>)\]"'*]*,/, ""));
}

/** `maria@home.example (Maria Santos)` · `maria@home.example [Maria Santos]` */
function commentBehind(text: string, address: string): string {
  const comment = /^\s{0,3}[([]([^()[\]@]{1,200})[)\]]/.exec(text)?.[1] ?? "";
  return comment.toLowerCase() === address ? "" : bareName(comment);
}

/** Without quotes, stars, brackets and commas around it; a name that is an address says nothing. */
function bareName(text: string): string {
  const name = oneLine(text)
    .replace(/\s+/g, " ")
    .replace(/^[\s"'“”„«»‘’*_<>()[\],;:]+|[\s"'“”„«»‘’*_<>([\],;:]+$/gu, "")
    .slice(0, MAX_NAME);
  return name.includes("@") && !name.includes(" ") ? "" : name;
}
