/** One effect of a rule on its way: what its doer is given, and what it gives back. */
import type { EntryRow } from "../db/entry.ts";
import type { RouteRow } from "../db/route.ts";
import type { Cause, Ticket } from "../desk/types.ts";
import type { InboundMessage } from "../mail/types.ts";
import type { Fate } from "./effects-fate.ts";
import type { Unit } from "./stage.ts";

export type Deed = {
  readonly unit: Unit;
  readonly row: RouteRow;
  /** As the changes and the effects before it left it. */
  readonly ticket: Ticket;
  readonly message: InboundMessage | undefined;
  readonly entry: EntryRow | undefined;
  readonly cause: Cause;
  /** The named groups of the rule's regular expressions. */
  readonly match: Readonly<Record<string, string>>;
  /** 1-based among the effects of the row: what makes its cause its own. */
  readonly place: number;
  readonly fate: Fate;
};

/** `did`: one line for the trace. `ticket`: as it stands now, where the effect changed it. */
export type Done = { readonly did: string; readonly ticket?: Ticket };
