/** The gateway as an operator runs it: a process of its own, a configuration file, signals, exit codes. */
import { execFile, spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { startGuard } from "./guard.ts";

const ROOT = join(import.meta.dirname, "../..");
const PROGRAM = join(ROOT, "bin/postern.js");

/** Said on stdout once every role runs. */
const READY = "postern ready";

export type GatewayPlan = {
  readonly configFile: string;
  /** Further arguments of `postern start`. */
  readonly args?: readonly string[];
  /** Added to PATH, HOME and NO_COLOR, which is all that is passed on. */
  readonly env?: Readonly<Record<string, string>>;
  /** The program; default: bin/postern.js. */
  readonly program?: string;
  /** Working directory; default: the root of the repository. */
  readonly cwd?: string;
  /** Milliseconds until `ready` gives up. */
  readonly readyTimeoutMs?: number;
};

export type Ending = { readonly code: number | null; readonly signal: NodeJS.Signals | null };
export type CliResult = { readonly code: number; readonly stdout: string; readonly stderr: string };
export type LogLine = Readonly<Record<string, unknown>>;

export type Gateway = {
  readonly pid: number;
  /** Lines of stdout and stderr so far, in order of arrival. */
  readonly lines: readonly string[];
  /** Those that are JSON objects: the log. */
  readonly log: readonly LogLine[];
  /** Resolves when the ready line came; rejects with the output when the process ends or the time passes before. */
  readonly ready: Promise<void>;
  readonly exited: Promise<Ending>;
  /** SIGKILL, and waits until the process is gone. */
  kill9(): Promise<void>;
  /** SIGTERM, and returns the exit code; -1 when a signal ended it. */
  stop(): Promise<number>;
  /** Runs `postern ARGS… --config FILE` beside it. */
  cli(args: readonly string[]): Promise<CliResult>;
};

/** Starts the gateway and waits until it is ready. */
export async function startGateway(plan: GatewayPlan): Promise<Gateway> {
  const gateway = spawnGateway(plan);
  try {
    await gateway.ready;
  } catch (error) {
    await gateway.kill9();
    throw error;
  }
  return gateway;
}

/** Starts the gateway without waiting, for tests that end it at any moment. */
export function spawnGateway(plan: GatewayPlan): Gateway {
  const child = spawn(
    process.execPath,
    [plan.program ?? PROGRAM, "start", "--config", plan.configFile, ...(plan.args ?? [])],
    {
      cwd: plan.cwd ?? ROOT,
      env: environment(plan.env),
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  const guard = startGuard("SIGKILL");
  guard.watch(child.pid);
  const lines: string[] = [];
  const log: LogLine[] = [];
  const sawReady = Promise.withResolvers<void>();
  for (const stream of [child.stdout, child.stderr])
    eachLine(stream, (line) => {
      lines.push(line);
      const entry = jsonObject(line);
      if (entry) log.push(entry);
      if (stream === child.stdout && line.includes(READY)) sawReady.resolve();
    });

  // `close`, not `exit`: by then the last lines have been read.
  const exited = new Promise<Ending>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => void guard.release().then(() => resolve({ code, signal })));
  });
  const timeoutMs = plan.readyTimeoutMs ?? 30_000;
  const tooLate = setTimeout(() => sawReady.reject(notReady(`is not ready after ${timeoutMs} ms`, lines)), timeoutMs);
  exited.then(
    ({ code, signal }) => sawReady.reject(notReady(`ended with ${signal ?? `exit code ${code}`}`, lines)),
    (error: Error) => sawReady.reject(error),
  );
  const ready = sawReady.promise.finally(() => clearTimeout(tooLate));
  ready.catch(() => undefined); // a test that kills the gateway at once does not ask whether it was ready

  return {
    pid: child.pid ?? -1,
    lines,
    log,
    ready,
    exited,
    kill9: async () => {
      child.kill("SIGKILL");
      await exited;
    },
    stop: async () => {
      child.kill("SIGTERM");
      return (await exited).code ?? -1;
    },
    cli: (args) => cli(plan, args),
  };
}

/** Runs one subcommand to its end: `postern ARGS… --config FILE`. Never rejects for an exit code. */
export function cli(
  plan: Pick<GatewayPlan, "configFile" | "env" | "cwd" | "program">,
  args: readonly string[],
): Promise<CliResult> {
  const command = [plan.program ?? PROGRAM, ...args, "--config", plan.configFile];
  const options = { cwd: plan.cwd ?? ROOT, env: environment(plan.env), maxBuffer: 64 * 1024 * 1024, timeout: 60_000 };
  return new Promise((resolve) => {
    execFile(process.execPath, command, options, (error, stdout, stderr) => {
      const code = error ? (typeof error.code === "number" ? error.code : -1) : 0;
      resolve({ code, stdout, stderr });
    });
  });
}

function environment(more: GatewayPlan["env"]): NodeJS.ProcessEnv {
  const { PATH, HOME } = process.env;
  return { PATH, HOME, NO_COLOR: "1", ...more };
}

function eachLine(stream: Readable, take: (line: string) => void): void {
  createInterface({ input: stream, crlfDelay: Infinity }).on("line", take);
}

function jsonObject(line: string): LogLine | undefined {
  if (!line.startsWith("{")) return undefined;
  try {
    return JSON.parse(line) as LogLine;
  } catch {
    return undefined;
  }
}

function notReady(how: string, lines: readonly string[]): Error {
  return new Error(`the gateway ${how}; its last lines:\n${lines.slice(-30).join("\n")}`);
}
