/**
 * The date of a quoted or forwarded mail as its client wrote it for people, in the languages of the tables. Only what is
 * certain: a year of four digits, a month by name or in an order that leaves no doubt, and a clock time. `03/04/2026` is
 * March in Boston and April in London: no date.
 */
import { parseDate } from "../date.ts";
import { plain } from "../reply/evidence.ts";
import { monthForm, monthNamed } from "./month-names.ts";

/** The longest date with its weekday and zone in words is half of this. In characters. */
const MAX_DATE = 200;

type Day = { readonly year: number; readonly month: number; readonly day: number };

/**
 * Reads a date in words or digits: RFC 5322 and ISO 8601 as in headers, and
 *   Mon, Nov 23, 2026 at 10:02 AM · Monday, November 23, 2026 10:02 AM · 23 November 2026 at 10:02:11 GMT+1
 *   Montag, 23. November 2026 10:02 · lundi 23 novembre 2026 10:02 · lunes, 23 de noviembre de 2026 10:02
 *   23.11.2026 10:02 · 2026/11/23 10:02 · 2026年11月23日(月) 10:02 · 2026년 11월 23일 (월) 오전 10:02
 * @param text the value of the field
 * @param languages of the block that it stands in; they tell months of one name apart
 * @returns UTC milliseconds; a time without a zone, which is the sender's or the forwarder's own, is read as UTC, so that
 * it may be up to 14 hours off. Undefined when day or time are not certain.
 */
