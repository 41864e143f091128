/**
 * What deciding about one message costs, by the number of rules: mixed rules as a desk would have them (words, headers,
 * addresses, regular expressions, nested), once with mail that some of them are about, once with mail that none of them
 * can be about, and rules that all hold. CPU is that of this process; the first messages warm everything up.
 */
import { compileRules } from "../src/desk/rules/rule.ts";
import { route, type RouteFacts } from "../src/desk/rules/routing.ts";
import type { Desk } from "../src/desk/types.ts";
import { figure, percentile, printTable } from "./figures.ts";
import { allHold, deskWith, mixedRules, ruleMails } from "./rule-set.ts";

const COUNTS = [10, 100, 1000];
const WARM_UP = 200;

type Cost = { readonly cpuMs: number; readonly worstMs: number; readonly held: number; readonly traceBytes: number };

function measure(desk: Desk, mails: readonly RouteFacts[]): Cost {
  for (let n = 0; n < WARM_UP; n++) route(desk, mails[n % mails.length]!);
  const each: number[] = [];
  let held = 0;
  let traceBytes = 0;
  const cpu = process.cpuUsage();
  for (const facts of mails) {
    const before = process.cpuUsage(cpu);
    const { trace } = route(desk, facts);
    const after = process.cpuUsage(cpu);
    each.push((after.user + after.system - before.user - before.system) / 1000);
    held += trace.rules.filter(({ result }) => result).length;
  }
  const { user, system } = process.cpuUsage(cpu);
  for (const facts of mails) traceBytes += JSON.stringify(route(desk, facts).trace).length;
  return {
    cpuMs: (user + system) / 1000 / mails.length,
    worstMs: percentile(each, 0.99),
    held: held / mails.length,
    traceBytes: traceBytes / mails.length,
  };
}

function rowOf(count: number, { cpuMs, worstMs, held, traceBytes }: Cost): readonly [string, string] {
  const figures = [
    figure(cpuMs, "ms CPU", 3).padStart(13),
    figure(1000 / cpuMs, "a second").padStart(16),
    figure(worstMs, "ms p99", 2).padStart(14),
    figure(held, "held", 1).padStart(12),
    figure(traceBytes / 1000, "kB trace", 1).padStart(15),
  ];
  return [`${count} rules`, figures.join(" ")];
}

/** Decides about `mails` messages with 10, 100 and 1,000 rules of each kind, and prints what a message costs. */
export function rules(mails: number): void {
  const some = ruleMails(mails, true);
  const none = ruleMails(mails, false);
  const table = (heading: string, desk: (count: number) => Desk, facts: readonly RouteFacts[]): void =>
    printTable(
      heading,
      COUNTS.map((count) => rowOf(count, measure(desk(count), facts))),
    );
  const mixed = (count: number) => deskWith(mixedRules(count));
  table(`${mails} messages of 2 kB, mixed rules, a few of which hold`, mixed, some);
  table(`${mails} messages of 2 kB, mixed rules, none of which can hold`, mixed, none);
  table(`${mails} messages of 2 kB, rules that all hold`, (count) => deskWith(allHold(count)), some);
  const long = ruleMails(Math.ceil(mails / 10), true, 100_000);
  table(`${long.length} messages of 100 kB, mixed rules`, mixed, long);
  const started = process.cpuUsage();
  compileRules(mixed(1000));
  const { user, system } = process.cpuUsage(started);
  printTable("Compiling, once for each version of a desk", [["1000 rules", figure((user + system) / 1000, "ms CPU")]]);
}
