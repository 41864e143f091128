import { mkdir, writeFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { placeIn } from "../../src/sandbox/settings.ts";
import { until } from "../harness/wait.ts";
import { databaseOf, emptyFolder, postern, startUp, type Up } from "./story-child.ts";

/** Waits until the sandbox invites to try it; says what it said when it does not. */
async function invited(up: Up): Promise<void> {
  const gone = up.exited.then(() => true);
  const isGone = (): Promise<boolean> => Promise.race([gone, Promise.resolve(false)]);
  // The last words of the invitation: lines may come one by one.
  await until(async () => up.said().includes("as an agent:") || (await isGone()), {
    what: "the invitation to try",
    timeoutMs: 40_000,
  }).catch(() => undefined);
  expect(up.said()).toContain("Your turn");
}

test("without a running sandbox every errand says how to start it", async () => {
  const dir = await emptyFolder();
  for (const errand of [
    ["send", "--from", "me@home.example", "--subject", "x", "y"],
    ["reply", "NW-1001", "--as", "dev", "x"],
    ["answer", "last", "--as", "dev", "x"],
    ["mail", "dev"],
    ["crash"],
  ]) {
    const { code, stderr } = await postern(dir, "sandbox", ...errand);
    expect(stderr).toContain("Start it with npm start");
    expect(code).toBe(1);
  }
  expect(existsSync(placeIn(dir).dir)).toBe(false);
});

test("wrong usage is told before anything is sent", async () => {
  const dir = await emptyFolder();
  const noText = await postern(dir, "sandbox", "reply", "NW-1001", "--as", "dev");
  expect(noText.code).toBe(2);
  const noLetter = await postern(dir, "sandbox", "answer", "0", "--as", "dev", "1 #close");
  expect([noLetter.code, noLetter.stderr]).toEqual([2, expect.stringContaining('"0" is not a number of a mail')]);
});

test("crash kills no process but the one that began when the file says", async () => {
  const dir = await emptyFolder();
  const place = placeIn(dir);
  await mkdir(place.dir, { recursive: true });
  const other = { pid: process.pid, began: "another time", startedAt: 1, imapPort: 1, smtpPort: 1 };
  await writeFile(place.runningFile, JSON.stringify(other));
  const { code, stderr } = await postern(dir, "sandbox", "crash");
  expect(code).toBe(1);
  expect(stderr).toContain("The sandbox of this folder was killed. Start it with npm start");
});

const ACME = `
name: Acme
ticket_numbers: { prefix: AC, next: 5000 }
time_zone: Europe/Berlin
defaults: { department: help, priority: normal, undo: 2s }
agents:
  dan: { name: Dan Fox, emails: [dan@acme.example], role: lead, in: [help] }
departments:
  help: { address: help@acme.example, also: [info@acme.example], assign: dan }
rules:
  - { name: Again, when: opened, then: { merge: 24h } }
`;

test("a desk of one's own is applied to it: its agents, addresses and rules are in force", async () => {
  const dir = await emptyFolder();
  const up = startUp(dir);
  await invited(up);
  await writeFile(join(dir, "acme.yaml"), ACME);
  const applied = await postern(dir, "desk", "apply", "acme.yaml");
  expect([applied.code, applied.stdout]).toEqual([0, expect.stringContaining("Applied as version 2.")]);

  const send = ["sandbox", "send", "--from", "joe@x.example", "--subject", "Till"];
  const first = await postern(dir, ...send, "It is broken");
  expect(first.stdout).toContain("Sent to help@acme.example. It opens AC-5000 (");
  const second = await postern(dir, ...send, "--to", "info@acme.example", "Still broken");
  expect(second.stdout).toContain("Sent to info@acme.example. It opens AC-5001, merged into AC-5000 (");
  const elsewhere = await postern(dir, ...send, "--to", "x@acme.example", "Hello");
  expect(elsewhere.stdout).toContain("x@acme.example, which is no address of the desk");

  const reply = await postern(dir, "sandbox", "reply", "AC-5000", "--as", "dan", "Mended.");
  expect([reply.code, reply.stdout]).toEqual([0, expect.stringContaining("is an agent's reply in AC-5000")]);
  expect(reply.stdout).toContain("sender proven");
  const nobody = await postern(dir, ...send.with(3, "no body"), "x");
  expect([nobody.code, nobody.stderr]).toEqual([
    2,
    expect.stringContaining('"no body" is nobody. Write maria, dan or'),
  ]);
  expect(await up.stop("SIGINT")).toBe(0);
}, 150_000);

test("a typo sends nothing, a crash loses nothing", async () => {
  const dir = await emptyFolder();
  const up = startUp(dir);
  await invited(up);
  expect(up.said()).toContain("4 mails in = 3 recorded + 1 held. 0 missing.");
  expect(up.said()).toMatch(/IMAP 127\.0\.0\.1 port \d+, SMTP 127\.0\.0\.1 port \d+, password "postern"/);

  const twice = await postern(dir, "start");
  expect([twice.code, twice.stderr]).toEqual([1, expect.stringContaining("A sandbox runs here already")]);

  const sent = await postern(
    dir,
    "sandbox",
    "send",
    "--from",
    "me@home.example",
    "--subject",
    "Invoice wrong",
    "Charged",
    "twice",
  );
  expect([sent.code, sent.stdout]).toEqual([0, expect.stringContaining("It opens NW-1002")]);

  const typo = await postern(dir, "sandbox", "reply", "NW-1002", "--as", "dev", "#clsoe Refunded.");
  expect([typo.code, typo.stdout]).toEqual([0, expect.stringContaining('not sent: "#clsoe Refunded."')]);
  const told = await postern(dir, "sandbox", "mail", "dev");
  expect(told.stdout).toContain("NOT SENT: [NW-1002] Invoice wrong");
  const customer = await postern(dir, "sandbox", "mail", "me@home.example");
  expect(customer.stdout.match(/\[NW-1002\]/g)).toHaveLength(2); // the acknowledgement, in the list and below it
  expect(customer.stdout).not.toContain("Refunded");
  await until(() => up.said().includes('me@home.example "Invoice wrong" opens NW-1002'), { what: "the mail told" });

  const asks = await postern(dir, "sandbox", "send", "--from", "dev", "#list");
  expect([asks.code, asks.stdout]).toEqual([0, expect.stringContaining("It is commands to the desk (")]);
  const inbox = async () => (await postern(dir, "sandbox", "mail", "dev")).stdout;
  await until(async () => (await inbox()).includes("Open, 1 ticket"), { what: "the list mailed" });
  const acts = await postern(dir, "sandbox", "answer", "last", "--as", "dev", "1 #take");
  expect([acts.code, acts.stdout]).toEqual([0, expect.stringContaining("dev answers a list; 1 #take")]);
  await until(async () => (await inbox()).includes("1 NW-1002 #take: "), { what: "the receipt of the list's answer" });
  const none = await postern(dir, "sandbox", "answer", "99", "--as", "dev", "x");
  expect([none.code, none.stderr]).toEqual([3, expect.stringMatching(/has \d+ mails and no number 99/)]);

  const unknown = await postern(dir, "sandbox", "reply", "NW-9", "--as", "dev", "x");
  expect([unknown.code, unknown.stderr]).toEqual([3, expect.stringContaining("There is no ticket NW-9")]);

  const crash = await postern(dir, "sandbox", "crash");
  expect(crash.stderr).toBe("");
  expect(crash.stdout).toContain(`process ${up.pid} was killed with SIGKILL`);
  expect((await up.exited).signal).toBe("SIGKILL");
  const db = databaseOf(dir);
  const [atKill] = await db("inbound").orderBy("id", "desc").limit(1);
  const acksAtKill = await db("delivery").where({ kind: "ack", recipient: "casey@home.example", state: "accepted" });
  expect([atKill.size > 0, acksAtKill.length]).toEqual([true, 0]);

  const again = startUp(dir);
  await invited(again);
  expect(again.said()).toContain(`The last run (process ${up.pid}) was killed.`);
  expect(again.said()).toContain("Continuing: 3 tickets, 9 mails, nothing missing.");
  expect(again.said()).toContain("9 mails in = 7 recorded + 2 held. 0 missing. Nothing was lost.");
  const casey = await postern(dir, "sandbox", "mail", "casey@home.example");
  expect(casey.stdout.match(/^ +\d+ /gm)).toHaveLength(1); // one acknowledgement, not two
  expect(casey.stdout).toContain("NW-1003");

  expect(await again.stop("SIGINT")).toBe(0);
  expect(existsSync(placeIn(dir).runningFile)).toBe(false);
}, 150_000);
