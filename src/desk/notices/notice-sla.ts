/**
 * Mail about time that is short or has run out: the ticket's news with what the SLA plan says of it. One mail tells a reader
 * everything that became true of a ticket at once.
 */
import type { OutboundMessage } from "../../mail/types.ts";
import { agentNotice } from "./notice.ts";
import type { NoticeFacts } from "./notice-facts.ts";
import { clockOf } from "./notice-text.ts";
import { timeAndDay } from "./notice-words.ts";
import type { SlaMoment } from "../sla/sla-agenda.ts";
import { CLOCK_WORDS } from "../sla/sla-words.ts";

/** A warning, a breach or an escalation in a sentence; `plan` is the key of the plan that counted then, null for a time set by hand. */
export type SlaLineFacts = Pick<SlaMoment, "clock" | "dueAt"> & {
  readonly plan: string | null;
  /** What an escalation did: `priority high, given to Ann Lee`. */
  readonly done?: string;
};

/** In the reader's time zone, and in English like everything that agents are told. Of a clock, what came last. */
export function slaSentences(lines: readonly SlaLineFacts[], timeZone: string, now: number): string {
  const time = (at: number) => timeAndDay(at, now, { timeZone, locale: "en-GB" });
  const due = new Map<SlaLineFacts["clock"], string>();
  for (const { clock, dueAt, plan } of lines) {
    const what = dueAt <= now ? `is overdue since ${time(dueAt)}` : `is due at ${time(dueAt)}`;
    due.set(clock, `The ${CLOCK_WORDS[clock]} ${what} (${plan === null ? "set by hand" : `plan ${plan}`}).`);
  }
  const done = lines.flatMap((line) => (line.done === undefined ? [] : [line.done]));
  return [...due.values(), ...(done.length === 0 ? [] : [`Escalated: ${done.join("; ")}.`])].join(" ");
}

/** To one reader. "Overdue" and marked important once anything of it is past its time. */
export function slaNotice(facts: NoticeFacts, lines: readonly SlaLineFacts[]): OutboundMessage {
  const { now } = facts;
  const kind = lines.some(({ dueAt }) => dueAt <= now) ? "sla-overdue" : "sla-warning";
  return agentNotice(kind, { ...facts, remark: slaSentences(lines, clockOf(facts).timeZone, now) });
}
