/**
 * A customer's mail that an agent forwards to the desk: a ticket of the customer's with the original words and files, and the
 * agent's words above it as a note. Commands among those are carried out on the ticket once the rules have looked at it. An
 * original that is in a ticket already opens no second one.
 */
import { type InboundRow, updateInbound } from "../db/inbound.ts";
import { insertEvent } from "../db/event.ts";
import { findMessageRef } from "../db/message-ref.ts";
import { addressesOf } from "../db/people.ts";
import { lockSurvivor, survivor } from "../db/ticket.ts";
import { isInside, originalSender } from "../desk/agent-mail.ts";
import { knownNames } from "../desk/commands/command-argument.ts";
import type { CommandResult } from "../desk/commands/command-plan.ts";
import { readCommands } from "../desk/commands/command-read.ts";
import type { CommandReading, Known } from "../desk/commands/command.ts";
import { mayReopen } from "../desk/lifecycle.ts";
import { commandReceipt } from "../desk/notices/notice.ts";
import { partIn } from "../desk/part-in.ts";
import { othersOf } from "../desk/passed-on.ts";
import { lookups } from "../desk/threading.ts";
import type { Agent, Ticket, Verdict } from "../desk/types.ts";
import type { InboundMessage } from "../mail/types.ts";
import { Ask } from "./ask.ts";
import { carryOutCommands } from "./carry-out-commands.ts";
import { findEvidence } from "./evidence.ts";
import { Leak } from "./mail-out.ts";
import { recordingOfOriginal } from "./original.ts";
import { readerOf } from "./querying.ts";
import { commandsDiffer, newWords } from "./reading.ts";
import { tellResult } from "./receipt.ts";
import type { Recording } from "./recording.ts";
import { Refused } from "./refused.ts";
import { routeNow } from "./route.ts";
import { sees } from "./sees.ts";
import { inPart, type Unit } from "./stage.ts";
import { mailAgent } from "./tell.ts";
import { addEntry, addFollowUp, openTicket } from "./thread.ts";

type ForwardedIn = Extract<Verdict, { verdict: "forwarded-in" }>;

export async function forwardedIn(recording: Recording, verdict: ForwardedIn): Promise<Partial<InboundRow>> {
  const { unit, inbound, message } = recording;
  const agent = unit.desk.agents[verdict.agent]!;
  const passedOn = await recordingOfOriginal(recording, originalSender(message, unit.desk)!);
  const filed = await file(recording, passedOn, verdict);
  const reading = readCommands(wordsAbove(message), knownOf(unit, agent));
  // The rules look at the original, not at the agent's mail.
  const decided = JSON.stringify({ ...passedOn.message, html: undefined });
  const commanded = reading.kind === "ok" && reading.commands.some(({ name }) => name !== "note");
  if (commanded) await routeFirst(recording, decided);
  await addNote(recording, filed.ticketId, agent, noteOf(message, reading, unit));
  const first = { command: "your forward", result: filed.result };
  if (await isUnseen(unit, agent, filed)) await tellUnseen(recording, filed, agent, [first, ...notDone(reading)]);
  else {
    const results = await carriedOut(recording, filed.ticketId, agent, reading);
    await tellResult(unit, { ticketId: filed.ticketId, agent, inbound, results: [first, ...results] });
  }
  const waits = unit.bells.some(({ queue }) => queue === "route");
  return {
    ticket_id: filed.ticketId,
    entry_id: filed.entryId,
    reason: `${verdict.because}; ${filed.result}`,
    decided: waits ? decided : null,
  };
}

const knownOf = ({ desk, now }: Unit, agent: Agent): Known => knownNames(desk, { agent, now });

/** A mail without words of the agent's own is all the customer's: what looks like a command in it is theirs, and text. */
const wordsAbove = (message: InboundMessage): string => (message.replyTextIsFallback ? "" : newWords(message));

type Filed = {
  readonly ticketId: number;
  readonly entryId: number | null;
  readonly result: string;
  /** Whoever passes a mail on may act on the ticket that it opens, in whichever department. */
  readonly opened: boolean;
};

/** Having a mail does not open the ticket it is in: it may be another department's, or one in which the agent takes part. */
async function isUnseen(unit: Unit, agent: Agent, { ticketId, opened }: Filed): Promise<boolean> {
  return !opened && !(await sees(unit, agent, await lockSurvivor(unit.tx, ticketId)));
}

function notDone(reading: CommandReading): CommandResult[] {
  const isCommanded = reading.kind === "stop" || reading.commands.some(({ name }) => name !== "note");
  const result = "not carried out: you may not see that ticket, nor act on it";
  return isCommanded ? [{ command: "your commands", result }] : [];
}

/** In a mail about no ticket: an answer to it does nothing there. */
async function tellUnseen(
  { unit, inbound }: Recording,
  { ticketId }: Filed,
  agent: Agent,
  results: readonly CommandResult[],
): Promise<void> {
  const { supportAddress, mailbox } = await lockSurvivor(unit.tx, ticketId);
  const mail = { kind: "receipt", cause: `inbound ${inbound.id}`, tokenMode: "list", inboundId: inbound.id } as const;
  await mailAgent(unit, { supportAddress, mailbox }, readerOf(agent), mail, (facts) =>
    commandReceipt({ ...facts, results }),
  );
}

