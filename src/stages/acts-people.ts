/** `#cc`: somebody takes part from now on. Who would read more than before is added only when the agent has agreed (I6). */
import { insertEvent } from "../db/event.ts";
import { lastEntryId } from "../db/entry.ts";
import { addressesOf } from "../db/people.ts";
import { addParticipant } from "../db/ticket.ts";
import { partIn } from "../desk/part-in.ts";
import type { Person } from "../desk/types.ts";
import { sameOrganizationDomain } from "../mail/address.ts";
import type { ActDone, Acting } from "./acting.ts";
import { mustAgree } from "./ask.ts";
import { Refused } from "./refused.ts";
import { mayTakePart, MOST_PARTICIPANTS } from "./take-part.ts";

export async function addToTicket({ recording, ticket, actor }: Acting, person: Person): Promise<ActDone> {
  const { tx, desk, now } = recording.unit;
  const { address } = person;
  if (!mayTakePart(address, desk))
    throw new Refused(`${address} is an address of this desk or of an agent; #watch NAME tells an agent of everything`);
  if (partIn(ticket, await addressesOf(tx, address))) return { result: `${address} takes part already`, undo: [] };
  if (ticket.participants.length >= MOST_PARTICIPANTS)
    throw new Refused(`${ticket.publicNumber} has ${ticket.participants.length} participants, which is the most`);
  if (!sameOrganizationDomain(address, ticket.customer.address))
    mustAgree(recording, `cc ${address}`, `from now on ${address} will read every answer in ${ticket.publicNumber}`);
  await addParticipant(tx, ticket.id, person, now);
  const cause = { kind: "command", detail: "#cc" } as const;
  await insertEvent(tx, ticket.id, { name: "takes part", actor, cause, new: address }, now);
  return {
    result: `${address} takes part from now on`,
    undo: [{ undo: "leave", address, lastEntry: await lastEntryId(tx, ticket.id) }],
  };
}
