/**
 * How an agent wants to be told of something: at once, after their quiet hours, in a digest, or not at all. Pure. Questions
 * to an agent, receipts and challenges do not ask here: they are always mailed at once.
 */
import type { Agent, AgentPreferences, Desk, NoticeEvent } from "../types.ts";
import { stretchAt } from "../sla/zone-offset.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

export type HowToTell =
  | { readonly how: "now" }
  /** `at`: UTC ms, the end of the quiet hours. */
  | { readonly how: "later"; readonly at: number }
  | { readonly how: "digest" }
  | { readonly how: "not" };

type Quiet = NonNullable<AgentPreferences["quiet"]>;

/** The IANA name of the zone in which an agent's days and hours are. */
export const zoneOf = (agent: Pick<Agent, "timeZone">, desk: Pick<Desk, "timeZone">): string =>
  agent.timeZone ?? desk.timeZone;

/** How to tell `agent` of `event` at `now` (UTC ms). Quiet is quiet, however urgent the ticket. */
export function howToTell(
  agent: Pick<Agent, "notify" | "timeZone">,
  desk: Pick<Desk, "timeZone">,
  event: NoticeEvent,
  now: number,
): HowToTell {
  const { events, digest } = agent.notify ?? {};
  if (events !== undefined && !events.includes(event)) return { how: "not" };
  if (digest !== undefined) return { how: "digest" };
  const at = afterQuiet(agent, desk, now);
  return at > now ? { how: "later", at } : { how: "now" };
}

/**
 * The first moment from `now` on (UTC ms in and out) at which the agent's clock shows a time outside their quiet hours: `now`
 * itself when it does. Their clock may be put forward or back in between, so each stretch of it is looked at by itself.
 */
export function afterQuiet(
  agent: Pick<Agent, "notify" | "timeZone">,
  desk: Pick<Desk, "timeZone">,
  now: number,
): number {
  const quiet = agent.notify?.quiet;
  if (quiet === undefined || quiet.from === quiet.to) return now;
  const zone = zoneOf(agent, desk);
  // A clock that is put back may show quiet hours again; two changes of a clock never follow within a night.
  for (let at = now, tries = 0; ; tries++) {
    const { offset, until } = stretchAt(at, zone);
    const local = (((at + offset) % DAY_MS) + DAY_MS) % DAY_MS;
    if (!isQuiet(local, quiet) || tries > 4) return at;
    const left = (quiet.to * MINUTE_MS - local + DAY_MS) % DAY_MS;
    at = Math.min(at + left, until);
  }
}

/** `local`: milliseconds since midnight. */
function isQuiet(local: number, { from, to }: Quiet): boolean {
  const [begins, ends] = [from * MINUTE_MS, to * MINUTE_MS];
  return begins < ends ? begins <= local && local < ends : begins <= local || local < ends;
}
