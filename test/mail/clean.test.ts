import { expect, test } from "vitest";
import { cleanThroughout } from "../../src/mail/clean.ts";
import { parse } from "../../src/mail/parse.ts";
import { CONTEXT } from "./context.ts";

test("a value without fault is the same value", () => {
  const value = { a: ["x", 1, null, undefined, { b: "😀" }], c: true };
  expect(cleanThroughout(value)).toBe(value);
});

test("NUL and halves of characters go, wherever they stand", () => {
  const value = { a: ["x\0y", { b: "half \ud83d" }], c: undefined, n: 7 };
  expect(cleanThroughout(value)).toEqual({ a: ["xy", { b: "half \ufffd" }], c: undefined, n: 7 });
});

test("a report of delivery with a NUL in its diagnostic can be recorded", async () => {
  const message = await parse(
    Buffer.from(
      "From: Mail Delivery System <mailer-daemon@mx.example>\r\nReturn-Path: <>\r\nSubject: Undelivered\r\n" +
        "Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n" +
        "Reporting-MTA: dns; mx.example\r\n\r\nFinal-Recipient: rfc822; maria@home.example\r\nAction: failed\r\nStatus: 5.1.1\r\n" +
        "Diagnostic-Code: smtp; 550 5.1.1 no\0body here\r\n\r\n--b--\r\n",
    ),
    CONTEXT,
  );
  expect(message.deliveryReport?.diagnostic).toContain("nobody here");
  expect(JSON.stringify(message)).not.toContain("\\u0000");
});
