/** The facts that every mail of the desk is made from, in one place. */
import { entriesOf, type EntryKind, type EntryRow, messageIdsOf, TAKEN_BACK } from "../db/entry.ts";
import { eventsOf, firstSubject } from "../db/event.ts";
import type { AgentFacts, CustomerFacts, HistoryLine, NoticeSetting } from "../desk/notices/notice-facts.ts";
import { changeInWords } from "../desk/change-words.ts";
import { hiddenAddresses } from "../desk/notices/notice-frame.ts";
import { safeName } from "../desk/notices/notice-words.ts";
import type { Agent, Desk, Person, Ticket } from "../desk/types.ts";
import { domainOf } from "../mail/address.ts";
import { scrub } from "../mail/scrub.ts";
import { customerToken } from "../mail/token.ts";
import type { EmailAddress } from "../mail/types.ts";
import type { Unit } from "./stage.ts";

/** How many earlier lines of a ticket a notification repeats. */
const HISTORY_LINES = 30;

export function setting(
  { stage, desk, now }: Unit,
  support: { address: EmailAddress; mailbox: string },
): NoticeSetting {
  const { loopMark, plusAddressing } = stage.settings;
  return {
    templates: stage.templates,
    desk,
    now,
    host: domainOf(support.address),
    loopMark,
    plusAddressing: plusAddressing(support.mailbox),
  };
}

const supportOf = ({ supportAddress, mailbox }: Place) => ({ address: supportAddress, mailbox });

/** For mail to the ticket's customer: it answers the newest message of theirs, below the chain of the ticket. */
export async function customerFacts(unit: Unit, ticket: Ticket): Promise<CustomerFacts> {
  const clean = scrubber(unit.desk, ticket);
  // Their mail client threads by the subject that they wrote, whatever the desk calls the ticket now.
  const subject = (await firstSubject(unit.tx, ticket.id)) ?? ticket.subject;
  const ids = (await messageIdsOf(unit.tx, ticket.id)).filter((id) => clean(id) === id);
  const named = (person: Person): Person => ({ ...person, name: safeName(clean(person.name)) });
  const shown: Ticket = {
    ...ticket,
    subject: clean(subject),
    customer: named(ticket.customer),
    participants: ticket.participants.map(named),
  };
  return {
    ...setting(unit, supportOf(ticket)),
    templates: unit.stage.templates.inLanguage(ticket.language),
    ticket: shown,
    to: shown.customer,
    token: customerToken(unit.stage.settings.key, ticket.id),
    inReplyTo: ids.at(-1),
    references: ids.slice(-10),
  };
}

/** What people wrote into subjects and names goes out again; a token or an agent's address in it would stop the mail. */
function scrubber(desk: Desk, { customer, supportAddress }: Ticket): (text: string) => string {
  const agentAddresses = hiddenAddresses(desk, customer.address);
  return (text) => scrub(text, { agentAddresses, supportAddress });
}

/** From where mail to an agent comes when it is about no ticket. */
export type Place = Pick<Ticket, "supportAddress" | "mailbox">;
/** `ticket` is null in mail that is about none. */
export type FactsAbout<A extends Ticket | Place> = AgentFacts & { readonly ticket: A extends Ticket ? Ticket : null };

export const ticketOf = (about: Ticket | Place): Ticket | null => ("id" in about ? about : null);

export function agentFacts<A extends Ticket | Place>(
  unit: Unit,
  about: A,
  deliveryId: number,
  to: Person,
  agent: Agent | null,
): FactsAbout<A> {
  const facts: AgentFacts = {
    ...setting(unit, supportOf(about)),
    deliveryId,
    to,
    agent: agent?.key ?? null,
    ticket: ticketOf(about),
    supportAddress: about.supportAddress,
  };
  return facts as FactsAbout<A>;
}

/** What an entry is, where it is not a message or an answer. */
const KINDS: Partial<Record<EntryKind, string>> = { note: " (note)", outside: " (sent outside)", report: " (report)" };

/**
 * What happened in the ticket, oldest first, for the foot of a notification; the entry that the mail is about is left out.
 * Times in changes are in `timeZone`.
 */
export async function history(
  { tx, desk }: Unit,
  ticket: Ticket,
  except: EntryRow | undefined,
  timeZone: string = desk.timeZone,
): Promise<HistoryLine[]> {
  const changes = (await eventsOf(tx, ticket.id)).flatMap((event) => {
    const change = changeInWords(event, { ...desk, timeZone });
    return change ? [{ at: Number(event.at), change }] : [];
  });
  const words = (await entriesOf(tx, ticket.id))
    .filter(({ id, marks }) => id !== except?.id && !marks.includes(TAKEN_BACK))
    .map((entry) => ({
      at: Number(entry.created_at),
      from: `${entry.author_name || entry.author_address}${KINDS[entry.kind] ?? ""}`,
      text: entry.text,
    }));
  return [...words, ...changes].sort((a, b) => a.at - b.at).slice(-HISTORY_LINES);
}
