/**
 * What a human says of customers: who they are, to which organization they belong, and that two of them are one. Agents'
 * addresses and the desk's own are nobody's customer. Tickets keep the address that their mail goes to (I6); what changes
 * on them is the organization, each with an event.
 */
import { insertEvent } from "../db/event.ts";
import {
  addAddress,
  addressId,
  addressesOf,
  changePerson,
  joinPeople,
  personAt,
  personOrganization,
  type PersonChange,
  type PersonRow,
} from "../db/people.ts";
import { ticketsOfCustomer } from "../db/people-tickets.ts";
import { lockTicket, touchTicket } from "../db/ticket.ts";
import { NO_ORGANIZATION, organizationOf } from "../desk/organization.ts";
import type { Actor, Cause, Desk } from "../desk/types.ts";
import type { EmailAddress } from "../mail/types.ts";
import { Refused } from "./refused.ts";
import type { Unit } from "./stage.ts";
import { belongTogether } from "./strangers.ts";
import { mayTakePart } from "./take-part.ts";

type By = { readonly actor: Actor; readonly cause: Cause };

/** How many tickets got another organization. */
export type Regrouped = { readonly person: PersonRow; readonly tickets: number };

/** `anyway`: a human knows that the two are of different organizations, and that nobody can take it back. */
export type CustomerMerge = { readonly keep: EmailAddress; readonly other: EmailAddress; readonly anyway?: boolean };

/** Addresses and history of `other` become those of `keep`, whose own name, attributes and organization win. Throws `Refused`. */
export async function mergeCustomers(unit: Unit, merge: CustomerMerge, by: By): Promise<Regrouped> {
  const [one, two] = await customersToMerge(unit, merge);
  await joinPeople(unit.tx, one, two);
  return await regrouped(unit, merge.keep, by);
}

/** Who would become one person; nothing is written. Throws `Refused` where `mergeCustomers` would. */
export async function customersToMerge(
  unit: Unit,
  { keep, other, anyway }: CustomerMerge,
): Promise<readonly [PersonRow, PersonRow]> {
  const [one, two] = [await known(unit, keep), await known(unit, other)];
  if (one.id === two.id) throw new Refused(`${keep} and ${other} are the same person already`);
  for (const address of [...one.addresses, ...two.addresses]) mustBeOutside(unit.desk, address);
  if (anyway || (await anyTogether(unit, one, two))) return [one, two];
  const [who, whom] = [one, two].map(({ name, addresses }) => `${name || "(no name)"} (${addresses.join(", ")})`);
  throw new Refused(
    `${who} and ${whom} are not of one organization; whoever writes as one would count as the other, for good`,
    { unlessAnyway: true },
  );
}

async function anyTogether(unit: Unit, one: PersonRow, two: PersonRow): Promise<boolean> {
  for (const address of one.addresses)
    for (const other of two.addresses) if (await belongTogether(unit, address, other)) return true;
  return false;
}

export type CustomerChange = PersonChange & { readonly addresses: readonly EmailAddress[] };

/**
 * Writes what is said of the person with this address; somebody who has not written yet becomes known by it. Throws
 * `Refused` with the reason; nothing is written then.
 */
export async function setCustomer(
  unit: Unit,
  address: EmailAddress,
  change: CustomerChange,
  by: By,
): Promise<Regrouped> {
  const { tx, desk } = unit;
  mustBeOutside(desk, address);
  mustBeOrganization(desk, change.organization);
  if (!(await personAt(tx, address))) await addressId(tx, { name: change.name ?? "", address }, unit.now);
  const person = await known(unit, address);
  for (const more of change.addresses) {
    mustBeOutside(desk, more);
    const owner = await personAt(tx, more);
    if (owner && owner.id !== person.id)
      throw new Refused(
        `${more} is ${owner.name || "somebody else"}'s; join the two: customer merge ${address} ${more}`,
      );
  }
  const fresh = change.addresses.filter((more) => !person.addresses.includes(more));
  for (const more of new Set(fresh)) await addAddress(tx, person.id, more);
  await changePerson(tx, person.id, change);
  return await regrouped(unit, address, by);
}

async function known({ tx }: Unit, address: EmailAddress): Promise<PersonRow> {
  const person = await personAt(tx, address);
  if (!person)
    throw new Refused(`nobody is known by ${address}; people become known when they write`, { missing: true });
  return person;
}

function mustBeOutside(desk: Desk, address: EmailAddress): void {
  if (mayTakePart(address, desk)) return;
  throw new Refused(`${address} is an agent's or the desk's own, and nobody's customer`);
}

function mustBeOrganization(desk: Desk, key: string | null | undefined): void {
  if (key === undefined || key === null || key === NO_ORGANIZATION || desk.organizations[key]?.active) return;
  const there = Object.values(desk.organizations).filter(({ active }) => active);
  const names = there.map((one) => one.key).join(", ") || "none yet; describe it under organizations in the desk file";
  throw new Refused(`there is no organization "${key}"; there are: ${names}`);
}

/** The tickets of all of the person's addresses belong where the person belongs. */
async function regrouped(unit: Unit, address: EmailAddress, { actor, cause }: By): Promise<Regrouped> {
  const { tx, desk, now } = unit;
  const own = await personOrganization(tx, address);
  let tickets = 0;
  for (const id of await ticketsOfCustomer(tx, await addressesOf(tx, address))) {
    const ticket = await lockTicket(tx, id);
    const to = organizationOf(desk, ticket.customer.address, own);
    if (ticket.organization === to) continue;
    await touchTicket(tx, id, { organization: to });
    const event = { name: "set-organization", actor, cause, old: ticket.organization, new: to };
    await insertEvent(tx, id, event, now);
    tickets += 1;
  }
  return { person: (await personAt(tx, address))!, tickets };
}
