/** The rules tried on mail from the command line: with a desk file alone, and in a store that must stay as it is. */
import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { storeDesk } from "../../src/db/desk.ts";
import { mail, type MailParts } from "../harness/mails.ts";
import { DESK_A, DESK_B, deskOf } from "../stages/replay-desks.ts";
import { replayMail } from "../stages/replay-mails.ts";
import { customerAnswers, openStreet, START, type Street } from "../stages/street.ts";
import { runCli } from "./in-process.ts";
import { cliWorld } from "./world.ts";

const PROGRAM = join(import.meta.dirname, "../../bin/postern.js");
const MAILS = 30;

const world = cliWorld();
const b = world.write("b.yaml", DESK_B);
const written = (name: string, parts: Partial<MailParts> & Pick<MailParts, "from">) =>
  world.write(name, mail({ to: "support@nw.example", ...parts }).raw.toString("latin1"));
const outage = written("outage.eml", {
  from: "Joe <joe@fabrikam.example>",
  subject: "The site is down",
  text: "Where is order 12345?\n",
  headers: [["X-Plan", "gold"]],
});
let street: Street;

beforeAll(async () => {
  const db = await world.open();
  street = await openStreet({ db: () => db, url: () => world.url }, { desk: deskOf(DESK_A) });
  for (let n = 0; n < MAILS; n++) await street.receive(replayMail(n).raw);
  await street.open({ from: "Maria <maria@home.example>", subject: "The site is down" });
  await street.receive(await customerAnswers(street.lastTo("maria@home.example"), "It is still down."));
}, 240_000);

/** Every row of every table, and the files of the folder. */
async function everything(): Promise<unknown> {
  const names: string[] = await street.db("sqlite_master").where({ type: "table" }).orderBy("name").pluck("name");
  const rows: unknown[] = [];
  for (const name of names) rows.push(name, await street.db(name).select());
  return { rows, files: readdirSync(world.folder).sort() };
}

/** In this process: without a second of starting each. */
const postern = (...args: string[]) => runCli(world.configFile, args);
const json = async (...args: string[]) => JSON.parse((await postern(...args, "--json")).stdout);

