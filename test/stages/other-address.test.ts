/** An agent writes from an address that the desk does not know: the registered one is asked, and its word makes it theirs. */
import { expect, it } from "vitest";
import { currentDesk } from "../../src/db/desk.ts";
import { onBothStores } from "../db/stores.ts";
import { agentAnswers, openStreet, SECOND } from "./street.ts";

onBothStores("an agent's other address", (store) => {
  it("acts once the registered address has confirmed it, and is known from then on", async () => {
    const street = await openStreet(store);
    const customer = "m@other-address.example";
    const ticket = await street.open({ from: customer });
    const registered = `${ticket.assignee}@nw.example`;
    const notice = street.lastTo(registered);
    const from = `At Home <${ticket.assignee}.at.home@mail.example>`;
    const row = await street.receive(await agentAnswers(notice, "#close\n\nDone from home.", { from }));
    expect(row).toMatchObject({ state: "held", hold_reason: "unknown-address" });
    await street.receive(await agentAnswers(street.lastTo(registered), "#confirm", { from: `A <${registered}>` }));
    await street.pass(3 * SECOND);
    expect(street.lastTo(customer).message.text).toContain("Done from home.");
    expect((await street.ticket(ticket.id)).status).toBe("closed");
    const emails = (await currentDesk(street.db))!.agents[ticket.assignee!]!.emails;
    expect(emails).toEqual([registered, `${ticket.assignee}.at.home@mail.example`]);

    let second = await street.open({ from: "m@second-mail.example" });
    while (second.assignee !== ticket.assignee) second = await street.open({ from: "m@second-mail.example" });
    await street.receive(await agentAnswers(street.lastTo(registered), "Straight away.", { from }));
    await street.pass(3 * SECOND);
    expect(street.lastTo("m@second-mail.example").message.text).toContain("Straight away.");
  });

  it("stays a stranger's without that word, whoever says it", async () => {
    const street = await openStreet(store);
    const customer = "m@no-word.example";
    const ticket = await street.open({ from: customer });
    const registered = `${ticket.assignee}@nw.example`;
    const notice = street.lastTo(registered);
    const from = "Eve <eve@evil.example>";
    const row = await street.receive(await agentAnswers(notice, "#close\n\nSend money.", { from }));
    await street.receive(await agentAnswers(street.lastTo(registered), "#confirm", { from }));
    await street.receive(
      await agentAnswers(street.lastTo(registered), "#confirm", { from: "Mallory <m@evil.example>" }),
    );
    await street.pass(3 * SECOND);
    expect(await street.inbound(row.id)).toMatchObject({ state: "held" });
    expect(street.sentTo(customer)).toHaveLength(1);
  });
});
