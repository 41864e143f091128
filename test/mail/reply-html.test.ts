/** What the client's HTML says about a reply, and when an agent's reply is too doubtful to leave. */
import { describe, expect, test } from "vitest";
import type { Mark } from "../../src/mail/html/marks.ts";
import { splitReply } from "../../src/mail/reply/split.ts";

/** A mark over the first occurrence of these words. */
function over(kind: Mark["kind"], text: string, words: string): Mark {
  const from = text.indexOf(words);
  return { kind, from, to: from + words.length };
}

describe("marks of the client's HTML", () => {
  test("tell history, attribution and signature that no word shows", () => {
    const text = "It works.\n\nMaria of Fabrikam\n\nPoshte: Northwind, dje\nPlease try again.\nAnn";
    const marks = [over("signature", text, "Maria of Fabrikam"), over("attribution", text, "Poshte: Northwind, dje"), over("history", text, "Please try again.\nAnn")];
    expect(splitReply({ text, marks })).toEqual({ replyText: "It works.", quoted: "Poshte: Northwind, dje\nPlease try again.\nAnn", signature: "Maria of Fabrikam", fallback: false });
  });

  test("a mail passed on is no new word", () => {
    const text = "Please see below.\n\nIt is broken.\nBen";
    expect(splitReply({ text, marks: [over("forwarded", text, "It is broken.\nBen")] }).replyText).toBe("Please see below.");
  });

  test("an answer below the container of the quoted mail is new", () => {
    const text = "> Which one?\n\nThe blue one.";
    expect(splitReply({ text, marks: [over("history", text, "> Which one?")] })).toMatchObject({ replyText: "The blue one.", answered: "> Which one?\n\nThe blue one." });
  });

  test("answers between quoted lines of one container are new", () => {
    const text = "See below.\n\nOn Monday Ann wrote:\n> Which one?\nThe blue one.\n> Since when?\nSince Monday.\n> Ann";
    const reply = splitReply({ text, marks: [over("history", text, text.slice(12))] });
    expect(reply.replyText).toBe("See below.\n\nThe blue one.\nSince Monday.");
    expect(reply.doubt).toBeUndefined();
  });

  test("a container that holds everything does not hide the answer in it, and is a doubt without marks of its own", () => {
    const quoted = "On Mon, 23 Nov 2026 at 10:02, Ann <ann@nw.example> wrote:\n> Which one?\n\nThe blue one.";
    expect(splitReply({ text: quoted, marks: [over("history", quoted, quoted)] })).toMatchObject({ replyText: "The blue one.", fallback: false });
    const bare = "Which one?\nThe blue one.";
    const reply = splitReply({ text: bare, marks: [over("history", bare, bare)] });
    expect(reply).toMatchObject({ replyText: bare, fallback: false });
    expect(reply.doubt).toContain("keeps the quoted mail");
  });

  test("a signature that is everything is kept", () => {
    const text = "Maria of Fabrikam";
    expect(splitReply({ text, marks: [over("signature", text, text)] })).toMatchObject({ replyText: text, fallback: true });
  });

  test("marks out of order, overlapping or outside of the text do no harm", () => {
    const text = "It works.\nOld words here.";
    const marks: Mark[] = [{ kind: "history", from: 12, to: 9999 }, { kind: "signature", from: 11, to: 14 }, { kind: "history", from: 10, to: 12 }, { kind: "attribution", from: -5, to: -1 }];
    expect(splitReply({ text, marks }).replyText).toBe("It works.");
  });
});

