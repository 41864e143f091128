/** The command line: one file a subcommand. Exit codes: 0 done, 1 failed, 2 wrong usage, 3 not found, 4 refused. */
import { Command, CommanderError } from "commander";
import { checkCommand } from "./check.ts";
import { customerCommand } from "./customer.ts";
import { deliveryCommand } from "./delivery.ts";
import { deskCommand } from "./desk.ts";
import { Exit, type Globals } from "./context.ts";
import { inboundCommand } from "./inbound.ts";
import { migrateCommand } from "./migrate.ts";
import { rulesCommand } from "./rules.ts";
import { sandboxCommand } from "./sandbox.ts";
import { startCommand } from "./start.ts";
import { ticketCommand } from "./ticket.ts";
import { webhookCommand } from "./webhook.ts";

export function program(done: (code: number) => void): Command {
  const root = new Command("postern")
    .description("The mail gate of a support desk: mail in, ticket, routed, answered by mail, closed.")
    .option("-c, --config <FILE>", "the configuration (default: postern.yaml here)")
    .showHelpAfterError("(postern --help lists the commands)")
    .exitOverride();
  const globals = (): Globals => root.opts<Globals>();
  const run =
    <A extends unknown[]>(action: (globals: Globals, ...args: A) => Promise<number>) =>
    async (...args: A) =>
      done(await action(globals(), ...args));
  for (const add of [
    startCommand,
    migrateCommand,
    checkCommand,
    deskCommand,
    rulesCommand,
    ticketCommand,
    customerCommand,
    inboundCommand,
    deliveryCommand,
    webhookCommand,
    sandboxCommand,
  ])
    add(root, run);
  return root;
}

/** Runs one command line and returns its exit code. Errors meant for people come without a stack. */
export async function main(args: readonly string[]): Promise<number> {
  let code = 0;
  // `| head` has read enough: nobody is left to tell.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(0);
    throw error;
  });
  try {
    await program((result) => (code = result)).parseAsync(args as string[], { from: "user" });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (error instanceof Exit) {
      console.error(error.message);
      return error.code;
    }
    console.error(`postern: ${(error as Error).message}`);
    return 1;
  }
}
