/**
 * What a proven agent's mail is that answers no notification: a customer's mail passed on, commands, or a mail like
 * anybody's. Only what a person wrote, and wrote to the desk, is one of the first two; in doubt it is the last.
 */
import { stripPlus } from "../mail/address.ts";
import type { InboundMessage, NamedAddress } from "../mail/types.ts";
import { knownNames } from "./commands/command-argument.ts";
import { isBlank, readLine } from "./commands/command-line.ts";
import type { IntakeFacts } from "./intake-facts.ts";
import type { Agent, Desk, Verdict } from "./types.ts";

/** The sender is proven; their mail came without the token of a notification. Undefined: a mail like anybody's. */
export function decideNewMail(message: InboundMessage, facts: IntakeFacts, agent: Agent): Verdict | undefined {
  if (!isPersonal(message) || !isToDesk(message, facts.desk)) return undefined;
  const { evidence } = facts;
  const passedOn = evidence?.strength !== 3 && message.to.every(({ address }) => isInside(address, facts.desk));
  const original = passedOn ? originalSender(message, facts.desk) : undefined;
  if (original)
    return {
      verdict: "forwarded-in",
      agent: agent.key,
      because: `${agent.key} passed on a mail of ${original.address}`,
    };
  // A number in the subject is not in the way of a line that names its ticket itself: `NW-48201 #close`.
  const line = evidence ? evidence.strength === 3 && namedTicket(message) : commandIn(message, facts, agent);
  return line
    ? { verdict: "command-mail", agent: agent.key, deliveryId: null, because: `it begins "${line}"` }
    : undefined;
}

/** An answer to a list of ours, or to another mail about no ticket: there is nobody but the desk whom it could be for. */
export function answerToList(facts: IntakeFacts, agent: Agent): Verdict | undefined {
  const { token } = facts;
  // What the mail was about counts: the subject of its answer may name any ticket.
  if (!token || (token.mode !== "list" && (token.ticketId !== null || token.mode !== "act"))) return undefined;
  const own = token.agent === agent.key || token.agent === null;
  const because = own
    ? `${agent.key} answers ${token.mode === "list" ? "a list" : "our mail about no ticket"}`
    : `${agent.key} answers a mail that went to ${token.agent}; its numbers are not theirs`;
  return { verdict: "command-mail", agent: agent.key, deliveryId: own ? token.deliveryId : null, because };
}

const isPersonal = ({ nature, returnPath }: InboundMessage): boolean =>
  nature.nature === "correspondence" && returnPath !== "";

/** A copy that only somebody else was written to is nothing that the desk was asked for. */
function isToDesk({ to, cc, deliveredTo }: InboundMessage, desk: Desk): boolean {
  const named = [...to, ...cc].map(({ address }) => address);
  // Without any name in it the mailbox is all that says where it was sent.
  return named.length === 0 || [...named, ...deliveredTo].some((address) => isOurs(address, desk));
}

function isOurs(address: string, { departments }: Desk): boolean {
  const plain = stripPlus(address as NamedAddress["address"]);
  return Object.values(departments).some(
    (one) => one.active && ([one.address, ...one.also] as string[]).some((ours) => ours === address || ours === plain),
  );
}

/** Who wrote the mail that was passed on, unless nobody says so, or it was one of us: then it is no customer's. */
export function originalSender({ forwarded }: InboundMessage, desk: Desk): NamedAddress | undefined {
  const from = forwarded?.from;
  if (!from || isInside(from.address, desk) || desk.formSenders.includes(from.address)) return undefined;
  return from;
}

/** An address of the desk's own, or an agent's, with `+detail` or without. */
export function isInside(address: string, desk: Desk): boolean {
  const both = [address, stripPlus(address as NamedAddress["address"])] as string[];
  return (
    isOurs(address, desk) || Object.values(desk.agents).some(({ emails }) => emails.some((one) => both.includes(one)))
  );
}

/** The line by which a new mail is one of commands, also of mistyped ones: a colleague who is misunderstood is told so. */
function commandIn(message: InboundMessage, { desk, now }: IntakeFacts, agent: Agent): string | undefined {
  const known = knownNames(desk, { agent, now });
  const subject = readLine(message.subject, known);
  if (subject.kind === "commands" || (subject.kind === "wrong" && (subject.named || subject.suggestion !== undefined)))
    return message.subject.trim();
  const first = firstLine(message);
  return first !== undefined && (SELECTION.test(first) || readLine(first, known).kind !== "text") ? first : undefined;
}

/** `NW-48201 #close` · `1 #close` · `2-4, 7 #dept billing` · `held 17 #confirm`: what is meant, and a command. Bounded. */
const SELECTION =
  /^[^\p{L}\p{N}#>]{0,12}(?:all|(?:held\s)?(?:\p{L}{1,12}-)?\d{1,9}(?:[\s,;+&–-]{1,3}(?:\p{L}{1,12}-)?\d{1,9}){0,99})[\s.,:;)\]–-]{0,5}[#\uff03\ufe5f]\p{L}/iu;
const NAMED = /^[^\p{L}\p{N}#>]{0,12}\p{L}{1,12}-\d/u;

function namedTicket(message: InboundMessage): string | undefined {
  const line = firstLine(message);
  return line !== undefined && NAMED.test(line) && SELECTION.test(line) ? line : undefined;
}

function firstLine({ replyText }: InboundMessage): string | undefined {
  return replyText
    .split(/\r\n|[\n\r]/)
    .find((line) => !isBlank(line))
    ?.trim();
}
