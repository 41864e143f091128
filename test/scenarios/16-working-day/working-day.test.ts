/**
 * Story: a whole working day by mail alone, on Dovecot and SMTP. Two customers write and one calls; the desk is listed, triaged,
 * read, answered, closed, opened again, merged and parted without anybody looking at a web page.
 */
import { expect, it } from "vitest";
import { AGENT_TOKEN, everyWord, ticketOf } from "../ledger.ts";
import { answered, newestTo, noticeOf, written } from "../agent-mails.ts";
import { ANN, BEN, SUPPORT } from "../world.ts";
import { HOUR, timedStory } from "../timed.ts";

const MARIA = "maria@fabrikam.example";
const JOE = "joe@x.example";
const KIM = "kim@y.example";
const CUSTOMERS = [MARIA, JOE, KIM];

const DESK = `
name: Northwind Support
ticket_numbers: { prefix: NW, next: 48201 }
time_zone: Europe/Berlin
defaults: { department: support, sla: standard, undo: 1s }
sla:
  standard: { respond: 4h, resolve: 3d, during: always }
  gold: { respond: 1h, resolve: 8h, during: always }
agents:
  ann: { name: Ann Lee, emails: [${ANN}], role: lead, in: [support, billing] }
  ben: { name: Ben Ortiz, emails: [${BEN}], in: [support, billing] }
departments:
  support: { address: ${SUPPORT}, assign: none, tell: { new: members } }
  billing: { address: billing@nw.example, assign: none, tell: { new: members } }
topics:
  invoice: { title: Invoices, words: [refund] }
`;

