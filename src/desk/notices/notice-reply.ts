/**
 * The agent's reply as the customer sees it. Policy: its words are the text that passed every check; it goes under the
 * department's address and signature, and no header, address or signature of the agent's goes with it.
 */
import { formatted } from "../../mail/html/rich.ts";
import { scrub, type ScrubSecrets } from "../../mail/scrub.ts";
import type { OutboundMessage } from "../../mail/types.ts";
import { customerValues, sendable } from "./notice.ts";
import type { ReplyFacts } from "./notice-facts.ts";
import { agentNames, customerMail, hiddenAddresses } from "./notice-frame.ts";
import { liquidProblem, renderLiquid } from "./notice-template.ts";

/** What a department's signature may name. */
export const SIGNATURE_VARIABLES = ["agent.name", "agent.first_name", "department.name", "desk.name"];

/** An agent's answer under the department's signature. Written by a person: it carries no header of automatic mail. */
export function agentReply(f: ReplyFacts): OutboundMessage {
  const secrets = { agentAddresses: hiddenAddresses(f.desk, f.to.address), supportAddress: f.ticket.supportAddress };
  const values = {
    ...customerValues(f),
    agent: agentNames(f.desk, f.agent),
    text: scrub(f.text, secrets).replace(/\r\n?/g, "\n").replace(/^\n+/, "").trimEnd(),
    signature: scrub(signatureOf(f), secrets),
    closing: f.closing,
  };
  const plain = f.templates.render("reply", values);
  const rendered = { ...plain, html: richHtml(f, values, secrets) ?? plain.html };
  return customerMail(f, { kind: "entry", id: f.entryId, rendered, attachments: f.attachments?.map(sendable) });
}

/** Stands for the words while the template is rendered; of no script and in no text. */
const PLACE = "\uf8ff";

/**
 * The HTML with the agent's formatting in place of their plain words. What was scrubbed from a line is not in its formatted
 * form either: the two are compared again. Undefined without formatting, and where the template puts words beside the text.
 */
function richHtml(f: ReplyFacts, values: { readonly text: string }, secrets: ScrubSecrets): string | undefined {
  if (f.rich === undefined) return undefined;
  const isClean = (href: string): boolean => [href, decoded(href)].every((form) => scrub(form, secrets) === form);
  const rich = formatted(values.text, f.rich, isClean);
  if (rich === undefined) return undefined;
  const [before, after, ...more] = f.templates.render("reply", { ...values, text: PLACE }).html.split(PARAGRAPH);
  if (after === undefined || more.length > 0) return undefined;
  return before + rich.replaceAll("<p>", '<p style="margin:0 0 1em 0">') + after;
}

const PARAGRAPH = new RegExp(`<p[^<>]{0,100}>${PLACE}</p>`);

function decoded(href: string): string {
  try {
    return decodeURIComponent(href);
  } catch {
    return href;
  }
}

/** The department's signature, made of Liquid. A signature that cannot be rendered must not hold up an answer: the plain one then. */
function signatureOf({ desk, ticket, agent }: ReplyFacts): string {
  const names = agentNames(desk, agent);
  const department = desk.departments[ticket.department];
  const text = department?.signature.trim() ?? "";
  if (text === "" || liquidProblem(text, SIGNATURE_VARIABLES) !== undefined) return `${names.first_name}, ${desk.name}`;
  return renderLiquid(text, {
    agent: names,
    department: { name: department?.name ?? "" },
    desk: { name: desk.name },
  }).trim();
}
