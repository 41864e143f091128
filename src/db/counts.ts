/** The account of everything that came in and went out: what `/health` and the sandbox's last line show. */
import type { Db } from "./connect.ts";
import { countDeliveries } from "./delivery.ts";
import { countInbound } from "./inbound.ts";

export type Account = {
  readonly inbound: Readonly<Record<string, number>>;
  readonly deliveries: Readonly<Record<string, number>>;
  readonly tickets: Readonly<Record<string, number>>;
  readonly waitingRoutes: number;
};

export async function account(db: Db): Promise<Account> {
  const tickets: { status: string; n: number }[] = await db("ticket")
    .groupBy("status")
    .select("status", db.raw("count(*) as n"));
  const routes = await db("route").where({ state: "pending" }).count({ n: "*" }).first();
  return {
    inbound: await countInbound(db),
    deliveries: await countDeliveries(db),
    tickets: Object.fromEntries(tickets.map(({ status, n }) => [status, Number(n)])),
    waitingRoutes: Number(routes?.n ?? 0),
  };
}
