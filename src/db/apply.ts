/**
 * Applies changes to a ticket, each with its event. The one place where a ticket's fields change, and so the one where what
 * follows from them is reckoned again: how long its SLA clocks stood still, and when an answer and a solution are due.
 */
import { statusRefusal } from "../desk/lifecycle.ts";
import { planAfterMove } from "../desk/sla/sla.ts";
import type { Actor, CausedChange, Change, Status, Ticket } from "../desk/types.ts";
import { baseSubject } from "../mail/base-subject.ts";
import type { Db } from "./connect.ts";
import { deskAndIds, type DeskIds } from "./desk.ts";
import { insertEvent } from "./event.ts";
import { addressId } from "./people.ts";
import { reckonSla } from "./sla.ts";
import { noteStatusChanged } from "./status-changed.ts";
import { lockTicket } from "./ticket.ts";

/** `patch` is what `columns` do to the ticket as it was read, so that it need not be read again. */
type Edit = {
  readonly old: string | null;
  readonly new: string | null;
  readonly columns: Record<string, unknown>;
  readonly patch: Partial<Ticket>;
};
type Editor<K extends Change["change"]> = (
  ticket: Ticket,
  change: Extract<Change, { change: K }>,
  ids: DeskIds,
  now: number,
) => Edit;

const EDITORS: { [K in Change["change"]]: Editor<K> } = {
  "set-status": (ticket, { to, until, closedAt: since }, _ids, now) => {
    const closedAt = to === "closed" ? (since ?? now) : null;
    const waitingFor = to === "closed" ? null : ticket.waitingFor;
    const snoozedUntil = to === "snoozed" || to === "pending" ? (until ?? null) : null;
    const columns = {
      status: to,
      closed_at: closedAt,
      waiting_for: waitingFor,
      status_since: now,
      snoozed_until: snoozedUntil,
      close_warned_at: null,
    };
    const patch = { status: to, closedAt, waitingFor, statusSince: now, snoozedUntil };
    const named = (status: Status, at: number | null): string =>
      at === null ? status : `${status} until ${new Date(at).toISOString()}`;
    return { old: named(ticket.status, ticket.snoozedUntil), new: named(to, snoozedUntil), columns, patch };
  },
  "set-priority": (ticket, { to }) => ({
    old: ticket.priority,
    new: to,
    columns: { priority: to },
    patch: { priority: to },
  }),
  "set-department": (ticket, { to }, ids) => ({
    old: ticket.department,
    new: to,
    columns: { department_id: ids.department.id(to) },
    patch: { department: to },
  }),
  "set-topic": (ticket, { to }, ids) => ({
    old: ticket.topic,
    new: to,
    columns: { topic_id: to === null ? null : ids.topic.id(to) },
    patch: { topic: to },
  }),
  "set-sla": (ticket, { to }) => ({ old: ticket.sla, new: to, columns: { sla: to }, patch: { sla: to } }),
  assign: (ticket, { to }, ids) => ({
    old: ticket.assignee,
    new: to,
    columns: { assignee_id: to === null ? null : ids.agent.id(to) },
    patch: { assignee: to },
  }),
  tag: ({ tags }, { tag }) => ({
    old: tags.includes(tag) ? tag : null,
    new: tag,
    columns: {},
    patch: { tags: [...tags, tag].sort() },
  }),
  untag: ({ tags }, { tag }) => ({
    old: tags.includes(tag) ? tag : null,
    new: null,
    columns: {},
    patch: { tags: tags.filter((one) => one !== tag) },
  }),
  watch: ({ watchers }, { who }) => ({
    old: watchers.includes(who) ? who : null,
    new: who,
    columns: {},
    patch: { watchers: [...watchers, who].sort() },
  }),
  unwatch: ({ watchers }, { who }) => ({
    old: watchers.includes(who) ? who : null,
    new: null,
    columns: {},
    patch: { watchers: watchers.filter((one) => one !== who) },
  }),
  // The address id is looked up by `applyChanges`, since it may be a new person.
  "set-customer": ({ customer }, { to }) => ({
    old: customer.address,
    new: to.address,
    columns: { customer_name: to.name },
    patch: { customer: to },
  }),
  "set-spam": ({ spam }, { to }) => ({
    old: spam ? "yes" : "no",
    new: to ? "yes" : "no",
    columns: { spam: to ? 1 : 0 },
    patch: { spam: to },
  }),
  "set-subject": ({ subject }, { to }) => ({
    old: subject,
    new: to,
    columns: { subject: to, base_subject: baseSubject(to).toLowerCase() },
    patch: { subject: to, baseSubject: baseSubject(to).toLowerCase() },
  }),
  "set-due": ({ dueAt }, { to }) => ({
    old: dueAt === null ? null : new Date(dueAt).toISOString(),
    new: to === null ? null : new Date(to).toISOString(),
    columns: { due_at: to },
    patch: { dueAt: to },
  }),
  "set-waiting-for": (ticket, { to }) => ({
    old: ticket.waitingFor,
    new: to,
    columns: { waiting_for: to },
    patch: { waitingFor: to },
  }),
};

