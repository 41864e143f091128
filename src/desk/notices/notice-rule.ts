/**
 * What a rule writes to people outside the thread: a supplier, another team's list. Policy: automatic mail without a token,
 * so that an answer to it does nothing to the ticket and never reaches the customer.
 */
import { spokenAddress } from "../../mail/address.ts";
import type { OutboundMessage } from "../../mail/types.ts";
import type { AgentFacts } from "./notice-facts.ts";
import { agentMail, agentNames, withoutTokens } from "./notice-frame.ts";
import * as words from "./notice-words.ts";
import { assigneeWords } from "./notice-text.ts";
import type { Ticket } from "../types.ts";

export type RuleMailFacts = AgentFacts & {
  readonly ticket: Ticket;
  readonly rule: string;
  /** Both rendered; they may hold what a stranger wrote. */
  readonly subject: string;
  readonly text: string;
};

/** A rule's mail to an address of the desk file. */
export function ruleMail(f: RuleMailFacts): OutboundMessage {
  const { desk, ticket } = f;
  const rendered = f.templates.render("rule-mail", {
    desk: { name: desk.name },
    department: { name: desk.departments[ticket.department]?.name ?? ticket.department },
    ticket: {
      number: ticket.publicNumber,
      subject: withoutTokens(words.plainSubject(ticket.subject, desk.prefix), ticket.supportAddress),
      status: ticket.status,
      priority: ticket.priority,
      assignee: assigneeWords(agentNames(desk, ticket.assignee).name, false),
    },
    customer: {
      name: words.personName(ticket.customer.name, ticket.customer.address),
      first_name: words.firstName(ticket.customer.name),
      address: spokenAddress(ticket.customer.address),
    },
    subject: withoutTokens(words.shortLine(f.subject, 160), ticket.supportAddress) || ticket.publicNumber,
    text: withoutTokens(f.text, ticket.supportAddress).replace(/\r\n?/g, "\n").replace(/^\n+/, "").trimEnd(),
    rule: words.shortLine(f.rule, 120),
  });
  const mail = agentMail({ ...f, answerable: false }, { rendered, fromName: desk.name, automatic: "auto-generated" });
  // Each stands alone: who gets it has no thread of this ticket.
  return { ...mail, inReplyTo: undefined, references: [] };
}
