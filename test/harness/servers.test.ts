import { ImapFlow } from "imapflow";
import { Redis as RedisClient } from "ioredis";
import pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { describeWith } from "./describe-with.ts";
import { deliver, openLmtp } from "./lmtp.ts";
import { distinctMails, mail } from "./mails.ts";
import { startDovecot, startPostgres, startRedis } from "./servers.ts";
import type { Dovecot, Postgres, Redis } from "./servers.ts";

describeWith(["dovecot"], "a private Dovecot", () => {
  let dovecot: Dovecot;
  const login = { user: "help@nw.example", pass: "secret" };
  beforeAll(async () => {
    dovecot = await startDovecot({ users: { [login.user]: login.pass } });
  });
  afterAll(() => dovecot?.stop());

  const connect = async () => {
    const imap = new ImapFlow({ host: "127.0.0.1", port: dovecot.imapPort, secure: false, auth: login, logger: false });
    imap.on("error", () => undefined);
    await imap.connect();
    return imap;
  };
  const readAll = async () => {
    const imap = await connect();
    await imap.mailboxOpen("INBOX");
    const messages = await imap.fetchAll("1:*", { source: true });
    await imap.logout();
    return messages.map((message) => message.source!);
  };

  it("gives back by IMAP the bytes that LMTP delivered, also to a plus address", async () => {
    const sent = mail({ from: "maria@home.example", to: login.user, subject: "Grüße", text: "Zeile mit ä\n.\n.\n" });
    await deliver(dovecot.lmtpPort, sent.raw, "help+orders@nw.example", sent.sender, {
      authResults: "mx.nw.example; dmarc=pass header.from=home.example",
    });
    const [stored] = await readAll();
    const text = stored!.toString();
    expect(stored!.subarray(-sent.raw.length).equals(sent.raw)).toBe(true);
    expect(text).toContain("Delivered-To: help+orders@nw.example");
    expect(text.indexOf("Authentication-Results: mx.nw.example; dmarc=pass")).toBeLessThan(
      text.indexOf("by mx.nw.example"),
    );
  });

  it("takes many deliveries over one connection, and says which recipient it does not know", async () => {
    const lmtp = await openLmtp(dovecot.lmtpPort);
    const before = (await readAll()).length;
    for (const each of distinctMails(5, login.user)) await lmtp.deliver(each.raw, login.user, each.sender);
    await lmtp.close();
    expect(await readAll()).toHaveLength(before + 5);
    await expect(deliver(dovecot.lmtpPort, "x", "nobody@elsewhere.example", "a@b.example")).rejects.toThrow(
      /elsewhere/,
    );
  });

  it("drops a session on demand, and changes UIDVALIDITY", async () => {
    const imap = await connect();
    const closed = new Promise((resolve) => imap.once("close", () => resolve("closed")));
    dovecot.kick(login.user);
    expect(await closed).toBe("closed");
    dovecot.kick(login.user);
    dovecot.doveadm("mailbox", "update", "-u", login.user, "--uid-validity", "424242", "INBOX");
    const again = await connect();
    const opened = await again.mailboxOpen("INBOX");
    expect(Number(opened.uidValidity)).toBe(424242);
    await again.logout();
  });

  it("comes back on the same ports with its mail", async () => {
    const before = await readAll();
    await dovecot.down("SIGKILL");
    await expect(connect()).rejects.toThrow();
    await dovecot.up();
    expect(await readAll()).toHaveLength(before.length);
  });

  it("takes further configuration", async () => {
    const small = await startDovecot({
      users: { [login.user]: login.pass },
      extraConf: "protocol lmtp {\n  mail_plugins =\n}\nimap_capability = IMAP4rev1\n",
    });
    const imap = new ImapFlow({ host: "127.0.0.1", port: small.imapPort, secure: false, auth: login, logger: false });
    await imap.connect();
    expect(imap.capabilities.has("IDLE")).toBe(false);
    await imap.logout();
    await small.stop();
  });
});

describeWith(["redis"], "a private Redis", () => {
  let redis: Redis;
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis?.stop());

  it("keeps a key until FLUSHALL, and nothing over a restart on the same port", async () => {
    const client = new RedisClient(redis.url, { retryStrategy: () => 20, maxRetriesPerRequest: null });
    client.on("error", () => undefined);
    await client.set("bell", "rung");
    expect(await client.get("bell")).toBe("rung");
    await redis.flushall();
    expect(await client.get("bell")).toBeNull();
    await client.set("bell", "rung");
    await redis.down("SIGKILL");
    await redis.up();
    expect(await client.get("bell")).toBeNull();
    client.disconnect();
  });
});

describeWith(["postgres"], "a private PostgreSQL", () => {
  let postgres: Postgres;
  beforeAll(async () => {
    postgres = await startPostgres();
  });
  afterAll(() => postgres?.stop());

  it("creates databases that know nothing of one another, and keeps them over a restart", async () => {
    const [first, second] = [await postgres.createDatabase("first"), await postgres.createDatabase("second")];
    const ask = async (url: string, sql: string) => {
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      try {
        return (await client.query(sql)).rows;
      } finally {
        await client.end();
      }
    };
    await ask(first, "CREATE TABLE bell AS SELECT 'Grüße' AS text");
    await postgres.down();
    await postgres.up();
    expect(await ask(first, "SELECT text FROM bell")).toEqual([{ text: "Grüße" }]);
    await expect(ask(second, "SELECT text FROM bell")).rejects.toThrow(/does not exist/);
    await expect(postgres.createDatabase("x; drop")).rejects.toThrow(/plain database name/);
  });
});
