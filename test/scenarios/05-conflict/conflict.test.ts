/** Story: two rules, the topic and the organization want different things of one ticket; the later rule wins, and the story is told. */
import { expect, it } from "vitest";
import { SUPPORT } from "../world.ts";
import { timedStory } from "../timed.ts";

const DESK = `
name: Northwind Support
ticket_numbers: { prefix: NW, next: 1001 }
defaults: { department: support, priority: normal }
agents:
  ann: { name: Ann Lee, emails: [ann@nw.example], role: lead, in: [support, billing, it] }
departments:
  support: { address: ${SUPPORT} }
  billing: { address: billing@nw.example, priority: low }
  it: { address: it@nw.example }
topics:
  login: { title: Login, words: [log in], department: it, priority: high }
organizations:
  fabrikam: { domains: [fabrikam.example], department: billing, priority: urgent, tag: vip }
rules:
  - { name: Calm, when: opened, if: { body: { has_word: please } }, then: { priority: low } }
  - { name: Alarm, when: opened, if: { body: { has_word: now } }, then: { priority: urgent } }
  - { name: Reads what was decided, when: opened, if: { priority: urgent }, then: { tag: seen-urgent } }
`;

timedStory("conflicts", { desk: DESK, to: SUPPORT }, (street) => {
  it("lets the later rule win, and rules after it see that", async () => {
    const number = await street().writes({ from: "a@one.example", subject: "Hello", text: "Please help me now." });
    const { priority, tags } = await street().ticket(number);
    expect({ priority, tags }).toEqual({ priority: "urgent", tags: ["seen-urgent"] });
    const why = await street().postern("ticket", "why", number);
    expect(why).toContain("Alarm");
    expect(why).toMatch(/overrides rule "Calm"/);
  });

  it("puts a rule over the topic, the topic over the organization, the organization over the department", async () => {
    const byTopic = await street().ticket(
      await street().writes({ from: "b@fabrikam.example", subject: "Cannot log in", text: "Hello." }),
    );
    expect([byTopic.department, byTopic.priority, byTopic.tags]).toEqual(["it", "high", ["vip"]]);
    const byRule = await street().ticket(
      await street().writes({ from: "c@fabrikam.example", subject: "Cannot log in", text: "Please." }),
    );
    expect([byRule.department, byRule.priority]).toEqual(["it", "low"]);
    const byOrganization = await street().ticket(
      await street().writes({ from: "d@fabrikam.example", subject: "Hello", text: "Hello." }),
    );
    expect([byOrganization.department, byOrganization.priority]).toEqual(["billing", "urgent"]);
  });
});