describe("postern rules test", { timeout: 240_000 }, () => {
  const empty = mkdtempSync(join(tmpdir(), "postern-nothing-"));
  afterAll(() => rmSync(empty, { recursive: true, force: true }));
  /** In a folder where there is no configuration. */
  const bare = (...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> =>
    new Promise((resolve) => {
      const env = { PATH: process.env["PATH"], NO_COLOR: "1" };
      execFile(process.execPath, [PROGRAM, ...args], { cwd: empty, env }, (error, stdout, stderr) =>
        resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
      );
    });

  it("needs nothing but a desk file and a message", async () => {
    const at = ["--at", "2026-11-23T13:00"];
    const { code, stdout, stderr } = await bare("rules", "test", outage, "--desk", b, ...at);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toContain(`outage.eml  from joe@fabrikam.example, "The site is down"`);
    expect(stdout).toMatch(/^what it is {2}a new ticket: no evidence names a ticket \(without a store/m);
    expect(stdout).toMatch(/^answered {4}yes, as far as the budgets allow$/m);
    expect(stdout).toMatch(/^For "opened", by a desk that is not applied$/m);
    for (const line of [
      /^ {2}department {2}billing +rule "Orders"$/m,
      /^ {2}priority {4}urgent +rule "Outage"$/m,
      /^ {2}SLA plan {4}gold +rule "Gold"$/m,
      /^ {2}status {6}pending +rule "Gold"$/m,
      /^ {2}tag {9}o-12345 +rule "Orders"$/m,
      /^ {2}assign {6}least-open +rule "Outage"$/m,
      /✓ +3 Outage$/m,
      /✓ subject has the word "outage" or "down" +"The site is down"$/m,
      /✗ +4 Partners +from is in the list "partners": "joe@fabrikam\.example"$/m,
      /^ {4}mail to ops@watch\.example: "Gold" +rule "Gold"$/m,
    ])
      expect(stdout).toMatch(line);
    expect(readdirSync(empty)).toEqual([]);
  });

  it("runs the rules of another trigger, and takes several messages at once", async () => {
    const { stdout } = await bare("rules", "test", outage, outage, "--desk", b, "--trigger", "customer_replied");
    expect(stdout.match(/^For "customer replied"/gm)).toHaveLength(2);
    expect(stdout).toContain("no rule of this trigger is in force");
  });

  it("says what is wrong with the order", async () => {
    const tries: [string[], number, string][] = [
      [["rules", "test", outage], 2, "Name a desk file"],
      [["rules", "test", join(empty, "none.eml"), "--desk", b], 3, "cannot be read"],
      [["rules", "test", outage, "--desk", join(empty, "none.yaml")], 1, "cannot be read"],
      [["rules", "test", outage, "--desk", b, "--trigger", "opend"], 2, `Did you mean "opened"?`],
      [["rules", "test", outage, "--desk", b, "--at", "noon"], 2, "such as 2026-12-24"],
      [["rules", "test", outage, "--desk", b, "--ticket", "NW-1001"], 2, "no store"],
      [["rules", "test", outage, "--desk", world.write("bad.yaml", "name: x\n")], 4, "bad.yaml:1"],
    ];
    for (const [args, code, words] of tries)
      expect({ args, ...(await bare(...args)) }).toMatchObject({ code, stderr: expect.stringContaining(words) });
  });

  it("judges as the store knows it, and writes nothing", async () => {
    const again = written("again.eml", {
      from: "Maria <maria@home.example>",
      subject: `Re: [NW-${1001 + MAILS}] The site is down`,
    });
    const stranger = written("stranger.eml", { from: "zoe@else.example", subject: `[NW-${1001 + MAILS}]` });
    const before = await everything();
    const fresh = await json("rules", "test", outage);
    expect(fresh).toMatchObject({ deskVersion: 1, trigger: "opened", looked: true, answered: true, ticket: null });
    expect(fresh.picked).toMatchObject({ agent: "ann" });
    const reply = await postern("rules", "test", again);
    expect(reply.stdout).toContain(
      `goes into NW-${1001 + MAILS}, from its customer: [NW-${1001 + MAILS}] in the subject`,
    );
    expect(reply.stdout).toContain(`For "customer replied" in NW-${1001 + MAILS} (open), by version 1 of the desk`);
    const held = await postern("rules", "test", stranger);
    expect(held.stdout).toContain("held until somebody decides: zoe@else.example takes no part");
    expect(held.stdout).toContain("do not look at it; --trigger opened tells");
    expect((await json("rules", "test", stranger, "--trigger", "opened")).trace.rules).toHaveLength(6);
    expect((await json("rules", "test", stranger, "--ticket", "NW-1001")).ticket).toBe("NW-1001");
    expect(await postern("rules", "test", stranger, "--ticket", "NW-9999")).toMatchObject({ code: 3 });
    expect(await postern("rules", "test", stranger, "--mailbox", "suport")).toMatchObject({
      code: 3,
      stderr: expect.stringContaining(`Did you mean "support"?`),
    });
    expect(await everything()).toEqual(before);
  });

  it("takes a stored message as it came in, which is no copy of itself, while a file of the same bytes is", async () => {
    const stored = await json("rules", "test", "1");
    expect(stored).toMatchObject({ message: "1", trigger: "opened", verdict: { verdict: "open-ticket" } });
    const file = world.write("copy.eml", replayMail(0).raw.toString("latin1"));
    expect(await json("rules", "test", file)).toMatchObject({
      verdict: { verdict: "duplicate", of: 1 },
      trigger: null,
    });
    expect(await postern("rules", "test", "99999")).toMatchObject({ code: 3 });
  });
});

describe("postern rules replay", { timeout: 240_000 }, () => {
  it("shows what a proposed desk would do otherwise, and writes nothing", async () => {
    const before = await everything();
    const { code, stdout, stderr } = await world.postern("rules", "replay", "--desk", b);
    expect(code).toBe(0);
    expect(stderr).toMatch(/^32 messages in \d+\.\d s, \d+ a second\n$/);
    expect(stdout).toMatch(
      /^the active desk -> .*b\.yaml, for "opened"\n31 of 32 messages replayed; \d+ of them would/,
    );
    expect(stdout).toMatch(/^ {5}1 left out: another trigger \(customer_replied\)$/m);
    expect(stdout).toMatch(/^field +from +to +messages\n(?:\w+ .*\d\n)+/m);
    expect(stdout).toMatch(/^priority +normal +low +\d+$/m);
    expect(stdout).toMatch(/^rule +before +after$/m);
    expect(stdout).toMatch(/^\d+ {2}\S+@\S+ {2}".*" {2}NW-\d+\n {4}\w+ +\S.* -> .* \(.*\)$/m);
    expect(await everything()).toEqual(before);
  });

  it("writes all of it as JSON, and as few messages as wished", async () => {
    const all = await json("rules", "replay", "--desk", b);
    expect(all.differences).toHaveLength(all.differing);
    expect(all.differences[0]).toEqual({
      inbound: expect.any(Number),
      from: expect.any(String),
      subject: expect.any(String),
      ticket: expect.stringMatching(/^NW-/),
      changes: expect.arrayContaining([
        { field: expect.any(String), old: expect.anything(), new: expect.anything(), by: expect.any(String) },
      ]),
    });
    const sum = (rows: { messages: number }[]) => rows.reduce((total, { messages }) => total + messages, 0);
    expect(sum(all.summary)).toBe(all.differences.flatMap(({ changes }: { changes: unknown[] }) => changes).length);
    expect((await json("rules", "replay", "--desk", b, "--list", "2")).differences).toHaveLength(2);
    expect((await json("rules", "replay", "--desk", b, "--last", "3")).messages).toBe(3);
    expect((await json("rules", "replay", "--desk", b, "--trigger", "opened,customer_replied")).replayed).toBe(32);
    const since = new Date(START + 1).toISOString();
    expect((await json("rules", "replay", "--desk", b, "--since", since)).messages).toBe(0);
  });

  it("without a proposed desk compares the active one with those that decided then", async () => {
    expect(await json("rules", "replay")).toMatchObject({ replayed: 31, differing: 0 });
    await street.db.transaction((tx) => storeDesk(tx, deskOf(DESK_B), "test", START));
    const now = await json("rules", "replay");
    expect(now.differing).toBeGreaterThan(10);
    expect((await world.postern("rules", "replay")).stdout).toMatch(/^the desk of the time -> the active desk/);
  });

  it("says what is wrong with the order", async () => {
    const tries: [string[], number, string][] = [
      [["--last", "many"], 2, "write a whole number from 1"],
      [["--last", "0"], 2, "write a whole number from 1"],
      [["--since", "yesterday"], 2, "such as 2026-12-24"],
      [["--trigger", "clock"], 2, "no message leads to it"],
      [["--trigger", "opened,closed"], 2, "Write one of opened"],
      [["--desk", "none.yaml"], 1, "cannot be read"],
    ];
    for (const [args, code, words] of tries)
      expect({ args, ...(await postern("rules", "replay", ...args)) }).toMatchObject({
        code,
        stderr: expect.stringContaining(words),
      });
  });
});
