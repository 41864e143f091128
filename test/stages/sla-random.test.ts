/**
 * Due times in the store against a reckoning by events alone: what happens to a ticket for weeks, at random, and after every
 * step each minute since it was opened is counted by the clock on the wall.
 */
import { expect, it } from "vitest";
import { applyChanges } from "../../src/db/apply.ts";
import type { EventRow } from "../../src/db/event.ts";
import { listTickets } from "../../src/db/ticket-view.ts";
import type { Change, Desk, Schedule, SlaPlan, Ticket } from "../../src/desk/types.ts";
import { clockSla } from "../../src/stages/clock-sla.ts";
import { noteResponse } from "../../src/stages/due.ts";
import { inUnit } from "../../src/stages/stage.ts";
import { onBothStores } from "../db/stores.ts";
import { HOUR, MINUTE, plan, slaDesk, slaStreet } from "./sla-desk.ts";

const DAY = 24 * HOUR;
const SEEDS = [1];
const STEPS = 30;

function randomOf(seed: number) {
  let state = seed;
  const next = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  return {
    int: (n: number) => Math.floor(next() * n),
    pick: <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)]!,
  };
}

const schedule = (key: string, more: Partial<Schedule>): Schedule => ({ key, intervals: [], holidays: [], ...more });
const week = (from: number, to: number, days = [1, 2, 3, 4, 5]) =>
  days.map((day) => ({ day, from: from * 60, to: to * 60 }));

const SCHEDULES = {
  office: schedule("office", { intervals: week(9, 17), holidays: ["2026-10-26", "2026-11-11"] }),
  newyork: schedule("newyork", {
    intervals: [...week(8, 12), ...week(13, 18.5)],
    timeZone: "America/New_York",
    holidays: ["2026-11-26"],
  }),
  night: schedule("night", {
    intervals: [...week(0, 5, [1, 2, 3, 4, 5, 6, 7]), ...week(22, 24, [1, 2, 3, 4, 5, 6, 7])],
  }),
  howe: schedule("howe", { intervals: week(0, 24, [6, 7, 1]), timeZone: "Australia/Lord_Howe" }),
  never: schedule("never", { intervals: [] }),
};

const PLANS: readonly SlaPlan[] = [
  plan("gold", {
    respondMinutes: 30,
    resolveMinutes: 480,
    schedule: "office",
    warnMinutes: 10,
    byPriority: { urgent: { respondMinutes: 5 }, low: { resolveMinutes: 4_000 } },
  }),
  plan("silver", {
    respondMinutes: 240,
    resolveMinutes: 2_400,
    schedule: "newyork",
    escalations: [{ of: "resolve", afterMinutes: 60, tell: [], tags: ["late"] }],
  }),
  plan("dark", { respondMinutes: 61, resolveMinutes: 1_441, schedule: "night" }),
  plan("howe", { respondMinutes: 90, resolveMinutes: 3_000, schedule: "howe" }),
  plan("never", { schedule: "never" }),
];

function desks(): readonly Desk[] {
  const desk = slaDesk(...PLANS);
  const { support, it: other } = desk.departments;
  const first: Desk = {
    ...desk,
    schedules: SCHEDULES,
    departments: { support: { ...support!, sla: "gold" }, it: { ...other!, sla: "silver" } },
  };
  const slower = plan("gold", { ...PLANS[0]!, resolveMinutes: 960, schedule: "newyork" });
  return [first, { ...first, sla: { ...first.sla, gold: slower } }];
}

