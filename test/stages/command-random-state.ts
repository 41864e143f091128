/** A desk as it stands in its store, for a comparison; and everything that has to hold of it at any moment. */
import type { Street } from "./street.ts";

export type DeskState = { readonly [key: string]: unknown };

/** Everything that an #undo has to bring back. What it may leave: events, notes, replies that are marked as taken back, and mails. */
export async function desksState({ db }: Street): Promise<DeskState> {
  const without = ["seq", "status_since", "sla_desk_version", "sla_look_at", "last_customer_at", "merged_into"];
  const tickets: Record<string, unknown>[] = await db("ticket").orderBy("id").select();
  const state: Record<string, unknown> = {};
  const of = async (table: string, id: number, columns: readonly string[]) =>
    await db(table).where({ ticket_id: id }).orderBy(columns[0]!).select(columns);
  for (const row of tickets) {
    const id = Number(row["id"]);
    const fields = Object.fromEntries(Object.entries(row).filter(([name]) => !without.includes(name)));
    const entries = await db("entry")
      .where({ ticket_id: id, kind: "message" })
      .orderBy("seq")
      .select("id", "author_kind", "marks", "from_ticket_id");
    state[`ticket ${id}`] = {
      fields,
      merged: row["merged_into"],
      entries,
      tags: await of("ticket_tag", id, ["tag"]),
      watchers: await of("watcher", id, ["who"]),
      participants: await of("participant", id, ["address_id"]),
      links: await of("ticket_link", id, ["other_id"]),
      barred: await of("barred_ref", id, ["hash"]),
      held: await db("inbound")
        .where({ ticket_id: id, state: "held", hold_reason: "stranger" })
        .orderBy("id")
        .pluck("id"),
      closing: await db("delivery")
        .where({ ticket_id: id, state: "pending" })
        .whereIn("audience", ["customer"])
        .orderBy("id")
        .select("id", "on_accept"),
    };
  }
  state["domains"] = await db("accepted_domain").orderBy(["address_id", "domain"]).select("address_id", "domain");
  return state;
}

/** Where two states differ, `ticket 4: fields: status: "open", not "closed"`, a line each. */
export function difference(one: unknown, other: unknown, path = ""): string[] {
  if (JSON.stringify(one) === JSON.stringify(other)) return [];
  const [was, is] = [one, other] as [Record<string, unknown>, Record<string, unknown>];
  const leaf = [was, is].some((side) => typeof side !== "object" || side === null || Array.isArray(side));
  if (leaf) return [`${path}${JSON.stringify(is)}, not ${JSON.stringify(was)}`];
  return Object.keys(was).flatMap((key) => difference(was[key], is[key], `${path}${key}: `));
}

