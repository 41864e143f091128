/** The count of a day with every gap named, for the mail to admins and for `postern inbound count`. */
import type { Db } from "../db/connect.ts";
import { messagesOf, type Waiting, waitingAfter } from "../db/day-count.ts";
import type { DeliveryRow } from "../db/delivery.ts";
import type { InboundRow } from "../db/inbound.ts";
import type { MailboxRow } from "../db/mailbox.ts";
import { countMailboxes, type DayCount, type Gap } from "../desk/notices/day-count.ts";
import { dayBounds } from "../desk/notices/wall-clock.ts";

/** Of one kind so many are named one by one; the others are counted. */
const MOST_NAMED = 20;
const HOUR_MS = 3600_000;

/** The count of a local date of the desk's zone, as things stand at `now` (UTC ms). Throws RangeError for a date that is none. */
export async function countDay(db: Db, date: string, timeZone: string, now: number): Promise<DayCount> {
  const day = dayBounds(date, timeZone);
  const { seen, states } = await messagesOf(db, day);
  return { date, mailboxes: countMailboxes(seen, states), gaps: gapsOf(await waitingAfter(db, day, now), now) };
}

function gapsOf(waiting: Waiting, now: number): Gap[] {
  const { stored, held, quarantined, failed, slow, webhooks, mailboxes } = waiting;
  return [
    ...named("message", stored, (row) => `not read yet, ${tries(row)}: ${messageName(row)}`),
    ...named(
      "message",
      held,
      (row) => `held for ${age(row.recorded_at ?? row.stored_at, now)}: ${messageName(row)} (${row.reason})`,
    ),
    ...named(
      "message",
      quarantined.filter((row) => !isDecided(row)),
      quarantineLine,
    ),
    ...named("message", quarantined.filter(isDecided), quarantineLine).map((gap) => ({
      ...gap,
      decided: true as const,
    })),
    ...named(
      "mail",
      failed,
      (row) =>
        `${row.bounced_at === null ? row.state : "returned"}: ${mailName(row)} (${row.bounce ?? row.response ?? "no reason given"})`,
    ),
    ...named(
      "mail",
      slow,
      (row) => `not sent for ${age(row.created_at, now)}: ${mailName(row)} (${row.response ?? "not tried yet"})`,
    ),
    ...named(
      "other",
      webhooks,
      (row) => `webhook failed: call ${row.id} of ${row.url} (${row.response ?? "no reason given"})`,
    ),
    ...named(
      "other",
      mailboxes.filter(isDown),
      (row) => `mailbox ${row.name} cannot be read (${row.state_detail ?? row.state})`,
    ),
  ];
}

/** A line each, and one for what is left. */
function named<T>(what: Gap["what"], rows: readonly T[], line: (row: T) => string): Gap[] {
  const first = rows.slice(0, MOST_NAMED).map((row): Gap => ({ what, n: 1, line: line(row) }));
  const left = rows.length - first.length;
  const kind = first.at(-1)?.line.split(/[:,]| for /, 1)[0] ?? "";
  return left > 0 ? [...first, { what, n: left, line: `${kind}: ${left} more` }] : first;
}

const messageName = ({ id, from_address, subject }: InboundRow): string =>
  `message ${id} from ${from_address ?? "somebody"}${subject ? `, "${subject}"` : ""}`;

const mailName = ({ id, kind, recipient, subject }: DeliveryRow): string =>
  `delivery ${id}, ${kind} to ${recipient}, "${subject}"`;

const tries = ({ parse_attempts: n }: InboundRow): string =>
  n === 0 ? "not tried" : n === 1 ? "tried once" : `tried ${n} times`;

/** Left on the server because of its size: there is no stored raw. */
const quarantineLine = (row: InboundRow): string =>
  `${row.raw_sha256 === null ? "left on the server" : "quarantined"}: ${messageName(row)} (${row.reason ?? "no reason given"})`;

/** A rule or a person has put it aside: it has its ticket, or its sender is blocked. */
const isDecided = ({ ticket_id, reason }: InboundRow): boolean =>
  ticket_id !== null || / (?:is|was) blocked\b/.test(reason ?? "");

const isDown = ({ state }: MailboxRow): boolean => state === "backing-off" || state === "stopped";

/** `40 min`, `3 h`, `2 days`. */
function age(since: number, now: number): string {
  const hours = (now - Number(since)) / HOUR_MS;
  if (hours < 1) return `${Math.max(0, Math.floor(hours * 60))} min`;
  return hours < 48 ? `${Math.floor(hours)} h` : `${Math.floor(hours / 24)} days`;
}
