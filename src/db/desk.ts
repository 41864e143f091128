/** The desk in the database: immutable versions, and the ids of its agents, departments and topics. */
import type { Agent, Department, Desk, Topic } from "../desk/types.ts";
import type { EmailAddress } from "../mail/types.ts";
import { type Db, isSqlite } from "./connect.ts";
import { sha256 } from "./raw.ts";

/** Keys of the desk file to ids and back, of everything that ever was in it. */
export type DeskIds = { readonly agent: KeyIds; readonly department: KeyIds; readonly topic: KeyIds };
type KeyIds = { id(key: string): number; key(id: number): string };

const cache = new Map<string, Desk>();

/** A version that was stored before the desk file knew these keys. */
function completed(stored: Desk, version: number): Desk {
  const all = <T extends object>(record: Readonly<Record<string, T>>, lacking: Partial<T>) =>
    Object.fromEntries(Object.entries(record).map(([key, one]) => [key, { ...lacking, ...one }]));
  const lacking: Partial<Desk> = { organizations: {}, canned: {}, lists: {} };
  const lackingDefaults: Partial<Desk["defaults"]> = { closeWarningDays: 3 };
  return {
    ...lacking,
    ...stored,
    version,
    defaults: { ...lackingDefaults, ...stored.defaults },
    sla: all(stored.sla, { byPriority: {}, escalations: [] }),
    agents: all(stored.agents, { away: [], skills: [] }),
    departments: Object.fromEntries(
      Object.entries(stored.departments).map(([key, one]) => [
        key,
        { ...one, tell: { ...one.tell, overdue: one.tell.overdue ?? ["assignee", "lead"] } },
      ]),
    ),
    topics: all(stored.topics, { words: [], mailboxes: [], portal: false }),
    rules: stored.rules.map((rule) => ({ ...rule, examples: rule.examples ?? [] })),
  };
}

/** The active version, undefined before the first `desk apply`. Versions never change, so each is read once. */
export async function currentDesk(db: Db): Promise<Desk | undefined> {
  const latest = await db("desk_version").max({ id: "id" }).first();
  return latest?.id ? await deskVersion(db, Number(latest.id)) : undefined;
}

export async function deskVersion(db: Db, id: number): Promise<Desk> {
  const row = await db("desk_version").where({ id }).first("id", "sha256");
  if (!row) throw new Error(`There is no version ${id} of the desk.`);
  const known = cache.get(`${id}/${row.sha256}`);
  if (known) return known;
  const full = await db("desk_version").where({ id }).first("desk");
  const desk = completed(JSON.parse(full.desk) as Desk, id);
  cache.set(`${id}/${row.sha256}`, desk);
  return desk;
}

export type DeskAndIds = { readonly desk: Desk; readonly ids: DeskIds };

/** By the knex configuration, which a connection and its transactions share. */
const current = new WeakMap<object, DeskAndIds & { readonly stamp: string }>();

/** The active desk with the ids of its keys: one statement as long as nobody applies another version. Rejects without a desk. */
export async function deskAndIds(db: Db): Promise<DeskAndIds> {
  const latest = await db("desk_version").orderBy("id", "desc").first("id", "sha256");
  const stamp = `${latest?.id}/${latest?.sha256}`;
  const known = current.get(db.client.config as object);
  if (known?.stamp === stamp) return known;
  const read = { stamp, desk: await requireDesk(db), ids: await deskIds(db) };
  current.set(db.client.config as object, read);
  return read;
}

export async function requireDesk(db: Db): Promise<Desk> {
  const desk = await currentDesk(db);
  if (!desk)
    throw new Error(
      "This installation has no desk yet. Describe one in desk.yaml and run: postern desk apply desk.yaml",
    );
  return desk;
}

function keyIds(what: string, rows: { id: number; key: string }[]): KeyIds {
  const ids = new Map(rows.map((row) => [row.key, row.id]));
  const keys = new Map(rows.map((row) => [row.id, row.key]));
  const or = <T>(value: T | undefined, name: string | number): T => {
    if (value === undefined) throw new Error(`The database knows no ${what} "${name}".`);
    return value;
  };
  return { id: (key) => or(ids.get(key), key), key: (id) => or(keys.get(id), id) };
}

export async function deskIds(db: Db): Promise<DeskIds> {
  const read = async (table: string) => keyIds(table, await db(table).select("id", "key"));
  return { agent: await read("agent"), department: await read("department"), topic: await read("topic") };
}

