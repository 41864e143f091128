/** One message a row of the table: each must be refused for that row's own reason, and the plain one answered. */
import { expect, test } from "vitest";
import { ROWS, mayAnswerAutomatically } from "../../src/mail/automatic.ts";
import { parse } from "../../src/mail/parse.ts";
import { CONTEXT } from "./context.ts";

const PLAIN = "From: Maria <maria@home.example>\nTo: Support <support+tag@nw.example>\nSubject: Hello\nDate: Mon, 23 Nov 2026 10:02:11 +0100\nMessage-ID: <m@home.example>\n";

async function answer(headers: string, plain = PLAIN): Promise<ReturnType<typeof mayAnswerAutomatically>> {
  return mayAnswerAutomatically(await parse(Buffer.from(`${headers}${plain}\nHello\n`), CONTEXT), CONTEXT);
}

test("plain correspondence is answered", async () => {
  expect(await answer("")).toEqual({ yes: true });
  expect(await answer("Auto-Submitted: no\nX-Auto-Response-Suppress: OOF\nPrecedence: first-class\n")).toEqual({ yes: true });
});

const REFUSED: Record<string, [headers: string, because: RegExp, plain?: string]> = {
  "return-path": ["Return-Path: <>\n", /null return path/],
  report: ["X-Failed-Recipients: a@b.example\n", /x-failed-recipients/],
  "own-address": ["", /an address of ours/, PLAIN.replace("maria@home", "it@nw")],
  "loop-mark": ["X-Postern-Loop: postern.nw.example\n", /x-postern-loop/],
  hops: ["Received: from a by b; x\n".repeat(26), /26 Received/],
  "auto-submitted": ["Auto-Submitted: auto-generated; type=x\n", /auto-submitted: auto-generated/],
  suppress: ["X-Auto-Response-Suppress: DR, AutoReply\n", /suppress: autoreply/],
  precedence: ["Precedence: Junk\n", /precedence: junk/],
  list: ["Feedback-ID: 1:x\n", /feedback-id/],
  autoresponder: ["X-Autorespond: 1\n", /x-autorespond/],
  "no-reply": ["", /nobody reads/, PLAIN.replace("maria@", "no-reply@")],
  "not-addressed": ["", /To or Cc/, PLAIN.replace("support+tag@nw", "other@home")],
  dmarc: [
    "Authentication-Results: mx.nw.example; dmarc=fail header.from=home.example\nReceived: from x by mx.nw.example; now\n",
    /dmarc=fail/,
  ],
  spam: ["X-Spam-Status: Yes, score=9\n", /x-spam-status/],
  unclassified: ["From: Eve <eve@evil.example>\n", /2 From headers/],
};

test("every row of the table has its example here", () => {
  expect(ROWS.map(({ name }) => name)).toEqual(Object.keys(REFUSED));
});

test.each(Object.entries(REFUSED))("%s", async (name, [headers, because, plain]) => {
  const message = await parse(Buffer.from(`${headers}${plain ?? PLAIN}\nHello\n`), CONTEXT);
  expect(mayAnswerAutomatically(message, CONTEXT)).toEqual({ no: true, because: expect.stringMatching(because) as string });
  const row = ROWS.find((each) => each.name === name);
  expect(row?.refuse(message, CONTEXT)).toMatch(because);
});

test("headers that could not be read whole mean no", async () => {
  expect(await answer("X: y\n".repeat(1500))).toMatchObject({ no: true });
});

test("a forwarder of ours does not make a customer's mail a mailing", async () => {
  expect(await answer("List-Id: <x.y.example>\nX-Forwarded-For: old-support@nw.example support@nw.example\n")).toEqual({ yes: true });
  expect(await answer("List-Id: <x.y.example>\nX-Forwarded-For: else@nw.example support@nw.example\n")).toMatchObject({ no: true });
});
