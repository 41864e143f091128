import { beforeAll, describe, expect, it } from "vitest";
import { insertWebhookCall } from "../../src/db/webhook.ts";
import { ruleDesk } from "../stages/rule-desk.ts";
import { openStreet } from "../stages/street.ts";
import { runCli } from "./in-process.ts";
import { cliWorld } from "./world.ts";

const world = cliWorld();

const RULES = '  - { name: Orders, when: opened, then: { webhook: "https://hooks.x.example/order" } }\n';

beforeAll(async () => {
  const db = await world.open();
  const street = await openStreet({ db: () => db, url: () => world.url }, { desk: ruleDesk(RULES) });
  await street.open({ from: "m@calls.example", subject: "The first" });
  const failed = { ticketId: 1, cause: "route 1, effect 9", url: "https://hooks.x.example/other", body: "{}" };
  const id = await insertWebhookCall(db, failed, street.clock.now);
  await db("webhook_call").where({ id }).update({ state: "failed", attempts: 22, response: "503 busy" });
});

const said = async (...args: string[]) => {
  const { code, stdout, stderr } = await runCli(world.configFile, ["webhook", ...args]);
  return { code, text: `${stdout}${stderr}`.trim() };
};

describe("postern webhook", { timeout: 120_000 }, () => {
  it("lists the calls, all or of one state, for people and for machines", async () => {
    const all = await said("list");
    expect(all.text).toMatch(/NW-1001 +https:\/\/hooks\.x\.example\/order +pending/);
    expect(all.text).toContain("503 busy");
    expect((await said("list", "failed")).text).not.toContain("pending");
    const [call] = JSON.parse((await said("list", "pending", "--json")).text);
    expect(call).toMatchObject({ ticket: "NW-1001", body: { type: "ticket.opened", data: { rule: "Orders" } } });
    expect(await said("list", "broken")).toEqual({
      code: 2,
      text: '"broken" is not a state. Write one of pending, done, failed.',
    });
  });

  it("sends a failed call again, and no other", async () => {
    expect(await said("retry", "2")).toEqual({ code: 0, text: "Call 2 will be sent again." });
    expect(await said("retry", "2")).toEqual({
      code: 4,
      text: "Call 2 has not failed, it is pending and will be sent.",
    });
    expect(await said("retry", "77")).toMatchObject({ code: 3 });
    expect(await said("retry", "two")).toMatchObject({ code: 2 });
  });

  it("prints the secret of a URL, the same every time", async () => {
    const first = await said("secret", "https://hooks.x.example/order");
    expect(first.text).toMatch(/^whsec_[\w+/]{43}=$/);
    expect(await said("secret", "https://hooks.x.example/order")).toEqual(first);
    const other = await said("secret", "https://hooks.x.example/other");
    expect(other.code).toBe(0);
    expect(other.text).not.toContain(first.text);
    expect(other.text).toMatch(
      /^whsec_\S+\nNo rule of the active desk has this URL .* Its rules have: https:\/\/hooks\.x\.example\/order\.$/,
    );
    expect(await said("secret", "hooks.x.example")).toMatchObject({ code: 2 });
  });
});
