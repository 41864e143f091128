/** Replays of what the real stages have stored, on both databases. */
import { afterAll, expect, it } from "vitest";
import type { Db } from "../../src/db/connect.ts";
import { currentDesk } from "../../src/db/desk.ts";
import type { EmailAddress } from "../../src/desk/types.ts";
import { peopleOf } from "../../src/stages/replay-facts.ts";
import { knownPeople } from "../../src/stages/replay-people.ts";
import { replay } from "../../src/stages/replay.ts";
import { onBothStores } from "../db/stores.ts";
import { mail } from "../harness/mails.ts";
import { DESK_A, DESK_B, deskOf } from "./replay-desks.ts";
import { readOnly, tools } from "./replay-tools.ts";
import { customerAnswers, openStreet, type Street } from "./street.ts";

onBothStores("replay", (store) => {
  let street: Street;
  const opened: Db[] = [];
  afterAll(async () => {
    for (const db of opened) await db.destroy();
  });
  const desk = deskOf(DESK_A);
  const run = async (after: string, more: Partial<Parameters<typeof replay>[2]> = {}) =>
    await replay(
      tools(readOnly(store.url(), opened)),
      { before: (await currentDesk(street.db))!, after: deskOf(after) },
      { last: 1000, triggers: ["opened"], ...more },
      1000,
    );

  it("is refused on a connection that could write", async () => {
    street = await openStreet(store, { desk });
    const both = { before: undefined, after: desk };
    await expect(replay(tools(street.db), both, { last: 1, triggers: ["opened"] }, 1)).rejects.toThrow("read-only");
    const db = readOnly(store.url(), opened);
    await expect(db("counter").update({ next: 1 })).rejects.toThrow(/read-?only/);
    await expect(db("ticket").delete()).rejects.toThrow(/read-?only/);
  });

  it("says what cannot be replayed, and why", async () => {
    const kept = await street.receive(mail({ from: "kept@x.example", to: "support@nw.example" }));
    const gone = await street.receive(mail({ from: "gone@x.example", to: "support@nw.example" }));
    await street.db("inbound").where({ id: gone.id }).update({ raw_sha256: null });
    const damaged = await street.receive(mail({ from: "damaged@x.example", to: "support@nw.example" }));
    await street
      .db("raw")
      .where({ sha256: damaged.raw_sha256 })
      .update({ bytes: Buffer.from("no") });
    await street.receive(mail({ from: "kept@x.example", to: "support@nw.example", subject: "Again" }));
    await street.receive(mail({ from: "", to: "support@nw.example", headers: [] }));
    const [held] = await street.db("ticket").where({ id: kept.ticket_id }).select("public_number");
    await street.receive(
      mail({ from: "zoe@else.example", to: "support@nw.example", subject: `[${held.public_number}]` }),
    );
    await street.receive(await customerAnswers(street.lastTo("kept@x.example"), "More of it."));
    const report = await run(DESK_A);
    expect(report.replayed).toBe(2);
    expect(Object.fromEntries(report.leftOut.map(({ why, count }) => [why, count]))).toEqual({
      "its bytes are no longer stored": 1,
      "its stored bytes are damaged": 1,
      quarantined: 1,
      "held, waiting for a decision": 1,
      "another trigger (customer_replied)": 1,
    });
    expect(report.messages).toBe(7);
  });

  it("looks at follow-ups as their ticket stood then", async () => {
    const rules = (text: string) => DESK_A.replace("rules:\n", `rules:\n${text}`);
    const proposed = rules(
      `  - { name: Again, when: customer_replied, if: { all: [{ priority: normal }, { status: open }] }, then: { priority: high } }\n`,
    );
    await street.open({ from: "liam@follow.example", subject: "The printer" });
    await street.receive(await customerAnswers(street.lastTo("liam@follow.example"), "It is still broken."));
    const { id } = (await street.db("ticket").orderBy("id", "desc").first("id")) as { id: number };
    // What happened to the ticket later must not count.
    await street.db("ticket").where({ id }).update({ priority: "urgent" });
    await street.db("event").insert({
      ticket_id: id,
      seq: 900,
      at: street.clock.now + 1000,
      name: "set-priority",
      actor_kind: "agent",
      actor: "ann",
      cause_kind: "command",
      cause: "#priority urgent",
      old: "normal",
      new: "urgent",
    });
    const report = await run(proposed, { triggers: ["customer_replied"] });
    expect(report.list.map(({ from, differences: found }) => ({ from, found }))).toContainEqual({
      from: "liam@follow.example",
      found: [{ field: "priority", from: "normal", to: "high", by: `rule "Again"` }],
    });
  });

  it("knows of people what is known of each, read together or one by one", async () => {
    const { db } = street;
    const address = "liam@follow.example";
    const { person_id: person } = await db("address").where({ address }).first("person_id");
    await db("address").insert({ address: "liam@work.example", person_id: person });
    await db("person").where({ id: person }).update({ organization: "fabrikam" });
    await db("person_attribute").insert({ person_id: person, name: "contract", value: "gold" });
    const known = knownPeople(db);
    await known.warm([address, "kept@x.example", "nobody@x.example"]);
    for (const one of [address, "kept@x.example", "nobody@x.example", "liam@work.example"]) {
      const customer = { name: "X", address: one as EmailAddress };
      expect(await known.people(desk, customer)).toEqual(await peopleOf(db)(desk, customer));
    }
    expect((await known.people(desk, { name: "X", address: address as EmailAddress })).organization).toBe("fabrikam");
  });

  it("compares with the versions of the time where no desk is proposed", async () => {
    const both = { before: undefined, after: deskOf(DESK_B) };
    const order = { last: 1000, triggers: ["opened"] } as const;
    const then = await replay(tools(readOnly(store.url(), opened)), both, order, 1000);
    expect(then.changes).toEqual((await run(DESK_B)).changes);
    expect(then.differing).toBeGreaterThan(0);
  });

  it("keeps no more messages than it was asked for, and counts all", async () => {
    const both = { before: (await currentDesk(street.db))!, after: deskOf(DESK_B) };
    const report = await replay(tools(readOnly(store.url(), opened)), both, { last: 1000, triggers: ["opened"] }, 1);
    expect(report.list).toHaveLength(1);
    expect(report.differing).toBeGreaterThan(1);
    const later = await run(DESK_B, { since: street.clock.now + 1 });
    expect(later.messages).toBe(0);
  });
});
