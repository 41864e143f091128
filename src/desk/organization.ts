/** To which organization an address belongs: what was set for the person, else the domain. Pure. */
import { domainOf } from "../mail/address.ts";
import type { Desk, EmailAddress } from "./types.ts";

/** What a person's own setting says when they belong to no organization, whatever their domain. */
export const NO_ORGANIZATION = "none";

/**
 * The key of the organization, or null. A person's own setting wins as long as the desk knows it; else the organization
 * that lists the address's domain or, of several parent domains, the longest.
 */
export function organizationOf(
  desk: Pick<Desk, "organizations">,
  address: EmailAddress,
  personOrganization: string | null | undefined,
): string | null {
  if (personOrganization === NO_ORGANIZATION) return null;
  if (personOrganization && desk.organizations[personOrganization]?.active) return personOrganization;
  const domain = domainOf(address);
  const listed = Object.values(desk.organizations)
    .filter(({ active }) => active)
    .flatMap(({ key, domains }) => domains.map((one) => ({ key, domain: one })))
    .filter((one) => domain === one.domain || domain.endsWith(`.${one.domain}`));
  return listed.toSorted((a, b) => b.domain.length - a.domain.length)[0]?.key ?? null;
}
