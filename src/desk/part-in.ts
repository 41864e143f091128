/**
 * What somebody is in a ticket, by all addresses of the person: whoever writes from another address of theirs is the same
 * customer. Mail still goes to the ticket's own address of the customer only: that one has asked for it (I6).
 */
import type { Ticket } from "./types.ts";

/** Customer before participant; undefined for everybody else. */
export function partIn(
  { customer, participants }: Pick<Ticket, "customer" | "participants">,
  addresses: readonly string[],
): "customer" | "participant" | undefined {
  if (addresses.includes(customer.address)) return "customer";
  return participants.some(({ address }) => addresses.includes(address)) ? "participant" : undefined;
}
