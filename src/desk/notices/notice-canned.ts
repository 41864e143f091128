/**
 * Canned texts in mail that Postern writes to a customer by itself, because a rule or a topic says so. Policy: such mail is
 * automatic and says so in its headers; it names no agent, and of the sender only what an acknowledgement repeats.
 */
import { scrub } from "../../mail/scrub.ts";
import type { OutboundMessage } from "../../mail/types.ts";
import type { CustomerFacts } from "./notice-facts.ts";
import { customerMail, departmentTitle, hiddenAddresses } from "./notice-frame.ts";
import { renderLiquid } from "./notice-template.ts";
import { customerValues } from "./notice.ts";

export type CannedFacts = CustomerFacts & {
  /** The entry of the thread that holds the text. */
  readonly entryId: number;
  readonly text: string;
};

/** A canned text with the customer's and the ticket's names in it. Throws when there is no such text or it cannot be rendered. */
export function cannedText(f: Pick<CustomerFacts, "desk" | "ticket" | "to">, key: string): string {
  const canned = Object.hasOwn(f.desk.canned, key) ? f.desk.canned[key] : undefined;
  if (canned === undefined) throw new Error(`there is no canned text "${key}"`);
  const secrets = { agentAddresses: hiddenAddresses(f.desk, f.to.address), supportAddress: f.ticket.supportAddress };
  const text = scrub(renderLiquid(canned.text, customerValues(f)), secrets);
  return text.replace(/\r\n?/g, "\n").replace(/^\n+/, "").trimEnd();
}

/** The desk's answer to a customer without anybody having written it. */
export function cannedReply(f: CannedFacts): OutboundMessage {
  const rendered = f.templates.render("reply", {
    ...customerValues(f),
    agent: { name: "", first_name: "" },
    text: f.text,
    signature: departmentTitle(f.desk, f.ticket),
    closing: false,
  });
  return customerMail(f, { kind: "entry", id: f.entryId, rendered, automatic: "auto-replied" });
}

/** The desk does not take this message; the ticket is closed. */
export function rejection(f: CannedFacts): OutboundMessage {
  const rendered = f.templates.render("rejection", { ...customerValues(f), text: f.text });
  return customerMail(f, { kind: "entry", id: f.entryId, rendered, automatic: "auto-replied" });
}
