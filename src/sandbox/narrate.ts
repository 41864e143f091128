/**
 * The gateway's log in a sandbox: every line goes to a file; while the sandbox stays up, a mail that was judged or sent
 * is told in one line. Warnings are kept, so that a step that fails can say what the gateway said.
 */
import { appendFileSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { pino, type Logger } from "pino";
import type { Db } from "../db/connect.ts";
import { deliveryById } from "../db/delivery.ts";
import { inboundById } from "../db/inbound.ts";
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
    const row = await inboundById(db, Number(line["inbound"]));
    if (row) say.line(`${at}  ${row.from_address ?? "somebody"} "${short(row.subject)}": ${await outcomeOf(db, row)}`);
  } else if (line["msg"] === "delivery settled") {
    const row = await deliveryById(db, Number(line["delivery"]));
    if (row) say.dim(`${at}    ${KINDS[row.kind]} to ${row.recipient}: ${String(line["state"])}`);
  }
}

/** Subjects come from strangers: no control characters on the terminal, and not too long. */
function short(subject: string | null): string {
  const plain = (subject ?? "").replace(/[\p{Cc}\p{Cf}]/gu, " ");
  return plain.length > 60 ? `${plain.slice(0, 59)}…` : plain;
}
