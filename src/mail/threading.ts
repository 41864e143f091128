/**
 * Which messages belong together, by ids only: Message-ID, In-Reply-To and References (RFC 5322 section 3.6.4).
 * Precision comes first: joining two customers' mail shows one the other's words, while a mail left alone costs a click.
 * So an id proves nothing when two different messages bear it, a person's address is no id, and a subject only suggests.
 * Unlike Jamie Zawinski's algorithm (www.jwz.org/doc/threading.html) no tree is built and no subject joins.
 */
import { baseSubject } from "./base-subject.ts";
import type { InboundMessage, MessageId } from "./types.ts";

type People = Pick<InboundMessage, "from" | "sender" | "replyTo" | "to" | "cc">;
type Answering = Partial<People> & Pick<InboundMessage, "messageId" | "inReplyTo" | "references">;
export type Threadable = Answering & Pick<InboundMessage, "from" | "date" | "subject" | "text" | "bodyHash">;

/** Where a message stands in the list that was given, from 0. */
export type Ordinal = number;

/** `message` belongs with `to`, and the id that says so. */
export type Link = { readonly message: Ordinal; readonly to: Ordinal; readonly by: MessageId };

/** A thread is named after its first message in the list. */
export type ThreadId = Ordinal;

/**
 * The messages that this one answers: In-Reply-To first, then References newest first, each once. What cannot be a
 * parent is left out: the message's own id, and the address of somebody it is from or to, which old mail programs write
 * into In-Reply-To (`Message from Maria <maria@home.example>`).
 */
export function answeredIds(message: Answering): MessageId[] {
  const { from, sender, replyTo = [], to = [], cc = [] } = message;
  const people = new Set<string>(
    [from, sender, ...replyTo, ...to, ...cc].flatMap((person) => (person ? [person.address] : [])),
  );
  const answered = new Set([...message.inReplyTo, ...message.references.toReversed()]);
  return [...answered].filter((id) => id !== message.messageId && !people.has(id.toLowerCase()));
}

/**
 * Why messages belong together: one link for each message and each id that it shares with another one. A parent that
 * comes late is linked as well, and so are two answers to a message that is not in the list.
 * Takes time in proportion to the ids.
 */
export function links(messages: readonly Threadable[]): Link[] {
  const bearers = new Map<MessageId, Ordinal>();
  const doubtful = new Set<MessageId>();
  const found: Link[] = [];
  for (const [message, { messageId }] of messages.entries()) {
    if (messageId === undefined) continue;
    const bearer = bearers.get(messageId);
    if (bearer === undefined) bearers.set(messageId, message);
    else if (!isCopy(messages[bearer]!, messages[message]!)) doubtful.add(messageId);
  }
  // Who spoke of an id first, where nobody in the list bears it.
  const mentions = new Map<MessageId, Ordinal>();
  for (const [message, own] of messages.entries()) {
    for (const by of [...(own.messageId === undefined ? [] : [own.messageId]), ...answeredIds(own)]) {
      if (doubtful.has(by)) continue;
      const to = bearers.get(by) ?? mentions.get(by);
      if (to === undefined) mentions.set(by, message);
      else if (to !== message) found.push({ message, to, by });
    }
  }
  return found;
}

/** The thread of each message, in the order given. A message that shares no id with another is its own. */
export function thread(messages: readonly Threadable[]): ThreadId[] {
  const root = messages.map((_, message) => message);
  const find = (message: Ordinal): Ordinal => {
    // Halving the path keeps a chain of a million answers as quick as a short one.
    for (let at = message; ; at = root[at] = root[root[at]!]!) if (root[at] === at) return at;
  };
  for (const { message, to } of links(messages)) {
    const [first, second] = [find(message), find(to)].toSorted((a, b) => a - b) as [Ordinal, Ordinal];
    root[second] = first;
  }
  return messages.map((_, message) => find(message));
}

/**
 * For each message the earlier one that it might belong to: the newest with the same base subject, written between
 * the same people. A hint to a human and never a reason to join: `Invoice` is what everybody writes.
 */
export function suggestedBySubject(messages: readonly (Threadable & People)[]): (Ordinal | undefined)[] {
  const newest = new Map<string, Ordinal>();
  return messages.map((message, ordinal) => {
    const subject = baseSubject(message.subject).toLowerCase();
    if (subject === "") return undefined;
    const people = [message.from, ...message.to, ...message.cc].flatMap((person) => (person ? [person.address] : []));
    // A message from Maria to the desk, and the desk's answer to Maria: one pair of people, whoever wrote.
    const keys = [...new Set(people)].slice(0, MAX_PEOPLE).map((address) => `${address}\0${subject}`);
    const author = message.from?.address;
    const before = keys.flatMap((key) => newest.get(key) ?? []).filter((earlier) => knows(messages[earlier]!, author));
    for (const key of keys) newest.set(key, ordinal);
    return before.length > 0 ? Math.max(...before) : undefined;
  });
}

/** Of a mail to a hundred people the first are enough to recognise the conversation. */
const MAX_PEOPLE = 20;

/** Whether that person wrote the message or received it. */
const knows = ({ from, to, cc }: People, address: string | undefined): boolean =>
  [from, ...to, ...cc].some((person) => person !== undefined && person.address === address);

/**
 * Whether two messages with one Message-ID are one mail that came twice: delivered again, or through a list, which may
 * change From, tag the subject and add a footer, but keeps Date. A program that writes the same id into every mail, or
 * into a thousand mails of the same second, is not.
 */
function isCopy(one: Threadable, other: Threadable): boolean {
  const sameBody = one.bodyHash === other.bodyHash;
  if (one.date === undefined || one.date !== other.date)
    return sameBody && one.from?.address === other.from?.address && one.subject === other.subject;
  const [shorter, longer] = [one.text.trim(), other.text.trim()].toSorted((a, b) => a.length - b.length);
  return sameBody || (shorter !== "" && longer!.startsWith(shorter!));
}
