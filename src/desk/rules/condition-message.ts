/** Fields of conditions that a message has. They have no value when none came: for clock rules, in the console. */
import { decodeWords } from "../../mail/encoded-word.ts";
import { withoutTokens } from "../../mail/scrub.ts";
import type { Attachment } from "../../mail/types.ts";
import { address, count, name, present, text, type FieldRow, type Seen } from "./condition-row.ts";
import type { FactMessage, RuleFacts } from "./facts.ts";
import { customerLanguage } from "../language.ts";

/** A rule looks at this many characters of a body: more would be a log file, not somebody's words. */
const BODY_LIMIT = 100_000;

const NATURES = ["correspondence", "auto-response", "delivery-report", "own", "bulk"] as const;
const AUTH = ["pass", "fail", "none"] as const;

function ofMessage(
  read: (message: FactMessage, facts: RuleFacts, argument: string) => readonly Seen[],
): FieldRow["read"] {
  return (facts, argument) => (facts.message === undefined ? [] : read(facts.message, facts, argument));
}

/** Tokens of ours are no words of anybody's: captures and traces go to notes, other systems and other people. */
const addresses = (list: readonly { readonly address: string }[]): readonly string[] =>
  list.map(({ address }) => withoutTokens(address));

/** An opening mail is read whole; of a reply only what is new, so that our own quoted words never route a ticket. */
function body(message: FactMessage, facts: RuleFacts): readonly string[] {
  return present(withoutTokens((facts.trigger === "opened" ? message.text : message.replyText).slice(0, BODY_LIMIT)));
}

function headerValues(message: FactMessage, name: string): readonly string[] {
  return message.headers
    .filter((header) => header.name === name.toLowerCase())
    .map((header) => withoutTokens(decodeWords(header.value)));
}

/** What people would call attached: pictures inside the text and signatures do not count. */
const files = (message: FactMessage): readonly Attachment[] => message.attachments.filter(({ inline }) => !inline);

export const MESSAGE_FIELDS: Readonly<Record<string, FieldRow>> = {
  from: { ...address, about: "the sender's address", read: ofMessage((m) => present(m.from?.address)) },
  from_name: { ...text, about: "the sender's name as they wrote it", read: ofMessage((m) => present(m.from?.name)) },
  reply_to: { ...address, about: "any address in Reply-To", read: ofMessage((m) => addresses(m.replyTo)) },
  to: { ...address, about: "any address in To", read: ofMessage((m) => addresses(m.to)) },
  cc: { ...address, about: "any address in Cc", read: ofMessage((m) => addresses(m.cc)) },
  recipient: { ...address, about: "any address in To or Cc", read: ofMessage((m) => addresses([...m.to, ...m.cc])) },
  recipient_count: {
    ...count,
    defaultOperator: "at_least",
    about: "how many different addresses are in To and Cc",
    read: ofMessage((m) => [new Set(addresses([...m.to, ...m.cc])).size]),
  },
  subject: { ...text, about: "the subject", read: ofMessage((m) => present(withoutTokens(m.subject))) },
  body: {
    ...text,
    about: "the text; when a ticket is opened all of it, with quotations, of a later message only what is new",
    read: ofMessage(body),
  },
  header: {
    ...text,
    argument: "the name of the header field",
    about: "any value of a header field",
    read: ofMessage((m, _facts, argument) => headerValues(m, argument)),
  },
  language: {
    ...name,
    form: { is: /^[a-z]{2,3}$/i, write: "a code of ISO 639, such as de or pt" },
    about: "the language the customer writes in, when that is certain: de, pt",
    read: ofMessage((m) => present(customerLanguage(m.language))),
  },
  nature: {
    ...name,
    choices: NATURES,
    about: "what kind of message it is",
    read: ofMessage((m) => [m.nature.nature]),
  },
  auth: {
    ...name,
    choices: AUTH,
    about: "whether From is proven, refuted, or neither",
    read: ofMessage((m) => [m.auth.result]),
  },
  size: {
    ...count,
    unit: "bytes",
    defaultOperator: "at_least",
    about: "the size of the whole message in bytes",
    read: ofMessage((m) => [m.size]),
  },
  has_attachment: {
    kind: "flag",
    operators: ["is"],
    defaultOperator: "is",
    about: "true when something is attached (pictures inside the text do not count)",
    read: ofMessage((m) => [files(m).length > 0]),
  },
  attachment_name: {
    ...text,
    about: "the name of any attached file",
    read: ofMessage((m) =>
      files(m).flatMap(({ filename, givenName }) => (givenName ? [filename, givenName] : [filename])),
    ),
  },
  attachment_type: {
    ...text,
    about: "the media type of any attached file: application/pdf",
    read: ofMessage((m) => files(m).map(({ contentType }) => contentType)),
  },
  attachment_count: {
    ...count,
    defaultOperator: "at_least",
    about: "how many files are attached",
    read: ofMessage((m) => [files(m).length]),
  },
};
