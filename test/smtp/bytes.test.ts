/** What arrives is what was stored, byte for byte. */
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openSmtp } from "../../src/smtp/send.ts";
import type { Smtp } from "../../src/smtp/send.ts";
import { realServer } from "./real-server.ts";
import type { RealServer } from "./real-server.ts";
import { envelope, log, settingsFor, yes } from "./settings.ts";

let server: RealServer;
let smtp: Smtp;
beforeAll(async () => {
  server = await realServer({ size: 60 * 1024 * 1024 });
  smtp = openSmtp(settingsFor(server.port, { timeouts: { connectMs: 2000, greetingMs: 2000, socketMs: 5000 } }), {
    log,
  });
});
afterAll(async () => {
  await smtp.close(500);
  await server.close();
});

const HEAD = "From: a@nw.example\r\nSubject: x\r\n\r\n";

it.each<[string, Buffer]>([
  ["lines that begin with dots", Buffer.from(`${HEAD}.\r\n..\r\n...three\r\n.\r\n`)],
  ["a dot at a chunk border", Buffer.from(`${HEAD}${"x".repeat(64 * 1024 - HEAD.length - 2)}\r\n.dot\r\n.\r\n`)],
  ["lines longer than RFC 5321 allows", Buffer.from(`${HEAD}${"y".repeat(5000)}\r\n.${"z".repeat(2000)}\r\n`)],
  [
    "8-bit octets",
    Buffer.concat([Buffer.from(HEAD), Buffer.from([0xe9, 0xff, 0x80, 0x0d, 0x0a, 0xc3, 0xa9, 0x0d, 0x0a])]),
  ],
  ["NUL and control octets", Buffer.concat([Buffer.from(HEAD), Buffer.from([0, 1, 2, 8, 27, 0x0d, 0x0a])])],
  ["only a header", Buffer.from("Subject: x\r\n")],
  ["5 MB", Buffer.from(HEAD + `${"0123456789abcdef".repeat(4)}\r\n.`.repeat(75_000) + "\r\n")],
])("%s", async (_name, bytes) => {
  const result = await smtp.send(envelope, bytes, yes);
  expect(result).toEqual({ kind: "accepted", response: expect.stringMatching(/^250 /) });
  expect(server.received.at(-1)!.bytes.equals(bytes)).toBe(true);
});

it("a bare LF or CR and a missing last line end become CRLF, so that no line can pass for the final dot", async () => {
  await smtp.send(envelope, Buffer.from("Subject: x\n\nhello\n.\nworld\r.\rend"), yes);
  expect(server.received.at(-1)!.bytes.toString()).toBe("Subject: x\r\n\r\nhello\r\n.\r\nworld\r\n.\r\nend\r\n");
});

it("any lines", async () => {
  const line = fc
    .uint8Array({ maxLength: 120 })
    .map((octets) => Buffer.from(octets.filter((octet) => octet !== 10 && octet !== 13)));
  const message = fc
    .array(
      fc.oneof(
        line,
        fc.constantFrom("", ".", "..", ".\t.").map((text) => Buffer.from(text)),
      ),
      { minLength: 1, maxLength: 40 },
    )
    .map((lines) => Buffer.concat(lines.flatMap((one) => [one, Buffer.from("\r\n")])));
  await fc.assert(
    fc.asyncProperty(message, async (bytes) => {
      const result = await smtp.send(envelope, bytes, yes);
      expect(result.kind).toBe("accepted");
      expect(server.received.at(-1)!.bytes.equals(bytes)).toBe(true);
    }),
    { numRuns: 60 },
  );
});
