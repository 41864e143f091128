/**
 * A street whose clock a test can move: the servers, the store and the wiring of the product as in world.ts, the gateway in
 * this process, on a clock that begins at a chosen moment and runs on. What waits for a night or a weekend comes at once.
 */
import { afterAll, beforeAll, beforeEach, onTestFailed } from "vitest";
import { pino } from "pino";
import { loadConfig } from "../../src/config.ts";
import { eventsOf } from "../../src/db/event.ts";
import { ticketByNumber } from "../../src/db/ticket.ts";
import type { Ticket } from "../../src/desk/types.ts";
import { startGateway } from "../../src/main.ts";
import { sleep, until } from "../harness/wait.ts";
import { describeWith } from "../harness/describe-with.ts";
import type { DeliverOptions } from "../harness/lmtp.ts";
import { mail, type Mail, type MailParts } from "../harness/mails.ts";
import { settled, ticketOf } from "./ledger.ts";
import { openWorld, proven, type World } from "./world.ts";

const ROLES = ["poll", "work", "clock"] as const;

export type Timed = World & {
  /** What the gateway takes for the time, UTC milliseconds. */
  now(): number;
  /**
   * Moves the clock forward, lets the clock role look twice, and waits until all work is done. What should happen is
   * still waited for with `until`: a busy machine may take longer.
   */
  advance(milliseconds: number): Promise<void>;
  /** Delivers one mail, waits until everything about it is done, and returns its customer's ticket. */
  writes(parts: Omit<MailParts, "to"> & { readonly to?: string }, options?: DeliverOptions): Promise<string>;
  /** A ticket as it stands. */
  ticket(number: string): Promise<Ticket>;
  /** Its events, `set-priority normal -> high, because of rule "Outages"`. */
  events(number: string): Promise<readonly string[]>;
  /** Delivers mails and waits until everything about them is done. */
  receives(...mails: readonly Mail[]): Promise<void>;
  /** The same with mails of agents, which the desk's own server has found to be theirs. */
  receivesProven(...mails: readonly Mail[]): Promise<void>;
  /** `postern ARGS…`; fails when it ends with anything but 0. */
  postern(...args: string[]): Promise<string>;
};

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

/** `describe` with such a street in it. `startsAt`: `2026-12-04T15:00:00Z`; without it the clock is the machine's. */
export function timedStory(
  name: string,
  plan: { readonly desk: string; readonly to: string; readonly startsAt?: string },
  tell: (street: () => Timed) => void,
): void {
  describeWith(["dovecot"], name, () => {
    let street: Timed;
    beforeAll(async () => void (street = await openTimed(plan)), 120_000);
    beforeEach(() => onTestFailed(() => console.log(`the gateway complained:\n${street.complaints()}`)));
    afterAll(async () => await street?.close(), 60_000);
    tell(() => street);
  });
}

async function openTimed(plan: { desk: string; to: string; startsAt?: string }): Promise<Timed> {
  const world = await openWorld({ store: "sqlite", queue: "embedded" }, { desk: plan.desk, settings: SETTINGS });
  let ahead = plan.startsAt === undefined ? 0 : Date.parse(plan.startsAt) - Date.now();
  const now = () => Date.now() + ahead;
  const complaints: string[] = [];
  const log = pino({ level: "warn" }, { write: (line: string) => void complaints.push(line) });
  const read = loadConfig(`${world.folder}/postern.yaml`);
  if (!read.ok) throw new Error(JSON.stringify(read.errors));
  const gateway = await startGateway(read.config, ROLES, log, now);
  await until(async () => await world.db("mailbox").whereNotNull("adopted_at").first(), {
    what: "the adoption of the mailbox",
    timeoutMs: 30_000,
  });
  let delivered = 0;
  const receives = async (mails: readonly Mail[], options?: DeliverOptions) => {
    await world.deliver(mails, options);
    delivered += mails.length;
    await settled(world.db, delivered);
  };
  return {
    ...world,
    now,
    complaints: () => complaints.slice(-20).join("\n"),
    advance: async (milliseconds) => {
      ahead += milliseconds;
      await sleep(ROUNDS_MS);
      await settled(world.db, delivered);
    },
    writes: async (parts, options) => {
      const one = mail({ to: plan.to, date: new Date(now()), ...parts });
      await receives([one], options);
      return await ticketOf(world.db, one.sender);
    },
    ticket: async (number) => (await ticketByNumber(world.db, number))!,
    events: async (number) => {
      const ticket = (await ticketByNumber(world.db, number))!;
      return (await eventsOf(world.db, ticket.id)).map(
        ({ name, old, new: to, cause_kind, cause }) =>
          `${name} ${old ?? "none"} -> ${to ?? "none"}, because of ${cause_kind} ${cause}`,
      );
    },
    receives: async (...mails) => await receives(mails),
    receivesProven: async (...mails) => await receives(mails, proven),
    postern: async (...args) => {
      const { code, stdout, stderr } = await world.cli(...args);
      if (code !== 0) throw new Error(`postern ${args.join(" ")} ended with ${code}:\n${stdout}${stderr}`);
      return stdout;
    },
    close: async () => {
      await gateway.stop();
      await world.close();
    },
  };
}

const SETTINGS = ["sweep: 1s", "clock: 1s", "lease_ttl: 2s"];
/** Two rounds of that clock. */
const ROUNDS_MS = 2_500;
