/** What a desk file means when it leaves something out. */
import type { Assignment, Department } from "../types.ts";

/** Budgets of the design: answering is stopped long before it could become a loop. */
export const DEFAULT_BUDGETS = { sender_per_hour: 5, sender_per_day: 20, domain_per_hour: 50, fold_after: 20 } as const;
export const FIRST_NUMBER = 1001;
/** Days before a pending ticket is closed. */
export const CLOSE_WARNING_DAYS = 3;

/** Whom a department tells when its file does not say: who gets the ticket, or everybody when nobody does. */
export const defaultTell = (assign: Assignment): Department["tell"] => ({
  new: [assign.strategy === "none" ? "members" : "assignee"],
  customer_reply: ["assignee"],
  assigned: ["assignee"],
  overdue: ["assignee", "lead"],
});

/** `billing` -> `Billing`, `it` -> `IT`, `pre_sales` -> `Pre sales`. */
export const defaultName = (key: string): string =>
  key.length <= 2 ? key.toUpperCase() : key[0]!.toUpperCase() + key.slice(1).replace(/[-_]+/g, " ");
