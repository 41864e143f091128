/** `#accept` in answer to a notification of somebody's message who takes no part: they do from now on. */
import { acceptDomain, isAcceptedDomain } from "../db/accepted-domain.ts";
import { deliveryById } from "../db/delivery.ts";
import { acceptAuthor, entriesOf, type EntryRow, lastEntryId } from "../db/entry.ts";
import { insertEvent } from "../db/event.ts";
import { addressId } from "../db/people.ts";
import { addParticipant } from "../db/ticket.ts";
import type { UndoStep } from "../db/command.ts";
import type { Desk } from "../desk/types.ts";
import { domainOf, isFreemail } from "../mail/address.ts";
import type { EmailAddress } from "../mail/types.ts";
import type { ActDone, Acting } from "./acting.ts";
import { Refused } from "./refused.ts";
import { mayTakePart, MOST_PARTICIPANTS } from "./take-part.ts";

/** `always`: and whoever else writes from their domain to a ticket of this customer's. */
export async function acceptStranger(acting: Acting, always: boolean): Promise<ActDone> {
  const { recording, ticket, actor } = acting;
  const { tx, desk, now } = recording.unit;
  const entry = await strangersEntry(acting);
  if (!entry) throw new Refused(`nobody has written to ${ticket.publicNumber} who takes no part in it`);
  const address = entry.author_address as EmailAddress;
  if (!mayTakePart(address, desk)) throw new Refused(`${address} is an address of this desk or of an agent`);
  if (ticket.participants.length >= MOST_PARTICIPANTS)
    throw new Refused(`${ticket.publicNumber} has ${ticket.participants.length} participants, which is the most`);
  const domain = always ? domainToAccept(address, desk) : undefined;
  await addParticipant(tx, ticket.id, { name: entry.author_name, address }, now);
  const entries = await acceptAuthor(tx, ticket.id, address);
  const cause = { kind: "command", detail: always ? "#accept always" : "#accept" } as const;
  await insertEvent(tx, ticket.id, { name: "takes part", actor, cause, new: address }, now);
  const undo: UndoStep[] = [
    { undo: "leave", address, lastEntry: await lastEntryId(tx, ticket.id) },
    { undo: "disown", entries },
  ];
  if (domain && !(await isAcceptedDomain(tx, ticket.customer.address, domain))) {
    await acceptDomain(tx, ticket, domain, now);
    await insertEvent(tx, ticket.id, { name: "domain accepted", actor, cause, new: domain }, now);
    undo.push({ undo: "forget-domain", addressId: await addressId(tx, ticket.customer, now), domain });
  }
  const more = domain ? `, and so does whoever writes from ${domain} to a ticket of ${ticket.customer.address}` : "";
  return { result: `${address} takes part from now on${more}`, undo };
}

/** Whose message the answered notification is about; the newest one of such a message where it is about none. */
async function strangersEntry({ recording, ticket }: Acting): Promise<EntryRow | undefined> {
  const { unit, token } = recording;
  const answered = token?.genuine ? await deliveryById(unit.tx, token.deliveryId) : undefined;
  const taking = new Set<string>([ticket.customer, ...ticket.participants].map(({ address }) => address));
  const strangers = (await entriesOf(unit.tx, ticket.id)).filter(
    ({ author_kind, author_address }) => author_kind === "stranger" && !taking.has(author_address),
  );
  return strangers.find(({ id }) => id === answered?.entry_id) ?? strangers.at(-1);
}

/** Throws `Refused` for a domain at which anybody can have an address, and for our own. */
export function domainToAccept(address: EmailAddress, desk: Desk): string {
  const domain = domainOf(address);
  if (isFreemail(domain) || domain.startsWith("[") || !domain.includes("."))
    throw new Refused(`anybody can have an address at ${domain}; #accept lets ${address} alone take part`);
  const ours = Object.values(desk.departments).some((one) =>
    [one.address, ...one.also].some((own) => domainOf(own) === domain),
  );
  if (ours) throw new Refused(`${domain} is the desk's own; #accept lets ${address} alone take part`);
  return domain;
}
