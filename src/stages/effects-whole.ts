/** Effects on the ticket as a whole: put aside as spam, or merged into another. effects-fate.ts has decided which before. */
import { applyChanges } from "../db/apply.ts";
import { updateInbound } from "../db/inbound.ts";
import { insertRoute } from "../db/route.ts";
import { ticketById } from "../db/ticket.ts";
import type { CausedChange } from "../desk/types.ts";
import type { Deed, Done } from "./effects-deed.ts";
import { whyNotMerge, whyNotSpam } from "./effects-fate.ts";
import { EffectProblem, ruleName } from "./effects-text.ts";
import { mergeTickets } from "./merge.ts";

const POSTERN = { kind: "postern" } as const;

/** The message is quarantined, the ticket closed; what was read in it is kept, for `postern inbound accept`. */
export async function setSpam(deed: Deed): Promise<Done> {
  const { unit, ticket, entry, cause, fate } = deed;
  if (fate.fate !== "spam") throw new EffectProblem((await whyNotSpam(unit, ticket)) ?? "it is no spam");
  const changes: CausedChange[] = [
    { change: { change: "set-spam", to: true }, cause },
    { change: { change: "set-status", to: "closed" }, cause },
  ];
  const changed = await applyChanges(unit.tx, ticket.id, changes, POSTERN, unit.ids, unit.now);
  if (entry?.inbound_id)
    await updateInbound(unit.tx, entry.inbound_id, {
      state: "quarantined",
      verdict: "quarantine",
      reason: `rule "${ruleName(cause)}" says that it is spam`,
    });
  return { did: "put aside as spam", ticket: changed };
}

/** The ticket's message becomes one more of an older ticket's, and is routed there like any answer of the customer's. */
export async function mergeTicket(deed: Deed): Promise<Done> {
  const { unit, row, ticket, message, entry, cause, fate } = deed;
  if (fate.fate !== "merged") {
    const none = "there is no open ticket of the customer with this subject that is new enough";
    return { did: `left out: ${whyNotMerge(message) ?? none}` };
  }
  const { status } = (await ticketById(unit.tx, fate.into))!;
  // Refused: somebody was faster. The row is tried again then, and sees what became of the other ticket.
  const into = await mergeTickets(unit, {
    from: ticket.id,
    into: fate.into,
    actor: POSTERN,
    cause,
    routeInHand: row.id,
    customerOnly: true,
  });
  if (!entry) return { did: `into ${into.publicNumber}`, ticket: into };
  const reply = { ticketId: into.id, entryId: entry.id, trigger: "customer_replied" } as const;
  const id = await insertRoute(unit.tx, { ...reply, reopened: status !== "open" }, unit.now);
  unit.bells.push({ queue: "route", id });
  return { did: `into ${into.publicNumber}, whose rules look at it as a reply`, ticket: into };
}
