import { expect, it } from "vitest";
import { listTickets, TICKET_VIEWS, type TicketView } from "../../src/db/ticket-view.ts";
import { onBothStores, type Store } from "../db/stores.ts";
import { agentAnswers, DAY, openStreet, SECOND } from "./street.ts";
import { merge, noticeOf, two } from "./two-tickets.ts";

onBothStores("views", (store: Store) => {
  it("hold what their name says, and what was merged is in none", async () => {
    const street = await openStreet(store);
    const [waits, answered] = await two(street);
    const [gone, spam] = await two(street);
    const inView = async (view: TicketView): Promise<number[]> =>
      (await listTickets(street.db, view, { limit: 100, now: street.clock.now })).map(({ id }) => id);
    await street.receive(await agentAnswers(noticeOf(street, answered), "#pending\nWhich one is it?"));
    await street.pass(5 * SECOND);
    await merge(street, gone, waits, { anyway: true });
    await street.db("ticket").where({ id: spam.id }).update({ spam: 1, status: "closed" });
    await street.pass(2 * 3600 * SECOND);
    expect(await inView("open")).toEqual([waits.id]);
    expect(await inView("pending")).toEqual([answered.id]);
    expect(await inView("overdue")).toEqual([waits.id]);
    expect(await inView("all")).toEqual([answered.id, waits.id]);
    expect(await inView("spam")).toEqual([spam.id]);
    await street.receive(await agentAnswers(noticeOf(street, waits), "We look."));
    await street.pass(5 * SECOND);
    expect(await inView("overdue")).toEqual([]);
    for (const view of TICKET_VIEWS) expect(await inView(view)).not.toContain(gone.id);
    await street.db("ticket").where({ id: waits.id }).update({ waiting_for: "us", resolve_due_at: street.clock.now });
    await street.pass(DAY);
    expect(await inView("overdue")).toEqual([waits.id]);
  });
});
