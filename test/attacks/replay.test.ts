/** The same command mail again, by another way; tokens and addresses that only look like ours. */
import { expect, it } from "vitest";
import { mail } from "../harness/mails.ts";
import { agentAnswers, openStreet, SECOND, type Street, verdictOf } from "../stages/street.ts";
import { testDesk } from "../db/desks.ts";
import { onBothStores } from "../db/stores.ts";

async function told(street: Street, from: string) {
  const ticket = await street.open({ from });
  return { ticket, notice: street.lastTo(`${ticket.assignee}@nw.example`) };
}

onBothStores("attacks by replay", (store) => {
  it("a mail without a Message-ID that has its token in Cc is carried out once", async () => {
    const street = await openStreet(store);
    const { notice } = await told(street, "m@cc-replay.example");
    const copy = (hop: string): Buffer => {
      const { raw } = mail({
        from: `Ann <${notice.to}>`,
        to: "support@nw.example",
        cc: notice.message.replyTo[0]!.address,
        text: "The answer.",
        headers: [["X-Hop", hop], ...verdictOf("pass", "nw.example")],
      });
      return Buffer.from(raw.toString().replace(/^Message-ID:.*\r\n/m, ""));
    };
    expect((await street.receive(copy("one"))).state).toBe("recorded");
    expect((await street.receive(copy("two"))).state).toBe("duplicate");
    await street.pass(3 * SECOND);
    expect(street.sentTo("m@cc-replay.example")).toHaveLength(2);
  });

  it("the same words are sent once, whether the token comes in To, in capitals, or in In-Reply-To alone", async () => {
    const street = await openStreet(store);
    const { notice } = await told(street, "m@ways.example");
    const ways = [
      (raw: string) => raw,
      (raw: string) => raw.replace(/^To:.*\r\n/m, "To: it@nw.example\r\n"),
      (raw: string) => raw.replace(/^To: (.*)\r\n/m, (_, to: string) => `To: ${to.toUpperCase()}\r\n`),
    ];
    const states: string[] = [];
    for (const way of ways) {
      const { raw } = await agentAnswers(notice, "The answer.", { quote: false });
      states.push((await street.receive(Buffer.from(way(raw.toString())))).state);
    }
    await street.pass(3 * SECOND);
    expect(states).toEqual(["recorded", "duplicate", "duplicate"]);
    expect(street.sentTo("m@ways.example")).toHaveLength(2);
  });

  it("made-up tokens with ids beyond any integer are mail like any other", async () => {
    const street = await openStreet(store);
    for (const kind of ["a", "b", "c"]) {
      const to = `support+${kind}999999999999999-aaaaaaaaaaaaaaaaaaaaaaaaaa@nw.example`;
      const row = await street.receive(mail({ from: `m@huge-${kind}.example`, to, subject: "[NW-999999999999]" }));
      expect(row).toMatchObject({ state: "recorded", verdict: "open-ticket" });
    }
  });

  it("a form that names the desk itself, or nobody, does not make the desk its own customer", async () => {
    const desk = testDesk((text) => `${text}form_senders: [form@web.example]\n`);
    const street = await openStreet(store, { desk });
    for (const address of ["support@nw.example", "it+x@nw.example", "<>"]) {
      const headers = [["Reply-To", address]] as const;
      const row = await street.receive(mail({ from: "form@web.example", to: "support@nw.example", headers }));
      expect((await street.ticket(row.ticket_id!)).customer.address).toBe("form@web.example");
    }
    expect(street.outbox.filter(({ to }) => to.startsWith("support") || to.startsWith("it"))).toEqual([]);
  });

  it("an address of ours with a detail is not acknowledged", async () => {
    const street = await openStreet(store);
    const from = "support+c1-aaaaaaaaaaaaaaaaaaaaaaaaaa@nw.example";
    await street.receive(mail({ from, to: "support@nw.example" }));
    expect(street.sentTo(from)).toHaveLength(0);
  });
});
