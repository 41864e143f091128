/** Reuse of connections, idle ones that died, limits, login, TLS, verify and close. */
import type { SMTPServerOptions } from "smtp-server";
import { afterEach, describe, expect, it } from "vitest";
import { openSmtp } from "../../src/smtp/send.ts";
import type { SmtpSettings } from "../../src/smtp/send.ts";
import { realServer } from "./real-server.ts";
import { scriptedServer } from "./scripted-server.ts";
import { counting, envelope, log, mail, settingsFor, sleep, yes } from "./settings.ts";

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});
const real = async (...args: Parameters<typeof realServer>) => {
  const server = await realServer(...args);
  closers.push(server.close);
  return server;
};
const scripted = async (...args: Parameters<typeof scriptedServer>) => {
  const server = await scriptedServer(...args);
  closers.push(server.close);
  return server;
};
const client = (port: number, more: Partial<SmtpSettings> = {}) => {
  const smtp = openSmtp(settingsFor(port, more), { log });
  closers.push(() => smtp.close(300));
  return smtp;
};

describe("reuse", () => {
  it("sends one after the other over one connection", async () => {
    const server = await real();
    const smtp = client(server.port);
    for (let n = 0; n < 30; n++) expect((await smtp.send(envelope, mail, yes)).kind).toBe("accepted");
    expect(server.received).toHaveLength(30);
    expect(server.sessions.size).toBe(1);
  });

  it("opens at most `connections`, and all messages pass", async () => {
    const server = await real({}, 20);
    const smtp = client(server.port, { connections: 3 });
    const results = await Promise.all(Array.from({ length: 40 }, () => smtp.send(envelope, mail, yes)));
    expect(results.every(({ kind }) => kind === "accepted")).toBe(true);
    expect(server.received).toHaveLength(40);
    expect(server.peak()).toBe(3);
  });

  it("takes a new connection after `maxMessagesPerConnection`", async () => {
    const server = await real();
    const smtp = client(server.port, { maxMessagesPerConnection: 5 });
    for (let n = 0; n < 12; n++) await smtp.send(envelope, mail, yes);
    expect(server.received).toHaveLength(12);
    expect(server.sessions.size).toBe(3);
  });

  it("goes on over the same connection after a refused recipient, with RSET", async () => {
    const server = await scripted({
      rcpt: (talk) => talk.say(talk.transaction === 1 ? "550 5.1.1 no such user" : "250 ok"),
    });
    const smtp = client(server.port, { connections: 1 });
    expect((await smtp.send(envelope, mail, yes)).kind).toBe("rejected");
    expect((await smtp.send(envelope, mail, yes)).kind).toBe("accepted");
    expect(server.connections()).toBe(1);
    expect(server.lines).toContain("1: RSET");
  });

  it("does not go on over a connection on which a message was aborted", async () => {
    const server = await scripted();
    const smtp = client(server.port, { connections: 1 });
    expect((await smtp.send(envelope, mail, counting(false))).kind).toBe("aborted");
    expect((await smtp.send(envelope, mail, yes)).kind).toBe("accepted");
    expect(server.connections()).toBe(2);
    expect(server.messages).toHaveLength(1);
  });
});

describe("an idle connection that died", () => {
  it("was closed by the server: noticed before MAIL FROM", async () => {
    const server = await scripted({
      dot: (talk) => (talk.say("250 ok"), talk.connection === 1 && setTimeout(() => talk.hangUp(), 20)),
    });
    const smtp = client(server.port);
    await smtp.send(envelope, mail, yes);
    await sleep(80);
    const hooks = counting();
    expect((await smtp.send(envelope, mail, hooks)).kind).toBe("accepted");
    expect(hooks.asked()).toBe(1);
    expect(server.lines.filter((line) => line.includes("MAIL"))).toEqual([
      "1: MAIL FROM:<desk@nw.example>",
      "2: MAIL FROM:<desk@nw.example>",
    ]);
  });

  it.each([
    ["dropped at the next MAIL FROM", (talk: { hangUp(): void }) => talk.hangUp()],
    ["421 at the next MAIL FROM", (talk: { say(line: string): void }) => talk.say("421 4.4.2 idle too long")],
    ["silent at the next MAIL FROM", () => {}],
  ])("%s: tried once more on a fresh one, asked once", async (_name, act) => {
    const server = await scripted({
      mail: (talk) => (talk.connection === 1 && talk.transaction === 2 ? act(talk) : talk.say("250 ok")),
    });
    const smtp = client(server.port);
    await smtp.send(envelope, mail, yes);
    const hooks = counting();
    expect((await smtp.send(envelope, mail, hooks)).kind).toBe("accepted");
    expect(hooks.asked()).toBe(1);
    expect(server.connections()).toBe(2);
    expect(server.messages).toHaveLength(2);
  });

  it("is tried once more only: a server that drops every MAIL FROM gives deferred", async () => {
    const server = await scripted({
      mail: (talk) => (talk.connection === 1 && talk.transaction === 1 ? talk.say("250 ok") : talk.hangUp()),
    });
    const smtp = client(server.port);
    await smtp.send(envelope, mail, yes);
    expect((await smtp.send(envelope, mail, yes)).kind).toBe("deferred");
    expect(server.connections()).toBe(2);
  });

  it("that breaks after the dot is uncertain and is not tried again", async () => {
    const server = await scripted({ dot: (talk) => (talk.transaction === 2 ? talk.hangUp() : talk.say("250 ok")) });
    const smtp = client(server.port);
    await smtp.send(envelope, mail, yes);
    expect((await smtp.send(envelope, mail, yes)).kind).toBe("uncertain");
    expect(server.connections()).toBe(1);
  });
});

