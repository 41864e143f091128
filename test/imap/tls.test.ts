import { readFileSync } from "node:fs";
import { connect } from "node:net";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { createServer } from "node:tls";
import { describe, expect, it, onTestFinished } from "vitest";
import { startPoller } from "../../src/imap/poller.ts";
import { describeWith } from "../harness/describe-with.ts";
import { deliver } from "../harness/lmtp.ts";
import { startDovecot } from "../harness/servers.ts";
import { until } from "../harness/wait.ts";
import { MemoryStore } from "./memory-store.ts";
import { ADDRESS, PASSWORD, keptLog, mail, settingsFor, startPolled } from "./polled.ts";

// A self-signed certificate for 127.0.0.1 that nothing trusts but these tests.
const file = (name: string) => fileURLToPath(new URL(`tls/${name}`, import.meta.url));
const cert = readFileSync(file("cert.pem"), "utf8");
const key = readFileSync(file("key.pem"), "utf8");

/** TLS on a port of its own, in front of a plain one. */
async function tlsInFrontOf(port: number): Promise<number> {
  const server = createServer({ cert, key }, (client) => {
    const plain = connect(port, "127.0.0.1");
    client.on("error", () => {}).on("close", () => plain.destroy());
    plain.on("error", () => {}).on("close", () => client.destroy());
    client.pipe(plain).pipe(client);
  });
  server.on("tlsClientError", () => {});
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

const backedOff = (store: MemoryStore) => () => store.states.find((state) => state.startsWith("backing-off"));
const idle = (store: MemoryStore) => () => store.states.some((state) => state.startsWith("idle"));

describe("TLS from the first byte", () => {
  it("works with an authority that is named", async () => {
    const polled = await startPolled();
    polled.start({ port: await tlsInFrontOf(polled.meddler.port), tls: "implicit", ca: cert });
    await until(idle(polled.store), { what: "the first round" });
    await polled.deliver(mail("sealed"));
    await until(() => polled.store.uids.length === 1, { what: "the message" });
    expect(polled.store.source(1)).toBe(mail("sealed"));
  });

  it("refuses a certificate that nobody vouches for, before it says a word", async () => {
    const polled = await startPolled();
    polled.start({ port: await tlsInFrontOf(polled.meddler.port), tls: "implicit" });
    expect(await until(backedOff(polled.store), { what: "the failure" })).toMatch(/self-signed/i);
    expect(polled.meddler.commands).toEqual([]);
  });

  it("takes any certificate when told to", async () => {
    const polled = await startPolled();
    polled.start({ port: await tlsInFrontOf(polled.meddler.port), tls: "implicit", rejectUnauthorized: false });
    await until(idle(polled.store), { what: "the first round" });
    expect(polled.meddler.commands).toContain("SELECT INBOX");
  });
});

describeWith(["dovecot"], "STARTTLS on Dovecot", () => {
  it("turns to TLS before the login, and refuses a certificate that nobody vouches for", async () => {
    const extraConf = `ssl = required\nssl_cert = <${file("cert.pem")}\nssl_key = <${file("key.pem")}\ndisable_plaintext_auth = yes`;
    const dovecot = await startDovecot({ users: { [ADDRESS]: PASSWORD }, extraConf });
    const trusting = new MemoryStore();
    const wary = new MemoryStore();
    const options = { log: keptLog().log, onStored: () => {}, now: () => Date.now(), random: () => 0 };
    const timeouts = { commandMs: 10_000, connectMs: 10_000, greetingMs: 10_000, socketMs: 10_000 };
    const settings = settingsFor(dovecot.imapPort, { tls: "starttls", timeouts });
    const pollers = [startPoller({ ...settings, ca: cert }, trusting, options), startPoller(settings, wary, options)];
    onTestFinished(async () => {
      await Promise.all(pollers.map((poller) => poller.stop()));
      await dovecot.stop();
    });
    await until(idle(trusting), { what: "the first round" });
    await deliver(dovecot.lmtpPort, mail("sealed"), ADDRESS, "maria@home.example");
    await until(() => trusting.uids.length === 1, { what: "the message" });
    expect(trusting.source(1)).toContain("Subject: sealed");
    expect(await until(backedOff(wary), { what: "the refusal" })).toMatch(/self-signed/i);
    expect(wary.begun).toEqual([]);
  });
});
