/** Whose ticket it is, and who may follow it: the customer behind a form's Reply-To, and watchers. */
import { applyChanges } from "../db/apply.ts";
import { ourAddresses } from "../db/desk.ts";
import { dropParticipant } from "../db/merge.ts";
import { personOrganization } from "../db/people.ts";
import { touchTicket } from "../db/ticket.ts";
import { organizationOf } from "../desk/organization.ts";
import type { CausedChange, Desk, Ticket } from "../desk/types.ts";
import { stripPlus } from "../mail/address.ts";
import type { EmailAddress, InboundMessage, NamedAddress } from "../mail/types.ts";
import type { Deed, Done } from "./effects-deed.ts";
import { EffectProblem } from "./effects-text.ts";

/** The customer is who stands in Reply-To. The sender, a form or a colleague, takes no part in the ticket by it. */
export async function changeCustomer(deed: Deed): Promise<Done> {
  const { unit, ticket, message, cause } = deed;
  const to = personInReplyTo(message, unit.desk);
  if (to.address === ticket.customer.address) return { did: `the customer is ${to.address} already` };
  const change: CausedChange = { change: { change: "set-customer", to }, cause };
  const changed = await applyChanges(unit.tx, ticket.id, [change], { kind: "postern" }, unit.ids, unit.now);
  const organization = organizationOf(unit.desk, to.address, await personOrganization(unit.tx, to.address));
  await touchTicket(unit.tx, ticket.id, { organization });
  // A form may have them in Cc as well: nobody is written to as two people.
  await dropParticipant(unit.tx, ticket.id, to.address);
  const participants = changed.participants.filter(({ address }) => address !== to.address);
  return { did: `${ticket.customer.address} -> ${to.address}`, ticket: { ...changed, organization, participants } };
}

export function personInReplyTo(message: InboundMessage | undefined, desk: Desk): NamedAddress {
  if (!message) throw new EffectProblem("there is no message whose Reply-To could be looked at");
  const others = message.replyTo.filter(({ address }) => address !== message.from?.address && isForeign(address, desk));
  const [one, ...more] = [...new Map(others.map((who) => [who.address, who])).values()];
  if (!one) throw new EffectProblem("Reply-To names nobody outside the desk but the sender");
  if (more.length > 0) throw new EffectProblem("Reply-To names more than one person");
  return one;
}

/** Neither an address of the desk's nor an agent's. */
function isForeign(address: EmailAddress, desk: Desk): boolean {
  const own = new Set<string>([...ourAddresses(desk), ...Object.values(desk.agents).flatMap(({ emails }) => emails)]);
  return !own.has(address) && !own.has(stripPlus(address));
}

/**
 * The message as an automatic answer to it is judged. Where a rule has said that Reply-To names the customer, the answer goes
 * there: that nobody reads the form's own address is no reason against it.
 */
export function answerable(message: InboundMessage, ticket: Pick<Ticket, "customer">, desk: Desk): InboundMessage {
  const { customer } = ticket;
  const named = message.replyTo.some(({ address }) => address === customer.address);
  const stands = message.from !== undefined && message.from.address !== customer.address && named;
  return stands && isForeign(customer.address, desk) ? { ...message, from: customer } : message;
}

/** Nobody watches their own ticket: watchers read the notes. Drops such changes. */
export function withoutOwnWatchers(
  ticket: Pick<Ticket, "customer" | "participants">,
  changes: readonly CausedChange[],
): readonly CausedChange[] {
  const people = new Set<string>([ticket.customer, ...ticket.participants].map(({ address }) => address));
  return changes.filter(({ change }) => change.change !== "watch" || !people.has(change.who));
}
