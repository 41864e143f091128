/**
 * `#show`: the whole thread of a ticket, in a mail about that ticket, so that an answer to it answers the customer. Whoever may
 * not see it is told the same as of a number that does not exist.
 */
import { attachmentsOf, entriesOf, type EntryRow, TAKEN_BACK } from "../db/entry.ts";
import { eventsOf } from "../db/event.ts";
import { survivor, ticketByNumber } from "../db/ticket.ts";
import { changeInWords } from "../desk/change-words.ts";
import { type ThreadLine, threadMail } from "../desk/notices/notice-list-thread.ts";
import type { Ticket } from "../desk/types.ts";
import { type Asked, mailLines, readerOf, unsentLine } from "./querying.ts";
import { newsOf } from "./news.ts";
import { isTheirs, sees } from "./sees.ts";
import type { Unit } from "./stage.ts";
import { mailAgent } from "./tell.ts";

export async function answerShow(unit: Unit, asked: Asked, words: string): Promise<void> {
  const ticket = words.trim() === "" ? asked.ticket : await ticketCalled(unit, words);
  if (ticket && (await maySeeIt(unit, asked, ticket))) return await mailThread(unit, asked, ticket);
  const { prefix } = unit.desk;
  const lines =
    words.trim() === ""
      ? [`Write the number of the ticket: #show ${prefix}-48201`]
      : [
          `There is no ticket "${words.trim()}" that you may see.`,
          "",
          `A number looks like ${prefix}-48201; #search WORDS finds tickets by their words.`,
          "Row 2 of a list is shown by answering the list with: 2 #show",
        ];
  await mailLines(unit, asked, { what: "show", title: "NOT FOUND", lines });
}

/** `NW-48201`, `[nw-48201]`, `48201`; merges followed. */
async function ticketCalled({ tx }: Unit, words: string): Promise<Ticket | undefined> {
  const number = /^\[?\s*((?:[\p{L}\p{N}]{1,12}-)?\d{1,12})\s*\]?$/u.exec(words.trim())?.[1];
  const ticket = number === undefined ? undefined : await ticketByNumber(tx, number);
  return ticket && (await survivor(tx, ticket.id));
}

/** Whoever has the mail of a ticket and may act on it may read it, as they have its notifications. */
async function maySeeIt(unit: Unit, { agent, ticket }: Asked, shown: Ticket): Promise<boolean> {
  return ticket?.id === shown.id ? !(await isTheirs(unit, agent, shown)) : await sees(unit, agent, shown);
}

async function mailThread(unit: Unit, asked: Asked, ticket: Ticket): Promise<void> {
  const entries = await entriesOf(unit.tx, ticket.id);
  const entry = entries.findLast(({ kind }) => kind === "message") ?? entries.at(-1);
  if (!entry)
    return await mailLines(unit, asked, { what: "show", title: ticket.publicNumber, lines: ["It is empty."] });
  const files = (await attachmentsOf(unit.tx, entry.id)).map(({ filename }) => filename);
  const { remark, ...facts } = await newsOf(unit, ticket, entry, { attachments: files });
  const thread = await threadOf(unit, ticket, entries, asked.agent.timeZone ?? unit.desk.timeZone);
  const notes = [remark, unsentLine(asked)].filter(Boolean).join(" ");
  const cause = `inbound ${asked.inbound.id}: show, ticket ${ticket.id}`;
  const mail = { kind: "receipt", cause, tokenMode: "act", entryId: entry.id } as const;
  await mailAgent(unit, ticket, readerOf(asked.agent), mail, (agent) =>
    threadMail({ ...agent, ...facts, remark: notes || undefined, history: [], thread }),
  );
}

/** Entries and changes as they happened; what a rule did to an entry stands behind it. */
async function threadOf(
  { tx, desk }: Unit,
  { id }: Ticket,
  entries: readonly EntryRow[],
  timeZone: string,
): Promise<ThreadLine[]> {
  const said: ThreadLine[] = [];
  for (const entry of entries)
    said.push({
      at: Number(entry.created_at),
      seq: entry.seq,
      from: entry.author_name || entry.author_address,
      kind: kindOf(entry),
      text: entry.text,
      files: (await attachmentsOf(tx, entry.id)).map(({ filename }) => filename),
    });
  const changes = (await eventsOf(tx, id)).flatMap((event) => {
    const change = changeInWords(event, { ...desk, timeZone });
    return change === undefined ? [] : [{ at: Number(event.at), change }];
  });
  return [...said, ...changes].sort((a, b) => a.at - b.at);
}

const KINDS: Readonly<Record<Exclude<EntryRow["kind"], "message">, string>> = {
  reply: "reply",
  note: "NOTE",
  outside: "sent past the desk",
  report: "report of a mail server",
};

function kindOf({ kind, author_kind, marks }: EntryRow): string {
  const others = (JSON.parse(marks) as string[]).filter((mark) => mark !== TAKEN_BACK);
  const what = kind === "message" ? author_kind : KINDS[kind];
  const back = marks.includes(TAKEN_BACK) ? ["taken back, never sent"] : [];
  return [what, ...others, ...back].join(", ");
}
