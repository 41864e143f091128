/**
 * The header fields that the world's mail server writes on top of what it receives, and what it takes away: it is the
 * one server whose Authentication-Results the gateway trusts, so nobody else's may carry its name
 * (RFC 8601 section 5).
 */
import { type HeaderAddress, parseAddresses } from "./address-header.ts";
import { baseAddress } from "./mail-store.ts";
import { headerLength } from "./mime.ts";

/** What the server knows of a message beyond its bytes. Addresses as the client gave them. */
export type Arrival = {
  readonly authservId: string;
  /** "" is the null path. */
  readonly from: string;
  readonly authenticatedAs: string | null;
  readonly helo: string;
  readonly queueId: string;
  /** UTC milliseconds. */
  readonly at: number;
};

/** Whether an address belongs to somebody whose mail nobody else may write. */
export type IsKnown = (address: string) => boolean;

/** `received` without the claims of others to be this server: what the copies for all recipients have in common. */
export function withoutForgedResults(received: Buffer, authservId: string): Buffer {
  const end = headerLength(received);
  const fields = splitFields(received.toString("latin1", 0, end));
  const kept = fields.filter((field) => !claimsToBe(field, authservId));
  if (kept.length === fields.length) return received;
  return Buffer.concat([Buffer.from(kept.join(""), "latin1"), received.subarray(end)]);
}

/** The four fields on top of the copy for one recipient, each ending in CRLF. */
export function traceFields(arrival: Arrival, results: string, recipient: string): Buffer {
  const { authservId, from, helo, queueId, at, authenticatedAs } = arrival;
  const protocol = authenticatedAs === null ? "ESMTP" : "ESMTPA"; // RFC 3848
  const name = helo.replace(/[^\w.:[\]-]/g, "") || "unknown";
  const date = new Date(at).toUTCString().replace("GMT", "+0000");
  return Buffer.from(
    `Return-Path: <${from}>\r\n` +
      `Delivered-To: ${recipient}\r\n` +
      `Authentication-Results: ${results}\r\n` +
      `Received: from ${name} by ${authservId} with ${protocol} id ${queueId}\r\n\tfor <${recipient}>; ${date}\r\n`,
  );
}

/**
 * The value of Authentication-Results (RFC 8601 section 2.2). `dmarc` is pass only when the session logged in as the
 * one author of From. It is fail when somebody else used the address of a known person, and when From is missing,
 * there twice, or not one address: such a message has no author to vouch for (RFC 7489 section 6.6.1).
 */
export function authenticationResults(received: Buffer, arrival: Arrival, isKnown: IsKnown): string {
  const { authservId, authenticatedAs } = arrival;
  const auth = authenticatedAs === null ? "auth=none" : `auth=pass smtp.auth=${authenticatedAs}`;
  const author = authorOf(received);
  if (!author) return `${authservId}; ${auth}; dmarc=fail`;
  const address = `${author.local}@${author.domain}`.toLowerCase();
  const isOwn = authenticatedAs !== null && [address, baseAddress(address)].includes(authenticatedAs.toLowerCase());
  const isForged = isKnown(address) || isKnown(baseAddress(address));
  const result = isOwn ? "pass" : isForged ? "fail" : "none";
  return `${authservId}; ${auth}; dmarc=${result} header.from=${author.domain.replace(/[^\w.:[\]-]/g, "?")}`;
}

/** The one author of From; undefined when there is none, or more than one way to read it. */
function authorOf(received: Buffer): HeaderAddress | undefined {
  // UTF-8, so that an internationalized address (RFC 6532) is compared as it was registered.
  const fields = splitFields(received.toString("utf8", 0, headerLength(received)));
  const from = fields.filter((field) => isField(field, "from"));
  if (from.length !== 1) return undefined;
  const { addresses, malformed } = parseAddresses(valueOf(from[0]!));
  return malformed || addresses.length !== 1 ? undefined : addresses[0];
}

/**
 * Header fields with their folded lines and line ends. A lone CR counts as a line end as well: some parsers take it
 * for one, and a field hidden behind it must not escape.
 */
function splitFields(head: string): string[] {
  return (
    head.match(/[^\r\n]*(?:\r\n|\n|\r|$)(?:[ \t][^\r\n]*(?:\r\n|\n|\r|$))*/g)?.filter((field) => field !== "") ?? []
  );
}

function isField(field: string, name: string): boolean {
  const colon = field.indexOf(":");
  return colon > 0 && field.slice(0, colon).trim().toLowerCase() === name;
}

function valueOf(field: string): string {
  return field
    .slice(field.indexOf(":") + 1)
    .replace(/[\r\n]+/g, " ")
    .trim();
}

/** True when the part before the first result names this server anywhere, in whatever disguise of comments and quotes. */
function claimsToBe(field: string, authservId: string): boolean {
  if (!isField(field, "authentication-results")) return false;
  const value = valueOf(field);
  const forms = [value, withoutComments(value)].map((form) => form.replace(/["\\]/g, "").split(";", 1)[0]!);
  return forms.some((form) => form.toLowerCase().includes(authservId.toLowerCase()));
}

/** Comments nest (RFC 5322 section 3.2.2). Of one that never ends everything is kept: it hides nothing then. */
function withoutComments(value: string): string {
  let depth = 0;
  let text = "";
  for (let at = 0; at < value.length; at++) {
    const mark = value[at]!;
    if (mark === "\\" && depth > 0) at++;
    else if (mark === "(") depth++;
    else if (mark === ")" && depth > 0) depth--;
    else if (depth === 0) text += mark;
  }
  return depth === 0 ? text : value.replace(/[()]/g, " ");
}
