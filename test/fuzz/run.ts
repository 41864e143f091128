/**
 * A run: messages through the product's own parser pool, one thread a lane, so that a hang or a bomb costs one thread and
 * the limits of time and memory are the product's. What took long while everything else was busy is measured again alone.
 */
import { cpus } from "node:os";
import { openParser, type ParseResult, type Parser } from "../../src/parser/pool.ts";
import { CONTEXT } from "../mail/context.ts";
import { type FuzzMessage, goldenMails, messageOf } from "./message.ts";

/** A message over this is a failure, if it still is when nothing else runs. Milliseconds of processor time. */
export const LIMIT_MS = 1000;
const SLOWEST = 10;
/** How often a slow message may be measured alone; the best counts, since a busy machine only adds. */
const AGAIN = 3;
const ARRIVED_AT = CONTEXT.arrivedAt;
/** What a thread reads first, so that its start is no message's time. */
const WARM_UP = Buffer.from("From: a@b.example\r\nContent-Type: text/html\r\n\r\n<p>Hello");

export type Order = {
  readonly seed: number;
  readonly count: number;
  /** No new message is begun after so many seconds. */
  readonly seconds?: number;
  readonly lanes?: number;
  /** Longer messages are left out, in bytes: for a run that must be short. */
  readonly longest?: number;
  readonly onFailure?: (failure: Failure) => void;
  readonly onProgress?: (done: number) => void;
};
export type Failure = { readonly message: FuzzMessage; readonly why: string };
export type Timed = { readonly message: Omit<FuzzMessage, "raw">; readonly bytes: number; readonly wallMs: number };
export type Report = {
  readonly done: number;
  readonly bytes: number;
  readonly failures: readonly Failure[];
  /** Slowest first, with the processor time each takes alone. */
  readonly slowest: readonly (Timed & { readonly cpuMs: number })[];
};

/** The product's parser with its own limits, one message at a time. */
export const openLane = (): Parser => openParser({ threads: 1, context: { ...CONTEXT, dkim: false } });

/** What is wrong with a result, whatever the message was; undefined when nothing is. */
export function complaint(result: ParseResult, raw: Buffer): string | undefined {
  if (!result.ok) return `${result.reason}: ${result.detail}`;
  const { message } = result;
  const thrown = message.defects.find((defect) => defect.includes("could not be read ("));
  if (thrown) return `a reader threw: ${thrown}`;
  if (message.size !== raw.length) return `size ${message.size} of ${raw.length} bytes`;
  if (message.replyText === "" && message.text.trim() !== "") return "there is text and the reply is empty";
  const place = badString(message, "message");
  if (place) return `a NUL or half a character in ${place}`;
  return undefined;
}

/** PostgreSQL stores neither in a text or JSON column: the message could never be recorded. */
function badString(value: unknown, path: string): string | undefined {
  if (typeof value === "string") return value.includes("\0") || !value.isWellFormed() ? path : undefined;
  if (typeof value !== "object" || value === null) return undefined;
  for (const [key, inner] of Object.entries(value)) {
    const found = badString(inner, `${path}.${key}`);
    if (found) return found;
  }
  return undefined;
}

export async function run(order: Order): Promise<Report> {
  const { seed, count, seconds = Infinity, lanes = Math.max(2, cpus().length), longest = Infinity } = order;
  const golden = goldenMails();
  const failures: Failure[] = [];
  const timed: Timed[] = [];
  const until = performance.now() + seconds * 1000;
  let next = 0;
  let done = 0;
  let bytes = 0;
  const fail = (failure: Failure): void => {
    failures.push(failure);
    order.onFailure?.(failure);
  };
  const lane = async (): Promise<void> => {
    const parser = openLane();
    try {
      await parser.parse(WARM_UP, { arrivedAt: ARRIVED_AT });
      while (next < count && performance.now() < until) {
        const message = messageOf(seed, next++, golden);
        if (message.raw.length > longest) continue;
        const started = performance.now();
        const result = await parser.parse(message.raw, { arrivedAt: ARRIVED_AT });
        const why = complaint(result, message.raw);
        // A timeout says that the machine is busy as often as that the message is slow: it is judged alone.
        if (why && !(!result.ok && result.reason === "timeout")) fail({ message, why });
        const { raw, ...name } = message;
        remember(timed, { message: name, bytes: raw.length, wallMs: performance.now() - started });
        bytes += raw.length;
        done++;
        order.onProgress?.(done);
      }
    } finally {
      await parser.close();
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  const slowest = await judgeAlone(timed, fail);
  return { done, bytes, failures, slowest };
}

/** What took long in the run, read again while nothing else runs; the slowest of them, by processor time. */
async function judgeAlone(timed: readonly Timed[], fail: (failure: Failure) => void): Promise<Report["slowest"]> {
  const golden = goldenMails();
  const parser = openLane();
  const judged = [];
  for (const slow of timed) {
    const message = messageOf(slow.message.seed, slow.message.number, golden);
    const { cpuMs, result } = await alone(parser, message.raw, AGAIN);
    judged.push({ ...slow, cpuMs });
    if (!result.ok && result.reason === "timeout") fail({ message, why: `${result.reason}: ${result.detail}` });
    else if (cpuMs > LIMIT_MS) fail({ message, why: `took ${Math.round(cpuMs)} ms of processor time` });
  }
  await parser.close();
  return judged.toSorted((a, b) => b.cpuMs - a.cpuMs).slice(0, SLOWEST);
}

/** Keeps the slowest, and everything over the limit. */
function remember(timed: Timed[], one: Timed): void {
  const last = timed[SLOWEST - 1];
  if (last && one.wallMs < last.wallMs && one.wallMs < LIMIT_MS) return;
  timed.push(one);
  timed.sort((a, b) => b.wallMs - a.wallMs);
  while (timed.length > SLOWEST && timed.at(-1)!.wallMs < LIMIT_MS) timed.pop();
}

/**
 * Reads one message while nothing else runs in this process: up to `times`, until it is within the limit. The best of
 * them, in milliseconds of processor time.
 */
export async function alone(
  parser: Parser,
  raw: Buffer,
  times: number,
): Promise<{ cpuMs: number; wallMs: number; result: ParseResult }> {
  let best;
  for (let n = 0; n < times; n++) {
    // Starting a thread is not the message's own time; a thread that was ended starts again here.
    await parser.parse(WARM_UP, { arrivedAt: ARRIVED_AT });
    const [cpu, started] = [process.cpuUsage(), performance.now()];
    const result = await parser.parse(raw, { arrivedAt: ARRIVED_AT });
    const { user, system } = process.cpuUsage(cpu);
    const measured = { cpuMs: (user + system) / 1000, wallMs: performance.now() - started, result };
    if (!best || measured.cpuMs < best.cpuMs) best = measured;
    if (best.result.ok && best.cpuMs < LIMIT_MS) break;
  }
  return best!;
}
