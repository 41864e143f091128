/** Dates as clients write them for people above a forwarded mail. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readSpokenDate } from "../../src/mail/forward/spoken-date.ts";
import { ALL_WORDS } from "../../src/mail/words/all.ts";

const iso = (text: string, languages?: readonly string[]): string | undefined => {
  const date = readSpokenDate(text, languages);
  return date === undefined ? undefined : new Date(date).toISOString().slice(0, 16);
};

describe("certain", () => {
  test.each([
    ["Mon, 23 Nov 2026 10:02:00 +0100", "2026-11-23T09:02"],
    ["2026-11-23T10:02:00Z", "2026-11-23T10:02"],
    ["Mon, Nov 23, 2026 at 10:02\u202fAM", "2026-11-23T10:02"],
    ["Monday, November 23, 2026 10:02 PM", "2026-11-23T22:02"],
    ["Nov 23, 2026, 12:05 AM", "2026-11-23T00:05"],
    ["On Monday, November 23rd, 2026 at 10:02 AM", "2026-11-23T10:02"],
    ["23 November 2026 at 10:02:11 GMT+1", "2026-11-23T09:02"],
    ["23 November 2026 at 10:02:11 CET", "2026-11-23T09:02"],
    ["November 23, 2026 9:02:33 AM (UTC-05:00) Eastern Time", "2026-11-23T14:02"],
    ["2026-11-23 10:02 GMT+01:00", "2026-11-23T09:02"],
    ["Montag, 23. November 2026 um 10:02 Uhr", "2026-11-23T10:02"],
    ["Mo., 23. März 2026 um 10:02 Uhr", "2026-03-23T10:02"],
    ["mar. 24 nov. 2026 à 10 h 02", "2026-11-24T10:02"],
    ["lundi 23 août 2026 10:02", "2026-08-23T10:02"],
    ["lunes, 23 de noviembre de 2026 10:02", "2026-11-23T10:02"],
    ["segunda-feira, 23 de março de 2026 10:02", "2026-03-23T10:02"],
    ["lunedì 23 novembre 2026 10:02", "2026-11-23T10:02"],
    ["den 23. november 2026 kl. 10.02", "2026-11-23T10:02"],
    ["maanantai 23. marraskuuta 2026 10.02", "2026-11-23T10:02"],
    ["понедельник, 23 ноября 2026 г. 10:02", "2026-11-23T10:02"],
    ["23 Kasım 2026 Pazartesi 10:02", "2026-11-23T10:02"],
    ["2026. november 23., hétfő 10:02", "2026-11-23T10:02"],
    ["23.11.2026 10:02", "2026-11-23T10:02"],
    ["23.11.2026 10.02", "2026-11-23T10:02"],
    ["03.04.2026 10:02", "2026-04-03T10:02"],
    ["23/11/2026 10:02 (GMT+01:00)", "2026-11-23T09:02"],
    ["11/23/2026 10:02 AM", "2026-11-23T10:02"],
    ["05/05/2026 10:02", "2026-05-05T10:02"],
    ["2026/11/23 10:02", "2026-11-23T10:02"],
    ["2026年11月23日(月) 10:02", "2026-11-23T10:02"],
    ["2026年11月23日(星期一) 下午3:02", "2026-11-23T15:02"],
    ["2026년 11월 23일 (월) 오후 3:02", "2026-11-23T15:02"],
    ["Th 2, 23 thg 11, 2026 vào lúc 10:02", "2026-11-23T10:02"],
    ["יום ב׳, 23 בנוב׳ 2026 ב-10:02", "2026-11-23T10:02"],
  ])("%s", (text, expected) => expect(iso(text)).toBe(expected));

  test("every month in the long form of every language", () => {
    const wrong: string[] = [];
    for (const { code } of ALL_WORDS) {
      const format = new Intl.DateTimeFormat(`${code}-u-nu-latn-ca-gregory`, { dateStyle: "long", timeZone: "UTC" });
      for (let month = 0; month < 12; month++) {
        const text = `${format.format(Date.UTC(2026, month, 23))} 10:02`;
        const expected = new Date(Date.UTC(2026, month, 23)).toISOString().slice(0, 10);
        if (iso(text, [code]) !== `${expected}T10:02`) wrong.push(`${code}: ${text} ${iso(text, [code])}`);
      }
    }
    expect(wrong).toEqual([]);
  });
});

describe("not certain", () => {
  test.each([
    "03/04/2026 10:02",
    "03-04-2026 10:02",
    "Monday, November 23, 2026",
    "Monday 10:02",
    "yesterday at 10:02",
    "31 November 2026 10:02",
    "23 Nov 26 10:02 or so",
    "23 listopada 2026 10:02",
    "",
    "1".repeat(500),
  ])("%s", (text) => expect(readSpokenDate(text)).toBeUndefined());

  test("a month of two meanings is told by the language", () => {
    expect(iso("23 listopada 2026 10:02", ["pl"])).toBe("2026-11-23T10:02");
    expect(iso("23. listopada 2026. 10:02", ["hr"])).toBe("2026-10-23T10:02");
  });
});

test("any text gives a date or none, and never throws", () => {
  const part = fc.oneof(fc.string({ maxLength: 12 }), fc.constantFrom("23", "2026", "nov", "10:02", ".", "/", "-", "+01:00", "PM", "年", "한"));
  fc.assert(
    fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
      const date = readSpokenDate(parts.join(" "));
      expect(date === undefined || Number.isFinite(date)).toBe(true);
    }),
    { numRuns: 1000 },
  );
});
