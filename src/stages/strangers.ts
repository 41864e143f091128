/** Whether two addresses are of one organization: the desk's, or a domain that is not a freemail provider's. A merge asks. */
import { personOrganization } from "../db/people.ts";
import { organizationOf } from "../desk/organization.ts";
import { sameOrganizationDomain } from "../mail/address.ts";
import type { EmailAddress } from "../mail/types.ts";
import type { Unit } from "./stage.ts";

/** By the domain, or by the organization of the desk that each belongs to. */
export async function belongTogether({ tx, desk }: Unit, one: EmailAddress, other: EmailAddress): Promise<boolean> {
  if (sameOrganizationDomain(one, other)) return true;
  const organization = organizationOf(desk, one, await personOrganization(tx, one));
  return organization !== null && organization === organizationOf(desk, other, await personOrganization(tx, other));
}
