/** Benchmarks: of the whole street against real servers on loopback, and of reading a message alone. */
import { parseArgs } from "node:util";
import { missing, NEEDS } from "../test/harness/binaries.ts";
import { needsOf, type Stack } from "../test/scenarios/world.ts";
import { backlog } from "./backlog.ts";
import { latency } from "./latency.ts";
import { parse } from "./parse.ts";
import { replay } from "./replay.ts";
import { rules } from "./rules.ts";

const USAGE = `npm run bench -- latency | backlog | parse | rules | replay [--mails N] [--db sqlite|postgres] [--queue embedded|redis|postgres]

  latency   mails one at a time: LMTP delivery to acknowledgement   (60 mails)
  backlog   mails that wait when the gateway starts                 (2000 mails)
  parse     reading 2 kB and 20 MB, next to plain mailparser        (400 mails a round; needs no server)
  rules     deciding with 10, 100 and 1,000 rules                   (1000 messages; needs no server)
  replay    a proposed desk over stored mail, 100 rules             (10000 mails; needs no server)`;

const BENCHES = {
  latency: { run: latency, mails: 60, servers: true },
  backlog: { run: backlog, mails: 2000, servers: true },
  parse: { run: (_stack: Stack, mails: number) => parse(mails), mails: 400, servers: false },
  rules: { run: async (_stack: Stack, mails: number) => rules(mails), mails: 1000, servers: false },
  replay: { run: (_stack: Stack, mails: number) => replay(mails), mails: 10_000, servers: false },
} as const;

type Order = { readonly bench: keyof typeof BENCHES; readonly stack: Stack; readonly mails: number };

process.exitCode = await main(process.argv.slice(2));

async function main(args: string[]): Promise<number> {
  const order = readOrder(args);
  if (typeof order === "string") return fail(2, `${order}\n\n${USAGE}`);
  const lacking = BENCHES[order.bench].servers ? missing(needsOf(order.stack)) : [];
  if (lacking.length > 0) {
    const packages = lacking.map((need) => NEEDS[need].install).join(" ");
    return fail(1, `This benchmark needs ${lacking.join(", ")}: apt-get install ${packages}`);
  }
  await BENCHES[order.bench].run(order.stack, order.mails);
  return 0;
}

/** The order, or what is wrong with it. */
function readOrder(args: string[]): Order | string {
  const options = { mails: { type: "string" }, db: { type: "string" }, queue: { type: "string" } } as const;
  let parsed;
  try {
    parsed = parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    return (error as Error).message;
  }
  const { positionals, values } = parsed;
  const bench = one(["latency", "backlog", "parse", "rules", "replay"], positionals[0] ?? "");
  const store = one(["sqlite", "postgres"], values.db ?? "sqlite");
  const queue = one(["embedded", "redis", "postgres"], values.queue ?? "embedded");
  const mails = Number(values.mails ?? BENCHES[bench ?? "latency"].mails);
  if (!bench || positionals.length !== 1) return "Say which benchmark to run.";
  if (!store) return `--db ${values.db}: write sqlite or postgres.`;
  if (!queue) return `--queue ${values.queue}: write embedded, redis or postgres.`;
  if (!Number.isInteger(mails) || mails < 1) return `--mails ${values.mails}: write a number of mails.`;
  return { bench, stack: { store, queue }, mails };
}

function one<Name extends string>(names: readonly Name[], given: string): Name | undefined {
  return names.find((name) => name === given);
}

function fail(code: number, message: string): number {
  console.error(message);
  return code;
}