describe("plain text beside HTML", () => {
  const plain = "The router must be restarted once.\n\nDje Northwind shkroi diçka\nPlease tell us what we can do about the router.\nMaria Santos";
  const text = "The router must be restarted once.\n\nDje Northwind shkroi diçka\nPlease tell us what we can do about the router.\nMaria Santos";
  const marks = [over("history", text, text.slice(text.indexOf("Dje")))];

  test("history that only the HTML marks is history in the plain text, too", () => {
    const reply = splitReply({ text: plain, html: { text, marks } });
    expect(reply.replyText).toBe("The router must be restarted once.");
  });

  test("the same words, wrapped, starred and linked otherwise, are no doubt", () => {
    const reply = splitReply({
      text: "The router must be *restarted* once, as described in our manual\n(https://nw.example/m).\n\nAnn\n\nOn Mon, 23 Nov 2026 at 10:02, Maria <maria@home.example> wrote:\n\n> It is slow.\n> What can we do?",
      html: { text: "The router must be restarted once, as described in our manual <https://nw.example/m>.\n\nAnn\n\nOn Mon, 23 Nov 2026 at 10:02, Maria <maria@home.example> wrote:\n> It is slow. What can we do?", marks: [] },
    });
    expect(reply.doubt).toBeUndefined();
    expect(reply.replyText).toBe("The router must be *restarted* once, as described in our manual\n(https://nw.example/m).\n\nAnn");
  });

  test("other words in the plain text than in the HTML are a doubt", () => {
    const reply = splitReply({ text: "Your password will be sent to somebody else tomorrow.", html: { text: "The router must be restarted once.", marks: [] } });
    expect(reply.doubt).toContain("disagree");
    expect(reply.replyText).toBe("Your password will be sent to somebody else tomorrow.");
  });

  test("an empty HTML says nothing", () => {
    expect(splitReply({ text: "It works.", html: { text: " \n", marks: [] } })).toEqual({ replyText: "It works.", quoted: "", signature: "", fallback: false });
  });
});

describe("an agent's ordinary answer is no doubt", () => {
  const HISTORY = "Since Monday the printer is slow.\nMaria";
  test.each([
    ["Gmail", `Please restart it.\n\nOn Mon, 23 Nov 2026 at 10:02, Maria via Northwind <support@nw.example> wrote:\n\n${HISTORY.replace(/^/gm, "> ")}`],
    ["Outlook", `Please restart it.\n\nFrom: Maria via Northwind <support@nw.example>\nSent: Monday, 23 November 2026 10:02\nTo: Ann <ann@nw.example>\nSubject: Printer\n\n${HISTORY}`],
    ["Outlook with a rule", `Please restart it.\n\nAnn\n________________________________\nFrom: Maria via Northwind <support@nw.example>\nSent: Monday, 23 November 2026 10:02\nTo: Ann <ann@nw.example>\nSubject: Printer\n\n${HISTORY}`],
    ["Apple Mail", `Please restart it.\n\n> On 23. Nov 2026, at 10:02, Maria via Northwind <support@nw.example> wrote:\n> \n${HISTORY.replace(/^/gm, "> ")}`],
    ["Thunderbird", `On 23/11/2026 10:02, Maria via Northwind wrote:\n${HISTORY.replace(/^/gm, "> ")}\n\nPlease restart it.\n\n-- \nAnn`],
    ["no quote at all", "Please restart it.\n\nKind regards,\nAnn"],
    ["a list after a colon", "Please do this:\n- restart it\n- call us at 10:00\nTo: the IT people, my regards."],
    ["a question about a date", "Did you write to us on 23 November? We have nothing here."],
    ["a letter about a letter", "You wrote on 23.11. that it is slow. Our answer from then:\nrestart it."],
  ])("%s", (_, text) => {
    expect(splitReply(text).doubt).toBeUndefined();
  });
});

describe("what could be somebody else's words is a doubt", () => {
  test.each([
    ["an attribution without date over unmarked lines", "Please restart it.\n\nOn 23 Nov, Maria Santos wrote:\nSince Monday it is slow.", "looks like the beginning"],
    ["a torn header block", "Please restart it.\n\nFrom: Maria Santos\nSubject: Printer\n\nSince Monday it is slow.", "quoted mail's heading"],
    ["a heading without its dashes", "Please restart it.\n\nOriginal message\n\nSince Monday it is slow.", "heading of a quoted mail"],
    ["the rest of a quoted line", "Please restart it.\n\n> Since Monday the printer is slow and that nobody in the office\nknows why\n> Maria", "rest of a quoted line"],
  ])("%s", (_, text, reason) => {
    expect(splitReply(text).doubt).toContain(reason);
  });
});
