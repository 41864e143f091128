/** The command line in this process: as the child process of world.ts, without its second of starting. */
import { vi } from "vitest";
import { main } from "../../src/cli/main.ts";
import type { CliResult } from "../harness/gateway.ts";

/** Runs one command line and gives what it wrote. Not for commands that read stdin or go on running. */
export async function runCli(configFile: string, args: readonly string[]): Promise<CliResult> {
  const written = { stdout: "", stderr: "" };
  const before = process.stdout.listeners("error");
  const out = vi.spyOn(process.stdout, "write").mockImplementation((text) => ((written.stdout += String(text)), true));
  const err = vi.spyOn(console, "error").mockImplementation((text) => void (written.stderr += `${String(text)}\n`));
  const raw = vi.spyOn(process.stderr, "write").mockImplementation((text) => ((written.stderr += String(text)), true));
  try {
    const code = await main([...args, "--config", configFile]);
    return { code, ...written };
  } finally {
    for (const spy of [out, err, raw]) spy.mockRestore();
    for (const listener of process.stdout.listeners("error"))
      if (!before.includes(listener)) process.stdout.removeListener("error", listener as (error: Error) => void);
  }
}
