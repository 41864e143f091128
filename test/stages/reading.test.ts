/** What an agent newly wrote, when the mail client sends our notification back without quote marks. */
import { describe, expect, test } from "vitest";
import { headingLine, markerLine } from "../../src/desk/notices/notice-marker.ts";
import type { InboundMessage } from "../../src/mail/types.ts";
import { commandBelowSignature, doubtOfReply, newWords } from "../../src/stages/reading.ts";
import { DESK } from "../desk/rules/rule-world.ts";

const NOTICE = `${headingLine("Maria Santos", "10:02", "NW-48201")}\n\nThe printer stands still.\n\n${markerLine("NW-48201")}`;

describe("an agent's new words", () => {
  test.each([
    ["directly above it", ""],
    ["above an attribution", "On 23 Nov 2026, at 10:02, Maria Santos via Northwind wrote:\n\n"],
    ["above an attribution without a date", "Maria Santos schrieb:\n"],
    ["above an attribution in a language with few words", "2026. 11. 23. 10:02 keltezéssel, Maria Santos írta:\n"],
    [
      "above a header block",
      "From: Maria Santos via Northwind <support@nw.example>\nSent: Monday, 23 November 2026 10:02\nTo: Ann Miller\nSubject: Printer [NW-48201]\n\n",
    ],
    ["above two fields of a header block", "*Von:* Maria Santos\n*Betreff:* Drucker\n\n"],
    ["above a divider and a rule", "----- Original Message -----\n____________________\n\n"],
  ])("end %s", (_, heading) => {
    expect(newWords({ replyText: `Please switch it off and on.\n\n${heading}${NOTICE}` })).toBe(
      "Please switch it off and on.",
    );
  });

  test("are everything without a notification, and nothing below one", () => {
    expect(newWords({ replyText: " Please switch it off:\nat 10:00. " })).toBe("Please switch it off:\nat 10:00.");
    expect(newWords({ replyText: `${NOTICE}\nPlease switch it off.` })).toBe("");
  });
});

describe("a doubt", () => {
  const message = { replyTextIsFallback: false, text: "", quoted: "> Which one?" } as InboundMessage;

  test("is an answer that points into the quoted mail", () => {
    expect(doubtOfReply(message, "See my answers in red below.", [], DESK)).toContain("in the quoted mail");
    expect(doubtOfReply(message, "Antworten siehe unten.", [], DESK)).toContain("in the quoted mail");
    expect(doubtOfReply(message, "Please take the steps below:\n- switch it off\n- and on", [], DESK)).toBeUndefined();
    expect(doubtOfReply(message, "The light is shown in red.", [], DESK)).toBeUndefined();
    expect(doubtOfReply({ ...message, quoted: "" }, "The steps are below.", [], DESK)).toBeUndefined();
  });
});

describe("a command below the signature", () => {
  test("is seen up to the quoted mail, however that begins", () => {
    const text = "Please wait.\n-- \nAnn Miller\n#close\n";
    expect(commandBelowSignature({ text }, DESK)).toBe("#close");
    for (const heading of [
      "> #close",
      "Am 23.11.2026 um 10:02 schrieb Maria:",
      "-----Original Message-----",
      "________________________________",
    ])
      expect(
        commandBelowSignature({ text: `Please wait.\n-- \nAnn Miller\n\n${heading}\n#close` }, DESK),
      ).toBeUndefined();
  });
});
