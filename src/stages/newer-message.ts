/** Words of the customer's, or of somebody else who takes part, that came after the message which an agent's reply answers. */
import { deliveryById } from "../db/delivery.ts";
import { ASIDE, AUTOMATIC, entriesOf, type EntryRow, TAKEN_BACK } from "../db/entry.ts";
import { newerMessage } from "../desk/notices/notice-holds.ts";
import type { EmailAddress } from "../mail/types.ts";
import type { Acting } from "./acting.ts";
import { newWords } from "./reading.ts";
import { mailAgent } from "./tell.ts";

/**
 * The newest of them; undefined when there is none, or when the agent has answered since. A mail of ours that is about no
 * entry counts from when it was written.
 */
export async function newerThanAnswered({ recording, ticket, agent }: Acting): Promise<EntryRow | undefined> {
  const { unit, token, inbound } = recording;
  const answered = token?.genuine ? await deliveryById(unit.tx, token.deliveryId) : undefined;
  if (!answered) return undefined;
  const entries = await entriesOf(unit.tx, ticket.id);
  const about = entries.find(({ id }) => id === answered.entry_id);
  const agentId = unit.ids.agent.id(agent.key);
  const own = entries.findLast(
    ({ kind, agent_id, inbound_id, marks }) =>
      kind === "reply" &&
      agent_id === agentId &&
      inbound_id !== inbound.id &&
      ![TAKEN_BACK, ASIDE].some((mark) => marks.includes(mark)),
  );
  const isNewer = ({ seq, created_at }: EntryRow): boolean =>
    (about ? seq > about.seq : Number(created_at) > Number(answered.created_at)) && seq > (own?.seq ?? 0);
  return entries.findLast((entry) => isPersons(entry) && isNewer(entry));
}

const isPersons = ({ kind, author_kind, marks }: EntryRow): boolean =>
  kind === "message" && (author_kind === "customer" || author_kind === "participant") && !marks.includes(AUTOMATIC);

/** The reply goes, and the agent is shown at once what it did not know of. An answer to this mail answers the newer message. */
export async function tellOfNewer(acting: Acting, undoSeconds: number | undefined): Promise<void> {
  const { recording, ticket, agent } = acting;
  const { unit, inbound, message } = recording;
  const entry = await newerThanAnswered(acting);
  if (!entry) return;
  const reader = { agent, address: agent.emails[0]!, name: agent.name };
  const mail = { kind: "notice", cause: `newer than inbound ${inbound.id}`, entryId: entry.id } as const;
  const newer = {
    from: { name: entry.author_name, address: entry.author_address as EmailAddress },
    at: Number(entry.created_at),
    text: entry.text,
  };
  await mailAgent(unit, ticket, reader, mail, (facts) =>
    newerMessage({ ...facts, newer, text: newWords(message), undoSeconds }),
  );
}
