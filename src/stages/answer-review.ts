/**
 * What a reviewer answers about a trainee's reply: `#send`, `#note` with words for the trainee, or words of their own that go
 * out instead. Whatever leaves is checked as any agent's words are.
 */
import { insertEvent } from "../db/event.ts";
import { updateInbound } from "../db/inbound.ts";
import { knownNames } from "../desk/commands/command-argument.ts";
import { may } from "../desk/permission.ts";
import type { Agent } from "../desk/types.ts";
import type { Acting } from "./acting.ts";
import { GOES_OUT, recordAgain } from "./answer-confirm.ts";
import type { Answered, Answering } from "./answering.ts";
import { notUnderstood } from "./answering.ts";
import { askedOf } from "./held-asked.ts";
import { commandsDiffer, doubtOfReply } from "./reading.ts";
import { type HeldAnswer, tellTrainee, whatWouldBeSent } from "./review.ts";
import { secretsOf, whatRepeats } from "./secrets.ts";
import { filesToSend } from "./sent-files.ts";

const INSTEAD = "#send, with #note and your words to the trainee, or with nothing but the words that go out instead,";

type Reviewing = Answering & { readonly waiting: HeldAnswer };

export async function answerReview(answering: Answering): Promise<Answered> {
  const { agent, reading } = answering;
  const waiting = heldAnswer(answering);
  if (!waiting)
    return { command: "your answer", result: "who wrote it is no longer an agent; nothing was done", done: false };
  if (!may(agent.role, "review") || agent.key === waiting.trainee.key)
    return { command: "your answer", result: `not done: a ${agent.role} does not review answers`, done: false };
  const reviewing = { ...answering, waiting };
  if (reading.kind === "stop") return notUnderstood(reading, INSTEAD);
  const names = new Set(reading.commands.map(({ name }) => name));
  const hasText = reading.body.trim() !== "";
  if (names.size === 0 && hasText) return await sendInstead(reviewing, reading.body.trim());
  if (names.size === 1 && names.has("send") && !hasText) return await send(reviewing);
  if (names.size === 1 && names.has("note") && hasText) return await giveBack(reviewing, reading.body.trim());
  return notUnderstood(reading, INSTEAD);
}

function heldAnswer({ recording: { unit }, held, message, ticket }: Answering): HeldAnswer | undefined {
  const trainee = held.agent_id === null ? undefined : unit.desk.agents[unit.ids.agent.key(held.agent_id)];
  if (!trainee?.active || !message || !ticket) return undefined;
  return { inboundId: held.id, ticket, trainee, message, asText: askedOf(held)?.said?.confirmed === true };
}

async function send(reviewing: Reviewing): Promise<Answered> {
  const { agent, waiting } = reviewing;
  await say(reviewing, "reply approved", "#send", `approved by ${agent.name}`);
  const outcome = `${agent.name} has read your answer, and it goes out as you wrote it`;
  return await passOn(reviewing, waiting, { by: agent.key }, {}, { outcome });
}

/** The trainee's commands stay, without a prepared text, which the reviewer has seen as a part of the answer. */
async function sendInstead(reviewing: Reviewing, text: string): Promise<Answered> {
  const { agent, waiting, recording } = reviewing;
  const doubt = await doubtOf(reviewing, text);
  if (doubt) return { command: "your text", result: `not sent: ${doubt}`, done: false };
  const { commands } = whatWouldBeSent(recording.unit, waiting);
  const kept = commands.filter((line) => !/[#\uff03]\s?canned\b/i.test(line));
  const replyText = [...kept, ...(kept.length > 0 ? [""] : []), text].join("\n");
  await say(reviewing, "reply approved", "text", `approved by ${agent.name}, text by ${agent.name}`);
  const outcome = `${agent.name} has read your answer, and it goes out in these words`;
  const answered = await passOn(
    reviewing,
    waiting,
    { by: agent.key, text },
    { replyText, html: undefined },
    { outcome, said: text },
  );
  const left = filesToSend(recording.message).length;
  const files = left > 0 ? `; the ${left === 1 ? "file" : "files"} of your answer did not go with it` : "";
  return { ...answered, command: "your text", result: answered.result && `${answered.result}${files}` };
}

async function passOn(
  reviewing: Reviewing,
  waiting: HeldAnswer,
  reviewed: { readonly by: string; readonly text?: string },
  change: Parameters<typeof recordAgain>[2],
  news: { readonly outcome: string; readonly said?: string },
): Promise<Answered> {
  const answered = await recordAgain(reviewing, { ...askedOf(reviewing.held)?.said, reviewed }, change);
  const { unit, inbound } = reviewing.recording;
  if (answered.result?.startsWith("confirmed: ")) {
    const cause = `review by inbound ${inbound.id}`;
    await tellTrainee(unit, waiting, { heading: "Sent", cause, ...news });
    const done = answered.result.slice("confirmed: ".length);
    return { ...answered, result: `sent for ${waiting.trainee.name}${done === GOES_OUT ? "" : `: ${done}`}` };
  }
  // Something else is in the way, which the trainee has been asked about.
  const { trainee } = waiting;
  return {
    ...answered,
    result: answered.result ?? `you have approved it; ${trainee.name} is asked about something else first`,
  };
}

/** Nothing is sent: the trainee gets the words, and writes anew. */
async function giveBack(reviewing: Reviewing, words: string): Promise<Answered> {
  const { agent, waiting, held, recording } = reviewing;
  const { unit, inbound } = recording;
  await say(reviewing, "reply given back", "#note", `${agent.name} has given it back`);
  await updateInbound(unit.tx, held.id, {
    state: "recorded",
    hold_reason: null,
    recorded_at: unit.now,
    reason: `${held.reason}; given back by ${agent.key} in inbound ${inbound.id}, nothing was sent`,
  });
  const outcome = `${agent.name} has read your answer and nothing was sent. Write anew in answer to this mail; this is what ${agent.name} says`;
  const cause = `review by inbound ${inbound.id}`;
  await tellTrainee(unit, waiting, { heading: "NOT SENT", outcome, said: words, cause });
  return { command: "#note", result: `${waiting.trainee.name} has your words; nothing was sent`, done: true };
}

/** Why these words may not leave: what holds for any reply, looked at in the mail that holds them. */
async function doubtOf({ recording, agent, waiting }: Reviewing, text: string): Promise<string | undefined> {
  const { message, unit } = recording;
  const actor = { kind: "agent", agent: agent.key } as const;
  const acting: Acting = { recording, ticket: waiting.ticket, agent, actor, because: "" };
  return (
    doubtOfReply(message, text, [], unit.desk) ??
    commandsDiffer(message, knownNames(unit.desk, { agent, now: unit.now })) ??
    whatRepeats(text, await secretsOf(acting))
  );
}

async function say(
  { recording, agent, held, waiting }: Reviewing & { readonly agent: Agent },
  name: string,
  what: string,
  detail: string,
): Promise<void> {
  const { unit, inbound } = recording;
  const actor = { kind: "agent", agent: agent.key } as const;
  const cause = { kind: "command", detail: `${what} in inbound ${inbound.id}` } as const;
  await insertEvent(unit.tx, waiting.ticket.id, { name, actor, cause, new: `inbound ${held.id}`, detail }, unit.now);
}
