/** Story: a shop's own system hears of orders; it is down for a while, and hears of them all the same, signed and once each. */
import { createHmac } from "node:crypto";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { until } from "../../harness/wait.ts";
import { timedStory } from "../timed.ts";
import { SUPPORT } from "../world.ts";

const requests: { headers: IncomingHttpHeaders; body: string }[] = [];
let down = false;
const shop = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    if (!down) requests.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
    response.writeHead(down ? 503 : 204).end();
  });
});
await new Promise<void>((listening) => shop.listen(0, "127.0.0.1", listening));
const URL_OF_SHOP = `http://127.0.0.1:${(shop.address() as AddressInfo).port}/orders`;

const DESK = `
name: Northwind Support
ticket_numbers: { prefix: NW, next: 1001 }
defaults: { department: support }
agents:
  ann: { name: Ann Lee, emails: [ann@nw.example], role: lead, in: [support] }
departments:
  support: { address: ${SUPPORT} }
rules:
  - { name: Orders, when: opened, if: { subject: { matches: 'order (?P<order>\\d+)' } }, then: { webhook: "${URL_OF_SHOP}" } }
`;

timedStory("webhooks", { desk: DESK, to: SUPPORT }, (street) => {
  beforeAll(() => void (down = false));
  afterAll(async () => {
    shop.closeAllConnections();
    await new Promise((closed) => shop.close(closed));
  });

  it("tells the shop, which can check that it was us", async () => {
    const number = await street().writes({ from: "maria@home.example", subject: "order 7" });
    await until(async () => requests.length === 1, { what: "the call", timeoutMs: 20_000 });
    const { headers, body } = requests[0]!;
    expect(JSON.parse(body)).toMatchObject({ data: { match: { order: "7" }, ticket: { number } } });
    const secret = Buffer.from((await street().postern("webhook", "secret", URL_OF_SHOP)).trim().slice(6), "base64");
    const signed = [headers["webhook-id"], headers["webhook-timestamp"], body].join(".");
    expect(headers["webhook-signature"]).toBe(`v1,${createHmac("sha256", secret).update(signed).digest("base64")}`);
    await until(async () => (await street().postern("webhook", "list", "done")).includes(number), {
      what: "the note that it arrived",
      timeoutMs: 20_000,
    });
  });

  it("tells it later when it is down, and holds up nothing", async () => {
    down = true;
    const number = await street().writes({ from: "joe@home.example", subject: "order 8" });
    expect(street().sink.to("joe@home.example")).toHaveLength(1);
    await until(async () => (await street().postern("webhook", "list", "pending")).includes("503"), {
      what: "the failed try",
      timeoutMs: 20_000,
    });
    down = false;
    await street().advance(60_000);
    await until(async () => requests.length === 2, { what: "the second call", timeoutMs: 20_000 });
    expect(JSON.parse(requests[1]!.body)).toMatchObject({ data: { ticket: { number } } });
  });
});
