/** Story: help topics by plus address, by words in the subject and by nothing at all; each brings its department, priority, plan, tag and words. */
import { expect, it } from "vitest";
import { mailTo, ticketOf } from "../ledger.ts";
import { SUPPORT } from "../world.ts";
import { timedStory } from "../timed.ts";

const DESK = `
name: Northwind Support
ticket_numbers: { prefix: NW, next: 1001 }
defaults: { department: support, sla: standard }
sla:
  standard: { respond: 8h, resolve: 5d }
  gold: { respond: 1h, resolve: 8h }
agents:
  ann: { name: Ann Lee, emails: [ann@nw.example], role: lead, in: [support, it] }
departments:
  support: { address: ${SUPPORT} }
  it: { address: it@nw.example }
canned:
  reset: "You can choose a new password yourself at https://nw.example/reset."
topics:
  login: { title: Login and access, department: it, priority: high, sla: gold, tag: access, words: [log in, password], template: reset }
  invoice: { title: Invoices, words: [invoice], tag: money }
`;

timedStory("topics", { desk: DESK, to: SUPPORT }, (street) => {
  const LOGIN = { topic: "login", department: "it", priority: "high", sla: "gold", tags: ["access"] };
  const cases = [
    { name: "a plus address", to: "support+login@nw.example", subject: "Hello", expected: LOGIN },
    { name: "a word of the subject", to: SUPPORT, subject: "I forgot my PASSWORD", expected: LOGIN },
    {
      name: "a plus address over a word",
      to: "support+invoice@nw.example",
      subject: "I cannot log in",
      expected: { topic: "invoice", department: "support", priority: "normal", sla: "standard", tags: ["money"] },
    },
    {
      name: "a plus address that is no topic",
      to: "support+nothing@nw.example",
      subject: "Hello",
      expected: { topic: null, department: "support", priority: "normal", sla: "standard", tags: [] },
    },
  ];
  for (const [index, { name, to, subject, expected }] of cases.entries()) {
    it(`reads ${name}`, async () => {
      const number = await street().writes({ from: `c${index}@case.example`, to, subject });
      const { topic, department, priority, sla, tags } = await street().ticket(number);
      expect({ topic, department, priority, sla, tags }).toEqual(expected);
    });
  }

  it("acknowledges with the topic's own words", async () => {
    const { mail } = await mailTo(street().sink, "c0@case.example");
    expect(mail.text).toContain("https://nw.example/reset");
    const plain = await mailTo(street().sink, "c3@case.example");
    expect(plain.mail.text).not.toContain("nw.example/reset");
  });

  it("tells agents which word it was", async () => {
    const number = await ticketOf(street().db, "c1@case.example");
    const { mail } = await mailTo(street().sink, "ann@nw.example", ({ subject }) => subject?.includes(number) === true);
    expect(mail.text).toMatch(/Topic: Login and access \(.*"password".*\)/i);
  });
});
