/**
 * Which ticket a message belongs to, by evidence in a fixed order. Evidence names the ticket; it grants nothing.
 * 1 a token of ours in an address, then in the Message-IDs it answers; 2 a stored Message-ID; 3 our number in the subject.
 */
import { ticketNumberIn } from "../mail/base-subject.ts";
import { answeredIds } from "../mail/threading.ts";
import { type FoundToken, tokenInAddress, tokenInMessageId } from "../mail/token.ts";
import type { InboundMessage, MessageId } from "../mail/types.ts";

export type Token = FoundToken & { readonly where: string };

/** What to look up, strongest first. */
export type Lookups = {
  readonly tokens: readonly Token[];
  readonly messageIds: readonly MessageId[];
  readonly number?: number;
};

type Threaded = Parameters<typeof answeredIds>[0] &
  Pick<InboundMessage, "deliveredTo" | "to" | "cc" | "inReplyTo" | "references" | "subject">;

/** Reads the evidence out of a message. */
export function lookups(message: Threaded, prefix: string): Lookups {
  const answered = answeredIds(message);
  const addresses = [
    ...message.deliveredTo.map((address) => [address, "the delivery address"] as const),
    ...message.to.map(({ address }) => [address, "To"] as const),
    ...message.cc.map(({ address }) => [address, "Cc"] as const),
  ];
  const tokens = [
    ...addresses.flatMap(([address, where]) => withPlace(tokenInAddress(address), where)),
    ...answered.flatMap((id) => withPlace(tokenInMessageId(id), "the message it answers")),
  ];
  return {
    tokens: distinct(tokens),
    messageIds: answered,
    number: ticketNumberIn(message.subject, prefix),
  };
}

const withPlace = (token: FoundToken | undefined, where: string): Token[] => (token ? [{ ...token, where }] : []);

function distinct(tokens: Token[]): Token[] {
  const seen = new Set<string>();
  return tokens.filter(({ kind, id, token }) => {
    const key = `${kind}${id}-${token}`;
    return !seen.has(key) && seen.add(key);
  });
}
