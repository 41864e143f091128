/** `postern inbound thread`: which of some messages belong together, and by which id. Records nothing. */
import { type Link, links, suggestedBySubject, thread } from "../mail/threading.ts";
import type { InboundMessage } from "../mail/types.ts";
import { type Globals, print, printJson, table } from "./context.ts";
import { namedMessages, parseNamed } from "./messages.ts";

type Row = { thread: number; message: string; from: string; subject: string; why: string };

/** @param mails numbers of stored messages, and files */
export async function threadMessages(globals: Globals, mails: string[], options: { json?: boolean }): Promise<number> {
  const named = await namedMessages(globals, mails);
  const messages = await parseNamed(globals, named);
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
