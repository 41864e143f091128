/** What commands do beyond changing a ticket's fields: one row an act, each says its result and its own way back. */
import type { Act } from "../desk/commands/command-scene.ts";
import type { ParsedCommand } from "../desk/commands/command.ts";
import { acceptStranger } from "./accept.ts";
import type { ActDone, Acting } from "./acting.ts";
import { linkTicket, mergeInto } from "./acts-between.ts";
import { resendFailed, setAside } from "./acts-mail.ts";
import { addToTicket } from "./acts-people.ts";
import { splitOff, wrongTicket } from "./acts-thread.ts";
import { Refused } from "./refused.ts";

type Named<A extends Act["act"]> = Act extends infer One
  ? One extends { readonly act: infer N }
    ? A extends N
      ? One
      : never
    : never
  : never;

const ACTS: { readonly [A in Act["act"]]: (acting: Acting, act: Named<A>) => Promise<ActDone> } = {
  merge: (acting, { number }) => mergeInto(acting, number),
  link: (acting, { number }) => linkTicket(acting, number),
  split: (acting, { entries }) => splitOff(acting, entries),
  wrong: wrongTicket,
  spam: setAside,
  resend: resendFailed,
  cc: (acting, { person }) => addToTicket(acting, person),
  accept: (acting, { always }) => acceptStranger(acting, always),
};

/** Throws `Refused`, which names the command's line, or `Ask`. */
export async function carryOutAct(acting: Acting, act: Act, { line }: ParsedCommand): Promise<ActDone> {
  const row = ACTS[act.act] as (acting: Acting, act: Act) => Promise<ActDone>;
  try {
    return await row(acting, act);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    throw new Refused(`"${line}": ${error.message}`);
  }
}
