/**
 * What every stage is given, and the unit of work: one transaction, with the bells that ring once it has committed.
 * The rows are the truth; a bell that is lost is rung again by the sweep.
 */
import type { Logger } from "pino";
import type { Db, Transaction } from "../db/connect.ts";
import { deskAndIds, type DeskIds } from "../db/desk.ts";
import { statusChangedRows } from "../db/status-changed.ts";
import type { Templates } from "../desk/notices/notice.ts";
import type { Desk } from "../desk/types.ts";
import type { Enqueue, Job } from "../queue/job.ts";

export type StageSettings = {
  /** The instance's secret: tokens are made with it. */
  readonly key: Buffer;
  readonly agentProof: "confirm" | "strict" | "token";
  /** False where the mail server does not deliver `support+tag@`: Reply-To is plain then. */
  readonly plusAddressing: (mailbox: string) => boolean;
  /** The support address of a mailbox, where its settings name one. */
  readonly addressOf: (mailbox: string) => string | undefined;
  /** Marks our own automatic mail, so that it is known when it comes back. */
  readonly loopMark: string;
  readonly leaseTtlMs: number;
  /** Where agents reach the web role, for links to files; undefined where it is not open to them. */
  readonly webUrl?: string;
};

export type Stage = {
  readonly db: Db;
  readonly now: () => number;
  readonly enqueue: Enqueue;
  readonly log: Logger;
  readonly settings: StageSettings;
  readonly templates: Templates;
  readonly readPart: ReadPart;
};

/** Reads one attachment back out of a stored message; runs beside the main thread. */
export type ReadPart = (raw: Buffer, part: number) => Promise<Buffer>;

export type Unit = {
  readonly stage: Stage;
  readonly tx: Transaction;
  readonly now: number;
  readonly desk: Desk;
  readonly ids: DeskIds;
  readonly bells: Job[];
  /** What is said once the transaction has committed: a log line must not be ahead of its row. */
  readonly afterwards: (() => void)[];
};

/** Runs a part of a unit that can fail alone: its rows and its bells are taken back, the rest of the unit goes on. */
export async function inPart<T>(unit: Unit, work: (part: Unit) => Promise<T>): Promise<T> {
  const bells: Job[] = [];
  const result = await unit.tx.transaction(async (tx) => await work({ ...unit, tx, bells }));
  unit.bells.push(...bells);
  return result;
}

/** Runs work in one transaction and rings its bells after the commit. */
export async function inUnit<T>(stage: Stage, work: (unit: Unit) => Promise<T>): Promise<T> {
  const bells: Job[] = [];
  const afterwards: (() => void)[] = [];
  const result = await stage.db.transaction(async (tx) => {
    const unit = { stage, tx, now: stage.now(), ...(await deskAndIds(tx)), bells, afterwards };
    const done = await work(unit);
    for (const id of await statusChangedRows(tx, unit.desk, unit.now)) bells.push({ queue: "route", id });
    return done;
  });
  for (const say of afterwards) say();
  // Not awaited: the rows are written, and the next message need not wait for a bell.
  void stage.enqueue(bells);
  return result;
}
