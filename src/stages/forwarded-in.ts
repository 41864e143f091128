/** A customer's mail that an agent forwards to the desk. */
import type { InboundRow } from "../db/inbound.ts";
import type { Verdict } from "../desk/types.ts";
import type { Recording } from "./recording.ts";
import { openTicket } from "./thread.ts";

export async function forwardedIn(
  recording: Recording,
  { because }: Extract<Verdict, { verdict: "forwarded-in" }>,
): Promise<Partial<InboundRow>> {
  return await openTicket(recording, { verdict: "open-ticket", linkedTo: null, because });
}
