import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { lookups } from "../../src/desk/threading.ts";
import * as token from "../../src/mail/token.ts";
import type { EmailAddress, InboundMessage, MessageId } from "../../src/mail/types.ts";

const KEY = randomBytes(32);
const SUPPORT = "support@nw.example" as EmailAddress;
const agents = (id: number) => token.agentReplyAddress(SUPPORT, id, token.agentToken(KEY, id));
const customers = (id: number) => token.customerReplyAddress(SUPPORT, id, token.customerToken(KEY, id));
const agentsId = (id: number) => token.agentMessageId(id, token.agentToken(KEY, id), "nw.example");
const reference = (id: number) => token.agentReferenceId(id, token.agentToken(KEY, id), "nw.example");
const acks = (id: number) => token.customerMessageId("ack", id, id, token.customerToken(KEY, id), "nw.example");
const named = (...addresses: EmailAddress[]) => addresses.map((address) => ({ name: "", address }));
const ids = (...texts: string[]) => texts as MessageId[];

const read = (change: Partial<InboundMessage>) =>
  lookups({ deliveredTo: [], to: [], cc: [], inReplyTo: [], references: [], subject: "Re: x", ...change }, "NW");

describe("the evidence in a message", () => {
  it("is nothing where nothing names a ticket", () => {
    expect(read({})).toEqual({ tokens: [], messageIds: [], number: undefined });
  });

  it("takes delivery headers before To, To before Cc, addresses before answered messages", () => {
    const { tokens } = read({
      deliveredTo: [agents(1)],
      to: named(agents(2)),
      cc: named(customers(3)),
      inReplyTo: ids(agentsId(4)),
      references: ids(acks(6), reference(5)),
    });
    expect(tokens.map(({ kind, id }) => `${kind} ${id}`)).toEqual([
      "agent 1",
      "agent 2",
      "customer 3",
      "agent 4",
      "agent 5",
      "customer 6",
    ]);
    expect(tokens.map(({ where }) => where)).toEqual([
      "the delivery address",
      "To",
      "Cc",
      "the message it answers",
      "the message it answers",
      "the message it answers",
    ]);
  });

  it("names a token once, where it was seen first", () => {
    expect(read({ deliveredTo: [agents(1)], to: named(agents(1)), inReplyTo: ids(agentsId(1)) }).tokens).toMatchObject([
      { id: 1, where: "the delivery address" },
    ]);
  });

  it("finds tokens whose case a server has changed", () => {
    const { tokens } = read({ to: named(agents(2).toUpperCase() as EmailAddress) });
    expect(tokens).toMatchObject([{ kind: "agent", id: 2 }]);
    expect(token.tokenIsOurs(KEY, tokens[0]!)).toBe(true);
  });

  it("asks for In-Reply-To first, then References newest first, each once", () => {
    expect(read({ inReplyTo: ids("c@x"), references: ids("a@x", "b@x", "c@x") }).messageIds).toEqual([
      "c@x",
      "b@x",
      "a@x",
    ]);
  });

  it("reads the number of this desk and of no other from the subject", () => {
    expect(read({ subject: "AW: Cannot log in [NW-1007]" }).number).toBe(1007);
    expect(read({ subject: "Cannot log in [XY-1007]" }).number).toBeUndefined();
    expect(read({ subject: "NW-1007 without brackets" }).number).toBeUndefined();
  });

  it("leaves plus addresses alone that are not ours", () => {
    expect(read({ to: named("support+login@nw.example" as EmailAddress) }).tokens).toEqual([]);
  });
});
