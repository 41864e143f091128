/** Commands about words and their readers, and those that are more than a change of fields. */
import { replyTo } from "../harness/mails.ts";
import type { Case, World } from "./command-case.ts";
import { earlier } from "./command-cases-state.ts";
import { agentAnswers, customerAnswers, SECOND } from "./street.ts";

const number = ({ other }: World) => other!.publicNumber;

/** One more message of the customer's; Ann answers what she is told of it. */
async function wroteAgain({ street, ticket, customer }: World) {
  await street.receive(await customerAnswers(street.lastTo(customer), "And the lamp is broken too."));
  await street.pass(60 * SECOND);
  return { ticket: await street.ticket(ticket.id), notice: street.lastTo("ann@nw.example") };
}

/** Somebody who takes no part has answered the customer's copy of our mail. */
async function strangerWrote({ street, ticket, customer }: World) {
  const { bytes } = street.lastTo(customer);
  await street.receive(
    await replyTo(bytes, { from: `Eve <eve@${customer.split("@")[1]}.test>`, text: "I have it too." }),
  );
  await street.pass(60 * SECOND);
  return { ticket: await street.ticket(ticket.id), notice: street.lastTo("ann@nw.example") };
}

async function notDelivered({ street, notice, customer, ticket }: World) {
  street.smtp.script = ({ to }) =>
    to === customer ? { before: { kind: "rejected", response: "550 no such user" } } : undefined;
  await street.receive(await agentAnswers(notice, "Press the button."));
  await street.pass(3 * SECOND);
  street.smtp.script = () => undefined;
  return { ticket: await street.ticket(ticket.id), notice: street.lastTo("ann@nw.example") };
}

export const THREAD_CASES: readonly Case[] = [
  {
    command: "note",
    mail: "#note Called her, she will try again.",
    events: [],
    says: /#note: kept as a note; nothing was sent to the customer/,
    undo: /a note stays/,
  },
  {
    command: "reply",
    mail: "#reply\nPress the button.",
    events: ["reply written"],
    says: /#reply: to maria@home\d+\.example alone/,
    customer: /^Press the button\./,
    undo: "back",
  },
  {
    command: "reply-all",
    mail: "#reply-all\nPress the button.",
    events: ["reply written"],
    says: /#reply-all: to everybody who takes part/,
    customer: /^Press the button\./,
    undo: "back",
  },
  {
    command: "to",
    mail: "#to supplier@parts.example\nDo you have the button?",
    asked: /goes to supplier@parts\.example alone, who takes no part in NW-\d+/,
    events: ["reply written"],
    says: /#to supplier@parts\.example: to supplier@parts\.example alone/,
    undo: "back",
  },
  {
    command: "cc",
    mail: "#cc paul@elsewhere.example",
    asked: /From now on paul@elsewhere\.example will read every answer in NW-\d+\./,
    events: ["takes part"],
    says: /#cc paul@elsewhere\.example: paul@elsewhere\.example takes part from now on/,
    undo: "back",
  },
  {
    command: "canned",
    mail: "#canned reset\n\nDo write again.",
    events: ["reply written"],
    says: /#canned reset: "reset" is in your answer/,
    customer: /^Dear Maria, please press the button for ten seconds\.\s+Do write again\./,
    undo: "back",
  },
  {
    command: "now",
    mail: "#now\nPress the button.",
    events: ["reply written"],
    says: /#now: sent without waiting for #undo/,
    customer: /^Press the button\./,
    undo: /too late: the mail to maria@home\d+\.example has left/,
  },
  {
    command: "merge",
    two: true,
    mail: (world) => `#merge ${number(world)}`,
    events: ["set-status", "merged"],
    says: /#merge \d+: NW-\d+ goes on in NW-\d+/,
    undo: "back",
  },
  {
    command: "split",
    before: wroteAgain,
    mail: "#split 2",
    events: ["split"],
    says: /#split 2: entry 2 is NW-\d+ now, a ticket of maria@home\d+\.example/,
    undo: "back",
  },
  {
    command: "link",
    two: true,
    mail: (world) => `#link ${number(world)}`,
    events: ["linked"],
    says: /#link \d+: linked with NW-\d+ \(The scanner \d+\)/,
    undo: "back",
  },
  {
    command: "wrong",
    before: strangerWrote,
    mail: "#wrong",
    events: ["split", "reference barred"],
    says: /#wrong: the message of eve@home\d+\.example\.test is NW-\d+ now/,
    undo: "back",
  },
  {
    command: "spam",
    mail: "#spam",
    events: ["set-spam", "set-status"],
    says: /#spam: put aside as spam, and closed without a word/,
    undo: "back",
  },
  {
    command: "resend",
    before: notDelivered,
    mail: "#resend",
    events: ["reply sent again"],
    says: /#resend: the mail to maria@home\d+\.example is sent again/,
    customer: /^Press the button\./,
    undo: /too late: the mail to maria@home\d+\.example has left/,
  },
  {
    command: "accept",
    before: strangerWrote,
    mail: "#accept",
    events: ["takes part"],
    says: /#accept: eve@home\d+\.example\.test takes part/,
    undo: "back",
  },
  {
    command: "undo",
    before: earlier("#priority high"),
    mail: "#undo",
    events: ["set-priority", "undone"],
    says: /#undo: taken back: #priority high/,
    undo: /the same mail was carried out before/,
  },
  {
    command: "confirm",
    mail: "#confirm",
    events: [],
    says: /#confirm: nothing waits for it here; answer the mail that asks/,
    undo: /there is nothing of yours to take back/,
  },
];
