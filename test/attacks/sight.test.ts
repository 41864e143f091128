/** What an agent may not see they do not get by another way either: not by a number in a subject, a link or a merge. */
import { expect, it } from "vitest";
import { onBothStores } from "../db/stores.ts";
import { answers, asks, listDesk } from "../stages/list-mails.ts";
import { agentAnswers, openStreet, type Street } from "../stages/street.ts";

const SECRET = "the flux capacitor leaks";

/** A ticket of support's, which Dev of IT does not see, and one of IT's. */
async function tickets(street: Street, word: string) {
  const theirs = await street.open({ from: `m@${word}.example`, subject: `Secret ${word}`, text: SECRET });
  await street.pass(60_000);
  const own = await street.open({ from: `o@${word}-own.example`, to: "it@nw.example", subject: `Own ${word}` });
  await street.pass(60_000);
  return { theirs, own, notice: street.lastTo("dev@nw.example") };
}

onBothStores("an agent who may not see a ticket", (store) => {
  it("does not read it by its number in a subject, nor acts on it", async () => {
    const street = await openStreet(store, { desk: listDesk() });
    const { theirs } = await tickets(street, "subject");
    const note = await asks(street, "Hello?", { from: "dev", subject: `Re: [${theirs.publicNumber}] x` });
    expect(note.row).toMatchObject({ verdict: "follow-up", ticket_id: theirs.id });
    expect(note.sent).toHaveLength(1);
    const shown = await answers(street, note.sent[0]!, "#show");
    expect(shown.text).not.toContain(SECRET);
    const taken = await answers(street, note.sent[0]!, "#take");
    expect((await street.ticket(theirs.id)).assignee).toBeNull();
    expect(taken.sent).toHaveLength(1);
    const before = street.sentTo("m@subject.example").length;
    await asks(street, `held ${note.row.id} #confirm`, { from: "dev" });
    await answers(street, note.sent[0]!, "Words for the customer.");
    await street.pass(60_000);
    expect(street.sentTo("m@subject.example")).toHaveLength(before);
  });

  it.each(["#link", "#merge"])("is told by %s what they are told of a number that does not exist", async (command) => {
    const street = await openStreet(store, { desk: listDesk() });
    const { theirs, own, notice } = await tickets(street, command.slice(1));
    const { text } = await answers(street, notice, `${command} ${theirs.publicNumber}`);
    expect(text).not.toContain("Secret");
    expect(text).not.toContain(theirs.customer.address);
    expect((await street.ticket(own.id)).mergedInto).toBeNull();
    await street.pass(60_000);
    const none = await answers(street, notice, `${command} NW-999999`);
    const why = (said: string, number: string) =>
      /"#[^\n]*there is no ticket[^\n]*/.exec(said)?.[0].replaceAll(number, "N");
    expect(why(text, theirs.publicNumber)).toBe(why(none.text, "NW-999999"));
    expect(why(text, theirs.publicNumber)).toBeDefined();
  });

  it("nor by the number in the subject of an answer to a mail about no ticket", async () => {
    const street = await openStreet(store, { desk: listDesk() });
    const { theirs } = await tickets(street, "ticketless");
    const nothing = await asks(street, "held 999999 #confirm", { from: "dev" });
    const { raw } = await agentAnswers(nothing.sent[0]!, "#take\n\nWords for the customer.");
    const subject = `Subject: Re: [${theirs.publicNumber}] x`;
    const before = street.sentTo("m@ticketless.example").length;
    await street.receive(
      Buffer.from(raw.toString("latin1").replace(/^Subject: .*(?:\r\n[ \t].*)*/m, subject), "latin1"),
    );
    await street.pass(60_000);
    expect((await street.ticket(theirs.id)).assignee).toBeNull();
    expect(street.sentTo("m@ticketless.example")).toHaveLength(before);
  });
});
