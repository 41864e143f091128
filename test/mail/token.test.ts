import fc from "fast-check";
import { expect, test } from "vitest";
import { compose } from "../../src/mail/compose.ts";
import * as t from "../../src/mail/token.ts";
import type { EmailAddress, OutboundMessage } from "../../src/mail/types.ts";

const KEY = Buffer.from("0123456789abcdef0123456789abcdef");
const SUPPORT = "support@nw.example" as EmailAddress;

test("a token is 26 characters of base32, the same for the same delivery and no other's", () => {
  // HMAC-SHA256(key, "agent:12") as Python's hmac and base64.b32encode give it.
  expect(t.agentToken(KEY, 12)).toBe("5upsk3ah73cjnkmvnldrq55vyd");
  expect(t.customerToken(KEY, 12)).toBe("dwpknokthrn43fpjqni7hg37ya");
  fc.assert(
    fc.property(fc.nat(), fc.nat(), (left, right) => {
      expect(t.agentToken(KEY, left)).toMatch(/^[a-z2-7]{26}$/);
      expect(t.agentToken(KEY, left) === t.agentToken(KEY, right)).toBe(left === right);
      expect(t.agentToken(KEY, left)).not.toBe(t.customerToken(KEY, left));
    }),
  );
});

test("the placeholder is as long as a token and can never be one", () => {
  expect(t.TOKEN_PLACEHOLDER).toHaveLength(26);
  expect(t.TOKEN_PLACEHOLDER).not.toMatch(/^[a-z2-7]+$/);
  expect(t.tokenInAddress(t.agentReplyAddress(SUPPORT, 1, t.TOKEN_PLACEHOLDER))).toBeUndefined();
});

test("addresses give back the token they were made with, in any case", () => {
  const token = t.agentToken(KEY, 12);
  const address = t.agentReplyAddress(SUPPORT, 12, token);
  expect(address).toBe(`support+a12-${token}@nw.example`);
  expect(t.tokenInAddress(address.toUpperCase())).toEqual({ kind: "agent", id: 12, token });
  const customers = t.customerReplyAddress("help+it@nw.example" as EmailAddress, 7, t.customerToken(KEY, 7));
  const bounces = t.bounceAddress(SUPPORT, 12, t.bounceToken(KEY, 12));
  expect(t.tokenInAddress(bounces)).toEqual({ kind: "bounce", id: 12, token: t.bounceToken(KEY, 12) });
  expect(customers).toMatch(/^help\+it\+c7-/);
  expect(t.tokenInAddress(customers)).toEqual({ kind: "customer", id: 7, token: t.customerToken(KEY, 7) });
});

test.each([
  "support@nw.example",
  "support+a12@nw.example",
  "support+a12-short@nw.example",
  `support+d12-${"a".repeat(26)}@nw.example`,
  `support+a12-${"a".repeat(27)}@nw.example`,
  `+a12-${"a".repeat(26)}@nw.example`,
  `support+a${"9".repeat(16)}-${"a".repeat(26)}@nw.example`,
])("%s holds no token", (address) => {
  expect(t.tokenInAddress(address)).toBeUndefined();
});

test("message ids of every kind give back what they carry", () => {
  const agent = t.agentToken(KEY, 12);
  const customer = t.customerToken(KEY, 7);
  expect(t.tokenInMessageId(t.agentMessageId(12, agent, "nw.example"))).toEqual({ kind: "agent", id: 12, token: agent });
  expect(t.tokenInMessageId(`<${t.agentReferenceId(12, agent, "nw.example")}>`)).toEqual({ kind: "agent", id: 12, token: agent });
  for (const kind of ["ack", "entry", "closure"] as const) {
    const id = t.customerMessageId(kind, 99, 7, customer, "nw.example");
    expect(t.tokenInMessageId(id)).toEqual({ kind: "customer", id: 7, token: customer });
  }
  expect(t.tokenInMessageId(t.agentThreadId(7, "nw.example"))).toBeUndefined();
  expect(t.tokenInMessageId("CAF+abc@mail.example")).toBeUndefined();
});

test("a found token is ours only under our key, for its own id and kind", () => {
  const token = t.agentToken(KEY, 12);
  expect(t.tokenIsOurs(KEY, { kind: "agent", id: 12, token })).toBe(true);
  expect(t.tokenIsOurs(KEY, { kind: "agent", id: 13, token })).toBe(false);
  expect(t.tokenIsOurs(KEY, { kind: "customer", id: 12, token })).toBe(false);
  expect(t.tokenIsOurs(Buffer.from("another key"), { kind: "agent", id: 12, token })).toBe(false);
  expect(t.sameToken(token, token.slice(1))).toBe(false);
});

const frozen = (text: string): OutboundMessage => ({
  messageId: t.agentMessageId(12, t.TOKEN_PLACEHOLDER, "nw.example"),
  from: { name: "Maria Santos via Northwind", address: SUPPORT },
  to: [{ name: "Dev", address: "dev@nw.example" as EmailAddress }],
  // So long a name that the address is folded onto a line of its own.
  replyTo: { name: "Maria Magdalena Santos de la Cruz via Northwind", address: t.agentReplyAddress(SUPPORT, 12, t.TOKEN_PLACEHOLDER) },
  subject: `[NW-1] ${t.TOKEN_PLACEHOLDER}`,
  date: 0,
  references: [t.agentThreadId(7, "nw.example"), t.agentReferenceId(12, t.TOKEN_PLACEHOLDER, "nw.example")],
  text,
  headers: [],
  attachments: [],
});

test("filling puts the token into the three header fields and nowhere else", async () => {
  const token = t.agentToken(KEY, 12);
  const body = `Reply-To: ${t.TOKEN_PLACEHOLDER}\n\nMessage-ID: <a12.${t.TOKEN_PLACEHOLDER}@nw.example>\n`;
  const bytes = await compose(frozen(body));
  const filled = t.fillToken(bytes, token).toString("latin1");
  expect(filled).toHaveLength(bytes.length);
  expect(bytes.toString("latin1")).not.toContain(token);
  const [head, ...rest] = filled.split("\r\n\r\n");
  expect(head).toMatch(new RegExp(`Reply-To: [^\r]*\r\n <support\\+a12-${token}@nw.example>`));
  expect(head).toContain(`Message-ID: <a12.${token}@nw.example>`);
  expect(head).toContain(`<ar12.${token}@nw.example>`);
  expect(head).toContain(`Subject: [NW-1] ${t.TOKEN_PLACEHOLDER}`);
  expect(rest.join("\r\n\r\n")).toBe(body.replaceAll("\n", "\r\n"));
});

test("mail without a placeholder comes back as it is; a wrong token is refused where one is needed", async () => {
  const plain = Buffer.from("Message-ID: <ack.7@nw.example>\r\nSubject: x\r\n\r\nbody\r\n");
  expect(t.fillToken(plain, "").equals(plain)).toBe(true);
  const bytes = await compose(frozen("body"));
  expect(() => t.fillToken(bytes, "")).toThrow(/not a token/);
  expect(() => t.fillToken(bytes, `${"a".repeat(24)}\r\n`)).toThrow(/not a token/);
});
