/**
 * An answer to a list: what each of its lines says is done to the tickets it names, all of it or nothing. A ticket that several
 * lines name gets their commands together, as if they stood in one mail about it.
 */
import type { ListRow } from "../db/list-row.ts";
import { type CommandRun, commandRunsOf, endRuns, markUndone, ticketsOf } from "../db/command.ts";
import { lastCommandMail } from "../db/command-mail.ts";
import { addressesOf } from "../db/people.ts";
import { lockSurvivor, lockTicket, survivor, ticketByNumber } from "../db/ticket.ts";
import type { CommandResult } from "../desk/commands/command-plan.ts";
import type { ParsedCommand } from "../desk/commands/command.ts";
import type { Meant, Picked } from "../desk/commands/selection.ts";
import { partIn } from "../desk/part-in.ts";
import { maySee, sightOf } from "../desk/sight.ts";
import type { Ticket } from "../desk/types.ts";
import type { Acting } from "./acting.ts";
import { Ask } from "./ask.ts";
import { type CarriedOut, carryOutCommands } from "./carry-out-commands.ts";
import type { CommandMail } from "./commanding.ts";
import type { MailReceipt } from "./command-mail-answer.ts";
import { Refused } from "./refused.ts";
import { undoRun, whyNotUndo } from "./undo.ts";

type Chosen = { readonly ticket: Ticket; readonly lines: string[]; readonly commands: ParsedCommand[] };

/** Throws `Refused`, which names the line and the ticket; nothing may be kept of it then. Undefined: the answers are mails. */
export async function carryOutSelections(
  mail: CommandMail,
  picked: readonly Picked[],
): Promise<MailReceipt | undefined> {
  const chosen = await choose(mail, picked);
  const rows = rowsAfter(mail.rows, chosen);
  const results: CommandResult[] = [];
  let undoSeconds: number | undefined;
  for (const one of chosen) {
    const done = await carryOutOn(mail, one);
    const position = rows.find(({ ticketId }) => ticketId === one.ticket.id)?.position;
    const name = `${position === undefined ? "" : `${position} `}${one.ticket.publicNumber}`;
    if (done.tell !== "answered")
      results.push(...done.results.map(({ command, result }) => ({ command: `${name} ${command}`, result })));
    undoSeconds = Math.max(undoSeconds ?? 0, done.undoSeconds ?? 0) || undefined;
  }
  if (chosen.length > 1) await endTogether(mail);
  return results.length === 0 ? undefined : { results, undoSeconds, rows };
}

/** What one line did to a ticket of another's is taken back with it, and is in nobody's way. */
async function endTogether({ recording: { unit, inbound }, agent }: CommandMail): Promise<void> {
  const { tx, ids } = unit;
  const runs = await commandRunsOf(tx, inbound.id, ids.agent.id(agent.key));
  const seqs = new Map<number, number>();
  for (const id of new Set(runs.flatMap(ticketsOf))) seqs.set(id, (await lockTicket(tx, id)).seq);
  await endRuns(tx, runs, seqs);
}

async function carryOutOn(mail: CommandMail, { ticket, lines, commands }: Chosen): Promise<CarriedOut> {
  const { recording, agent, because } = mail;
  const acting: Acting = { recording, ticket, agent, actor: { kind: "agent", agent: agent.key }, because };
  try {
    const done = await carryOutCommands(acting, commands, "");
    if (done.refused) throw new Refused(done.results.map(({ result }) => result).join("; "));
    return done;
  } catch (error) {
    if (error instanceof Refused) throw new Refused(`${ticket.publicNumber}, ${withLine(lines, error.message)}`);
    if (!(error instanceof Ask)) throw error;
    const ask = `${error.message}; answer the ticket's own mail, where you can be asked`;
    throw new Refused(`${ticket.publicNumber}, ${withLine(lines, ask)}`);
  }
}

/** A refusal of the plan names the commands without what stood before them. */
function withLine(lines: readonly string[], why: string): string {
  const [named, command] = /^"([^"]*)": /.exec(why) ?? [];
  const line = command === undefined ? undefined : lines.find((one) => one.endsWith(command));
  return `"${line ?? lines.join('", "')}": ${line === undefined ? why : why.slice(named!.length)}`;
}

