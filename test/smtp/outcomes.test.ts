/** Every way an SMTP transaction can end, against a server that is told to end it that way. */
import { afterEach, describe, expect, it } from "vitest";
import { openSmtp } from "../../src/smtp/send.ts";
import type { SendHooks, SmtpSettings } from "../../src/smtp/send.ts";
import { scriptedServer } from "./scripted-server.ts";
import type { Script, ScriptedServer } from "./scripted-server.ts";
import { counting, envelope, log, mail, settingsFor, sleep, yes } from "./settings.ts";

const PIPELINING = "250-test\r\n250 PIPELINING";
let server: ScriptedServer;
afterEach(() => server.close());

async function sendTo(script: Script, hooks: SendHooks = yes, more: Partial<SmtpSettings> = {}) {
  server = await scriptedServer(script);
  const smtp = openSmtp(settingsFor(server.port, more), { log });
  const result = await smtp.send(envelope, mail, hooks);
  await smtp.close(500);
  return result;
}

it("accepts with the server's words and hands over exactly the bytes", async () => {
  const hooks = counting();
  expect(await sendTo({}, hooks)).toEqual({ kind: "accepted", response: "250 2.0.0 queued as 1" });
  expect(server.messages).toEqual([mail.toString("latin1")]);
  expect(server.lines).toContain("1: MAIL FROM:<desk@nw.example>");
  expect(hooks.asked()).toBe(1);
});

describe.each([
  ["plain", {}],
  ["pipelining", { ehlo: PIPELINING }],
] as const)("a reply of the server to the envelope (%s)", (_name, base) => {
  it.each([
    ["mail", "451 4.3.0 try later", "deferred"],
    ["mail", "550 5.1.8 sender refused", "rejected"],
    ["mail", "530 5.7.0 authentication required", "deferred"],
    ["mail", "503 5.5.1 bad sequence", "deferred"],
    ["rcpt", "450 4.2.0 greylisted", "deferred"],
    ["rcpt", "550 5.1.1 no such user", "rejected"],
    ["data", "452 4.3.1 no space", "deferred"],
    ["data", "554 5.5.1 no valid recipients", "rejected"],
  ] as const)("%s: %s is %s and nothing was asked or sent", async (step, reply, kind) => {
    const hooks = counting();
    // A pipelining server answers DATA too, although the envelope was refused.
    const data = step === "data" ? reply : "554 5.5.1 no valid recipients";
    const script: Script = { ...base, [step]: reply, ...("ehlo" in base ? { data } : {}) };
    expect(await sendTo(script, hooks)).toEqual({ kind, response: reply });
    expect(hooks.asked()).toBe(0);
    expect(server.messages).toEqual([]);
  });

  it("354 after a refused recipient: nobody's message goes out", async () => {
    const hooks = counting();
    const script: Script = { ...base, rcpt: "550 5.1.1 no such user", data: "354 go on anyway" };
    expect(await sendTo(script, hooks)).toMatchObject({ kind: "rejected" });
    expect(hooks.asked()).toBe(0);
    expect(server.messages.join("")).toBe("");
  });
});

it.each([
  ["451 4.3.0 later", "deferred"],
  ["554 5.7.1 spam", "rejected"],
  ["503 5.5.1 bad sequence", "deferred"],
  ["421 4.3.2 shutting down", "deferred"],
] as const)("final reply %s is %s", async (reply, kind) => {
  const hooks = counting();
  expect(await sendTo({ dot: reply }, hooks)).toEqual({ kind, response: reply });
  expect(hooks.asked()).toBe(1);
});

describe("after DATA, without a reply, the outcome is uncertain", () => {
  it.each<[string, Script]>([
    ["closed after the dot", { dot: (talk) => talk.hangUp() }],
    ["reset after the dot", { dot: (talk) => talk.reset() }],
    ["half a reply, then closed", { dot: (talk) => (talk.raw("55"), talk.hangUp()) }],
    ["a refusal without its line end, then closed", { dot: (talk) => (talk.raw("554 5.7.1 spam"), talk.hangUp()) }],
    ["silence after the dot", { dot: () => {} }],
    ["a reply that is none", { dot: "hello there" }],
    ["a reply of the wrong class", { dot: "354 more please" }],
    [
      "closed right after 354",
      { data: (talk) => (talk.say("354 go on"), setTimeout(() => talk.hangUp(), 30)), dot: () => {} },
    ],
  ])("%s", async (_name, script) => {
    const result = await sendTo(script);
    expect(result).toMatchObject({ kind: "uncertain", why: expect.stringMatching(/no final reply after DATA: .+/) });
  });
});

