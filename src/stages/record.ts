/** Records a verdict: one transaction, one handler a verdict. */
import { type InboundRow, lockInbound, updateInbound } from "../db/inbound.ts";
import { mailboxById } from "../db/mailbox.ts";
import { decide } from "../desk/intake.ts";
import type { Verdict } from "../desk/types.ts";
import type { InboundMessage } from "../mail/types.ts";
import { answerToHold } from "./answer-to-hold.ts";
import { commandMail } from "./command-mail.ts";
import { loadFacts } from "./facts.ts";
import { forwardedIn } from "./forwarded-in.ts";
import { holdMessage } from "./hold.ts";
import { replyOrConfirm } from "./kept-note.ts";
import { watchTokens } from "./misuse.ts";
import { recordReport } from "./report.ts";
import type { Recording, Said } from "./recording.ts";
import type { Unit } from "./stage.ts";
import { addFollowUp, openTicket } from "./thread.ts";

type Recorder<V extends Verdict["verdict"]> = (
  recording: Recording,
  verdict: Extract<Verdict, { verdict: V }>,
) => Promise<Partial<InboundRow>>;

const RECORDERS: { [V in Verdict["verdict"]]: Recorder<V> } = {
  "open-ticket": openTicket,
  "follow-up": addFollowUp,
  "agent-reply": replyOrConfirm,
  "answer-to-hold": answerToHold,
  "command-mail": commandMail,
  "forwarded-in": forwardedIn,
  "record-report": recordReport,
  duplicate: async (_recording, { of }) => ({ state: "duplicate", duplicate_of: of }),
  hold: holdMessage,
  quarantine: async () => ({ state: "quarantined" }),
};

/** Judges a message and records it. A row that is not waiting any more is left alone (another process was faster). */
export async function record(
  unit: Unit,
  inboundId: number,
  message: InboundMessage,
  said: Said = {},
): Promise<Verdict | undefined> {
  const inbound = await lockInbound(unit.tx, inboundId);
  const waiting = inbound?.state === "stored" || (inbound?.state === "held" && Object.keys(said).length > 0);
  if (!inbound || !waiting) return undefined;
  const mailbox = (await mailboxById(unit.tx, inbound.mailbox_id)).name;
  const facts = await loadFacts(unit, inbound, message, { proven: said.proven === true });
  const verdict = overrule(decide(message, facts), inbound, said);
  const handler = RECORDERS[verdict.verdict] as Recorder<Verdict["verdict"]>;
  const recording: Recording = { unit, inbound, message, mailbox, said, again: record, token: facts.token };
  const change = await handler(recording, verdict as never);
  await watchTokens(recording, facts, verdict);
  const awaited = change.state === "held" || unit.bells.some(({ queue }) => queue === "route");
  // The HTML of an agent's held reply is compared with its text again when the agent has confirmed it.
  const html = change.state === "held" && change.agent_id ? message.html : undefined;
  const kept = { decided: awaited ? JSON.stringify({ ...message, html }) : null };
  await updateInbound(unit.tx, inbound.id, {
    ...describe(message),
    state: "recorded",
    hold_reason: null,
    verdict: verdict.verdict,
    reason: verdict.because,
    recorded_at: unit.now,
    ...kept,
    ...change,
  });
  unit.afterwards.push(() =>
    unit.stage.log.info(
      {
        inbound: inbound.id,
        verdict: verdict.verdict,
        because: verdict.because,
        ticket: change.ticket_id ?? undefined,
      },
      "message recorded",
    ),
  );
  return verdict;
}

/** A decision about a held message comes before the judgement that held it. */
function overrule(verdict: Verdict, inbound: InboundRow, said: Said): Verdict {
  if (!said.decision) return verdict;
  const by = said.by?.detail ?? "decided by a human";
  if (said.decision === "new" || inbound.ticket_id === null)
    return { verdict: "open-ticket", linkedTo: inbound.ticket_id, because: `${by}: a ticket of its own` };
  const because = `${by}: it belongs to this ticket`;
  return {
    verdict: "follow-up",
    evidence: { strength: 2, ticketId: inbound.ticket_id, because },
    as: "participant",
    reopens: true,
    because,
  };
}

function describe({ messageId, from, subject, nature, auth }: InboundMessage): Partial<InboundRow> {
  return {
    message_id: messageId ?? null,
    from_address: from?.address ?? null,
    subject,
    nature: nature.nature,
    auth: `${auth.result} (${auth.detail})`,
  };
}
