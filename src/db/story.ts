/** Everything that was stored about why a ticket is as it is. */
import type { StoredTrace } from "../desk/explain/explain.ts";
import type { Story } from "../desk/explain/explain-ticket.ts";
import type { Ticket } from "../desk/types.ts";
import type { Db } from "./connect.ts";
import { eventsOf } from "./event.ts";
import { routesOf } from "./route.ts";

/** The ticket with its events, messages, runs of the rules, and what its clocks have seen; each oldest first. */
export async function storyOf(db: Db, ticket: Ticket): Promise<Story> {
  const of = { ticket_id: ticket.id };
  const routes = await routesOf(db, ticket.id);
  const messages = await db("inbound").where(of).orderBy("id").select();
  const marks = await db("sla_mark").where(of).orderBy("at").select();
  const pauses = await db("sla_pause").where(of).orderBy("id").select();
  const episodes = await db("rule_episode").where(of).orderBy("began_at").select();
  return {
    ticket,
    events: await eventsOf(db, ticket.id),
    routes: routes.map(({ trigger, done_at, created_at, trace, error }) => ({
      trigger,
      doneAt: numeric(done_at),
      createdAt: Number(created_at),
      trace: trace === null ? null : (JSON.parse(trace) as StoredTrace),
      error,
    })),
    messages: messages.map(({ id, recorded_at, received_at, from_address, subject, state, reason }) => ({
      id,
      at: Number(recorded_at ?? received_at),
      from: from_address,
      subject,
      state,
      reason,
    })),
    marks: marks.map(({ clock, mark, due_at, at }) => ({ clock, mark, dueAt: Number(due_at), at: Number(at) })),
    pauses: pauses.map(({ from_at, to_at }) => ({ from: Number(from_at), to: numeric(to_at) })),
    episodes: episodes.map(({ rule, began_at }) => ({ rule, since: Number(began_at) })),
  };
}

const numeric = (value: number | string | null): number | null => (value === null ? null : Number(value));
