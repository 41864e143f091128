/** A rule's note: in the thread for agents, never in a mail to a customer. */
import { insertEntry } from "../db/entry.ts";
import { insertEvent } from "../db/event.ts";
import type { Effect } from "../desk/types.ts";
import type { Deed, Done } from "./effects-deed.ts";
import { ruleName, ruleText } from "./effects-text.ts";

export async function addNote(deed: Deed, { text }: Extract<Effect, { action: "note" }>): Promise<Done> {
  const { unit, ticket, cause } = deed;
  const note = {
    ticketId: ticket.id,
    kind: "note",
    inboundId: null,
    authorKind: "postern",
    authorAddress: ticket.supportAddress,
    authorName: `Rule "${ruleName(cause)}"`,
    agentId: null,
    text: ruleText(deed, "note", text),
  } as const;
  const entryId = await insertEntry(unit.tx, note, unit.now);
  const event = { name: "note added", actor: { kind: "postern" }, cause, new: `entry ${entryId}` } as const;
  await insertEvent(unit.tx, ticket.id, event, unit.now);
  return { did: `entry ${entryId}` };
}
