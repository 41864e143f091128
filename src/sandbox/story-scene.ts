/** What the steps of the story share: the world, a look at the database from outside, and patience with an end. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Db } from "../db/connect.ts";
import type { InboundRow } from "../db/inbound.ts";
import type { Mailbox as WorldMailbox } from "./mail-state.ts";
import type { MailStore } from "./mail-store.ts";
import { type Letter, type Mailbox, openMailbox } from "./mail-client.ts";
import type { Say } from "./say.ts";
import type { SeenWatch } from "./seen-watch.ts";
import { DESK_MAILBOXES, PASSWORD, type Ports } from "./settings.ts";

export type Scene = {
  readonly ports: Ports;
  readonly store: MailStore;
  /** A connection that the gateway does not use: what it shows was committed. */
  readonly db: Db;
  readonly seen: SeenWatch;
  readonly say: Say;
  /** Milliseconds that each expectation waits. */
  readonly patienceMs: number;
};

/** Where the story stands after a ticket has opened. */
export type Opened = {
  readonly ticketId: number;
  readonly number: string;
  /** When Maria's mail arrived, UTC milliseconds. */
  readonly arrivedAt: number;
  readonly messageId: string;
};

/** A step that did not happen as told. */
export class StepFailed extends Error {
  override readonly name = "StepFailed";
  readonly step: number;
  readonly expected: string;
  readonly saw: string;
  constructor(step: number, expected: string, saw: string) {
    super(`step ${step} failed: expected ${expected}; saw ${saw}`);
    this.step = step;
    this.expected = expected;
    this.saw = saw;
  }
}

/** `saw` tells people what is there instead. */
export type Look<T> = { readonly found: T } | { readonly saw: string };

/** Looks again and again until it is found. Rejects with StepFailed when patience ends. */
export async function expectSoon<T>(
  { patienceMs }: Pick<Scene, "patienceMs">,
  step: number,
  expected: string,
  look: () => Promise<Look<T>>,
): Promise<T> {
  const begun = performance.now();
  for (;;) {
    const seen = await look();
    if ("found" in seen) return seen.found;
    if (performance.now() - begun >= patienceMs) {
      throw new StepFailed(step, expected, `${seen.saw} (waited ${Math.round(patienceMs / 1000)} s)`);
    }
    await sleep(15);
  }
}

/** Runs something that may fail for its own reasons as a part of a step. */
export async function partOf<T>(step: number, expected: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof StepFailed ? error : new StepFailed(step, expected, (error as Error).message);
  }
}

export type Arrival = { readonly mailbox: WorldMailbox; readonly uid: number; readonly at: number };

/** The copy of a message in the support mailbox of the world; `at` in milliseconds, as the world's server noted it. */
export async function arrivalOf({ store }: Pick<Scene, "store">, messageId: string): Promise<Arrival | undefined> {
  const mailbox = store.mailbox(DESK_MAILBOXES.support)!;
  for (const message of mailbox.messages.toReversed()) {
    const source = await store.read(message);
    if (source.includes(messageId)) return { mailbox, uid: message.uid, at: message.date };
  }
  return undefined;
}

export type Settled = { readonly row: InboundRow; readonly arrivedAt: number };

/** Waits until a mail to support@ has its verdict. */
export async function settled(scene: Scene, step: number, what: string, messageId: string): Promise<Settled> {
  return await expectSoon<Settled>(scene, step, `${what} with a verdict in the database`, async () => {
    const arrival = await arrivalOf(scene, messageId);
    if (!arrival) return { saw: "it is not in the mailbox of support@" };
    const where = { uid: arrival.uid, uid_validity: arrival.mailbox.uidValidity };
    const row: InboundRow | undefined = await scene.db("inbound").where(where).first();
    if (!row) return { saw: "it is in the mailbox of support@ and not in the database" };
    if (row.state === "stored") return { saw: "it is stored and has no verdict yet" };
    return { found: { row, arrivedAt: arrival.at } };
  });
}

/** A mail client for the length of `work`. */
export async function withInbox<T>(scene: Scene, address: string, work: (inbox: Mailbox) => Promise<T>): Promise<T> {
  const inbox = await openMailbox(scene.ports, address, PASSWORD);
  try {
    return await work(inbox);
  } finally {
    await inbox.close();
  }
}

/** Waits for a letter in somebody's inbox. */
export async function letterFor(
  scene: Scene,
  step: number,
  address: string,
  expected: string,
  wanted: (letter: Letter) => boolean,
): Promise<Letter> {
  return await withInbox(scene, address, async (inbox) => {
    return await expectSoon<Letter>(scene, step, expected, async () => {
      const letters = await inbox.letters();
      const found = letters.findLast(wanted);
      const subjects = letters.slice(-3).map(({ subject }) => `"${subject}"`);
      return found ? { found } : { saw: `${letters.length} mails, the last: ${subjects.join(", ") || "none"}` };
    });
  });
}

/** When the world's server took a letter, in milliseconds: IMAP itself tells whole seconds only. */
export function takenAt({ store }: Scene, address: string, letter: Letter): number {
  return store.mailbox(address)?.messages.find(({ uid }) => uid === letter.uid)?.date ?? letter.at;
}
