/** An agent's reply that may not leave: it is held as it is, and the agent is told why and what to answer. */
import { insertEvent } from "../db/event.ts";
import type { InboundRow } from "../db/inbound.ts";
import type { Acting } from "./acting.ts";
import type { Ask } from "./ask.ts";
import { type Asked, heldRow, keptOf } from "./held-asked.ts";
import { type HeldReply, mailQuestion } from "./held-question.ts";

export type Stop =
  { readonly line: string; readonly why: string; readonly suggestion?: string } | { readonly because: string };

/** Holds the message. A stop at a line can be answered; other stops need a new reply. */
export async function stopReply(acting: Acting, stop: Stop): Promise<Partial<InboundRow>> {
  const atLine = "line" in stop;
  const why = atLine ? `"${stop.line}": ${stop.why}` : stop.because;
  const said = keptOf(acting.recording.said);
  // Not what else a reading has: the text is the message's own.
  const asked = atLine
    ? { line: stop.line, why: stop.why, suggestion: stop.suggestion, said }
    : { because: stop.because, said };
  await ask(acting, asked, `nothing was sent: ${why}`);
  return heldRow(atLine ? "command" : "nothing-new", `not sent: ${why}`, asked);
}

/** Holds the message until the agent has agreed to what it would do. `newer`: an entry that they have to see first. */
export async function askAgent(
  acting: Acting,
  { key, message }: Pick<Ask, "key" | "message">,
  newer?: number,
): Promise<Partial<InboundRow>> {
  const asked = { key, question: message, newer, said: keptOf(acting.recording.said) };
  await ask(acting, asked, `waits for #confirm: ${message}`);
  return heldRow("ask", `asked: ${message}`, asked);
}

async function ask(acting: Acting, asked: HeldReply["asked"] & Asked, detail: string): Promise<void> {
  const { recording, ticket, agent, actor } = acting;
  const { unit, inbound, message } = recording;
  await mailQuestion(unit, { inboundId: inbound.id, ticket, agent, message, asked });
  const cause = { kind: "message", detail: `inbound ${inbound.id}` } as const;
  await insertEvent(unit.tx, ticket.id, { name: "reply held", actor, cause, detail }, unit.now);
}