/** Due times depend on these. */
const RECKONED: ReadonlySet<Change["change"]> = new Set([
  "set-status",
  "set-waiting-for",
  "set-priority",
  "set-department",
  "set-sla",
  "set-spam",
  "set-due",
]);

/**
 * Applies the changes in order; one that changes nothing leaves no event, a status that may not be is refused with one.
 * A plan that comes with the department follows it. Returns the ticket as it stands then.
 */
export async function applyChanges(
  tx: Db,
  ticketId: number,
  changes: readonly CausedChange[],
  actor: Actor,
  ids: DeskIds,
  now: number,
): Promise<Ticket> {
  let ticket = await lockTicket(tx, ticketId);
  let reckon = false;
  const waiting = [...changes];
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    const { change, cause } = next;
    const before = ticket;
    ticket = await applyOne(tx, ticket, next, actor, ids, now);
    if (ticket.seq === before.seq) continue;
    reckon ||= RECKONED.has(change.change);
    if (ticket.status !== before.status) await noteStatusChanged(tx, (await deskAndIds(tx)).desk, ticketId, cause, now);
    if (ticket.department !== before.department && !changes.some((one) => one.change.change === "set-sla"))
      waiting.push(...[planAfterMove((await deskAndIds(tx)).desk, before.department, ticket) ?? []].flat());
  }
  return reckon ? await reckonSla(tx, (await deskAndIds(tx)).desk, ticket, now) : ticket;
}

async function applyOne(
  tx: Db,
  ticket: Ticket,
  { change, cause }: CausedChange,
  actor: Actor,
  ids: DeskIds,
  now: number,
): Promise<Ticket> {
  const refused = change.change === "set-status" ? statusRefusal(ticket, change, actor.kind) : undefined;
  if (refused && change.change === "set-status") {
    const event = { name: "status refused", actor, cause, old: ticket.status, new: change.to, detail: refused };
    await insertEvent(tx, ticket.id, event, now);
    return { ...ticket, seq: ticket.seq + 1 };
  }
  const edit = (EDITORS[change.change] as Editor<Change["change"]>)(ticket, change as never, ids, now);
  if (edit.old === edit.new) return ticket;
  await write(tx, ticket.id, change, edit, now);
  await insertEvent(tx, ticket.id, { name: change.change, actor, cause, old: edit.old, new: edit.new }, now);
  return { ...ticket, ...edit.patch, seq: ticket.seq + 1 };
}

async function write(tx: Db, id: number, change: Change, { columns }: Edit, now: number): Promise<void> {
  switch (change.change) {
    case "tag":
      await tx("ticket_tag").insert({ ticket_id: id, tag: change.tag }).onConflict(["ticket_id", "tag"]).ignore();
      return;
    case "untag":
      await tx("ticket_tag").where({ ticket_id: id, tag: change.tag }).delete();
      return;
    case "watch":
      await tx("watcher").insert({ ticket_id: id, who: change.who }).onConflict(["ticket_id", "who"]).ignore();
      return;
    case "unwatch":
      await tx("watcher").where({ ticket_id: id, who: change.who }).delete();
      return;
    case "set-customer": {
      const customer = { customer_address_id: await addressId(tx, change.to, now) };
      await tx("ticket")
        .where({ id })
        .update({ ...columns, ...customer });
      return;
    }
    default:
      await tx("ticket").where({ id }).update(columns);
  }
}
