/** `npm run fuzz`: a hundred thousand spoilt messages through the whole of parse, none of which may throw, hang or take over a second. */
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { goldenMails, messageOf } from "./message.ts";
import { alone, complaint, type Failure, LIMIT_MS, openLane, run } from "./run.ts";

const USAGE = `npm run fuzz -- [--count N] [--seed S] [--minutes M]
npm run fuzz -- --replay SEED:NUMBER | FILE.eml

  --count N      so many messages                          (100000)
  --seed S       the same messages again                   (a new one each time)
  --minutes M    begin no message after so long            (no limit)
  --replay       read one message alone and say what came out`;

/** More failures than this have one cause; their bytes would fill the disk. */
const MOST_SAVED = 50;

process.exitCode = await main(process.argv.slice(2));

async function main(args: string[]): Promise<number> {
  let values;
  try {
    const text = { type: "string" } as const;
    ({ values } = parseArgs({ args, options: { count: text, seed: text, minutes: text, replay: text } }));
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${USAGE}`);
    return 2;
  }
  if (values.replay !== undefined) return await replay(values.replay);
  const count = Number(values.count ?? 100_000);
  const seed = Number(values.seed ?? Date.now() % 1_000_000);
  const minutes = Number(values.minutes ?? Infinity);
  if (!Number.isInteger(count) || count < 1 || !Number.isInteger(seed) || seed < 0 || !(minutes > 0)) {
    console.error(USAGE);
    return 2;
  }
  return await wholeRun(count, seed, minutes);
}

async function wholeRun(count: number, seed: number, minutes: number): Promise<number> {
  console.log(`${count} messages with seed ${seed}`);
  const save = saver();
  const begun = performance.now();
  const since = (): string => ((performance.now() - begun) / 1000).toFixed(1);
  let said = 0;
  const report = await run({
    seed,
    count,
    seconds: minutes * 60,
    onProgress: (done) => {
      if (done % 10_000 === 0) console.log(`${String(done).padStart(8)} after ${since()} s`);
    },
    onFailure: (failure) => {
      if (said++ < MOST_SAVED) console.log(`\nFAILED ${nameOf(failure)}: ${failure.why}\n  ${save(failure)}`);
    },
  });
  console.log(
    `\n${report.done} messages, ${(report.bytes / 1e6).toFixed(0)} MB, in ${since()} s\n\nThe slowest (npm run fuzz -- --replay SEED:NUMBER):`,
  );
  for (const { message, bytes, wallMs, cpuMs } of report.slowest) {
    const times = `${wallMs.toFixed(0).padStart(6)} ms in the run ${cpuMs.toFixed(0).padStart(6)} ms CPU alone`;
    console.log(
      `  ${`${message.seed}:${message.number}`.padEnd(16)} ${String(bytes).padStart(8)} bytes ${times}  ${message.recipe}`,
    );
  }
  const failed = report.failures.length;
  console.log(
    `\n${failed === 0 ? `None threw, none took over ${LIMIT_MS} ms, none met the memory limit.` : `${failed} FAILED`}`,
  );
  return failed === 0 ? 0 : 1;
}

function nameOf({ message }: Failure): string {
  return `${message.seed}:${message.number} (${message.recipe})`;
}

/** Keeps the bytes of failures where the next replay does not depend on golden mails staying as they are. */
function saver(): (failure: Failure) => string {
  let folder: string | undefined;
  return ({ message: { seed, number, raw } }) => {
    folder ??= mkdtempSync(join(tmpdir(), "postern-fuzz-"));
    const file = join(folder, `${seed}-${number}.eml`);
    writeFileSync(file, raw);
    return file;
  };
}

/** One message alone: `SEED:NUMBER` or a file. */
async function replay(which: string): Promise<number> {
  const [, seed, number] = /^(\d+):(\d+)$/.exec(which) ?? [];
  const made = seed === undefined ? undefined : messageOf(Number(seed), Number(number), goldenMails());
  const raw = made?.raw ?? readFileSync(which);
  if (made) console.log(`${made.recipe}\n${saver()({ message: made, why: "" })}`);
  const lane = openLane();
  const { cpuMs, wallMs, result } = await alone(lane, raw, 3);
  await lane.close();
  console.log(`${raw.length} bytes, ${cpuMs.toFixed(0)} ms CPU, ${wallMs.toFixed(0)} ms`);
  if (result.ok) {
    const { headers, html, text, ...rest } = result.message;
    console.log({ ...rest, headers: headers.length, text: text.slice(0, 500), html: html?.length });
  }
  const why = complaint(result, raw) ?? (cpuMs > LIMIT_MS ? `took over ${LIMIT_MS} ms` : undefined);
  console.log(why === undefined ? "Nothing is wrong with it." : `FAILED: ${why}`);
  return why === undefined ? 0 : 1;
}
