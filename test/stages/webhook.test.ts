import { createHmac } from "node:crypto";
import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { listWebhookCalls, retryWebhookCall } from "../../src/db/webhook.ts";
import { callWebhooks, postOnce, webhookHeaders, webhookSecret } from "../../src/stages/webhook.ts";
import { onBothStores } from "../db/stores.ts";
import { ruleDesk } from "./rule-desk.ts";
import { openStreet, SECOND } from "./street.ts";

const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

type Request = { readonly headers: IncomingHttpHeaders; readonly body: string };

/** A receiver on a port of its own. */
async function receiver() {
  const requests: Request[] = [];
  const script: { answer: (response: ServerResponse) => void } = { answer: (response) => response.end("thanks") };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      requests.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
      script.answer(response);
    });
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const close = async () => {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  };
  return { url, requests, script, close };
}

let there: Awaited<ReturnType<typeof receiver>>;
beforeEach(async () => void (there = await receiver()));
afterEach(async () => await there.close());

const rules = (url: string) => `
  - { name: Orders, when: opened, if: { subject: { matches: 'order (?P<order>\\d+)' } }, then: { webhook: "${url}/order" } }
`;

/** As a receiver checks it by the text of Standard Webhooks 1.0. */
function isSigned({ headers, body }: Request, secret: string): boolean {
  const key = Buffer.from(secret.replace("whsec_", ""), "base64");
  const content = [headers["webhook-id"], headers["webhook-timestamp"], body].join(".");
  return headers["webhook-signature"] === `v1,${createHmac("sha256", key).update(content).digest("base64")}`;
}

onBothStores("webhooks of rules", (store) => {
  it("are posted once with a signature, the ticket, the rule and what it caught", async () => {
    const street = await openStreet(store, { desk: ruleDesk(rules(there.url)) });
    const ticket = await street.open({ from: "Pat <pat@fabrikam.example>", subject: "order 77", text: "Where is it?" });
    expect(there.requests).toEqual([]);
    expect(await callWebhooks(street.stage)).toBe(1);
    expect(await callWebhooks(street.stage)).toBe(0);
    const [request, ...more] = there.requests;
    expect(more).toEqual([]);
    expect(isSigned(request!, webhookSecret(street.stage.settings.key, `${there.url}/order`))).toBe(true);
    expect(isSigned(request!, webhookSecret(street.stage.settings.key, `${there.url}/other`))).toBe(false);
    expect(request!.headers["webhook-timestamp"]).toBe(String(street.clock.now / 1000));
    expect(JSON.parse(request!.body)).toMatchObject({
      type: "ticket.opened",
      data: {
        rule: "Orders",
        match: { order: "77" },
        ticket: {
          number: ticket.publicNumber,
          customer: { address: "pat@fabrikam.example" },
          organization: "fabrikam",
        },
        message: { from: { name: "Pat" }, text: expect.stringContaining("Where is it?") },
      },
    });
    const [call] = await listWebhookCalls(street.db, { limit: 1 });
    expect(call).toMatchObject({ state: "done", attempts: 1, response: "200 thanks", ticket: ticket.publicNumber });
    const event = (await street.events(ticket.id)).find(({ name }) => name === "webhook written");
    expect(event).toMatchObject({ cause_kind: "rule", cause: '"Orders"', new: `${there.url}/order` });
  });

  it("are tried for a day under one id, then failed and visible, and sent again when a human says so", async () => {
    const street = await openStreet(store, { desk: ruleDesk(rules(there.url)) });
    const ticket = await street.open({ from: "m@fails.example", subject: "order 1" });
    there.script.answer = (response) => response.writeHead(503).end("busy");
    const began = street.clock.now;
    let tries = 0;
    while (street.clock.now - began < 30 * HOUR) {
      tries += await callWebhooks(street.stage);
      const [call] = await listWebhookCalls(street.db, { limit: 1 });
      if (call!.state !== "pending") break;
      expect(call!.response).toBe("503 busy");
      street.clock.now = Math.max(street.clock.now + SECOND, call!.not_before);
    }
    const lasted = street.clock.now - began;
    expect(lasted).toBeGreaterThan(12 * HOUR);
    expect(lasted).toBeLessThan(30 * HOUR);
    expect(there.requests).toHaveLength(tries);
    expect(new Set(there.requests.map(({ headers }) => headers["webhook-id"])).size).toBe(1);
    const [failed] = await listWebhookCalls(street.db, { state: "failed", limit: 1 });
    expect(failed).toMatchObject({ ticket: ticket.publicNumber, attempts: tries });
    expect((await street.events(ticket.id)).at(-1)).toMatchObject({ name: "webhook failed" });
    expect(await callWebhooks(street.stage)).toBe(0);

    there.script.answer = (response) => response.end();
    expect(await retryWebhookCall(street.db, failed!.id)).toBe(true);
    await callWebhooks(street.stage);
    expect((await listWebhookCalls(street.db, { limit: 1 }))[0]).toMatchObject({ state: "done", attempts: 1 });
    expect(await retryWebhookCall(street.db, failed!.id)).toBe(false);
  });

  it("follow no redirect, and one receiver that fails holds up no other", async () => {
    const other = await receiver();
    try {
      there.script.answer = (response) => response.writeHead(307, { location: `${other.url}/elsewhere` }).end();
      const two = `${rules(there.url)}${rules(other.url).replace("Orders", "Others")}`;
      const street = await openStreet(store, { desk: ruleDesk(two) });
      for (let n = 0; n < 6; n++) await street.open({ from: "m@many.example", subject: `order ${n}`, text: `${n}` });
      await callWebhooks(street.stage);
      expect([there.requests.length, other.requests.length]).toEqual([4, 4]);
      await callWebhooks(street.stage);
      expect([there.requests.length, other.requests.length]).toEqual([6, 6]);
      const calls = await street.db("webhook_call").where({ state: "pending" });
      expect(calls.map(({ response }) => response)).toEqual(Array(6).fill("307 (redirects are not followed)"));
    } finally {
      await other.close();
    }
  });

  it("are written in the transaction of the ticket: two senders at once settle a call once", async () => {
    const street = await openStreet(store, { desk: ruleDesk(rules(there.url)) });
    await street.open({ from: "m@twice.example", subject: "order 5" });
    await Promise.all([callWebhooks(street.stage), callWebhooks(street.stage)]);
    const [call] = await listWebhookCalls(street.db, { limit: 1 });
    expect(call).toMatchObject({ state: "done", attempts: 1 });
    expect(new Set(there.requests.map(({ headers }) => headers["webhook-id"])).size).toBe(1);
  });
});

