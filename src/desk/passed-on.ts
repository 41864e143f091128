/**
 * A customer's mail as an agent has passed it on, made a message again: its own author, words, subject and files. What cannot
 * be read from a forward is not made up: nobody has vouched for the author, and nobody but them takes part.
 */
import { natureOf, type NatureContext } from "../mail/auto-submitted.ts";
import { baseSubject } from "../mail/base-subject.ts";
import type { Attachment, HeaderField, InboundMessage, MessageId, NamedAddress } from "../mail/types.ts";

export type Original = {
  readonly author: NamedAddress;
  /** The headers of an attached message; none of one that stands in the text. */
  readonly headers: readonly HeaderField[];
  readonly attachments: readonly Attachment[];
  readonly language: InboundMessage["language"];
};

/** The original of a message that has been read as a forward (`message.forwarded`). */
export function originalOf(message: InboundMessage, original: Original, context: NatureContext): InboundMessage {
  const { author, headers, attachments, language } = original;
  const { forwarded } = message;
  const text = forwarded?.text ?? "";
  const subject = forwarded?.subject ?? baseSubject(message.subject);
  const id = originalId(message);
  const judged = { headers, from: author, subject, ...(id === undefined ? {} : { messageId: id }) };
  return {
    ...message,
    messageId: undefined,
    html: undefined,
    answered: undefined,
    signature: undefined,
    forwarded: undefined,
    ...judged,
    inReplyTo: [],
    references: [],
    replyTo: [],
    // Where the agent has sent it: there the customer is answered.
    to: [...message.to, ...message.cc],
    cc: [],
    returnPath: undefined,
    nature: natureOf(judged, context),
    auth: { result: "none", by: "nobody", dmarc: "none", detail: "passed on by an agent" },
    text,
    replyText: text,
    replyTextIsFallback: false,
    quoted: "",
    language,
    attachments,
    ...(forwarded?.date === undefined ? {} : { date: forwarded.date }),
  };
}

/** Of an attached message its own; else what the forward answers, which mail clients write for the mail that is passed on. */
export function originalId({ forwarded, inReplyTo, references }: InboundMessage): MessageId | undefined {
  return forwarded?.messageId ?? inReplyTo[0] ?? references.at(-1);
}

/** Everybody else who got the original, for the note: they are not made participants by a line of text. */
export function othersOf({ forwarded, from }: InboundMessage, inside: (address: string) => boolean): NamedAddress[] {
  const all = [...(forwarded?.to ?? []), ...(forwarded?.cc ?? [])];
  return all.filter(
    ({ address }) => address !== from?.address && address !== forwarded?.from?.address && !inside(address),
  );
}
