/** The whole table of who may act by mail: every cell of token x sender x authentication x policy, each by name. */
import { describe, expect, it } from "vitest";
import { decide } from "../../src/desk/intake.ts";
import type { IntakeFacts, TokenFact } from "../../src/desk/intake-facts.ts";
import type { Verdict } from "../../src/desk/types.ts";
import {
  agentPerson,
  at,
  authenticated,
  desk,
  evidence,
  facts,
  MARIA,
  message,
  OLIVER,
  STRANGER,
  ticket,
  token,
} from "./intake-world.ts";

const TOKENS = {
  valid: token(),
  group: token({ agent: null }),
  expired: token({ expired: true }),
  revoked: token({ revoked: true }),
  guessed: token({ genuine: false, agent: null, ticketId: null }),
  none: undefined,
} satisfies Record<string, TokenFact | undefined>;

const SENDERS = {
  "that agent": agentPerson("ann"),
  "agent of the department": agentPerson("ben"),
  "agent elsewhere": agentPerson("dev"),
  customer: MARIA,
  participant: OLIVER,
  stranger: STRANGER,
};

const AUTHS = ["pass", "fail", "none"] as const;
const POLICIES = ["confirm", "strict", "token"] as const;

/** token | sender | authentication | policy | verdict; * = any, several words with a slash. */
const TABLE = `
valid           | that agent              | pass      | *       | executes
valid           | that agent              | fail/none | confirm | challenge
valid           | that agent              | fail/none | strict  | note
valid           | that agent              | fail/none | token   | executes
valid/expired   | agent of the department | pass      | *       | note
valid/expired   | agent of the department | fail/none | *       | challenge
valid/expired   | agent elsewhere         | pass      | *       | note
valid/expired   | agent elsewhere         | fail/none | *       | challenge
valid/expired   | stranger                | *         | *       | unknown address
group           | that agent              | pass      | *       | executes
group           | that agent              | fail/none | confirm | challenge
group           | that agent              | fail/none | strict  | note
group           | that agent              | fail/none | token   | executes
group           | agent of the department | pass      | *       | executes
group           | agent of the department | fail/none | confirm | challenge
group           | agent of the department | fail/none | strict  | note
group           | agent of the department | fail/none | token   | executes
group           | agent elsewhere         | pass      | *       | note
group           | agent elsewhere         | fail/none | *       | challenge
group           | stranger                | *         | *       | unknown address
expired         | that agent              | *         | *       | challenge
revoked/guessed/none | that agent              | pass | * | note
revoked/guessed/none | that agent              | none | * | as stranger
revoked/guessed/none | that agent              | fail | * | held
revoked/guessed/none | agent of the department | pass | * | note
revoked/guessed/none | agent of the department | none | * | as stranger
revoked/guessed/none | agent of the department | fail | * | held
revoked/guessed/none | agent elsewhere         | pass | * | note
revoked/guessed/none | agent elsewhere         | none | * | as stranger
revoked/guessed/none | agent elsewhere         | fail | * | held
revoked/guessed/none | stranger                | pass | * | as stranger
revoked/guessed/none | stranger                | none | * | as stranger
revoked/guessed/none | stranger                | fail | * | held
*               | customer                | *         | *       | as customer
*               | participant             | *         | *       | as participant
`;

const ROWS = TABLE.trim()
  .split("\n")
  .map((line) => line.split("|").map((cell) => cell.trim()));
const fits = (cell: string, value: string) => cell === "*" || cell.split("/").includes(value);

function inWords(verdict: Verdict): string {
  if (verdict.verdict === "agent-reply") return `executes as ${verdict.agent}`;
  if (verdict.verdict === "hold")
    return { proof: `challenge to ${verdict.agent}`, "unknown-address": "unknown address", stranger: "held" }[
      verdict.reason as "proof"
    ];
  if (verdict.verdict === "follow-up") return verdict.as === "agent-note" ? "note" : `as ${verdict.as}`;
  return verdict.verdict;
}

const KEYS: Record<string, string> = {
  "that agent": "ann",
  "agent of the department": "ben",
  "agent elsewhere": "dev",
};

describe("who may act by mail", () => {
  for (const [tokenName, tokenFact] of Object.entries(TOKENS))
    for (const [senderName, from] of Object.entries(SENDERS))
      for (const auth of AUTHS)
        for (const policy of POLICIES) {
          const rows = ROWS.filter(
            (row) =>
              fits(row[0]!, tokenName) && fits(row[1]!, senderName) && fits(row[2]!, auth) && fits(row[3]!, policy),
          );
          const wanted = rows[0]?.[4];
          it(`token ${tokenName}, from ${senderName}, authentication ${auth}, policy ${policy}: ${wanted}`, () => {
            expect(rows).toHaveLength(1);
            const agent = desk.agents[KEYS[senderName] ?? ""];
            const known: Partial<IntakeFacts> = { token: tokenFact, agent, policy, ticket: ticket() };
            const strength = tokenFact?.genuine ? 1 : 2;
            const verdict = decide(
              message({ from, auth: authenticated(auth) }),
              facts({ ...known, evidence: evidence(strength) }),
            );
            const by = agent && { executes: "executes as", challenge: "challenge to" }[wanted!];
            expect(inWords(verdict)).toBe(by ? `${by} ${agent.key}` : wanted);
          });
        }
});

