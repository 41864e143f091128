/** Answers to an agent's questions: lists, threads, figures, help. Nothing is changed by them. */
import type { InboundRow } from "../db/inbound.ts";
import type { QueryCommand } from "../desk/commands/command-plan.ts";
import type { Agent, Ticket } from "../desk/types.ts";
import { tellHelp } from "./receipt.ts";
import { Refused } from "./refused.ts";
import type { Unit } from "./stage.ts";

/** Who asks, and about which ticket; undefined in a new mail to the desk. */
export type Asked = {
  readonly agent: Agent;
  readonly inbound: InboundRow;
  readonly ticket: Ticket | undefined;
};

export async function answerQuery(unit: Unit, asked: Asked, command: QueryCommand): Promise<void> {
  if (command.name === "help" && asked.ticket)
    return await tellHelp(unit, { ticketId: asked.ticket.id, agent: asked.agent, inbound: asked.inbound });
  throw new Refused(`#${command.name} is not known`);
}
