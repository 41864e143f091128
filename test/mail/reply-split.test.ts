/** The author's own words: one row a rule, with what it must not do beside what it must. Languages are in reply-languages.test.ts. */
import { describe, expect, test } from "vitest";
import { splitReply } from "../../src/mail/reply/split.ts";

const QUOTE = "> Please send us the number.\n> Ann";
const ATTRIBUTION = "On Mon, 23 Nov 2026 at 10:02, Northwind Support <support@nw.example> wrote:";

describe("quoted history", () => {
  test.each([
    ["above it", `It is 4711.\n\n${ATTRIBUTION}\n${QUOTE}`, "It is 4711."],
    ["below it", `${ATTRIBUTION}\n${QUOTE}\n\nIt is 4711.`, "It is 4711."],
    ["above and below it", `Hi,\n${ATTRIBUTION}\n${QUOTE}\n\nIt is 4711.`, "Hi,\n\nIt is 4711."],
    ["between its lines", `${ATTRIBUTION}\n> Which one?\nThe blue one.\n> Since when?\nSince Monday.`, "The blue one.\nSince Monday."],
    ["over unmarked history", `It is 4711.\n\n${ATTRIBUTION}\n\nPlease send us the number.\nAnn`, "It is 4711."],
    ["over an attribution of six lines", `Yes.\n\nOn Mon,\n23 Nov 2026\nat 10:02,\nNorthwind\n<support@nw.example>\nwrote:\n\n${QUOTE}`, "Yes."],
    ["over an address broken in its bracket", `Yes.\n\nman. 23. nov. 2026 kl. 10:02 skrev Northwind <support@nw.example\n>:\n\n${QUOTE}`, "Yes."],
    ["over an address with a link", `Yes.\nOn 23 Nov 2026, at 10:02, Northwind <support@nw.example<\nmailto:support@nw.example>> wrote:\nPlease send it.`, "Yes."],
    ["over The Bat!'s initials", `Yes.\n\nNW> Please send\nNW> the number.`, "Yes."],
    ["over bars", `Yes.\n\nAnn Miller wrote:\n| Please send\n| the number.`, "Yes."],
    ["over GroupWise's line", `Yes.\n\n>>> Northwind Support <support@nw.example> 23/11/2026 10:02 >>>\nPlease send it.`, "Yes."],
    ["over a rule and a header block", `Yes.\n________________________________\nFrom: Northwind <support@nw.example>\nSent: Monday, 23 November 2026 10:02\nTo: Maria\nSubject: Number\n\nPlease send it.`, "Yes."],
    ["over Outlook's divider", `Yes.\n\n-----Original Message-----\nFrom: Northwind\nSent: Monday\nSubject: Number\n\nPlease send it.`, "Yes."],
    ["below Outlook Express's divider", `----- Original Message -----\nFrom: Northwind\nTo: Maria\nSubject: Number\n\n> Please send it.\n\nIt is 4711.`, "It is 4711."],
    ["above a help desk's line", `Yes.\n\n##- Please type your reply above this line -##\n\nYour request (12) was updated.`, "Yes."],
    ["above a help desk's line in German", `Ja.\n\n##- Bitte geben Sie Ihre Antwort oberhalb dieser Zeile ein. -##\n\nIhre Anfrage`, "Ja."],
    ["above a rule over a quote", `Yes.\n\n====\n\n${ATTRIBUTION}\n${QUOTE}`, "Yes."],
    ["over a program's own link", `Yes.\n\nGet Outlook for iOS<https://aka.ms/x>\n\nPlease send it.\nAnn`, "Yes."],
  ])("answers %s", (_, text, expected) => {
    const reply = splitReply(text);
    expect(reply.replyText).toBe(expected);
    expect(reply.fallback).toBe(false);
  });

  test("what stands over each answer is shown with it", () => {
    const text = `Hello Ann,\n\n${ATTRIBUTION}\n> Thank you for writing.\n>\n> Which one is it?\n\nThe blue one.\n\n> Since when?\nSince Monday.\n> Ann`;
    expect(splitReply(text).answered).toBe("Hello Ann,\n\n> Which one is it?\n\nThe blue one.\n\n> Since when?\n\nSince Monday.");
    expect(splitReply(`Yes.\n\n${ATTRIBUTION}\n${QUOTE}`).answered).toBeUndefined();
  });

  test("the tail of a quoted line that a mailer broke is quoted, a short answer below a short line is not", () => {
    const long = "> Since this morning my password is refused. I have a customer call at noon,";
    expect(splitReply(`Ok.\n${ATTRIBUTION}\n${long}\ncan you help?\n> Maria`).replyText).toBe("Ok.");
    expect(splitReply(`${ATTRIBUTION}\n> Is it on?\nyes\n> Which colour?\nred`).replyText).toBe("yes\nred");
  });
});

