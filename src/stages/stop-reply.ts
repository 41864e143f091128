/** An agent's reply that may not leave: it is held as it is, and the agent is told why and what to answer. */
import { insertEvent } from "../db/event.ts";
import type { InboundRow } from "../db/inbound.ts";
import { notSent } from "../desk/notices/notice.ts";
import type { PreparedAnswer } from "../desk/notices/notice-facts.ts";
import type { Acting } from "./acting.ts";
import type { Ask } from "./ask.ts";
import { newWords } from "./reading.ts";
import { mailAgent } from "./tell.ts";

export type Stop =
  { readonly line: string; readonly why: string; readonly suggestion?: string } | { readonly because: string };

const ANSWERS: readonly PreparedAnswer[] = [
  {
    type: "#confirm",
    meaning: "everything below is text: the customer gets it as it stands, and no command is carried out",
  },
];

/** Holds the message. A stop at a line can be confirmed by an answer; other stops need a new reply. */
export async function stopReply(
  { recording: { unit, inbound, message }, ticket, agent, actor }: Acting,
  stop: Stop,
): Promise<Partial<InboundRow>> {
  const reader = { agent, address: agent.emails[0]!, name: agent.name };
  const text = newWords(message);
  const why = "line" in stop ? `"${stop.line}": ${stop.why}` : stop.because;
  // A mail of nothing but commands is no text that somebody could want to send.
  const onlyCommands = text.split("\n").every((line) => /^\s*(?:[#\uff03].*)?$/.test(line));
  const answers = onlyCommands ? [] : ANSWERS;
  const mail = {
    kind: "receipt",
    cause: `inbound ${inbound.id}`,
    inboundId: inbound.id,
    tokenMode: "line" in stop && !onlyCommands ? "confirm" : "act",
  } as const;
  await mailAgent(unit, ticket, reader, mail, (facts) =>
    "line" in stop
      ? notSent({ ...facts, text, line: stop.line, why: stop.why, suggestion: stop.suggestion, answers })
      : notSent({ ...facts, text, because: stop.because }),
  );
  await insertEvent(
    unit.tx,
    ticket.id,
    {
      name: "reply held",
      actor,
      cause: { kind: "message", detail: `inbound ${inbound.id}` },
      detail: `nothing was sent: ${why}`,
    },
    unit.now,
  );
  return {
    state: "held",
    hold_reason: "line" in stop ? "command" : "nothing-new",
    verdict: "hold",
    reason: `not sent: ${why}`,
  };
}

/** Holds the message until the agent has agreed to what it would do. */
export async function askAgent(acting: Acting, { message }: Ask): Promise<Partial<InboundRow>> {
  return await stopReply(acting, { because: message });
}
