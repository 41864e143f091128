/** Mails of commands to the desk, and what their answers say, for tests of lists. */
import { mail } from "../harness/mails.ts";
import { testDesk } from "../db/desks.ts";
import { agentAnswers, type Sent, type Street, verdictOf } from "./street.ts";

/** Ann leads and sees all; Ben is of support, Dev of IT, Tia learns. */
export const listDesk = () =>
  testDesk((text) =>
    text
      .replace(
        "departments:\n",
        "  tia: { name: Tia Ray, emails: [tia@nw.example], role: trainee, in: [support] }\ndepartments:\n",
      )
      .replace("assign: round-robin", "assign: none")
      .replace("assign: dev", "assign: none"),
  );

type New = { readonly from?: string; readonly subject?: string; readonly to?: string };

/** A proven agent's new mail to the desk: its row, and all mails to them that came of it. */
export async function asks(street: Street, text: string, { from = "ann", subject = "", to = "support" }: New = {}) {
  const address = `${from}@nw.example`;
  const before = street.sentTo(address).length;
  const headers = verdictOf("pass", "nw.example");
  const date = new Date(street.clock.now);
  const row = await street.receive(
    mail({ from: `<${address}>`, to: `${to}@nw.example`, subject, text: `${text}\n`, headers, date }),
  );
  const sent = street.sentTo(address).slice(before);
  return { row, sent, text: sent.map(({ message }) => message.text).join("\n") };
}

/** The agent answers one of our mails: its row, and all mails to them that came of it. */
export async function answers(street: Street, to: Sent, text: string) {
  const before = street.sentTo(to.to).length;
  const row = await street.receive(await agentAnswers(to, text));
  const sent = street.sentTo(to.to).slice(before);
  return { row, sent, text: sent.map(({ message }) => message.text).join("\n") };
}

/** `1 Printer`, `2 Scanner`: the rows of a list whose subject begins with a word, numbered among themselves. */
export function listed({ message }: Sent, word: string): string[] {
  const subjects = [...message.text.matchAll(/^\d+ {2}NW-\d+ {2}(.+)$/gm)].map((match) => match[1]!);
  return subjects.filter((subject) => subject.startsWith(word)).map((subject) => subject.slice(word.length).trim());
}

/** The position of a ticket in a list. */
export function positionOf({ message }: Sent, publicNumber: string): number {
  return Number(new RegExp(`^(\\d+) {2}${publicNumber} `, "m").exec(message.text)?.[1] ?? Number.NaN);
}
