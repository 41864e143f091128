/** May one more acknowledgement go out? Every limit that says no says which it is. */
import { isFreemail } from "../mail/address.ts";
import type { Desk } from "./types.ts";

export type AckCounts = {
  readonly senderHour: number;
  readonly senderDay: number;
  readonly domainHour: number;
  readonly allHour: number;
  /** Median of the acknowledgements an hour in the last week; undefined in the first seven days of an installation. */
  readonly weeklyMedian: number | undefined;
};

/** The breaker's floor: a desk that is that quiet never trips it. */
const BREAKER_LEAST = 500;
const BREAKER_TIMES = 10;

/** Why the next acknowledgement to this domain is over budget, undefined when it is not. */
export function overBudget(desk: Desk, domain: string, counts: AckCounts): string | undefined {
  const { senderPerHour, senderPerDay, domainPerHour, openDomains } = desk.budgets;
  if (counts.senderHour >= senderPerHour)
    return `the sender had ${counts.senderHour} acknowledgements within an hour, the budget is ${senderPerHour}`;
  if (counts.senderDay >= senderPerDay)
    return `the sender had ${counts.senderDay} acknowledgements within a day, the budget is ${senderPerDay}`;
  const open = openDomains.includes(domain) || isFreemail(domain);
  if (!open && counts.domainHour >= domainPerHour)
    return `${domain} had ${counts.domainHour} acknowledgements within an hour, the budget is ${domainPerHour}`;
  if (counts.weeklyMedian === undefined) return undefined;
  const most = Math.max(BREAKER_LEAST, BREAKER_TIMES * counts.weeklyMedian);
  return counts.allHour >= most
    ? `${counts.allHour} acknowledgements within an hour, the breaker is at ${most}`
    : undefined;
}
