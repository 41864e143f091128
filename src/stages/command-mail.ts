/**
 * An agent's mail that is about no ticket of its own: a new mail whose subject or first lines are commands, or an answer to a
 * list. All of it is carried out or nothing; what is no command is for nobody, except below `#open`.
 */
import { firstSight, forgetSight } from "../db/command.ts";
import { settleStoppedMails } from "../db/command-mail.ts";
import type { InboundRow } from "../db/inbound.ts";
import { listRows } from "../db/list-row.ts";
import { QUERIES } from "../desk/commands/command-plan.ts";
import type { ParsedCommand } from "../desk/commands/command.ts";
import { heldAnswerIn } from "../desk/commands/held-answer.ts";
import { planMail } from "../desk/commands/mail-plan.ts";
import type { Verdict } from "../desk/types.ts";
import { answerByNumber } from "./answer-by-number.ts";
import { mailReceipt, type MailReceipt, stopCommandMail } from "./command-mail-answer.ts";
import { type MailReading, readCommandMail } from "./command-mail-read.ts";
import type { CommandMail } from "./commanding.ts";
import { sightings } from "./execute.ts";
import { carryOutSelections, undoLastMail } from "./list-answer.ts";
import { Leak } from "./mail-out.ts";
import { type OpenCommand, openForCaller } from "./open-for-caller.ts";
import { carryOutPresence } from "./presence.ts";
import { answerQuery } from "./queries.ts";
import { newWords } from "./reading.ts";
import type { Recording } from "./recording.ts";
import { Refused } from "./refused.ts";
import { inPart } from "./stage.ts";
import { supportPlace } from "./thread.ts";

type Carried = Partial<InboundRow>;

export async function commandMail(
  recording: Recording,
  verdict: Extract<Verdict, { verdict: "command-mail" }>,
): Promise<Carried> {
  const { unit, message, mailbox } = recording;
  const agent = unit.desk.agents[verdict.agent]!;
  const { address } = supportPlace(message, unit.desk, unit.stage.settings.addressOf(mailbox));
  const mail: CommandMail = {
    recording,
    agent,
    because: verdict.because,
    place: { supportAddress: address, mailbox },
    answers: verdict.deliveryId !== null,
    rows: verdict.deliveryId === null ? [] : await listRows(unit.tx, verdict.deliveryId),
  };
  return { agent_id: unit.ids.agent.id(agent.key), ...(await once(mail)) };
}

async function once(mail: CommandMail): Promise<Carried> {
  const { recording, agent } = mail;
  const { unit, inbound, message } = recording;
  if (!(await firstSight(unit.tx, sightings(recording), inbound.id, unit.now))) {
    const result = "the same mail was carried out before, and is not again";
    await mailReceipt(mail, { results: [{ command: "your mail", result }], refused: true });
    return { state: "duplicate", reason: "a command mail is carried out once, and this one was" };
  }
  const held = mail.answers ? undefined : heldAnswerIn(newWords(message));
  if (held) return await answerByNumber(recording, agent, held);
  const reading = readCommandMail(mail);
  if (reading.kind === "stop") return await stopCommandMail(mail, reading);
  try {
    return await inPart(unit, (part) => carryOut({ ...mail, recording: { ...recording, unit: part } }, reading));
  } catch (error) {
    if (!(error instanceof Refused || error instanceof Leak)) throw error;
    return await stopCommandMail(mail, { why: error.message });
  }
}

type Read = Exclude<MailReading, { kind: "stop" }>;

async function carryOut(mail: CommandMail, reading: Read): Promise<Carried> {
  if (reading.kind === "commands") return await carryOutBare(mail, reading);
  const receipt = await carryOutSelections(mail, reading.picked);
  if (receipt) await mailReceipt(mail, withRest(receipt, reading.rest));
  return await settled(
    mail,
    reading.picked.map(({ line }) => line),
  );
}

const withRest = (receipt: MailReceipt, rest: string): MailReceipt =>
  rest.trim() === ""
    ? receipt
    : { ...receipt, results: [...receipt.results, { command: "your text", result: "was not sent" }] };

/** Commands that name no ticket. */
async function carryOutBare(
  mail: CommandMail,
  { commands, body }: Extract<Read, { kind: "commands" }>,
): Promise<Carried> {
  const { recording, agent, place } = mail;
  const { unit, inbound } = recording;
  const against = planMail(commands, agent, unit.desk.prefix, mail.rows.length > 0);
  if (against) throw new Refused(`"${against.line}": ${against.why}`);
  const [first] = commands;
  const open = commands.find((command): command is OpenCommand => command.name === "open");
  if (open) {
    const others = commands.filter(({ name }) => name !== "open");
    return await settled(mail, [], await openForCaller(mail, { open, others, text: body }));
  }
  if (first && (QUERIES as readonly string[]).includes(first.name)) {
    await answerQuery(unit, { agent, inbound, ticket: undefined, place, unsent: body.trim() !== "" }, first);
    // A question may be asked again in the same words, tomorrow.
    await forgetSight(unit.tx, inbound.id);
    return { reason: `${mail.because}; ${first.line}` };
  }
  await mailReceipt(mail, withRest(await receiptFor(mail, first), first ? body : ""));
  return first ? await settled(mail, [first.line]) : { reason: `${mail.because}; there is no command in it` };
}

async function receiptFor(mail: CommandMail, command: ParsedCommand | undefined): Promise<MailReceipt> {
  if (!command) {
    const result = "there is no command in it, so nothing was done, and nobody got it";
    return { results: [{ command: "your mail", result }], refused: true };
  }
  const { recording, agent } = mail;
  const one = (result: string, refused?: boolean): MailReceipt => ({
    results: [{ command: `#${command.name}`, result }],
    refused,
  });
  if (command.name === "confirm") return one("nothing waits for it here; answer the mail that asks", true);
  if (command.name === "away" || command.name === "back") {
    const { result, refused } = await carryOutPresence(recording.unit, agent, command);
    return one(result, refused);
  }
  try {
    return await inPart(recording.unit, (unit) => undoLastMail({ ...mail, recording: { ...recording, unit } }));
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return one(error.message, true);
  }
}

async function settled({ recording, agent, because }: CommandMail, lines: readonly string[], row: Carried = {}) {
  const { unit, inbound } = recording;
  await settleStoppedMails(unit.tx, unit.ids.agent.id(agent.key), inbound.id, unit.now);
  return { reason: [because, ...lines].join("; "), ...row };
}
