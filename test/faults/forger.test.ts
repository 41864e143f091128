/**
 * A hundred thousand forgeries, of which none may be carried out, and ten thousand genuine mails, of which at most ten may be
 * refused. One in ten goes as raw bytes through the whole parser; of the others the headers are read by the same functions, and
 * the text is what stands below them. The seed is printed; POSTERN_TEST_SEED sets it.
 */
import { beforeAll, describe, expect, it } from "vitest";
import { decide } from "../../src/desk/intake.ts";
import type { IntakeFacts } from "../../src/desk/intake-facts.ts";
import type { InboundMessage, Verdict } from "../../src/desk/types.ts";
import { authenticate } from "../../src/mail/authentication.ts";
import { natureOf } from "../../src/mail/auto-submitted.ts";
import { readHeaders } from "../../src/mail/headers.ts";
import { readDate, readIds, readPeople, readSubject } from "../../src/mail/message-fields.ts";
import { parse } from "../../src/mail/parse.ts";
import { clean } from "../../src/mail/text.ts";
import { testDesk } from "../db/desks.ts";
import { message as plain, ticket } from "../desk/intake-world.ts";
import { CONTEXT, factsOf, type Notification, NOW, type ProofWorld } from "../desk/proof-world.ts";
import { randomOf } from "../fuzz/random.ts";
import { type Booty, collectBooty, forge, genuine, LOOT } from "./forger.ts";
import { resolver } from "./forger-keys.ts";

const SEED = Number(process.env["POSTERN_TEST_SEED"] ?? Date.now() % 1_000_000);
const FORGERIES = 100_000;
const GENUINE = 10_000;
/** Every so many-th mail is parsed whole. */
const WHOLE = 10;

const context = { ...CONTEXT, resolver };
const notification = (id: number, change: Partial<Notification> = {}): [number, Notification] => [
  id,
  {
    id,
    kind: "notice",
    agent: "ann",
    ticket_id: 7,
    inbound_id: null,
    token_expires_at: NOW + 1,
    token_revoked: 0,
    token_used_at: null,
    token_mode: "act",
    ...change,
  },
];
const world: ProofWorld = {
  desk: testDesk(),
  ticket: ticket(),
  notifications: new Map([
    notification(LOOT.valid),
    notification(LOOT.expired, { token_expires_at: NOW - 1 }),
    notification(LOOT.revoked, { token_revoked: 1 }),
    notification(LOOT.bens, { agent: "ben" }),
    notification(LOOT.list, { ticket_id: null, token_mode: "list" }),
    notification(LOOT.overview, { ticket_id: null }),
    notification(LOOT.group, { agent: null }),
    notification(LOOT.confirm, { token_mode: "confirm", inbound_id: 17 }),
    notification(LOOT.decide, { token_mode: "decide", inbound_id: 17 }),
    notification(LOOT.review, { token_mode: "review", inbound_id: 17 }),
  ]),
};

/** The message as far as headers tell it, with the body as its text. */
async function headOf(raw: Buffer): Promise<InboundMessage> {
  const block = readHeaders(raw);
  const fields = block.fields.map(({ name, value }) => ({ name, value: clean(value) }));
  const defects = [...block.defects];
  const [people, ids, subject] = [readPeople(fields, defects), readIds(fields, defects), readSubject(fields, defects)];
  const text = raw.subarray(block.bodyOffset).toString();
  const auth = await authenticate({ raw, fields, date: readDate(fields, defects), defects }, context);
  const nature = natureOf({ headers: fields, ...people, subject, messageId: ids.messageId }, context);
  return {
    ...plain({ from: undefined }),
    ...ids,
    ...people,
    subject,
    auth,
    nature,
    text,
    replyText: text,
    headers: fields,
  };
}

const EXECUTES: readonly Verdict["verdict"][] = ["agent-reply", "command-mail", "forwarded-in", "answer-to-hold"];

async function judged(raw: Buffer, whole: boolean, policy: IntakeFacts["policy"]): Promise<Verdict> {
  const message = whole ? await parse(raw, context) : await headOf(raw);
  return decide(message, factsOf(world, message, policy));
}

describe(`mails of agents and of those who pretend (seed ${SEED})`, () => {
  let booty: Booty;
  beforeAll(async () => {
    booty = await collectBooty(randomOf(SEED, -1));
  });

  it(`none of ${FORGERIES} forgeries is carried out`, { timeout: 600_000 }, async () => {
    const executed: string[] = [];
    const seen = new Map<string, number>();
    for (let n = 0; n < FORGERIES; n++) {
      const random = randomOf(SEED, n);
      const forgery = forge(random, booty);
      const policy = forgery.bearsLiveToken
        ? random.one(["confirm", "strict"] as const)
        : random.one(["confirm", "strict", "token"] as const);
      const { verdict } = await judged(forgery.raw, n % WHOLE === 0, policy);
      seen.set(verdict, (seen.get(verdict) ?? 0) + 1);
      if (EXECUTES.includes(verdict)) executed.push(`${n}: ${verdict}, ${policy}: ${forgery.how.join(", ")}`);
    }
    console.log(`seed ${SEED}, ${FORGERIES} forgeries:`, Object.fromEntries(seen));
    expect(executed.slice(0, 20)).toEqual([]);
    // The mails reached the judgement on agents' mail, and were not all strangers' to begin with.
    expect(seen.get("hold") ?? 0).toBeGreaterThan(FORGERIES / 20);
  });

  it(`at most 10 of ${GENUINE} genuine mails are refused`, { timeout: 300_000 }, async () => {
    const refused: string[] = [];
    for (let n = 0; n < GENUINE; n++) {
      const random = randomOf(SEED + 1, n);
      const { raw, how } = await genuine(random, n);
      const verdict = await judged(raw, n % WHOLE === 0, random.one(["confirm", "strict", "token"] as const));
      if (!EXECUTES.includes(verdict.verdict))
        refused.push(`${n}: ${verdict.verdict}, ${verdict.because}: ${how.join(", ")}`);
    }
    console.log(`seed ${SEED}, ${GENUINE} genuine mails: ${refused.length} refused`, refused.slice(0, 5));
    expect(refused.length).toBeLessThanOrEqual(10);
  });
});
