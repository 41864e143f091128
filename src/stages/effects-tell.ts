/** What rules write to people: the ticket's news to people of the desk, and a mail of its own to others. Never to the customer. */
import { entriesOf } from "../db/entry.ts";
import { insertEvent } from "../db/event.ts";
import { addressesOf } from "../db/people.ts";
import { ruleMail } from "../desk/notices/notice-rule.ts";
import { partIn } from "../desk/part-in.ts";
import type { Effect, EmailAddress } from "../desk/types.ts";
import type { Deed, Done } from "./effects-deed.ts";
import { EffectProblem, ruleName, ruleText } from "./effects-text.ts";
import { agentFacts } from "./letters.ts";
import { writeDelivery } from "./mail-out.ts";
import { readers, tellReaders } from "./tell.ts";
import { causeOf, kindOf } from "./tell-written.ts";

/** Whom a rule tells is not told of the same thing again by the department: both have the same cause. */
export async function tellPeople(deed: Deed, { audience }: Extract<Effect, { action: "tell" }>): Promise<Done> {
  const { unit, row, ticket, cause } = deed;
  const entry = deed.entry ?? (await entriesOf(unit.tx, ticket.id)).findLast(({ kind }) => kind === "message");
  if (!entry) throw new EffectProblem("nobody has written in this ticket");
  const told = await tellReaders(unit, {
    ticket,
    entry,
    readers: readers(unit, ticket, audience),
    kind: kindOf(row),
    cause: causeOf(row, deed.entry),
    remark: `The rule "${ruleName(cause)}" tells you of this.`,
  });
  if (told.length === 0) return { did: "nobody new to tell" };
  const event = { name: "told", actor: { kind: "postern" }, cause, new: told.join(", ") } as const;
  await insertEvent(unit.tx, ticket.id, event, unit.now);
  return { did: told.join(", ") };
}

export async function mailOthers(deed: Deed, effect: Extract<Effect, { action: "mail" }>): Promise<Done> {
  const { unit, ticket, cause } = deed;
  const mail = {
    rule: ruleName(cause),
    subject: ruleText(deed, "subject of the mail", effect.subject),
    text: ruleText(deed, "text of the mail", effect.text),
  };
  const to: EmailAddress[] = [];
  for (const address of effect.to) if (!partIn(ticket, await addressesOf(unit.tx, address))) to.push(address);
  for (const address of to) await write(deed, address, mail);
  const left = effect.to.filter((address) => !to.includes(address));
  const detail = left.length ? `not to ${left.join(", ")}: the ticket is theirs` : mail.subject;
  const event = {
    name: "mail written",
    actor: { kind: "postern" },
    cause,
    new: to.join(", ") || null,
    detail,
  } as const;
  await insertEvent(unit.tx, ticket.id, event, unit.now);
  return { did: [...to, ...left.map((address) => `left out: ${address}, the ticket is theirs`)].join(", ") };
}

async function write(
  { unit, row, place, ticket }: Deed,
  address: EmailAddress,
  mail: { rule: string; subject: string; text: string },
): Promise<void> {
  const draft = {
    kind: "rule-mail",
    cause: `route ${row.id}, effect ${place}`,
    recipient: address,
    ticketId: ticket.id,
    entryId: null,
    agentId: null,
    audience: "team",
    supportAddress: ticket.supportAddress,
    mailbox: ticket.mailbox,
  } as const;
  await writeDelivery(unit, draft, (id) =>
    ruleMail({ ...agentFacts(unit, ticket, id, { name: "", address }, null), ...mail }),
  );
}
