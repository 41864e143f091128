/**
 * Applies changes to a ticket, each with its event. The one place where a ticket's fields change, and so the one where what
 * follows from them is reckoned again: how long its SLA clocks stood still, and when an answer and a solution are due.
 */
import { statusRefusal } from "../desk/lifecycle.ts";
import type { Actor, CausedChange, Change, Status, Ticket } from "../desk/types.ts";
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
  "set-status": (ticket, { to, until }, _ids, now) => {
    const closedAt = to === "closed" ? now : null;
    const waitingFor = to === "closed" ? null : ticket.waitingFor;
    const snoozedUntil = to === "snoozed" ? (until ?? null) : null;
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
]);

/** Applies the changes in order; one that changes nothing leaves no event, a status that may not be is refused with one. Returns the ticket as it stands then. */
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
  for (const { change, cause } of changes) {
    const refused = change.change === "set-status" ? statusRefusal(ticket, change, actor.kind) : undefined;
    if (refused && change.change === "set-status") {
      const event = { name: "status refused", actor, cause, old: ticket.status, new: change.to, detail: refused };
      await insertEvent(tx, ticketId, event, now);
      ticket = { ...ticket, seq: ticket.seq + 1 };
      continue;
    }
    const edit = (EDITORS[change.change] as Editor<Change["change"]>)(ticket, change as never, ids, now);
    if (edit.old === edit.new) continue;
    const before = ticket.status;
    if (change.change === "tag")
      await tx("ticket_tag").insert({ ticket_id: ticketId, tag: change.tag }).onConflict(["ticket_id", "tag"]).ignore();
    else if (change.change === "untag") await tx("ticket_tag").where({ ticket_id: ticketId, tag: change.tag }).delete();
    else if (change.change === "watch")
      await tx("watcher").insert({ ticket_id: ticketId, who: change.who }).onConflict(["ticket_id", "who"]).ignore();
    else if (change.change === "unwatch") await tx("watcher").where({ ticket_id: ticketId, who: change.who }).delete();
    else if (change.change === "set-customer")
      await tx("ticket")
        .where({ id: ticketId })
        .update({ ...edit.columns, customer_address_id: await addressId(tx, change.to, now) });
    else await tx("ticket").where({ id: ticketId }).update(edit.columns);
    await insertEvent(tx, ticketId, { name: change.change, actor, cause, old: edit.old, new: edit.new }, now);
    ticket = { ...ticket, ...edit.patch, seq: ticket.seq + 1 };
    reckon ||= RECKONED.has(change.change);
    if (change.change === "set-status" && change.to !== before)
      await noteStatusChanged(tx, (await deskAndIds(tx)).desk, ticketId, cause, now);
  }
  return reckon ? await reckonSla(tx, (await deskAndIds(tx)).desk, ticket, now) : ticket;
}
