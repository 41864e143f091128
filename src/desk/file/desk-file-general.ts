/** What a desk file says of the desk as a whole: numbers, time zone, defaults, budgets. */
import type { z } from "zod";
import { didYouMean } from "../../text/nearest.ts";
import { domain } from "../../yaml/address-field.ts";
import { choice, duration, list, scalar, section, whole, Wrong } from "../../yaml/fields.ts";
import { show } from "../../yaml/problem.ts";
import { formatDuration } from "../../yaml/units.ts";
import { CLOSE_WARNING_DAYS, DEFAULT_BUDGETS } from "./desk-file-defaults.ts";
import { formatClock } from "./desk-file-hours.ts";
import { clockField, daysField, reference, scheduleReference, type DeskNames } from "./desk-file-names.ts";
import { given, some, someKeys } from "./desk-file-shape.ts";
import { PRIORITIES, type Budgets, type Desk } from "../types.ts";

export const prefixField = () =>
  scalar("a prefix", "1 to 10 capital letters and digits, e.g. NW", (input) =>
    /^[A-Z0-9]{1,10}$/.test(input) ? input : undefined,
  );

export const listIdField = () =>
  scalar("a List-Id", "what stands between < and > in List-Id, e.g. support.lists.example.com", (input) =>
    /^<?([^\s<>]{1,255})>?$/.exec(input)?.[1]?.toLowerCase(),
  );

export const timeZoneField = () =>
  scalar("a time zone", "a name of the IANA list, e.g. Europe/Berlin", (input) => {
    if (/^[A-Za-z0-9_+/-]+$/.test(input) && !/^[+-]/.test(input) && isTimeZone(input)) return input;
    return new Wrong(
      `${show(input)} is not a time zone. ${didYouMean(input, Intl.supportedValuesOf("timeZone"))}Write a name of the IANA list, e.g. Europe/Berlin.`,
    );
  });

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name }).format(0);
    return true;
  } catch {
    return false;
  }
}

export const defaultsSection = (names: DeskNames) =>
  section(
    {
      department: reference("department", names.department),
      priority: choice(PRIORITIES).default("normal"),
      sla: reference("sla", names.sla).optional(),
      undo: duration("60s", "0s", "1h").default(60_000),
      reopen: daysField("14d").default(14),
      hold: scalar("a time in business hours", "hours or minutes, e.g. 4h", (input) => {
        const parts = /^(\d{1,5})(h|m)$/.exec(input);
        return parts === null || Number(parts[1]) === 0 ? undefined : Number(parts[1]) / (parts[2] === "h" ? 1 : 60);
      }).default(4),
      close_pending: daysField("14d", 1).optional(),
      close_warning: daysField("3d").default(CLOSE_WARNING_DAYS),
      schedule: scheduleReference(names).optional(),
      newer_message: choice(["send", "ask"]).optional(),
      overview: clockField("08:00").optional(),
    },
    ["closure", "language"],
  );

export const toDefaults = (file: z.output<ReturnType<typeof defaultsSection>>): Desk["defaults"] => ({
  department: file.department,
  priority: file.priority,
  undoSeconds: file.undo / 1000,
  reopenDays: file.reopen,
  holdHours: file.hold,
  closeWarningDays: file.close_warning,
  ...given({
    sla: file.sla,
    schedule: file.schedule,
    closePendingDays: file.close_pending,
    newerMessage: file.newer_message,
    overviewAt: file.overview,
  }),
});

/** The defaults as the desk file writes them. */
export function writeDefaults(defaults: Desk["defaults"]) {
  const holdMinutes = Math.round(defaults.holdHours * 60);
  const { closePendingDays, closeWarningDays, overviewAt } = defaults;
  return {
    department: defaults.department,
    priority: defaults.priority,
    sla: defaults.sla,
    undo: formatDuration(defaults.undoSeconds * 1000),
    reopen: `${defaults.reopenDays}d`,
    hold: holdMinutes % 60 === 0 ? `${holdMinutes / 60}h` : `${holdMinutes}m`,
    close_pending: closePendingDays === undefined ? undefined : `${closePendingDays}d`,
    close_warning: closeWarningDays === CLOSE_WARNING_DAYS ? undefined : `${closeWarningDays}d`,
    schedule: defaults.schedule,
    newer_message: defaults.newerMessage,
    overview: overviewAt === undefined ? undefined : formatClock(overviewAt),
  };
}

export const budgetsSection = () => {
  const budget = (standard: number) => whole("a number", 0, 1_000_000, standard).default(standard);
  return section(
    {
      sender_per_hour: budget(DEFAULT_BUDGETS.sender_per_hour),
      sender_per_day: budget(DEFAULT_BUDGETS.sender_per_day),
      domain_per_hour: budget(DEFAULT_BUDGETS.domain_per_hour),
      open_domains: list(domain()).default([]),
      fold_after: whole("a number", 1, 1_000_000, DEFAULT_BUDGETS.fold_after).default(DEFAULT_BUDGETS.fold_after),
    },
    ["breaker"],
  );
};

export const toBudgets = (file: z.output<ReturnType<typeof budgetsSection>>): Budgets => ({
  senderPerHour: file.sender_per_hour,
  senderPerDay: file.sender_per_day,
  domainPerHour: file.domain_per_hour,
  openDomains: file.open_domains,
  foldAfter: file.fold_after,
});

/** The budgets that are not the usual ones. */
export function writeBudgets(budgets: Budgets): object | undefined {
  const changed = (value: number, usual: number): number | undefined => (value === usual ? undefined : value);
  return someKeys({
    sender_per_hour: changed(budgets.senderPerHour, DEFAULT_BUDGETS.sender_per_hour),
    sender_per_day: changed(budgets.senderPerDay, DEFAULT_BUDGETS.sender_per_day),
    domain_per_hour: changed(budgets.domainPerHour, DEFAULT_BUDGETS.domain_per_hour),
    open_domains: some(budgets.openDomains),
    fold_after: changed(budgets.foldAfter, DEFAULT_BUDGETS.fold_after),
  });
}
