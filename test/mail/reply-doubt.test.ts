/** What an agent's mail program does to the mail it quotes: no piece of it leaves without a doubt, and an ordinary answer without one. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Mark } from "../../src/mail/html/marks.ts";
import { splitReply } from "../../src/mail/reply/split.ts";

const ANSWER = "Please oil the tray.";
const WROTE = "On 23 Nov 2026, Maria via Northwind wrote:";
const ATTRIBUTION = "On Mon, 23 Nov 2026 at 10:02, Maria <maria@home.example> wrote:";
const QUOTE = "> Since Monday the tray squeaks.\n> Maria";

/** Quotes, and breaks at `width` without quoting again. */
function quotedAndBroken(text: string, width: number): string {
  return text
    .split("\n")
    .flatMap((line) => {
      const out: string[] = [];
      let rest = `> ${line}`.trimEnd();
      for (let at = rest.lastIndexOf(" ", width); rest.length > width && at > 1; at = rest.lastIndexOf(" ", width)) {
        out.push(rest.slice(0, at));
        rest = rest.slice(at + 1);
      }
      return [...out, rest];
    })
    .join("\n");
}

describe("the rest of a quoted line that was broken", () => {
  test.each([
    ["with a capital", "> Nobody may tell her before the audit of the Oporto branch, said\nCarla Brandt."],
    ["with a digit", "> Nobody may tell her before the audit of the Oporto branch on the\n12th of December."],
    ["in two lines", "> Nobody may tell her before the audit of the Oporto branch is over\nand until then no word about the board, its complaint, or the rebate\nof May."],
    ["behind a sentence", "> Nobody may tell her before the audit of the Oporto branch is over.\nCarla knows."],
    ["before a blank line", "> Nobody may tell her before the audit of the Oporto branch, says\nCarla.\n\n> Maria"],
    ["that looks like a command", "> Nobody told me that a reply may begin with a line that only says\n#close\n> so I did not."],
    ["in Japanese", "> 監査が終わるまで、お客様には何も言わないでください。返金についても、支店長の許可\nなしに約束しないこと。\n> 以上"],
    ["in Greek, by a program that counts bytes", "> Μην πείτε τίποτα στην κυρία Σάντος πριν\nΤετάρτη."],
    ["below a rest that was known as one", "> Since this morning my password is refused. I have a customer call at noon,\ncan you help me before that call of noon, or must I ask the board of Oporto\nInc. again?\n> Maria"],
  ])("%s is a doubt", (_, quoted) => {
    expect(splitReply(`${ANSWER}\n\n${WROTE}\n${quoted}`).doubt).toContain("may be the rest of a quoted line");
  });

  const word = fc.stringMatching(/^[A-Za-zäé0-9]{1,12}[,.?:]?$/);
  const line = fc.array(word, { minLength: 1, maxLength: 40 }).map((words) => words.join(" "));

  test("is a doubt or quoted wherever a program breaks it", () => {
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 5 }), fc.integer({ min: 60, max: 120 }), (lines, width) => {
        const reply = splitReply(`${ANSWER}\n\n${WROTE}\n${quotedAndBroken(lines.join("\n"), width)}`);
        expect(reply.doubt !== undefined || reply.replyText === ANSWER || reply.signature.length > 0).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  test.each([
    ["below short lines", "> Is it on?\nYes.\n> Since when do you hear it?\nSince Monday."],
    ["below a short line of a quote that was broken with its marks", "> Since Monday the tray squeaks whenever it opens, and the drum turns\n> on its own at night, so that nobody on floor three can work at all,\n> and the board of the branch asks me every morning about the printer.\n> Can you help?\nYes, tomorrow."],
    ["below a long line of a quote that nobody broke", `> ${"Since Monday the tray squeaks whenever it opens. ".repeat(4)}\n> The drum turns on its own at night, and nobody on floor three can work\nIt will be changed.`],
    ["below a blank line", "> Nobody on floor three can work with this printer since last Monday at\n\nIt will be changed."],
    ["below an empty quoted line", "> Nobody on floor three can work with this printer since last Monday at\n>\nIt will be changed."],
  ])("an answer %s is none", (_, quoted) => {
    expect(splitReply(`${WROTE}\n${quoted}`).doubt).toBeUndefined();
  });

  test("the HTML of the mail tells whether it is one", () => {
    const text = `${WROTE}\n> Nobody on floor three can work with this printer since last Monday,\nIt will be changed.`;
    const quoted = "Nobody on floor three can work with this printer since last Monday";
    const over = (html: string, words: string): Mark[] => [{ kind: "history", from: html.indexOf(words), to: html.indexOf(words) + words.length }];
    const answered = `${WROTE}\n> ${quoted},\nIt will be changed.`;
    expect(splitReply({ text, html: { text: answered, marks: over(answered, `> ${quoted},`) } }).doubt).toBeUndefined();
    const alone = `${ANSWER}\n\n${WROTE}\n> ${quoted}, It will be changed.`;
    expect(splitReply({ text: `${ANSWER}\n\n${text}`, html: { text: alone, marks: [] } })).toMatchObject({ replyText: ANSWER });
  });
});

describe("plain text beside HTML", () => {
  const beside = (plain: string, html: string, marks: Mark[] = []): ReturnType<typeof splitReply> =>
    splitReply({ text: `${plain}\n\n${ATTRIBUTION}\n${QUOTE}`, html: { text: `${html}\n\n${ATTRIBUTION}\n${QUOTE}`, marks } });
  const signed = (html: string, words: string): Mark[] => [{ kind: "signature", from: html.indexOf(words), to: html.indexOf(words) + words.length }];

  test.each([
    ["long", "Ann Lee, Northwind Technical Support"],
    ["of short lines", "Ann Lee\nRepairs\nPorto"],
    ["of many lines", "Ann Lee\nNorthwind, repairs and spare parts\nHarbour Road 9\nwww.nw.example"],
  ])("a signature that only the HTML marks is one: %s", (_, signature) => {
    const text = `${ANSWER}\n\n${signature}`;
    const reply = beside(text, text, signed(text, signature));
    expect(reply).toMatchObject({ replyText: ANSWER });
    expect(reply.signature.split("\n").slice(0, 1)).toEqual(signature.split("\n").slice(0, 1));
    expect(reply.doubt).toBeUndefined();
  });

  test("words that are in answer and signature stay in the answer", () => {
    const text = `Write to Ann Lee, Northwind Technical Support.\n\nAnn Lee, Northwind Technical Support`;
    const reply = beside(text, text, signed(text, "\nAnn Lee, Northwind Technical Support"));
    expect(reply.replyText).toContain("Write to Ann Lee");
    expect(reply.doubt).toBeUndefined();
  });

  test.each([
    ["an emoji by its name", "Thanks Maria :smile: great\nSee you soon :wave:", "Thanks Maria great\nSee you soon"],
    ["a picture by its file", "Hello Maria, look\n\nTheTrayOfThePrinter.png\n\nKind regards Ann", "Hello Maria, look\nKind regards Ann"],
    ["cells without a gap", "NameMaria Santos here\nCityLisbon Portugal", "Name\tMaria Santos here\nCity\tLisbon Portugal"],
    ["a word spelled otherwise", "Please oil the squeeking tray of the printer", "Please oil the squeaking tray of the printer"],
    ["a server's footer in the plain part", `${ANSWER}\n\nVisit us at the fair, hall four, from Monday on`, ANSWER],
  ])("is no doubt for %s", (_, plain, html) => {
    expect(beside(plain, html).doubt).toBeUndefined();
  });

  test("a server's footer is not sent", () => {
    expect(beside(`${ANSWER}\n\nVisit us at the fair, hall four, from Monday on`, ANSWER)).toMatchObject({ replyText: ANSWER, signature: "Visit us at the fair, hall four, from Monday on" });
  });

  test.each([
    ["other words above the author's", `Your password will be sent to somebody else.\n\n${ANSWER}`, ANSWER, "disagree"],
    ["a command that the HTML lacks", `${ANSWER}\n\n#close`, ANSWER, "disagree"],
    ["the author's last words, spelled beyond recognition", `${ANSWER}\n\nGr??e aus M?nchen, der Drucker l?uft`, `${ANSWER}\n\nGrüße aus München, der Drucker läuft`, "disagree"],
  ])("is one for %s", (_, plain, html, reason) => {
    expect(beside(plain, html).doubt).toContain(reason);
  });

  test("a passage that the client marks as quoted in the middle of the text is not left out in silence", () => {
    const text = "Our manual says:\n\nKeep the tray clean always.\n\nSo please do clean it.";
    const marks: Mark[] = [{ kind: "history", from: text.indexOf("Keep"), to: text.indexOf("Keep") + 27 }];
    expect(beside(text, text, marks).doubt).toContain("in the middle of your text");
  });
});

describe("lines that look like a quoted mail's heading", () => {
  test.each([
    "Please give us:\nVon: Berlin\nAn: Hamburg\nDatum: 12.5.2026\n\nThanks",
    "Your order:\n\nDate: 12 May 2026\nTo: Maria Santos\nCc: none\n\nAnn",
    "No: 4711\nTo: Lisbon\nSubject to change.",
    "Please send the\nOriginal message\nas attachment.",
    "Please forward it:\n\nOriginal message",
    "Please enter:\nServer: mail.example\nUser: maria\nPort: 993\nEmail: maria@home.example",
    "Visit:\nTechnician: Ben\nDay: 12 May 2026 10:00\nPlace: Lisbon\nTelephone: 4711",
  ])("%j is none", (text) => {
    expect(splitReply(text).doubt).toBeUndefined();
  });

  test.each([
    ["a torn block with a day", "From: Maria Santos\nSent: Monday, 23 November 2026 10:02\n\nIt squeaks."],
    ["a torn block with an address", "Von: Maria Santos <maria@home.example>\nAn: Northwind\n\nEs quietscht."],
    ["a torn block behind a gap", "From: Maria Santos\n\nSubject: Printer\n\nIt squeaks."],
    ["a language without a table", "Nga: Maria Santos\nDërguar: e hënë, 23 nëntor 2026 11:02\nPër: Ann <ann@nw.example>\nLënda: Printeri\n\nIt squeaks."],
    ["a heading without dashes under a word", "Thanks\nOriginal message\nIt squeaks."],
    ["a long line with a mark", "> Nobody may tell her before the audit of the Oporto branch is over."],
    ["marked lines that the quoted mail does not have", `Type:\n> lpadmin -x drum\n> lpadmin -p drum\n\n${ATTRIBUTION}\n${QUOTE}`],
  ])("%s is a doubt", (_, below) => {
    expect(splitReply(`${ANSWER}\n\n${below}`).doubt).toMatch(/heading|quoted/);
  });

  test("the subject shows a block in any language", () => {
    const text = `${ANSWER}\n\nNga: Maria Santos\nDërguar: 23 nëntor 2026 11:02\nLënda: Re: Printer squeaks [NW-1001]\n\nIt squeaks.`;
    expect(splitReply({ text, subject: "Re: [NW-1001] Printer squeaks" }).doubt).toContain("heading");
    expect(splitReply({ text, subject: "Your order" }).doubt).toBeUndefined();
  });

  test.each([
    ["GroupWise", ">>> Maria Santos <maria@home.example> 11/23/2026 10:15 AM >>>\nIt squeaks."],
    ["Apple Mail", "> On 23. Nov 2026, at 10:02, Maria <maria@home.example> wrote:\n>\n> It squeaks.\n\n-----Original Message-----\nFrom: Ann\nTo: Maria\nSubject: Printer\n\nWhich one?"],
  ])("an attribution with a mark is no typed line: %s", (_, below) => {
    const reply = splitReply(`${ANSWER}\n\n${below}`);
    expect(reply.replyText).toBe(ANSWER);
    expect(reply.doubt).toBeUndefined();
  });

  test("a marked line that the quoted mail has is the customer's", () => {
    expect(splitReply(`Hello,\n\n> Since Monday the tray squeaks.\nIt needs oil.\n\n${ATTRIBUTION}\n${QUOTE}`).doubt).toBeUndefined();
  });
});
