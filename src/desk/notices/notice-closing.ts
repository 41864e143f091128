/**
 * The mail that tells a customer that their ticket will be closed unless they answer. It comes of itself: marked as
 * automatic, and without a word of the sender's but the shortened subject.
 */
import { customerValues } from "./notice.ts";
import type { CustomerFacts } from "./notice-facts.ts";
import { customerMail } from "./notice-frame.ts";
import { dayOf } from "./notice-words.ts";
import type { OutboundMessage } from "../../mail/types.ts";

export type ClosingFacts = CustomerFacts & {
  /** Of the event that says it was written. */
  readonly eventId: number;
  /** When the ticket will be closed, UTC milliseconds. */
  readonly closeAt: number;
};

/** "We close it on 14 December unless you reply." */
export function closingSoon(f: ClosingFacts): OutboundMessage {
  const { ticket, now, desk, templates } = f;
  const clock = { timeZone: desk.timeZone, locale: templates.language === "en" ? "en-GB" : templates.language };
  const { lastAgentAt, lastCustomerAt } = ticket;
  const answered = lastAgentAt !== null && lastAgentAt >= (lastCustomerAt ?? 0);
  const rendered = templates.render("closing-soon", {
    ...customerValues(f),
    answered_on: answered ? dayOf(lastAgentAt, now, clock) : null,
    closes_on: dayOf(f.closeAt, now, clock),
  });
  return customerMail(f, { kind: "closure", id: f.eventId, rendered, automatic: "auto-generated" });
}
