/**
 * Two agents who answer the same message of the customer's: both replies go, and both are told at once. A reply that still waits
 * for its #undo counts as well, since that is when the two can still agree.
 */
import { deliveryById, leavesAt } from "../db/delivery.ts";
import { ASIDE, entriesOf, type EntryRow, TAKEN_BACK } from "../db/entry.ts";
import type { Agent } from "../desk/types.ts";
import type { Acting } from "./acting.ts";
import { tellResult } from "./receipt.ts";

/** So much of the other one's words tells which answer it was. In characters. */
const EXCERPT = 160;

/**
 * To be asked when the agent's reply has been written. Tells the other agent, and returns the line for this one's receipt:
 * `Ben Ortiz answered 40 s before you: "…"`; undefined when nobody else has answered what this reply answers.
 */
export async function collisionOf(acting: Acting): Promise<string | undefined> {
  const { recording, ticket, agent } = acting;
  const { unit, inbound } = recording;
  const other = await otherReply(acting);
  const author = other && authorOf(acting, other);
  if (!other || !author) return undefined;
  const apart = inWords(unit.now - Number(other.created_at));
  const waits = ((await leavesAt(unit.tx, other.id)) ?? 0) > unit.now;
  if (author.active) {
    const own = (await entriesOf(unit.tx, ticket.id)).findLast((entry) => entry.inbound_id === inbound.id);
    const stop = waits ? "; yours has not left yet, and #undo stops it" : "";
    const result = `${agent.name} answered the same message ${apart} after you${stop}: "${excerpt(own?.text ?? "")}"`;
    await tellResult(unit, {
      ticketId: ticket.id,
      agent: author,
      inbound,
      results: [{ command: "your reply", result }],
    });
  }
  return `${author.name} answered the same message ${apart} before you${waits ? ", which has not left yet" : ""}: "${excerpt(other.text)}"`;
}

/** The newest reply of another agent's to the customer since the words that this reply answers. */
async function otherReply({ recording, ticket, agent }: Acting): Promise<EntryRow | undefined> {
  const { unit, token } = recording;
  const answered = token?.genuine ? await deliveryById(unit.tx, token.deliveryId) : undefined;
  if (!answered) return undefined;
  const entries = await entriesOf(unit.tx, ticket.id);
  const about = entries.find(({ id }) => id === answered.entry_id);
  const own = unit.ids.agent.id(agent.key);
  return entries.findLast(
    ({ kind, agent_id, marks, seq, created_at }) =>
      kind === "reply" &&
      agent_id !== null &&
      agent_id !== own &&
      !marks.includes(TAKEN_BACK) &&
      !marks.includes(ASIDE) &&
      (about ? seq > about.seq : Number(created_at) > Number(answered.created_at)),
  );
}

const authorOf = ({ recording: { unit } }: Acting, { agent_id }: EntryRow): Agent | undefined =>
  Object.values(unit.desk.agents).find(({ key }) => unit.ids.agent.id(key) === agent_id);

const excerpt = (text: string): string => {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > EXCERPT ? `${line.slice(0, EXCERPT)} …` : line;
};

/** `40 s` · `12 min` · `3 h` · `2 d` */
function inWords(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1000));
  if (seconds < 120) return `${seconds} s`;
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`;
  return seconds < 48 * 3600 ? `${Math.round(seconds / 3600)} h` : `${Math.round(seconds / 86_400)} d`;
}
