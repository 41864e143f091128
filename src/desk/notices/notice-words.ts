/**
 * The words of outgoing mail: names, subjects and times as people read them, made from hostile text. Everything here
 * gives one line without control characters.
 */
import { oneLine } from "../../mail/encoded-word.ts";
import type { EmailAddress } from "../types.ts";

/** Characters that reorder or hide text; a name with them can pretend to be another. */
const INVISIBLE = /[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]/g;

/** RFC 5322 allows more; no mail client shows more. */
const LONGEST_SUBJECT = 200;
/** What of a stranger's subject an acknowledgement repeats: enough to know it by, too little to advertise with. */
const LONGEST_REPEATED_SUBJECT = 80;
const LONGEST_NAME = 60;

/** One visible line, spaces collapsed, at most `longest` characters (never half a surrogate pair), cut with an ellipsis. */
export function shortLine(text: string, longest: number): string {
  const line = oneLine(text.slice(0, longest * 4))
    .replace(INVISIBLE, "")
    .replace(/\s+/g, " ")
    .toWellFormed()
    .trim();
  if (line.length <= longest) return line;
  const characters = line.slice(0, longest - 1).replace(/[\ud800-\udbff]$/, "");
  return `${characters.trimEnd()}…`;
}

/** A person's name for a header or a text; the address's local part when there is no name. */
export function personName(name: string, address: EmailAddress): string {
  return (
    shortLine(name.replace(/["<>\\]/g, ""), LONGEST_NAME) || shortLine(address.split("@", 1)[0] ?? "", LONGEST_NAME)
  );
}

/** A stranger's name as automatic mail may repeat it: none when it holds a link or an address, since anybody can write one. */
export function safeName(name: string): string {
  const line = shortLine(name.replace(/["<>\\]/g, ""), LONGEST_NAME);
  return line.split(" ").some(isLink) ? "" : line;
}

/**
 * The name to greet by, or null. Letters only, so that no link can come in this way: "Maria Santos" and "Santos, Maria"
 * -> "Maria", "Dr. Maria Santos" -> "Maria", "www.x.example" -> null.
 */
export function firstName(name: string): string | null {
  const line = shortLine(name, LONGEST_NAME);
  const given = /^[^,]{1,40}, ?(?<given>[^,]{1,40})$/.exec(line)?.groups?.["given"] ?? line;
  const words = given.split(" ").filter((word) => !word.endsWith("."));
  return /^[\p{L}\p{M}][\p{L}\p{M}'’-]{0,29}$/u.exec(words[0] ?? "")?.[0] ?? null;
}

/** The ticket's subject for agents: whole, without reply prefixes and numbers of ours. */
export function plainSubject(subject: string, prefix: string): string {
  return shortLine(withoutPrefixes(subject, prefix), LONGEST_SUBJECT - 40) || "(no subject)";
}

/** The ticket's subject for customers: shortened, links and addresses removed. The same in every mail, so it threads. */
export function repeatedSubject(subject: string, prefix: string): string {
  const line = shortLine(withoutPrefixes(subject, prefix), LONGEST_SUBJECT);
  const words = line.split(" ").map((word) => (isLink(word) ? "[link]" : word));
  return shortLine(words.join(" "), LONGEST_REPEATED_SUBJECT) || "your message";
}

/** `Re:`, `AW:`, `Fwd:` at the start, as often as they stand there, and `[NW-48201]` anywhere. */
function withoutPrefixes(subject: string, prefix: string): string {
  const number = new RegExp(`\\[${prefix.replace(/[^a-z0-9]/gi, "\\$&")}-\\d{1,12}\\]`, "gi");
  let rest = oneLine(subject.slice(0, 2000)).replace(number, " ").trim();
  for (let next = rest; ; rest = next) {
    next = rest.replace(/^(?:re|aw|sv|vs|antw|fwd?|wg|tr|rv)(?:\[\d{1,3}\])?\s?:\s*/i, "");
    if (next === rest) return rest;
  }
}

/** Two-letter endings of files, which are also countries: "main.py" is no link. */
const FILE_ENDINGS = new Set("ai cc cs db gz go hs js jl kt md pl pm ps py rb rs sh so tf ts vb".split(" "));
const NAMED_ENDINGS = new Set(
  "com net org info biz app dev xyz top shop site online link click live club store website page cloud example".split(
    " ",
  ),
);

/** Whether mail clients would make a link of a word: a scheme, `www.`, an address, or a domain in use, with or without a path. */
function isLink(word: string): boolean {
  if (/:\/\/|^\W*www\.|^\W*mailto:/i.test(word) || /[^@\s]@[^@\s]{1,255}\.[^@\s]/.test(word)) return true;
  const host =
    /^[^\p{L}\p{N}]*((?:[\p{L}\p{N}-]{1,63}\.){1,8}(?<ending>[\p{L}]{2,24}))(?<rest>[/:?#].*)?[^\p{L}\p{N}]*$/u.exec(
      word,
    );
  const ending = host?.groups?.["ending"]?.toLowerCase();
  if (ending === undefined) return false;
  if (host?.groups?.["rest"]?.startsWith("/")) return true;
  return NAMED_ENDINGS.has(ending) || (ending.length === 2 && !FILE_ENDINGS.has(ending));
}

/** Where and in which language times are written; `locale` is a BCP 47 tag. */
export type Clock = { readonly timeZone: string; readonly locale: string };

/** `11:02`, in the desk's time zone. Times are UTC milliseconds. */
export function timeOfDay(at: number, clock: Clock): string {
  return formatter(clock, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(at);
}

/** `14 December`, with the year when it is not this one. */
export function dayOf(at: number, now: number, clock: Clock): string {
  const sameYear = yearOf(at, clock) === yearOf(now, clock);
  return formatter(clock, { day: "numeric", month: "long", ...(sameYear ? {} : { year: "numeric" }) }).format(at);
}

/** `11:02 today`, `09:30 tomorrow`, `09:30 on 14 December`; in other languages `heute, 11:02` and `14. Dezember, 09:30`. */
export function timeAndDay(at: number, now: number, clock: Clock): string {
  const time = timeOfDay(at, clock);
  const days = localDay(at, clock) - localDay(now, clock);
  if (!clock.locale.startsWith("en"))
    return `${days === 0 || days === 1 ? dayName(days, clock) : dayOf(at, now, clock)}, ${time}`;
  if (days === 0) return `${time} today`;
  return days === 1 ? `${time} tomorrow` : `${time} on ${dayOf(at, now, clock)}`;
}

/** `heute`, `demain`. */
function dayName(days: number, { locale }: Clock): string {
  return new Intl.RelativeTimeFormat(locale, { numeric: "auto" }).format(days, "day");
}

/** For a list of what happened: `10:02` for today, else `23 Nov 10:02`. */
export function shortTime(at: number, now: number, clock: Clock): string {
  const time = timeOfDay(at, clock);
  if (localDay(at, clock) === localDay(now, clock)) return time;
  return `${formatter(clock, { day: "numeric", month: "short" }).format(at)} ${time}`;
}

/** Days since 1970 of the local date, so that "tomorrow" is right over changes of daylight saving. */
function localDay(at: number, clock: Clock): number {
  const iso = formatter({ ...clock, locale: "en-CA" }, { year: "numeric", month: "2-digit", day: "2-digit" }).format(
    at,
  );
  return Date.parse(`${iso}T00:00:00Z`) / 86_400_000;
}

function yearOf(at: number, clock: Clock): string {
  return formatter(clock, { year: "numeric" }).format(at);
}

const formatters = new Map<string, Intl.DateTimeFormat>();

/** Making a formatter costs a hundred times what using it costs. */
function formatter({ timeZone, locale }: Clock, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale}|${timeZone}|${JSON.stringify(options)}`;
  const known = formatters.get(key) ?? new Intl.DateTimeFormat(locale, { timeZone, ...options });
  formatters.set(key, known);
  return known;
}
