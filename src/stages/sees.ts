/** May this agent read this ticket? As desk/sight.ts says it, and by all addresses of the people whose ticket it is. */
import { addressesOf } from "../db/people.ts";
import { partIn } from "../desk/part-in.ts";
import { maySee, sightOf } from "../desk/sight.ts";
import type { Agent, Ticket } from "../desk/types.ts";
import type { Unit } from "./stage.ts";

/** Nobody reads a ticket in which they are the customer: there may be notes about them. */
export async function isTheirs({ tx }: Pick<Unit, "tx">, { emails }: Agent, ticket: Ticket): Promise<boolean> {
  for (const address of emails) if (partIn(ticket, await addressesOf(tx, address)) !== undefined) return true;
  return false;
}

export async function sees(unit: Pick<Unit, "tx">, agent: Agent, ticket: Ticket): Promise<boolean> {
  return maySee(sightOf(agent), ticket) && !(await isTheirs(unit, agent, ticket));
}