timedStory("a working day by mail alone", { desk: DESK, to: SUPPORT, startsAt: "2026-12-07T08:00:00Z" }, (street) => {
  const says = async (agent: string, text: string, about: string) =>
    await street().receivesProven(await answered(await noticeOf(street().sink, agent, about), agent, text));
  const asks = async (agent: string, line: string) => {
    await street().receivesProven(written(agent, "Today", line));
    return await newestTo(street().sink, agent, ({ text }) => text?.includes("Answer with the numbers") === true);
  };
  const status = async (number: string) => (await street().ticket(number)).status;
  const mailsOf = (customer: string) => street().sink.to(customer).length;
  let maria = "";
  let joe = "";
  let kim = "";

  it("opens three tickets: by mail, by the address of a topic, and for a caller", { timeout: 60_000 }, async () => {
    maria = await street().writes({ from: `Maria Santos <${MARIA}>`, subject: "Cannot log in", text: "Refused." });
    const to = "support+invoice@nw.example";
    joe = await street().writes({ from: `Joe Doe <${JOE}>`, to, subject: "Charged twice", text: "See my bill." });
    const call = written(BEN, "No dial tone", `#open Kim Park <${KIM}>\n#tag phone\n\nHer line is dead since Monday.`);
    await street().receivesProven(call);
    kim = await ticketOf(street().db, KIM);
    expect([maria, joe, kim]).toEqual(["NW-48201", "NW-48202", "NW-48203"]);
    expect(await street().ticket(joe)).toMatchObject({ topic: "invoice" });
    expect(await street().ticket(kim)).toMatchObject({ subject: "No dial tone", tags: ["phone"], status: "open" });
    for (const customer of CUSTOMERS) {
      const ack = await newestTo(street().sink, customer, () => true);
      expect(ack.mail.headers.get("auto-submitted")).toBe("auto-replied");
      expect(mailsOf(customer)).toBe(1);
    }
  });

  it("lists them, and triages all in one answer", { timeout: 60_000 }, async () => {
    const list = await asks(ANN, "#list");
    for (const number of [maria, joe, kim]) expect(list.mail.text).toContain(number);
    const row = (number: string) => new RegExp(`^(\\d+) +${number} `, "m").exec(list.mail.text!)![1]!;
    const triage = [
      `${row(joe)} #dept billing #priority high #assign ben`,
      `${row(maria)}, ${row(kim)} #assign ben #sla gold`,
      `${row(kim)} #priority low`,
    ];
    await street().receivesProven(await answered(list, ANN, triage.join("\n")));
    expect(await street().ticket(joe)).toMatchObject({ department: "billing", priority: "high", assignee: "ben" });
    expect(await street().ticket(maria)).toMatchObject({ assignee: "ben", sla: "gold", priority: "normal" });
    expect(await street().ticket(kim)).toMatchObject({ assignee: "ben", sla: "gold", priority: "low" });
    const receipt = await newestTo(street().sink, ANN, ({ text }) => text?.includes("#priority high") === true);
    expect(receipt.mail.text).toContain("normal -> high");
  });

  it("shows a thread with every change of it", { timeout: 60_000 }, async () => {
    await street().receivesProven(written(BEN, `#show ${maria}`, ""));
    const { mail } = await newestTo(street().sink, BEN, ({ text }) => text?.includes("Refused.") === true);
    for (const words of ["opened by mail", "assigned to Ben Ortiz", "SLA plan gold", "Refused.", "Maria Santos"])
      expect(mail.text).toContain(words);
    expect(mail.subject).toContain(`[${maria}]`);
  });

  it("answers and leaves the ticket open; the customer answers, and it is closed", { timeout: 60_000 }, async () => {
    await says(BEN, "Which browser do you use?", maria);
    expect(await street().ticket(maria)).toMatchObject({ status: "open", waitingFor: "customer" });
    const question = await newestTo(street().sink, MARIA, ({ text }) => text?.includes("Which browser") === true);
    await street().receives(await answered(question, MARIA, "The one that came with it."));
    expect(await street().ticket(maria)).toMatchObject({ status: "open", waitingFor: "us" });
    await says(BEN, "#close\nPlease try another one. It works there.", maria);
    expect(await status(maria)).toBe("closed");
    const answer = await newestTo(street().sink, MARIA, ({ text }) => text?.includes("try another one") === true);
    expect(answer.mail.from?.value[0]?.address).toBe(SUPPORT);
    expect(answer.mail.text).toContain("We consider this solved.");
    expect(mailsOf(MARIA)).toBe(3);
  });

  it("lists what is closed; a thanks opens nothing, a question does", { timeout: 60_000 }, async () => {
    const list = await asks(BEN, "#list closed");
    expect(list.mail.text).toContain(maria);
    expect(list.mail.text).not.toContain(joe);
    const answer = await newestTo(street().sink, MARIA, ({ text }) => text?.includes("try another one") === true);
    await street().receives(await answered(answer, MARIA, "Thanks!"));
    expect(await status(maria)).toBe("closed");
    await street().advance(26 * HOUR);
    await street().receives(await answered(answer, MARIA, "Today it is refused there too. What now?"));
    expect(await street().ticket(maria)).toMatchObject({ status: "open", assignee: "ben", waitingFor: "us" });
  });

  it("merges a second ticket of hers, and parts them again", { timeout: 60_000 }, async () => {
    await street().receives(
      await answered(
        { ...(await newestTo(street().sink, KIM, () => true)) },
        KIM,
        "And my mobile is dead as well, by the way. Is that the same?",
      ),
    );
    const other = written(MARIA, "Also the printer", "It does not print.");
    await street().receives(other);
    const [second] = await street().db("ticket").orderBy("id", "desc").limit(1).pluck("public_number");
    expect(second).toBe("NW-48204");
    await says(BEN, `#merge ${maria}`, second);
    const merged = await street().ticket(second);
    expect(merged).toMatchObject({ status: "closed", mergedInto: (await street().ticket(maria)).id });
    const texts = async (number: string): Promise<string[]> =>
      await street()
        .db("entry")
        .where({ ticket_id: (await street().ticket(number)).id })
        .orderBy("seq")
        .pluck("text");
    expect((await texts(maria)).map((text) => text.trim())).toContain("It does not print.");
    await says(BEN, "#undo", second);
    expect(await street().ticket(second)).toMatchObject({ status: "open", mergedInto: null });
    expect((await texts(second)).map((text) => text.trim())).toEqual(["It does not print."]);
  });

  it("has shown customers nothing but answers, and counts every message", { timeout: 60_000 }, async () => {
    for (const customer of CUSTOMERS)
      for (const one of street().sink.to(customer)) {
        const words = (await everyWord(one)).toLowerCase();
        for (const hidden of [ANN, BEN, "#close", "#merge", "#open", "optional first lines"])
          expect(words).not.toContain(hidden);
        expect(words).not.toMatch(AGENT_TOKEN);
      }
    const states: string[] = await street().db("inbound").distinct("state").pluck("state");
    expect(states).toEqual(["recorded"]);
  });
});
