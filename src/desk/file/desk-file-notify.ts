/** `notify:` of an agent between the desk file and `AgentPreferences`. */
import type { z } from "zod";
import { choice, flag, list, scalar, section, Wrong } from "../../yaml/fields.ts";
import { show } from "../../yaml/problem.ts";
import { formatClock, parseClock } from "./desk-file-hours.ts";
import { given, oneOrList, someKeys } from "./desk-file-shape.ts";
import { NOTICE_EVENTS, type AgentPreferences } from "../types.ts";

type Quiet = NonNullable<AgentPreferences["quiet"]>;

const QUIET_HINT = 'when it begins and ends, in quotes, e.g. "20:00-07:00"';

/** `20:00-07:00` -> minutes from midnight; the end may be before the beginning, and 24:00 is midnight. */
function parseQuiet(input: string): Quiet | Wrong | undefined {
  const [first, last, ...more] = input.split("-").map((part) => part.trim());
  const from = parseClock(first ?? "");
  const to = last === "24:00" ? 0 : parseClock(last ?? "");
  if (from === undefined || to === undefined || more.length > 0) return undefined;
  if (from !== to) return { from, to };
  return new Wrong(
    `${show(input)} is no time, or the whole day. Write ${QUIET_HINT}; who wants no mail at all writes events: none.`,
  );
}

export const notifySection = () =>
  section({
    events: list(choice([...NOTICE_EVENTS, "none"]), 1).optional(),
    digest: choice(["hourly", "daily"]).optional(),
    quiet: scalar("a time of rest", QUIET_HINT, parseQuiet).optional(),
    receipts: choice(["always", "first", "never"]).optional(),
    overview: flag().optional(),
  });

/** Undefined where the file says nothing. */
export function toPreferences(
  file: z.output<ReturnType<typeof notifySection>> | undefined,
): AgentPreferences | undefined {
  if (file === undefined) return undefined;
  const { events, ...rest } = file;
  const wanted = events && NOTICE_EVENTS.filter((event) => events.includes(event));
  return someKeys(given({ ...rest, events: wanted }));
}

/** Preferences as the desk file writes them. */
export function writePreferences(notify: AgentPreferences | undefined): object | undefined {
  if (notify === undefined) return undefined;
  const { events, digest, quiet, receipts, overview } = notify;
  return someKeys({
    events: events?.length === 0 ? "none" : events && oneOrList(events),
    digest,
    quiet: quiet && `${formatClock(quiet.from)}-${formatClock(quiet.to)}`,
    receipts,
    overview,
  });
}
