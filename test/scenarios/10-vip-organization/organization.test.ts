/** Story: mail from a firm with a contract is recognised by its domain, also from a subdomain and from a person's private address. */
import { expect, it } from "vitest";
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
  ann: { name: Ann Lee, emails: [ann@nw.example], role: lead, in: [support, accounts] }
departments:
  support: { address: ${SUPPORT} }
  accounts: { address: accounts@nw.example }
organizations:
  fabrikam: { name: Fabrikam, domains: [fabrikam.example], department: accounts, sla: gold, priority: high, tag: vip, attributes: { contract: platinum } }
rules:
  - { name: Platinum, when: opened, if: { organization_attribute: { contract: platinum }, customer_attribute: { role: cto } }, then: { priority: urgent } }
`;

timedStory("a VIP organization", { desk: DESK, to: SUPPORT }, (street) => {
  const VIP = { organization: "fabrikam", department: "accounts", sla: "gold", priority: "high", tags: ["vip"] };
  const shown = async (from: string) => {
    const { organization, department, sla, priority, tags } = await street().ticket(
      await street().writes({ from, subject: "Hello" }),
    );
    return { organization, department, sla, priority, tags };
  };

  it("knows the domain and its subdomains, and no look-alike", async () => {
    expect(await shown("pat@fabrikam.example")).toEqual(VIP);
    expect(await shown("pat@paris.fabrikam.example")).toEqual(VIP);
    const NOBODY = { organization: null, department: "support", sla: "standard", priority: "normal", tags: [] };
    expect(await shown("pat@notfabrikam.example")).toEqual(NOBODY);
    expect(await shown("pat@fabrikam.example.evil.example")).toEqual(NOBODY);
  });

  it("knows a person by what the admin said about them", async () => {
    const private_ = "robin@home.example";
    await street().postern("customer", "set", private_, "--organization", "fabrikam", "--attribute", "role=cto");
    expect(await shown(private_)).toEqual({ ...VIP, priority: "urgent" });
  });

  it("reckons the due time by the firm's plan", async () => {
    const ticket = await street().ticket(await street().writes({ from: "lee@fabrikam.example", subject: "Due?" }));
    expect(ticket.respondDueAt! - ticket.openedAt).toBe(3_600_000);
  });
});
