/** Who reads an answer: #cc, #to, prepared texts, and who takes a ticket that was offered to a team. */
import { expect, it } from "vitest";
import { testDesk } from "../db/desks.ts";
import { onSqlite } from "../db/stores.ts";
import { replyTo } from "../harness/mails.ts";
import { ANN, commandDesk, openWorld, says, yes } from "./command-case.ts";
import { agentAnswers, openStreet, SECOND } from "./street.ts";

const desk = commandDesk();
onSqlite("who reads an answer", (store) => {
  it("two strangers in #cc are asked about one after the other, and this answer goes to them too", async () => {
    const street = await openStreet(store, { desk });
    const world = await openWorld(street);
    const { row } = await says(street, world, "#cc paul@one.example\n#cc rita@two.example\n\nWelcome.");
    expect(street.lastTo(ANN).message.text).toContain("From now on paul@one.example will read");
    await yes(street);
    expect(street.lastTo(ANN).message.text).toContain("From now on rita@two.example will read");
    expect((await street.ticket(world.ticket.id)).participants).toEqual([]);
    await yes(street);
    expect(await street.inbound(row.id)).toMatchObject({ state: "recorded" });
    await street.pass(3 * SECOND);
    for (const address of [world.customer, "paul@one.example", "rita@two.example"]) {
      expect(street.lastTo(address).message.text).toMatch(/^Welcome\./);
      expect(street.lastTo(address).message.to.map((one) => one.address)).toEqual([
        world.customer,
        "paul@one.example",
        "rita@two.example",
      ]);
    }
  });

  it("nobody is asked about a colleague of the customer's, or who takes part; addresses of the desk are refused", async () => {
    const street = await openStreet(store, { desk });
    const ticket = await street.open({ from: "Maria <maria@firm.example>" });
    const world = { notice: street.lastTo(ANN) };
    expect((await says(street, world, "#cc boss@firm.example")).told).toContain("takes part from now on");
    expect((await says(street, world, "#cc maria@firm.example")).told).toContain("takes part already");
    expect((await says(street, world, "#cc ben@nw.example")).told).toContain("#watch NAME tells an agent");
    expect((await says(street, world, "#cc it@nw.example")).told).toContain("an address of this desk");
    expect((await says(street, world, "#to ben@nw.example\n\nHello")).told).toContain("#note is for colleagues");
    const { participants } = await street.ticket(ticket.id);
    expect(participants.map(({ address }) => address)).toEqual(["boss@firm.example"]);
  });

  it("who has written since is not put out by an #undo", async () => {
    const street = await openStreet(store, { desk });
    const ticket = await street.open({ from: "Maria <maria@firm2.example>" });
    const world = { notice: street.lastTo(ANN) };
    await says(street, world, "#cc boss@firm2.example\n\nHello to both.");
    await street.pass(3 * SECOND);
    await street.receive(
      await replyTo(street.lastTo("boss@firm2.example").bytes, { from: "boss@firm2.example", text: "Hi." }),
    );
    expect((await says(street, world, "#undo")).told).toContain("has left");
    expect((await street.ticket(ticket.id)).participants).toHaveLength(1);
  });

  it("an answer to somebody else is none to the customer, and shows nothing of the thread", async () => {
    const street = await openStreet(store, { desk });
    const world = await openWorld(street);
    const before = await street.ticket(world.ticket.id);
    await says(street, world, "#to parts@supplier.example\n\nDo you have the button?");
    await yes(street);
    await street.pass(3 * SECOND);
    const { message } = street.lastTo("parts@supplier.example");
    expect(message.text).toMatch(/^Do you have the button\?/);
    expect(message.inReplyTo).toEqual([]);
    expect(street.lastTo("parts@supplier.example").bytes.toString()).not.toContain(world.customer);
    expect(street.sentTo(world.customer)).toHaveLength(1);
    expect(await street.ticket(world.ticket.id)).toMatchObject({
      participants: [],
      waitingFor: "us",
      lastAgentAt: null,
      respondedAt: null,
      respondDueAt: before.respondDueAt,
    });
    expect((await street.entries(world.ticket.id)).at(-1)).toMatchObject({ kind: "reply", author_kind: "agent" });
  });

  it("a prepared text alone is the answer; one that cannot be made is refused in words", async () => {
    const street = await openStreet(store, { desk: { ...desk, canned: { ...desk.canned, broken: brokenText() } } });
    const world = await openWorld(street);
    await says(street, world, "#canned reset");
    await street.pass(3 * SECOND);
    expect(street.lastTo(world.customer).message.text).toMatch(/^Dear Maria, please press the button/);
    const { row, told } = await says(street, world, "#canned broken\n\nHello");
    expect(row.state).toBe("held");
    expect(told).toMatch(/the prepared text "broken" cannot be made/);
    expect(street.sentTo(world.customer)).toHaveLength(2);
  });
});

/** As a desk of an older version may have it: today's file would be refused. */
const brokenText = () => ({ ...desk.canned["reset"]!, key: "broken", text: "{{ customer.name | no_such_filter }}" });

onSqlite("a ticket that was offered to a team", (store) => {
  it("goes to the first who takes it, and the second is told who has it", async () => {
    const team = testDesk((text) =>
      text.replace("assign: round-robin", "assign: none, tell: { new: [team@nw.example] }"),
    );
    const street = await openStreet(store, { desk: team });
    const ticket = await street.open({ from: "m@team.example" });
    const offered = street.lastTo("team@nw.example");
    await street.receive(await agentAnswers(offered, "#take", { from: "Ann Lee <ann@nw.example>" }));
    expect((await street.ticket(ticket.id)).assignee).toBe("ann");
    const second = await street.receive(await agentAnswers(offered, "#take", { from: "Ben Ortiz <ben@nw.example>" }));
    expect(second.state).toBe("held");
    expect(street.lastTo("ben@nw.example").message.text).toMatch(
      /Ann Lee has it since .*11:00; #assign me takes it over/,
    );
    await street.receive(await agentAnswers(offered, "#assign me", { from: "Ben Ortiz <ben@nw.example>" }));
    expect((await street.ticket(ticket.id)).assignee).toBe("ben");
  });
});
