/**
 * Story: an admin changes the rules, looks first at what would have been different for the mail of the last days, and then
 * activates them; the same mails, sent again, are treated as foretold.
 */
import { writeFileSync } from "node:fs";
import { expect, it } from "vitest";
import { mail } from "../../harness/mails.ts";
import { SUPPORT } from "../world.ts";
import { timedStory } from "../timed.ts";

const head = `
name: Northwind Support
ticket_numbers: { prefix: NW, next: 1001 }
defaults: { department: support }
agents:
  ann: { name: Ann Lee, emails: [ann@nw.example], role: lead, in: [support, billing] }
departments:
  support: { address: ${SUPPORT} }
  billing: { address: billing@nw.example }
`;
const BEFORE = `${head}
rules:
  - { name: Money, when: opened, if: { subject: { has_word: invoice } }, then: { department: billing } }
`;
const AFTER = `${head}
rules:
  - { name: Money, when: opened, if: { subject: { has_word: [invoice, refund] } }, then: { department: billing } }
  - { name: Big attachments of words, when: opened, if: { body: { contains: urgent } }, then: { priority: high } }
`;

const WORDS = ["invoice", "refund", "printer", "password"];
const mails = (label: string) =>
  Array.from({ length: 40 }, (_, n) =>
    mail({
      from: `c${n}@${label}${n}.example`,
      to: SUPPORT,
      subject: `About my ${WORDS[n % 4]} ${n}`,
      text: n % 5 === 0 ? "This is urgent.\n" : "Hello.\n",
    }),
  );

type Shown = { department: string; priority: string };

timedStory("replay", { desk: BEFORE, to: SUPPORT }, (street) => {
  const stand = async (label: string): Promise<Shown[]> => {
    const rows = await street()
      .db("ticket")
      .join("address", "address.id", "ticket.customer_address_id")
      .where("address.address", "like", `%@${label}%`)
      .orderBy("ticket.id")
      .select("ticket.public_number");
    const tickets = await Promise.all(rows.map(({ public_number }) => street().ticket(public_number)));
    return tickets
      .map(({ department, priority, customer }) => ({ department, priority, customer: customer.address }))
      .sort((a, b) => Number(/\d+/.exec(a.customer)![0]) - Number(/\d+/.exec(b.customer)![0]))
      .map(({ department, priority }) => ({ department, priority }));
  };

  it("shows what would differ, changes nothing, and is right", { timeout: 120_000 }, async () => {
    await street().receives(...mails("before"));
    const was = await stand("before");
    const file = `${street().folder}/proposed.yaml`;
    writeFileSync(file, AFTER);
    const printed = await street().postern("rules", "replay", "--desk", file, "--last", "100", "--json");
    const foretold = JSON.parse(printed) as {
      differences: { from: string; changes: { field: string; new: string }[] }[];
    };
    expect(await stand("before")).toEqual(was);
    await street().postern("desk", "apply", file);
    await street().receives(...mails("after"));
    const is = await stand("after");
    const expected = was.map((shown, n) => {
      const changes = foretold.differences.find(({ from }) => from === `c${n}@before${n}.example`)?.changes ?? [];
      return { ...shown, ...Object.fromEntries(changes.map(({ field, new: to }) => [field, to])) };
    });
    expect(is).toEqual(expected);
    expect(foretold.differences).toHaveLength(
      is.filter((shown, n) => JSON.stringify(shown) !== JSON.stringify(was[n])).length,
    );
    expect(foretold.differences.length).toBeGreaterThan(5);
  });
});
