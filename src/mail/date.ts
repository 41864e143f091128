/**
 * The Date header (RFC 5322 section 3.3 and the obsolete forms of 4.3). Strict on purpose: a guessed date would
 * open or close the one-week window of the signature check.
 */

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/** RFC 5322 section 4.3, minutes. The military letters mean -0000 there. */
const ZONES: Readonly<Record<string, number>> = {
  ut: 0,
  utc: 0,
  gmt: 0,
  z: 0,
  est: -300,
  edt: -240,
  cst: -360,
  cdt: -300,
  mst: -420,
  mdt: -360,
  pst: -480,
  pdt: -420,
};

/** `Mon, 23 Nov 2026 10:02:11 +0100 (CET)`: the comment was cut off before. */
const RFC_5322 =
  /^(?:[a-z]{2,9}\.?,?\s+)?(\d{1,2})[\s-]+([a-z]{3})[a-z]{0,6}[\s-]+(\d{2,4})[\s,]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*([+-]\d{4}|[a-z]{1,5})?$/i;
/** Some robots write ISO 8601. */
const ISO = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})$/;

/**
 * @param value the header value, unfolded
 * @returns UTC milliseconds, undefined when it is not a date
 */
export function parseDate(value: string): number | undefined {
  if (value.length > 200) return undefined;
  const text = value.replace(/\([^()]*\)/g, " ").trim();
  if (ISO.test(text)) return finite(Date.parse(text.replace(" ", "T")));
  const match = RFC_5322.exec(text);
  if (!match) return undefined;
  const [, day, monthName, yearText, hour, minute, second = "0", zone = "z"] = match as unknown as [
    string,
    ...string[],
  ];
  const month = MONTHS.indexOf((monthName as string).toLowerCase());
  const offset = zoneMinutes(zone);
  if (month < 0 || offset === undefined || Number(hour) > 23 || Number(minute) > 59) return undefined;
  const utc = Date.UTC(
    fullYear(yearText as string),
    month,
    Number(day),
    Number(hour),
    Number(minute),
    Math.min(Number(second), 59),
  );
  if (new Date(utc).getUTCDate() !== Number(day)) return undefined;
  return finite(utc - offset * 60_000);
}

/** RFC 5322 section 4.3: 00-49 is this century, 50-99 and three digits count from 1900. */
function fullYear(text: string): number {
  const year = Number(text);
  if (text.length === 4) return year;
  return text.length === 2 && year < 50 ? 2000 + year : 1900 + year;
}

function zoneMinutes(zone: string): number | undefined {
  if (/^[+-]/.test(zone)) {
    const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(3, 5));
    return zone.startsWith("-") ? -minutes : minutes;
  }
  const named = ZONES[zone.toLowerCase()];
  return named ?? (zone.length === 1 ? 0 : undefined);
}

function finite(time: number): number | undefined {
  return Number.isFinite(time) ? time : undefined;
}