describe("before DATA, whatever breaks is deferred and leave is never asked", () => {
  it.each<[string, Script, RegExp]>([
    ["dropped before the greeting", { greeting: (talk) => talk.hangUp() }, /closed/],
    ["no greeting", { greeting: () => {} }, /Greeting never received/],
    ["greeting 554", { greeting: "554 5.7.1 go away" }, /SMTP session refused: 554 5\.7\.1 go away/],
    ["greeting 421", { greeting: "421 too busy" }, /421 too busy/],
    ["EHLO and HELO refused", { ehlo: "550 not you" }, /550 not you/],
    ["no answer to EHLO", { ehlo: () => {} }, /did not answer in time/],
    ["an endless EHLO", { ehlo: (talk) => drip(talk) }, /in time/],
    ["dropped at MAIL", { mail: (talk) => talk.hangUp() }, /closed/],
    ["reset at RCPT", { rcpt: (talk) => talk.reset() }, /ECONNRESET|closed/],
    ["dropped at DATA before 354", { data: (talk) => talk.hangUp() }, /closed/],
    ["silence at DATA", { data: () => {} }, /did not answer in time/],
    ["421 at RCPT", { rcpt: "421 4.3.2 going down" }, /421 4\.3\.2 going down/],
    ["nonsense instead of SMTP", { greeting: "HTTP/1.1 400 Bad Request" }, /HTTP/],
  ])("%s", async (_name, script, text) => {
    const hooks = counting();
    const result = await sendTo(script, hooks);
    expect(result).toMatchObject({ kind: "deferred", response: expect.stringMatching(text) });
    expect(hooks.asked()).toBe(0);
  });

  it("a refused connection names the port", async () => {
    server = await scriptedServer();
    const { port } = server;
    await server.close();
    const smtp = openSmtp(settingsFor(port), { log });
    const result = await smtp.send(envelope, mail, yes);
    expect(result).toMatchObject({
      kind: "deferred",
      response: expect.stringContaining(`ECONNREFUSED 127.0.0.1:${port}`),
    });
  });
});

describe("leave refused", () => {
  it.each([
    ["plain", {}],
    ["pipelining", { ehlo: PIPELINING }],
  ] as const)("no byte and no dot reach the server (%s)", async (_name, script) => {
    const hooks = counting(false);
    expect(await sendTo(script, hooks)).toMatchObject({
      kind: "aborted",
      why: expect.stringContaining("no longer ours"),
    });
    await sleep(50);
    expect(hooks.asked()).toBe(1);
    expect(server.lines.at(-1)).toBe("1: DATA");
    expect(server.messages).toEqual([]);
    expect(server.unfinished()).toEqual([""]);
  });

  it("a hook that fails aborts as well, and says why", async () => {
    const result = await sendTo({}, counting(new Error("database is locked")));
    expect(result).toEqual({ kind: "aborted", why: "data_started could not be recorded: database is locked" });
    expect(server.messages).toEqual([]);
  });
});

describe("a slow hook", () => {
  it("holds the bytes back until it has answered", async () => {
    const hooks = { dataStarted: () => sleep(200).then(() => true) };
    const sending = sendTo({}, hooks);
    await sleep(120);
    expect(server.messages).toEqual([]);
    expect(server.lines.at(-1)).toBe("1: DATA");
    expect(await sending).toMatchObject({ kind: "accepted" });
  });

  it("that answers after the connection is gone changes nothing: no byte left", async () => {
    let answered = false;
    const hooks = { dataStarted: () => sleep(150).then(() => (answered = true)) };
    const script: Script = { data: (talk) => (talk.say("354 go on"), setTimeout(() => talk.reset(), 30)) };
    expect(await sendTo(script, hooks)).toMatchObject({ kind: "deferred" });
    expect(answered).toBe(true);
    expect(server.messages).toEqual([]);
  });

  it("that refuses after the connection is gone is a refusal: another has taken the delivery", async () => {
    const hooks = { dataStarted: () => sleep(150).then(() => false) };
    const script: Script = { data: (talk) => (talk.say("354 go on"), setTimeout(() => talk.reset(), 30)) };
    expect(await sendTo(script, hooks)).toMatchObject({ kind: "aborted" });
  });

  it("is not waited for without end", async () => {
    const started = performance.now();
    expect(await sendTo({}, { dataStarted: () => new Promise(() => {}) })).toMatchObject({ kind: "deferred" });
    expect(performance.now() - started).toBeLessThan(4000);
  });
});

it("a 250 that comes before the message was handed over is no acceptance", async () => {
  const script: Script = { data: (talk) => talk.raw("354 go on\r\n250 2.0.0 queued\r\n") };
  const result = await sendTo(script, { dataStarted: () => sleep(80).then(() => true) });
  expect(result).toMatchObject({ kind: "deferred", response: expect.stringContaining("before the message was sent") });
  expect(server.messages).toEqual([]);
});

it("a server that drips one byte at a time ends all the same, uncertain", async () => {
  const started = performance.now();
  const result = await sendTo({ dot: (talk) => drip(talk) });
  expect(result).toMatchObject({ kind: "uncertain" });
  expect(performance.now() - started).toBeLessThan(4000);
});

it.each([
  ["a line break in the recipient", { from: "a@nw.example", to: "b@x.example>\r\nRCPT TO:<evil@x.example" }],
  ["a line break in the sender", { from: "a@nw.example\r\nDATA", to: "b@x.example" }],
  ["no recipient", { from: "a@nw.example", to: "" }],
])("%s is rejected without a word to the server", async (_name, bad) => {
  server = await scriptedServer();
  const smtp = openSmtp(settingsFor(server.port), { log });
  expect(await smtp.send(bad, mail, yes)).toMatchObject({
    kind: "rejected",
    response: expect.stringMatching(/Invalid|No recipients/),
  });
  expect(server.lines.filter((line) => !line.includes("EHLO") && !line.includes("RSET"))).toEqual([]);
  await smtp.close(500);
});

it("a message over the server's SIZE is rejected before MAIL FROM", async () => {
  const result = await sendTo({ ehlo: "250-test\r\n250 SIZE 20" });
  expect(result).toMatchObject({ kind: "rejected", response: expect.stringContaining("larger than allowed") });
});

/** Keeps the connection busy without ever completing a reply. */
function drip(talk: { raw(bytes: string): void }): void {
  talk.raw("250-");
  const timer = setInterval(() => talk.raw("x"), 100);
  setTimeout(() => clearInterval(timer), 6000).unref();
}
