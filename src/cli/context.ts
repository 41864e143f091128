/** What the subcommands share: the configuration, the store, tables for people and JSON for machines. */
import { existsSync } from "node:fs";
import type { Command } from "commander";
import { pino, type Logger } from "pino";
import { configPath, loadConfig } from "../config.ts";
import type { Config } from "../config/types.ts";
import { connect, type Db, isMigrated } from "../db/connect.ts";
import { formatError } from "../yaml/problem.ts";
import { plain } from "../sandbox/say.ts";

export type Globals = { config?: string };
export type Run = <A extends unknown[]>(
  action: (globals: Globals, ...args: A) => Promise<number>,
) => (...args: A) => Promise<void>;
export type AddCommand = (root: Command, run: Run) => void;

/** An end that the user must know about, with the exit code that says which kind. */
export class Exit extends Error {
  readonly code: number;
  constructor(code: 1 | 2 | 3 | 4, message: string) {
    super(message);
    this.code = code;
  }
}

/** Where the sandbox keeps its configuration: in force for commands where there is no other. */
export const SANDBOX = ".postern/sandbox/postern.yaml";

/** Reads the configuration, or ends with every mistake in it. */
export function requireConfig(globals: Globals): Config {
  const file = configPath(globals.config);
  const result = loadConfig(globals.config || existsSync(file) || !existsSync(SANDBOX) ? file : SANDBOX);
  if (result.ok) return result.config;
  throw new Exit(1, result.errors.map(formatError).join("\n"));
}

/** Opens the store for one command and closes it afterwards. */
export async function withStore<T>(config: Config, work: (db: Db) => Promise<T>): Promise<T> {
  const db = connect(config.database);
  try {
    if (!(await isMigrated(db))) throw new Exit(1, "The database has no (or an older) schema. Run: postern migrate");
    return await work(db);
  } finally {
    await db.destroy();
  }
}

/** Log lines of the gateway: JSON, or one readable line each. */
export function openLog(config: Pick<Config, "log">): Logger {
  return pino(
    {
      level: config.log.level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    config.log.format === "json" ? pino.destination({ dest: 2, sync: true }) : readable(),
  );
}

function readable(): { write(line: string): void } {
  return {
    write(line) {
      const { time, level, msg, err, ...rest } = JSON.parse(line) as Record<string, unknown> & {
        err?: { message?: string; stack?: string };
      };
      const facts = Object.entries(rest).map(
        ([key, value]) => `${key}=${typeof value === "string" ? value : JSON.stringify(value)}`,
      );
      process.stderr.write(
        plain(
          `${String(time).slice(11, 23)} ${String(level).padEnd(5)} ${String(msg)}${facts.length ? `  ${facts.join(" ")}` : ""}${err ? `\n${err.stack ?? err.message}` : ""}\n`,
        ),
      );
    },
  };
}

/** Ticket texts, subjects and names were written by anybody: nothing in them steers the terminal. */
export function print(text: string): void {
  process.stdout.write(`${plain(text)}\n`);
}

/** Control and direction characters are escaped, so that the terminal is spared and a program loses nothing. */
export function printJson(value: unknown): void {
  const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  print(
    JSON.stringify(value, null, 2).replace(/[\x7f-\x9f\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, escaped),
  );
}

/** Columns as wide as their widest cell; the last one takes what is left of the terminal. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, n) => Math.max(title.length, ...rows.map((row) => (row[n] ?? "").length)));
  // In a pipe nothing is cut: somebody else decides what is too long.
  const room = (process.stdout.columns ?? Infinity) - widths.slice(0, -1).reduce((sum, width) => sum + width + 2, 0);
  const line = (row: readonly string[]) =>
    row
      .map((cell, n) => (n === row.length - 1 ? cell.slice(0, Math.max(20, room)) : cell.padEnd(widths[n]!)))
      .join("  ")
      .trimEnd();
  return [line(head), ...rows.map(line)].join("\n");
}

/** The one form in which the command line shows a moment: UTC, so that lines of several hosts can be compared. */
export const when = (ms: number | null | undefined): string =>
  ms === null || ms === undefined ? "" : new Date(Number(ms)).toISOString().replace("T", " ").slice(0, 19).concat("Z");

/** `1 rule`, `2 rules`. */
export const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? "" : "s"}`;

/** The value of --limit. */
export function limit(text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new Exit(2, `--limit "${text}": write a whole number from 1, such as 50.`);
  return Number(text);
}

/** A positive whole number of the command line; `what` names it in the error. */
export function number(text: string, what: string): number {
  if (!/^\d{1,15}$/.test(text))
    throw new Exit(2, `"${text}" is not a number of ${what}. The list shows them in its first column.`);
  return Number(text);
}

/** The state that a list was asked for, undefined = all. @throws Exit when it is none of them */
export function stateOf(states: readonly string[], state: string | undefined): string | undefined {
  if (state === undefined || states.includes(state)) return state;
  throw new Exit(2, `"${state}" is not a state. Write one of ${states.join(", ")}.`);
}
