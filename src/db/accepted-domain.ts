/** Domains from which anybody takes part in a customer's tickets, because an agent has said so (`#accept always`). */
import type { EmailAddress } from "../mail/types.ts";
import type { Db } from "./connect.ts";
import type { Ticket } from "../desk/types.ts";
import { addressesOf, addressId } from "./people.ts";

/** Whether that was said of this domain, for any address of the customer's. */
export async function isAcceptedDomain(db: Db, customer: EmailAddress, domain: string): Promise<boolean> {
  const row = await db("accepted_domain")
    .join("address", "address.id", "accepted_domain.address_id")
    .whereIn("address.address", await addressesOf(db, customer))
    .where({ "accepted_domain.domain": domain })
    .first("accepted_domain.domain");
  return row !== undefined;
}

/** Says it, for the ticket's customer. */
export async function acceptDomain(
  tx: Db,
  { customer }: Pick<Ticket, "customer">,
  domain: string,
  now: number,
): Promise<void> {
  await tx("accepted_domain")
    .insert({ address_id: await addressId(tx, customer, now), domain, accepted_at: now })
    .onConflict(["address_id", "domain"])
    .ignore();
}
