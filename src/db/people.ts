/** People and their addresses. An address belongs to one person, a person may have several. */
import type { EmailAddress, NamedAddress } from "../mail/types.ts";
import type { CustomerFact } from "../desk/rules/facts.ts";
import type { Ticket } from "../desk/types.ts";
import type { Db } from "./connect.ts";

/** The id of an address; a new one comes with a new person. */
export async function addressId(tx: Db, who: NamedAddress, now: number): Promise<number> {
  const known = await tx("address")
    .join("person", "person.id", "address.person_id")
    .where({ "address.address": who.address })
    .first("address.id", "person.id as person", "person.name");
  // Somebody whom an admin named by address only, before they wrote.
  if (known?.name === "" && who.name !== "") await tx("person").where({ id: known.person }).update({ name: who.name });
  if (known) return known.id;
  const [person] = await tx("person").insert({ name: who.name, created_at: now }).returning("id");
  const rows = await tx("address")
    .insert({ address: who.address, person_id: person.id })
    .onConflict("address")
    .ignore()
    .returning("id");
  if (rows[0]?.id) return rows[0].id;
  await tx("person").where({ id: person.id }).delete();
  return (await tx("address").where({ address: who.address }).first("id")).id;
}

export async function isBlocked(db: Db, address: EmailAddress): Promise<boolean> {
  return Boolean(await db("address").where({ address, blocked: 1 }).first("id"));
}

export async function blockAddress(tx: Db, who: NamedAddress, now: number): Promise<void> {
  const id = await addressId(tx, who, now);
  await tx("address").where({ id }).update({ blocked: 1 });
}

export async function unblockAddress(db: Db, address: string): Promise<boolean> {
  return (await db("address").where({ address, blocked: 1 }).update({ blocked: 0 })) === 1;
}

export async function blockedAddresses(db: Db): Promise<string[]> {
  return await db("address").where({ blocked: 1 }).orderBy("address").pluck("address");
}

export type PersonRow = {
  readonly id: number;
  readonly name: string;
  /** Set by hand: an organization's key, or `none`; null = the domain says it. */
  readonly organization: string | null;
  readonly addresses: readonly EmailAddress[];
  readonly attributes: Readonly<Record<string, string>>;
};

/** The person whose address this is, with everything known of them. */
export async function personAt(db: Db, address: string): Promise<PersonRow | undefined> {
  const row = await db("address")
    .join("person", "person.id", "address.person_id")
    .where({ "address.address": address })
    .first("person.id", "person.name", "person.organization");
  return row ? await withDetails(db, row) : undefined;
}

async function withDetails(db: Db, row: Pick<PersonRow, "id" | "name" | "organization">): Promise<PersonRow> {
  const attributes = await db("person_attribute").where({ person_id: row.id }).orderBy("name").select("name", "value");
  return {
    ...row,
    addresses: await db("address").where({ person_id: row.id }).orderBy("id").pluck("address"),
    attributes: Object.fromEntries(attributes.map(({ name, value }) => [name, value])),
  };
}

/** People who have a ticket, newest ticket first. */
export async function listCustomers(db: Db, limit: number): Promise<(PersonRow & { readonly tickets: number })[]> {
  const rows: (Pick<PersonRow, "id" | "name" | "organization"> & { tickets: number })[] = await db("ticket")
    .join("address", "address.id", "ticket.customer_address_id")
    .join("person", "person.id", "address.person_id")
    .groupBy("person.id", "person.name", "person.organization")
    .orderByRaw("max(ticket.id) desc")
    .limit(limit)
    .select("person.id", "person.name", "person.organization", db.raw("count(*) as tickets"));
  const people: (PersonRow & { tickets: number })[] = [];
  for (const { tickets, ...row } of rows) people.push({ ...(await withDetails(db, row)), tickets: Number(tickets) });
  return people;
}

/** All addresses of the person who has this one, it included; it alone when nobody is known by it. */
export async function addressesOf(db: Db, address: EmailAddress): Promise<readonly EmailAddress[]> {
  const person = await db("address").where({ address }).first("person_id");
  return person ? await db("address").where({ person_id: person.person_id }).orderBy("id").pluck("address") : [address];
}

/** What was set by hand as the organization of the person with this address. */
export async function personOrganization(db: Db, address: EmailAddress): Promise<string | null> {
  const row = await db("address")
    .join("person", "person.id", "address.person_id")
    .where({ "address.address": address })
    .first("person.organization");
  return row?.organization ?? null;
}

/** What rules may ask of a ticket's customer. The name is the one the ticket was written under. */
export async function customerFact(db: Db, { customer }: Pick<Ticket, "customer">): Promise<CustomerFact> {
  const person = await personAt(db, customer.address);
  return {
    ...customer,
    addresses: person?.addresses ?? [customer.address],
    attributes: person?.attributes ?? {},
  };
}

export type PersonChange = {
  readonly name?: string;
  readonly organization?: string | null;
  readonly attributes?: Readonly<Record<string, string>>;
};

/** Writes what was said of a person; an attribute with an empty value goes. */
export async function changePerson(tx: Db, personId: number, change: PersonChange): Promise<void> {
  const columns = {
    ...(change.name === undefined ? {} : { name: change.name }),
    ...(change.organization === undefined ? {} : { organization: change.organization }),
  };
  if (Object.keys(columns).length) await tx("person").where({ id: personId }).update(columns);
  for (const [name, value] of Object.entries(change.attributes ?? {})) {
    const where = { person_id: personId, name };
    if (value === "") await tx("person_attribute").where(where).delete();
    else
      await tx("person_attribute")
        .insert({ ...where, value })
        .onConflict(["person_id", "name"])
        .merge();
  }
}

/** One more address of a person; the caller knows that nobody has it. */
export async function addAddress(tx: Db, personId: number, address: EmailAddress): Promise<void> {
  await tx("address").insert({ address, person_id: personId });
}

/** Two people were one: addresses and attributes of `other` go to `keep`, whose own win; `other` is gone then. */
export async function joinPeople(tx: Db, keep: PersonRow, other: PersonRow): Promise<void> {
  await tx("address").where({ person_id: other.id }).update({ person_id: keep.id });
  await tx("person_attribute").where({ person_id: other.id }).delete();
  await changePerson(tx, keep.id, {
    attributes: { ...other.attributes, ...keep.attributes },
    ...(keep.name === "" && { name: other.name }),
    ...(keep.organization === null && { organization: other.organization }),
  });
  await tx("person").where({ id: other.id }).delete();
}
