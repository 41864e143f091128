/**
 * Route: the rules of the desk look at a new or changed ticket. Facts, decision, changes, trace and the mails that follow share
 * one transaction; a try that fails leaves the row waiting, with its reason.
 */
import { applyChanges } from "../db/apply.ts";
import { entryById, type EntryRow } from "../db/entry.ts";
import { inboundById, updateInbound } from "../db/inbound.ts";
import { failRoute, finishRoute, lockPendingRoute, type RouteRow } from "../db/route.ts";
import { agentLoads, lockTicket, touchTicket } from "../db/ticket.ts";
import { pickAgent, withoutPeopleOf } from "../desk/assignment.ts";
import { route as decideRoute, type Routed } from "../desk/routing.ts";
import { dueTimes } from "../desk/sla.ts";
import type { Ticket } from "../desk/types.ts";
import type { InboundMessage } from "../mail/types.ts";
import { acknowledge } from "./acknowledge.ts";
import { backoffMs } from "./backoff.ts";
import { inUnit, type Stage, type Unit } from "./stage.ts";
import { tellOfTicket } from "./tell.ts";

const POSTERN = { kind: "postern" } as const;

/** Routes one waiting row; does nothing when another worker has done it. Never rejects: a failure is written into the row. */
export async function route(stage: Stage, routeId: number): Promise<void> {
  let tries = 0;
  try {
    await inUnit(stage, async (unit) => {
      const row = await lockPendingRoute(unit.tx, routeId);
      if (!row) return;
      tries = row.attempts;
      await routeTicket(unit, row);
    });
  } catch (error) {
    stage.log.error({ route: routeId, err: error }, "ticket could not be routed");
    const notBefore = stage.now() + backoffMs(tries + 1, { first: 1000, most: 3600_000 });
    await stage.enqueue([{ queue: "route", id: routeId, delay: notBefore - stage.now() }]);
    await failRoute(stage.db, routeId, (error as Error).message, notBefore).catch((err: unknown) =>
      stage.log.error({ err }, "store failed"),
    );
  }
}

async function routeTicket(unit: Unit, row: RouteRow): Promise<void> {
  const { tx, desk, ids, now } = unit;
  const before = await lockTicket(tx, row.ticket_id);
  const entry = row.entry_id === null ? undefined : await entryById(tx, row.entry_id);
  const message = await decidedMessage(unit, entry);
  const routed = decideRoute(desk, {
    trigger: row.trigger,
    message,
    mailbox: before.mailbox,
    ticket: before,
    customer: { ...before.customer, addresses: [before.customer.address], attributes: {} },
    organization: before.organization,
    waitingFor: before.waitingFor,
    times: {
      now,
      openedAt: before.openedAt,
      statusSince: before.statusSince,
      lastCustomerAt: before.lastCustomerAt,
      lastAgentAt: before.lastAgentAt,
      respondDueAt: before.respondDueAt,
      resolveDueAt: before.resolveDueAt,
    },
    department: before.department,
    plusTag: row.plus_tag ?? undefined,
  });
  const changed = await applyChanges(tx, before.id, routed.changes, POSTERN, ids, now);
  const assigned = await assign(unit, changed, routed);
  const ticket = await setDueTimes(unit, before, assigned);
  await finishRoute(tx, row.id, desk.version, { ...routed.trace, because: assigned.because }, now);
  if (row.trigger === "opened") await acknowledge(unit, ticket, message, entry);
  await tellOfTicket(unit, { row, ticket, entry });
  if (entry?.inbound_id) await updateInbound(tx, entry.inbound_id, { decided: null });
}

/** The message as receive judged it; undefined once it has been routed, and for entries that no mail made. */
async function decidedMessage({ tx }: Unit, entry: EntryRow | undefined): Promise<InboundMessage | undefined> {
  const inbound = entry?.inbound_id ? await inboundById(tx, entry.inbound_id) : undefined;
  return inbound?.decided ? (JSON.parse(inbound.decided) as InboundMessage) : undefined;
}

type Assigned = Ticket & { readonly because?: string };

/** Picks by loads that nobody else can be counting at the same time: the department's row is locked first. */
async function assign(unit: Unit, ticket: Ticket, { assignment }: Routed): Promise<Assigned> {
  const { tx, desk, ids, now } = unit;
  if (!assignment) return ticket;
  await tx("department")
    .where({ id: ids.department.id(ticket.department) })
    .update({ active: tx.ref("active") });
  const picked = pickAgent(
    assignment.assignment,
    withoutPeopleOf(desk, ticket),
    ticket.department,
    await agentLoads(tx),
  );
  if (picked.agent === null && ticket.assignee === null) return { ...ticket, because: picked.because };
  const cause = { ...assignment.cause, detail: `${assignment.cause.detail}: ${picked.because}` };
  const changed = await applyChanges(
    tx,
    ticket.id,
    [{ change: { change: "assign", to: picked.agent }, cause }],
    POSTERN,
    ids,
    now,
  );
  return { ...changed, because: picked.because };
}

/** Due times follow the plan: set when the ticket opens, set again when the plan changes. */
async function setDueTimes({ tx, desk }: Unit, before: Ticket, ticket: Ticket): Promise<Ticket> {
  const plan = ticket.sla ?? desk.departments[ticket.department]?.sla ?? desk.defaults.sla;
  if (before.respondDueAt !== null && before.sla === ticket.sla && before.department === ticket.department)
    return ticket;
  const due = dueTimes(desk, plan, ticket.openedAt);
  if (due.respondDueAt === ticket.respondDueAt && due.resolveDueAt === ticket.resolveDueAt) return ticket;
  await touchTicket(tx, ticket.id, { respond_due_at: due.respondDueAt, resolve_due_at: due.resolveDueAt });
  return await lockTicket(tx, ticket.id);
}
