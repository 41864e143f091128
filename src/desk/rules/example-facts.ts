/**
 * The facts that an example of a rule stands for. What it leaves out is as for a plain mail to the desk's default department:
 * a person's words, unsigned, without files. It is Wednesday noon where the desk is, and everything has just happened.
 */
import { parseAddressList } from "../../mail/address-list.ts";
import { stripPlus } from "../../mail/address.ts";
import { natureOf } from "../../mail/auto-submitted.ts";
import { tokenInAddress } from "../../mail/token.ts";
import type { EmailAddress, HeaderField, NamedAddress } from "../../mail/types.ts";
import type { FactMessage, RuleTicket } from "./facts.ts";
import { organizationOf } from "../organization.ts";
import type { RouteFacts } from "./routing.ts";
import type { Department, Desk, ExampleTicket, Person, RuleExample, Trigger } from "../types.ts";
import { stretchAt } from "../sla/zone-offset.ts";

type Parts = Exclude<RuleExample["given"], { readonly eml: string }>;

/** Nobody: reserved by RFC 2606. */
const SOMEBODY: NamedAddress = { name: "", address: "customer@example.com" as EmailAddress };
/** Wednesday, 7 January 2026, 12:00 on the desk's clock. */
const NOON = Date.UTC(2026, 0, 7, 12);

/** @param whole the parsed message of an example that is given as one */
export function exampleFacts(desk: Desk, trigger: Trigger, example: RuleExample, whole?: FactMessage): RouteFacts {
  const { given } = example;
  const message = "eml" in given ? whole : messageOf(desk, trigger, given);
  const customer = trigger === "agent_replied" ? SOMEBODY : customerOf(desk, message);
  const place = placeOf(desk, message);
  const ticket = ticketOf(desk, given.ticket, place.department);
  const now = NOON - stretchAt(NOON, desk.timeZone).offset;
  return {
    trigger,
    message: trigger === "clock" || trigger === "status_changed" ? undefined : message,
    mailbox: given.ticket.mailbox ?? "",
    ticket,
    customer: { ...customer, addresses: [customer.address], attributes: {} },
    organization: organizationOf(desk, customer.address, null),
    waitingFor: ticket.status === "closed" ? null : trigger === "agent_replied" ? "customer" : "us",
    times: {
      now,
      openedAt: now,
      statusSince: now,
      lastCustomerAt: now,
      lastAgentAt: trigger === "agent_replied" ? now : null,
      respondDueAt: null,
      resolveDueAt: null,
    },
    department: given.ticket.department ?? place.department,
    plusTag: place.plusTag,
  };
}

/** Who stands in From, or for the desk's forms in Reply-To. */
function customerOf(desk: Desk, message: FactMessage | undefined): Person {
  const from = message?.from ?? SOMEBODY;
  return desk.formSenders.includes(from.address) ? (message?.replyTo[0] ?? from) : from;
}

function ticketOf(desk: Desk, given: ExampleTicket, department: string | undefined): RuleTicket {
  return {
    department: given.department ?? department ?? desk.defaults.department,
    priority: given.priority ?? desk.defaults.priority,
    status: given.status ?? "open",
    topic: given.topic ?? null,
    assignee: given.assignee ?? null,
    sla: null,
    tags: given.tags ?? [],
    watchers: [],
  };
}

type Place = { readonly department?: string; readonly plusTag?: string };

/** The first of the desk's addresses in To, then Cc. */
function placeOf(desk: Desk, message: FactMessage | undefined): Place {
  for (const { address } of [...(message?.to ?? []), ...(message?.cc ?? [])]) {
    const plain = stripPlus(address);
    const found = Object.values(desk.departments).find((one) => one.active && addressesOf(one).includes(plain));
    const plusTag = tokenInAddress(address) ? undefined : /\+([^@]+)@/.exec(address)?.[1];
    if (found !== undefined) return { department: found.key, ...(plusTag === undefined ? {} : { plusTag }) };
  }
  return {};
}

const addressesOf = ({ address, also }: Department): readonly EmailAddress[] => [address, ...also];

function messageOf(desk: Desk, trigger: Trigger, given: Parts): FactMessage {
  const from = parseAddressList(given.from)[0] ?? (trigger === "agent_replied" ? undefined : SOMEBODY);
  const to = given.to ?? desk.departments[desk.defaults.department]?.address;
  const headers = headersOf(given, to);
  const subject = given.subject ?? "";
  const text = given.text ?? "";
  const ourAddresses = Object.values(desk.departments).flatMap((one) => (one.active ? addressesOf(one) : []));
  const { ownListIds, forwarders } = desk;
  return {
    from,
    to: parseAddressList(to),
    cc: parseAddressList(given.cc),
    replyTo: parseAddressList(headers.find(({ name }) => name === "reply-to")?.value),
    subject,
    text,
    replyText: text,
    headers,
    nature: natureOf({ headers, from, subject }, { ourAddresses, loopMark: "", ownListIds, forwarders }),
    attachments: [],
    size: Buffer.byteLength([...headers.map(({ name, value }) => `${name}: ${value}\r\n`), "\r\n", text].join("")),
    auth: { result: "none", by: "nobody", dmarc: "none", detail: "an example" },
  };
}

/** Those that are written, and what the other parts say. */
function headersOf(given: Parts, to: string | undefined): readonly HeaderField[] {
  const written = Object.entries(given.headers).map(([name, value]) => ({ name: name.toLowerCase(), value }));
  const implied = { from: given.from, to, cc: given.cc, subject: given.subject };
  const others = Object.entries(implied).flatMap(([name, value]) =>
    value === undefined || written.some((one) => one.name === name) ? [] : [{ name, value }],
  );
  return [...others, ...written];
}
