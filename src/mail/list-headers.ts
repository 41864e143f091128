/**
 * Mailing-list headers (RFC 2369, RFC 2919) and whether they are those of the desk's own groups: a support address
 * that is itself a group, or that is forwarded to us, carries them on every customer's mail.
 */
import { canonicalAddress } from "./address.ts";
import { parseAddressList } from "./address-list.ts";
import type { ParseContext } from "./context.ts";
import { headerValues } from "./headers.ts";
import { withoutComments } from "./message-id.ts";
import type { HeaderField } from "./types.ts";

/** Headers in which forwarders and groups name themselves. */
const FORWARDER_HEADERS = [
  "sender",
  "resent-from",
  "resent-sender",
  "return-path",
  "x-forwarded-for",
  "x-forwarded-to",
];

/**
 * The first header that makes the message a mailing, as a reason; undefined when there is none, or when all of them
 * are our own group's.
 */
export function listHeader(
  headers: readonly HeaderField[],
  context: Pick<ParseContext, "ownListIds" | "forwarders">,
): string | undefined {
  const found = headers.find(
    (field) =>
      field.name.startsWith("list-") ||
      (field.name === "feedback-id" && !PERSONAL.test(field.value)) ||
      (field.name === "precedence" && /^\s*list\b/i.test(field.value)),
  );
  if (!found || isOwnList(headers, context.ownListIds) || isForwarded(headers, context.forwarders)) return undefined;
  return found.name === "precedence" ? "precedence: list" : found.name;
}

/** Proton Mail writes one on the mail of every person: `Feedback-ID: 12345678:user:proton`. */
const PERSONAL = /^\s*\d{1,20}:user:proton\s*$/i;

/** Every List-Id names a group of ours, compared as RFC 2919 section 6 says: the part in brackets, in lower case. */
function isOwnList(headers: readonly HeaderField[], ownListIds: readonly string[]): boolean {
  const ids = headerValues(headers, "list-id").map(listId);
  const own = new Set(ownListIds.map(listId));
  return ids.length > 0 && ids.every((id) => own.has(id));
}

/** `Northwind support <support.nw.example>` gives `support.nw.example`. */
function listId(value: string): string {
  const plain = withoutComments(value.slice(0, 2000));
  const open = plain.lastIndexOf("<");
  const close = plain.indexOf(">", open);
  return (open >= 0 && close > open ? plain.slice(open + 1, close) : plain).trim().toLowerCase();
}

function isForwarded(headers: readonly HeaderField[], forwarders: readonly string[]): boolean {
  if (forwarders.length === 0) return false;
  return headers.some((field) => {
    if (!FORWARDER_HEADERS.includes(field.name)) return false;
    if (parseAddressList(field.value).some((mailbox) => forwarders.includes(mailbox.address))) return true;
    // X-Forwarded-For: `old@nw.example support@nw.example`, separated by spaces.
    return field.value.split(/[\s,]+/).some((word) => forwarders.includes(canonicalAddress(word) ?? ""));
  });
}
