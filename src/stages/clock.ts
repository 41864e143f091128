/** Clock: what happens because time has passed. A list of chores, each in a file of its own; one that fails does not stop the others. */
import { clockAbsence } from "./clock-absence.ts";
import { clockDigest } from "./clock-digest.ts";
import { clockHeld } from "./clock-held.ts";
import { clockRules } from "./clock-rules.ts";
import { clockLifecycle } from "./clock-lifecycle.ts";
import { clockOverview } from "./clock-overview.ts";
import { clockSla } from "./clock-sla.ts";
import type { Stage } from "./stage.ts";

/** `run` does one round and returns how many things it did. */
export type Chore = { readonly name: string; readonly run: (stage: Stage) => Promise<number> };

export const CHORES: readonly Chore[] = [
  { name: "held messages", run: clockHeld },
  // Before those that tell assignees of something: they are to be there.
  { name: "absent agents", run: clockAbsence },
  { name: "SLA plans", run: clockSla },
  { name: "snoozed and pending tickets", run: clockLifecycle },
  { name: "rules of the clock", run: clockRules },
  // After those that make news of tickets.
  { name: "overviews and counts", run: clockOverview },
  { name: "digests", run: clockDigest },
];

/** One round of every chore; returns how many things were done. A failed chore is logged and has its turn again next round. */
export async function clock(stage: Stage): Promise<number> {
  let done = 0;
  for (const { name, run } of CHORES) {
    try {
      done += await run(stage);
    } catch (err) {
      stage.log.error({ err, chore: name }, "clock: chore failed");
    }
  }
  return done;
}
