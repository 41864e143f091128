/**
 * Route: the rules of the desk look at a new or changed ticket. Facts, decision, changes, effects, trace and the mails that
 * follow share one transaction; a try that fails leaves the row waiting, with its reason.
 */
import { entryById, type EntryRow } from "../db/entry.ts";
import { updateInbound } from "../db/inbound.ts";
import { failRoute, finishRoute, insertRoute, lockPendingRoute, type RouteRow } from "../db/route.ts";
import { lockTicket } from "../db/ticket.ts";
import { route as decideRoute } from "../desk/rules/routing.ts";
import type { Ticket } from "../desk/types.ts";
import type { InboundMessage } from "../mail/types.ts";
import { acknowledge, type Silence } from "./acknowledge.ts";
import { backoffMs } from "./backoff.ts";
import { carryOut, type CarriedOut } from "./carry-out.ts";
import { decidedMessage, ruleFacts } from "./rule-facts.ts";
import { inUnit, type Stage, type Unit } from "./stage.ts";
import { stayAside } from "./not-spam.ts";
import { tellOfTicket } from "./tell-written.ts";

/** Routes one waiting row; does nothing when another worker has done it. Never rejects: a failure is written into the row. */
export async function route(stage: Stage, routeId: number): Promise<void> {
  let tries = 0;
  try {
    await inUnit(stage, async (unit) => {
      const row = await lockPendingRoute(unit.tx, routeId);
      if (!row) return;
      tries = row.attempts;
      await routeRow(unit, row);
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

/** The same inside a unit that goes on with the routed ticket. */
export async function routeNow(unit: Unit, routeId: number): Promise<void> {
  const row = await lockPendingRoute(unit.tx, routeId);
  if (row) await routeRow(unit, row);
}

async function routeRow(unit: Unit, row: RouteRow): Promise<void> {
  const { tx, desk, now } = unit;
  const ticket = await lockTicket(tx, row.ticket_id);
  const entry = row.entry_id === null ? undefined : await entryById(tx, row.entry_id);
  const skip = async (skipped: string) =>
    await finishRoute(tx, row.id, desk.version, { ...nothing(unit, row), skipped }, now);
  if (ticket.mergedInto !== null) {
    await goOnInSurvivor(unit, row, ticket.mergedInto);
    return await skip("the ticket was merged before the rules could look");
  }
  if (ticket.spam) {
    await stayAside(unit, ticket, entry);
    return await skip("the ticket is spam");
  }
  await routeTicket(unit, { row, ticket, entry, message: await decidedMessage(tx, entry) });
}

const nothing = ({ desk }: Unit, { trigger }: RouteRow) =>
  ({ deskVersion: desk.version, trigger, steps: [], rules: [] }) as const;

/** What is said in a merged ticket is said in the one that lives. */
async function goOnInSurvivor(unit: Unit, row: RouteRow, into: number): Promise<void> {
  if (row.entry_id === null) return;
  const trigger = row.trigger === "opened" ? "customer_replied" : row.trigger;
  const again = { ticketId: into, entryId: row.entry_id, trigger, reopened: row.reopened === 1 };
  unit.bells.push({ queue: "route", id: await insertRoute(unit.tx, again, unit.now) });
}

type Looked = {
  readonly row: RouteRow;
  readonly ticket: Ticket;
  readonly entry: EntryRow | undefined;
  readonly message: InboundMessage | undefined;
};

async function routeTicket(unit: Unit, looked: Looked): Promise<void> {
  const { tx, desk, now } = unit;
  const { row, ticket: before, entry, message } = looked;
  const routed = decideRoute(desk, await ruleFacts(tx, before, looked, now));
  const done = await carryOut(unit, looked, routed);
  await finishRoute(tx, row.id, desk.version, done.record, now);
  const { fate } = done.fate;
  if (row.trigger === "opened" && fate !== "merged")
    await acknowledge(unit, done.ticket, { message, entry }, silenceOf(done));
  if (fate === "routed") await tellOfTicket(unit, { row, ticket: done.ticket, entry });
  // What was read is needed again where it will be routed again: in another ticket, or once a human says that it is no spam.
  if (entry?.inbound_id && fate !== "merged" && fate !== "spam")
    await updateInbound(tx, entry.inbound_id, { decided: null });
}

/** Why no acknowledgement may even be thought of. */
function silenceOf({ fate, silencedBy }: CarriedOut): Silence | undefined {
  if (fate.fate === "spam" || fate.fate === "rejected")
    return { cause: fate.cause, because: fate.fate === "spam" ? "the message is spam" : "the message is rejected" };
  return silencedBy && { cause: silencedBy, because: `rule ${silencedBy.detail} wants none` };
}
