/**
 * Who may act by mail, from raw messages to the verdict: the full product of token, sender, authentication and policy, each
 * cell against a table that was written after the design (section 6), not after the code.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connect, type Db, migrateUp } from "../../src/db/connect.ts";
import { reserveDelivery, type TokenMode } from "../../src/db/delivery.ts";
import { deskAndIds, storeDesk } from "../../src/db/desk.ts";
import { sha256 } from "../../src/db/raw.ts";
import { insertTicket } from "../../src/db/ticket.ts";
import { decide } from "../../src/desk/intake.ts";
import type { IntakeFacts } from "../../src/desk/intake-facts.ts";
import type { Verdict } from "../../src/desk/types.ts";
import { parse } from "../../src/mail/parse.ts";
import { lookAtFacts } from "../../src/stages/facts.ts";
import type { Unit } from "../../src/stages/stage.ts";
import { testDesk } from "../db/desks.ts";
import { MARIA, OLIVER, STRANGER } from "./intake-world.ts";
import { CONTEXT, factsOf, KEY, type Notification, NOW, stamp, SUPPORT, toAgent, toCustomer } from "./proof-world.ts";

const DAY = 24 * 3600_000;
const desk = testDesk();
const agentPerson = (key: string) => ({ name: desk.agents[key]!.name, address: desk.agents[key]!.emails[0]! });

const SENDERS = {
  "that agent": agentPerson("ann"),
  "other agent": agentPerson("ben"),
  customer: MARIA,
  participant: OLIVER,
  stranger: STRANGER,
} as const;
const TOKENS = [
  "valid",
  "expired",
  "revoked",
  "other agent's",
  "guessed",
  "customer's",
  "only the number",
  "none",
] as const;
const AUTHS = ["pass", "fail", "none", "forged results", "two From headers", "encoded From", "group From"] as const;
const POLICIES = ["confirm", "strict", "token"] as const;

/**
 * token | sender | authentication | policy | what happens. `*` = any; several with a slash. `unproven` is everything but pass:
 * what a forger writes proves as little as nothing; two From headers are a positive reason to distrust, like `fail`.
 */
const TABLE = `
valid           | that agent              | pass     | *       | executes as ann
valid           | that agent              | unproven | confirm | challenge to ann
valid           | that agent              | unproven | strict  | note
valid           | that agent              | unproven | token   | executes as ann
valid           | other agent             | pass     | *       | note
valid           | other agent             | unproven | *       | challenge to ben
valid           | stranger                | *        | *       | ann is asked whose address that is
expired         | that agent              | *        | *       | challenge to ann
expired         | other agent             | pass     | *       | note
expired         | other agent             | unproven | *       | challenge to ben
expired         | stranger                | *        | *       | ann is asked whose address that is
other agent's   | that agent              | pass     | *       | note
other agent's   | that agent              | unproven | *       | challenge to ann
other agent's   | other agent             | pass     | *       | note
other agent's   | other agent             | unproven | *       | challenge to ben
other agent's   | stranger                | *        | *       | dev is asked whose address that is
revoked/customer's | that agent/other agent | pass       | * | note
revoked/customer's | that agent/other agent | doubtful   | * | a stranger's message
revoked/customer's | that agent/other agent | distrusted | * | held as a stranger's
revoked/customer's | stranger | pass/doubtful | * | a stranger's message
revoked/customer's | stranger | distrusted    | * | held as a stranger's
guessed/only the number | that agent/other agent | pass     | * | note
guessed/only the number | that agent/other agent | unproven | * | held as a stranger's
guessed/only the number | stranger | * | * | held as a stranger's
valid/expired/revoked/other agent's/customer's | customer    | * | * | the customer's message
valid/expired/revoked/other agent's/customer's | participant | * | * | a participant's message
guessed/only the number | customer    | pass/doubtful | * | the customer's message
guessed/only the number | customer    | distrusted    | * | held as a stranger's
guessed/only the number | participant | pass/doubtful | * | a participant's message
guessed/only the number | participant | distrusted    | * | held as a stranger's
none | that agent  | pass     | * | command mail of ann
none | other agent | pass     | * | command mail of ben
none | that agent/other agent | unproven | * | a new ticket
none | customer/participant/stranger | * | * | a new ticket
`;