/** Whoever makes a version of the one before it locks first, and then reads: two at a time would lose what one has changed. */
export async function lockDesk(tx: Db): Promise<void> {
  // In the order in which who assigns locks them, so that the two never lock each other up.
  if (!isSqlite(tx)) await tx("agent").orderBy("id").forNoKeyUpdate().select("id");
}

/** Makes `desk` the active version, in the caller's transaction. Who is absent from it is deactivated, never deleted. Returns its id. */
export async function storeDesk(tx: Db, described: Desk, actor: string, now: number): Promise<number> {
  await lockDesk(tx);
  const desk = withoutLines(withAbsent(await currentDesk(tx), described));
  await revokeTokens(tx, Object.values<Agent>(desk.agents));
  await syncKeys(tx, "agent", Object.values<Agent>(desk.agents));
  await syncKeys(tx, "department", Object.values<Department>(desk.departments));
  await syncKeys(
    tx,
    "topic",
    Object.values<Topic>(desk.topics).map((topic) => ({ ...topic, name: topic.title })),
  );
  await syncAddresses(tx, desk);
  await tx("counter").insert({ name: "ticket", next: desk.firstNumber }).onConflict("name").ignore();
  await tx("counter").where({ name: "ticket" }).where("next", "<", desk.firstNumber).update({ next: desk.firstNumber });
  const text = JSON.stringify({ ...desk, version: 0 });
  const [row] = await tx("desk_version")
    .insert({ created_at: now, actor, sha256: sha256(text), desk: text })
    .returning("id");
  return Number(row.id);
}

/** Who leaves can act by none of their notifications any more, also when they come back one day. */
async function revokeTokens(tx: Db, agents: readonly Agent[]): Promise<void> {
  const gone = agents.filter(({ active }) => !active).map(({ key }) => key);
  const leaving: number[] = await tx("agent").where({ active: 1 }).whereIn("key", gone).pluck("id");
  if (leaving.length > 0) await tx("delivery").whereIn("agent_id", leaving).update({ token_revoked: 1 });
}

/** The desk as described, with everything that an earlier version had and this one lacks, inactive: old tickets still name it. */
function withAbsent(before: Desk | undefined, after: Desk): Desk {
  const keep = <T extends { active: boolean }>(
    old: Readonly<Record<string, T>> = {},
    now: Readonly<Record<string, T>>,
  ): Record<string, T> => ({
    ...Object.fromEntries(
      Object.entries(old)
        .filter(([key]) => !Object.hasOwn(now, key))
        .map(([key, one]) => [key, { ...one, active: false }]),
    ),
    ...now,
  });
  return {
    ...after,
    organizations: keep(before?.organizations, after.organizations),
    agents: keep(before?.agents, after.agents),
    departments: keep(before?.departments, after.departments),
    topics: keep(before?.topics, after.topics),
  };
}

/** Lines belong to the file, not to the desk. */
const withoutLines = (desk: Desk): Desk => ({
  ...desk,
  rules: desk.rules.map((rule) => ({
    ...rule,
    examples: rule.examples.map((example) => ({ ...example, line: 0, column: 0 })),
  })),
});

async function syncKeys(tx: Db, table: string, rows: { key: string; name: string; active: boolean }[]): Promise<void> {
  await tx(table).update({ active: 0 });
  for (const { key, name, active } of rows)
    await tx(table)
      .insert({ key, name, active: active ? 1 : 0 })
      .onConflict("key")
      // Not the key itself: PostgreSQL would hold up every row that refers to this one.
      .merge(["name", "active"]);
}

async function syncAddresses(tx: Db, desk: Desk): Promise<void> {
  const { agent } = await deskIds(tx);
  await tx("agent_address").delete();
  for (const one of Object.values(desk.agents).filter(({ active }) => active))
    for (const address of one.emails) await tx("agent_address").insert({ address, agent_id: agent.id(one.key) });
}

/** Every address that is the desk's own: departments, aliases. */
export function ourAddresses(desk: Desk): EmailAddress[] {
  return Object.values(desk.departments)
    .filter(({ active }) => active)
    .flatMap((department) => [department.address, ...department.also]);
}

/** The number that the next ticket will get, undefined before the first desk. Changes nothing. */
export async function upcomingNumber(db: Db): Promise<number | undefined> {
  const row = await db("counter").where({ name: "ticket" }).first("next");
  return row === undefined ? undefined : Number(row.next);
}

/** The next ticket number; holds its row until the transaction ends, so numbers never repeat. */
export async function nextTicketNumber(tx: Db): Promise<number> {
  const [row] = await tx("counter").where({ name: "ticket" }).increment("next", 1).returning("next");
  return Number(row.next) - 1;
}
