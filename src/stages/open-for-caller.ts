/**
 * `#open joe@x.example`: a ticket for somebody who has called. The text of the mail is what they said, taken down by the agent;
 * they get the acknowledgement as if they had written it. The rules look at it first, and what the agent says of it counts
 * after them.
 */
import { insertCommandRun } from "../db/command.ts";
import type { InboundRow } from "../db/inbound.ts";
import { personAt } from "../db/people.ts";
import { lockSurvivor } from "../db/ticket.ts";
import type { CommandResult } from "../desk/commands/command-plan.ts";
import { readLine } from "../desk/commands/command-line.ts";
import type { Named } from "../desk/commands/command-scene.ts";
import type { ParsedCommand } from "../desk/commands/command.ts";
import { detectLanguage } from "../mail/language.ts";
import type { InboundMessage } from "../mail/types.ts";
import type { Acting } from "./acting.ts";
import { Ask } from "./ask.ts";
import { type CarriedOut, carryOutCommands } from "./carry-out-commands.ts";
import type { CommandMail } from "./commanding.ts";
import { routeFirst } from "./forwarded-in.ts";
import { tellResult } from "./receipt.ts";
import { Refused } from "./refused.ts";
import { mayTakePart } from "./take-part.ts";
import { openTicket } from "./thread.ts";

export type OpenCommand = Named<ParsedCommand, "open">;
type Opening = {
  readonly open: OpenCommand;
  /** What else the mail says of the ticket. */
  readonly others: readonly ParsedCommand[];
  /** What the caller said. */
  readonly text: string;
};

const LONGEST_FIRST_LINE = 100;

/** Throws `Refused` with the line that is to blame. */
export async function openForCaller(mail: CommandMail, opening: Opening): Promise<Partial<InboundRow>> {
  const { recording, agent, because } = mail;
  const { unit, inbound } = recording;
  const { open, others } = opening;
  const message = await takenDown(mail, opening);
  const row = await openTicket({ ...recording, message }, { verdict: "open-ticket", linkedTo: null, because }, agent);
  const decided = JSON.stringify({ ...message, html: undefined });
  await routeFirst(recording, decided);
  const ticket = await lockSurvivor(unit.tx, row.ticket_id!);
  const acting = { recording, ticket, agent, actor: { kind: "agent", agent: agent.key }, because } as const;
  const done = others.length > 0 ? await carryOut(acting, others) : { results: [], undoSeconds: undefined };
  const result = `${ticket.publicNumber} is open for ${open.addressName || open.address}`;
  const first: CommandResult = { command: `#open ${open.address}`, result };
  const after = await lockSurvivor(unit.tx, ticket.id);
  // A rule may have merged it: then there is nothing of its own to put aside.
  if (ticket.id === row.ticket_id)
    await insertCommandRun(unit.tx, {
      ticketId: ticket.id,
      agentId: unit.ids.agent.id(agent.key),
      inboundId: inbound.id,
      at: unit.now,
      commands: [`#open: ${result}`],
      inverse: [{ undo: "set-aside" }],
      seqAfter: after.seq,
      deliveries: [],
    });
  const results = [first, ...done.results];
  await tellResult(unit, { ticketId: ticket.id, agent, inbound, results, undoSeconds: done.undoSeconds });
  const waits = unit.bells.some(({ queue }) => queue === "route");
  return {
    ticket_id: ticket.id,
    entry_id: row.entry_id,
    reason: `${because}; opened ${ticket.publicNumber}`,
    decided: waits ? decided : null,
  };
}

/** What the agent would have to agree to first is not asked about a ticket that does not exist yet. */
async function carryOut(acting: Acting, commands: readonly ParsedCommand[]): Promise<CarriedOut> {
  try {
    return await carryOutCommands(acting, commands, "");
  } catch (error) {
    if (!(error instanceof Ask)) throw error;
    throw new Refused(`${error.message}; leave it out here, and say it in answer to the mail about the new ticket`);
  }
}

/** The agent's mail as the caller's. Its Message-ID is the agent's own, and stands in no mail to a customer. */
async function takenDown({ recording, agent }: CommandMail, { open, text }: Opening): Promise<InboundMessage> {
  const { unit, message } = recording;
  const { address, line } = open;
  if (!mayTakePart(address, unit.desk))
    throw new Refused(`"${line}": ${address} is an agent's address or the desk's own, and nobody's customer`);
  if (text.trim() === "" && message.attachments.length === 0)
    throw new Refused(`"${line}": write below it what they said; it is the ticket's first message`);
  const name = open.addressName || ((await personAt(unit.tx, address))?.name ?? "");
  const written =
    readLine(message.subject, { agents: [], departments: [] }).kind === "text" ? message.subject.trim() : "";
  const firstLine = text.trim().split("\n", 1)[0]!.trim();
  const subject = written || firstLine.slice(0, LONGEST_FIRST_LINE).toWellFormed() || `Call of ${agent.name}'s`;
  return {
    ...message,
    messageId: undefined,
    inReplyTo: [],
    references: [],
    from: { name, address },
    replyTo: [],
    cc: [],
    subject,
    text,
    replyText: text,
    quoted: "",
    html: undefined,
    answered: undefined,
    forwarded: undefined,
    language: await detectLanguage(text),
  };
}