describe("login", () => {
  const asking = (user = "desk", pass = "secret"): SMTPServerOptions => ({
    authOptional: false,
    authMethods: ["PLAIN", "LOGIN", "XOAUTH2"],
    onAuth: (auth, _session, done) =>
      auth.username === user && (auth.password === pass || auth.accessToken === pass)
        ? done(null, { user })
        : done(null, { data: { status: "401", schemes: "bearer" }, message: "wrong password" }),
  });

  it("with user and password", async () => {
    const server = await real(asking());
    const smtp = client(server.port, { user: "desk", password: "secret" });
    expect((await smtp.send(envelope, mail, yes)).kind).toBe("accepted");
    expect(server.received[0]!.user).toBe("desk");
  });

  it("with an access token (XOAUTH2)", async () => {
    const server = await real(asking("desk", "token-1"));
    const smtp = client(server.port, { user: "desk", accessToken: "token-1" });
    expect((await smtp.send(envelope, mail, yes)).kind).toBe("accepted");
    expect(server.received[0]!.user).toBe("desk");
  });

  it.each([
    ["password", { user: "desk", password: "wrong" }],
    ["token", { user: "desk", accessToken: "expired" }],
  ])("a wrong %s is deferred, whatever the code, and verify says why", async (_name, credentials) => {
    const server = await real(asking());
    const smtp = client(server.port, credentials);
    const hooks = counting();
    const text = /^login refused: 535 ./;
    expect(await smtp.send(envelope, mail, hooks)).toEqual({ kind: "deferred", response: expect.stringMatching(text) });
    expect(hooks.asked()).toBe(0);
    expect(await smtp.verify()).toEqual({ ok: false, why: expect.stringMatching(text) });
  });

  it("a server without AUTH is told apart", async () => {
    const server = await scripted();
    const smtp = client(server.port, { user: "desk", password: "secret" });
    expect(await smtp.verify()).toEqual({ ok: false, why: expect.stringContaining("offers no login") });
    expect(server.lines.join()).not.toContain("MAIL");
  });
});

describe("TLS", () => {
  it.each([
    ["implicit", { secure: true }, true],
    ["starttls", {}, true],
    ["opportunistic", {}, true],
    ["opportunistic", { hideSTARTTLS: true }, false],
    ["none", {}, false],
  ] as const)("%s with %o", async (tls, options, secure) => {
    const server = await real(options);
    const smtp = client(server.port, { tls, ...(tls === "opportunistic" ? {} : { rejectUnauthorized: false }) });
    expect((await smtp.send(envelope, mail, yes)).kind).toBe("accepted");
    expect(server.received[0]!.secure).toBe(secure);
  });

  it.each(["implicit", "starttls"] as const)("%s: an unknown certificate is deferred and named", async (tls) => {
    const server = await real({ secure: tls === "implicit" });
    const smtp = client(server.port, { tls });
    const text = /certificate/i;
    expect(await smtp.send(envelope, mail, yes)).toMatchObject({
      kind: "deferred",
      response: expect.stringMatching(text),
    });
    expect(server.received).toEqual([]);
  });

  it("starttls is required: no mail without it", async () => {
    const server = await scripted({ ehlo: "250-test\r\n250 PIPELINING" });
    const smtp = client(server.port, { tls: "starttls", rejectUnauthorized: false });
    expect((await smtp.send(envelope, mail, yes)).kind).toBe("deferred");
    expect(server.lines.join()).not.toContain("MAIL");
  });
});

describe("verify and close", () => {
  it("verify is ok and leaves with QUIT", async () => {
    const server = await scripted();
    expect(await client(server.port).verify()).toEqual({ ok: true });
    await sleep(30);
    expect(server.lines).toEqual(["1: EHLO postern.test", "1: QUIT"]);
  });

  it("close lets the message in hand finish, says QUIT, and takes no more", async () => {
    const server = await scripted({ dot: (talk) => void setTimeout(() => talk.say("250 late"), 150) });
    const smtp = client(server.port);
    const sending = smtp.send(envelope, mail, yes);
    await sleep(50);
    await smtp.close(1000);
    expect(await sending).toEqual({ kind: "accepted", response: "250 late" });
    expect(await smtp.send(envelope, mail, yes)).toMatchObject({ kind: "deferred" });
    await sleep(30);
    expect(server.lines.at(-1)).toBe("1: QUIT");
  });

  it("close cuts off what does not finish in time: uncertain, at once", async () => {
    const server = await scripted({ dot: () => {} });
    const smtp = client(server.port, { timeouts: { connectMs: 1000, greetingMs: 300, socketMs: 5000 } });
    const sending = smtp.send(envelope, mail, yes);
    await sleep(50);
    const started = performance.now();
    await smtp.close(100);
    expect(await sending).toMatchObject({ kind: "uncertain" });
    expect(performance.now() - started).toBeLessThan(1000);
  });

  it("those who wait for a connection are deferred when it closes", async () => {
    const server = await scripted({ dot: () => {} });
    const smtp = client(server.port, { connections: 1 });
    const first = smtp.send(envelope, mail, yes);
    const second = smtp.send(envelope, mail, yes);
    await sleep(50);
    await smtp.close(50);
    expect((await first).kind).toBe("uncertain");
    expect(await second).toEqual({ kind: "deferred", response: "sending is being stopped" });
  });
});
