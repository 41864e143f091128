/**
 * Names of days and months in a language of the tables (`montag`, `января`), from the Unicode CLDR that Node carries (ECMA-402).
 * Who names a day says when: "Thanks, Friday works".
 */

/** Seven days in a row and the middle of each month, of any year. */
const WEEK = Array.from({ length: 7 }, (_, day) => Date.UTC(2026, 0, 1 + day));
const YEAR = Array.from({ length: 12 }, (_, month) => Date.UTC(2026, month, 15));

/** In lower case and NFC, as the tables hold their words; without those that are told by a digit (`11月`). */
export function daysAndMonths(code: string): readonly string[] {
  const named = (
    type: "weekday" | "month",
    options: Intl.DateTimeFormatOptions,
    times: readonly number[],
  ): string[] => {
    const format = new Intl.DateTimeFormat(code, { ...options, timeZone: "UTC", calendar: "gregory" });
    return times.map((time) => format.formatToParts(time).find((part) => part.type === type)?.value ?? "");
  };
  const found = [
    ...named("weekday", { weekday: "long" }, WEEK),
    ...named("month", { month: "long" }, YEAR),
    // Beside a day many languages decline it: `января`, `stycznia`.
    ...named("month", { month: "long", day: "numeric" }, YEAR),
  ].map((word) => word.normalize("NFC").toLowerCase().replaceAll("i\u0307", "i"));
  return [...new Set(found)].filter((word) => word !== "" && !/\p{Nd}/u.test(word));
}
