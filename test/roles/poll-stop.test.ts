/** A request to stop may come at any moment of the start; none of them may leave a poller behind. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { readLease } from "../../src/db/lease.ts";
import { pollRole } from "../../src/roles/poll.ts";
import { startWorld } from "../../src/sandbox/world.ts";
import { watchLeases } from "../../src/stages/still-leases.ts";
import { onBothStores } from "../db/stores.ts";
import { openStreet } from "../stages/street.ts";

const SUPPORT = { address: "support@nw.example", name: "Support", password: "sesame" };

onBothStores("a poller that is asked to stop while it starts", (store) => {
  for (const ms of [0, 1, 5, 20, 60, 150])
    it(`after ${ms} ms ends, and leaves its lease free`, async () => {
      const street = await openStreet(store);
      const dir = mkdtempSync(join(tmpdir(), "postern-poll-"));
      const world = await startWorld({ dir, authservId: "mx.nw.example", people: [SUPPORT], catchAll: false });
      const mailbox = {
        name: `stop-${ms}`,
        host: "127.0.0.1",
        port: world.imapPort,
        tls: "none",
        user: SUPPORT.address,
        password: SUPPORT.password,
        folder: "INBOX",
        after: { action: "seen" },
        pollMs: 60_000,
        maxBytes: 1_000_000,
        batchMessages: 10,
        batchBytes: 1_000_000,
      } as const;
      const noMail = async () => Promise.reject(new Error("there is no mail"));
      const role = pollRole(street.stage, noMail, watchLeases(), { mailbox, holder: "test", ttlMs: 1000 });
      if (ms > 0) await sleep(ms);
      const ended = await Promise.race([role.stop().then(() => true), sleep(15_000, false)]);
      expect(ended).toBe(true);
      expect((await readLease(street.db, `mailbox:stop-${ms}`))?.holder ?? "").toBe("");
      await world.close();
      rmSync(dir, { recursive: true, force: true });
    });
});
