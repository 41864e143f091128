/**
 * What is known of many customers, read a page at a time: a replay asks for each of them under two desks, and a statement
 * each would take longer than deciding. Says the same as db/people.ts.
 */
import type { Db } from "../db/connect.ts";
import { organizationOf } from "../desk/organization.ts";
import type { EmailAddress } from "../desk/types.ts";
import { type People, peopleOf } from "./replay-facts.ts";

type Known = {
  readonly organization: string | null;
  readonly addresses: readonly string[];
  readonly attributes: Readonly<Record<string, string>>;
};

export type KnownPeople = {
  readonly people: People;
  /** Reads what is known of these addresses; who is not among them is asked for when needed. */
  readonly warm: (addresses: readonly string[]) => Promise<void>;
};

/** So many are kept; older ones are asked for again. */
const MOST = 5000;

export function knownPeople(db: Db): KnownPeople {
  const known = new Map<string, Known>();
  const others = peopleOf(db);
  const people: People = async (desk, customer) => {
    const one = known.get(customer.address);
    if (!one) return await others(desk, customer);
    const { addresses, attributes, organization } = one;
    return {
      customer: { ...customer, addresses, attributes },
      organization: organizationOf(desk, customer.address, organization),
    };
  };
  const warm = async (addresses: readonly string[]) => {
    if (known.size > MOST) known.clear();
    const unknown = [...new Set(addresses)].filter((address) => !known.has(address));
    for (const [address, one] of await read(db, unknown)) known.set(address, one);
  };
  return { people, warm };
}

async function read(db: Db, wanted: readonly string[]): Promise<Map<string, Known>> {
  if (wanted.length === 0) return new Map();
  const people: { person_id: number; address: string; organization: string | null }[] = await db("address")
    .join("person", "person.id", "address.person_id")
    .whereIn("address.address", wanted)
    .select("address.person_id", "address.address", "person.organization");
  const ids = [...new Set(people.map(({ person_id: id }) => id))];
  const addresses: { person_id: number; address: EmailAddress }[] = await db("address")
    .whereIn("person_id", ids)
    .orderBy("id")
    .select("person_id", "address");
  const attributes: { person_id: number; name: string; value: string }[] = await db("person_attribute")
    .whereIn("person_id", ids)
    .orderBy("name")
    .select("person_id", "name", "value");
  const addressesOf = Map.groupBy(addresses, ({ person_id: id }) => id);
  const attributesOf = Map.groupBy(attributes, ({ person_id: id }) => id);
  return new Map(
    people.map(({ person_id: id, address, organization }) => [
      address,
      {
        organization,
        addresses: (addressesOf.get(id) ?? []).map((row) => row.address),
        attributes: Object.fromEntries((attributesOf.get(id) ?? []).map(({ name, value }) => [name, value])),
      },
    ]),
  );
}
