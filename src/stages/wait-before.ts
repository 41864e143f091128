/** Why a reply that could leave waits for somebody first: a reviewer, or the agent, who has not seen the newest message. */
import type { InboundRow } from "../db/inbound.ts";
import type { CommandPlan } from "../desk/commands/command-plan.ts";
import type { Acting } from "./acting.ts";

/** The row of the held message; undefined when nothing stands in the way. */
export async function waitBefore(_acting: Acting, _plan: CommandPlan): Promise<Partial<InboundRow> | undefined> {
  return undefined;
}
