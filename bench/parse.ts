/**
 * What reading a message costs, next to plain mailparser in the same run: its simpleParser as it comes (with HTML made of
 * text and text made of HTML), and without these. Postern tells new words from quoted ones, judges and checks besides.
 * Rounds alternate, so that a busy machine is busy for all; the median round counts.
 */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { simpleParser } from "mailparser";
import { parse as parseMessage } from "../src/mail/parse.ts";
import { figure, percentile, printTable } from "./figures.ts";
import { mailWithFile, smallMails } from "./parse-mails.ts";
import { NO_DESK } from "./no-desk.ts";

const BARE = { skipHtmlToText: true, skipTextToHtml: true, skipImageLinks: true };
const READERS: Readonly<Record<string, (raw: Buffer) => Promise<unknown>>> = {
  postern: (raw) => parseMessage(raw, NO_DESK),
  mailparser: (raw) => simpleParser(raw),
  "mailparser, bare": (raw) => simpleParser(raw, BARE),
};

const ROUNDS = 9;
const WARM_UP = 3;
const FILE_MB = 20;

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

type Cost = { readonly cpuMs: number; readonly wallMs: number };

async function round(read: (raw: Buffer) => Promise<unknown>, mails: readonly Buffer[]): Promise<Cost> {
  const [cpu, started] = [process.cpuUsage(), performance.now()];
  for (const raw of mails) await read(raw);
  const { user, system } = process.cpuUsage(cpu);
  return { cpuMs: (user + system) / 1000 / mails.length, wallMs: (performance.now() - started) / mails.length };
}

/** Milliseconds a mail for each reader: medians of alternating rounds after warm-up. */
async function compare(mails: readonly Buffer[]): Promise<Map<string, Cost>> {
  const costs = new Map(Object.keys(READERS).map((name) => [name, [] as Cost[]]));
  for (let n = 0; n < WARM_UP + ROUNDS; n++) {
    for (const [name, read] of Object.entries(READERS)) {
      // What one reader leaves to the garbage collector must not be the next one's cost.
      collectGarbage();
      const cost = await round(read, mails);
      if (n >= WARM_UP) costs.get(name)!.push(cost);
    }
  }
  const median = (values: readonly number[]): number => percentile(values, 0.5);
  return new Map(
    [...costs].map(([name, list]) => [
      name,
      { cpuMs: median(list.map(({ cpuMs }) => cpuMs)), wallMs: median(list.map(({ wallMs }) => wallMs)) },
    ]),
  );
}

function print(heading: string, costs: ReadonlyMap<string, Cost>): void {
  const own = costs.get("postern")!;
  printTable(heading, [
    ...[...costs].map(
      ([name, { cpuMs, wallMs }]) =>
        [`${name}, a mail`, `${figure(cpuMs, "ms CPU", 2)} ${figure(wallMs, "ms wall", 2).padStart(15)}`] as const,
    ),
    ...[...costs]
      .filter(([name]) => name !== "postern")
      .map(([name, { cpuMs }]) => [`postern / ${name}, CPU`, figure(own.cpuMs / cpuMs, "x", 2)] as const),
  ]);
}

/** Reads `mails` mails of 2 kB a round, and one with a file of 20 MB, and prints what each costs. */
export async function parse(mails: number): Promise<void> {
  const kinds = smallMails(Math.ceil(mails / 4));
  for (const [kind, list] of kinds) {
    const size = Math.round(list.reduce((sum, raw) => sum + raw.length, 0) / list.length);
    print(`${list.length} mails of ${size} bytes a round: ${kind}`, await compare(list));
  }
  const all = [...kinds.values()].flat();
  print(`${all.length} small mails of all kinds a round`, await compare(all));
  print(`A mail with a file of ${FILE_MB} MB`, await compare([mailWithFile(FILE_MB)]));
}