/** Into the ticket where it is already, or whose people have written it; else into a new one. */
async function file(recording: Recording, passedOn: Recording, { because }: ForwardedIn): Promise<Filed> {
  const { unit, message } = passedOn;
  const there = await findMessageRef(unit.tx, message.messageId ? [message.messageId] : []);
  const at = there && (await survivor(unit.tx, there.ticketId));
  if (at)
    return {
      ticketId: at.id,
      entryId: null,
      result: `already in ${at.publicNumber}; your words are a note there`,
      opened: false,
    };
  const theirs = await ticketOfAuthor(recording, passedOn.message);
  const filed = theirs
    ? await addFollowUp(passedOn, {
        verdict: "follow-up",
        evidence: { strength: 2, ticketId: theirs.id, because },
        as: "customer",
        reopens: theirs.status !== "open",
        because,
      })
    : await openTicket(passedOn, { verdict: "open-ticket", linkedTo: null, because });
  const { id, publicNumber } = await lockSurvivor(unit.tx, filed.ticket_id!);
  const result = `${theirs ? "added to" : "opened"} ${publicNumber} of ${message.from!.address}`;
  return { ticketId: id, entryId: filed.entry_id ?? null, result, opened: !theirs };
}

/** A living ticket that the agent's mail belongs to, where the author of the original takes part in it. */
async function ticketOfAuthor({ unit, message }: Recording, original: InboundMessage): Promise<Ticket | undefined> {
  const evidence = await findEvidence(unit, lookups(message, unit.desk.prefix), undefined);
  const ticket = evidence && (await survivor(unit.tx, evidence.ticketId));
  if (!ticket || ticket.spam || !mayReopen(ticket, unit.now, unit.desk)) return undefined;
  return partIn(ticket, await addressesOf(unit.tx, original.from!.address)) ? ticket : undefined;
}

/** What an agent says of the ticket counts after what the rules make of it. A failure leaves the row to the worker. */
export async function routeFirst({ unit, inbound }: Recording, decided: string): Promise<void> {
  const at = unit.bells.findIndex(({ queue }) => queue === "route");
  const bell = unit.bells[at];
  if (!bell) return;
  await updateInbound(unit.tx, inbound.id, { decided });
  try {
    await inPart(unit, (part) => routeNow(part, bell.id));
    unit.bells.splice(at, 1);
  } catch (err) {
    unit.stage.log.warn({ err, inbound: inbound.id }, "the forwarded mail is routed later");
  }
}

/** The agent's own words, and who else got the original. */
function noteOf(message: InboundMessage, reading: CommandReading, { desk }: Unit): string {
  const others = othersOf(message, (address) => isInside(address, desk)).map(({ name, address }) =>
    name === "" ? address : `${name} <${address}>`,
  );
  const copies = others.length > 0 ? [`The mail also went to ${others.join(", ")}.`] : [];
  return [reading.body.trim(), ...copies].filter((one) => one !== "").join("\n\n");
}

async function addNote(recording: Recording, ticketId: number, agent: Agent, text: string): Promise<void> {
  const { unit, inbound, message } = recording;
  const author = { name: agent.name, address: message.from!.address };
  // Its files are the original's. Without words the entry says who has passed the mail on.
  const bare = { ...recording, message: { ...message, attachments: [], quoted: "" } };
  const said = text === "" ? `Forwarded by ${agent.name}.` : text;
  const more = { agentId: unit.ids.agent.id(agent.key), text: said };
  const entryId = await addEntry(bare, ticketId, "note", "agent", author, more);
  const cause = { kind: "message", detail: `inbound ${inbound.id}: forwarded by ${agent.key}` } as const;
  const actor = { kind: "agent", agent: agent.key } as const;
  await insertEvent(unit.tx, ticketId, { name: "forwarded in", actor, cause, new: `entry ${entryId}` }, unit.now);
}

/** All commands or none; the customer's mail is kept in any case, and the agent told why nothing was done. */
async function carriedOut(
  recording: Recording,
  ticketId: number,
  agent: Agent,
  reading: CommandReading,
): Promise<readonly CommandResult[]> {
  if (reading.kind === "stop") {
    const meant = reading.suggestion === undefined ? "" : ` Did you mean ${reading.suggestion}?`;
    return [{ command: reading.line, result: `not carried out: ${reading.why}.${meant}` }];
  }
  const commands = reading.commands.filter(({ name }) => name !== "note");
  if (commands.length === 0) return [];
  const { message } = recording;
  const doubt = message.replyDoubt ?? commandsDiffer(message, knownOf(recording.unit, agent));
  if (doubt) return [{ command: "your commands", result: `not carried out: ${doubt}` }];
  try {
    return await inPart(recording.unit, async (unit) => {
      const ticket = await lockSurvivor(unit.tx, ticketId);
      const actor = { kind: "agent", agent: agent.key } as const;
      const because = `${agent.key} passed on a mail`;
      const acting = { recording: { ...recording, unit }, ticket, agent, actor, because };
      return (await carryOutCommands(acting, commands, "")).results;
    });
  } catch (error) {
    if (!(error instanceof Refused || error instanceof Ask || error instanceof Leak)) throw error;
    return [{ command: "your commands", result: `not carried out: ${error.message}` }];
  }
}
