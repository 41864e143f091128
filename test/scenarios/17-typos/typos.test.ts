/**
 * Story: twelve near-misses of commands, at the top, in the middle and at the end of an answer, on Dovecot and SMTP. None of them
 * reaches a customer, nothing is changed, and the agent is asked with the line in question; the right answer lets the text go.
 */
import { expect, it } from "vitest";
import { distinctMails } from "../../harness/mails.ts";
import { answered, newestTo, noticeOf } from "../agent-mails.ts";
import { ticketOf } from "../ledger.ts";
import { BEN, SUPPORT } from "../world.ts";
import { timedStory } from "../timed.ts";

const DESK = `
name: Northwind Support
ticket_numbers: { prefix: NW, next: 1001 }
defaults: { department: support, undo: 1s }
agents:
  ben: { name: Ben Ortiz, emails: [${BEN}], in: [support] }
  lee: { name: Ann Lee, emails: [ann@nw.example], in: [support] }
  smith: { name: Ann Smith, emails: [anna@nw.example], in: [support] }
departments:
  support: { address: ${SUPPORT}, assign: ben }
`;

/** The answer, the line that is asked about, and what is suggested where something near is known. */
const NEAR_MISSES: readonly (readonly [text: string, line: string, suggestion?: string])[] = [
  ["#clsoe\nIt is mended.", "#clsoe", "#close"],
  ["#close #prioritty high\nIt is mended.", "#close #prioritty high", "#priority high"],
  ["#assign smyth\nShe knows the door.", "#assign smyth", "#assign smith"],
  ["#assign Ann\nOne of two.", "#assign Ann"],
  ["#snooze 31 february\nLater.", "#snooze 31 february"],
  ["#dept suport\nIt is mended.", "#dept suport", "#dept support"],
  ["- #clsoe\nIt is mended.", "- #clsoe", "#close"],
  ["It is mended.\n\n#close\n\nHave a nice day.", "#close"],
  ["It is mended.\n#note he is angry\nHave a nice day.", "#note he is angry"],
  ["It is mended.\n\nBen\n#clsoe", "#clsoe", "#close"],
  ["It is mended.\n\n#tag", "#tag"],
  ["\uff03Noet he is angry\nIt is mended.", "Noet he is angry", "#note"],
];

timedStory("twelve near-misses", { desk: DESK, to: SUPPORT }, (street) => {
  const customers = distinctMails(NEAR_MISSES.length, SUPPORT, "typo");
  const question = async (number: string) =>
    await newestTo(street().sink, BEN, ({ subject }) => subject?.includes(number) === true && /NOT SENT/.test(subject));

  it("reach nobody, change nothing and are asked about", { timeout: 90_000 }, async () => {
    await street().receives(...customers);
    const numbers = await Promise.all(customers.map(async ({ sender }) => await ticketOf(street().db, sender)));
    const notices = await Promise.all(numbers.map(async (number) => await noticeOf(street().sink, BEN, number)));
    const before = await Promise.all(numbers.map(async (number) => await street().ticket(number)));
    const mails = notices.map(async (notice, index) => await answered(notice, BEN, NEAR_MISSES[index]![0]));
    await street().receivesProven(...(await Promise.all(mails)));
    for (const [index, [text, line, suggestion]] of NEAR_MISSES.entries()) {
      const number = numbers[index]!;
      const { sender } = customers[index]!;
      expect([text, street().sink.to(sender).length]).toEqual([text, 1]);
      const { seq, ...ticket } = before[index]!;
      const { seq: after, ...same } = await street().ticket(number);
      expect([text, same]).toEqual([text, ticket]);
      expect([text, (await street().events(number)).slice(-(after - seq)).join("\n")]).toEqual([
        text,
        expect.stringContaining("reply held"),
      ]);
      const asked = await question(number);
      expect([text, asked.mail.text]).toEqual([text, expect.stringContaining(line)]);
      expect([text, asked.mail.text]).toEqual([text, expect.stringContaining(suggestion ?? line)]);
      for (const words of text.split("\n").filter((one) => one.trim() !== ""))
        expect(asked.mail.text).toContain(words.trim());
    }
  });

  it("go out when the line is corrected, or is confirmed to be text", { timeout: 60_000 }, async () => {
    const corrected = await question(await ticketOf(street().db, customers[0]!.sender));
    const asText = await question(await ticketOf(street().db, customers[8]!.sender));
    await street().receivesProven(await answered(corrected, BEN, "#close"), await answered(asText, BEN, "#confirm"));
    const closed = await newestTo(street().sink, customers[0]!.sender, ({ text }) => /mended/.test(text ?? ""));
    expect(closed.mail.text).not.toMatch(/#|clsoe/);
    expect((await street().ticket(await ticketOf(street().db, customers[0]!.sender))).status).toBe("closed");
    const whole = await newestTo(street().sink, customers[8]!.sender, ({ text }) => /mended/.test(text ?? ""));
    expect(whole.mail.text).toContain("#note he is angry");
    for (const [index, { sender }] of customers.entries())
      expect([sender, street().sink.to(sender).length]).toEqual([sender, index === 0 || index === 8 ? 2 : 1]);
  });
});
