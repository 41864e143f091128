/**
 * The help topic of a new message. First match wins: the plus address, which somebody chose; then words in the subject; then
 * the mailbox, which says least. Among topics with a word in the subject the one that stands first in the desk file wins,
 * so that an admin can put the special one before the general one; of its words the longest is named as the reason.
 * Topics that have left the desk file never match.
 */
import type { Desk, Topic, TopicKey } from "./types.ts";
import { fold, hasWord } from "./words.ts";

export type TopicFacts = {
  /** `login` of `support+login@…`, in any case. */
  readonly plusTag?: string | null;
  readonly subject: string;
  /** The mailbox that received it. */
  readonly mailbox: string;
};

/** `because` is for people: `"log in" in the subject`. */
export type PickedTopic = { readonly topic: TopicKey; readonly because: string };

/** A subject is read this far; longer ones are not written by people. */
const LONGEST_SUBJECT = 2000;

export function pickTopic(
  desk: Pick<Desk, "topics">,
  { plusTag, subject, mailbox }: TopicFacts,
): PickedTopic | undefined {
  const topics = Object.values(desk.topics).filter(({ active }) => active);
  const tag = plusTag?.toLowerCase();
  const addressed = topics.find(({ key }) => key.toLowerCase() === tag);
  if (addressed) return { topic: addressed.key, because: `+${tag} in the address` };
  const folded = fold(subject.slice(0, LONGEST_SUBJECT));
  for (const topic of topics) {
    const word = longestWord(topic, folded);
    if (word !== undefined) return { topic: topic.key, because: `"${word}" in the subject` };
  }
  const local = topics.find(({ mailboxes }) => mailboxes.includes(mailbox));
  return local && { topic: local.key, because: `it came to the mailbox ${mailbox}` };
}

/** As the desk file writes it. */
function longestWord({ words }: Topic, folded: string): string | undefined {
  return words.filter((word) => hasWord(folded, fold(word))).sort((a, b) => b.length - a.length)[0];
}
