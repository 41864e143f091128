/** What an agent may not see they do not get by another way either: not by a link nor a merge. */
import { expect, it } from "vitest";
import { onBothStores } from "../db/stores.ts";
import { answers, listDesk } from "../stages/list-mails.ts";
import { openStreet, type Street } from "../stages/street.ts";

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
});
