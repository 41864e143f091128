/**
 * Which process runs the sandbox of a directory. The file stays behind when the process is killed, and that is how the
 * next start knows. A process id alone proves nothing, since ids are used again: the time the process began does.
 */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { z } from "zod";
import type { Place, Ports } from "./settings.ts";

const schema = z.object({
  pid: z.int().positive(),
  began: z.string().min(1),
  startedAt: z.number(),
  imapPort: z.int(),
  smtpPort: z.int(),
});

export type Running = z.output<typeof schema>;
export type RunningState =
  | { readonly state: "none" }
  | { readonly state: "running"; readonly running: Running }
  | { readonly state: "dead"; readonly running: Running };

/** What the file says, checked against the processes that are there. */
export function readRunning(place: Place): RunningState {
  let text: string;
  try {
    text = readFileSync(place.runningFile, "utf8");
  } catch {
    return { state: "none" };
  }
  const parsed = schema.safeParse(jsonOf(text));
  if (!parsed.success) return { state: "none" };
  const running = parsed.data;
  return { state: beganAt(running.pid) === running.began ? "running" : "dead", running };
}

export type Claim =
  | { readonly state: "running"; readonly running: Running }
  /** `crashed` is the process that ended here without taking its file away. */
  | { readonly state: "ours"; readonly crashed: Running | undefined };

/** Takes the place for this process; of two at the same time one gets it. Its ports are written when they are known. */
export function claimPlace(place: Place): Claim {
  const before = readRunning(place);
  if (before.state === "running") return before;
  clearRunning(place);
  mkdirSync(dirname(place.runningFile), { recursive: true });
  try {
    writeFileSync(place.runningFile, thisProcess({ imapPort: 0, smtpPort: 0 }), { flag: "wx" });
  } catch (error) {
    const now = readRunning(place);
    if (now.state === "running") return now;
    throw error;
  }
  return { state: "ours", crashed: before.state === "dead" ? before.running : undefined };
}

/** Announces this process and where its world listens. */
export function writeRunning(place: Place, ports: Ports): void {
  const fresh = `${place.runningFile}.new`;
  writeFileSync(fresh, thisProcess(ports));
  renameSync(fresh, place.runningFile);
}

function thisProcess({ imapPort, smtpPort }: Ports): string {
  const began = beganAt(process.pid) ?? "unknown";
  const running: Running = { pid: process.pid, began, startedAt: Date.now(), imapPort, smtpPort };
  return `${JSON.stringify(running)}\n`;
}

export function clearRunning(place: Place): void {
  rmSync(place.runningFile, { force: true });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** When a living process began, in the words of the system; undefined when it is gone or a zombie. */
function beganAt(pid: number): string | undefined {
  if (existsSync("/proc/self/stat")) return beganAtByProc(pid);
  try {
    const out = execFileSync("ps", ["-o", "state=,lstart=", "-p", String(pid)], { encoding: "utf8", stdio: "pipe" });
    const [, state, began] = /^\s*(\S+)\s+(.+)$/.exec(out) ?? [];
    return state?.startsWith("Z") ? undefined : began?.trim();
  } catch {
    return undefined;
  }
}

/** proc(5): the name in parentheses may hold anything, so fields are counted after the last one: 3 state, 22 starttime. */
function beganAtByProc(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const boot = readFileSync("/proc/sys/kernel/random/boot_id", "latin1").trim();
    return fields[0] === "Z" || fields[0] === "X" ? undefined : `${boot}/${fields[19]}`;
  } catch {
    return undefined;
  }
}
