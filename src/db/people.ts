/** People and their addresses. An address belongs to one person, a person may have several. */
import type { EmailAddress, NamedAddress } from "../mail/types.ts";
import type { Db } from "./connect.ts";

/** The id of an address; a new one comes with a new person. */
export async function addressId(tx: Db, who: NamedAddress, now: number): Promise<number> {
  const known = await tx("address").where({ address: who.address }).first("id");
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
