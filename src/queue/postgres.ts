/** Jobs in PostgreSQL, in a schema of their own beside (or far from) the desk's tables. */
import { PostgresConnection, PostgresQueueBackend, Queue, runMigrations, Worker } from "bullmq";
import type { BackendFactory, PostgresConnectionOptions } from "bullmq";
import pg from "pg";
import { WORKER_OPTIONS } from "./backend.ts";
import type { Backend, BackendOptions } from "./backend.ts";
import { within } from "./quiet.ts";

const CONNECT_MS = 5_000;
/** No statement of the queue takes seconds; one that does is stuck behind a dead connection. */
const QUERY_MS = 30_000;
const GOODBYE_MS = 1_500;

/** For errors that the query, the connect or the wait in hand reports as well. */
const ignore = () => {};

/**
 * Never without an `error` listener. BullMQ and the pool leave their clients without one now and then (checked out of
 * the pool, just connected, being ended), and a PostgreSQL that goes down at such a moment would end our process.
 */
class SteadyClient extends pg.Client {
  constructor(config?: string | pg.ClientConfig) {
    super(config);
    this.on("error", ignore);
  }

  override removeAllListeners(event?: string): this {
    super.removeAllListeners(event);
    return this.on("error", ignore);
  }
}

/**
 * BullMQ remembers a failed first contact for ever, so that a worker made while PostgreSQL restarts would never work.
 * Here a failure is forgotten and the next query tries again.
 */
class PatientConnection extends PostgresConnection {
  constructor(options: PostgresConnectionOptions) {
    super(options);
    // The pool takes its client class as an option, the LISTEN client has no such option.
    (this as unknown as { pgModule: object }).pgModule = { Client: SteadyClient };
  }

  override async waitUntilReady(): Promise<void> {
    try {
      await super.waitUntilReady();
    } catch (error) {
      (this as unknown as { readyPromise: undefined }).readyPromise = undefined;
      throw error;
    }
  }
}

/** Creates or updates the schema, then opens. Rejects, naming the server, when it cannot be reached. */
export async function openPostgres(url: string, { prefix }: BackendOptions): Promise<Backend> {
  const schema = `${prefix}_queue`;
  await migrate(url, schema);
  const connections: { connection: PatientConnection; working: boolean }[] = [];
  const factory: BackendFactory<PostgresQueueBackend, PostgresConnectionOptions> = (name, options, role = {}) => {
    const connection = new PatientConnection(options.connection);
    const working = role.withBlockingConnection === true;
    connections.push({ connection, working });
    return new PostgresQueueBackend(connection, name, options, true, working ? name : undefined);
  };
  const connection = {
    connectionString: url,
    Client: SteadyClient,
    schema,
    connectionTimeoutMillis: CONNECT_MS,
    query_timeout: QUERY_MS,
    keepAlive: true,
    max: 4,
  };
  const end = (ends: typeof connections) =>
    Promise.all(ends.map((one) => within(GOODBYE_MS, one.connection.close(), undefined)));
  return {
    kind: "postgres",
    queue: (name) => new Queue(name, { connection }, factory) as unknown as Queue,
    worker: (name, processor, concurrency) =>
      new Worker(name, processor, { connection, concurrency, ...WORKER_OPTIONS }, factory) as unknown as Worker,
    cutOffWorkers: () => void end(connections.filter(({ working }) => working)),
    close: async () => void (await end(connections)),
  };
}

/** Safe when two processes start at once: BullMQ holds a transaction-wide advisory lock per schema. */
async function migrate(url: string, schema: string): Promise<void> {
  const client = new SteadyClient({ connectionString: url, connectionTimeoutMillis: CONNECT_MS });
  try {
    await client.connect();
    await runMigrations(client, schema);
  } catch (error) {
    const { hostname, port, pathname } = new URL(url);
    const where = `${hostname}:${port || 5432}${pathname}`;
    throw new Error(`the job queue in PostgreSQL at ${where} cannot be opened: ${(error as Error).message}`, {
      cause: error,
    });
  } finally {
    await client.end().catch(() => {});
  }
}
