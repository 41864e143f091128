/** What a start finds of an earlier one: the account before and after, and each mail that was in hand at a crash. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Db } from "../db/connect.ts";
import type { InboundRow } from "../db/inbound.ts";
import type { MailStore } from "./mail-store.ts";
import { outcomeOf } from "./outcome.ts";
import type { Running } from "./running.ts";
import type { Say } from "./say.ts";
import { count, isSettled, mailsIn, type Stock, stockSentence, takeStock } from "./stock.ts";

/** Longer than the leases of a dead process live, and longer than an undo waits. */
const PATIENCE_MS = 30_000;

/** Says what was there, waits until it is worked off, and says what is there now. Returns the account. */
export async function continueFrom(
  say: Say,
  { db, store, found }: { readonly db: Db; readonly store: MailStore; readonly found: Stock },
  crashed: Running | undefined,
): Promise<Stock> {
  if (crashed) {
    say.bold(`The last run (process ${crashed.pid}) was killed. What it left:`);
    say.line(`    ${leftBehind(found)}`);
  }
  const now = await worksOff(db, store);
  if (crashed) await tellInHand(say, db, crashed);
  const nothingMissing = now.missing === 0 ? "nothing missing" : `${now.missing} MISSING`;
  say.line(`Continuing: ${count(now.tickets, "ticket")}, ${count(mailsIn(now), "mail")}, ${nothingMissing}.`);
  if (crashed) say.line(`    ${stockSentence(now)} ${lostSentence(found, now)}`);
  const uncertain = now.deliveries["uncertain"] ?? 0;
  if (uncertain > 0) {
    say.line(
      `    ${count(uncertain, "mail")} out uncertain: the server may have it or not, so it is never sent twice.`,
    );
    say.line("    npx postern -c .postern/sandbox/postern.yaml delivery list uncertain");
  }
  return now;
}

function leftBehind({ inbound, missing, unread, deliveries, waitingRoutes }: Stock): string {
  const parts: readonly (readonly [number, string])[] = [
    [missing, "in the mailbox and not yet fetched"],
    [inbound["stored"] ?? 0, "stored without a verdict"],
    [Math.max(0, unread - missing - (inbound["stored"] ?? 0)), "judged and not yet marked read"],
    [waitingRoutes, "not yet seen by the rules"],
    [deliveries["pending"] ?? 0, "written and not yet sent"],
    [deliveries["sending"] ?? 0, "in the middle of being sent"],
  ];
  const found = parts.filter(([number]) => number > 0).map(([number, words]) => `${number} ${words}`);
  return found.length > 0 ? `${found.join(", ")}.` : "nothing was in hand.";
}

/** The mail that came last before the crash: it is the one that was in hand, if any was. */
async function tellInHand(say: Say, db: Db, crashed: Running): Promise<void> {
  const rows: InboundRow[] = await db("inbound")
    .where("recorded_at", ">", crashed.startedAt)
    .orderBy("id", "desc")
    .limit(1);
  for (const row of rows) {
    const ack =
      row.ticket_id === null
        ? undefined
        : await db("delivery").where({ ticket_id: row.ticket_id, kind: "ack" }).first();
    const state = row.verdict === "open-ticket" && ack ? `; acknowledgement ${ack.state}` : "";
    say.line(`    the newest mail, from ${row.from_address}: ${await outcomeOf(db, row)}${state}`);
  }
}

function lostSentence(before: Stock, after: Stock): string {
  const [was, is] = [mailsIn(before), mailsIn(after)];
  return is === was && after.missing === 0 ? "Nothing was lost." : `Before: ${was}, now: ${is}.`;
}

/** The account once everything is worked off, or as it stands when patience ends. */
async function worksOff(db: Db, store: MailStore): Promise<Stock> {
  const begun = performance.now();
  for (;;) {
    const stock = await takeStock(db, store);
    if (isSettled(stock) || performance.now() - begun > PATIENCE_MS) return stock;
    await sleep(50);
  }
}
