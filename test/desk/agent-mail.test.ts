/** A proven agent's mail that answers no notification: commands, a customer's mail passed on, or a mail like anybody's. */
import { describe, expect, it } from "vitest";
import { decide } from "../../src/desk/intake.ts";
import type { IntakeFacts } from "../../src/desk/intake-facts.ts";
import type { InboundMessage } from "../../src/mail/types.ts";
import { agentPerson, at, authenticated, desk, facts, MARIA, message, STRANGER, tied, token } from "./intake-world.ts";

const ann = desk.agents["ann"]!;
const support = { name: "", address: at("support@nw.example") };
const writes = (text: string, change: Partial<InboundMessage> = {}) =>
  message({ from: agentPerson("ann"), subject: "", text, replyText: text, ...change });
const verdictOn = (mail: InboundMessage, known: Partial<IntakeFacts> = {}) =>
  decide(mail, facts({ agent: ann, ...known }));
const forwarded = (from = MARIA) =>
  ({ by: "inline", from, to: [], cc: [], text: "It does not work." }) as const satisfies InboundMessage["forwarded"];

describe("a proven agent's new mail", () => {
  it.each([
    "#list overdue",
    "\n\n#search printer",
    "#lst overdue",
    "• #mine",
    "＃mine",
    "1 #close",
    "2-4 #dept it #priority high",
    "1, 3 & 5 #close",
    "NW-1007 #close",
    "[NW-1007] #take",
    "held 17 #confirm",
    "all #close",
  ])("is one of commands when it begins %j", (text) => {
    expect(verdictOn(writes(text))).toMatchObject({ verdict: "command-mail", agent: "ann", deliveryId: null });
  });

  it.each(["#list overdue", "#lst overdue", "#open maria@home.example"])("or when its subject is %j", (subject) => {
    expect(verdictOn(writes("", { subject }))).toMatchObject({ verdict: "command-mail" });
  });

  it.each(["Hello,\n#close", "#1 restart", "# Steps", "12 of 14 fail", "The printer is broken."])(
    "is a ticket when it begins %j",
    (text) => {
      expect(verdictOn(writes(text))).toMatchObject({ verdict: "open-ticket" });
      expect(verdictOn(writes("Hello", { subject: text.split("\n")[0]! }))).toMatchObject({ verdict: "open-ticket" });
    },
  );

  it("is one of commands in Cc of the desk or with no name in it, and not where the desk is none of its readers", () => {
    const to = [MARIA];
    expect(verdictOn(writes("#mine", { to, cc: [support] }))).toMatchObject({ verdict: "command-mail" });
    expect(verdictOn(writes("#mine", { to: [] }))).toMatchObject({ verdict: "command-mail" });
    expect(verdictOn(writes("#mine", { to, deliveredTo: [support.address] }))).toMatchObject({
      verdict: "command-mail",
    });
    expect(verdictOn(writes("#mine", { to }))).toMatchObject({ verdict: "open-ticket" });
  });

  it("is nothing of an agent's when it is not proven, not theirs, or a machine's", () => {
    for (const auth of ["none", "fail"] as const)
      expect(verdictOn(writes("#mine", { auth: authenticated(auth) }))).toMatchObject({ verdict: "open-ticket" });
    expect(verdictOn(writes("#mine", { from: STRANGER }), { agent: undefined })).toMatchObject({
      verdict: "open-ticket",
    });
    expect(verdictOn(writes("#mine", { returnPath: "" }))).toMatchObject({ verdict: "open-ticket" });
    const nature = { nature: "bulk", because: "a list" } as const;
    expect(verdictOn(writes("#mine", { nature }))).toMatchObject({ verdict: "open-ticket" });
  });

  it("acts on the ticket that its first line names, and is a note where only the subject does", () => {
    expect(decide(writes("NW-1007 #close"), tied(3, { agent: ann }))).toMatchObject({ verdict: "command-mail" });
    for (const text of ["#close", "1 #close", "NW-1007 is done"])
      expect(decide(writes(text), tied(3, { agent: ann }))).toMatchObject({ verdict: "follow-up", as: "agent-note" });
    for (const strength of [1, 2] as const)
      expect(decide(writes("NW-1007 #close"), tied(strength, { agent: ann }))).toMatchObject({ as: "agent-note" });
  });
});

describe("a mail that a proven agent passes on", () => {
  it("is the customer's, also with commands above it and when a ticket has it already", () => {
    const mail = writes("#dept it", { forwarded: forwarded() });
    expect(verdictOn(mail)).toMatchObject({ verdict: "forwarded-in", agent: "ann" });
    expect(decide(mail, tied(2, { agent: ann }))).toMatchObject({ verdict: "forwarded-in" });
  });

  it("is ordinary when a colleague or the desk wrote it, or when somebody outside gets it as well", () => {
    for (const from of [agentPerson("ben"), support])
      expect(verdictOn(writes("Look", { forwarded: forwarded(from) }))).toMatchObject({ verdict: "open-ticket" });
    const to = [support, STRANGER];
    expect(verdictOn(writes("Look", { forwarded: forwarded(), to }))).toMatchObject({ verdict: "open-ticket" });
    const unproven = writes("Look", { forwarded: forwarded(), auth: authenticated("none") });
    expect(verdictOn(unproven)).toMatchObject({ verdict: "open-ticket" });
  });
});

describe("an answer to a mail of ours about no ticket", () => {
  const list = token({ mode: "list", ticketId: null });
  const answer = (known: Partial<IntakeFacts>, auth: "pass" | "none" = "pass") =>
    verdictOn(writes("1 #close", { auth: authenticated(auth) }), known);

  it("acts on its numbers for the agent who got it", () => {
    expect(answer({ token: list })).toMatchObject({ verdict: "command-mail", deliveryId: 12 });
    expect(answer({ token: token({ ticketId: null }) })).toMatchObject({ verdict: "command-mail", deliveryId: 12 });
  });

  it("has no numbers for a colleague", () => {
    const ben = desk.agents["ben"]!;
    const verdict = decide(writes("1 #close", { from: agentPerson("ben") }), facts({ agent: ben, token: list }));
    expect(verdict).toMatchObject({ verdict: "command-mail", agent: "ben", deliveryId: null });
  });

  it("waits for proof where there is none, and where the token has expired; a stranger's is held", () => {
    expect(answer({ token: list }, "none")).toMatchObject({ verdict: "hold", reason: "proof", agent: "ann" });
    expect(answer({ token: { ...list, expired: true } })).toMatchObject({ verdict: "hold", reason: "proof" });
    expect(answer({ token: list, proven: true }, "none")).toMatchObject({ verdict: "command-mail", deliveryId: 12 });
    const stranger = writes("1 #close", { from: STRANGER });
    expect(verdictOn(stranger, { agent: undefined, token: list })).toMatchObject({ reason: "unknown-address" });
  });
});
