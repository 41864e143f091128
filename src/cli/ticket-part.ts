/** The shape of one subcommand of `postern ticket`, so that each has a file of its own. */
import type { Command } from "commander";
import type { Run } from "./context.ts";

export type AddTicketCommand = (ticket: Command, run: Run) => void;
