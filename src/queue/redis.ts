/** Jobs in Redis. Our own clients, so that we can end them when Redis is away and BullMQ would wait for it. */
import { Queue, Worker } from "bullmq";
import { Redis } from "ioredis";
import type { RedisOptions } from "ioredis";
import { WORKER_OPTIONS } from "./backend.ts";
import type { Backend, BackendOptions } from "./backend.ts";
import { quietly } from "./quiet.ts";

const CLIENT_OPTIONS: RedisOptions = {
  // A blocked fetch is repeated for ever, not failed after 20 tries; BullMQ insists on it.
  maxRetriesPerRequest: null,
  connectTimeout: 5_000,
  keepAlive: 10_000,
  // Milliseconds: 100, 200, 400 … 3,000 and up to half more, so that many processes do not come back in one instant.
  retryStrategy: (times) => Math.min(100 * 2 ** Math.min(times - 1, 10), 3_000) * (1 + Math.random() / 2),
};

/** Opens at once and connects when it can: an outage at the start is an outage like any other. */
export function openRedis(url: string, { prefix, log }: BackendOptions): Backend {
  const complain = quietly(log, "Redis cannot be reached");
  const client = () => {
    const redis = new Redis(url, CLIENT_OPTIONS);
    redis.on("error", complain);
    return redis;
  };
  const producing = client();
  const working: Redis[] = [];
  // BullMQ takes a second connection for the blocking fetch by `duplicate`; we must know it to be able to end it.
  const workingClient = () => {
    const redis = client();
    const duplicate = redis.duplicate.bind(redis);
    redis.duplicate = (override) => {
      const twin = duplicate(override);
      twin.on("error", complain);
      working.push(twin);
      return twin;
    };
    working.push(redis);
    return redis;
  };
  const cutOffWorkers = () => working.forEach((redis) => redis.disconnect());
  return {
    kind: "redis",
    queue: (name) => new Queue(name, { connection: producing, prefix }),
    worker: (name, processor, concurrency) =>
      new Worker(name, processor, { connection: workingClient(), prefix, concurrency, ...WORKER_OPTIONS }),
    cutOffWorkers,
    close: async () => {
      cutOffWorkers();
      producing.disconnect();
    },
  };
}
