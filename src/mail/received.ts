/**
 * Received lines (RFC 5321 section 4.4): only what a loop guard and the trust boundary need.
 */
import { withoutComments } from "./message-id.ts";
import type { HeaderField } from "./types.ts";

export type Hop = { readonly from?: string; readonly by?: string; readonly with?: string };

/** Reads one Received value; host names in lower case, comments (where a sender's claims stand) ignored. */
export function readReceived(value: string): Hop {
  const words = withoutComments(value.slice(0, 4000).split(";")[0] as string)
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  const after = (keyword: string): string | undefined => {
    const at = words.indexOf(keyword);
    return at < 0 ? undefined : words[at + 1]?.replace(/\.$/, "");
  };
  return { from: after("from"), by: after("by"), with: after("with") };
}

/** How many servers handled the message; more than 25 is a loop (RFC 5321 section 6.3 asks for a large limit). */
export function receivedCount(fields: readonly HeaderField[]): number {
  return fields.filter((field) => field.name === "received").length;
}

/**
 * Where our own server's writing ends: index of the topmost Received line that our MX wrote on accepting the message.
 * Everything above it was added by us, everything below it came from outside and can be forged.
 * The MX handing the message to itself (`from mx.example by mx.example with LMTP`, a mail store on the same host) is
 * passed over, because that host wrote the line of its own acceptance further down.
 * @param host the MX's name as it writes it after `by`
 * @returns -1 when our MX wrote none
 */
export function ownReceivedIndex(fields: readonly HeaderField[], host: string): number {
  const own = host.toLowerCase();
  return fields.findIndex((field) => {
    if (field.name !== "received") return false;
    const hop = readReceived(field.value);
    return hop.by === own && !(hop.from === own && /^lmtps?a?$/.test(hop.with ?? ""));
  });
}
