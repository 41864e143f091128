/**
 * The clock of the lifecycle: wakes snoozed tickets, and pending ones that were to wait until a moment, when it has come;
 * warns the customer of a pending ticket that it will be closed, and closes it. One transaction a ticket; one that fails is
 * logged and holds up no other.
 */
import { automaticCounts } from "../db/budget.ts";
import { closingCounts, lastWarning, pendingTicket, pendingTickets, ticketsToWake } from "../db/closing.ts";
import { currentDesk } from "../db/desk.ts";
import { entriesOf } from "../db/entry.ts";
import { insertEvent } from "../db/event.ts";
import { lockTicket, touchTicket } from "../db/ticket.ts";
import { overBudget } from "../desk/budget.ts";
import { closePendingDays, pendingStep } from "../desk/lifecycle.ts";
import { closingSoon } from "../desk/notices/notice-closing.ts";
import type { Cause, Ticket } from "../desk/types.ts";
import { domainOf } from "../mail/address.ts";
import { whyNotWrite } from "./automatic.ts";
import { customerFacts } from "./letters.ts";
import { Leak, writeDelivery } from "./mail-out.ts";
import { writeClosureNotice } from "./reply.ts";
import { inPart, inUnit, type Stage, type Unit } from "./stage.ts";
import { changeStatus } from "./status.ts";
import { readers, tellReaders } from "./tell.ts";

const POSTERN = { kind: "postern" } as const;
const BATCH = 200;
const LATER = "later";

/** One round; returns how many tickets were woken, warned about and closed. */
export async function clockLifecycle(stage: Stage): Promise<number> {
  const desk = await currentDesk(stage.db);
  if (!desk) return 0;
  const woken = await forEach(stage, (after) => ticketsToWake(stage.db, stage.now(), after, BATCH), wake);
  const closes = [desk.defaults, ...Object.values(desk.departments)].some((one) => one.closePendingDays !== undefined);
  if (!closes) return woken;
  // Which of them are due is found outside of any transaction, so that a desk full of pending tickets locks nothing.
  const due = async (after: number): Promise<{ ids: number[]; last: number | undefined }> => {
    const rows = await pendingTickets(stage.db, after, BATCH);
    const now = stage.now();
    const ids = rows.filter((row) => (pendingStep(row, desk, now)?.step ?? "wait") !== "wait").map(({ id }) => id);
    return { ids, last: rows.at(-1)?.id };
  };
  let done = woken;
  for (let after = 0; ;) {
    const { ids, last } = await due(after);
    for (const id of ids) done += await attempt(stage, id, warnOrClose);
    if (last === undefined) return done;
    after = last;
  }
}

type Work = (unit: Unit, id: number) => Promise<boolean>;

async function forEach(stage: Stage, find: (after: number) => Promise<number[]>, work: Work): Promise<number> {
  let done = 0;
  for (let after = 0; ;) {
    const ids = await find(after);
    for (const id of ids) done += await attempt(stage, id, work);
    if (ids.length === 0) return done;
    after = ids.at(-1)!;
  }
}

async function attempt(stage: Stage, id: number, work: Work): Promise<number> {
  try {
    return (await inUnit(stage, (unit) => work(unit, id))) ? 1 : 0;
  } catch (err) {
    // It stays as it is and has its turn again in the next round (I8).
    stage.log.error({ err, ticket: id }, "the clock could not change the status of a ticket");
    return 0;
  }
}

async function wake(unit: Unit, id: number): Promise<boolean> {
  const ticket = await lockTicket(unit.tx, id);
  const { status } = ticket;
  const waits = status === "snoozed" || (status === "pending" && ticket.snoozedUntil !== null);
  if (!waits || (ticket.snoozedUntil ?? 0) > unit.now) return false;
  const until = new Date(ticket.snoozedUntil ?? unit.now).toISOString();
  const cause: Cause = { kind: "clock", detail: `${status} until ${until}` };
  const open = await changeStatus(unit, ticket, { to: "open", actor: POSTERN, cause });
  const entry = (await entriesOf(unit.tx, id)).findLast(({ kind }) => kind === "message");
  if (!entry) return true;
  await tellReaders(unit, {
    ticket: open,
    entry,
    readers: readers(unit, open, ["assignee"]),
    kind: "assigned",
    cause: `ticket ${id}, ${status} until ${until}`,
    remark: () => `This ticket was ${status} until now, and is open again.`,
  });
  return true;
}

