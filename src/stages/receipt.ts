/** Receipts: one line a command, for failures, queries and surprises, and for an agent's first ten command mails. */
import { countCommandRuns } from "../db/command.ts";
import type { InboundRow } from "../db/inbound.ts";
import { lockTicket } from "../db/ticket.ts";
import { helpRows } from "../desk/commands/command-help.ts";
import { commandReceipt, help } from "../desk/notices/notice.ts";
import type { Agent } from "../desk/types.ts";
import type { Unit } from "./stage.ts";
import { mailAgent } from "./tell.ts";

/** An agent who is new to commands sees what each of them did. */
const FIRST_RUNS = 10;

export type Result = { readonly command: string; readonly result: string };
export type Told = {
  readonly ticketId: number;
  readonly agent: Agent;
  readonly inbound: InboundRow;
  readonly results: readonly Result[];
  readonly undoSeconds?: number;
  readonly refused?: boolean;
};

export async function tellResult(
  unit: Unit,
  { ticketId, agent, inbound, results, undoSeconds, refused }: Told,
): Promise<void> {
  const ticket = await lockTicket(unit.tx, ticketId);
  const reader = { agent, address: agent.emails[0]!, name: agent.name };
  await mailAgent(unit, ticket, reader, { kind: "receipt", cause: `inbound ${inbound.id}` }, (facts) =>
    commandReceipt({ ...facts, results, undoSeconds, refused }),
  );
}

/**
 * After commands that went well: as the agent wants it, by default only while they are new to them. Counts the run that is
 * being recorded.
 */
export async function tellNewcomer(unit: Unit, told: Told): Promise<void> {
  const wish = told.agent.notify?.receipts;
  if (told.results.length === 0 || wish === "never") return;
  if (wish === "always") return await tellResult(unit, told);
  if ((await countCommandRuns(unit.tx, unit.ids.agent.id(told.agent.key))) <= FIRST_RUNS) await tellResult(unit, told);
}

export async function tellHelp(unit: Unit, { ticketId, agent, inbound }: Omit<Told, "results">): Promise<void> {
  const ticket = await lockTicket(unit.tx, ticketId);
  const reader = { agent, address: agent.emails[0]!, name: agent.name };
  await mailAgent(unit, ticket, reader, { kind: "receipt", cause: `help for inbound ${inbound.id}` }, (facts) =>
    help({ ...facts, commands: helpRows(agent.role) }),
  );
}
