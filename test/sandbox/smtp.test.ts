import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import type { SentMail } from "../../src/sandbox/smtp-receiver.ts";
import { ANN, AUTHSERV, connected, imapClient, inboxOf, letter, openWorld, send, SUPPORT } from "./fixture.ts";

const FROM = "maria@home.example";

const mailFrom = (from: string, more = ""): string =>
  `From: ${from}\r\n${more}To: ${SUPPORT.address}\r\nSubject: Hi\r\n\r\nHello\r\n`;

/** Delivers one message and returns the value of the topmost Authentication-Results. */
async function stamped(raw: string, as?: { address: string; password: string }): Promise<string> {
  const world = await openWorld();
  await send(world, { from: as?.address ?? FROM, to: SUPPORT.address, raw }, as);
  const [source = ""] = await inboxOf(world, SUPPORT.address);
  return /^Authentication-Results: (.*)\r$/m.exec(source)?.[1] ?? "";
}

describe("an accepted message", () => {
  it("gets the trace fields on top, in order, and is otherwise untouched", async () => {
    const world = await openWorld();
    await send(world, { from: FROM, to: "Support+a12-xyz@desk.example", raw: letter(1) });
    const [source = ""] = await inboxOf(world, SUPPORT.address);
    const [returnPath, deliveredTo, results, received, recipient] = source.split("\r\n");
    expect(returnPath).toBe("Return-Path: <maria@home.example>");
    expect(deliveredTo).toBe("Delivered-To: Support+a12-xyz@desk.example");
    expect(results).toBe(`Authentication-Results: ${AUTHSERV}; auth=none; dmarc=none header.from=home.example`);
    expect(received).toMatch(/^Received: from \S+ by mail\.sandbox\.example with ESMTP id \w+$/);
    expect(recipient).toMatch(/^\tfor <Support\+a12-xyz@desk\.example>; \w{3}, \d\d \w{3} \d{4} [\d:]{8} \+0000$/);
    expect(source.split("\r\n").slice(5).join("\r\n")).toBe(letter(1).toString("utf8"));
  });

  it("shows the null path", async () => {
    const world = await openWorld();
    await send(world, { from: "", to: SUPPORT.address, raw: letter(1) });
    expect((await inboxOf(world, SUPPORT.address))[0]).toMatch(/^Return-Path: <>\r\n/);
  });

  it("is told to listeners, one of which may fail", async () => {
    const world = await openWorld();
    const heard: SentMail[] = [];
    world.onMail(() => {
      throw new Error("a listener's own fault");
    });
    const stop = world.onMail((mail) => heard.push(mail));
    const raw = mailFrom(ANN.address);
    await send(world, { from: ANN.address, to: [SUPPORT.address, FROM], raw }, ANN);
    await send(world, { from: FROM, to: SUPPORT.address, raw: letter(2) });
    stop();
    await send(world, { from: FROM, to: SUPPORT.address, raw: letter(3) });
    expect(heard.map(({ to, authenticatedAs }) => [to, authenticatedAs])).toEqual([
      [[SUPPORT.address, FROM], ANN.address],
      [[SUPPORT.address], null],
    ]);
    expect(heard[0]!.raw.toString()).toBe(raw);
  });
});

