import { expect, test } from "vitest";
import * as w from "../../../src/desk/notices/notice-words.ts";
import { address } from "./notice-world.ts";

const berlin = { timeZone: "Europe/Berlin", locale: "en-GB" };
const at = (text: string) => Date.parse(text);

test.each([
  ["Maria Santos", "Maria"],
  ["Santos, Maria", "Maria"],
  ["Dr. Maria Santos", "Maria"],
  ["maria", "maria"],
  ["Zoë-Anne d'Arc", "Zoë-Anne"],
  ["李小龍", "李小龍"],
  ["", null],
  ["www.evil.example", null],
  ["http://x", null],
  ["4 you", null],
  ["M@ria", null],
  [`${"a".repeat(40)} b`, null],
])("%j is greeted as %j", (name, first) => {
  expect(w.firstName(name)).toBe(first);
});

test.each([
  ["Cannot log in", "Cannot log in"],
  ["Re: AW: Fwd: Cannot log in", "Cannot log in"],
  ["Re: Cannot log in [NW-100]", "Cannot log in"],
  ["[OTHER-100] Cannot log in", "[OTHER-100] Cannot log in"],
  ["", "your message"],
  ["Re:", "your message"],
  ["See https://x.example/a?b=c now", "See [link] now"],
  ["See (www.x.example).", "See [link]"],
  ["evil.com", "[link]"],
  ["visit evil.ru/path please", "visit [link] please"],
  ["mail bob@x.example", "mail [link]"],
  ["main.py and report.pdf fail since v2.10.1", "main.py and report.pdf fail since v2.10.1"],
  ["Line\r\nbreak\tand\0nul \u202eback", "Line break and nul back"],
])("customers see the subject %j as %j", (subject, seen) => {
  expect(w.repeatedSubject(subject, "NW")).toBe(seen);
});

test("subjects are cut between characters, with an ellipsis", () => {
  const cut = w.repeatedSubject("😀".repeat(100), "NW");
  expect(cut).toBe(`${"😀".repeat(39)}…`);
  expect(w.plainSubject("x".repeat(500), "NW")).toHaveLength(160);
  expect(w.plainSubject(" \r\n ", "NW")).toBe("(no subject)");
});

test("a subject of a million characters takes no time", () => {
  const started = performance.now();
  for (const unit of ["re: ", "a.", "[NW-1", "x@", " ", "://"]) {
    w.repeatedSubject(unit.repeat(300_000), "NW");
    w.plainSubject(unit.repeat(300_000), "NW");
    w.personName(unit.repeat(300_000), address("a@x.example"));
    w.firstName(unit.repeat(300_000));
  }
  expect(performance.now() - started).toBeLessThan(1_000);
});

test.each([
  ["2026-12-07T10:02:00Z", "11:02 today"],
  ["2026-12-07T22:30:00Z", "23:30 today"],
  ["2026-12-07T23:30:00Z", "00:30 tomorrow"],
  ["2026-12-14T08:30:00Z", "09:30 on 14 December"],
  ["2027-01-04T08:30:00Z", "09:30 on 4 January 2027"],
])("seen on 7 December in Berlin, %s is %s", (time, text) => {
  expect(w.timeAndDay(at(time), at("2026-12-07T09:02:00Z"), berlin)).toBe(text);
});

test("tomorrow is tomorrow when the clocks change in between", () => {
  const eve = at("2026-10-24T21:00:00Z");
  expect(w.timeAndDay(at("2026-10-25T21:30:00Z"), eve, berlin)).toBe("22:30 tomorrow");
  expect(w.timeAndDay(at("2026-10-24T22:30:00Z"), eve, berlin)).toBe("00:30 tomorrow");
});

test("lists name the day only when it is another one", () => {
  const now = at("2026-12-07T09:02:00Z");
  expect(w.shortTime(now, now, berlin)).toBe("10:02");
  expect(w.shortTime(at("2026-11-23T09:02:00Z"), now, berlin)).toBe("23 Nov 10:02");
});

test("a name with a link is no name", () => {
  expect(w.safeName('Maria "M" <Santos>')).toBe("Maria M Santos");
  expect(w.safeName("Win at evil.com")).toBe("");
  expect(w.personName("", address("maria@home.example"))).toBe("maria");
});
