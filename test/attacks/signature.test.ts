/** What stands where nobody looks for it must not be passed over in silence. */
import { expect, it } from "vitest";
import { onBothStores } from "../db/stores.ts";
import { agentAnswers, openStreet, SECOND } from "../stages/street.ts";

onBothStores("commands in odd places", (store) => {
  for (const [name, line] of [
    ["#note", "#note internal"],
    ["#close", "#close"],
  ] as const)
    it(`${name} below the signature holds the reply, and the agent is told`, async () => {
      const street = await openStreet(store);
      const customer = `m@below-${name.slice(1)}.example`;
      const ticket = await street.open({ from: customer });
      const address = `${ticket.assignee}@nw.example`;
      const row = await street.receive(
        await agentAnswers(street.lastTo(address), `Hello\n-- \n${line}\nsecret`, { quote: false }),
      );
      await street.pass(3 * SECOND);
      expect(row).toMatchObject({ state: "held" });
      expect(street.sentTo(customer)).toHaveLength(1);
      expect(street.lastTo(address).message.subject).toContain("NOT SENT");
    });

  it("a signature without commands does not hold the reply", async () => {
    const street = await openStreet(store);
    const ticket = await street.open({ from: "m@plain-signature.example" });
    const address = `${ticket.assignee}@nw.example`;
    const row = await street.receive(
      await agentAnswers(street.lastTo(address), "Hello\n-- \nBen, desk #1\n# of the house", { quote: false }),
    );
    await street.pass(3 * SECOND);
    expect(row.state).toBe("recorded");
    expect(street.sentTo("m@plain-signature.example")).toHaveLength(2);
  });

  it("an agent is neither assigned nor told of a ticket whose customer they are", async () => {
    const street = await openStreet(store);
    for (const agent of ["ann", "ben"]) {
      const before = street.sentTo(`${agent}@nw.example`).length;
      const ticket = await street.open({ from: `${agent}@nw.example` });
      expect(ticket.assignee).not.toBe(agent);
      expect(ticket.assignee).not.toBeNull();
      const got = street.sentTo(`${agent}@nw.example`).slice(before);
      expect(got.filter(({ message }) => message.subject?.startsWith("["))).toHaveLength(0);
    }
  });
});