describe("the author's words stay", () => {
  test.each([
    "My colleague wrote:\nthe printer is on fire.\nOn Monday he said:\ncome at 10.",
    "On Monday I wrote to you:\nNobody answered.",
    "I wrote on 23.11.2026 at 10:02:\nNobody answered.",
    "Wir haben am 23.11. geschrieben:\nKeine Antwort.",
    "As you wrote on Nov 23, 2026 at 10:02 AM:\nit should work.",
    "The letter that your colleague wrote on 23 Nov 2026 at 10:02:\nwhere is it?",
    "On 23.11.2026 at 10:02 your technician said:\ncome back later.",
    "Please call me on 23.11.2026 at 10:02, or mail maria@home.example:\nit is urgent.",
    "Here is the log:\n\n2026-11-23 10:02:03 started\n2026-11-23 10:02:04 failed:\nno such file",
    "Your invoice of 23.11.2026 says:\n4 x nails",
    "From: Hamburg\nWe go to the sea.",
    "Prices\n---\nnails 20\nscrews 30\n\nIs that right?",
    "I typed:\n> npm install\nand it failed.",
    ">>> click here <<< is what your mail says.\nIs that real?",
    "Dear Ann,\n-- first point\n-- second point\nThanks!",
    "Which city do you mean?\n\n- Berlin",
    "It was sent from my iPhone app to all users.",
    "Where are you?\n\nSent from my desk, which is in Graz now.",
    "I have two questions\n***\nDoes it work?\nWhen does it come?",
    "See the table:\n| Nails | 20 |\n| Screws | 30 |",
    "Kind regards from Lisbon,\nwhere it still does not work.",
    "It works.\n\nKind regards,\nMaria",
    "Let us talk.\n\nMaria\n________________________________________\nJoin the meeting: https://meet.example/1\nMeeting ID 4711",
  ])("%s", (text) => {
    expect(splitReply(text)).toMatchObject({ replyText: text, quoted: "", fallback: false });
  });
});

describe("signatures and footers", () => {
  test.each([
    ["Hello\n-- \nMaria\nFabrikam", "Hello", "-- \nMaria\nFabrikam"],
    ["Hello\n\n—\nMaria Santos\nFabrikam\n+49 30 1234", "Hello", "—\nMaria Santos\nFabrikam\n+49 30 1234"],
    ["Hello\n\n-Maria Santos", "Hello", "-Maria Santos"],
    ["Hello\n\nKind regards,\n\nMaria Santos\nHead of Sales, Fabrikam", "Hello", "Kind regards,\n\nMaria Santos\nHead of Sales, Fabrikam"],
    ["Hallo\n\nMit freundlichen Grüßen\nMaria Santos\nFabrikam GmbH\nTel. 030 1234", "Hallo", "Mit freundlichen Grüßen\nMaria Santos\nFabrikam GmbH\nTel. 030 1234"],
    ["Hello\n\nSent from my iPhone", "Hello", "Sent from my iPhone"],
    ["Hello\n\nSent from my Galaxy A54. Please excuse any typos", "Hello", "Sent from my Galaxy A54. Please excuse any typos"],
    ["Hello\n\nGet Outlook for Android<https://aka.ms/x>", "Hello", "Get Outlook for Android<https://aka.ms/x>"],
    ["Hello\n\nMaria\n\nVirus-free.www.avast.com", "Hello\n\nMaria", "Virus-free.www.avast.com"],
    ["Hello\n\n_______________________________________________\nnails mailing list\nnails@lists.example", "Hello", "_______________________________________________\nnails mailing list\nnails@lists.example"],
    ["Hello\n\nThis e-mail is confidential and intended for the addressee only. If you are\nnot the intended recipient, delete it.", "Hello", "This e-mail is confidential and intended for the addressee only. If you are\nnot the intended recipient, delete it."],
  ])("%j", (text, replyText, signature) => {
    expect(splitReply(text)).toMatchObject({ replyText, signature, quoted: "", fallback: false });
    expect(splitReply(`${text}\n\n${ATTRIBUTION}\n${QUOTE}`)).toMatchObject({ replyText, signature, fallback: false });
  });

  test("a command below a closing is no part of a signature", () => {
    const text = "Please try again.\n\nKind regards,\nAnn Miller\n#close";
    expect(splitReply(text).replyText).toBe(text);
  });
});

describe("a text without new words is kept whole", () => {
  test.each([
    ["only a quote", `${ATTRIBUTION}\n${QUOTE}`],
    ["only a signature", "-- \nMaria Santos\nFabrikam"],
    ["only a footer", "Sent from my iPhone"],
    ["only a forwarded mail", "---------- Forwarded message ---------\nFrom: Maria <maria@home.example>\nDate: Mon, 23 Nov 2026\nSubject: Help\n\nIt is broken."],
    ["only a quote and a signature", `-- \nMaria\n\n${ATTRIBUTION}\n${QUOTE}`],
  ])("%s", (_, text) => {
    expect(splitReply(text)).toEqual({ replyText: text, quoted: "", signature: "", fallback: true });
  });

  test("an empty text is no fallback", () => {
    expect(splitReply(" \n")).toEqual({ replyText: "", quoted: "", signature: "", fallback: false });
  });
});
