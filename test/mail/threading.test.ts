/** Which messages belong together, and above all which do not. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parse } from "../../src/mail/parse.ts";
import { answeredIds, links, suggestedBySubject, thread } from "../../src/mail/threading.ts";
import type { EmailAddress, MessageId } from "../../src/mail/types.ts";
import { CONTEXT } from "./context.ts";

type Given = { id?: string; answers?: string[]; refs?: string[]; from?: string; to?: string[]; subject?: string } & {
  date?: number;
  text?: string;
};

const named = (address: string) => ({ name: "", address: address as EmailAddress });

function mail({ id, answers = [], refs = [], from = "maria@home.example", to = [], ...rest }: Given) {
  const { subject = "Cannot log in", date, text = id ?? "" } = rest;
  return {
    ...(id === undefined ? {} : { messageId: id as MessageId }),
    inReplyTo: answers as MessageId[],
    references: refs as MessageId[],
    from: named(from),
    replyTo: [],
    to: to.map(named),
    cc: [],
    subject,
    date,
    text,
    bodyHash: text,
  };
}

const threads = (...given: Given[]) => thread(given.map(mail));

describe("what a message answers", () => {
  test("In-Reply-To first, then References newest first, each once", () => {
    expect(answeredIds(mail({ answers: ["c@x"], refs: ["a@x", "b@x", "c@x"] }))).toEqual(["c@x", "b@x", "a@x"]);
  });

  test("itself and the people it is from and to are no parents", () => {
    const message = mail({
      id: "own@x",
      answers: ["Maria@home.example", "support@nw.example", "real@x"],
      refs: ["own@x"],
      to: ["support@nw.example"],
    });
    expect(answeredIds(message)).toEqual(["real@x"]);
  });
});

describe("messages belong together", () => {
  test("by In-Reply-To, by References, and through a message that nobody has", () => {
    expect(threads({ id: "a@x" }, { id: "b@x", answers: ["a@x"] }, { id: "c@x", refs: ["a@x", "b@x"] })).toEqual([
      0, 0, 0,
    ]);
    expect(threads({ id: "b@x", answers: ["lost@x"] }, { id: "c@x", refs: ["lost@x"] })).toEqual([0, 0]);
  });

  test("when the parent comes last, and when the last one joins two threads", () => {
    expect(threads({ id: "b@x", answers: ["a@x"] }, { id: "other@x" }, { id: "a@x" })).toEqual([0, 1, 0]);
    expect(threads({ id: "a@x" }, { id: "b@x" }, { id: "c@x", answers: ["b@x"], refs: ["a@x"] })).toEqual([0, 0, 0]);
  });

  test("and each link says by which id", () => {
    const given = [{ id: "b@x", answers: ["a@x"] }, { id: "a@x" }, { id: "c@x", answers: ["lost@x", "a@x"] }];
    expect(links(given.map(mail))).toEqual([
      { message: 0, to: 1, by: "a@x" },
      { message: 2, to: 1, by: "a@x" },
    ]);
  });

  test("when the same mail came twice, and once more through a list", () => {
    const original = { id: "a@x", date: 1000, text: "It is blue." };
    const listed = { ...original, from: "list@groups.example", subject: "[list] Cannot log in" };
    expect(
      threads(original, original, { ...listed, text: "It is blue.\n\n-- \nlist footer" }, { id: "b@x", refs: ["a@x"] }),
    ).toEqual([0, 0, 0, 0]);
  });
});

describe("messages stay apart", () => {
  test("with one subject, with no ids, with nothing at all", () => {
    expect(threads({ id: "a@x" }, { id: "b@x" }, {}, {})).toEqual([0, 1, 2, 3]);
  });

  test("when a program gives every mail one id: it names none of them, for those who answer neither", () => {
    expect(
      threads(
        { id: "1@shop.example", date: 1000, text: "Your order 17" },
        { id: "1@shop.example", date: 2000, text: "Your order 18" },
        { id: "b@x", answers: ["1@shop.example"] },
        { id: "c@x", answers: ["1@shop.example"] },
      ),
    ).toEqual([0, 1, 2, 3]);
  });

  test("when that program writes them in one second, or without a date", () => {
    for (const date of [1000, undefined])
      expect(
        threads(
          { id: "1@shop.example", date, text: "Your order 17" },
          { id: "1@shop.example", date, text: "Your order 18" },
        ),
      ).toEqual([0, 1]);
  });

  test("when all they share is the person whom they answer", async () => {
    const raw = (n: number) =>
      Buffer.from(
        `From: writer${n}@x.example\r\nTo: support@nw.example\r\nMessage-ID: <${n}@x.example>\r\nSubject: Re: ${n}\r\n` +
          'In-Reply-To: Message from Maria Santos <maria@home.example>\r\n of "Mon, 23 Nov 2026 10:00:00 +0100." ' +
          `<parent-${n}@home.example>\r\n\r\nHello\r\n`,
      );
    const messages = await Promise.all([1, 2].map((n) => parse(raw(n), CONTEXT)));
    expect(messages.map(({ inReplyTo }) => inReplyTo)).toEqual([["parent-1@home.example"], ["parent-2@home.example"]]);
    expect(thread(messages)).toEqual([0, 1]);
  });
});

describe("a subject suggests", () => {
  const maria = "maria@home.example";
  const desk = "support@nw.example";
  const suggested = (...given: Given[]) => suggestedBySubject(given.map(mail));

  test("the newest earlier message between the same people, prefixes aside", () => {
    expect(
      suggested(
        { id: "a@x", from: maria, to: [desk] },
        { id: "b@x", from: desk, to: [maria], subject: "Re: Cannot log in" },
        { id: "c@x", from: maria, to: [desk], subject: "AW: Cannot log in" },
      ),
    ).toEqual([undefined, 0, 1]);
  });

  test("nothing between strangers, and nothing without a subject", () => {
    expect(
      suggested(
        { id: "a@x", from: maria, to: [desk], subject: "Invoice" },
        { id: "b@x", from: "jo@else.example", to: [desk], subject: "Invoice" },
        { id: "c@x", from: maria, to: [desk], subject: "" },
        { id: "d@x", from: maria, to: [desk], subject: "Re:" },
      ),
    ).toEqual([undefined, undefined, undefined, undefined]);
  });
});

describe("for any messages", () => {
  const ids = fc.constantFrom("a@x", "b@x", "c@x", "d@x", "e@x", "f@x");
  const anyMail = fc
    .record({ id: fc.option(ids, { nil: undefined }), answers: fc.array(ids, { maxLength: 2 }), refs: fc.array(ids, { maxLength: 3 }) })
    .map(mail);

  test("threads do not depend on the order in which messages came", () => {
    fc.assert(
      fc.property(fc.array(anyMail, { maxLength: 12 }), (messages) => {
        const apart = (list: readonly (typeof messages)[number][]) => {
          const found = thread(list);
          return messages.map((one) => messages.map((other) => found[list.indexOf(one)] === found[list.indexOf(other)]));
        };
        expect(apart(messages.toReversed())).toEqual(apart(messages));
      }),
      { numRuns: 300 },
    );
  });

  test("a thread is named after its first message", () => {
    fc.assert(
      fc.property(fc.array(anyMail, { maxLength: 12 }), (messages) => {
        for (const [message, id] of thread(messages).entries()) {
          expect(id).toBeLessThanOrEqual(message);
          expect(thread(messages)[id]).toBe(id);
        }
      }),
    );
  });
});

test("a chain of 50,000 answers, newest first, ends at once", () => {
  const chain = Array.from({ length: 50_000 }, (_, n) => mail({ id: `${n}@x`, answers: [`${n + 1}@x`] }));
  const started = performance.now();
  expect(new Set(thread(chain)).size).toBe(1);
  expect(performance.now() - started).toBeLessThan(2000);
});
