/**
 * Held mail that nobody has decided about: a stranger's becomes a ticket of its own after the desk's business hours; of an
 * agent's, whoever was asked is reminded, and then the leads are told.
 */
import { heldBefore, heldReplies, inboundById } from "../db/inbound.ts";
import { addBusinessMinutes } from "../desk/sla/business-time.ts";
import type { InboundMessage } from "../mail/types.ts";
import { record } from "./record.ts";
import { REMINDERS, remind } from "./remind-held.ts";
import { inUnit, type Stage, type Unit } from "./stage.ts";

const ROUND = 200;

/** One round; returns how many held messages became tickets, and of how many somebody was reminded. */
export async function clockHeld(stage: Stage): Promise<number> {
  let done = 0;
  for (const { id } of await heldBefore(stage.db, "stranger", stage.now(), ROUND))
    done += await each(stage, id, "held message could not become a ticket", (unit) => openWhenDue(unit, id));
  for (const [sent, { afterMs }] of REMINDERS.entries())
    for (const { id } of await heldReplies(stage.db, stage.now() - afterMs, sent, ROUND))
      done += await each(stage, id, "nobody could be reminded of a held reply", (unit) => remind(unit, id, sent));
  return done;
}

async function each(
  stage: Stage,
  inbound: number,
  trouble: string,
  work: (unit: Unit) => Promise<boolean>,
): Promise<number> {
  try {
    return (await inUnit(stage, work)) ? 1 : 0;
  } catch (err) {
    // It stays held and visible; the ones behind it must not wait for it (I8).
    stage.log.error({ err, inbound }, trouble);
    return 0;
  }
}

async function openWhenDue(unit: Unit, id: number): Promise<boolean> {
  const inbound = await inboundById(unit.tx, id);
  if (inbound?.state !== "held" || inbound.recorded_at === null || inbound.decided === null) return false;
  const { holdHours, schedule } = unit.desk.defaults;
  const due = addBusinessMinutes(
    inbound.recorded_at,
    holdHours * 60,
    schedule ? unit.desk.schedules[schedule] : undefined,
    unit.desk.timeZone,
  );
  if (due > unit.now) return false;
  const by = { kind: "clock", detail: `nobody decided within ${holdHours} business hours` } as const;
  await record(unit, id, JSON.parse(inbound.decided) as InboundMessage, { decision: "new", by });
  return true;
}
