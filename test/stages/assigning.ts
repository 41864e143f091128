/** Many workers on one store, each with connections of its own, and tickets that wait to be routed. */
import { randomBytes } from "node:crypto";
import { pino } from "pino";
import { connect, type Db } from "../../src/db/connect.ts";
import { deskIds, storeDesk } from "../../src/db/desk.ts";
import { insertEntry } from "../../src/db/entry.ts";
import { insertRoute } from "../../src/db/route.ts";
import { insertTicket } from "../../src/db/ticket.ts";
import type { Agent, Assignment, Desk } from "../../src/desk/types.ts";
import type { EmailAddress } from "../../src/mail/types.ts";
import type { Job } from "../../src/queue/job.ts";
import { readPart } from "../../src/roles/read-part.ts";
import { inUnit, type Stage, type Unit } from "../../src/stages/stage.ts";
import { loadTemplateSet } from "../../src/templates.ts";
import { agent, DESK, department } from "../desk/rules/rule-world.ts";

export const NOW = Date.UTC(2026, 10, 23, 10);

/** A desk of these departments, each with its way of assigning and the keys of its agents. */
export function deskOf(
  departments: Readonly<Record<string, { assign: Assignment; agents: readonly string[] }>>,
  more: Readonly<Record<string, Partial<Agent>>> = {},
): Desk {
  const keys = [...new Set(Object.values(departments).flatMap(({ agents }) => agents))];
  const memberships = (key: string) =>
    Object.entries(departments).flatMap(([name, { agents }]) => (agents.includes(key) ? [name] : []));
  const told = { new: ["assignee"], customer_reply: ["assignee"], assigned: ["assignee"], overdue: [] } as const;
  return {
    ...DESK,
    agents: Object.fromEntries(
      keys.map((key) => [key, agent(key, key.toUpperCase(), { departments: memberships(key), ...more[key] })]),
    ),
    departments: Object.fromEntries(
      Object.entries(departments).map(([key, { assign }]) => [key, department(key, { assign, tell: told })]),
    ),
    topics: {},
    defaults: { ...DESK.defaults, department: Object.keys(departments)[0]! },
  };
}

/** A stage on connections of its own. `bells` shows what was asked for: a route that failed asks to be tried again. */
export async function openWorker(db: Db, now = () => NOW): Promise<{ stage: Stage; bells: Job[] }> {
  const bells: Job[] = [];
  const stage: Stage = {
    db,
    now,
    log: pino({ level: "silent" }),
    settings: {
      key: randomBytes(32),
      agentProof: "confirm",
      plusAddressing: () => true,
      addressOf: () => undefined,
      loopMark: "test.postern",
      leaseTtlMs: 15_000,
    },
    templates: await loadTemplateSet(null, ["en"]),
    readPart,
    enqueue: async (jobs) => void bells.push(...jobs),
  };
  return { stage, bells };
}

export type Waiting = { readonly ticketId: number; readonly routeId: number };

/** Tickets with a message each, whose routes wait: `customers` names who writes the n-th one. */
export async function openTickets(
  db: Db,
  count: number,
  { department: place = "support", customers = (n: number) => `c${n}@home.example` } = {},
): Promise<Waiting[]> {
  return await db.transaction(async (tx) => {
    const ids = await deskIds(tx);
    const opened: Waiting[] = [];
    for (let n = 0; n < count; n++) {
      const customer = { name: "", address: customers(n) as EmailAddress };
      const facts = {
        prefix: "NW",
        subject: "Help",
        baseSubject: "help",
        department: place,
        priority: "normal",
        customer,
        participants: [],
        supportAddress: `${place}@nw.example` as EmailAddress,
        mailbox: "main",
        language: null,
        linkedTo: null,
        organization: null,
        openedAt: NOW + n,
      } as const;
      const { id } = await insertTicket(tx, facts, ids, NOW);
      const author = { authorKind: "customer", authorAddress: customer.address, authorName: "" } as const;
      const entry = { ticketId: id, kind: "message", inboundId: null, ...author, agentId: null, text: "Help" } as const;
      const entryId = await insertEntry(tx, entry, NOW);
      const route = { ticketId: id, entryId, trigger: "opened", plusTag: undefined } as const;
      opened.push({ ticketId: id, routeId: await insertRoute(tx, route, NOW) });
    }
    return opened;
  });
}

export const applyDesk = async (db: Db, desk: Desk): Promise<void> =>
  await db.transaction(async (tx) => void (await storeDesk(tx, desk, "test", NOW)));

/** Workers with pools of their own take from one list until it is empty. Returns the milliseconds it took and the bells that rang. */
export async function workTogether<T>(
  url: string,
  workers: number,
  list: readonly T[],
  work: (stage: Stage, one: T) => Promise<unknown>,
): Promise<{ ms: number; bells: Job[] }> {
  const left = [...list];
  const dbs = Array.from({ length: workers }, () => connect(url));
  const opened = await Promise.all(dbs.map((db) => openWorker(db)));
  const began = performance.now();
  try {
    await Promise.all(
      opened.map(async ({ stage }) => {
        for (let one = left.shift(); one !== undefined; one = left.shift()) await work(stage, one);
      }),
    );
    return { ms: performance.now() - began, bells: opened.flatMap(({ bells }) => bells) };
  } finally {
    await Promise.all(dbs.map((db) => db.destroy()));
  }
}

/** One transaction of the desk as it is now. */
export const inDesk = async <T>(stage: Stage, work: (unit: Unit) => Promise<T>): Promise<T> =>
  await inUnit(stage, work);

/** How many tickets each agent has; "nobody" for those without one. */
export async function shares(db: Db): Promise<Record<string, number>> {
  const rows: { key: string | null; n: number }[] = await db("ticket")
    .leftJoin("agent", "agent.id", "ticket.assignee_id")
    .groupBy("agent.key")
    .select("agent.key", db.raw("count(*) as n"));
  return Object.fromEntries(rows.map(({ key, n }) => [key ?? "nobody", Number(n)]));
}
