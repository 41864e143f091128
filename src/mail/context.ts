/** What the readers of this folder must know of the desk: plain values, no I/O but the resolver they are given. */
import type { EmailAddress } from "./types.ts";

/** DNS as mailauth asks for it: TXT records come as arrays of strings. Rejects with a `code` such as `ENOTFOUND`. */
export type Resolver = (name: string, rrtype: string) => Promise<string[][] | string[]>;

export type ParseContext = {
  /** Every address that is ours: departments, aliases, mailboxes, forms. */
  readonly ourAddresses: readonly EmailAddress[];
  /** Our own domains, for what needs them (aliases to propose, a report from our own server). Nothing is trusted for its domain. */
  readonly ourDomains: readonly string[];
  /** Value of our X-Postern-Loop header and host of our Message-IDs. */
  readonly loopMark: string;
  /** The one server whose Authentication-Results we believe; `host` is its name in Received when that differs. */
  readonly mx?: { readonly authservId: string; readonly host?: string };
  /** Charset of 8-bit text that states none and is no UTF-8, as old programs of the desk's customers write it; undefined = U+FFFD instead. */
  readonly legacyCharset?: string;
  /** Without one, signatures are not checked. */
  readonly resolver?: Resolver;
  /** INTERNALDATE or the moment of delivery, UTC milliseconds. */
  readonly arrivedAt: number;
  /** List-Ids that are the desk's own groups. */
  readonly ownListIds: readonly string[];
  /** Addresses that forward to us: their List headers do not make a message bulk. */
  readonly forwarders: readonly EmailAddress[];
};
