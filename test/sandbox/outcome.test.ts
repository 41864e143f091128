import { expect, it } from "vitest";
import { outcomeOf } from "../../src/sandbox/outcome.ts";
import { onSqlite, type Store } from "../db/stores.ts";
import { openStreet } from "../stages/street.ts";
import { merge, two, unmerge } from "../stages/two-tickets.ts";

onSqlite("what became of a mail", (store: Store) => {
  it("names the ticket it opened also when a merge came before anybody looked", async () => {
    const street = await openStreet(store);
    const [one, other] = await two(street);
    const [entry] = await street.entries(one.id);
    const told = async () =>
      await outcomeOf(street.db, await street.db("inbound").where({ entry_id: entry!.id }).first());
    const opens = `opens ${one.publicNumber}`;
    expect(await told()).toContain(`${opens} (`);
    await merge(street, one, other);
    expect(await told()).toContain(`${opens}, merged into ${other.publicNumber} (`);
    await unmerge(street, one);
    expect(await told()).toContain(`${opens} (`);
  });
});
