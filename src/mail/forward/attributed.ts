/**
 * Who wrote a forwarded mail and when, from the one line that some clients put over it in place of a header block:
 *   On 23.11.2026, 10:02, "Maria Santos" <maria@home.example> wrote:
 *   Le 23/11/2026 10:02, « Maria Santos » <maria@home.example> a écrit :
 *   Maria Santos <maria@home.example> kirjoitti 23.11.2026 kello 10.02:
 */
import type { NamedAddress } from "../types.ts";
import { readMailbox } from "./mailboxes.ts";
import { readSpokenDate } from "./spoken-date.ts";

export type Attributed = { readonly from?: NamedAddress; readonly date?: number };

/** In characters; longer ones are no attribution. */
const MAX_ATTRIBUTION = 700;

/** Reads the line, put together when it was wrapped. */
export function readAttributed(text: string): Attributed {
  const line = text.slice(0, MAX_ATTRIBUTION).replace(/\s+/g, " ").trim();
  const mailbox = readMailbox(line);
  const before = mailbox ? line.slice(0, line.toLowerCase().indexOf(mailbox.address)) : line;
  const name = nameAtEnd(before);
  const rest = mailbox ? line.replace(before, before.slice(0, before.length - name.length)) : line;
  const date = readSpokenDate(whenIn(rest));
  return {
    ...(mailbox ? { from: { name, address: mailbox.address } } : {}),
    ...(date === undefined ? {} : { date }),
  };
}

/** The name before the address: in quotes, or what follows the last digit, comma or colon without small words. */
function nameAtEnd(text: string): string {
  const bare = text.replace(/[\s<([]*(?:mailto:)?$/, "");
  const quoted = /["“”„«]\s?([^"“”„«»]{1,120}?)\s?["“”»]$/.exec(bare)?.[1];
  if (quoted !== undefined) return quoted.trim();
  const tail = /[^\d,:;]{0,120}$/.exec(bare)?.[0] ?? "";
  return tail
    .replace(/^\s?(?:[AP]\.?M\.?)(?=\s)/i, "")
    .replace(/^(?:\s?\p{Ll}\S{0,40}(?=\s))+/u, "")
    .trim();
}

/** Without addresses, whose digits would be read as times. */
function whenIn(text: string): string {
  return text.replace(/\S{0,100}@\S{0,200}/g, " ").slice(0, 200);
}
