/** Who may stand among the participants of a ticket, whose addresses all of them see. */
import { ourAddresses } from "../db/desk.ts";
import type { Desk } from "../desk/types.ts";
import { stripPlus } from "../mail/address.ts";
import type { EmailAddress } from "../mail/types.ts";

/** At most this many take part in a ticket beside its customer. */
export const MOST_PARTICIPANTS = 10;

/** Our own addresses and agents' never do: a reply would come back to us, or show an agent's address to a customer. */
export function mayTakePart(address: EmailAddress, desk: Desk): boolean {
  const excluded = new Set<string>([
    ...ourAddresses(desk),
    ...desk.formSenders,
    ...Object.values(desk.agents).flatMap(({ emails }) => emails),
  ]);
  return !excluded.has(address) && !excluded.has(stripPlus(address));
}
