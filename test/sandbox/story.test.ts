import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer } from "node:net";
import { expect, test } from "vitest";
import { migrateUp } from "../../src/db/connect.ts";
import { currentDesk, storeDesk } from "../../src/db/desk.ts";
import { getRaw } from "../../src/db/raw.ts";
import { seedWhenEmpty } from "../../src/sandbox/seed.ts";
import { placeIn, PREFERRED_PORTS } from "../../src/sandbox/settings.ts";
import { claimPlace, clearRunning } from "../../src/sandbox/running.ts";
import { leaksOf } from "../harness/leak-watch.ts";
import { atEnd, databaseOf, emptyFolder, postern } from "./story-child.ts";

const STORY = [
  /^No postern\.yaml here: this is a sandbox\. Nothing leaves this machine\. {3}ready [\d.]+ m?s$/,
  /^1 Maria writes to support@: "Cannot log in since this morning"$/,
  /^ {4}stored before it was marked read +\d+ ms$/,
  /^2 No ticket matches, so NW-1001 opens +[\d.]+ m?s$/,
  /^3 Rule "Login words" saw "log in" in the subject -> IT, Dev +[\d.]+ m?s$/,
  /^4 Maria has her number and a time: by \d\d:\d\d (?:today|tomorrow) +[\d.]+ m?s$/,
  /^5 Dev replies from his mail client \(sender proven\): +[\d.]+ m?s$/,
  /^ {4}\| #priority high$/,
  /^ {4}\| #close$/,
  /^ {4}\| Your account was locked\. I have unlocked it\.$/,
  /^ {4}2 commands taken; waiting 2 s in case of #undo$/,
  /^6 Maria receives: +[\d.]+ s$/,
  /^ {4}\| Your account was locked\. I have unlocked it\.$/,
  /^ {4}\| We consider this solved\. If it is not, reply and it opens again\.$/,
  /^ {4}checked: no command, token or agent address in these bytes$/,
  /^7 Maria: "Thanks!" {12}noted, still closed +[\d.]+ m?s$/,
  /^8 Mallory quotes NW-1001 {6}held, Dev is asked +[\d.]+ m?s$/,
  /^4 mails in = 3 recorded \+ 1 held\. 0 missing\.$/,
];

/** Every pattern has a line of its own, in this order. */
function inOrder(output: string, patterns: readonly RegExp[]): string[] {
  const lines = output.split("\n");
  const missing: string[] = [];
  let from = 0;
  for (const pattern of patterns) {
    const at = lines.findIndex((line, index) => index >= from && pattern.test(line));
    if (at < 0) missing.push(String(pattern));
    else from = at + 1;
  }
  return missing;
}

test("the first run tells the story, the second one continues and tells it with the next number", async () => {
  const dir = await emptyFolder();
  const begun = performance.now();
  const first = await postern(dir, "start", "--once");
  expect({ missing: inOrder(first.stdout, STORY), ...first }).toMatchObject({ missing: [], code: 0, stderr: "" });
  expect(first.stdout).not.toContain("\u001b");
  expect(performance.now() - begun).toBeLessThan(30_000);
  expect(existsSync(placeIn(dir).runningFile)).toBe(false);

  const second = await postern(dir, "start", "--once");
  const next = [/^Continuing: 1 ticket, 4 mails, nothing missing\.$/, /so NW-1002 opens/, /^8 Mallory quotes NW-1002/];
  expect(inOrder(second.stdout, [...next, /^8 mails in = 6 recorded \+ 2 held\. 0 missing\.$/])).toEqual([]);
  expect(second.code).toBe(0);

  const db = databaseOf(dir);
  const toMaria = await db("delivery").where({ recipient: "maria@fabrikam.example" }).orderBy("id");
  expect(toMaria.map(({ kind, state }) => `${kind} ${state}`)).toEqual([
    "ack accepted",
    "reply accepted",
    "ack accepted",
    "reply accepted",
  ]);
  const mails: { recipient: string; raw_sha256: string }[] = await db("delivery").where({ audience: "customer" });
  const leaving = await Promise.all(
    mails.map(async ({ recipient, raw_sha256 }) => ({ to: recipient, raw: await getRaw(db, raw_sha256) })),
  );
  expect(leaving.length).toBeGreaterThanOrEqual(4);
  expect(await leaksOf(db, leaving)).toEqual([]);
}, 90_000);

test("a step that does not come about is named, with what was expected and what was seen", async () => {
  const dir = await emptyFolder();
  const place = placeIn(dir);
  claimPlace(place);
  clearRunning(place);
  const db = databaseOf(dir);
  await migrateUp(db);
  await seedWhenEmpty(db, Date.now());
  const desk = await currentDesk(db);
  await storeDesk(db, { ...desk!, rules: [] }, "test", Date.now());

  const { code, stdout, stderr } = await postern(dir, "start", "--once");
  expect(code).toBe(1);
  expect(stdout).toContain("2 No ticket matches, so NW-1001 opens");
  expect(stdout).not.toContain("4 Maria has her number");
  expect(stderr).toContain("Step 3 failed.");
  expect(stderr).toContain("expected: a rule that gives the ticket to IT and Dev");
  expect(stderr).toContain("saw: Support, nobody; the desk has no rules");
  expect(stderr).toContain("its log: .postern/sandbox/gateway.log");
}, 60_000);

test("other ports are taken when somebody has the usual ones", async () => {
  await Promise.all(Object.values(PREFERRED_PORTS).map(occupy));
  const dir = await emptyFolder();
  expect(await postern(dir, "start", "--once")).toMatchObject({ code: 0, stderr: "" });
  const file = await readFile(placeIn(dir).configFile, "utf8");
  expect(file).not.toContain(String(PREFERRED_PORTS.imapPort));
  expect(file).not.toContain(String(PREFERRED_PORTS.smtpPort));
}, 60_000);

/** Listens on a port; one that another test run has is occupied as well. */
async function occupy(port: number): Promise<void> {
  const server = createServer((socket) => socket.destroy());
  const isOurs = await new Promise<boolean>((resolve) => {
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => resolve(true));
  });
  if (isOurs) atEnd(async () => await new Promise((resolve) => server.close(resolve)));
}