/** What the clock on the wall shows in a zone. */
const walls = new Map<string, Intl.DateTimeFormat>();
function wall(at: number, timeZone: string): { date: string; day: number; minute: number } {
  let format = walls.get(timeZone);
  if (!format) {
    const parts = { year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit" } as const;
    walls.set(timeZone, (format = new Intl.DateTimeFormat("sv-SE", { timeZone, hourCycle: "h23", ...parts })));
  }
  const [date, time] = format.format(at).split(" ") as [string, string];
  const [hours, minutes] = time.split(":").map(Number) as [number, number];
  const day = new Date(`${date}T00:00:00Z`).getUTCDay() || 7;
  return { date, day, minute: hours * 60 + minutes };
}

const works = ({ intervals, holidays, timeZone }: Schedule, at: number, zone: string): boolean => {
  const { date, day, minute } = wall(at, timeZone ?? zone);
  return !holidays.includes(date) && intervals.some((one) => one.day === day && one.from <= minute && minute < one.to);
};

/** Status, waiting and plan as the events leave them, and when the clocks stood still. */
function story(events: readonly EventRow[], openedAt: number) {
  const state = {
    status: "open",
    waiting: "us" as string | null,
    since: null as number | null,
    closedAt: null as number | null,
  };
  const pauses: [number, number][] = [];
  for (const { name, at, new: to } of events) {
    if (name === "set-status") {
      state.status = to!.split(" ")[0]!;
      state.closedAt = state.status === "closed" ? Number(at) : null;
      if (state.status === "closed") state.waiting = null;
    } else if (name === "set-waiting-for") state.waiting = to;
    else continue;
    const still = state.status !== "open" || state.waiting === "customer";
    if (still && state.since === null) state.since = Number(at);
    if (!still && state.since !== null) {
      pauses.push([state.since, Number(at)]);
      state.since = null;
    }
  }
  if (state.since !== null) pauses.push([state.since, Number.POSITIVE_INFINITY]);
  return { ...state, pauses, openedAt };
}

type Told = ReturnType<typeof story>;

/** The end of the minute in which so many are used up; null while it stands still before that, or never comes. */
function usedUp({ openedAt, pauses }: Told, minutes: number, its: Schedule | undefined, zone: string): number | null {
  let left = minutes;
  for (let at = openedAt; at < openedAt + 200 * DAY; at += MINUTE) {
    const pause = pauses.find(([from, to]) => from <= at && at < to);
    if (pause?.[1] === Number.POSITIVE_INFINITY) return null;
    if (!pause && (its === undefined || works(its, at, zone))) left -= 1;
    if (left === 0) return at + MINUTE;
  }
  return null;
}

function expected(desk: Desk, ticket: Ticket, told: Told) {
  const key = [ticket.sla, desk.departments[ticket.department]!.sla, desk.defaults.sla].find(
    (one) => one && desk.sla[one],
  );
  const its = desk.sla[key!]!;
  const minutes = { ...its, ...its.byPriority[ticket.priority] };
  const due = (of: number) => usedUp(told, of, desk.schedules[its.schedule], desk.timeZone);
  const closed = told.status === "closed";
  return {
    respondDueAt: closed || ticket.respondedAt !== null ? null : due(minutes.respondMinutes),
    resolveDueAt: closed ? null : due(minutes.resolveMinutes),
  };
}

function randomChange(random: ReturnType<typeof randomOf>, ticket: Ticket, now: number): Change[] {
  const kind = random.int(7);
  if (kind === 0) return [{ change: "set-priority", to: random.pick(["low", "normal", "high", "urgent"]) }];
  if (kind === 1)
    return [
      { change: "set-sla", to: random.pick([null, "gold", "silver", "dark", "howe", "never", "standard", "gone"]) },
    ];
  if (kind === 2) return [{ change: "set-department", to: ticket.department === "it" ? "support" : "it" }];
  if (kind === 3)
    return [{ change: "set-waiting-for", to: ticket.status === "closed" ? null : random.pick(["us", "customer"]) }];
  const to = random.pick(["open", "open", "pending", "snoozed", "closed"] as const);
  const until = to === "snoozed" ? { until: now + random.int(5 * 1440) * MINUTE } : {};
  const waiting =
    to === "closed" ? [] : [{ change: "set-waiting-for", to: random.pick(["us", "customer"] as const) } as const];
  return [{ change: "set-status", to, ...until }, ...waiting];
}

onBothStores("due times of weeks", (store) => {
  it.each(SEEDS)("seed %i", { timeout: 120_000 }, async (seed) => {
    const random = randomOf(seed * 7_919);
    const [first, second] = desks();
    let desk = first!;
    const street = await slaStreet(store, desk, Date.UTC(2026, 9, 19, 5) + random.int(14 * 1440) * MINUTE);
    const opened = await street.open({ from: `r${seed}@fabrikam.example` });
    const told = async () => story(await street.events(opened.id), opened.openedAt);
    for (let step = 0; step < STEPS; step++) {
      street.clock.now += random.pick([1, 7, 60, 180, 600, 1_440]) * MINUTE;
      const ticket = await street.ticket(opened.id);
      if (random.int(10) === 0) await street.apply((desk = desk === first ? second! : first!));
      else if (random.int(15) === 0) await inUnit(street.stage, (unit) => noteResponse(unit, opened.id));
      else {
        const changes = randomChange(random, ticket, street.clock.now).map((change) => ({
          change,
          cause: { kind: "cli", detail: "" } as const,
        }));
        await inUnit(street.stage, ({ tx, ids, now }) =>
          applyChanges(tx, opened.id, changes, { kind: "admin" }, ids, now),
        );
      }
      await clockSla(street.stage);
      const after = await street.ticket(opened.id);
      const want = expected(desk, after, await told());
      const { respondDueAt, resolveDueAt } = after;
      expect({ step, seed, respondDueAt, resolveDueAt }).toEqual({ step, seed, ...want });
      const overdue = (await listTickets(street.db, "overdue", { limit: 100, now: street.clock.now })).some(
        ({ id }) => id === opened.id,
      );
      const late = [respondDueAt, resolveDueAt].some((at) => at !== null && at < street.clock.now);
      expect({ step, overdue }).toEqual({
        step,
        overdue: late && after.status !== "closed" && after.waitingFor === "us",
      });
    }
    const marks = (await street.events(opened.id)).filter(
      ({ name }) => name === "sla breached" || name === "sla warning",
    );
    const keys = marks.map(({ name, cause, new: due }) => `${name} ${cause} ${due}`);
    expect(new Set(keys).size).toBe(keys.length);
  });
});
