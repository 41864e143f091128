/**
 * Story: outages are urgent when a customer says so in the subject or attaches a log, unless it is a newsletter or a test of
 * our own monitoring. All, any and not within one another, on mail as it arrives.
 */
import { expect, it } from "vitest";
import { SUPPORT } from "../world.ts";
import { timedStory } from "../timed.ts";

const RULE = "Outages are urgent";
const DESK = `
name: Northwind Support
ticket_numbers: { prefix: NW, next: 1001 }
defaults: { department: support }
agents:
  ann: { name: Ann Lee, emails: [ann@nw.example], role: lead, in: [support] }
departments:
  support: { address: ${SUPPORT} }
rules:
  - name: ${RULE}
    when: opened
    if:
      all:
        - any:
            - subject: { has_word: [outage, down] }
            - all: [{ body: { contains: "stack trace" } }, { header: { X-Product: { is: [gateway, router] } } }]
        - not:
            any:
              - nature: bulk
              - all: [{ from: monitor.nw.example }, { header: { X-Probe: { exists: true } } }]
    then: { priority: urgent, tag: outage }
`;

const CASES = [
  { from: "one@a.example", subject: "The site is down", urgent: true },
  { from: "two@b.example", subject: "Download broken", urgent: false },
  { from: "three@c.example", subject: "Odd", text: "a stack trace:\nat main", product: "Gateway", urgent: true },
  { from: "four@d.example", subject: "Odd", text: "a stack trace:\nat main", product: "printer", urgent: false },
  { from: "five@e.example", subject: "Odd", text: "a stack trace:\nat main", urgent: false },
  { from: "six@f.example", subject: "Outage digest of the week", list: true, urgent: false },
  { from: "seven@monitor.nw.example", subject: "outage", probe: true, urgent: false },
  { from: "eight@monitor.nw.example", subject: "outage", urgent: true },
];

timedStory("nested conditions", { desk: DESK, to: SUPPORT }, (street) => {
  for (const { urgent, product, list, probe, ...parts } of CASES) {
    const odd = [product && `from product ${product}`, list && "through a list", probe && "as a probe"].filter(Boolean);
    it(`"${parts.subject}" of ${parts.from} ${odd.join(", ")} is ${urgent ? "urgent" : "ordinary"}`, async () => {
      const headers = [
        ...(product ? [["X-Product", product] as const] : []),
        ...(list ? [["List-Id", "<news.f.example>"] as const, ["Precedence", "bulk"] as const] : []),
        ...(probe ? [["X-Probe", "7"] as const] : []),
      ];
      const number = await street().writes({ ...parts, headers });
      const { priority, tags } = await street().ticket(number);
      expect({ priority, tags }).toEqual(
        urgent ? { priority: "urgent", tags: ["outage"] } : { priority: "normal", tags: [] },
      );
    });
  }

  it("says which part of the condition was false and what it saw", async () => {
    const number = await street().writes({
      from: "nine@monitor.nw.example",
      subject: "outage",
      headers: [["X-Probe", "8"]],
    });
    const why = await street().postern("ticket", "why", number, "--all");
    expect(why).toContain(RULE);
    expect(why).toMatch(/X-Probe/i);
    const changed = (await street().events(number)).filter((event) => event.startsWith("set-priority"));
    expect(changed).toEqual([]);
  });
});
