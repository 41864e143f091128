/** Clock: what happens because time has passed. Here: a stranger's held message that nobody decided about becomes a ticket of its own. */
import { heldBefore, inboundById } from "../db/inbound.ts";
import { addBusinessMinutes } from "../desk/business-time.ts";
import type { InboundMessage } from "../mail/types.ts";
import { record } from "./record.ts";
import { inUnit, type Stage } from "./stage.ts";

const ROUND = 200;

/** One round; returns how many held messages became tickets. */
export async function clock(stage: Stage): Promise<number> {
  let opened = 0;
  for (const { id } of await heldBefore(stage.db, "stranger", stage.now(), ROUND)) {
    await inUnit(stage, async (unit) => {
      const inbound = await inboundById(unit.tx, id);
      if (inbound?.state !== "held" || inbound.recorded_at === null || inbound.decided === null) return;
      const { holdHours, schedule } = unit.desk.defaults;
      const due = addBusinessMinutes(
        inbound.recorded_at,
        holdHours * 60,
        schedule ? unit.desk.schedules[schedule] : undefined,
        unit.desk.timeZone,
      );
      if (due > unit.now) return;
      await record(unit, id, JSON.parse(inbound.decided) as InboundMessage, { decision: "new" });
      opened++;
    });
  }
  return opened;
}
