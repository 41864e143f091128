/** How many tokens that were never given out have come within the hour, so that somebody can be told of many. */
import type { Db } from "./connect.ts";

const HOUR = 3600_000;
const NAME = "bad tokens ";

/** Counts one more and returns how many there were since the full hour (UTC), this one included. */
export async function countBadToken(tx: Db, now: number): Promise<number> {
  const name = `${NAME}${Math.floor(now / HOUR)}`;
  await tx("counter").where("name", "like", `${NAME}%`).whereNot({ name }).delete();
  await tx("counter").insert({ name, next: 0 }).onConflict("name").ignore();
  const [row] = await tx("counter").where({ name }).increment("next", 1).returning("next");
  return Number(row.next);
}
