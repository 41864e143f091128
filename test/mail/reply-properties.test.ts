/** What holds for every text that is split, and how long the largest may take. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Mark } from "../../src/mail/html/marks.ts";
import { headingStart, isHeading } from "../../src/mail/reply/heading.ts";
import { splitReply } from "../../src/mail/reply/split.ts";
import { hostileText } from "./arbitraries.ts";

/** Pieces of which replies are made, in every order. */
const PIECES = [
  "It works now.\n", "Is it on?\n", "Thanks,\n", "Maria Santos\n", "\n", "\n\n", "> Which one?\n", ">> older\n", "> \n", "On Mon, 23 Nov 2026 at 10:02, Ann <ann@nw.example> wrote:\n",
  "Ann wrote:\n", "On Mon,\n", "<ann@nw.example> wrote:\n", "2026-11-23 10:02 GMT+01:00 Ann <ann@nw.example>:\n", "-- \n", "—\n", "___\n", "________________________________\n",
  "From: Ann <ann@nw.example>\n", "Sent: Monday, 23 November 2026 10:02\n", "To: Maria\n", "Subject: Printer\n", "-----Original Message-----\n", "Sent from my iPhone\n", "Get Outlook for iOS<https://aka.ms/x>\n",
  "Kind regards,\n", "Fabrikam, +49 30 1234\n", "-Maria\n", "##- Please type your reply above this line -##\n", "This e-mail is confidential.\n", "| a\n", "MS> a\n", ">>> a 23/11/2026 10:02 >>>\n", "#close\n", "> wrote:\n",
];
const replyText = fc.oneof(fc.array(fc.constantFrom(...PIECES), { maxLength: 25 }).map((pieces) => pieces.join("")), hostileText);
const marks: fc.Arbitrary<Mark[]> = fc.array(
  fc.record({ kind: fc.constantFrom("history", "attribution", "signature", "forwarded"), from: fc.integer({ min: -5, max: 300 }), to: fc.integer({ min: -5, max: 300 }) }),
  { maxLength: 4 },
) as fc.Arbitrary<Mark[]>;

/** Every line of `part` that is not blank stands in `text`, in the same order. */
function standsInOrder(part: string, text: string): boolean {
  const lines = text.split("\n").map((line) => line.trim());
  let at = 0;
  for (const line of part.split("\n").map((one) => one.trim())) {
    if (line === "") continue;
    at = lines.indexOf(line, at) + 1;
    if (at === 0) return false;
  }
  return true;
}

describe("every split", () => {
  test("keeps lines whole and in order, invents none, and is never empty unless the text is", () => {
    fc.assert(
      fc.property(replyText, marks, (text, ranges) => {
        const reply = splitReply({ text, marks: ranges });
        expect(reply.replyText.trim() !== "" || text.trim() === "").toBe(true);
        for (const part of [reply.replyText, reply.quoted, reply.signature, reply.answered ?? ""]) expect(standsInOrder(part, text)).toBe(true);
        expect(reply.fallback ? reply.replyText : text.trim()).toBe(text.trim());
      }),
    );
  });

  test("loses no line: each stands in exactly one part", () => {
    fc.assert(
      fc.property(replyText, (text) => {
        const { replyText: fresh, quoted, signature } = splitReply(text);
        const filled = (part: string): string[] => part.split("\n").map((line) => line.trim()).filter(Boolean);
        expect([...filled(fresh), ...filled(quoted), ...filled(signature)].toSorted()).toEqual(filled(text).toSorted());
      }),
    );
  });

  test("with an HTML beside it keeps no line that the plain text alone would not keep", () => {
    fc.assert(
      fc.property(replyText, replyText, marks, (text, html, ranges) => {
        const alone = splitReply(text);
        expect(standsInOrder(splitReply({ text, html: { text: html, marks: ranges } }).replyText, alone.replyText)).toBe(true);
      }),
    );
  });

  test("of a clean reply, split again, is itself", () => {
    const clean = fc.array(fc.constantFrom("It works now.", "Is it on?", "", "- Berlin", "Thanks, Ann!", "The order is 4711."), { minLength: 1, maxLength: 8 }).map((lines) => lines.join("\n"));
    fc.assert(
      fc.property(clean, (words) => {
        const once = splitReply(`${words}\n\nOn Mon, 23 Nov 2026 at 10:02, Ann <ann@nw.example> wrote:\n> Which one?\n> Ann`);
        fc.pre(!once.fallback);
        expect(splitReply(once.replyText).replyText).toBe(once.replyText);
      }),
    );
  });

  test("headings are read upwards within the text", () => {
    fc.assert(
      fc.property(replyText, fc.nat(), (text, at) => {
        const lines = text.split("\n");
        const end = at % (lines.length + 1);
        expect(headingStart(lines, end)).toBeLessThanOrEqual(end);
        expect(typeof isHeading(lines, at % lines.length)).toBe("boolean");
      }),
    );
  });
});

const STORMS = [
  "a", "\n", " ", ">", "> ", "> a\n", "a\n> b\n", "a:\n", "wrote:\n", "10:02 wrote\n", "On Mon, 23 Nov 2026 at 10:02, x wrote:\n", "On 23 Nov 2026 at 10:02\n", "x <a@b.example>:\n", "<\n> wrote:\n", "From: x\n", "From: x\nTo: y\n", "-- \n",
  "--\nMaria\n\n> x\n", "___________\n", "-", "=", "##- a -##\n", "##- ", "Regards,\nMaria\nx\n", "Sent from my iPhone\n\n> x\n", "Get Outlook for iOS<https://a.b/c>\n", "x http://a.example/b\n", "| a\n", "MS> a\n", ">>> 1/1/2026 10:02 >>>\n",
  "This e-mail is confidential\n\n", "<", "a@b ", "*", "\u200b", "١٢", "写道：\n", "：\n", "-----Original Message-----\n", "\n-Maria\n> a\n", "?\n", ": ", "[image: ",
];

/** Milliseconds of this process alone, so that a busy machine fails nothing; its collector's threads count, too. */
const spent = (): number => process.cpuUsage().user / 1000;

test("the largest text takes about a second at most, whatever it is made of", () => {
  // The first call compiles the patterns.
  splitReply("On Mon, 23 Nov 2026 at 10:02, x wrote:\n> a\n\nSent from my iPhone");
  for (const piece of STORMS) {
    const text = piece.repeat(Math.ceil(2_000_000 / piece.length)).slice(0, 2_000_000);
    const started = spent();
    splitReply({ text, html: { text: text.slice(0, 500_000), marks: [{ kind: "history", from: 1000, to: 400_000 }] } });
    expect(spent() - started, `a storm of ${JSON.stringify(piece)}`).toBeLessThan(2000);
  }
}, 120_000);