export function readSpokenDate(text: string, languages: readonly string[] = []): number | undefined {
  if (text.length > MAX_DATE) return undefined;
  const standard = parseDate(text);
  if (standard !== undefined) return standard;
  const bare = plain(text).replace(/[*_,;'"’]/g, " ");
  const clock = readClock(bare);
  if (!clock) return undefined;
  const day = dayIn(bare.slice(0, clock.from), languages) ?? dayIn(bare.slice(clock.to), languages);
  if (!day) return undefined;
  const utc = Date.UTC(day.year, day.month - 1, day.day, clock.hour, clock.minute, clock.second);
  // 31 November would silently be 1 December.
  if (new Date(utc).getUTCDate() !== day.day) return undefined;
  return utc - (zoneIn(bare.slice(clock.to)) ?? 0) * 60_000;
}

type Clock = {
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly from: number;
  readonly to: number;
};

/** `10:02` · `10:02:11` · `10.02` (Finnish, Danish) · `10h02` · `10 h 02` · `10時02分` · `10시 2분`, with the half of the day around it. */
const CLOCK =
  /(?<![\d.:/+\u2212]|(?<!\p{L})-)(\d{1,2})(?::|\.|(?: ?[h时時點点시] ?))(\d{2}|\d(?= ?분))(?:[:.](\d{2})(?:[.,]\d{1,6})?)? ?분?(?![\d/-]|\.\d)/gu;
/** `上午10:02` · `오후 10:02` · `du. 10:02`; and behind it: `10:02 PM` · `10:02 p. m.` · `10:02 μμ` · `10:02 CH` */
const MORNING_BEFORE = /(?:上午|午前|오전|凌晨|早上|(?<!\p{L})(?:de\.?|am|öö)) ?$/u;
const EVENING_BEFORE = /(?:下午|午後|오후|晚上|(?<!\p{L})(?:du\.?|pm|ös)) ?$/u;
const MORNING_BEHIND = /^ ?(?:a\.? ?m\.?|sa|πμ|π\.μ\.|öö|ص)(?![\p{L}])/u;
const EVENING_BEHIND = /^ ?(?:p\.? ?m\.?|ch|μμ|μ\.μ\.|ös|م)(?![\p{L}])/u;

/** The first clock time; what stands behind a plus or minus is a zone's. */
function readClock(text: string): Clock | undefined {
  for (const match of text.matchAll(CLOCK)) {
    const to = match.index + match[0].length;
    const [before, behind] = [text.slice(0, match.index), text.slice(to)];
    const [hour, minute, second] = [Number(match[1]), Number(match[2]), Number(match[3] ?? 0)];
    if (hour > 23 || minute > 59 || second > 59) continue;
    const morning = MORNING_BEFORE.test(before) || MORNING_BEHIND.test(behind);
    const evening = EVENING_BEFORE.test(before) || EVENING_BEHIND.test(behind);
    // Half a day runs to 12; `13:02 PM` is a 24-hour time with a needless word.
    const shift = evening && !morning && hour < 12 ? 12 : morning && !evening && hour === 12 ? -12 : 0;
    return { hour: hour + shift, minute, second, from: match.index, to };
  }
  return undefined;
}

function dayIn(text: string, languages: readonly string[]): Day | undefined {
  return numericDay(text) ?? namedDay(text, languages);
}

/** Year first is the only order with a year in front: `2026-11-23` · `2026. 11. 23.` · `2026年11月23日` · `2026년 11월 23일` */
const YEAR_FIRST = /(?<!\d)((?:19|20)\d{2}) ?[-/.年년] ?(\d{1,2}) ?[-/.月월] ?(\d{1,2})(?!\d)/u;
/** `23.11.2026` · `23. 11. 2026` · `11/23/2026` · `23-11-2026` */
const YEAR_LAST = /(?<!\d)(\d{1,2})([./-]) ?(\d{1,2})\2 ?((?:19|20)\d{2})(?!\d)/;
/** `23 thg 11 2026` · `ngày 23 tháng 11 năm 2026` */
const VIETNAMESE = /(?<!\d)(\d{1,2}) th(?:g|áng) (\d{1,2}) (?:năm )?((?:19|20)\d{2})(?!\d)/;

function numericDay(text: string): Day | undefined {
  const first = YEAR_FIRST.exec(text);
  if (first) return valid(Number(first[1]), Number(first[2]), Number(first[3]));
  const named = VIETNAMESE.exec(text.replace(/ {2,}/g, " "));
  if (named) return valid(Number(named[3]), Number(named[2]), Number(named[1]));
  const last = YEAR_LAST.exec(text);
  if (!last) return undefined;
  const [a, sign, b, year] = [Number(last[1]), last[2], Number(last[3]), Number(last[4])];
  // Full stops stand between day and month in every country that uses them; strokes and dashes do not tell.
  if (sign === "." || a > 12 || a === b) return valid(year, b, a);
  return b > 12 ? valid(year, a, b) : undefined;
}

/** Words that stand inside of a date and mean nothing: `23 de noviembre de 2026`, `the 23rd of November`. */
const FILLERS = new Set(
  "de del d di of the den der le el il o al a ta dne van thg tháng på í i na r г р anul m gada ค ศ".split(" "),
);

/** Day, month by name and year side by side: `23 november 2026` · `november 23 2026` · `2026 november 23` · `2026 23 janvāris`. */
function namedDay(text: string, languages: readonly string[]): Day | undefined {
  const words = text
    .split(/[\s.()\u2013/-]+/)
    .map((word) => monthForm(word).replace(/^(\d{1,2})(?:st|nd|rd|th|er|º|ª|°|η)$|^ב(?=.{3})/u, "$1"))
    .filter((word) => word !== "" && !FILLERS.has(word));
  for (let i = 0; i + 2 < words.length; i++) {
    const three = words.slice(i, i + 3) as [string, string, string];
    const year = [three[2], three[0]].find(isYear);
    const day = three.find(isDay);
    const month = three.find((word) => !isYear(word) && !isDay(word));
    if (year === undefined || day === undefined || month === undefined) continue;
    const named = monthNamed(month, languages);
    if (named !== undefined) return valid(Number(year), named, Number(day));
  }
  return undefined;
}

const isDay = (word: string): boolean => /^\d{1,2}$/.test(word);
const isYear = (word: string): boolean => /^(?:19|20)\d{2}$/.test(word);

function valid(year: number, month: number, day: number): Day | undefined {
  return month >= 1 && month <= 12 && day >= 1 && day <= 31 ? { year, month, day } : undefined;
}

/** Zones that Apple Mail and others write by name, minutes east of Greenwich. Those of two countries (CST, IST) are not here. */
const ZONES: Readonly<Record<string, number>> = {
  utc: 0,
  gmt: 0,
  z: 0,
  wet: 0,
  hnec: 60,
  cet: 60,
  mez: 60,
  met: 60,
  bst: 60,
  sec: 60,
  cest: 120,
  mesz: 120,
  hec: 120,
  selč: 120,
  seč: 60,
  eet: 120,
  eest: 180,
  msk: 180,
  jst: 540,
  kst: 540,
  est: -300,
  edt: -240,
  cdt: -300,
  mst: -420,
  mdt: -360,
  pst: -480,
  pdt: -420,
};

/** `GMT+3` · `GMT+01:00` · `+0100` · `(UTC+01:00)` · `UTC` · `CET` */
function zoneIn(text: string): number | undefined {
  const offset = /(?:^|[\s(])(?:gmt|utc)? ?([+\u2212-])(\d{1,2}):?(\d{2})?(?![\d:/.])/u.exec(text);
  if (offset) {
    const minutes = Number(offset[2]) * 60 + Number(offset[3] ?? 0);
    return minutes > 14 * 60 ? undefined : offset[1] === "+" ? minutes : -minutes;
  }
  for (const word of text.split(/[\s()]+/)) if (ZONES[word] !== undefined) return ZONES[word];
  return undefined;
}
