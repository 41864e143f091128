/** What a process has used so far, as Linux tells it in /proc. Undefined elsewhere. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** Ticks a second in which /proc counts time; 100 almost everywhere. */
let ticks: number | undefined;
const ticksPerSecond = (): number => (ticks ??= Number(execFileSync("getconf", ["CLK_TCK"], { encoding: "utf8" })));

/** Seconds of processor time, user and system, of all threads (proc(5): utime and stime). */
export function cpuSeconds(pid: number): number | undefined {
  const stat = readProc(pid, "stat");
  if (stat === undefined) return undefined;
  // The name of the program may hold spaces and brackets: what follows the last bracket begins with field 3.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond();
}

/** The most memory it held at once, in megabytes (proc(5): VmHWM). */
export function peakMegabytes(pid: number): number | undefined {
  const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(readProc(pid, "status") ?? "")?.[1];
  return kilobytes === undefined ? undefined : (Number(kilobytes) * 1024) / 1e6;
}

function readProc(pid: number, file: string): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "utf8");
  } catch {
    return undefined;
  }
}
