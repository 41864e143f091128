/** What an IMAP server may do to a gateway: vanish, throw it out, and number its messages anew. */
import { expect, it } from "vitest";
import { describeWith } from "../harness/describe-with.ts";
import { distinctMails, mail } from "../harness/mails.ts";
import { until } from "../harness/wait.ts";
import { count, settled } from "../scenarios/ledger.ts";
import { SUPPORT } from "../scenarios/world.ts";
import { judge } from "./judge.ts";
import { inWorld } from "./load.ts";

const MAILS = 20;
const STACK = { store: "sqlite", queue: "embedded" } as const;

/** A back-off after a lost connection is part of it. */
const RECONNECT_MS = 60_000;

describeWith(["dovecot"], "an IMAP server", () => {
  it("that throws sessions out and crashes costs no mail", { timeout: 150_000 }, async () => {
    await inWorld(STACK, async (world) => {
      const mails = distinctMails(MAILS * 3, SUPPORT, "imap");
      await world.start();
      await world.deliver(mails.slice(0, MAILS));
      world.dovecot.kick(SUPPORT);
      await world.deliver(mails.slice(MAILS, MAILS * 2));
      await until(async () => (await count(world.db, "inbound")) > 5, {
        what: "stored mails",
        timeoutMs: RECONNECT_MS,
      });
      await world.dovecot.down("SIGKILL");
      await world.dovecot.up();
      await world.deliver(mails.slice(MAILS * 2));
      await settled(world.db, mails.length, RECONNECT_MS);
      expect(await judge(world, mails, 0)).toMatchObject({ tickets: mails.length, uncertain: 0 });
    });
  });

  it(
    "that numbers its messages anew leads to no second ticket and no second answer",
    { timeout: 150_000 },
    async () => {
      await inWorld(STACK, async (world) => {
        const mails = distinctMails(MAILS, SUPPORT, "numbers");
        const gateway = await world.start();
        await world.deliver(mails);
        await settled(world.db, MAILS);
        expect(await gateway.stop()).toBe(0);

        world.dovecot.doveadm("mailbox", "update", "-u", SUPPORT, "--uid-validity", "4242424242", "INBOX");
        await world.start();
        await world.deliver(mail({ from: "new@new.example", to: SUPPORT, subject: "After the change" }));
        await settled(world.db, MAILS * 2 + 1, RECONNECT_MS);
        const states = await world.db("inbound").where({ uid_validity: 4242424242 }).orderBy("uid").pluck("state");
        expect(states).toEqual([...mails.map(() => "duplicate"), "recorded"]);
        expect(await count(world.db, "ticket")).toBe(MAILS + 1);
        for (const { sender } of mails) expect([sender, world.sink.to(sender).length]).toEqual([sender, 1]);
      });
    },
  );
});
