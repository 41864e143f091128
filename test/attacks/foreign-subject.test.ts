/** Another customer's subject, or the desk's own name for a ticket, is not for whose message is parted from it. */
import { expect, it } from "vitest";
import { onBothStores } from "../db/stores.ts";
import { mail } from "../harness/mails.ts";
import { answers, asks, listDesk } from "../stages/list-mails.ts";
import { agentAnswers, openStreet, SECOND, type Street } from "../stages/street.ts";

/** Joe's ticket, which the desk has renamed, and what a stranger has answered to it. */
async function strangerIn(street: Street, word: string, subject: string) {
  const joe = `joe@${word}.example`;
  const pat = `pat@stranger-${word}.example`;
  const ticket = await street.open({ from: joe, subject: "My divorce" });
  await street.receive(await agentAnswers(street.lastTo("ann@nw.example"), "Hello Joe."));
  await street.pass(5 * SECOND);
  await asks(street, `${ticket.publicNumber} #subject Joe the liar`);
  const { messageId } = street.lastTo(joe).message;
  await street.receive(
    mail({ from: pat, to: "support@nw.example", subject, inReplyTo: messageId, text: "What about invoice 99?\n" }),
  );
  return { ticket, joe, pat, notice: street.lastTo("ann@nw.example") };
}

onBothStores("a message that becomes a ticket of its own", (store) => {
  it.each([
    ["#wrong", "Question about my invoice", "Question about my invoice"],
    ["#split", "Question about my invoice", "Question about my invoice"],
    ["#wrong", "", "What about invoice 99?"],
  ])("is called as its author called it: %s, %j", async (command, subject, called) => {
    const street = await openStreet(store, { desk: listDesk() });
    const { pat, notice } = await strangerIn(street, `${command.slice(1)}-${subject.length}`, subject);
    expect((await answers(street, notice, command)).row.state).toBe("recorded");
    const row = await street.db("ticket").orderBy("id", "desc").first();
    expect(row.subject).toBe(called);
    await asks(street, `${row.public_number} #close`);
    await street.pass(5 * SECOND);
    const { message, bytes } = street.lastTo(pat);
    expect(message.subject).toContain(called);
    expect(bytes.toString()).not.toMatch(/divorce|liar/);
  });

  it("the customer's own keeps their subject, and not the desk's name for it", async () => {
    const street = await openStreet(store, { desk: listDesk() });
    const { ticket, joe } = await strangerIn(street, "own", "Hm");
    const { message } = street.lastTo(joe);
    await street.receive(
      mail({ from: joe, to: "support@nw.example", subject: message.subject, inReplyTo: message.messageId }),
    );
    await answers(street, street.lastTo("ann@nw.example"), "#split");
    const row = await street.db("ticket").orderBy("id", "desc").first();
    expect(row.subject).toBe("My divorce");
    expect(row.id).not.toBe(ticket.id);
  });
});
