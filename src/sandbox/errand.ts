/** What the errands of `postern sandbox` share: the running sandbox, its people, and how an errand ends. */
import { connect, type Db } from "../db/connect.ts";
import { requireDesk } from "../db/desk.ts";
import type { Agent, Desk } from "../desk/types.ts";
import { canonicalAddress } from "../mail/address.ts";
import { readRunning, type Running } from "./running.ts";
import { PASSWORD, PEOPLE, type Place, RESIDENTS } from "./settings.ts";
import type { Sender } from "./mail-client.ts";

/** 1 failed, 2 wrong usage, 3 not found: the exit codes of the command line. */
export type Errand =
  | { readonly ok: true; readonly lines: readonly string[] }
  | { readonly ok: false; readonly code: 1 | 2 | 3; readonly message: string };

export const done = (...lines: readonly string[]): Errand => ({ ok: true, lines });
export const refused = (code: 1 | 2 | 3, message: string): Errand => ({ ok: false, code, message });

/** Runs an errand beside the running sandbox, with a connection to its database and the desk that is active in it. */
export async function inRunning(
  place: Place,
  errand: (sandbox: { readonly running: Running; readonly db: Db; readonly desk: Desk }) => Promise<Errand>,
): Promise<Errand> {
  const { state, ...rest } = readRunning(place);
  if (state !== "running" || !("running" in rest)) {
    const died = state === "dead" ? "The sandbox of this folder was killed" : "No sandbox runs in this folder";
    return refused(1, `${died}. Start it with npm start, in another terminal.`);
  }
  if (rest.running.smtpPort === 0) return refused(1, "The sandbox is just starting. Try again in a few seconds.");
  const db = connect(place.database);
  try {
    return await errand({ running: rest.running, db, desk: await requireDesk(db) });
  } catch (error) {
    return refused(1, `The sandbox did not take it: ${(error as Error).message}`);
  } finally {
    await db.destroy();
  }
}

/** The key of an agent of the desk, `maria`, or an address, as somebody who can send; undefined when it is none of these. */
export function senderNamed(who: string, desk: Desk): Sender | undefined {
  const key = who.toLowerCase();
  const agent = Object.hasOwn(desk.agents, key) && desk.agents[key]!.active ? desk.agents[key] : undefined;
  const known = Object.hasOwn(PEOPLE, key) ? PEOPLE[key as keyof typeof PEOPLE] : undefined;
  const address = agent?.emails[0] ?? known?.address ?? canonicalAddress(who);
  if (address === undefined) return undefined;
  const sender = { address, name: agentAt(desk, address)?.name ?? "", password: PASSWORD };
  return RESIDENTS.find((one) => one.address === address) ?? (sender.name ? sender : { address, name: "" });
}

export function notSomebody(desk: Desk): string {
  const agents = Object.values(desk.agents).filter(({ active }) => active);
  return `Write maria, ${agents.map(({ key }) => key).join(", ")} or an address such as me@home.example.`;
}

/** The agent whose address this is. */
export function agentAt(desk: Desk, address: string): Agent | undefined {
  const agents = Object.values(desk.agents);
  return agents.find(({ active, emails }) => active && emails.some((email) => email === address));
}