describe("who may act by mail, beyond the table", () => {
  const ann = desk.agents["ann"]!;
  const annWrites = (change = {}) => message({ from: agentPerson("ann"), ...change });

  it("knows an agent by any registered address, and acts for a second one just the same", () => {
    const verdict = decide(
      message({ from: { name: "", address: at("ann.lee@home.example") } }),
      facts({ token: token(), agent: ann, ticket: ticket(), evidence: evidence(1) }),
    );
    expect(verdict).toMatchObject({ verdict: "agent-reply", agent: "ann" });
  });

  it("takes an agent who is the ticket's customer for the customer, token or not", () => {
    const theirs = ticket({ customer: agentPerson("ann") });
    for (const fact of [token(), undefined])
      expect(
        decide(annWrites(), facts({ token: fact, agent: ann, ticket: theirs, evidence: evidence(1) })),
      ).toMatchObject({ verdict: "follow-up", as: "customer" });
  });

  it("records what a proven agent sent past the desk, with the desk in copy", () => {
    const outside = annWrites({ to: [MARIA], cc: [{ name: "", address: at("support@nw.example") }] });
    expect(decide(outside, facts({ agent: ann, ticket: ticket(), evidence: evidence(2) }))).toMatchObject({
      verdict: "follow-up",
      as: "outside",
      reopens: false,
    });
  });

  it("makes an ordinary ticket of a proven agent's new mail", () => {
    expect(decide(annWrites(), facts({ agent: ann }))).toMatchObject({ verdict: "open-ticket", linkedTo: null });
  });

  it("holds a proven agent's mail with a token that nobody knows and no other evidence", () => {
    const guessed = token({ genuine: false, agent: null, ticketId: null });
    expect(decide(annWrites(), facts({ agent: ann, token: guessed }))).toMatchObject({
      verdict: "hold",
      reason: "proof",
      agent: "ann",
    });
  });

  it("never takes an automatic answer for an agent's words", () => {
    const nature = { nature: "auto-response", because: "auto-submitted: auto-replied" } as const;
    expect(
      decide(annWrites({ nature }), facts({ token: token(), agent: ann, ticket: ticket(), evidence: evidence(1) })),
    ).toMatchObject({ verdict: "record-report", ticketId: 7 });
  });

  it("executes what was challenged once it is proven: unproven sender, expired token, another agent's token", () => {
    const unproven = annWrites({ auth: authenticated("none") });
    const base = { agent: ann, ticket: ticket(), evidence: evidence(1), proven: true, policy: "token" } as const;
    expect(decide(unproven, facts({ ...base, token: token() }))).toMatchObject({ verdict: "agent-reply" });
    expect(decide(unproven, facts({ ...base, token: token({ expired: true }) }))).toMatchObject({
      verdict: "agent-reply",
    });
    expect(decide(unproven, facts({ ...base, token: token({ agent: "ben" }) }))).toMatchObject({
      verdict: "follow-up",
      as: "agent-note",
    });
  });
});

describe("answers to questions of ours", () => {
  const ann = desk.agents["ann"]!;
  const question = (mode: TokenFact["mode"], change: Partial<TokenFact> = {}, auth: "pass" | "none" = "pass") =>
    decide(
      message({ from: agentPerson("ann"), auth: authenticated(auth) }),
      facts({
        agent: ann,
        token: token({ mode, inboundId: 5, ...change }),
        ticket: ticket(),
        evidence: evidence(1),
      }),
    );

  it("takes the answer to a challenge as the proof, whatever the authentication", () => {
    for (const auth of ["pass", "none"] as const)
      expect(question("prove", {}, auth)).toMatchObject({ verdict: "answer-to-hold", mode: "prove", inboundId: 5 });
  });

  it("asks for proof before a stopped reply is confirmed or a stranger decided about", () => {
    for (const mode of ["confirm", "decide"] as const) {
      expect(question(mode)).toMatchObject({ verdict: "answer-to-hold", mode, deliveryId: 12 });
      expect(question(mode, {}, "none")).toMatchObject({ verdict: "hold", reason: "proof" });
    }
  });

  it("never lets an old or used answer decide anything", () => {
    for (const mode of ["prove", "confirm", "decide"] as const)
      for (const change of [{ expired: true }, { revoked: true }, { genuine: false }])
        expect(question(mode, change).verdict).not.toBe("answer-to-hold");
  });

  it("is nobody's but the asked agent's", () => {
    const ben = desk.agents["ben"]!;
    const verdict = decide(
      message({ from: agentPerson("ben") }),
      facts({
        agent: ben,
        token: token({ mode: "decide", inboundId: 5 }),
        ticket: ticket(),
        evidence: evidence(1),
      }),
    );
    expect(verdict).toMatchObject({ verdict: "follow-up", as: "agent-note" });
  });
});
