/**
 * The account of one day: every message that was seen has ended as one of a few things, and what waits or failed is named.
 * Pure; the sum of a tally is what was seen, and a message in a state that nobody knows counts as missing.
 */
import type { OutboundMessage } from "../../mail/types.ts";
import type { AgentFacts } from "./notice-facts.ts";
import { withoutTokens } from "./notice-frame.ts";
import { deskMail } from "./notice.ts";
import { clockOf } from "./notice-text.ts";
import { dayOf, shortLine } from "./notice-words.ts";
import { ofItself } from "./overview-mail.ts";

export const ENDS = ["recorded", "reports", "held", "quarantined", "duplicates", "stored"] as const;
export type End = (typeof ENDS)[number];
export type Tally = Readonly<Record<End, number>>;

/** So many messages of a mailbox are in this state. */
export type StateCount = {
  readonly mailbox: string;
  readonly state: string;
  readonly verdict: string | null;
  readonly n: number;
};

export type MailboxCount = {
  readonly mailbox: string;
  /** Counted by itself, not summed. */
  readonly seen: number;
  readonly tally: Tally;
  /** Seen, and in none of the states that there are. */
  readonly missing: number;
};

/** What waits or failed, in words: `held for 3 h: message 17 from eve@x.example (number alone)`. */
export type Gap = {
  /** `message` = one that came in and has not become part of a ticket; `mail` = one that did not leave; `other`. */
  readonly what: "message" | "mail" | "other";
  readonly n: number;
  readonly line: string;
  /** Somebody or a rule has decided so: it is named, and nobody has to do anything. */
  readonly decided?: true;
};

export type DayCount = {
  /** Local date of the desk. */
  readonly date: string;
  readonly mailboxes: readonly MailboxCount[];
  readonly gaps: readonly Gap[];
};

/** How a message ended; undefined for a state that is none. */
export function endOf(state: string, verdict: string | null): End | undefined {
  if (state === "recorded") return verdict === "record-report" ? "reports" : "recorded";
  if (state === "duplicate") return "duplicates";
  return state === "held" || state === "quarantined" || state === "stored" ? state : undefined;
}

/** One row a mailbox, by name. `seen` is how many messages there are, however they ended. */
export function countMailboxes(
  seen: readonly { readonly mailbox: string; readonly n: number }[],
  states: readonly StateCount[],
): MailboxCount[] {
  return seen
    .map(({ mailbox, n }) => {
      const tally: Record<End, number> = { recorded: 0, reports: 0, held: 0, quarantined: 0, duplicates: 0, stored: 0 };
      for (const one of states) {
        const end = one.mailbox === mailbox ? endOf(one.state, one.verdict) : undefined;
        if (end !== undefined) tally[end] += one.n;
      }
      return { mailbox, seen: n, tally, missing: n - sumOf(tally) };
    })
    .sort((a, b) => (a.mailbox < b.mailbox ? -1 : 1));
}

const sumOf = (tally: Tally): number => ENDS.reduce((sum, end) => sum + tally[end], 0);

/** All mailboxes together. */
export function totalOf(mailboxes: readonly MailboxCount[]): Omit<MailboxCount, "mailbox"> {
  const sum = (of: (one: MailboxCount) => number): number => mailboxes.reduce((n, one) => n + of(one), 0);
  const tally = Object.fromEntries(ENDS.map((end) => [end, sum((one) => one.tally[end])])) as Record<End, number>;
  return { seen: sum(({ seen }) => seen), tally, missing: sum(({ missing }) => missing) };
}

const NAMES: Readonly<Record<End, readonly [string, string]>> = {
  recorded: ["recorded", "recorded"],
  reports: ["report", "reports"],
  held: ["held", "held"],
  quarantined: ["quarantined", "quarantined"],
  duplicates: ["duplicate", "duplicates"],
  stored: ["stored and not yet read", "stored and not yet read"],
};

/** `128 = 120 recorded + 5 reports + 2 held + 1 duplicate. 0 missing.` */
export function sumLine({ seen, tally, missing }: Omit<MailboxCount, "mailbox">): string {
  const parts = ENDS.filter((end) => tally[end] > 0).map(
    (end) => `${tally[end]} ${NAMES[end][tally[end] === 1 ? 0 : 1]}`,
  );
  return `${seen} = ${parts.join(" + ") || "0"}. ${missing} missing.`;
}

const plural = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`;

/** `Nothing lost`, or what waits: `3 messages wait, 1 mail did not leave`. */
export function verdictOf({ mailboxes, gaps }: DayCount): string {
  const of = (what: Gap["what"]): number =>
    gaps.reduce((sum, gap) => sum + (gap.what === what && !gap.decided ? gap.n : 0), 0);
  const { missing } = totalOf(mailboxes);
  const [messages, mails, others] = [of("message"), of("mail"), of("other")];
  const said = [
    missing > 0 && `${plural(missing, "message is", "messages are")} missing`,
    messages > 0 && plural(messages, "message waits", "messages wait"),
    mails > 0 && plural(mails, "mail did not leave", "mails did not leave"),
    others > 0 && plural(others, "other thing failed", "other things failed"),
  ].filter((one) => one !== false);
  return said.length === 0 ? "Nothing lost" : said.join(", ");
}

/** For admins, every day: what came in, and everything that waits or failed by name. */
export function nothingLost(f: AgentFacts, count: DayCount): OutboundMessage {
  const day = dayOf(Date.parse(`${count.date}T12:00:00Z`), f.now, { ...clockOf(f), timeZone: "UTC" });
  const total = totalOf(count.mailboxes);
  const verdict = verdictOf(count);
  const mail = deskMail(f, "nothing-lost", "Yesterday's mail", {
    subject: `${verdict}: ${plural(total.seen, "message", "messages")} on ${day}`,
    day,
    lost: verdict,
    total: sumLine(total),
    mailboxes: count.mailboxes.map((one) => ({ name: one.mailbox, sum: sumLine(one) })),
    gaps: count.gaps.map(({ line }) => shortLine(withoutTokens(line, f.supportAddress), 400)),
  });
  return ofItself(mail);
}
