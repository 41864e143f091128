/**
 * Tokens in the wrong hands: an agent's token that comes from somebody else, and tokens that are made up again and again. Neither
 * acts; the agent concerned and the admins hear of it, once a day each. Where the token alone would suffice it is revoked.
 */
import { insertEvent } from "../db/event.ts";
import { countBadToken } from "../db/bad-token.ts";
import { revokeToken } from "../db/delivery.ts";
import type { IntakeFacts } from "../desk/intake-facts.ts";
import { answerInLines } from "../desk/notices/notice-list.ts";
import { localDay } from "../desk/local-day.ts";
import type { Agent, Verdict } from "../desk/types.ts";
import { deskPlace } from "./desk-place.ts";
import type { Recording } from "./recording.ts";
import { mailAgent } from "./tell.ts";

/** So many made-up tokens within an hour are no accident. */
const MOST_BAD_TOKENS = 5;

type Alert = {
  /** Once a day for each. */
  readonly about: string;
  readonly told: readonly Agent[];
  readonly lines: readonly string[];
};

/** Looks at a message that has been judged, in the transaction that records it. */
export async function watchTokens(recording: Recording, facts: IntakeFacts, verdict: Verdict): Promise<void> {
  // What a human has decided about was looked at when it came.
  const again = Object.keys(recording.said).length > 0;
  if (again || verdict.verdict === "duplicate" || !facts.token || !recording.message.from) return;
  const alert = facts.token.genuine ? await strayToken(recording, facts, verdict) : await madeUpToken(recording, facts);
  if (alert) await send(recording, alert);
}

/** A notification's token that came from its ticket's customer, or from an address that nobody knows. */
async function strayToken(
  { unit, inbound, message }: Recording,
  { token, agent, ticket, policy }: IntakeFacts,
  verdict: Verdict,
): Promise<Alert | undefined> {
  // A colleague answers what was passed on to them; the judgement on that is made, and told, elsewhere.
  if (!token || token.agent === null || agent) return undefined;
  const asked = verdict.verdict === "hold" && verdict.reason === "unknown-address";
  const theirs = verdict.verdict === "follow-up" && (verdict.as === "customer" || verdict.as === "participant");
  if (!asked && !theirs) return undefined;
  if (policy === "token") await revokeToken(unit.tx, token.deliveryId);
  const sender = message.from!.address;
  const became = asked ? "it is held" : "it was taken as theirs, and nothing was carried out";
  const detail = `the token of ${token.agent}'s notification came from ${sender}`;
  if (ticket) {
    const cause = { kind: "message", detail: `inbound ${inbound.id}` } as const;
    await insertEvent(
      unit.tx,
      ticket.id,
      { name: "token misused", actor: { kind: "postern" }, cause, detail },
      unit.now,
    );
  }
  const notified = unit.desk.agents[token.agent];
  const revoked = policy === "token" ? " The token is revoked: answer a newer notification." : "";
  return {
    about: `token of ${token.agent}`,
    // They are asked about an unknown address in a mail of its own.
    told: [...(notified?.active && !asked ? [notified] : []), ...admins(unit.desk.agents)],
    lines: [
      `The token of a notification to ${notified?.name ?? token.agent}${ticket ? ` about ${ticket.publicNumber}` : ""} came from ${sender}.`,
      `Their mail does what any mail of theirs does: ${became}.${revoked}`,
      "A notification that is passed on takes its token along. Whoever has it still cannot act without proof of who they are.",
    ],
  };
}

async function madeUpToken({ unit, message }: Recording, { agent, ticket }: IntakeFacts): Promise<Alert | undefined> {
  const tries = await countBadToken(unit.tx, unit.now);
  if (tries < MOST_BAD_TOKENS) return undefined;
  const where = ticket ? `, the last one about ${ticket.publicNumber}` : "";
  return {
    about: "made-up tokens",
    told: [...(agent ? [agent] : []), ...admins(unit.desk.agents)],
    lines: [
      `${tries} mails within an hour had tokens that were never given out${where}.`,
      `The last one says that it is from ${message.from!.address}. None of them was carried out.`,
    ],
  };
}

const admins = (agents: Readonly<Record<string, Agent>>): Agent[] =>
  Object.values(agents).filter(({ active, role }) => active && role === "admin");

async function send({ unit, inbound }: Recording, { about, told, lines }: Alert): Promise<void> {
  const place = await deskPlace(unit);
  const { dayBegan } = localDay(unit.now, unit.desk.timeZone);
  for (const agent of new Set(told)) {
    const reader = { agent, address: agent.emails[0]!, name: agent.name };
    const mail = { kind: "receipt", cause: `misuse ${about} ${dayBegan}`, inboundId: inbound.id } as const;
    await mailAgent(unit, place, reader, mail, (facts) => answerInLines({ ...facts, title: "Token misused", lines }));
  }
}
