/**
 * Reports that only people can read: whom the words name as not reached, and what they say about each. No parser for each
 * server: what they have in common is where an address stands. A line that begins with one, or labels it, lists a
 * recipient in every language; a sentence that mentions one comes after that.
 */
import { canonicalAddress, localPartOf } from "../address.ts";
import type { EmailAddress } from "../types.ts";
import { MAX_RECIPIENTS } from "./status-part.ts";
import { MAX_WORDS, withoutHeaderBlocks } from "./returned.ts";

export type ProseRecipient = {
  readonly recipient: EmailAddress;
  /** The words about this recipient: the block that the address begins, then the lines that mention it. */
  readonly said: string;
};

/** Local part and domain as servers print them; what is no address is refused by canonicalAddress. */
const ADDRESS = `(?:"[^"\\n@]{1,64}"|[^\\s<>"'()[\\]:;,@|：；，、。「」（）]{1,128})@[\\p{L}\\p{N}._-]{1,253}`;

const at = (pattern: string): RegExp => new RegExp(pattern.replaceAll("ADDRESS", `(?<address>${ADDRESS})`), "iu");

/** How an address stands in its line, surest first; the first way that yields any recipient is the report's. */
const WAYS: readonly (readonly RegExp[])[] = [
  [
    // <maria@home.example>: host mx said …    maria@home.example    * maria@home.example    maria@home.example on 4/29/26
    // "maria@home.example" [User unknown]    maria@home.example<mailto:…>    maria@home.example... Deferred: …
    at(
      `^[\\s*•>=#-]{0,40}(?:mailto:|smtp:|rfc822;)?["'<([]{0,3}ADDRESS[>)"'\\]]{0,3}(?:\\s*$|\\s*[:;,([{<]|\\.{3}|\\s+(?:on |-|\\.{3}|—|–)|\\s*=>)`,
    ),
    // Maria Santos (maria@home.example)    Maria Santos <maria@home.example>    Maria Santos<mailto:maria@home.example>
    at(`^[\\s*•>]{0,40}[\\p{L}][\\p{L}\\p{M}\\p{N} .,'’-]{0,60}\\s?[(<](?:mailto:)?ADDRESS[)>]\\s*:?\\s*$`),
    // Recipient: <maria@home.example>   Failed Recipient: …   Recipient address: …   Error-for:  …   Recipient: [SMTP:maria@…]
    // Unable to deliver message to: <…>   Could not be delivered to: <…>   Undeliverable Address: …   User mailbox exceeds allowed size: …
    at(
      `^[^\\n:@]{0,60}\\b(?:recipients?|address(?:es|ee)?|userid|user|error-for|(?:deliver|delivered|delivery|sent|message|mail)(?: \\w+){0,4} to|destinat[aá]rios?|destinataires?|empfänger|size|full)(?:\\(s\\))?\\s{0,4}[:：]\\s{0,20}(?:\\[?smtp:|rfc822;|mailto:)?\\s?["'<]{0,2}ADDRESS`,
    ),
    // [Status: Error, Address: <maria@home.example>, ResponseCode 421, …]                                    (Zoho)
    at(`\\b(?:address|recipient)\\s?[:=]\\s?<?ADDRESS`),
  ],
  // >>> RCPT TO:<maria@home.example>    554 5.1.1 <maria@home.example>... Host unknown
  [at(`\\brcpt to:\\s?<?ADDRESS`), at(`^[\\s<>]{0,8}[45]\\d\\d[ -](?:[45]\\.\\d\\.\\d{1,3} )?<?ADDRESS`)],
  // Your message to <maria@home.example> was … · mailbox for maria@home.example · User maria@home.example not known · an maria@…
  [
    at(
      `\\b(?:to|for|recipient|addressee|address|addressed to|user|mailbox|account|an|für|à|pour|para|per|till|til|naar|aan|do|dla|для|на)(?: the)?(?:[:：]\\s{0,4}|\\s{1,4})["'<([«]{0,3}ADDRESS`,
    ),
    // 宛先：maria@home.example
    at(`(?:宛|先|地址|收件人)[:：]?\\s{0,4}["'<([「]{0,3}ADDRESS`),
  ],
  // maria@home.example is not a known user, anywhere in a line
  [at(`ADDRESS`)],
];

/** Local parts of those who run a server; named for help more often than as a recipient. */
const STAFF =
  /^(?:postmaster|mailer-daemon|abuse|hostmaster|webmaster|support|help-?desk|noc|no-?reply|admin(?:istrator)?)$/;

