/** A rule's call of another system: the row with its body is written with the changes, webhook.ts sends it afterwards. */
import { insertEvent } from "../db/event.ts";
import { insertWebhookCall } from "../db/webhook.ts";
import { withoutTokens } from "../desk/notices/notice-frame.ts";
import type { Effect } from "../desk/types.ts";
import type { Deed, Done } from "./effects-deed.ts";
import { ruleName } from "./effects-text.ts";

/** Of the words that set the rule off, this many characters are told. */
const LONGEST_TEXT = 4000;

export async function callWebhook(deed: Deed, { url }: Extract<Effect, { action: "webhook" }>): Promise<Done> {
  const { unit, row, ticket, cause, place } = deed;
  const call = { ticketId: ticket.id, cause: `route ${row.id}, effect ${place}`, url, body: bodyOf(deed) };
  const id = await insertWebhookCall(unit.tx, call, unit.now);
  const event = { name: "webhook written", actor: { kind: "postern" }, cause, new: url, detail: `call ${id}` } as const;
  await insertEvent(unit.tx, ticket.id, event, unit.now);
  return { did: `call ${id} of ${url}` };
}

/** docs/webhooks.md describes it; a receiver relies on it. Times are ISO 8601 in UTC. */
function bodyOf({ unit, row, ticket, entry, cause, match }: Deed): string {
  const spoken = entry !== undefined && entry.kind !== "note";
  return JSON.stringify({
    type: `ticket.${row.trigger}`,
    timestamp: iso(unit.now),
    data: {
      rule: ruleName(cause),
      match,
      ticket: {
        number: ticket.publicNumber,
        subject: withoutTokens(ticket.subject, ticket.supportAddress),
        status: ticket.status,
        priority: ticket.priority,
        department: ticket.department,
        assignee: ticket.assignee,
        topic: ticket.topic,
        sla: ticket.sla,
        tags: ticket.tags,
        organization: ticket.organization,
        customer: ticket.customer,
        waiting_for: ticket.waitingFor,
        opened_at: iso(ticket.openedAt),
        respond_due_at: ticket.respondDueAt === null ? null : iso(ticket.respondDueAt),
        resolve_due_at: ticket.resolveDueAt === null ? null : iso(ticket.resolveDueAt),
      },
      message: spoken
        ? {
            from: { name: entry.author_name, address: entry.author_address },
            at: iso(Number(entry.created_at)),
            text: withoutTokens(entry.text, ticket.supportAddress).slice(0, LONGEST_TEXT).toWellFormed(),
          }
        : null,
    },
  });
}

const iso = (ms: number): string => new Date(ms).toISOString();
