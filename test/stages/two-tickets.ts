/** Two tickets of one customer, and what a human does with them. */
import type { Desk, EmailAddress, Ticket } from "../../src/desk/types.ts";
import { type Merge, mergeTickets } from "../../src/stages/merge.ts";
import { splitEntries } from "../../src/stages/split.ts";
import { inUnit } from "../../src/stages/stage.ts";
import { unmergeTicket } from "../../src/stages/unmerge.ts";
import { testDesk } from "../db/desks.ts";
import { SECOND, type Street } from "./street.ts";

export const BY = { actor: { kind: "admin" }, cause: { kind: "cli", detail: "postern ticket merge" } } as const;

export function fabrikamDesk(): Desk {
  const desk = testDesk();
  const fabrikam = {
    key: "fabrikam",
    name: "Fabrikam",
    domains: ["fabrikam.example", "fabrikam-lab.example"],
    tags: [],
    attributes: {},
    active: true,
  };
  return { ...desk, organizations: { fabrikam } };
}

let people = 0;
export const somebody = (domain = "home.example") => `Customer ${++people} <c${people}@${domain}>`;
export const bare = (from: string) => /<(.*)>/.exec(from)![1] as EmailAddress;

export const merge = (street: Street, from: Ticket, into: Ticket, more: Partial<Merge> = {}): Promise<Ticket> =>
  inUnit(street.stage, (unit) => mergeTickets(unit, { from: from.id, into: into.id, ...BY, ...more }));
export const split = (street: Street, from: Ticket, entries: readonly number[], subject?: string): Promise<Ticket> =>
  inUnit(street.stage, (unit) => splitEntries(unit, { from: from.id, entries, subject, ...BY }));
export const unmerge = (street: Street, ticket: Ticket): Promise<Ticket> =>
  inUnit(street.stage, (unit) => unmergeTicket(unit, { ticket: ticket.id, ...BY }));

const agentOf = (street: Street, ticket: Ticket): string => street.desk.agents[ticket.assignee!]!.emails[0]!;
/** The newest mail about a ticket to its agent. */
export const noticeOf = (street: Street, ticket: Ticket) => {
  const sent = street.sentTo(agentOf(street, ticket));
  return sent.findLast(({ message }) => message.subject.includes(ticket.publicNumber))!;
};
export const texts = async (street: Street, { id }: Ticket): Promise<string[]> =>
  (await street.entries(id)).map(({ text }) => text.trim());

/** Two tickets of one customer, each acknowledged. */
export async function two(street: Street): Promise<readonly [Ticket, Ticket]> {
  const from = somebody();
  const one = await street.open({ from, subject: "The printer", text: "It does not print." });
  await street.pass(60 * SECOND);
  const other = await street.open({ from, subject: "The scanner", text: "It does not scan." });
  await street.pass(60 * SECOND);
  return [one, other];
}