/** Words before an address that stands there for help or as the sender, in a sentence. */
const ASIDE =
  /(?:contact|e-?mail(?:ing)?|write to|help|assistance|questions?|kontakt\w*|reply|from|sender|von|mail from|envelope-from|return-path|message-id|original message|generated from|expanded from|mailto)[\s:<("'[]{0,6}$/i;

/**
 * The recipients whom the words name.
 * @param words the report up to the returned message
 * @param known senders of the returned message and of the report, who did not fail; and its recipients, who may have
 */
export function recipientsInWords(
  words: string,
  known: { readonly senders: readonly EmailAddress[]; readonly recipients: readonly EmailAddress[] },
): ProseRecipient[] {
  const text = words.slice(0, MAX_WORDS);
  const senders = new Set(known.senders);
  const refusals: ((address: EmailAddress) => boolean)[] = [
    (address) => senders.has(address) || STAFF.test(localPartOf(address)),
    (address) => senders.has(address),
    () => false,
  ];
  const lines = withoutHeaderBlocks(text).split("\n");
  for (const refuse of refusals) {
    for (const [rank, way] of WAYS.entries()) {
      const found = namedBy(way, lines, rank >= 2).filter(({ address }) => !refuse(address));
      if (found.length > 0) return withBlocks(lines, narrowed(found, rank, known.recipients));
    }
  }
  return [];
}

type Named = { readonly address: EmailAddress; readonly line: number };

function namedBy(way: readonly RegExp[], lines: readonly string[], inSentence: boolean): Named[] {
  const named: Named[] = [];
  for (const [line, text] of lines.entries()) {
    if (!text.includes("@") || text.length > 4000) continue;
    for (const pattern of way) {
      const match = pattern.exec(text);
      const written = match?.groups?.["address"];
      if (match === null || written === undefined) continue;
      const before = text.slice(0, match.index + match[0].lastIndexOf(written));
      if (ASIDE.test(`${lines[line - 1]?.slice(-40) ?? ""} `) && before.trim() === "" && inSentence) continue;
      if (inSentence && ASIDE.test(before.slice(-60))) continue;
      const address = canonicalAddress(written.replace(/[.\-_]+$/, ""));
      if (address === undefined || !address.slice(address.lastIndexOf("@")).includes(".")) continue;
      named.push({ address, line });
      break;
    }
    if (named.length > 10 * MAX_RECIPIENTS) break;
  }
  return named;
}

/** Of addresses in sentences those count that the returned message was sent to, where any is among them. */
function narrowed(found: readonly Named[], rank: number, recipients: readonly EmailAddress[]): readonly Named[] {
  if (rank < 2) return found;
  const meant = found.filter(({ address }) => recipients.includes(address));
  return meant.length > 0 ? meant : found;
}

/** Lines of a block at most: servers' answers have five or six. */
const MAX_BLOCK = 14;

/** Each recipient with the block that its line begins and, after that, the lines elsewhere that mention it. */
function withBlocks(lines: readonly string[], found: readonly Named[]): ProseRecipient[] {
  const order = [...new Set(found.map(({ address }) => address))].slice(0, MAX_RECIPIENTS);
  const begins = new Map(found.map(({ line, address }) => [line, address]));
  const said = new Map<EmailAddress, string[]>(order.map((address) => [address, []]));
  const told = new Set<number>();
  for (const { line, address } of found) {
    if (told.has(line)) continue;
    const end = blockEnd(lines, line, begins);
    for (let index = line; index < end; index++) told.add(index);
    said.get(address)?.push(lines.slice(line, end).join("\n").trimEnd());
  }
  for (const [index, line] of lines.entries()) {
    if (!line.includes("@") || told.has(index)) continue;
    const lower = line.slice(0, 4000).toLowerCase();
    for (const address of order.filter((one) => lower.includes(one)))
      said.get(address)?.push(lines.slice(index, index + 2).join("\n"));
  }
  return order.map((recipient) => ({ recipient, said: (said.get(recipient) ?? []).join("\n\n").slice(0, 6000) }));
}

/** Where the block of a recipient's line ends: at the next recipient's line, a heading between dashes, or a rule. */
function blockEnd(lines: readonly string[], start: number, begins: ReadonlyMap<number, EmailAddress>): number {
  for (let index = start + 1; index < lines.length && index < start + MAX_BLOCK; index++) {
    const other = begins.get(index);
    if (other !== undefined && other !== begins.get(start)) return index;
    if (/^\s*(?:-{3,}|={3,}|_{3,}|\*{3,}|\|-{3,})/.test(lines[index] as string)) return index;
  }
  return Math.min(lines.length, start + MAX_BLOCK);
}