describe("Authentication-Results", () => {
  const passed = `${AUTHSERV}; auth=pass smtp.auth=ann@desk.example; dmarc=pass header.from=desk.example`;

  it.each([
    ["plain", "ann@desk.example"],
    ["with a name", '"Ann, of Support" <Ann@desk.example>'],
    ["folded", "Ann\r\n <ann@desk.example>\r\n\t(at work)"],
    ["with a tag", "ann+news@desk.example"],
  ])("pass when the author logged in: %s", async (_, from) => {
    expect((await stamped(mailFrom(from), ANN)).toLowerCase()).toBe(passed);
  });

  it.each([
    ["somebody else's session", "support@desk.example", ANN],
    ["no session", "Ann <ann@desk.example>", undefined],
    ["a tag", "ann+x@desk.example", undefined],
    ["a quoted local part", '"ann"@desk.example', undefined],
    ["a comment inside", "ann(x)@(y)desk.example", undefined],
    ["upper case, folded", "Someone\r\n\t<ANN@DESK.EXAMPLE>", undefined],
  ])("fail when a known address is used by somebody else: %s", async (_, from, as) => {
    expect(await stamped(mailFrom(from), as)).toMatch(/dmarc=fail header\.from=desk\.example$/i);
  });

  it.each([
    ["two fields", mailFrom(ANN.address, "From: support@desk.example\r\n")],
    ["two fields, one odd", mailFrom(ANN.address, "FROM \t: support@desk.example\r\n")],
    ["two fields, one behind a lone CR", mailFrom(ANN.address, "X-A: b\rFrom: support@desk.example\r\n")],
    ["two authors", mailFrom("ann@desk.example, support@desk.example")],
    ["an address as the name", mailFrom("support@desk.example <ann@desk.example>")],
    ["two angles", mailFrom("<support@desk.example> <ann@desk.example>")],
    ["a route", mailFrom("<@desk.example:ann@desk.example>")],
    ["an open quote", mailFrom('"Ann <ann@desk.example>')],
    ["an encoded address", mailFrom("=?utf-8?Q?support=40desk.example?=@desk.example")],
    ["a NUL", mailFrom("ann@desk.example\0")],
    ["nobody", `Subject: x\r\n\r\nFrom: ann@desk.example\r\n`],
    ["nothing", mailFrom("")],
  ])("fail when From does not name one author, though the session is logged in: %s", async (_, raw) => {
    expect(await stamped(raw, ANN)).toBe(`${AUTHSERV}; auth=pass smtp.auth=ann@desk.example; dmarc=fail`);
  });

  it("none for a stranger, logged in or not", async () => {
    expect(await stamped(mailFrom(FROM))).toBe(`${AUTHSERV}; auth=none; dmarc=none header.from=home.example`);
    expect(await stamped(mailFrom(FROM), ANN)).toMatch(/auth=pass smtp.auth=ann@desk.example; dmarc=none/);
  });

  const forged = "dmarc=pass header.from=desk.example";
  it.each([
    ["plain", `Authentication-Results: ${AUTHSERV}; ${forged}\r\n`],
    ["upper case", `AUTHENTICATION-RESULTS: ${AUTHSERV.toUpperCase()}; ${forged}\r\n`],
    ["folded", `Authentication-Results:\r\n\t${AUTHSERV};\r\n\t${forged}\r\n`],
    ["a space before the colon", `Authentication-Results : ${AUTHSERV}; ${forged}\r\n`],
    ["with a version", `Authentication-Results: ${AUTHSERV} 1; ${forged}\r\n`],
    ["quoted", `Authentication-Results: "${AUTHSERV}"; ${forged}\r\n`],
    ["behind a comment", `Authentication-Results: (a; (b) \\) c) ${AUTHSERV}; ${forged}\r\n`],
    ["behind an open comment", `Authentication-Results: ( ${AUTHSERV}; ${forged}\r\n`],
    ["with a lone LF", `X: y\nAuthentication-Results: ${AUTHSERV}; ${forged}\n`],
    ["with a lone CR", `X: y\rAuthentication-Results: ${AUTHSERV}; ${forged}\r\n`],
  ])("of the server's own name is taken out when a sender wrote it: %s", async (_, field) => {
    const world = await openWorld();
    const others = "Authentication-Results: mx.other.example; spf=pass\r\n";
    const raw = `${others}${field}${mailFrom(ANN.address)}Authentication-Results: ${AUTHSERV}; in the body\r\n`;
    await send(world, { from: FROM, to: SUPPORT.address, raw });
    const [source = ""] = await inboxOf(world, SUPPORT.address);
    const [head = "", body = ""] = source.split("\r\n\r\n");
    expect(head.match(/mail\.sandbox\.example[\s\S]{0,4};/gi)).toEqual([`${AUTHSERV};`]);
    expect(head).toContain("dmarc=fail");
    expect(head).not.toContain("dmarc=pass");
    expect(head).toContain(others.trim());
    expect(body).toContain("in the body");
  });
});

describe("recipients", () => {
  it("nobody knows get a mailbox with the password of the sandbox, when all are caught", async () => {
    const world = await openWorld();
    await send(world, { from: SUPPORT.address, to: "Maria+x@home.example", raw: letter(1) });
    const client = await connected(world, { address: "maria@home.example", password: "postern" });
    expect((await client.mailboxOpen("INBOX")).exists).toBe(1);
    expect((await client.list()).length).toBe(5);
  });

  it("nobody knows are refused otherwise, known ones not", async () => {
    const world = await openWorld({ catchAll: false });
    await expect(send(world, { from: FROM, to: "nobody@desk.example", raw: letter(1) })).rejects.toMatchObject({
      responseCode: 550,
    });
    await send(world, { from: FROM, to: "support+tag@desk.example", raw: letter(2) });
    expect((await inboxOf(world, SUPPORT.address)).length).toBe(1);
    expect(world.store.people.size).toBe(2);
  });

  it("log in with the right password only", async () => {
    const world = await openWorld();
    const wrong = { ...ANN, password: "postern" };
    await expect(send(world, { from: FROM, to: SUPPORT.address, raw: letter(1) }, wrong)).rejects.toMatchObject({
      responseCode: 535,
    });
    await expect(imapClient(world, { address: "nobody@x.example", password: "postern" }).connect()).rejects.toThrow();
  });
});

describe("faults", () => {
  it("refuse a recipient with the code of the rule", async () => {
    const world = await openWorld();
    world.smtp.smtpRule = (address) => (address.startsWith("ann") ? { code: 451, message: "greylisted" } : undefined);
    await expect(send(world, { from: FROM, to: ANN.address, raw: letter(1) })).rejects.toMatchObject({
      responseCode: 451,
    });
    await send(world, { from: FROM, to: SUPPORT.address, raw: letter(1) });
    expect((await inboxOf(world, SUPPORT.address)).length).toBe(1);
  });

  it("delay, refuse or drop at the final dot", async () => {
    const world = await openWorld();
    const mail = { from: FROM, to: SUPPORT.address, raw: letter(1) };
    world.smtp.dataRule = () => ({ delayMs: 200 });
    const start = performance.now();
    await send(world, mail);
    expect(performance.now() - start).toBeGreaterThan(200);
    world.smtp.dataRule = () => ({ refuse: { code: 554, message: "spam" } });
    await expect(send(world, mail)).rejects.toMatchObject({ responseCode: 554 });
    expect(world.store.mailbox(SUPPORT.address)!.messages.length).toBe(1);
    world.smtp.dataRule = () => ({ drop: "before-storing" });
    await expect(send(world, mail)).rejects.toMatchObject({ code: "ECONNECTION" });
    await sleep(50);
    expect(world.store.mailbox(SUPPORT.address)!.messages.length).toBe(1);
    world.smtp.dataRule = () => ({ drop: "after-storing" });
    await expect(send(world, mail)).rejects.toMatchObject({ code: "ECONNECTION" });
    expect(world.store.mailbox(SUPPORT.address)!.messages.length).toBe(2);
  });
});
