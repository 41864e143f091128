/** The web role: the health of the gateway, for people's monitors, and files that were too large for a notification. */
import { serve } from "@hono/node-server";
import { Hono } from "hono";
import { account } from "../db/counts.ts";
import { listMailboxes } from "../db/mailbox.ts";
import type { Stage } from "../stages/stage.ts";
import { serveAttachments } from "./attachment.ts";

/** A mailbox that has not been idle or fetching for this long is reported as trouble. */
const TROUBLE = new Set(["backing-off"]);

/** `/health`: 200 and the account when all is well, 503 when the store fails or a mailbox cannot be reached. No mail content, no addresses. `names`: the mailboxes of the configuration. */
export function healthApp(stage: Stage, waitingJobs: () => Promise<number>, names?: readonly string[]): Hono {
  const app = new Hono();
  app.get("/health", async (context) => {
    try {
      const known = (await listMailboxes(stage.db)).filter(({ name }) => names?.includes(name) ?? true);
      const mailboxes = known.map(({ name, state, state_detail, state_at }) => ({
        name,
        state,
        detail: state_detail,
        since: new Date(state_at).toISOString(),
      }));
      const queue = await waitingJobs().then(
        (waiting) => ({ waiting }),
        (error: Error) => ({ trouble: error.message }),
      );
      const well = !mailboxes.some(({ state }) => TROUBLE.has(state));
      return context.json(
        { status: well ? "ok" : "trouble", mailboxes, queue, ...(await account(stage.db)) },
        well ? 200 : 503,
      );
    } catch (error) {
      stage.log.error({ err: error }, "health could not be read");
      return context.json({ status: "trouble", store: "The store does not answer; see the log." }, 503);
    }
  });
  return app;
}

/** Serves until stopped. Rejects when the address is taken. */
export async function webRole(
  stage: Stage,
  { host, port }: { host: string; port: number },
  waitingJobs: () => Promise<number>,
  names?: readonly string[],
): Promise<{ name: string; stop(): Promise<void> }> {
  const app = healthApp(stage, waitingJobs, names);
  serveAttachments(app, stage);
  const server = await new Promise<ReturnType<typeof serve>>((resolve, reject) => {
    const starting = serve({ fetch: app.fetch, hostname: host, port }, () => resolve(starting));
    starting.once("error", (error: NodeJS.ErrnoException) =>
      reject(
        error.code === "EADDRINUSE"
          ? new Error(`The web address ${host}:${port} is taken. Write another web.port, or web: off.`)
          : error,
      ),
    );
  });
  return { name: "web", stop: () => new Promise((resolve) => server.close(() => resolve())) };
}
