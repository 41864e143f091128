/** Story: a list of rules of which the first that fits decides, because each ends the run. */
import { expect, it } from "vitest";
import { SUPPORT } from "../world.ts";
import { timedStory } from "../timed.ts";

const DESK = `
name: Northwind Support
ticket_numbers: { prefix: NW, next: 1001 }
defaults: { department: support }
agents:
  ann: { name: Ann Lee, emails: [ann@nw.example], role: lead, in: [support, billing] }
departments:
  support: { address: ${SUPPORT} }
  billing: { address: billing@nw.example }
rules:
  - { name: Refunds, when: opened, if: { subject: { has_word: refund } }, then: { department: billing, tag: refund, stop: true } }
  - { name: Invoices, when: opened, if: { subject: { has_word: [invoice, refund] } }, then: { department: billing, tag: invoice, stop: true } }
  - { name: The rest, when: opened, then: { tag: rest } }
`;

timedStory("the first rule that fits", { desk: DESK, to: SUPPORT }, (street) => {
  const cases = [
    { subject: "Refund of my invoice", tags: ["refund"], department: "billing" },
    { subject: "My invoice", tags: ["invoice"], department: "billing" },
    { subject: "Hello", tags: ["rest"], department: "support" },
  ];
  for (const [index, { subject, ...expected }] of cases.entries()) {
    it(`"${subject}" gets ${expected.tags.join()} and nothing after it`, async () => {
      const number = await street().writes({ from: `customer@case${index}.example`, subject });
      const { tags, department } = await street().ticket(number);
      expect({ tags, department }).toEqual(expected);
    });
  }

  it("says which rule ended the run", async () => {
    const number = await street().writes({ from: "customer@last.example", subject: "Refund" });
    expect(await street().postern("ticket", "why", number, "--all")).toMatch(/Refunds[\s\S]*stopped/);
  });
});