async function warnOrClose(unit: Unit, id: number): Promise<boolean> {
  const ticket = await lockTicket(unit.tx, id);
  const pending = await pendingTicket(unit.tx, id);
  if (!pending) return false;
  const warnedAt = await warningReceivedAt(unit, ticket, pending.warnedAt);
  if (warnedAt === "under way") return false;
  const next = pendingStep({ ...pending, warnedAt }, unit.desk, unit.now);
  if (next?.step !== "warn" && next?.step !== "close") return false;
  const days = closePendingDays(ticket.department, unit.desk);
  const cause: Cause = { kind: "clock", detail: `pending for ${days} days` };
  const mail = await whyNotMail(unit, ticket);
  if (mail === LATER) return false;
  const against = mail.because;
  if (next.step === "warn") await warn(unit, ticket, { cause, against, closeAt: next.closeAt });
  else await close(unit, ticket, { cause, against });
  return true;
}

/** The time for an answer begins when the warning has left; one that did not leave at all counts from when it was written. */
async function warningReceivedAt(
  { tx }: Unit,
  { id }: Ticket,
  writtenAt: number | null,
): Promise<number | null | "under way"> {
  if (writtenAt === null) return null;
  const mail = await lastWarning(tx, id);
  if (!mail || Number(mail.created_at) < writtenAt) return writtenAt;
  if (mail.state === "pending" || mail.state === "sending") return "under way";
  return mail.state === "accepted" ? Math.max(writtenAt, Number(mail.done_at)) : writtenAt;
}

/** Too much at once: the whole step waits for a later round, and with it the time between the warning and the closing. */
async function whyNotMail(unit: Unit, ticket: Ticket): Promise<typeof LATER | { readonly because?: string }> {
  const { tx, desk, now } = unit;
  const { address } = ticket.customer;
  const domain = domainOf(address);
  const against = await whyNotWrite(unit, ticket);
  const answers = overBudget(desk, domain, await automaticCounts(tx, address, domain, now));
  if (against !== undefined && against !== answers) return { because: against };
  const closings = overBudget(desk, domain, await closingCounts(tx, address, domain, now));
  return (answers ?? closings) === undefined ? {} : LATER;
}

type Step = { readonly cause: Cause; readonly against: string | undefined };

async function warn(unit: Unit, ticket: Ticket, step: Step & { readonly closeAt: number }): Promise<void> {
  const { tx, now } = unit;
  const { cause, closeAt } = step;
  await touchTicket(tx, ticket.id, { close_warned_at: now });
  const against = step.against ?? (await written(unit, (part) => writeWarning(part, ticket, cause, closeAt)));
  if (against) await insertEvent(tx, ticket.id, { name: "not warned", actor: POSTERN, cause, detail: against }, now);
}

async function writeWarning(unit: Unit, ticket: Ticket, cause: Cause, closeAt: number): Promise<void> {
  const { tx, now } = unit;
  const { customer, supportAddress, mailbox } = ticket;
  const detail = `will be closed at ${new Date(closeAt).toISOString()}`;
  const event = { name: "closing announced", actor: POSTERN, cause, new: customer.address, detail };
  const eventId = await insertEvent(tx, ticket.id, event, now);
  const facts = await customerFacts(unit, ticket);
  const cancelIf = { notPending: true, newerCustomerEntryThan: Math.max(now, ticket.lastCustomerAt ?? 0) } as const;
  const draft = { kind: "warning", audience: "customer", agentId: null, entryId: null } as const;
  const address = { recipient: customer.address, ticketId: ticket.id, supportAddress, mailbox };
  await writeDelivery(unit, { ...draft, ...address, cause: `event ${eventId}`, cancelIf }, () =>
    closingSoon({ ...facts, eventId, closeAt }),
  );
}

async function close(unit: Unit, ticket: Ticket, { cause, against: reason }: Step): Promise<void> {
  const { tx, now } = unit;
  const closed = await changeStatus(unit, ticket, { to: "closed", actor: POSTERN, cause });
  const by = { actor: POSTERN, cause, waitMs: 0 };
  const against = reason ?? (await written(unit, (part) => writeClosureNotice(part, closed, by)));
  if (!against) return;
  await insertEvent(tx, ticket.id, { name: "no closure notice", actor: POSTERN, cause, detail: against }, now);
}

/** Returns why it was not written: a mail that may not leave must not keep the ticket as it is. */
async function written(unit: Unit, write: (part: Unit) => Promise<unknown>): Promise<string | undefined> {
  try {
    await inPart(unit, write);
    return undefined;
  } catch (error) {
    if (!(error instanceof Leak)) throw error;
    return error.message;
  }
}
