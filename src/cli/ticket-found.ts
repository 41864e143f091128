/** What the subcommands on one ticket share: finding it by its number, and refusals with the right exit code. */
import type { Db } from "../db/connect.ts";
import { ticketByNumber } from "../db/ticket.ts";
import type { Ticket } from "../desk/types.ts";
import { Refused } from "../stages/refused.ts";
import { inUnit, type Unit } from "../stages/stage.ts";
import { Exit, type Globals } from "./context.ts";
import { withStage } from "./stage.ts";

/** `NW-1001`, in brackets or not, in any case, or the bare number; ends with 3 when there is none. */
export async function ticketNamed(db: Db, wanted: string): Promise<Ticket> {
  const ticket = await ticketByNumber(db, wanted.trim().replace(/^\[|\]$/g, ""));
  if (!ticket) throw new Exit(3, `There is no ticket ${wanted}. "postern ticket list all" shows them.`);
  return ticket;
}

/** One unit of work for a command; what may not be done ends with 4 and its reason, or 3. `anyway` is added where --anyway helps. */
export async function decide<T>(globals: Globals, work: (unit: Unit) => Promise<T>, anyway = ""): Promise<T> {
  try {
    return await withStage(globals, (stage) => inUnit(stage, work));
  } catch (error) {
    if (error instanceof Refused)
      throw new Exit(error.missing ? 3 : 4, `Refused: ${error.message}.${error.unlessAnyway ? anyway : ""}`);
    throw error;
  }
}
