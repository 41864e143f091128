/** `npm start` and `postern sandbox` as a newcomer runs them: processes of their own, in an empty folder. */
import { execFile, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach } from "vitest";
import { connect, type Db } from "../../src/db/connect.ts";
import { placeIn } from "../../src/sandbox/settings.ts";
import { startGuard } from "../harness/guard.ts";

const PROGRAM = join(import.meta.dirname, "../../bin/postern.js");

export type Ended = { readonly code: number; readonly stdout: string; readonly stderr: string };

const endings: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

/** Runs when the test is over, the last one first. */
export function atEnd(end: () => Promise<unknown>): void {
  endings.push(end);
}

export async function emptyFolder(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), "postern-sandbox-"));
  atEnd(async () => await rm(dir, { recursive: true, force: true }));
  return dir;
}

/** Runs one command to its end. Never rejects for an exit code. */
export async function postern(cwd: string, ...args: readonly string[]): Promise<Ended> {
  const options = { cwd, env: environment(), timeout: 90_000 };
  return await new Promise((resolve) => {
    execFile(process.execPath, [PROGRAM, ...args], options, (error, stdout, stderr) => {
      resolve({ code: error ? (typeof error.code === "number" ? error.code : -1) : 0, stdout, stderr });
    });
  });
}

export type Up = {
  readonly pid: number;
  /** Everything said so far, stdout and stderr. */
  said(): string;
  readonly exited: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  stop(signal?: NodeJS.Signals): Promise<number | null>;
};

/** `postern start` that stays up; killed with the test. */
export function startUp(cwd: string): Up {
  const child = spawn(process.execPath, [PROGRAM, "start"], {
    cwd,
    env: environment(),
    stdio: ["ignore", "pipe", "pipe"],
  });
  const guard = startGuard("SIGKILL");
  guard.watch(child.pid);
  let text = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (text += chunk.toString()));
  const exited = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => {
    child.once("close", (code, signal) => void guard.release().then(() => resolve({ code, signal })));
  });
  atEnd(async () => {
    child.kill("SIGKILL");
    await exited;
  });
  return {
    pid: child.pid ?? -1,
    said: () => text,
    exited,
    stop: async (signal = "SIGTERM") => {
      child.kill(signal);
      return (await exited).code;
    },
  };
}

/** The sandbox's database, beside whoever runs it. */
export function databaseOf(cwd: string): Db {
  const db = connect(placeIn(cwd).database);
  atEnd(async () => await db.destroy());
  return db;
}

function environment(): NodeJS.ProcessEnv {
  const { PATH, HOME } = process.env;
  return { PATH, HOME, NO_COLOR: "1" };
}
