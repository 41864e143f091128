/** What a notification says of a ticket, loaded once for all of its readers. */
import { ASIDE, type EntryRow } from "../db/entry.ts";
import { topicReason } from "../db/route.ts";
import { ticketById } from "../db/ticket.ts";
import { linksOf } from "../db/ticket-link.ts";
import type { HistoryLine, LinkedTicket, NoticeFacts } from "../desk/notices/notice-facts.ts";
import type { Agent, Ticket } from "../desk/types.ts";
import type { EmailAddress } from "../mail/types.ts";
import { history } from "./letters.ts";
import type { Unit } from "./stage.ts";

type Said = Pick<NoticeFacts, "entry" | "remark" | "topicWhy" | "organization" | "linked">;

export type News = Said & {
  /** What happened, with times as this reader's clock shows them. */
  readonly pastFor: (reader: Agent | null) => Promise<readonly HistoryLine[]>;
};

/**
 * The ticket as it stands, and the entry that the mail is about; without one, nobody has written anything yet.
 * @param files names of what goes with the mail, and what is too large for it
 */
export async function newsOf(
  unit: Unit,
  ticket: Ticket,
  entry: EntryRow | undefined,
  files: Pick<NoticeFacts["entry"], "attachments" | "largeFiles">,
): Promise<News> {
  const pasts = new Map<string, Promise<HistoryLine[]>>();
  const pastFor = async (reader: Agent | null): Promise<HistoryLine[]> => {
    const zone = reader?.timeZone ?? unit.desk.timeZone;
    const past = pasts.get(zone) ?? history(unit, ticket, entry, zone);
    pasts.set(zone, past);
    return await past;
  };
  const { organization, topic } = ticket;
  return {
    entry: {
      from: entry
        ? { name: entry.author_name, address: entry.author_address as EmailAddress }
        : { name: ticket.customer.name, address: ticket.customer.address },
      at: entry ? Number(entry.created_at) : ticket.openedAt,
      text: entry?.text ?? "",
      aside: entry?.marks.includes(ASIDE) ?? false,
      ...files,
    },
    remark:
      entry?.author_kind === "stranger" ? `From ${entry.author_address}, not a participant of this ticket.` : undefined,
    organization: organization === null ? undefined : unit.desk.organizations[organization]?.name,
    linked: await linkedWith(unit, ticket),
    topicWhy: topic === null ? undefined : await topicReason(unit.tx, ticket.id, topic),
    pastFor,
  };
}

/** The tickets that agents have linked with this one, and the one that it goes on from. */
async function linkedWith({ tx }: Unit, ticket: Ticket): Promise<LinkedTicket[]> {
  const before = ticket.linkedTo === null ? undefined : await ticketById(tx, ticket.linkedTo);
  const links = [...(before ? [before] : []), ...(await linksOf(tx, ticket.id))];
  return [...new Map(links.map((one) => [one.id, one])).values()].map(({ publicNumber, subject, status }) => ({
    number: publicNumber,
    subject,
    status,
  }));
}
