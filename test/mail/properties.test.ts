/** What must hold for any input. fast-check prints the seed of a failure. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseAddressList } from "../../src/mail/address-list.ts";
import { canonicalAddress } from "../../src/mail/address.ts";
import { mayAnswerAutomatically } from "../../src/mail/automatic.ts";
import { baseSubject } from "../../src/mail/base-subject.ts";
import { decodeWords } from "../../src/mail/encoded-word.ts";
import { parseMessageIds } from "../../src/mail/message-id.ts";
import { parse } from "../../src/mail/parse.ts";
import { splitReply } from "../../src/mail/reply/split.ts";
import { hostileBytes, hostileText } from "./arbitraries.ts";
import { CONTEXT } from "./context.ts";

describe("for any bytes", () => {
  test("parse gives a plain message that can cross a thread and a database", async () => {
    await fc.assert(
      fc.asyncProperty(hostileBytes, async (raw) => {
        const message = await parse(raw, CONTEXT);
        expect(structuredClone(message)).toEqual(message);
        expect(JSON.stringify(message)).not.toContain("\\u0000");
        expect(message.size).toBe(raw.length);
        expect(message.replyText !== "" || message.text.trim() === "").toBe(true);
      }),
      { numRuns: 400 },
    );
  });

  test("reading twice gives the same", async () => {
    await fc.assert(
      fc.asyncProperty(hostileBytes, async (raw) => {
        expect(await parse(raw, CONTEXT)).toEqual(await parse(raw, CONTEXT));
      }),
      { numRuns: 100 },
    );
  });

  test("a message without a trusted witness never passes", async () => {
    await fc.assert(
      fc.asyncProperty(hostileBytes, async (raw) => {
        const message = await parse(raw, { ...CONTEXT, mx: undefined, resolver: undefined });
        expect(message.auth.result).not.toBe("pass");
      }),
      { numRuns: 200 },
    );
  });

  test("what is not correspondence is never answered", async () => {
    await fc.assert(
      fc.asyncProperty(hostileBytes, async (raw) => {
        const message = await parse(raw, CONTEXT);
        const answer = mayAnswerAutomatically(message, CONTEXT);
        const why = "yes" in answer ? message.nature.nature : answer.because;
        expect("yes" in answer ? why === "correspondence" : why !== "").toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});

describe("for any text", () => {
  test("baseSubject is idempotent", () => {
    const subject = fc
      .array(fc.oneof(fc.constantFrom("Re: ", "AW:", "Fwd ", "[Fwd: ", "]", "(fwd)", "[x] ", "re[2]: ", "回复：", ":", " "), fc.string({ maxLength: 6, unit: "binary" })))
      .map((parts) => parts.join(""));
    fc.assert(fc.property(subject, (text) => {
        expect(baseSubject(baseSubject(text))).toBe(baseSubject(text));
      }), { numRuns: 1000 });
  });

  test("canonicalAddress is idempotent and one word", () => {
    const local = fc.oneof(fc.string({ unit: "binary", maxLength: 10 }), fc.constantFrom('"a b"', '"A\\"b"', '"x.y"', "Mária", "a+b", "İ"));
    const domain = fc.oneof(fc.domain(), fc.constantFrom("MÜNCHEN.example", "xn--a.example", "[192.0.2.1]", "ex%61mple.com", "1.2", "a_b.example", "example.com."), fc.string({ maxLength: 8 }));
    const address = fc.tuple(local, domain).map(([left, right]) => `${left}@${right}`);
    fc.assert(
      fc.property(fc.oneof(address, fc.emailAddress(), hostileText), (text) => {
        const canonical = canonicalAddress(text);
        if (canonical === undefined) return;
        expect(canonicalAddress(canonical)).toBe(canonical);
        expect(canonical).toMatch(/^[^\s\u0000-\u001f<>]+@[a-z0-9._:[\]-]+$/);
      }),
      { numRuns: 2000 },
    );
  });

  test("no list of addresses yields anything but canonical addresses and one-line names", () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        for (const { name, address } of parseAddressList(text)) {
          expect(canonicalAddress(address)).toBe(address);
          expect(name).not.toMatch(/[\u0000-\u001f]/);
        }
      }),
      { numRuns: 1000 },
    );
  });

  test("message ids are bounded and bare", () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const ids = parseMessageIds(text);
        expect(ids.length).toBeLessThanOrEqual(200);
        for (const id of ids) expect(id).toMatch(/^[^\s<>]{3,998}$/);
      }),
    );
  });

  test("decoded words hold no line end", () => {
    fc.assert(fc.property(hostileText, (text) => {
        expect(decodeWords(text)).not.toMatch(/[\r\n\0]/);
      }));
  });

  test("splitting a reply loses the words of no line but signatures, and is never empty", () => {
    fc.assert(
      fc.property(hostileText, fc.option(fc.nat({ max: 200 }), { nil: undefined }), (text, at) => {
        const reply = splitReply({ text, marks: at === undefined ? [] : [{ kind: "history", from: at, to: text.length }] });
        expect(reply.replyText !== "" || text.trim() === "").toBe(true);
        for (const line of reply.quoted.split("\n")) expect(text).toContain(line.trim());
      }),
    );
  });
});
