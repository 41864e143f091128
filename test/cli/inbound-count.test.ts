import { expect, it } from "vitest";
import { mail } from "../harness/mails.ts";
import { openStreet } from "../stages/street.ts";
import { cliWorld } from "./world.ts";

const world = cliWorld();

it("postern inbound count says what became of a day's messages and what waits", { timeout: 90_000 }, async () => {
  const db = await world.open();
  const street = await openStreet({ db: () => db, url: () => world.url });
  const { publicNumber } = await street.open({ from: "Maria Santos <maria@home.example>", subject: "The door" });
  const count = async (...more: string[]) => await world.postern("inbound", "count", ...more);
  expect((await count("--day", "2026-11-23")).stdout).toBe(
    `Nothing lost on 2026-11-23 (Europe/Berlin).\nAll: 1 = 1 recorded. 0 missing.\n${street.mailbox}: 1 = 1 recorded. 0 missing.\n`,
  );
  const subject = `Re: [${publicNumber}]`;
  const held = await street.receive(mail({ from: "Zoe <zoe@else.example>", to: "support@nw.example", subject }));
  const { stdout, code } = await count("--day", "2026-11-23");
  expect(stdout).toMatch(/^1 message waits on 2026-11-23 .*\nAll: 2 = 1 recorded \+ 1 held\. 0 missing\.\n/);
  expect(stdout).toContain(`: message ${held.id} from zoe@else.example, "${subject}" (`);
  expect(code).toBe(0);
  const json = JSON.parse((await count("--day", "2026-11-23", "--json")).stdout);
  expect(json).toMatchObject({ date: "2026-11-23", total: { seen: 2, missing: 0, tally: { recorded: 1, held: 1 } } });

  // A state that nobody knows: the sum no longer is what was seen.
  await db("inbound").where({ id: held.id }).update({ state: "gone" });
  const missing = await count("--day", "2026-11-23");
  expect(missing.stdout).toMatch(/^1 message is missing on/);
  expect(missing.code).toBe(1);

  const wrong = await count("--day", "2026-02-30");
  expect(wrong.code).toBe(2);
  expect(wrong.stderr).toContain('"2026-02-30" is not a date. Write --day like 2026-11-26.');
});
