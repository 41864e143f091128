/** The pool under hostile mail, with real threads. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openParser, type Parser } from "../../src/parser/pool.ts";
import type { EmailAddress } from "../../src/mail/types.ts";
import { BOMBS } from "./bombs.ts";

const CONTEXT = {
  ourAddresses: ["support@nw.example"] as EmailAddress[],
  ourDomains: ["nw.example"],
  loopMark: "postern.nw.example",
  ownListIds: [],
  forwarders: [],
  dkim: false,
};
const SMALL = Buffer.from(
  "From: Maria <maria@home.example>\r\nTo: support@nw.example\r\nSubject: Small\r\n\r\nHello\r\n",
);
/** A mail of two forms and a file, as most are. */
const ordinary = (subject: string): Buffer =>
  Buffer.from(
    `From: Maria <maria@home.example>\r\nTo: support@nw.example\r\nSubject: ${subject}\r\n` +
      "Content-Type: multipart/mixed; boundary=m\r\n\r\n--m\r\nContent-Type: multipart/alternative; boundary=a\r\n\r\n" +
      `--a\r\nContent-Type: text/plain\r\n\r\nHello ${subject}\r\n--a\r\nContent-Type: text/html\r\n\r\n<p>Hello ${subject}</p>\r\n--a--\r\n` +
      "--m\r\nContent-Type: image/png; name=a.png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n--m--\r\n",
  );
const arrivedAt = Date.UTC(2026, 10, 23, 9, 0);

describe("bombs", () => {
  let parser: Parser;
  beforeAll(() => {
    parser = openParser({ threads: 2, maxOldGenerationSizeMb: 256, timeLimitMs: 10_000, context: CONTEXT });
  });
  afterAll(() => parser.close());

  test.each(Object.keys(BOMBS))(
    "%s ends as a message or a quarantine, and other mail gets through beside it",
    async (name) => {
      const raw = Buffer.from((BOMBS[name] as () => string)());
      const bomb = parser.parse(raw, { arrivedAt });
      for (const subject of ["One", "Two", "Three"]) {
        const other = await parser.parse(ordinary(subject), { arrivedAt });
        expect(other).toMatchObject({ ok: true, message: { subject, text: `Hello ${subject}` } });
      }
      const result = await bomb;
      const end = result.ok ? `${result.message.from?.address} ${result.message.size}` : result.reason;
      expect(["timeout", "memory", `eve@evil.example ${raw.length}`]).toContain(end);
    },
    30_000,
  );

  test("after all of them the pool still reads", async () => {
    const results = await Promise.all(Array.from({ length: 20 }, () => parser.parse(SMALL, { arrivedAt })));
    expect(results.every((result) => result.ok)).toBe(true);
  });
});

test("a message over its time is a timeout; those in the other thread and behind it are read", async () => {
  const entry = new URL("./hanging-worker.ts", import.meta.url);
  // Long enough for a small mail on a busy machine: what hangs here hangs for ever.
  const parser = openParser({ threads: 2, timeLimitMs: 4000, entry, context: CONTEXT });
  try {
    const hanging = parser.parse(Buffer.concat([Buffer.from("X-Hang: yes\r\n"), SMALL]), { arrivedAt });
    const quick = await Promise.all([1, 2, 3, 4].map(() => parser.parse(SMALL, { arrivedAt })));
    expect(quick.every((result) => result.ok)).toBe(true);
    expect(await hanging).toMatchObject({ ok: false, reason: "timeout", detail: "still parsing after 4000 ms" });
    expect((await parser.parse(SMALL, { arrivedAt })).ok).toBe(true);
  } finally {
    await parser.close();
  }
});

test("a message over its memory is a quarantine, not the end of the process", async () => {
  const parser = openParser({ threads: 1, maxOldGenerationSizeMb: 48, timeLimitMs: 15_000, context: CONTEXT });
  try {
    const bomb = (BOMBS["a million quoted lines"] as () => string)();
    expect(await parser.parse(Buffer.from(bomb), { arrivedAt })).toMatchObject({ ok: false, reason: "memory" });
    expect((await parser.parse(SMALL, { arrivedAt })).ok).toBe(true);
  } finally {
    await parser.close();
  }
});

test("a message handed over in the very turn in which the last one ended is not forgotten", async () => {
  const parser = openParser({ threads: 1, context: CONTEXT });
  try {
    for (let i = 0; i < 50; i++) await parser.parse(SMALL, { arrivedAt });
    const chained = parser.parse(SMALL, { arrivedAt }).then(() => parser.parse(SMALL, { arrivedAt }));
    expect((await chained).ok).toBe(true);
  } finally {
    await parser.close();
  }
});

test("a new context holds for the messages after it, and a mailbox may have its own", async () => {
  const parser = openParser({ threads: 1, context: CONTEXT });
  try {
    const nature = async (own = {}): Promise<unknown> => {
      const result = await parser.parse(SMALL, { arrivedAt, ...own });
      return result.ok && result.message.nature.nature;
    };
    expect(await nature()).toBe("correspondence");
    parser.updateContext({ ...CONTEXT, ourAddresses: ["maria@home.example" as EmailAddress] });
    expect(await nature()).toBe("own");
    expect(await nature({ ourAddresses: [] })).toBe("correspondence");
  } finally {
    await parser.close();
  }
});

test("a small window on a large batch is read as the window", async () => {
  const parser = openParser({ threads: 1, context: CONTEXT });
  try {
    const batch = Buffer.concat([Buffer.alloc(5_000_000, "x"), SMALL, Buffer.alloc(1000, "y")]);
    const result = await parser.parse(batch.subarray(5_000_000, 5_000_000 + SMALL.length), { arrivedAt });
    expect(result).toMatchObject({ ok: true, message: { text: "Hello", size: SMALL.length } });
    expect(batch.length).toBe(5_001_000 + SMALL.length);
  } finally {
    await parser.close();
  }
});

test("a thread that cannot start is an outage: it rejects, and nothing is called a quarantine", async () => {
  const entry = new URL("./not-there.ts", import.meta.url);
  const parser = openParser({ threads: 1, entry, context: CONTEXT });
  await expect(parser.parse(SMALL, { arrivedAt })).rejects.toThrow(/could not be started/);
  await parser.close();
});

test("a closed pool ends what it has in hand and refuses the rest", async () => {
  const parser = openParser({ threads: 1, context: CONTEXT });
  const inHand = parser.parse(SMALL, { arrivedAt });
  const waiting = parser.parse(SMALL, { arrivedAt });
  const [closed, refused] = await Promise.allSettled([parser.close(), waiting]);
  expect(closed.status).toBe("fulfilled");
  expect(refused).toMatchObject({ status: "rejected", reason: { message: "the parser is closed" } });
  expect((await inHand).ok).toBe(true);
  await expect(parser.parse(SMALL, { arrivedAt })).rejects.toThrow(/closed/);
});
