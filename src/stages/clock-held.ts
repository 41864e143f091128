/** A stranger's held message that nobody decided about within the desk's business hours becomes a ticket of its own. */
import { heldBefore, inboundById } from "../db/inbound.ts";
import { addBusinessMinutes } from "../desk/sla/business-time.ts";
import type { InboundMessage } from "../mail/types.ts";
import { record } from "./record.ts";
import { inUnit, type Stage, type Unit } from "./stage.ts";

const ROUND = 200;

/** One round; returns how many held messages became tickets. */
export async function clockHeld(stage: Stage): Promise<number> {
  let opened = 0;
  for (const { id } of await heldBefore(stage.db, "stranger", stage.now(), ROUND)) {
    try {
      if (await inUnit(stage, (unit) => openWhenDue(unit, id))) opened++;
    } catch (err) {
      // It stays held and visible; the ones behind it must not wait for it (I8).
      stage.log.error({ err, inbound: id }, "held message could not become a ticket");
    }
  }
  return opened;
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
