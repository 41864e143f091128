import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isMereThanks } from "../../src/mail/thanks.ts";
import { ALL_WORDS } from "../../src/mail/words/all.ts";
import { MERE_THANKS, MORE_THAN_THANKS } from "./thanks-languages.ts";

const THANKS = [
  "Thanks",
  "thanks!",
  "Thank you.",
  "Thank you so much!",
  "Many thanks",
  "Thanks a lot, it works now.",
  "Ok, thanks",
  "Okay. Thank you for your quick help!",
  "Hi Ann,\n\nthanks, that works.\n\nBest regards\nMaria",
  "Hello Ann, thank you very much for the quick reply. Have a nice day!",
  "Great, thanks Ann!",
  "Perfect, thank you! 👍",
  "Thanks :)",
  "Cheers, Maria Santos",
  "Ann,\n\nthank you!",
  "Thanks, Ann",
  "Thanks Ann.\n\nKind regards,\nMaria",
  "Thanks for the quick update and your help!",
  "Much appreciated.",
];

const NOT = [
  "",
  "Thanks, but it is still broken",
  "THANKS BUT IT IS STILL BROKEN",
  "Thanks. Still Broken",
  "Thanks, It Does Not Work",
  "Thanks? It does not work.",
  "Thanks, can you also look at my other account",
  "Thank you. Please call me.",
  "Thank You. Please Call Me Back",
  "Thanks, Error 500 Again",
  "thanks for nothing",
  "Thanks, it never works",
  "No thanks",
  "Thanks, it is not fixed",
  "Thanks, it is fixed. One more thing: the invoice is wrong",
  "Thanks, Danke, aber Es Geht Nicht",
  "Cannot thank you enough, yet it fails",
  "Thanks in advance",
  "Thanks, Friday works",
  "Thanks Monday",
  "Thanks, Tuesday.",
  "Thanks, April",
  "Thanks, yes",
  "Thanks, Large",
  "Thanks Blue",
  "Blue, thanks",
  "Maria, thanks",
  "Large.\n\nThanks",
  "Thanks. Premium",
  "Thanks Premium is fine",
  "Thanks, help",
  "🙏 help",
  "Thank you. Support",
  "Thanks. And now",
  `Thanks ${"so much ".repeat(30)}`,
];

describe("a mere thanks", () => {
  for (const text of THANKS) it(`is: ${JSON.stringify(text)}`, () => expect(isMereThanks(text)).toBe(true));
  for (const text of NOT)
    it(`is not: ${JSON.stringify(text.slice(0, 60))}`, () => expect(isMereThanks(text)).toBe(false));

  for (const [code, texts] of Object.entries(MERE_THANKS))
    it(`in ${code}`, () => expect(texts.filter((text) => !isMereThanks(text))).toEqual([]));
  for (const [code, texts] of Object.entries(MORE_THAN_THANKS))
    it(`more than that in ${code}`, () => expect(texts.filter(isMereThanks)).toEqual([]));

  it("is known in every language of the tables", () => {
    const missing = ALL_WORDS.filter(({ thanks }) => !isMereThanks(thanks.thanks[0] ?? "")).map(({ code }) => code);
    expect(missing).toEqual([]);
  });

  it("names no day, no month and no yes in any language", () => {
    const chosen = ALL_WORDS.flatMap(({ code, thanks }) => {
      const [word] = thanks.thanks;
      const month = new Intl.DateTimeFormat(code, { month: "long", timeZone: "UTC" }).format(Date.UTC(2026, 4, 1));
      const day = new Intl.DateTimeFormat(code, { weekday: "long", timeZone: "UTC" }).format(Date.UTC(2026, 4, 1));
      return [day, month].flatMap((name) => {
        const capital = name.charAt(0).toUpperCase() + name.slice(1);
        return [`${word}, ${name}`, `${word}, ${capital}`, `${word}\n${capital}`, `${capital} ${word}`];
      });
    });
    expect(chosen.filter(isMereThanks)).toEqual([]);
  });

  it("never asks anything", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(isMereThanks(`Thanks ${text}?`)).toBe(false);
      }),
    );
  });

  it("is judged at once, whatever the text", () => {
    const storms = ["Thanks " + "A".repeat(150), "Thanks" + " !".repeat(76), `Hi ${"hello ".repeat(25)}`];
    const begun = performance.now();
    for (const text of storms) isMereThanks(text);
    expect(performance.now() - begun).toBeLessThan(50);
  });
});
