/** Story: the order number in a subject becomes a tag, a note for the agents and a mail to the shop, and stays away from the customer. */
import { expect, it } from "vitest";
import { entriesOf } from "../../../src/db/entry.ts";
import { everyWord, mailTo } from "../ledger.ts";
import { SUPPORT } from "../world.ts";
import { timedStory } from "../timed.ts";

const SHOP = "orders@shop.example";
const DESK = `
name: Northwind Support
ticket_numbers: { prefix: NW, next: 1001 }
defaults: { department: support }
agents:
  ann: { name: Ann Lee, emails: [ann@nw.example], role: lead, in: [support] }
departments:
  support: { address: ${SUPPORT} }
rules:
  - name: Order numbers
    when: opened
    if: { subject: { matches: '\\border[ #]*(?P<order>\\d{6})\\b' } }
    then:
      tag: "order-{{ match.order }}"
      note: "Look up order {{ match.order }} for {{ customer.name }} before you answer."
      mail: { to: [${SHOP}], subject: "Question about order {{ match.order }}", text: "{{ ticket.number }} asks about order {{ match.order }}." }
    examples:
      - { given: { from: joe@x.example, subject: "Where is order #123456?" }, expect: { tag: order-123456, note: true, mail: true } }
      - { given: { from: joe@x.example, subject: order 12 }, expect: nothing }
`;

timedStory("captures", { desk: DESK, to: SUPPORT }, (street) => {
  it("keeps what its examples promise", async () => {
    const printed = await street().postern("desk", "apply", `${street().folder}/desk.yaml`, "--dry-run");
    expect(printed).toContain("Nothing changes.");
  });

  it("carries the number from the subject into tag, note and mail", async () => {
    const number = await street().writes({ from: "Joe Doe <joe@x.example>", subject: "Where is Order #654321?" });
    const ticket = await street().ticket(number);
    expect(ticket.tags).toEqual(["order-654321"]);
    const notes = (await entriesOf(street().db, ticket.id)).filter(({ kind }) => kind === "note");
    expect(notes.map(({ text }) => text)).toEqual(["Look up order 654321 for Joe Doe before you answer."]);
    const { mail } = await mailTo(street().sink, SHOP);
    expect(mail.subject).toContain("Question about order 654321");
    expect(mail.text).toContain(`${number} asks about order 654321.`);
    expect(street().sink.to(SHOP)).toHaveLength(1);
  });

  it("shows the customer nothing of it", async () => {
    const mails = street().sink.to("joe@x.example");
    expect(mails).toHaveLength(1);
    expect(await everyWord(mails[0]!)).not.toContain("Look up order");
  });

  it("does nothing where the pattern does not match", async () => {
    const number = await street().writes({ from: "eve@y.example", subject: "Where is order #65432?" });
    const ticket = await street().ticket(number);
    expect(ticket.tags).toEqual([]);
    expect((await entriesOf(street().db, ticket.id)).filter(({ kind }) => kind === "note")).toEqual([]);
    expect(street().sink.to(SHOP)).toHaveLength(1);
  });
});
