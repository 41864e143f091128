/** Limits of agents and departments that share them, with eight picks at a time. */
import { expect, it } from "vitest";
import { connect } from "../../src/db/connect.ts";
import type { Assignment, Desk } from "../../src/desk/types.ts";
import { assignTicket } from "../../src/stages/assign.ts";
import { inUnit } from "../../src/stages/stage.ts";
import { onBothStores } from "../db/stores.ts";
import { slaDesk } from "./sla-desk.ts";
import { openStreet } from "./street.ts";
import { BY } from "./two-tickets.ts";

const PICKS: readonly Assignment[] = [
  { strategy: "round-robin" },
  { strategy: "least-open" },
  { strategy: "least-weighted" },
  { strategy: "sticky", otherwise: "round-robin" },
];

function desk(): Desk {
  const base = slaDesk();
  const agent = (key: string, departments: string[], capacity: number) => ({
    ...base.agents["ann"]!,
    key,
    name: key,
    emails: [`${key}@nw.example` as never],
    departments,
    capacity,
  });
  const all = [agent("zoe", ["support", "it"], 3), agent("abe", ["it", "support"], 4), agent("max", ["it"], 2)];
  const none = { strategy: "none" } as const;
  const { support, it: other } = base.departments;
  return {
    ...base,
    agents: Object.fromEntries(all.map((one) => [one.key, one])),
    departments: { support: { ...support!, assign: none }, it: { ...other!, assign: none } },
  };
}

onBothStores("eight picks at a time", (store) => {
  it("never give anybody more than their capacity, and fill it", { timeout: 60_000 }, async () => {
    const street = await openStreet(store, { desk: desk() });
    const ids: number[] = [];
    for (let n = 0; n < 16; n++) {
      const to = n % 2 ? "support@nw.example" : street.desk.departments["it"]!.address;
      ids.push((await street.open({ from: `C <cap${n % 5}@fabrikam.example>`, to, subject: `S${n}` })).id);
    }
    const other = connect(store.url());
    const stages = [street.stage, { ...street.stage, db: other }];
    const waiting = [...ids];
    await Promise.all(
      Array.from({ length: 8 }, async (_, worker) => {
        for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
          const request = { assignment: PICKS[id % PICKS.length]!, cause: BY.cause };
          await inUnit(stages[worker % 2]!, (unit) => assignTicket(unit, { id: id! }, request));
        }
      }),
    );
    await other.destroy();
    const given: (string | null)[] = [];
    for (const id of ids) given.push((await street.ticket(id)).assignee);
    const count = (key: string) => given.filter((one) => one === key).length;
    expect({ zoe: count("zoe"), abe: count("abe"), max: count("max") }).toEqual({ zoe: 3, abe: 4, max: 2 });
  });
});
