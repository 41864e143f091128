/**
 * What an agent's words may not repeat: the notes of the ticket, and our notification that the reply answers, whose quoted
 * lines a mail client can lose the marks of. What the customer has written or read before is no secret.
 */
import { deliveryById } from "../db/delivery.ts";
import { entriesOf, type EntryRow, TAKEN_BACK } from "../db/entry.ts";
import { inboundById } from "../db/inbound.ts";
import { getRaw } from "../db/raw.ts";
import { readableParts } from "../mail/scrub-parts.ts";
import { brokenTail, plainWords, repeatedLine, repeatedRun } from "../mail/scrub-words.ts";
import { isMereThanks } from "../mail/thanks.ts";
import type { Desk, Ticket } from "../desk/types.ts";
import type { Acting } from "./acting.ts";
import { parsedMessage } from "./settle-held.ts";
import type { Unit } from "./stage.ts";

export type Secrets = {
  readonly notes: readonly string[];
  /** The text of the notification that is answered, "" where none is. */
  readonly notice: string;
  /** What the customer has written or read. */
  readonly known: readonly string[];
  /** The agent's own words, which a question of ours has sent back to them. */
  readonly own: readonly string[];
  /** The inbound message that the reply answers a question about: kept as a note, it may be sent after all. */
  readonly asked?: number;
  /** Stands alone on the last line of many mails: the names of those who write them, and thanks. */
  readonly innocent: (line: string) => boolean;
};

/** Loads them, in the transaction that judges the reply. */
export async function secretsOf({ recording: { unit, token }, ticket }: Acting): Promise<Secrets> {
  const entries = await entriesOf(unit.tx, ticket.id);
  const answered = token?.genuine ? await deliveryById(unit.tx, token.deliveryId) : undefined;
  const asked = answered?.inbound_id ?? null;
  const own = asked === null ? [] : await ownWords(unit, entries, asked);
  return {
    notes: entries.filter(({ kind, inbound_id }) => kind === "note" && !isAsked(inbound_id, asked)).map(textOf),
    notice: answered?.raw_sha256 ? await noticeText(unit, answered.raw_sha256) : "",
    known: [...entries.filter(isKnown).map(textOf), ticket.subject],
    own,
    ...(asked === null ? {} : { asked }),
    innocent: innocentIn(unit.desk, ticket),
  };
}

const textOf = ({ text }: EntryRow): string => text;
const isAsked = (inboundId: number | null, asked: number | null): boolean => asked !== null && inboundId === asked;

function isKnown({ kind, author_kind, marks }: EntryRow): boolean {
  if (kind === "message") return author_kind === "customer" || author_kind === "participant";
  return (kind === "reply" || kind === "outside") && !marks.includes(TAKEN_BACK);
}

async function ownWords({ tx }: Unit, entries: readonly EntryRow[], asked: number): Promise<string[]> {
  const held = await inboundById(tx, asked);
  const message = held && parsedMessage(held);
  return [...entries.filter(({ inbound_id }) => inbound_id === asked).map(textOf), message?.replyText ?? ""];
}

async function noticeText({ tx }: Unit, sha256: string): Promise<string> {
  return readableParts(await getRaw(tx, sha256)).bodies[0] ?? "";
}

function innocentIn(desk: Desk, ticket: Ticket): (line: string) => boolean {
  const people = [ticket.customer, ...ticket.participants, ...Object.values(desk.agents), desk].map(({ name }) => name);
  const names = new Set(people.flatMap((name) => [plainWords(name).join(" "), ...plainWords(name)]));
  return (line) => names.has(plainWords(line).join(" ")) || isMereThanks(line);
}

/** Why this text may not go to the customer, with the words that say so; undefined when it may. */
export function whatRepeats(text: string, { notes, notice, known, own, innocent }: Secrets): string | undefined {
  const noted =
    repeatedRun(text, notes, known) ??
    brokenTail(text, notes, known, innocent) ??
    repeatedLine(text, notes, known, innocent);
  if (noted !== undefined) return `your text repeats a note: "${shown(noted)}"`;
  const theirs = [...known, ...own];
  const quoted = repeatedRun(text, [notice], theirs) ?? brokenTail(text, [notice], theirs, innocent);
  return quoted === undefined ? undefined : `your text repeats a part of our notification: "${shown(quoted)}"`;
}

const shown = (words: string): string => (words.length > 100 ? `${words.slice(0, 99)}…` : words);
