/** Who takes part in one of two tickets reads the other one's answers after a merge: the agent has to know, and to agree. */
import { expect, it } from "vitest";
import { onBothStores } from "../db/stores.ts";
import { answers, listDesk } from "../stages/list-mails.ts";
import { openStreet, type Street } from "../stages/street.ts";

/** Of one organization, so that the customers may read one another; the lawyer takes part in one of the two. */
async function two(street: Street, domain: string, ccOf: "first" | "second" | "both") {
  const cc = `lawyer@elsewhere-${domain}`;
  const first = await street.open({ from: `joe@${domain}`, ...(ccOf === "second" ? {} : { cc }), subject: "Fire" });
  const notice = street.lastTo("ann@nw.example");
  const second = await street.open({ from: `boss@${domain}`, ...(ccOf === "first" ? {} : { cc }), subject: "Pay" });
  return { first, second, notice, cc };
}

onBothStores("#merge", (store) => {
  it.each(["first", "second"] as const)("asks when the %s ticket has somebody from elsewhere in it", async (ccOf) => {
    const street = await openStreet(store, { desk: listDesk() });
    const { first, second, notice, cc } = await two(street, `${ccOf}.example`, ccOf);
    const asked = await answers(street, notice, `#merge ${second.publicNumber}`);
    expect(asked.row).toMatchObject({ state: "held" });
    expect(asked.text).toContain(`very answer in ${second.publicNumber} would be read by ${cc}`);
    expect((await street.ticket(first.id)).mergedInto).toBeNull();
    await answers(street, asked.sent[0]!, "#confirm");
    expect((await street.ticket(first.id)).mergedInto).toBe(second.id);
    expect((await street.ticket(second.id)).participants.map(({ address }) => address)).toContain(cc);
  });

  it("asks nothing when both have the same people", async () => {
    const street = await openStreet(store, { desk: listDesk() });
    const { first, second, notice } = await two(street, "same.example", "both");
    await answers(street, notice, `#merge ${second.publicNumber}`);
    expect((await street.ticket(first.id)).mergedInto).toBe(second.id);
  });
});
