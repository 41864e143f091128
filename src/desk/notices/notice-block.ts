/** The block under the newest words of a notification: what an agent has to know of the ticket before they answer. */
import { spokenAddress } from "../../mail/address.ts";
import type { Ticket } from "../types.ts";
import type { LargeFile, LinkedTicket, NoticeFacts } from "./notice-facts.ts";
import { agentNames } from "./notice-frame.ts";
import { preparedMails } from "./notice-mailto.ts";
import { agentText, assigneeWords, clockOf, orNull } from "./notice-text.ts";
import * as words from "./notice-words.ts";

/** Values of the block, each one line without control characters, or null. */
export function blockValues(f: NoticeFacts) {
  const { desk, ticket, agent, entry } = f;
  const topic = ticket.topic === null ? undefined : desk.topics[ticket.topic];
  return {
    department: { name: desk.departments[ticket.department]?.name ?? ticket.department },
    ticket: {
      number: ticket.publicNumber,
      subject: words.plainSubject(ticket.subject, desk.prefix),
      status: ticket.status,
      priority: ticket.priority,
      assignee: assigneeWords(agentNames(desk, ticket.assignee).name, ticket.assignee === agent),
      participants: orNull(
        ticket.participants
          .map(({ name, address }) => `${words.personName(name, address)}, ${spokenAddress(address)}`)
          .join("; "),
      ),
    },
    customer: {
      name: words.personName(ticket.customer.name, ticket.customer.address),
      first_name: words.firstName(ticket.customer.name),
      address: spokenAddress(ticket.customer.address),
      organization: f.organization === undefined ? null : words.shortLine(f.organization, 60),
    },
    ...dueValues(f),
    topic: topic
      ? { title: topic.title, why: f.topicWhy === undefined ? null : words.shortLine(f.topicWhy, 160) }
      : null,
    remark: f.remark === undefined ? null : words.shortLine(f.remark, 300),
    linked: orNull((f.linked ?? []).map((one) => linkedWords(one, desk.prefix)).join("; ")),
    attachments: orNull(entry.attachments.map((name) => words.shortLine(name, 80)).join(", ")),
    large_files: (entry.largeFiles ?? []).map(fileValues),
    prepared: preparedMails(ticket, agent),
  };
}

/** The answer while one is due; then, or when a person has set it, the solution. In the reader's time zone. */
function dueValues(f: NoticeFacts): { due: string | null; solution_due: string | null } {
  const { respondDueAt, resolveDueAt, dueAt }: Ticket = f.ticket;
  const time = (at: number | null): string | null => (at === null ? null : words.timeAndDay(at, f.now, clockOf(f)));
  return { due: time(respondDueAt), solution_due: respondDueAt === null || dueAt !== null ? time(resolveDueAt) : null };
}

/** `NW-48199 Printer is broken (closed)`. */
function linkedWords({ number, subject, status }: LinkedTicket, prefix: string): string {
  return `${number} ${words.shortLine(words.plainSubject(subject, prefix), 60)} (${status})`;
}

/** Of a file that no mail could carry: where it is instead. */
function fileValues({ name, size, url, read }: LargeFile) {
  return { name: words.shortLine(name, 80), size: sizeInWords(size), url: url ?? null, read: read ?? null };
}

/** `12 MB`, `900 KB`: bytes in steps of 1000, as mail programs show them. */
export function sizeInWords(bytes: number): string {
  if (bytes >= 999_500) return `${Math.round(bytes / 100_000) / 10} MB`;
  return `${Math.max(1, Math.round(bytes / 1000))} KB`;
}

/** The name that a notification comes from and its heading begins with: whoever wrote its words. */
export function writerOf(f: Pick<NoticeFacts, "entry" | "supportAddress">): string {
  return words.personName(agentText(f, f.entry.from.name), f.entry.from.address);
}
