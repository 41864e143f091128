/** What the errands of `postern sandbox` share: the running sandbox, its people, and how an errand ends. */
import { connect, type Db } from "../db/connect.ts";
import { currentDesk } from "../db/desk.ts";
import type { Agent } from "../desk/types.ts";
import { canonicalAddress } from "../mail/address.ts";
import { readRunning, type Running } from "./running.ts";
import { PEOPLE, type Place, RESIDENTS } from "./settings.ts";
import type { Sender } from "./mail-client.ts";

/** 1 failed, 2 wrong usage, 3 not found: the exit codes of the command line. */
export type Errand =
  | { readonly ok: true; readonly lines: readonly string[] }
  | { readonly ok: false; readonly code: 1 | 2 | 3; readonly message: string };

export const done = (...lines: readonly string[]): Errand => ({ ok: true, lines });
export const refused = (code: 1 | 2 | 3, message: string): Errand => ({ ok: false, code, message });

/** Runs an errand beside the running sandbox, with a connection to its database. */
export async function inRunning(
  place: Place,
  errand: (sandbox: { readonly running: Running; readonly db: Db }) => Promise<Errand>,
): Promise<Errand> {
  const { state, ...rest } = readRunning(place);
  if (state !== "running" || !("running" in rest)) {
    const died = state === "dead" ? "The sandbox of this folder was killed" : "No sandbox runs in this folder";
    return refused(1, `${died}. Start it with npm start, in another terminal.`);
  }
  if (rest.running.smtpPort === 0) return refused(1, "The sandbox is just starting. Try again in a few seconds.");
  const db = connect(place.database);
  try {
    return await errand({ running: rest.running, db });
  } catch (error) {
    return refused(1, `The sandbox did not take it: ${(error as Error).message}`);
  } finally {
    await db.destroy();
  }
}

/** `dev`, `maria` or an address, as somebody who can send; undefined when it is neither. */
export function senderNamed(who: string): Sender | undefined {
  if (Object.hasOwn(PEOPLE, who.toLowerCase())) return PEOPLE[who.toLowerCase() as keyof typeof PEOPLE];
  const address = canonicalAddress(who);
  return address && (RESIDENTS.find((one) => one.address === address) ?? { address, name: "" });
}

export const NOT_SOMEBODY = `Write ${Object.keys(PEOPLE).join(", ")} or an address such as me@home.example.`;

/** The agent whose address this is. */
export async function agentAt(db: Db, address: string): Promise<Agent | undefined> {
  const desk = await currentDesk(db);
  const agents = Object.values(desk?.agents ?? {});
  return agents.find(({ active, emails }) => active && emails.some((email) => email === address));
}
