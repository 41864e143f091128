/**
 * Addresses: the canonical form by which people are compared, and what an address says about its owner.
 * Header lists are read in address-list.ts.
 */
import { domainToASCII, domainToUnicode } from "node:url";
import { FREEMAIL_DOMAINS, SHARED_SUFFIXES } from "./freemail.ts";
import type { EmailAddress } from "./types.ts";

/** RFC 5321 section 4.5.3.1.3: a path is 256 octets with its brackets. The 64 of a local part is not enforced: section 4.5.3.1 asks for no limits where possible, and VERP exceeds it. */
const MAX_ADDRESS = 254;
/** RFC 1035 section 2.3.4. */
const MAX_DOMAIN = 253;

/** atext of RFC 5322 section 3.2.3 plus the UTF-8 of RFC 6531. Dots in a row or at the ends are wrong and exist. */
const DOT_ATOM = /^(?:[a-z0-9!#$%&'*+/=?^_`{|}~.-]|[^\u0000-\u00ad\s\u2028\u2029\ufeff\ufff0-\uffff])+$/u;
/** What may stand in a quoted local part: printable, no spaces, none of `"` and `\`. */
const QUOTED = /^[!#-[\]-~]+$/;
const LABEL = /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/;
const LITERAL = /^\[(?:\d{1,3}(?:\.\d{1,3}){3}|ipv6:[0-9a-f:.]{2,45})\]$/;

/**
 * The one form in which an address is stored and compared: lower case, domain in ASCII (RFC 5890), needless quotes
 * removed. Canonical input comes back unchanged.
 * @param text one address without a display name; angle brackets around it are fine
 * @returns undefined for anything that is not plainly an address: white space or control characters inside, no domain,
 * longer than 254 characters
 */
export function canonicalAddress(text: string): EmailAddress | undefined {
  const bare = text.trim().replace(/^<(.*)>$/, "$1");
  const at = bare.lastIndexOf("@");
  if (at < 1 || bare.length > 4 * MAX_ADDRESS) return undefined;
  const local = canonicalLocal(bare.slice(0, at));
  const domain = canonicalDomain(bare.slice(at + 1));
  if (local === undefined || domain === undefined) return undefined;
  const address = `${local}@${domain}`;
  return Buffer.byteLength(address) <= MAX_ADDRESS ? (address as EmailAddress) : undefined;
}

function canonicalLocal(text: string): string | undefined {
  // Twice, because lower case and normal form can each undo the other's work for a few letters.
  const lower = (part: string): string => part.toLowerCase().normalize("NFC");
  // An encoded word is no local part (RFC 2047 section 5): who decodes it afterwards would read another address.
  if (/=\?[^?]*\?[bq]\?/i.test(text)) return undefined;
  if (!text.startsWith('"')) {
    const local = lower(lower(text));
    return DOT_ATOM.test(local) ? local : undefined;
  }
  if (text.length < 3 || !text.endsWith('"')) return undefined;
  const content = lower(lower(text.slice(1, -1).replace(/\\(.)/g, "$1")));
  if (DOT_ATOM.test(content)) return content;
  return QUOTED.test(content) ? `"${content}"` : undefined;
}

/**
 * A domain in lower-case ASCII without a trailing dot; undefined when it is none. `münchen.example` gives
 * `xn--mnchen-3ya.example`; an address literal (`[192.0.2.1]`) stays as it is.
 */
export function canonicalDomain(text: string): string | undefined {
  const lower = text.toLowerCase().replace(/\.$/, "");
  if (LITERAL.test(lower)) return lower;
  // The URL parser behind domainToASCII would decode `%61` and read `1.2` as an IP address: neither is a mail domain.
  if (lower === "" || lower.length > MAX_DOMAIN || !/^[\p{L}\p{N}\p{M}._\u3002\uff0e-]+$/u.test(lower))
    return undefined;
  // eslint-disable-next-line no-control-regex
  const ascii = /^[\u0000-\u007f]*$/.test(lower) && !lower.includes("xn--") ? lower : domainToASCII(lower);
  const labels = ascii.split(".");
  if (ascii.length > MAX_DOMAIN || !labels.every((label) => LABEL.test(label))) return undefined;
  return /^\d+$/.test(labels.at(-1) as string) ? undefined : ascii;
}

/**
 * The address as people read it: `maria@xn--mnchen-3ya.example` gives `maria@münchen.example`. A label that mixes scripts, by
 * which one letter can pose as another, stays as it is (the gist of Unicode TR 39 section 5.2).
 */
export function spokenAddress(address: EmailAddress): string {
  const at = address.lastIndexOf("@");
  const domain = address.slice(at + 1);
  if (!domain.includes("xn--")) return address;
  const labels = domain.split(".").map((label) => {
    const spoken = domainToUnicode(label);
    return spoken !== "" && !mixesScripts(spoken) ? spoken : label;
  });
  return `${address.slice(0, at)}@${labels.join(".")}`;
}

/** Latin, Greek and Cyrillic share shapes; Japanese is written in several scripts that do not. */
const LOOKALIKE_SCRIPTS = [
  /\p{Script=Latin}/u,
  /\p{Script=Greek}/u,
  /\p{Script=Cyrillic}/u,
  /\p{Script=Armenian}/u,
  /\p{Script=Cherokee}/u,
];

function mixesScripts(label: string): boolean {
  const lookalikes = LOOKALIKE_SCRIPTS.filter((script) => script.test(label)).length;
  // Wholly Cyrillic or Greek in a lower-case Latin alphabet's shapes: `аррӏе`.
  const poses = /^[асԁеһіјӏорԛѕԝхуъЬϲοανρτυω\d-]+$/u.test(label);
  return lookalikes > 1 || poses;
}

/** What follows the last `@`. */
export function domainOf(address: EmailAddress): string {
  return address.slice(address.lastIndexOf("@") + 1);
}

/** What stands before the last `@`. */
export function localPartOf(address: EmailAddress): string {
  return address.slice(0, address.lastIndexOf("@"));
}

/** `support+a17-token@nw.example` gives `support@nw.example` (RFC 5233 subaddressing). */
export function stripPlus(address: EmailAddress): EmailAddress {
  const plus = localPartOf(address).indexOf("+");
  return plus > 0 ? (`${address.slice(0, plus)}@${domainOf(address)}` as EmailAddress) : address;
}

/** Whether anybody can get an address at this domain, so that a shared domain says nothing about belonging together. */
export function isFreemail(domain: string): boolean {
  return FREEMAIL_DOMAINS.has(domain.toLowerCase());
}

/** Whether two addresses are of one organization: same domain, or one a subdomain of the other; never for freemail. */
export function sameOrganizationDomain(a: EmailAddress, b: EmailAddress): boolean {
  const [short, long] = [domainOf(a), domainOf(b)].sort((x, y) => x.length - y.length) as [string, string];
  if (short.startsWith("[") || !short.includes(".") || isFreemail(short) || isFreemail(long)) return false;
  return short === long || (long.endsWith(`.${short}`) && !SHARED_SUFFIXES.has(short));
}

/** Local parts nobody reads: `no-reply`, `noreply-orders`, `orders.noreply`, `do_not_reply`, `nicht-antworten`, `nepasrepondre`. */
const NO_REPLY =
  /(?:^|[-_.+])(?:no|not|non|donot|do[-_.]not|dont|never)[-_.]?(?:reply|replies|response|respond)(?:$|[-_.+\d])|(?:^|[-_.])(?:nicht[-_.]?antworten|keine[-_.]?antwort|ne[-_.]?pas[-_.]?repondre|no[-_.]?responder|nao[-_.]?responda|non[-_.]?rispondere|niet[-_.]?(?:beantwoorden|antwoorden)|svar[-_.]?ikke|svara[-_.]?inte)(?:$|[-_.+])/;

/** Whether the address says that answers to it are not read. */
export function isNoReply(address: EmailAddress): boolean {
  return NO_REPLY.test(localPartOf(address));
}

/** RFC 5321 section 4.5.5 and custom: who sends reports. `mailer-daemon@`, `postmaster@` for reports only. */
export function isMailerDaemon(address: EmailAddress): boolean {
  return /^(?:mailer[-_.]?daemon|mail[-_.]?daemon|mailerdaemon|mdaemon)(?:$|[-_.+])/.test(localPartOf(address));
}
