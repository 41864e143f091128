/** What commands do between tickets and with their people, beyond one example each. */
import { expect, it } from "vitest";
import { linksOf } from "../../src/db/ticket-link.ts";
import { replyTo } from "../harness/mails.ts";
import { onBothStores, onSqlite } from "../db/stores.ts";
import { ANN, commandDesk, openWorld, says, stateOf, yes } from "./command-case.ts";
import { customerAnswers, openStreet, SECOND } from "./street.ts";

const desk = commandDesk();
onBothStores("tickets among one another", (store) => {
  it("a merge of two customers' tickets is asked about; its undo is refused once the customer has written", async () => {
    const street = await openStreet(store, { desk });
    const [one, two] = [await openWorld(street), await openWorld(street)];
    const { row, told } = await says(street, one, `#merge ${two.ticket.publicNumber}`);
    expect(row).toMatchObject({ state: "held", hold_reason: "ask" });
    expect(told).toContain(`${one.customer}'s`);
    expect(told).toContain("each would read what is for the other");
    expect((await street.ticket(one.ticket.id)).mergedInto).toBeNull();
    await yes(street);
    expect((await street.ticket(one.ticket.id)).mergedInto).toBe(two.ticket.id);
    await street.receive(await customerAnswers(street.lastTo(two.customer), "What is this?"));
    const undo = await says(street, one, "#undo");
    expect(undo.told).toContain(`refused: something else has happened to ${two.ticket.publicNumber} since`);
    expect((await street.ticket(one.ticket.id)).mergedInto).toBe(two.ticket.id);
  });

  it("an undone merge gives every entry, reference and mail back", async () => {
    const street = await openStreet(store, { desk });
    const world = await openWorld(street, true);
    const before = [await stateOf(world, world.ticket), await stateOf(world, world.other!)];
    await says(street, world, `#merge ${world.other!.publicNumber}`);
    expect(await street.entries(world.other!.id)).toHaveLength(2);
    await says(street, world, "#undo");
    expect([await stateOf(world, world.ticket), await stateOf(world, world.other!)]).toEqual(before);
    await street.receive(await customerAnswers(street.lastTo(world.customer), "Hello?"));
    expect(await street.entries(world.ticket.id)).toHaveLength(2);
  });

  it("a link stands on both, once, and not with itself, nobody or a merged ticket", async () => {
    const street = await openStreet(store, { desk });
    const world = await openWorld(street, true);
    const [{ publicNumber }, other] = [world.ticket, world.other!];
    expect((await says(street, world, `#link ${publicNumber}`)).told).toContain("cannot be linked with itself");
    expect((await says(street, world, "#link 999999")).told).toContain("there is no ticket NW-999999");
    await says(street, world, `#link ${other.publicNumber}`);
    expect(await linksOf(street.db, world.ticket.id)).toMatchObject([{ publicNumber: other.publicNumber }]);
    expect(await linksOf(street.db, other.id)).toMatchObject([{ publicNumber }]);
    const again = await says(street, world, `#link ${other.publicNumber}\n#tag again`);
    expect(again.told).toContain(`it was linked with ${other.publicNumber} already`);
    expect((await street.events(other.id)).filter(({ name }) => name === "linked")).toHaveLength(1);
  });

  it("#wrong moves the message, and the next answer to the same mail opens a ticket of its own", async () => {
    const street = await openStreet(store, { desk });
    const world = await openWorld(street);
    const ack = street.lastTo(world.customer);
    const eve = async (text: string) =>
      await street.receive(await replyTo(ack.bytes, { from: "Eve <eve@far.example>", text }));
    const first = await eve("I have it too.");
    expect(first.ticket_id).toBe(world.ticket.id);
    await says(street, { notice: street.lastTo(ANN) }, "#wrong");
    const moved = await street.inbound(first.id);
    expect(moved.ticket_id).not.toBe(world.ticket.id);
    expect(await street.ticket(moved.ticket_id!)).toMatchObject({ customer: { address: "eve@far.example" } });
    expect((await street.ticket(world.ticket.id)).participants).toEqual([]);
    const second = await eve("Still.");
    expect(second.ticket_id).not.toBe(world.ticket.id);
    const hers = await street.receive(await customerAnswers(ack, "I am still here."));
    expect(hers.ticket_id).not.toBe(undefined);
  });
});

onSqlite("tickets and their words", (store) => {
  it("#wrong of the only message, #split of all and of what is not there are refused in words", async () => {
    const street = await openStreet(store, { desk });
    const world = await openWorld(street);
    expect((await says(street, world, "#wrong")).told).toMatch(/it is the only message of NW-\d+; #merge NUMBER/);
    expect((await says(street, world, "#split")).told).toMatch(/NW-\d+ has only one entry/);
    expect((await says(street, world, "#split 7")).told).toMatch(/NW-\d+ has no entry 7; it has 1 to 1/);
    expect(await street.entries(world.ticket.id)).toHaveLength(1);
  });

  it("a command of another place does nothing, and says where it belongs", async () => {
    const street = await openStreet(store, { desk });
    const world = await openWorld(street);
    expect((await says(street, world, "#new\n#priority high")).told).toContain("#new");
    expect((await says(street, world, "#open joe@x.example\nHe called.")).told).toContain("new mail to the desk");
    expect((await street.ticket(world.ticket.id)).priority).toBe("normal");
    expect(street.sentTo(world.customer)).toHaveLength(1);
  });

  it("customers keep the subject that they wrote", async () => {
    const street = await openStreet(store, { desk });
    const world = await openWorld(street);
    await says(street, world, "#subject Floor 2\n\nPress the button.");
    await street.pass(3 * SECOND);
    expect((await street.ticket(world.ticket.id)).subject).toBe("Floor 2");
    expect(street.lastTo(world.customer).message.subject).toContain(world.ticket.subject);
    expect(street.lastTo(world.customer).message.subject).not.toContain("Floor 2");
  });
});
