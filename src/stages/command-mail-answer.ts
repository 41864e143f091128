/** What the agent is told of a mail of commands: a receipt always, or that nothing was done, and why. Both can be answered. */
import { forgetSight } from "../db/command.ts";
import type { InboundRow } from "../db/inbound.ts";
import { insertListRows, type ListRow } from "../db/list-row.ts";
import type { CommandResult } from "../desk/commands/command-plan.ts";
import { commandReceipt } from "../desk/notices/notice.ts";
import { mailStopped } from "../desk/notices/notice-list-stopped.ts";
import type { CommandMail } from "./commanding.ts";
import type { MailStop } from "./command-mail-read.ts";
import { readerOf } from "./querying.ts";
import { newWords } from "./reading.ts";
import { mailAgent } from "./tell.ts";

export type MailReceipt = {
  readonly results: readonly CommandResult[];
  readonly refused?: boolean;
  readonly undoSeconds?: number;
  /** What the answer to the receipt may number; default: what the mail's own numbers meant. */
  readonly rows?: readonly ListRow[];
};

export async function mailReceipt(mail: CommandMail, receipt: MailReceipt): Promise<void> {
  const { results, refused, undoSeconds, rows = mail.rows } = receipt;
  await mailInList(mail, rows, (facts) => commandReceipt({ ...facts, results, refused, undoSeconds }));
}

/** A mail about no ticket, whose answer may use the numbers of the list again. */
async function mailInList(
  { recording: { unit, inbound }, agent, place }: CommandMail,
  rows: readonly ListRow[],
  build: Parameters<typeof mailAgent<CommandMail["place"]>>[4],
): Promise<void> {
  const mail = { kind: "receipt", cause: `inbound ${inbound.id}`, tokenMode: "list", inboundId: inbound.id } as const;
  const id = await mailAgent(unit, place, readerOf(agent), mail, build);
  if (id !== undefined) await insertListRows(unit.tx, id, rows);
}

/**
 * Holds the mail: nothing of it was done, and the agent gets it back with the line and what was probably meant. What they
 * answer is a mail of commands again, with the same numbers.
 */
export async function stopCommandMail(mail: CommandMail, stop: MailStop): Promise<Partial<InboundRow>> {
  const { recording } = mail;
  const { unit, inbound, message } = recording;
  await forgetSight(unit.tx, inbound.id);
  const subject = mail.answers ? undefined : message.subject;
  await mailInList(mail, mail.rows, (facts) => mailStopped({ ...facts, ...stop, text: newWords(message), subject }));
  const why = stop.line === undefined ? stop.why : `"${stop.line}": ${stop.why}`;
  return { state: "held", hold_reason: "command", verdict: "hold", reason: `not done: ${why}` };
}
