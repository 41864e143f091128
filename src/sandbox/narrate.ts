/**
 * The gateway's log in a sandbox: every line goes to a file; while the sandbox stays up, a mail that was judged or sent
 * is told in one line. Warnings are kept, so that a step that fails can say what the gateway said.
 */
import { appendFileSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pino, type Logger } from "pino";
import type { Db } from "../db/connect.ts";
import { deliveryById } from "../db/delivery.ts";
import { inboundById, type InboundRow } from "../db/inbound.ts";
import { KINDS, outcomeOf } from "./outcome.ts";
import type { Say } from "./say.ts";

type Line = Readonly<Record<string, unknown>>;

export type Narrator = {
  readonly log: Logger;
  /** From now on mails are told as they go through. */
  tell(db: Db): void;
  /** Says nothing any more, and resolves when the last line has been said. */
  hush(): Promise<void>;
  /** The last warnings and errors, oldest first. */
  troubles(): readonly string[];
};

const TROUBLES = 5;
/** Two seconds, then the row is told as it stands. */
const COMMIT_LOOKS = 100;
/** A message held earlier was recorded longer ago than this. */
const CLOSE_MS = 1000;

export function openNarrator(say: Say, logFile: string): Narrator {
  mkdirSync(dirname(logFile), { recursive: true });
  const troubles: string[] = [];
  let db: Db | undefined;
  let said = Promise.resolve();
  const write = (text: string): void => {
    appendFileSync(logFile, text);
    const line = JSON.parse(text) as Line;
    const trouble = troubleIn(line);
    if (trouble) troubles.push(trouble);
    troubles.splice(0, Math.max(0, troubles.length - TROUBLES));
    const from = db;
    // One after the other, in the order of the log; a line that cannot be told is in the file.
    if (from) said = said.then(async () => await narrate(from, line, trouble, say)).catch(() => undefined);
  };
  const options = { base: null, timestamp: pino.stdTimeFunctions.isoTime, formatters: { level: levelName } };
  return {
    log: pino({ level: "info", ...options }, { write }),
    tell: (from) => (db = from),
    hush: async () => {
      db = undefined;
      await said;
    },
    troubles: () => troubles,
  };
}

const levelName = (label: string): { level: string } => ({ level: label });

function troubleIn({ level, msg, err, ...rest }: Line): string | undefined {
  if (level !== "warn" && level !== "error" && level !== "fatal") return undefined;
  const why = (err as { message?: string } | undefined)?.message ?? rest["reason"] ?? rest["why"];
  return `${String(msg)}${why === undefined ? "" : `: ${String(why)}`}`;
}

async function narrate(db: Db, line: Line, trouble: string | undefined, say: Say): Promise<void> {
  const at = new Date(String(line["time"])).toTimeString().slice(0, 8);
  if (trouble) say.line(`${at}  ${trouble}`);
  else if (line["msg"] === "message recorded") {
    const row = await committed(db, line);
    if (row) say.line(`${at}  ${row.from_address ?? "somebody"} "${short(row.subject)}" ${await outcomeOf(db, row)}`);
  } else if (line["msg"] === "delivery settled") {
    const row = await deliveryById(db, Number(line["delivery"]));
    if (row) say.dim(`${at}    ${KINDS[row.kind]} to ${row.recipient}: ${String(line["state"])}`);
  }
}

/** The log speaks inside the transaction: what it says stands in the database a moment later. */
async function committed(db: Db, line: Line): Promise<InboundRow | undefined> {
  const logged = Date.parse(String(line["time"]));
  for (let looks = 0; looks < COMMIT_LOOKS; looks++) {
    const row = await inboundById(db, Number(line["inbound"]));
    if (row && row.state !== "stored" && Number(row.recorded_at) > logged - CLOSE_MS) return row;
    await sleep(20);
  }
  return await inboundById(db, Number(line["inbound"]));
}

const short = (subject: string | null): string =>
  subject !== null && subject.length > 60 ? `${subject.slice(0, 59)}…` : (subject ?? "");
