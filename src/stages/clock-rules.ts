/**
 * Rules of the clock. Every round all living tickets are looked at in pages, without a lock; one for which something has
 * begun or ended is looked at again in a transaction of its own, and only that counts. A rule acts once as long as its
 * condition goes on holding: the episode is a row, so neither a restart nor a second process makes it act twice.
 */
import { deskAndIds } from "../db/desk.ts";
import {
  beginEpisode,
  endEpisodes,
  endStrayEpisodes,
  episodesOf,
  livingTickets,
  ticketsWithCustomers,
} from "../db/episode.ts";
import { chunks } from "../db/inbound.ts";
import { finishRoute, insertRoute, lockPendingRoute } from "../db/route.ts";
import { lockTicket } from "../db/ticket.ts";
import { route, type RouteFacts, type Routed } from "../desk/rules/routing.ts";
import type { Desk } from "../desk/types.ts";
import { carryOut } from "./carry-out.ts";
import { ruleFacts, ticketFacts } from "./rule-facts.ts";
import { inUnit, type Stage, type Unit } from "./stage.ts";

const PAGE = 500;
/** In one round; a new rule that holds for thousands takes several, and what else the clock does goes on between them. */
const MOST_ACTS = 500;

/** One round; returns for how many tickets something was done. */
export async function clockRules(stage: Stage): Promise<number> {
  const { desk } = await deskAndIds(stage.db);
  const rules = desk.rules.filter(({ enabled, when }) => enabled && when === "clock").map(({ name }) => name);
  await endStrayEpisodes(stage.db, rules);
  if (rules.length === 0) return 0;
  let acts = 0;
  for (const page of chunks(await livingTickets(stage.db), PAGE)) {
    for (const id of await whoIsDue(stage, desk, page)) {
      try {
        if (await inUnit(stage, (unit) => actOn(unit, id))) acts++;
      } catch (err) {
        // It is looked at again in the next round; the ones behind it must not wait for it (I8).
        stage.log.error({ err, ticket: id }, "rules of the clock failed for a ticket");
      }
    }
    if (acts >= MOST_ACTS) break;
  }
  return acts;
}

async function whoIsDue({ db, now }: Stage, desk: Desk, ids: readonly number[]): Promise<number[]> {
  const episodes = await episodesOf(db, ids);
  const at = now();
  return (await ticketsWithCustomers(db, ids))
    .filter(({ ticket, customer }) => {
      const { begun, ended } = look(desk, ticketFacts(ticket, customer, at), episodes.get(ticket.id) ?? new Set());
      return begun.length > 0 || ended.length > 0;
    })
    .map(({ ticket }) => ticket.id);
}

type Look = { readonly routed: Routed; readonly begun: readonly string[]; readonly ended: readonly string[] };

/** `acted`: the rules that have an episode. One that a `stop` kept from being looked at neither begins nor ends. */
function look(desk: Desk, facts: RouteFacts, acted: ReadonlySet<string>): Look {
  const routed = route(desk, { ...facts, acted });
  const { rules } = routed.trace;
  const held = new Set(rules.filter(({ result }) => result).map(({ name }) => name));
  const stop = rules.find(({ stopped }) => stopped)?.position ?? Number.POSITIVE_INFINITY;
  const wasLookedAt = (name: string): boolean => (desk.rules.find((rule) => rule.name === name)?.position ?? 0) <= stop;
  return {
    routed,
    begun: [...held].filter((name) => !acted.has(name)),
    ended: [...acted].filter((name) => !held.has(name) && wasLookedAt(name)),
  };
}

async function actOn(unit: Unit, id: number): Promise<boolean> {
  const { tx, desk, now } = unit;
  const ticket = await lockTicket(tx, id);
  if (ticket.status === "closed" || ticket.spam || ticket.mergedInto !== null) return false;
  const looked = { row: { trigger: "clock", plus_tag: null }, entry: undefined, message: undefined } as const;
  const acted = (await episodesOf(tx, [id])).get(id) ?? new Set();
  const { routed, begun, ended } = look(desk, await ruleFacts(tx, ticket, looked, now), acted);
  await endEpisodes(tx, id, ended);
  for (const rule of begun) await beginEpisode(tx, id, rule, now);
  if (begun.length === 0) return ended.length > 0;
  const routeId = await insertRoute(tx, { ticketId: id, entryId: null, trigger: "clock" }, now);
  const row = (await lockPendingRoute(tx, routeId))!;
  const { record } = await carryOut(unit, { row, ticket, entry: undefined, message: undefined }, routed);
  await finishRoute(tx, routeId, desk.version, record, now);
  return true;
}
