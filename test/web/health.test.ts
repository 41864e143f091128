import { expect, it } from "vitest";
import { connect } from "../../src/db/connect.ts";
import { mailboxByName, setMailboxState } from "../../src/db/mailbox.ts";
import { healthApp, webRole } from "../../src/web/server.ts";
import { onBothStores } from "../db/stores.ts";
import { freePort } from "../harness/ports.ts";
import { openStreet, START } from "../stages/street.ts";

onBothStores("/health", (store) => {
  it("gives the account of everything, and no address and no word of any mail", async () => {
    const street = await openStreet(store);
    await street.open({ from: "maria@private.example", subject: "A very private matter" });
    const app = healthApp(street.stage, async () => 3);
    const response = await app.request("/health");
    expect(response.status).toBe(200);
    const body = await response.text();
    expect(JSON.parse(body)).toMatchObject({
      status: "ok",
      queue: { waiting: 3 },
      inbound: { recorded: 1 },
      tickets: { open: 1 },
      deliveries: { accepted: 2 },
      waitingRoutes: 0,
    });
    expect(body).not.toMatch(/private|maria|@/);
  });

  it("says trouble with 503 while a mailbox cannot be reached, and recovers", async () => {
    const street = await openStreet(store);
    const app = healthApp(street.stage, async () => 0);
    await mailboxByName(street.db, "support", START);
    await setMailboxState(street.db, "support", "backing-off", "connection refused", START);
    const trouble = await app.request("/health");
    expect(trouble.status).toBe(503);
    expect(await trouble.json()).toMatchObject({ status: "trouble" });
    await setMailboxState(street.db, "support", "idle", undefined, START);
    expect((await app.request("/health")).status).toBe(200);
  });

  it("stays up when the queue or the store does not answer", async () => {
    const street = await openStreet(store);
    const noQueue = healthApp(street.stage, async () => Promise.reject(new Error("redis is away")));
    const response = await noQueue.request("/health");
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ queue: { trouble: "redis is away" } });
    const gone = connect(store.url());
    await gone.destroy();
    const noStore = healthApp({ ...street.stage, db: gone }, async () => 0);
    const broken = await noStore.request("/health");
    expect(broken.status).toBe(503);
    expect(await broken.text()).not.toMatch(/sqlite|postgres|select|Error/i);
  });

  it("is served on the address that was asked for, until it is stopped", async () => {
    const street = await openStreet(store);
    const port = await freePort();
    const where = { host: "127.0.0.1", port };
    const role = await webRole(street.stage, where, async () => 0);
    expect((await fetch(`http://127.0.0.1:${port}/health`)).status).toBe(200);
    await expect(webRole(street.stage, where, async () => 0)).rejects.toThrow(/is taken. Write another web.port/);
    await role.stop();
    await expect(fetch(`http://127.0.0.1:${port}/health`)).rejects.toThrow();
  });
});
