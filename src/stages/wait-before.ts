/** Why a reply that could leave waits for somebody first: a reviewer, or the agent, who has not seen the newest message. */
import type { InboundRow } from "../db/inbound.ts";
import type { CommandPlan } from "../desk/commands/command-plan.ts";
import type { Acting } from "./acting.ts";
import { newerThanAnswered } from "./newer-message.ts";
import { holdForReview } from "./review.ts";
import { askAgent } from "./stop-reply.ts";

/** The row of the held message; undefined when nothing stands in the way. */
export async function waitBefore(acting: Acting, plan: CommandPlan): Promise<Partial<InboundRow> | undefined> {
  if (plan.reply === undefined) return undefined;
  const { said, unit } = acting.recording;
  if (acting.agent.role === "trainee" && !said.reviewed) return await holdForReview(acting);
  return unit.desk.defaults.newerMessage === "ask" ? await askAboutNewer(acting) : undefined;
}

/** Agreed to for one newer message, and not for the one after it. */
async function askAboutNewer(acting: Acting): Promise<Partial<InboundRow> | undefined> {
  const entry = await newerThanAnswered(acting);
  const key = `newer than ${entry?.id}`;
  if (!entry || acting.recording.said.agreed?.includes(key)) return undefined;
  const who = entry.author_name || entry.author_address;
  return await askAgent(
    acting,
    { key, message: `${who} has written once more since the message that you answered` },
    entry.id,
  );
}
