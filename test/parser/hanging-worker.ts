/** A parser thread like the product's, but for a message that says so it turns in a circle for ever. */
import { parentPort } from "node:worker_threads";
import { parse } from "../../src/mail/parse.ts";
import type { ThreadAnswer, ThreadJob } from "../../src/parser/protocol.ts";

parentPort!.on("message", (job: ThreadJob) => {
  const raw = Buffer.from(job.raw);
  while (raw.includes("X-Hang: yes"));
  void parse(raw, job.context).then((parsed) => parentPort!.postMessage({ parsed } satisfies ThreadAnswer));
});
parentPort!.postMessage({ ready: true } satisfies ThreadAnswer);
