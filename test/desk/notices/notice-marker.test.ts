import { expect, test } from "vitest";
import {
  containsNoticeText,
  headingLine,
  markerLine,
  withoutMarkers,
} from "../../../src/desk/notices/notice-marker.ts";

test.each([
  markerLine("NW-48201"),
  markerLine("NW"),
  `> ${markerLine("NW-48201")}`,
  `  | > ${markerLine("ÜX-1")}  `,
  headingLine("Maria Santos (Fabrikam)", "10:02", "NW-48201"),
  headingLine("NOT SENT", "23 Nov 10:02", "NW-48201"),
  "Open, high, IT, yours. Answer due 11:02 today.",
  "Closed, low, Second line, Ann Lee's.",
  "Snoozed, low, IT, nobody's yet. Answer due 11:02 today. Solution due 09:00 on 14 December.",
  "Reply to answer Maria. Optional first lines:",
  "Prepared mails: close <mailto:support@nw.example?subject=Close%20NW-48201>",
  "#close   #note   #assign NAME   #help",
  "#close\u00a0\u00a0 #note\u00a0\u00a0 #assign NAME\u00a0\u00a0 #help",
])("%j is ours", (line) => {
  expect(containsNoticeText(`Hello Maria,\r\n\r\n${line}\r\nDev`)).toBe(true);
  expect(containsNoticeText(withoutMarkers(line))).toBe(/^(?!.*(?:===|\]:)).*$/.test(line));
});

test.each([
  "Your number is NW-48201.",
  "As I wrote in [NW-48201]:",
  "Open, please, the door.",
  "=== Result ===",
  "=====",
  "On Monday, Maria Santos wrote:",
  "#close",
  "We meet on Tuesday, 10:02:",
])("%j is a person's", (line) => {
  expect(containsNoticeText(line)).toBe(false);
});

test("long lines take no time", () => {
  const started = performance.now();
  for (const unit of ["=== ", ", 1:11 [A-1", "a, ", "> ", "Open, high, "]) containsNoticeText(unit.repeat(200_000));
  expect(performance.now() - started).toBeLessThan(1_000);
});
