/** PGlite behind the little of `pg.Pool` that BullMQ uses. One session serves all: PGlite queues statements itself. */
import { EventEmitter } from "node:events";
import type { PGlite } from "@electric-sql/pglite";
import type { PgPool, PgPoolClient, PgQueryResult } from "bullmq";

/** `LISTEN bullmq_jobs;` after any number of comment lines. */
const LISTEN = /^\s*(?:--[^\n]*\n\s*)*LISTEN\s+"?([^"\s;]+)"?/i;

export function pglitePool(db: PGlite): PgPool {
  const query = async <R>(text: string, params?: readonly unknown[]): Promise<PgQueryResult<R>> => {
    // Several statements in one text are possible only without parameters, as in PostgreSQL's simple protocol.
    const result = params?.length ? await db.query<R>(text, [...params]) : (await db.exec(text)).at(-1);
    const rows = (result?.rows ?? []) as R[];
    return { rows, rowCount: result?.affectedRows || rows.length };
  };

  const connect = async (): Promise<PgPoolClient> => {
    const events = new EventEmitter();
    const unlisten: (() => Promise<void>)[] = [];
    const client = Object.assign(events, {
      query: async <R>(text: string, params?: readonly unknown[]): Promise<PgQueryResult<R>> => {
        const channel = LISTEN.exec(text)?.[1];
        if (channel === undefined) return await query<R>(text, params);
        unlisten.push(await db.listen(channel, (payload) => void events.emit("notification", { channel, payload })));
        return { rows: [], rowCount: 0 };
      },
      release: () => {
        for (const stop of unlisten.splice(0)) stop().catch(() => {}); // the database may be closed already
      },
    });
    return client as unknown as PgPoolClient;
  };
  // `keepAlive`: there is no network that could lose a notification, so BullMQ need not poll.
  return Object.assign(new EventEmitter(), {
    query,
    connect,
    end: async () => {},
    options: { keepAlive: true },
  }) as unknown as PgPool;
}
