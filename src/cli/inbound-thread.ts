/** `postern inbound thread`: which of some messages belong together, and by which id. Records nothing. */
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { inboundById } from "../db/inbound.ts";
import { getRaw } from "../db/raw.ts";
import { type Link, links, suggestedBySubject, thread } from "../mail/threading.ts";
import type { InboundMessage } from "../mail/types.ts";
import { openParser } from "../parser/pool.ts";
import { Exit, type Globals, number, print, printJson, requireConfig, table, withStore } from "./context.ts";

/** Ids need no desk: whose addresses are whose changes nothing about them. */
const CONTEXT = { ourAddresses: [], ourDomains: [], loopMark: "", ownListIds: [], forwarders: [], dkim: false };

type Named = { readonly name: string; readonly raw: Buffer };
type Row = { thread: number; message: string; from: string; subject: string; why: string };

/** @param mails numbers of stored messages, and files */
export async function threadMessages(globals: Globals, mails: string[], options: { json?: boolean }): Promise<number> {
  const named: Named[] = [];
  for (const mail of mails) named.push(/^\d+$/.test(mail) ? await stored(globals, mail) : await file(mail));
  const messages = await parseAll(named);
  const rows = explain(
    messages,
    named.map(({ name }) => name),
  );
  if (options.json) printJson(rows);
  else
    print(
      table(
        ["thread", "message", "from", "subject", "why"],
        rows.map((row) => [String(row.thread), row.message, row.from, row.subject.slice(0, 50), row.why]),
      ),
    );
  return 0;
}

async function stored(globals: Globals, id: string): Promise<Named> {
  return await withStore(requireConfig(globals), async (db) => {
    const row = await inboundById(db, number(id, "messages"));
    if (!row) throw new Exit(3, `There is no message ${id}. "postern inbound list" shows them.`);
    if (!row.raw_sha256) throw new Exit(3, `Message ${id} was left on the server: ${row.reason}.`);
    return { name: id, raw: await getRaw(db, row.raw_sha256) };
  });
}

async function file(path: string): Promise<Named> {
  const raw = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    throw new Exit(3, `${path}: cannot be read (${error.code}). Write the number of a stored message, or a file.`);
  });
  return { name: basename(path), raw };
}

/** In the parser's threads with their limits, as everything that strangers wrote. */
async function parseAll(named: readonly Named[]): Promise<InboundMessage[]> {
  const parser = openParser({ threads: 1, context: CONTEXT });
  try {
    return await Promise.all(
      named.map(async ({ name, raw }) => {
        const result = await parser.parse(raw, { arrivedAt: 0 });
        if (!result.ok) throw new Exit(1, `${name}: cannot be read (${result.reason}: ${result.detail})`);
        return result.message;
      }),
    );
  } finally {
    await parser.close();
  }
}

/** Threads are counted from 1, in the order of their first messages; so are the rows. */
function explain(messages: readonly InboundMessage[], names: readonly string[]): Row[] {
  const found = links(messages);
  const threads = thread(messages);
  const numbers = new Map([...new Set(threads)].map((id, n) => [id, n + 1]));
  const suggested = suggestedBySubject(messages);
  return messages.map((message, n) => ({
    thread: numbers.get(threads[n]!)!,
    message: names[n]!,
    from: message.from?.address ?? "",
    subject: message.subject,
    why: reason(n),
  }));

  function reason(n: number): string {
    const own = found.find((link) => link.message === n);
    if (own) return spoken(own);
    const answer = found.find((link) => link.to === n);
    if (answer) return `answered by ${names[answer.message]}`;
    const like = suggested[n];
    return `shares no id with another${like === undefined ? "" : `; the subject of ${names[like]}, which proves nothing`}`;
  }

  function spoken({ message, to, by }: Link): string {
    if (messages[to]!.messageId !== by) return `names <${by}>, as ${names[to]} does`;
    return messages[message]!.messageId === by
      ? `the same mail as ${names[to]}`
      : `answers <${by}>, which is ${names[to]}`;
  }
}
