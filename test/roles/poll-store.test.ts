import { expect, it } from "vitest";
import { LeaseLost, takeLease } from "../../src/db/lease.ts";
import { mailboxByName } from "../../src/db/mailbox.ts";
import { getRaw } from "../../src/db/raw.ts";
import { pollStore } from "../../src/roles/poll-store.ts";
import { onBothStores } from "../db/stores.ts";
import { mail } from "../harness/mails.ts";

const NOW = Date.UTC(2026, 10, 23, 10);
const DAY = 24 * 3600_000;
let boxes = 0;

onBothStores("the poller's store", (store) => {
  async function open() {
    const name = `polled-${++boxes}`;
    const box = await mailboxByName(store.db(), name, NOW);
    const lease = (await takeLease(store.db(), `mailbox:${name}`, "one"))!;
    const polled = pollStore(store.db(), { id: box.id, name, maxBytes: 50_000_000 }, lease, () => NOW);
    const raw = (uid: number, more = {}) => ({
      mailbox: name,
      uidValidity: 7,
      uid,
      receivedAt: NOW,
      source: mail({ from: "m@x.example", to: "support@nw.example" }).raw,
      ...more,
    });
    const rows = () => store.db()("inbound").where({ mailbox_id: box.id }).orderBy("uid");
    return { name, lease, polled, raw, rows };
  }

  it("adopts at UIDNEXT, keeps bytes as they came, and a UID once", async () => {
    const { polled, raw, rows } = await open();
    expect(await polled.begin({ uidValidity: 7, uidNext: 301 })).toEqual({ baseline: 301 });
    expect(await polled.missing(7, [301, 302])).toEqual([301, 302]);
    const [one, two] = [raw(301), raw(302)];
    await polled.commit([one, two]);
    await polled.commit([raw(301), raw(302)]);
    expect(await polled.missing(7, [301, 302, 303])).toEqual([303]);
    const stored = await rows();
    expect(stored).toHaveLength(2);
    expect((await getRaw(store.db(), stored[0].raw_sha256)).equals(one.source)).toBe(true);
    expect(await polled.unfinished(7, [301, 302])).toEqual([301, 302]);
    await polled.finished(7, [301]);
    expect(await polled.unfinished(7, [301, 302])).toEqual([302]);
  });

  it("looks at everything after UIDVALIDITY changed, and keeps quiet about mail older than a week", async () => {
    const { polled, raw, rows } = await open();
    await polled.begin({ uidValidity: 7, uidNext: 301 });
    await polled.commit([raw(301, { receivedAt: NOW - 30 * DAY })]);
    expect(await polled.begin({ uidValidity: 8, uidNext: 900 })).toEqual({ baseline: 1 });
    await polled.commit([
      raw(1, { uidValidity: 8, receivedAt: NOW - 8 * DAY }),
      raw(2, { uidValidity: 8, receivedAt: NOW - DAY }),
    ]);
    const quiet = Object.fromEntries((await rows()).map((row) => [`${row.uid_validity}/${row.uid}`, row.quiet]));
    expect(quiet).toEqual({ "7/301": 0, "8/1": 1, "8/2": 0 });
  });

  it("commits nothing once the lease is somebody else's", async () => {
    const { name, polled, raw, rows } = await open();
    await polled.begin({ uidValidity: 7, uidNext: 1 });
    await store
      .db()("lease")
      .where({ name: `mailbox:${name}` })
      .update({ holder: "two" })
      .increment("epoch", 1);
    await expect(polled.commit([raw(5)])).rejects.toThrow(LeaseLost);
    await expect(polled.begin({ uidValidity: 9, uidNext: 1 })).rejects.toThrow(LeaseLost);
    expect(await rows()).toEqual([]);
  });

  it("shows a message that was left on the server for its size", async () => {
    const { polled, rows } = await open();
    await polled.tooLarge(7, 12, 80_000_000, { from: "m@x.example", subject: "A film", receivedAt: NOW });
    expect(await rows()).toMatchObject([
      {
        state: "quarantined",
        raw_sha256: null,
        from_address: "m@x.example",
        subject: "A film",
        reason: expect.stringContaining("80.0 MB is over this mailbox's max_size of 50.0 MB"),
      },
    ]);
    expect(await polled.missing(7, [12])).toEqual([]);
  });
});
