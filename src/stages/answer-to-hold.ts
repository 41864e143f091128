/** An agent's answer to a question of ours: a challenge, a reply that was stopped, or a stranger's held message. */
import { commandsOf } from "../db/command.ts";
import { useToken } from "../db/delivery.ts";
import { storeDesk } from "../db/desk.ts";
import { type InboundRow, lockInbound } from "../db/inbound.ts";
import type { Agent, Verdict } from "../desk/types.ts";
import type { EmailAddress } from "../mail/types.ts";
import { blockHeld, parsedMessage, settleHeld } from "./settle-held.ts";
import type { Recording } from "./recording.ts";
import { firstCommandWord } from "./reading.ts";
import { tellResult } from "./receipt.ts";
import type { Unit } from "./stage.ts";

type Answer = Extract<Verdict, { verdict: "answer-to-hold" }>;

/** What the agent said, and what came of it in a sentence; undefined when the answer was none. */
export async function answerToHold(recording: Recording, verdict: Answer): Promise<Partial<InboundRow>> {
  const { unit, inbound, message } = recording;
  const agent = unit.desk.agents[verdict.agent]!;
  const asked = await lockInbound(unit.tx, verdict.inboundId);
  const word = firstCommandWord(message.replyText);
  const outcome =
    asked?.state === "held"
      ? await carryOut(recording, asked, verdict, agent, word)
      : "this was decided before; nothing was done";
  const said = word ? `#${word}` : "your answer";
  const result =
    outcome ??
    `not understood; nothing was done. Answer with ${verdict.mode === "decide" ? "#accept, #new or #block" : "#confirm"} on the first line`;
  if (outcome !== undefined) await useToken(unit.tx, verdict.deliveryId, unit.now);
  if (asked?.ticket_id)
    await tellResult(unit, { ticketId: asked.ticket_id, agent, inbound, results: [{ command: said, result }] });
  return { ticket_id: asked?.ticket_id ?? null };
}

async function carryOut(
  { unit, again }: Recording,
  asked: InboundRow,
  { mode, inboundId }: Answer,
  agent: Agent,
  word: string | undefined,
): Promise<string | undefined> {
  const cause = { kind: "command", detail: `#${word} by ${agent.key}` } as const;
  const by = { actor: { kind: "agent", agent: agent.key }, cause } as const;
  if (mode === "decide") {
    if (word === "accept" || word === "new") return sentence(await settleHeld(unit, inboundId, word, cause, again));
    return word === "block" ? sentence(await blockHeld(unit, inboundId, by)) : undefined;
  }
  if (word !== "confirm") return undefined;
  const message = parsedMessage(asked);
  if (!message) return undefined;
  const known = asked.hold_reason === "unknown-address" ? await withAlias(unit, agent, message.from!.address) : unit;
  const verdict = await again(
    known,
    inboundId,
    message,
    mode === "prove" ? { proven: true } : { proven: true, confirmed: true },
  );
  const after = await lockInbound(unit.tx, inboundId);
  if (after?.state === "held") return `confirmed, and held again: ${after.reason}`;
  return verdict ? `confirmed: ${await carriedOut(unit, inboundId, verdict)}` : undefined;
}

/** The commands of the mail that was confirmed, each with what came of it; the reason where there were none. */
async function carriedOut({ tx }: Unit, inboundId: number, { because }: Verdict): Promise<string> {
  const commands = await commandsOf(tx, inboundId);
  return commands.length > 0 ? commands.join("; ") : because;
}

/** The agent has said that this address is theirs too: a new version of the desk knows it, and `desk export` shows it. */
async function withAlias(unit: Unit, agent: Agent, address: EmailAddress): Promise<Unit> {
  const grown = { ...agent, emails: [...agent.emails, address] };
  const desk = { ...unit.desk, agents: { ...unit.desk.agents, [agent.key]: grown } };
  const version = await storeDesk(unit.tx, desk, `${agent.key}, by mail`, unit.now);
  return { ...unit, desk: { ...desk, version } };
}

const sentence = (outcome: { done: string } | { refused: string }): string =>
  "done" in outcome ? outcome.done : outcome.refused;
