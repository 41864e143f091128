/**
 * Answers to questions about an agent's own mail: `#confirm`, or the line as it should have been. The held mail is recorded
 * again with what was said, and all of what it was checked for is checked anew.
 */
import { commandsOf } from "../db/command.ts";
import { currentDesk, lockDesk, storeDesk } from "../db/desk.ts";
import { lockInbound } from "../db/inbound.ts";
import { withCorrection } from "../desk/commands/correct-line.ts";
import { knownNames } from "../desk/commands/command-argument.ts";
import { COMMANDS } from "../desk/commands/command-table.ts";
import type { CommandReading } from "../desk/commands/command.ts";
import type { Agent, InboundMessage, Verdict } from "../desk/types.ts";
import type { EmailAddress } from "../mail/types.ts";
import type { Answered, Answering } from "./answering.ts";
import { notUnderstood } from "./answering.ts";
import { type Asked, askedOf } from "./held-asked.ts";
import { isOnlyCommands, mailQuestion } from "./held-question.ts";
import { newWords } from "./reading.ts";
import type { Said } from "./recording.ts";
import type { Unit } from "./stage.ts";

type Read = Extract<CommandReading, { kind: "ok" }>;
type AtLine = Extract<Asked, { line: string }>;

/** A message in the agent's name that was not proven: the answer from the registered address is the proof. */
export async function answerProve(answering: Answering): Promise<Answered> {
  const { reading, held } = answering;
  if (!isConfirm(reading)) return notUnderstood(reading, "#confirm");
  return await recordAgain(answering, { ...askedOf(held)?.said });
}

export async function answerConfirm(answering: Answering): Promise<Answered> {
  const { reading, held } = answering;
  const asked = askedOf(held);
  if (isConfirm(reading)) return await confirm(answering, asked);
  if (asked === undefined || !("line" in asked)) return notUnderstood(reading, "#confirm");
  if (reading.kind === "stop") return await askAgain(answering, asked, reading);
  return isCorrection(reading, asked)
    ? await correct(answering, asked, reading)
    : notUnderstood(reading, "#confirm alone, or with the corrected line alone,");
}

const isConfirm = (reading: CommandReading): reading is Read =>
  reading.kind === "ok" && reading.commands.length > 0 && reading.commands.every(({ name }) => name === "confirm");

async function confirm(answering: Answering, asked: Asked | undefined): Promise<Answered> {
  const { message } = answering;
  if (asked && "key" in asked) {
    const agreed = [...(asked.said?.agreed ?? []), asked.key];
    return await recordAgain(answering, { ...asked.said, agreed });
  }
  if (message && isOnlyCommands(newWords(message))) {
    const result = "not done: your mail holds no text that could be sent. Answer with the line as it should be";
    return { command: "#confirm", result, done: false };
  }
  return await recordAgain(answering, { ...asked?.said, confirmed: true });
}

/** Commands alone, or with the words that stood behind the wrong one. */
function isCorrection({ commands, body }: Read, { line }: AtLine): boolean {
  const meant = commands.every(({ name }) => COMMANDS[name].places.includes("ticket") && name !== "confirm");
  return commands.length > 0 && meant && squeezed(line).includes(squeezed(body));
}

const squeezed = (text: string): string => text.replace(/\s+/g, " ").trim();

async function correct(answering: Answering, { line, said }: AtLine, { commands }: Read): Promise<Answered> {
  const { message, agent, recording } = answering;
  const { desk, now } = recording.unit;
  const by = [...new Set(commands.map((command) => command.line))].join("\n");
  const replyText = message && withCorrection(newWords(message), line, by, knownNames(desk, { agent, now }));
  if (replyText !== undefined)
    return withoutEcho(await recordAgain(answering, { ...said, corrected: { line, by } }, { replyText }));
  const result = `"${line}" is not in your mail any more; nothing was done. Write it anew, to the newest mail of this ticket`;
  return { command: by, result, done: false };
}

/** `#priority high: normal -> high`, and not `#priority high: confirmed: #priority high: normal -> high`. */
function withoutEcho(answered: Answered): Answered {
  const [, done] = /^confirmed: (#(?:(?!; #).)*)$/su.exec(answered.result ?? "") ?? [];
  const line = done?.split(": ", 1)[0];
  if (done === undefined || line === undefined || !answered.command.startsWith(line)) return answered;
  return { ...answered, result: done.slice(line.length + 2) };
}

/** The correction is wrong as well: the same question, with that line. */
async function askAgain(
  { recording, agent, held, message, ticket }: Answering,
  { said }: AtLine,
  { line, why, suggestion }: Extract<CommandReading, { kind: "stop" }>,
): Promise<Answered> {
  if (!message || !ticket) return { command: line, result: why, done: false };
  const asked = { line, why, suggestion, said };
  await mailQuestion(
    recording.unit,
    { inboundId: held.id, ticket, agent, message, asked },
    { again: { by: recording.inbound.id } },
  );
  return { command: line, done: false };
}

/** Records the held mail with what was said, as if it had just come. */
export async function recordAgain(
  { recording: { unit, again }, agent, held, message, reading, text }: Answering,
  said: Said,
  change: Partial<Pick<InboundMessage, "replyText" | "html">> = {},
): Promise<Answered> {
  const command = reading.kind === "ok" ? (reading.commands[0]?.line ?? text.slice(0, 40)) : reading.line;
  if (!message) return { command, result: "the message cannot be read any more; nothing was done", done: false };
  const known = held.hold_reason === "unknown-address" ? await withAlias(unit, agent, message.from!.address) : unit;
  const verdict = await again(known, held.id, { ...message, ...change }, { ...said, proven: true });
  const after = await lockInbound(unit.tx, held.id);
  // They have got another question, or the news that it waits for somebody else.
  if (after?.state === "held" && after.asked !== null && after.asked !== held.asked) return { command, done: true };
  if (after?.state === "held") return { command, result: `held again: ${after.reason}`, done: true };
  const result = verdict ? `confirmed: ${await carriedOut(unit, held.id, verdict)}` : "nothing was done";
  return { command, result, done: true };
}

/** What came of a mail of text alone. */
export const GOES_OUT = "the mail goes out as it was written";

/** The commands of the mail that was confirmed, each with what came of it; what became of the mail where there were none. */
async function carriedOut({ tx }: Unit, inboundId: number, { verdict, because }: Verdict): Promise<string> {
  const commands = await commandsOf(tx, inboundId);
  if (commands.length > 0) return commands.join("; ");
  return verdict === "agent-reply" ? GOES_OUT : because;
}

/** The agent has said that this address is theirs too: a new version of the desk knows it, and `desk export` shows it. */
async function withAlias(unit: Unit, { key }: Agent, address: EmailAddress): Promise<Unit> {
  // Read again under the lock: another version may have come since this unit began.
  await lockDesk(unit.tx);
  const before = (await currentDesk(unit.tx)) ?? unit.desk;
  const agent = before.agents[key]!;
  const grown = { ...agent, emails: [...new Set([...agent.emails, address])] };
  const desk = { ...before, agents: { ...before.agents, [key]: grown } };
  const version = await storeDesk(unit.tx, desk, `${key}, by mail`, unit.now);
  return { ...unit, desk: { ...desk, version } };
}