const ROWS = TABLE.trim()
  .split("\n")
  .map((line) => line.split("|").map((cell) => cell.trim()));
const DISTRUSTED: readonly string[] = ["fail", "two From headers"];

function meant(cell: string, value: string): boolean {
  if (cell === "unproven") return value !== "pass";
  if (cell === "distrusted") return DISTRUSTED.includes(value);
  return cell === "doubtful" && value !== "pass" && !DISTRUSTED.includes(value);
}
const fits = (cell: string, value: string) =>
  cell === "*" || cell.split("/").some((one) => one === value || meant(one, value));

function inWords(verdict: Verdict): string {
  if (verdict.verdict === "agent-reply") return `executes as ${verdict.agent}`;
  if (verdict.verdict === "command-mail") return `command mail of ${verdict.agent}`;
  if (verdict.verdict === "open-ticket") return "a new ticket";
  if (verdict.verdict === "hold" && verdict.reason === "proof") return `challenge to ${verdict.agent}`;
  if (verdict.verdict === "hold" && verdict.reason === "unknown-address")
    return `${verdict.agent} is asked whose address that is`;
  if (verdict.verdict === "hold" && verdict.reason === "stranger") return "held as a stranger's";
  if (verdict.verdict === "follow-up" && verdict.as === "agent-note") return "note";
  if (verdict.verdict === "follow-up") return `${verdict.as === "customer" ? "the" : "a"} ${verdict.as}'s message`;
  return verdict.verdict;
}

type Person = { readonly name: string; readonly address: string };
const domain = ({ address }: Person) => address.split("@")[1]!;
const passed = (person: Person) => `dmarc=pass header.from=${domain(person)}`;
const plainFrom = ({ name, address }: Person) => `From: ${name} <${address}>`;

/** The head of a message: what the MX wrote above it, what a forger wrote as if it had, and From. */
const HEADS: Record<(typeof AUTHS)[number], (from: Person) => string> = {
  pass: (from) => `${stamp(passed(from))}${plainFrom(from)}`,
  fail: (from) => `${stamp(`dmarc=fail header.from=${domain(from)}`)}${plainFrom(from)}`,
  none: (from) => plainFrom(from),
  // Below the line with which our own MX took it, and by a server that is not ours.
  "forged results": (from) =>
    `${stamp("spf=none")}${stamp(passed(from))}${stamp(passed(from), "mx.evil.example")}${plainFrom(from)}`,
  "two From headers": (from) => `${stamp(passed(from))}${plainFrom(from)}\r\nFrom: Boss <boss@evil.example>`,
  "encoded From": (from) =>
    `${stamp(passed(from))}From: =?utf-8?B?${Buffer.from(`${from.name} <${from.address}>`).toString("base64")}?=`,
  "group From": (from) => `${stamp(passed(from))}From: Team: ${from.name} <${from.address}>;`,
};

