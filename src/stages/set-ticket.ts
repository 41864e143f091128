/**
 * A human's edit of one ticket from outside of the mail: fields, assignment, status, each with its event. Who gets the
 * ticket by it is told, and a customer whose ticket is closed gets the closure notice.
 */
import { applyChanges } from "../db/apply.ts";
import { entriesOf } from "../db/entry.ts";
import { lockTicket } from "../db/ticket.ts";
import { membersOf } from "../desk/assigning/assignment.ts";
import type { Move } from "../desk/lifecycle.ts";
import type { Actor, Assignment, Cause, Change, Ticket } from "../desk/types.ts";
import { assignTicket } from "./assign.ts";
import { Refused } from "./refused.ts";
import { writeClosureNotice } from "./reply.ts";
import type { Unit } from "./stage.ts";
import { changeStatus } from "./status.ts";
import { audienceOf, readers, tellReaders } from "./tell.ts";

export type TicketEdit = {
  /** Everything but assignment and status. */
  readonly changes: readonly Change[];
  readonly assignment?: Assignment;
  readonly move?: Move;
  /** False: a customer whose ticket is closed by this is not told. */
  readonly notice: boolean;
  readonly actor: Actor;
  readonly cause: Cause;
};

/** Returns the ticket as it was and as it is. Throws `Refused`, before anything is kept, with the reason. */
export async function setTicket(unit: Unit, id: number, edit: TicketEdit): Promise<{ before: Ticket; after: Ticket }> {
  const { tx, ids, now } = unit;
  const { actor, cause } = edit;
  const before = await lockTicket(tx, id);
  if (before.mergedInto !== null)
    throw new Refused(`${before.publicNumber} was merged, and nothing of it changes; "ticket show" says into which`);
  const changes = edit.changes.map((change) => ({ change, cause }));
  let ticket = await applyChanges(tx, id, changes, actor, ids, now);
  const assignment = edit.assignment ?? reassigned(unit, before, ticket);
  if (assignment) ({ ticket } = await assignTicket(unit, ticket, { assignment, cause }, actor));
  mustBeAssigned(unit, edit, ticket);
  if (edit.move) ticket = await changeStatus(unit, ticket, { ...edit.move, actor, cause });
  if (ticket.status === "closed" && before.status !== "closed" && edit.notice && !ticket.spam)
    await writeClosureNotice(unit, ticket, { actor, cause, waitMs: 0 });
  if (ticket.assignee !== before.assignee) await tellAssignee(unit, ticket);
  return { before, after: await lockTicket(tx, id) };
}

/** Whoever is not in the new department does not keep the ticket: it is assigned as the department assigns. */
function reassigned({ desk }: Unit, before: Ticket, { department, assignee }: Ticket): Assignment | undefined {
  if (department === before.department || membersOf(desk, department).some(({ key }) => key === assignee))
    return undefined;
  return desk.departments[department]?.assign;
}

/** An agent who was named and cannot have the ticket must not silently be another one. */
function mustBeAssigned({ desk }: Unit, { assignment }: TicketEdit, ticket: Ticket): void {
  if (assignment?.strategy !== "fixed" || ticket.assignee === assignment.agent) return;
  const { name } = desk.agents[assignment.agent]!;
  const department = desk.departments[ticket.department]?.name ?? ticket.department;
  throw new Refused(`${name} cannot have ${ticket.publicNumber}: away, its customer, or not an agent of ${department}`);
}

async function tellAssignee(unit: Unit, ticket: Ticket): Promise<void> {
  const assignee = ticket.assignee === null ? undefined : unit.desk.agents[ticket.assignee];
  const entry = (await entriesOf(unit.tx, ticket.id)).findLast(({ kind }) => kind === "message");
  if (!assignee?.active || !entry) return;
  await tellReaders(unit, {
    ticket,
    entry,
    readers: readers(unit, ticket, audienceOf(unit.desk, ticket, "assigned")),
    kind: "assigned",
    cause: `ticket ${ticket.id}, event ${ticket.seq}`,
    remark: ({ agent }) => `An admin assigned this to ${agent?.key === assignee.key ? "you" : assignee.name}.`,
  });
}
