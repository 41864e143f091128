/** An agent's new mail whose first lines are commands, or an answer to a list. */
import type { InboundRow } from "../db/inbound.ts";
import type { Verdict } from "../desk/types.ts";
import type { Recording } from "./recording.ts";
import { openTicket } from "./thread.ts";

export async function commandMail(
  recording: Recording,
  { because }: Extract<Verdict, { verdict: "command-mail" }>,
): Promise<Partial<InboundRow>> {
  return await openTicket(recording, { verdict: "open-ticket", linkedTo: null, because });
}