describe("the table of who may act", () => {
  let db: Db;
  let unit: Unit;
  const notifications = new Map<number, Notification>();
  const ids: Record<string, number> = {};
  let world: Parameters<typeof factsOf>[0];
  const folder = mkdtempSync(join(tmpdir(), "postern-matrix-"));

  beforeAll(async () => {
    db = connect(`sqlite:${join(folder, "postern.db")}`);
    await migrateUp(db);
    await db.transaction((tx) => storeDesk(tx, desk, "test", NOW));
    const stored = await deskAndIds(db);
    const settings = { key: KEY, agentProof: "confirm" };
    const stage = { db, now: () => NOW, log: pino({ level: "silent" }), settings } as unknown as Unit["stage"];
    unit = { stage, tx: db as unknown as Unit["tx"], now: NOW, ...stored, bells: [], afterwards: [] };
    const opened = {
      prefix: "NW",
      subject: "Cannot log in",
      baseSubject: "cannot log in",
      department: "support",
      priority: "normal",
      customer: MARIA,
      participants: [OLIVER],
      supportAddress: SUPPORT,
      mailbox: "support",
      language: null,
      linkedTo: null,
      organization: null,
      openedAt: NOW,
    } as const;
    const ticket = await db.transaction((tx) => insertTicket(tx, opened, stored.ids, NOW));
    const notify = async (name: string, agent: string, change: { expires?: number; revoked?: 1 } = {}) => {
      const tokenMode: TokenMode = "act";
      const one = {
        kind: "notice",
        cause: name,
        recipient: desk.agents[agent]!.emails[0]!,
        ticketId: ticket.id,
        entryId: null,
        agentId: stored.ids.agent.id(agent),
        audience: "agent",
        envelopeFrom: SUPPORT,
        notBefore: NOW,
        tokenMode,
        tokenExpiresAt: change.expires ?? NOW + DAY,
      } as const;
      const id = (await reserveDelivery(db, one, NOW))!;
      if (change.revoked) await db("delivery").where({ id }).update({ token_revoked: 1 });
      ids[name] = id;
      notifications.set(id, { ...(await db("delivery").where({ id }).first()), agent });
    };
    await notify("valid", "ann");
    await notify("expired", "ann", { expires: NOW - 1 });
    await notify("revoked", "ann", { revoked: 1 });
    await notify("other agent's", "dev");
    world = { desk: stored.desk, ticket, notifications };
  });
  afterAll(async () => {
    await db.destroy();
    rmSync(folder, { recursive: true, force: true });
  });

  const addressOf = (token: (typeof TOKENS)[number]): string => {
    if (token === "guessed") return `support+a${ids["valid"]}-${"a".repeat(26)}@nw.example`;
    if (token === "customer's") return toCustomer(world.ticket.id);
    return ids[token] === undefined ? SUPPORT : toAgent(ids[token]);
  };
  const rawOf = (token: (typeof TOKENS)[number], head: string): Buffer => {
    const subject = token === "none" ? "A question" : `Re: [${world.ticket.publicNumber}] Cannot log in`;
    const fields = [head, `To: ${addressOf(token)}`, `Subject: ${subject}`, "Date: Mon, 23 Nov 2026 10:00:00 +0000"];
    return Buffer.from(
      `${fields.join("\r\n")}\r\nMessage-ID: <m1@home.example>\r\n\r\n#close\r\n\r\nIt is repaired.\r\n`,
    );
  };

  for (const token of TOKENS)
    for (const [sender, from] of Object.entries(SENDERS))
      it(`token ${token}, from ${sender}: ${AUTHS.length} kinds of authentication under each policy`, async () => {
        for (const auth of AUTHS) {
          const raw = rawOf(token, HEADS[auth](from));
          const message = await parse(raw, CONTEXT);
          const loaded = await lookAtFacts(unit, { inboundId: undefined, rawSha256: sha256(raw) }, message);
          for (const policy of POLICIES) {
            const cell = `${token} | ${sender} | ${auth} | ${policy}`;
            const rows = ROWS.filter(
              (row) => fits(row[0]!, token) && fits(row[1]!, sender) && fits(row[2]!, auth) && fits(row[3]!, policy),
            );
            expect([cell, rows.length]).toEqual([cell, 1]);
            const facts: IntakeFacts = { ...loaded, policy };
            expect([cell, inWords(decide(message, facts))]).toEqual([cell, rows[0]![4]]);
            // What the forger's tests know of the store is what the store says.
            expect([cell, decide(message, factsOf(world, message, policy)).verdict]).toEqual([
              cell,
              decide(message, facts).verdict,
            ]);
          }
        }
      });
});
