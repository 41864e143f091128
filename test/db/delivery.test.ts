import { randomBytes } from "node:crypto";
import { expect, it } from "vitest";
import { claimDelivery, claimsOf, expireClaim, settleAttempt, startData } from "../../src/db/attempt.ts";
import {
  cancelDelivery,
  deliveryById,
  freezeDelivery,
  resendDelivery,
  reserveDelivery,
} from "../../src/db/delivery.ts";
import { packRaw } from "../../src/db/raw.ts";
import { onBothStores, type Store } from "./stores.ts";

const NOW = Date.UTC(2026, 10, 23, 10);

async function newDelivery(store: Store, cause = randomBytes(6).toString("hex")): Promise<number> {
  return await store.db().transaction(async (tx) => {
    const draft = {
      kind: "ack",
      cause,
      recipient: "maria@home.example",
      ticketId: null,
      entryId: null,
      agentId: null,
      audience: "customer",
      envelopeFrom: "support@nw.example",
      notBefore: NOW,
    } as const;
    const id = (await reserveDelivery(tx, draft, NOW))!;
    await freezeDelivery(
      tx,
      id,
      {
        raw: await packRaw(Buffer.from("Subject: x\r\n\r\ny")),
        messageId: "x@nw.example",
        subject: "x",
        envelopeFrom: "support@nw.example",
      },
      NOW,
    );
    return id;
  });
}

onBothStores("deliveries", (store) => {
  const db = () => store.db();

  it("writes one delivery for a cause and a recipient", async () => {
    const id = await newDelivery(store, "ticket 1");
    expect(id).toBeGreaterThan(0);
    const again = {
      kind: "ack",
      cause: "ticket 1",
      recipient: "maria@home.example",
      ticketId: null,
      entryId: null,
      agentId: null,
      audience: "customer",
      envelopeFrom: "x",
      notBefore: NOW,
    } as const;
    expect(await db().transaction((tx) => reserveDelivery(tx, again, NOW))).toBeUndefined();
  });

  it("gives a claim to one of many workers", async () => {
    const id = await newDelivery(store);
    const claims = await Promise.all(
      Array.from({ length: 8 }, (_, n) => db().transaction((tx) => claimDelivery(tx, id, 0, `worker:${n}`, NOW))),
    );
    expect(claims.filter(Boolean)).toHaveLength(1);
    expect((await deliveryById(db(), id))?.state).toBe("sending");
  });

  it("frees a dead worker's claim without data, and refuses the dead one the start of data", async () => {
    const id = await newDelivery(store);
    await db().transaction((tx) => claimDelivery(tx, id, 0, "worker:dead", NOW));
    expect(await claimsOf(db(), "worker:dead")).toEqual([{ id, epoch: 1, ticketId: null }]);
    expect(await db().transaction((tx) => expireClaim(tx, id, 1, NOW))).toBe("pending");
    expect(await startData(db(), id, 1, NOW)).toBe(false);
    const claimed = await db().transaction((tx) => claimDelivery(tx, id, 2, "worker:next", NOW));
    expect(claimed?.epoch).toBe(3);
    expect(await startData(db(), id, 3, NOW)).toBe(true);
    expect(await startData(db(), id, 3, NOW)).toBe(false);
  });

  it("leaves a dead worker's claim with data uncertain, and lets its late reply settle it", async () => {
    const id = await newDelivery(store);
    await db().transaction((tx) => claimDelivery(tx, id, 0, "worker:slow", NOW));
    await startData(db(), id, 1, NOW);
    expect(await db().transaction((tx) => expireClaim(tx, id, 1, NOW))).toBe("uncertain");
    expect(await db().transaction((tx) => expireClaim(tx, id, 1, NOW))).toBeUndefined();
    expect(await db().transaction((tx) => claimDelivery(tx, id, 1, "worker:other", NOW))).toBeUndefined();
    const accepted = { state: "accepted", response: "250 ok" } as const;
    expect(await db().transaction((tx) => settleAttempt(tx, id, 1, "accepted", accepted, NOW))).toBe(true);
    expect((await deliveryById(db(), id))?.state).toBe("accepted");
    expect(await db().transaction((tx) => resendDelivery(tx, id, NOW))).toBe(false);
  });

  it("sends an uncertain mail again only when a human says so, and not one that was cancelled on its way", async () => {
    const id = await newDelivery(store);
    expect(await db().transaction((tx) => cancelDelivery(tx, id, "no", NOW))).toBe(true);
    expect(await db().transaction((tx) => cancelDelivery(tx, id, "no", NOW))).toBe(false);
    expect(await db().transaction((tx) => resendDelivery(tx, id, NOW))).toBe(true);
    expect(await db().transaction((tx) => claimDelivery(tx, id, 1, "w", NOW))).toMatchObject({ epoch: 2 });
  });
});
