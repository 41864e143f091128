/** A desk with SLA plans, and a street with a clock role, for the tests of both. Monday 23 November 2026, 10:00 UTC is its beginning. */
import { storeDesk } from "../../src/db/desk.ts";
import { marksOf, pausesOf } from "../../src/db/sla.ts";
import type { Desk, Schedule, SlaPlan, Ticket } from "../../src/desk/types.ts";
import { clockSla } from "../../src/stages/clock-sla.ts";
import { reckonDue } from "../../src/stages/due.ts";
import { inUnit } from "../../src/stages/stage.ts";
import { testDesk } from "../db/desks.ts";
import type { Store } from "../db/stores.ts";
import { openStreet, START } from "./street.ts";

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
/** 11:00 in Berlin. */
export const MONDAY = START;

export const plan = (key: string, more: Partial<SlaPlan> = {}): SlaPlan => ({
  key,
  respondMinutes: 60,
  resolveMinutes: 600,
  schedule: "always",
  byPriority: {},
  escalations: [],
  ...more,
});

/** 09:00 to 17:00 in Berlin, where it is one hour later than in UTC. */
export const OFFICE: Schedule = {
  key: "office",
  intervals: [1, 2, 3, 4, 5].map((day) => ({ day, from: 9 * 60, to: 17 * 60 })),
  holidays: [],
};

export function slaDesk(...plans: readonly SlaPlan[]): Desk {
  const desk = testDesk();
  return {
    ...desk,
    schedules: { office: OFFICE },
    sla: Object.fromEntries([plan("standard"), ...plans].map((one) => [one.key, one])),
    departments: {
      ...desk.departments,
      support: {
        ...desk.departments["support"]!,
        assign: { strategy: "fixed", agent: "ben" },
        tell: { ...desk.departments["support"]!.tell, overdue: ["assignee", "lead"] },
      },
    },
    rules: [],
  };
}

export async function slaStreet(store: Store, desk: Desk, at = MONDAY) {
  const street = await openStreet(store, { desk, at });
  const { db, stage, clock } = street;
  // Tickets of the tests before would have their say as well.
  await db("ticket").update({ status: "closed", closed_at: at, sla_look_at: null });
  const seen = async (id: number, names: readonly string[]) =>
    (await street.events(id)).filter(({ name }) => names.includes(name));
  return {
    ...street,
    /** Makes another desk the active one. */
    apply: async (changed: Desk) => void (await db.transaction((tx) => storeDesk(tx, changed, "test", clock.now))),
    /** A new ticket, due times reckoned. */
    opened: async (from: string): Promise<Ticket> => {
      const { id } = await street.open({ from });
      return await inUnit(stage, (unit) => reckonDue(unit, id));
    },
    /** Lets time go by, lets the clock look, and sends what is to be sent. */
    later: async (ms: number): Promise<number> => {
      clock.now += ms;
      const said = await clockSla(stage);
      await street.ring();
      return said;
    },
    said: async (id: number): Promise<string[]> =>
      (await seen(id, ["sla warning", "sla breached", "sla escalated"])).map(({ name, cause }) => `${name}: ${cause}`),
    marks: async (id: number) => (await marksOf(db, id)).map(({ clock: one, mark }) => `${one} ${mark}`).toSorted(),
    pauses: async (id: number) => await pausesOf(db, id),
    /** Agents' mails about time since the beginning, `ben@nw.example: OVERDUE`. */
    mails: (): string[] =>
      street.outbox.flatMap(({ to, message }) => {
        const [, what] = /^(DUE SOON|OVERDUE): /.exec(message.text) ?? [];
        return what === undefined ? [] : [`${to}: ${what}`];
      }),
  };
}
