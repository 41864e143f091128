/**
 * `sandbox crash`: sends a mail and kills the gateway with SIGKILL when the mail is in its hands, after it was stored
 * and before it was answered. What the database holds at that moment is read afterwards and told as it is.
 */
import { setTimeout as sleep } from "node:timers/promises";
import type { Db } from "../db/connect.ts";
import type { InboundRow } from "../db/inbound.ts";
import { done, type Errand, inRunning, refused } from "./errand.ts";
import { sendLetter } from "./mail-client.ts";
import { outcomeOf } from "./outcome.ts";
import { readRunning, type Running } from "./running.ts";
import { DESK_MAILBOXES, type Place } from "./settings.ts";

const SENDER = { name: "Casey Crash", address: "casey@home.example" };
const STORED_MS = 20_000;
const DEAD_MS = 5000;

export async function crashErrand(place: Place): Promise<Errand> {
  return await inRunning(place, async ({ running, db }) => {
    const before = await newestId(db);
    const subject = `In the middle of a crash, ${new Date().toTimeString().slice(0, 8)}`;
    const letter = { to: DESK_MAILBOXES.support, subject, text: "Please do not lose this." };
    // The kill may come before the server's last word: whether the mail was taken shows in the database.
    const sent = sendLetter(running, SENDER, letter).then(
      () => true,
      () => false,
    );
    const stored = await storedAfter(db, before);
    if (!stored) {
      return refused(
        1,
        `The mail was not stored within ${STORED_MS / 1000} s, so nothing was killed. See the sandbox's terminal.`,
      );
    }
    const killed = await killGateway(place, running);
    if (!killed) return refused(1, `Process ${running.pid} is not the sandbox any more. Nothing was killed.`);
    const confirmed = await sent;
    const row: InboundRow = await db("inbound").where({ id: stored }).first();
    const ack =
      row.ticket_id === null
        ? undefined
        : await db("delivery").where({ ticket_id: row.ticket_id, kind: "ack" }).first();
    return done(
      `A mail came in ("${subject}"), and process ${running.pid} was killed with SIGKILL in the middle of it.`,
      `  the sender's server ${confirmed ? "has heard that the mail was taken" : "never heard whether the mail was taken"}`,
      `  by the database it ${await outcomeOf(db, row)}${ack ? `; acknowledgement ${ack.state}` : "; no acknowledgement"}`,
      "Start again with npm start: the same tickets, the same count, and this mail with them.",
    );
  });
}

async function newestId(db: Db): Promise<number> {
  return Number((await db("inbound").max({ id: "id" }).first())?.id ?? 0);
}

/** Looks without a pause: the gateway needs only some hundredths of a second for a mail. */
async function storedAfter(db: Db, id: number): Promise<number | undefined> {
  const begun = performance.now();
  while (performance.now() - begun < STORED_MS) {
    const newest = await newestId(db);
    if (newest > id) return newest;
  }
  return undefined;
}

/** Kills the process only while it is the one that the file names. True when it is gone. */
async function killGateway(place: Place, { pid, began }: Running): Promise<boolean> {
  const now = readRunning(place);
  if (now.state !== "running" || now.running.pid !== pid || now.running.began !== began) return false;
  process.kill(pid, "SIGKILL");
  const begun = performance.now();
  while (readRunning(place).state === "running" && performance.now() - begun < DEAD_MS) await sleep(10);
  return readRunning(place).state !== "running";
}