/** What is wrong with the desk, a line each. */
export async function whatIsBroken(street: Street): Promise<string[]> {
  const { db } = street;
  const found: string[] = [];
  const none = async (what: string, query: PromiseLike<unknown[]>) => {
    const rows = await query;
    if (rows.length > 0) found.push(`${what}: ${JSON.stringify(rows.slice(0, 3))}`);
  };
  await none(
    "stored or quarantined",
    db("inbound")
      .where({ state: "stored" })
      .orWhere((one) => void one.where({ state: "quarantined" }).whereNot("reason", "like", "%spam%"))
      .select("id", "state", "reason"),
  );
  await none("recorded as nothing", db("inbound").where({ state: "recorded" }).whereNull("verdict").select("id"));
  await none(
    "no actor or cause",
    db("event")
      .where({ actor: "" })
      .orWhere({ cause: "" })
      .orWhere({ actor_kind: "" })
      .orWhere({ cause_kind: "" })
      .select(),
  );
  for (const { id, seq, n, events } of await db("ticket").select(
    "id",
    "seq",
    db.raw("(select count(*) from event where ticket_id = ticket.id) as n"),
    db.raw("(select max(seq) from event where ticket_id = ticket.id) as events"),
  ))
    if (Number(seq) !== Number(n) || Number(events) !== Number(n))
      found.push(`events of ticket ${id} have gaps: ${seq}, ${events} and ${n}`);
  await none(
    "entries have gaps",
    db("entry")
      .groupBy("ticket_id")
      .havingRaw("count(*) <> max(seq) or min(seq) <> 1 or count(distinct seq) <> count(*)")
      .select("ticket_id"),
  );
  await none(
    "a merged ticket lives",
    db("ticket")
      .whereNotNull("merged_into")
      .where((one) => void one.whereNot({ status: "closed" }).orWhereIn("id", db("entry").select("ticket_id")))
      .select("id", "status"),
  );
  await none(
    "a ticket is empty",
    db("ticket").whereNull("merged_into").whereNotIn("id", db("entry").select("ticket_id")).select("id", "status"),
  );
  await none(
    "routes of a merged ticket",
    db("route")
      .join("ticket", "ticket.id", "route.ticket_id")
      .whereNotNull("ticket.merged_into")
      .where({ "route.state": "pending" })
      .select("route.id"),
  );
  await none(
    "held for a merged ticket",
    db("inbound")
      .join("ticket", "ticket.id", "inbound.ticket_id")
      .whereNotNull("ticket.merged_into")
      .where({ "inbound.state": "held" })
      .select("inbound.id", "inbound.hold_reason"),
  );
  await none(
    "lone links",
    db("ticket_link as a")
      .leftJoin("ticket_link as b", (on) => void on.on("a.ticket_id", "b.other_id").andOn("a.other_id", "b.ticket_id"))
      .whereNull("b.ticket_id")
      .select("a.ticket_id", "a.other_id"),
  );
  await none(
    "agents take part",
    db("participant")
      .join("address", "address.id", "participant.address_id")
      .where("address.address", "like", "%@nw.example")
      .select("participant.ticket_id", "address.address"),
  );
  await none(
    "customers take part twice",
    db("participant")
      .join("ticket", "ticket.id", "participant.ticket_id")
      .whereRaw("ticket.customer_address_id = participant.address_id")
      .select("ticket.id"),
  );
  await none(
    "taken back and sent",
    db("delivery")
      .join("entry", "entry.id", "delivery.entry_id")
      .where("entry.marks", "like", '%"taken back"%')
      .where({ "delivery.kind": "reply", "delivery.audience": "customer" })
      .whereNotIn("delivery.state", ["cancelled", "pending", "rejected"])
      .select("delivery.id", "delivery.state"),
  );
  await none(
    "taken back and waiting",
    db("delivery")
      .join("entry", "entry.id", "delivery.entry_id")
      .where("entry.marks", "like", '%"taken back"%')
      .where({ "delivery.kind": "reply", "delivery.audience": "customer", "delivery.state": "pending" })
      .select("delivery.id"),
  );
  await none(
    "numbers of a list",
    db("list_row")
      .groupBy("delivery_id")
      .havingRaw("count(*) <> max(position) or min(position) <> 1")
      .select("delivery_id"),
  );
  await none(
    "closed and waited for",
    db("ticket").where({ status: "closed" }).whereNotNull("waiting_for").select("id", "waiting_for"),
  );
  await none(
    "open and waited for by nobody",
    db("ticket").whereIn("status", ["open", "pending"]).whereNull("waiting_for").select("id", "status"),
  );
  await none("asleep for ever", db("ticket").where({ status: "snoozed", snoozed_until: null }).select("id"));
  await none(
    "a moment without a wait",
    db("ticket").whereIn("status", ["open", "closed"]).whereNotNull("snoozed_until").select("id", "status"),
  );
  await none(
    "entry and message part",
    db("inbound")
      .join("entry", "entry.id", "inbound.entry_id")
      .whereRaw("inbound.ticket_id <> entry.ticket_id")
      .select("inbound.id", "inbound.verdict"),
  );
  await none(
    "sent twice",
    db("delivery").groupBy("kind", "cause", "recipient").havingRaw("count(*) > 1").select("kind", "cause"),
  );
  return found;
}
