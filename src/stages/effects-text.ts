/** Texts that rules write, in Liquid over names of the ticket and the named groups of the rule's regular expressions. */
import { renderLiquid } from "../desk/notices/notice-template.ts";
import { firstName, personName, plainSubject } from "../desk/notices/notice-words.ts";
import type { Cause, RuleText } from "../desk/types.ts";
import type { Deed } from "./effects-deed.ts";

/** An effect that cannot be carried out as it is written; the message says why, for the event. */
export class EffectProblem extends Error {
  override readonly name = "EffectProblem";
}

/** Renders a rule's text for people of the desk. Throws EffectProblem when it cannot be rendered, or is empty then. */
export function ruleText({ unit: { desk }, ticket, match }: Deed, what: string, text: RuleText): string {
  const { customer } = ticket;
  const values = {
    match,
    customer: { name: personName(customer.name, customer.address), first_name: firstName(customer.name) },
    ticket: { number: ticket.publicNumber, subject: plainSubject(ticket.subject, desk.prefix) },
    department: { name: desk.departments[ticket.department]?.name ?? ticket.department },
    desk: { name: desk.name },
  };
  const rendered = rendering(what, () => renderLiquid(text, values)).trim();
  if (rendered === "") throw new EffectProblem(`the ${what} is empty for this ticket`);
  return rendered;
}

/** Runs a rendering; what goes wrong there is the text's fault. */
export function rendering(what: string, render: () => string): string {
  try {
    return render();
  } catch (error) {
    throw new EffectProblem(`the ${what} cannot be written: ${(error as Error).message.split("\n", 1)[0]}`, {
      cause: error,
    });
  }
}

/** `"Order numbers"` as causes have it -> `Order numbers`. */
export const ruleName = ({ detail }: Cause): string => detail.replace(/^"(.*)"$/s, "$1");
