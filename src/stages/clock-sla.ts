/**
 * The clock of SLA plans. First the due times of tickets that an older version of the desk reckoned, so that a changed plan
 * or schedule moves them; then what the plans have to say about tickets whose moment has come, a transaction each.
 */
import { currentDesk } from "../db/desk.ts";
import { lookAgainAt, staleTickets, ticketsToLookAt } from "../db/sla.ts";
import { reckonDue } from "./due.ts";
import { sayDue } from "./escalate.ts";
import { inPart, inUnit, type Stage } from "./stage.ts";

/** Tickets in one transaction: short enough for everybody else to get a turn. */
const BATCH = 50;
/** In one round. The other chores of the clock wait for this one; the rest is done in the next round. */
const MOST = 2_000;
const AFTER_FAILURE_MS = 5 * 60_000;

/** One round; returns how many warnings, breaches and escalations there were. */
export async function clockSla(stage: Stage): Promise<number> {
  const desk = await currentDesk(stage.db);
  if (desk === undefined) return 0;
  await reckonStale(stage, desk.version);
  let said = 0;
  for (let looked = 0; looked < MOST;) {
    const ids = await ticketsToLookAt(stage.db, stage.now(), BATCH);
    for (const id of ids) said += await lookAt(stage, id);
    looked += ids.length;
    if (ids.length < BATCH) break;
  }
  return said;
}

async function lookAt(stage: Stage, id: number): Promise<number> {
  try {
    return await inUnit(stage, (unit) => sayDue(unit, id));
  } catch (err) {
    stage.log.error({ err, ticket: id }, "an SLA plan could not be followed");
    // Later again, and not first in line: the tickets behind it must not wait for it (I8).
    await lookAgainAt(stage.db, id, stage.now() + AFTER_FAILURE_MS);
    return 0;
  }
}

async function reckonStale(stage: Stage, version: number): Promise<void> {
  let after = 0;
  for (let done = 0; done < MOST;) {
    const ids = await staleTickets(stage.db, version, after, BATCH);
    if (ids.length === 0) return;
    await inUnit(stage, async (unit) => {
      for (const id of ids)
        await inPart(unit, (part) => reckonDue(part, id)).catch((err: unknown) =>
          stage.log.error({ err, ticket: id }, "due times could not be reckoned"),
        );
    });
    after = ids.at(-1)!;
    done += ids.length;
  }
}