/** The tickets in the order in which they are named, locked in the order of their ids. */
async function choose(mail: CommandMail, picked: readonly Picked[]): Promise<readonly Chosen[]> {
  const { tx } = mail.recording.unit;
  const ids = new Map<Meant, number>();
  for (const { tickets, line } of picked) for (const meant of tickets) ids.set(meant, await idOf(mail, meant, line));
  const locked = new Map<number, Ticket>();
  for (const id of [...new Set(ids.values())].sort((a, b) => a - b)) locked.set(id, await lockSurvivor(tx, id));
  const chosen = new Map<number, Chosen>();
  for (const { tickets, line, commands } of picked)
    for (const meant of tickets) {
      const ticket = locked.get(ids.get(meant)!)!;
      await mustSee(mail, ticket, line);
      const one = chosen.get(ticket.id) ?? { ticket, lines: [], commands: [] };
      chosen.set(ticket.id, one);
      one.lines.push(line);
      one.commands.push(...commands);
    }
  return [...chosen.values()];
}

async function idOf({ recording: { unit } }: CommandMail, meant: Meant, line: string): Promise<number> {
  if ("ticketId" in meant) return (await survivor(unit.tx, meant.ticketId))?.id ?? meant.ticketId;
  const number = `${unit.desk.prefix}-${meant.number}`;
  const ticket = await ticketByNumber(unit.tx, number);
  if (!ticket) throw new Refused(notThere(line, number));
  return (await survivor(unit.tx, ticket.id))?.id ?? ticket.id;
}

const notThere = (line: string, number: string): string => `"${line}": there is no ticket ${number} that you may see`;

/** Rights are those of this moment; nobody acts on a ticket in which they are the customer. */
async function mustSee({ recording, agent }: CommandMail, ticket: Ticket, line: string): Promise<void> {
  const addresses = await addressesOf(recording.unit.tx, recording.message.from!.address);
  if (!maySee(sightOf(agent), ticket) || partIn(ticket, addresses) !== undefined)
    throw new Refused(notThere(line, ticket.publicNumber));
}

/** The numbers stay as they were; a ticket that was named by its own number gets the next one. */
function rowsAfter(rows: readonly ListRow[], chosen: readonly Chosen[]): readonly ListRow[] {
  const named = chosen.filter(({ ticket }) => !rows.some(({ ticketId }) => ticketId === ticket.id));
  const last = Math.max(0, ...rows.map(({ position }) => position));
  return [...rows, ...named.map(({ ticket }, n) => ({ position: last + n + 1, ticketId: ticket.id }))];
}

/** Takes back all that the agent's last mail of commands did, or nothing of it. Throws `Refused`. */
export async function undoLastMail(mail: CommandMail): Promise<MailReceipt> {
  const { recording, agent, because } = mail;
  const { tx, ids, now } = recording.unit;
  const agentId = ids.agent.id(agent.key);
  const last = await lastCommandMail(tx, agentId);
  const runs = last === undefined ? [] : await commandRunsOf(tx, last, agentId);
  if (runs.length === 0) throw new Refused("none of your mails of commands did anything that could be taken back");
  for (const id of [...new Set(runs.flatMap(ticketsOf))].sort((a, b) => a - b)) await lockTicket(tx, id);
  await mustBeAsLeft(mail, runs);
  const results: CommandResult[] = [];
  const gone = new Set<number>();
  for (const run of runs) {
    const ticket = await lockTicket(tx, run.ticketId);
    if (gone.has(ticket.id)) continue;
    // What changed nothing is in nobody's way.
    if (run.inverse.length === 0 && run.deliveries.length === 0) await markUndone(tx, run.id, now);
    else {
      const acting: Acting = { recording, ticket, agent, actor: { kind: "agent", agent: agent.key }, because };
      const { result, refused } = await undoRun(acting, run, { asked: true });
      if (refused) throw new Refused(`${ticket.publicNumber}: ${result}`);
      if (opened(run)) gone.add(ticket.id);
      results.push({ command: `${ticket.publicNumber} #undo`, result });
    }
  }
  if (results.length === 0) throw new Refused("your last mail of commands changed nothing that could be taken back");
  return { results };
}

const opened = ({ inverse }: CommandRun): boolean =>
  inverse.some((step) => "undo" in step && step.undo === "set-aside");

/** Asked of all of them before the first is taken back, which changes tickets of the others. */
async function mustBeAsLeft({ recording: { unit } }: CommandMail, runs: readonly CommandRun[]): Promise<void> {
  const aside = new Set(runs.filter(opened).map(({ ticketId }) => ticketId));
  for (const run of runs.filter(({ ticketId }) => !aside.has(ticketId))) {
    const against = await whyNotUndo(unit, run);
    if (against) throw new Refused(`${(await lockTicket(unit.tx, run.ticketId)).publicNumber}: ${against}`);
  }
}
