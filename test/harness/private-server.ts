/** A server of its own for one test file: a folder in the temporary directory, a loopback port, an end that is certain. */
import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { chmodSync, closeSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startGuard } from "./guard.ts";
import { sleep } from "./wait.ts";

export type PrivateServer = {
  readonly folder: string;
  /** Process id while it is up. */
  pid(): number | undefined;
  /** What the server wrote to stdout and stderr so far. */
  output(): string;
  /** Ends the server and keeps its folder and port: `SIGKILL` for a crash, else orderly. */
  down(signal?: NodeJS.Signals): Promise<void>;
  /** Starts it again on the same port and folder after `down`. */
  up(): Promise<void>;
  /** Ends it for good and removes the folder. */
  stop(): Promise<void>;
};

export type PrivateServerPlan = {
  readonly name: string;
  readonly folder: string;
  readonly command: string;
  readonly args: readonly string[];
  /** User to run as; only root may choose. */
  readonly user?: { readonly uid: number; readonly gid: number };
  /** The signal for an orderly end that does not wait for connections. */
  readonly endSignal: NodeJS.Signals;
  /** True once the server answers. Asked every 20 ms. */
  readonly ready: () => Promise<boolean>;
  readonly timeoutMs?: number;
};

/** A new folder that other local users (the server's own) may enter but not list. */
export function makeFolder(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `postern-${name}-`));
  chmodSync(folder, 0o711);
  return folder;
}

/** Starts a server and waits until it answers. Rejects with the server's own words when it does not. */
export async function startPrivateServer(plan: PrivateServerPlan): Promise<PrivateServer> {
  const guard = startGuard(plan.endSignal, plan.folder);
  const logFile = join(plan.folder, `${plan.name}.out`);
  const output = () => readFileSync(logFile, "utf8");
  let running: Running | undefined;

  const up = async () => {
    if (running) throw new Error(`${plan.name} is already up`);
    running = launch(plan, logFile);
    guard.watch(running.child.pid);
    await answering(plan, running, output);
  };
  const down = async (signal: NodeJS.Signals = plan.endSignal) => {
    if (!running) return;
    running.child.kill(signal);
    await running.exited;
    running = undefined;
    guard.watch(undefined);
  };
  const stop = async () => {
    await down();
    await guard.release();
    rmSync(plan.folder, { recursive: true, force: true });
  };
  try {
    await up();
  } catch (error) {
    await stop();
    throw error;
  }
  return { folder: plan.folder, pid: () => running?.child.pid, output, up, down, stop };
}

type Running = {
  readonly child: ChildProcess;
  readonly exited: Promise<void>;
  readonly failure: () => string | undefined;
};

function launch(plan: PrivateServerPlan, logFile: string): Running {
  const log = openSync(logFile, "a");
  const child = spawn(plan.command, plan.args, { ...plan.user, cwd: plan.folder, stdio: ["ignore", log, log] });
  closeSync(log);
  let failure: string | undefined;
  const exited = new Promise<void>((resolve) => {
    child.once("error", (error) => {
      failure = error.message;
      resolve();
    });
    child.once("exit", (code, signal) => {
      failure = `ended with ${signal ?? `exit code ${code}`}`;
      resolve();
    });
  });
  return { child, exited, failure: () => failure };
}

async function answering(plan: PrivateServerPlan, running: Running, output: () => string): Promise<void> {
  const timeoutMs = plan.timeoutMs ?? 20_000;
  const begun = performance.now();
  for (;;) {
    // First the process, then the port: another server on the same port must not be taken for this one.
    const failure = running.failure();
    if (failure) throw new Error(`${plan.name} ${failure}\n${output()}`);
    if (await plan.ready()) return;
    if (performance.now() - begun > timeoutMs)
      throw new Error(`${plan.name} does not answer after ${timeoutMs} ms\n${output()}`);
    await sleep(20);
  }
}
