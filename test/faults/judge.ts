/** The verdict after a fault: nothing lost, nothing twice, and what nobody can know is visible as such. */
import { expect } from "vitest";
import type { Mail } from "../harness/mails.ts";
import { count, read } from "../scenarios/ledger.ts";
import type { World } from "../scenarios/world.ts";

export type Verdict = { readonly tickets: number; readonly uncertain: number; readonly unknownAcks: number };

type AckRow = { readonly id: number; readonly recipient: string; readonly state: string };

/**
 * Fails unless every mail is one ticket, every ticket has its one acknowledgement at the sink (or an uncertain one and at
 * most one), no mail at all came twice, and no more deliveries are uncertain than `mostUncertain`.
 */
export async function judge(world: World, mails: readonly Mail[], mostUncertain: number): Promise<Verdict> {
  const { db, sink } = world;
  expect(await count(db, "inbound", { state: "recorded" })).toBe(mails.length);
  expect(await count(db, "inbound")).toBe(mails.length);
  const customers: string[] = await db("ticket")
    .join("address", "address.id", "ticket.customer_address_id")
    .pluck("address.address");
  expect(customers.toSorted()).toEqual(mails.map(({ sender }) => sender).toSorted());

  const acks: AckRow[] = await db("delivery").where({ kind: "ack" }).select("id", "recipient", "state");
  expect(acks.map(({ recipient }) => recipient).toSorted()).toEqual(customers.toSorted());
  for (const { id, recipient, state } of acks) {
    const arrived = sink.to(recipient).length;
    if (state === "accepted") expect({ id, arrived }).toEqual({ id, arrived: 1 });
    else expect({ id, state, arrived: Math.min(arrived, 1) }).toEqual({ id, state: "uncertain", arrived });
  }
  expect(await twice(world)).toEqual([]);
  return { tickets: customers.length, ...(await uncertainty(world, mostUncertain)) };
}

/** Messages that reached the sink more than once, by Message-ID and recipient. */
async function twice({ sink }: World): Promise<string[]> {
  const copies = new Map<string, number>();
  for (const transaction of sink.received) {
    const key = `${(await read(transaction)).messageId} to ${transaction.to.join(" ")}`;
    copies.set(key, (copies.get(key) ?? 0) + 1);
  }
  return [...copies].filter(([, n]) => n > 1).map(([key]) => key);
}

/** What is uncertain can be seen: in the list of deliveries and in the ticket's events. */
async function uncertainty({ db, cli }: World, most: number): Promise<Omit<Verdict, "tickets">> {
  const { stdout } = await cli("delivery", "list", "uncertain", "--json", "--limit", "1000");
  const listed = JSON.parse(stdout) as { id: number; kind: string; ticket_id: number }[];
  expect(listed.length).toBeLessThanOrEqual(most);
  expect(listed.length).toBe(await count(db, "delivery", { state: "uncertain" }));
  for (const { kind, ticket_id } of listed)
    expect(await count(db, "event", { ticket_id, name: `${kind} uncertain` })).toBeGreaterThan(0);
  const states: string[] = await db("delivery").distinct().pluck("state");
  expect(states.filter((state) => state !== "accepted" && state !== "uncertain")).toEqual([]);
  return { uncertain: listed.length, unknownAcks: listed.filter(({ kind }) => kind === "ack").length };
}