describe("one call", () => {
  it("says why it did not arrive", async () => {
    expect(await postOnce("http://127.0.0.1:1/", "{}", {})).toEqual({
      ok: false,
      words: expect.stringContaining("not reached"),
    });
    expect(await postOnce("data:text/plain,hi", "{}", {})).toMatchObject({ ok: false });
    there.script.answer = (response) => void response.writeHead(200).write("x".repeat(100_000));
    expect((await postOnce(there.url, "{}", {})).words.length).toBeLessThan(400);
  });

  it("has arrived when the status says so, whatever becomes of the words after it", async () => {
    there.script.answer = (response) => {
      response.writeHead(200, { "content-length": "100" }).write("thanks");
      setTimeout(() => response.destroy(), 50);
    };
    expect(await postOnce(there.url, "{}", {})).toEqual({ ok: true, words: "200 thanks" });
  });

  it("is given up after ten seconds", { timeout: 20_000 }, async () => {
    there.script.answer = () => undefined;
    expect(await postOnce(there.url, "{}", {})).toEqual({ ok: false, words: "no answer within 10 s" });
  });

  it("has another id and another secret in another installation", () => {
    const call = { id: 1, url: "https://x.example/", body: "{}" };
    const [a, b] = [1, 2].map((n) => webhookHeaders(Buffer.alloc(32, n), call, 1_000_500));
    expect(a!["webhook-id"]).not.toBe(b!["webhook-id"]);
    expect(a!["webhook-timestamp"]).toBe("1000");
    expect(webhookSecret(Buffer.alloc(32, 1), call.url)).toMatch(/^whsec_[\w+/]{43}=$/);
  });
});
