/** Invitations in words: what is asked, when and by whom; never an exception, never a rule expanded. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { invitationText } from "../../src/mail/mime/calendar-text.ts";
import { isCalendar, readInvitation } from "../../src/mail/mime/calendar.ts";

function calendar(lines: string[], method = "REQUEST"): string {
  return ["BEGIN:VCALENDAR", `METHOD:${method}`, "BEGIN:VEVENT", ...lines, "END:VEVENT", "END:VCALENDAR"].join("\r\n");
}

function told(lines: string[], method?: string): string[] {
  const invitation = readInvitation(calendar(lines, method));
  return invitation ? invitationText(invitation).split("\n") : [];
}

const START = "DTSTART;TZID=Europe/Berlin:20261123T100000";

describe("when", () => {
  test.each([
    [["DTEND;TZID=Europe/Berlin:20261123T110000"], "Monday 23 November 2026 10:00–11:00 (Europe/Berlin)"],
    [["DURATION:P1DT30M"], "Monday 23 November 2026 10:00 – Tuesday 24 November 2026 10:30 (Europe/Berlin)"],
    [["DTEND;TZID=Asia/Tokyo:20261123T200000"], "Monday 23 November 2026 10:00 (Europe/Berlin) – Monday 23 November 2026 20:00 (Asia/Tokyo)"],
    [["DTEND:garbage"], "Monday 23 November 2026 10:00 (Europe/Berlin)"],
  ])("%s", (lines, line) => {
    expect(told([START, ...lines])[1]).toBe(line);
  });

  test.each([
    ["DTSTART:20261123T100000Z", "Monday 23 November 2026 10:00 (UTC)"],
    ["DTSTART;TZID=tzone://Microsoft/Utc:20261123T100000", "Monday 23 November 2026 10:00 (UTC)"],
    ["DTSTART:20261123T100000", "Monday 23 November 2026 10:00"],
    ['DTSTART;TZID="W. Europe Standard Time":20261123T100000', "Monday 23 November 2026 10:00 (W. Europe Standard Time)"],
    ["DTSTART;TZID=(UTC+01:00) Amsterdam, Berlin:20261123T100000", "Monday 23 November 2026 10:00 (UTC+01:00) Amsterdam, Berlin"],
    ["DTSTART;VALUE=DATE:20261123", "Monday 23 November 2026 (whole day)"],
  ])("%s", (line, expected) => {
    expect(told([line])[1]).toBe(expected);
  });

  test.each(["DTSTART:20260230T100000Z", "DTSTART:20261123T250000Z", "DTSTART:tomorrow", "DTSTART:"])("%s is no time", (line) => {
    expect(told([line, "SUMMARY:Call"])).toEqual(["Invitation: Call"]);
  });

  test("the end of whole days is the day before DTEND, also with Outlook's midnights", () => {
    const days = "Monday 23 November 2026 – Tuesday 24 November 2026 (whole days)";
    expect(told(["DTSTART;VALUE=DATE:20261123", "DTEND;VALUE=DATE:20261125"])[1]).toBe(days);
    const midnights = ["DTSTART;TZID=X:20261123T000000", "DTEND;TZID=X:20261125T000000", "X-MICROSOFT-CDO-ALLDAYEVENT:TRUE"];
    expect(told(midnights)[1]).toBe(days);
    expect(told(["DTSTART;VALUE=DATE:20261123", "DTEND;VALUE=DATE:20261123"])[1]).toBe("Monday 23 November 2026 (whole day)");
  });
});

describe("a rule", () => {
  test.each([
    ["FREQ=DAILY", "every day"],
    ["FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR;WKST=SU", "every 2 weeks on Monday and Friday"],
    ["FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;COUNT=10", "every weekday, 10 times"],
    ["FREQ=MONTHLY;BYDAY=2TU", "every month on the second Tuesday"],
    ["FREQ=MONTHLY;BYDAY=MO;BYSETPOS=-1;UNTIL=20270101T000000Z", "every month on the last Monday, until Friday 1 January 2027"],
    ["FREQ=MONTHLY;BYMONTHDAY=1,15,-1", "every month on day 1, day 15 and the last day"],
    ["FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=23", "every year on 23 November"],
    ["FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10", "every year on the last Sunday of October"],
    ["FREQ=SECONDLY;INTERVAL=1", "by the rule FREQ=SECONDLY;INTERVAL=1"],
    ["FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", "by the rule FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13"],
    ["FREQ=SOMETIMES", "by the rule FREQ=SOMETIMES"],
  ])("%s", (rule, words) => {
    expect(told([START, `RRULE:${rule}`])[2]).toBe(`Repeats: ${words}`);
  });
});

describe("what is asked", () => {
  const SUMMARY = "SUMMARY:Licence review";
  test.each([
    ["REQUEST", [], "Invitation: Licence review"],
    ["request", [], "Invitation: Licence review"],
    ["CANCEL", [], "Cancelled: Licence review"],
    ["REQUEST", ["STATUS:CANCELLED"], "Cancelled: Licence review"],
    ["COUNTER", [], "Another time is proposed: Licence review"],
    ["PUBLISH", [], "Event: Licence review"],
    ["ADD", [], "Added to a series: Licence review"],
    ["SOMETHING", [], "Event: Licence review"],
    ["REPLY", ["ATTENDEE;PARTSTAT=ACCEPTED:mailto:rui@home.example"], "Accepted: Licence review"],
    ["REPLY", ["ATTENDEE;PARTSTAT=TENTATIVE:mailto:rui@home.example"], "Tentatively accepted: Licence review"],
    ["REPLY", [], "Answer to an invitation: Licence review"],
  ])("%s %s", (method, lines, title) => {
    expect(told([SUMMARY, ...lines], method)[0]).toBe(title);
  });

  test("an answer names who gives it, and their words", () => {
    const lines = [SUMMARY, 'ATTENDEE;CN="Alves, Rui";PARTSTAT=DECLINED:MAILTO:Rui@home.example', "COMMENT:No\\, sorry"];
    expect(told(lines, "REPLY")).toEqual(["Declined: Licence review", "Answer by: Alves, Rui <rui@home.example>", "Comment: No, sorry"]);
  });

  test("the event of a series comes before its changed dates, whose number is told", () => {
    const changed = "BEGIN:VEVENT\nRECURRENCE-ID:20261130T100000Z\nSUMMARY:Other\nEND:VEVENT\n";
    const text = `BEGIN:VCALENDAR\n${changed}BEGIN:VEVENT\nSUMMARY:Main\nEND:VEVENT\nEND:VCALENDAR`;
    expect(readInvitation(text)).toMatchObject({ summary: "Main", more: 1 });
  });
});

describe("the description", () => {
  const lines = ["SUMMARY:Call", "DESCRIPTION:We talk about the move.\\n________________________\\nJoin: https://meet.home.example/1"];

  test("stands below, without rows of signs", () => {
    expect(told(lines)).toEqual(["Invitation: Call", "", "We talk about the move.", "Join: https://meet.home.example/1"]);
  });

  test("is not told twice beside the same text", () => {
    const invitation = readInvitation(calendar(lines));
    expect(invitation && invitationText(invitation, "Hello\n\nWe talk about\nthe move.\n____________\nJoin: https://meet.home.example/1\n")).toBe("Invitation: Call");
  });

  test("goes on over lines that were broken without folding", () => {
    expect(told(["SUMMARY:Call", "DESCRIPTION:He needs", "somebody at the door.", "LOCATION:Gate"])).toEqual(["Invitation: Call", "Where: Gate", "", "He needs", "somebody at the door."]);
  });

  test("an alarm's is not the event's", () => {
    expect(told(["SUMMARY:Call", "BEGIN:VALARM", "DESCRIPTION:Reminder", "SUMMARY:Alarm", "END:VALARM"])).toEqual(["Invitation: Call"]);
  });
});

describe("a line", () => {
  test("that is none costs only itself", () => {
    expect(told(["garbage", "SUMMARY;=:Visit", "ATTENDEE;CN=\"open:mailto:x", "LOCATION:Room 4"]).slice(0, 2)).toEqual(["Invitation: Visit", "Where: Room 4"]);
  });

  test("folded inside a character is put together from bytes", () => {
    const bytes = Buffer.from(calendar(["SUMMARY:Größe"]));
    const at = bytes.indexOf("ö") + 1;
    const folded = Buffer.concat([bytes.subarray(0, at), Buffer.from("\r\n "), bytes.subarray(at)]);
    expect(readInvitation(folded)?.summary).toBe("Größe");
  });

  test("in the charset that the part states", () => {
    expect(readInvitation(Buffer.from(calendar(["SUMMARY:Gr\u00f6\u00dfe"]), "latin1"), "iso-8859-1")?.summary).toBe("Größe");
    expect(readInvitation(Buffer.from(`\ufeff${calendar(["SUMMARY:Größe"])}`, "utf16le"), "utf-16")?.summary).toBe("Größe");
  });

  test("holds no line end or control character in a title", () => {
    expect(readInvitation(calendar(["SUMMARY:a\\nFrom: x\u0007y"]))?.summary).toBe("a From: x y");
  });
});

test("known by type, or by name when the type says nothing", () => {
  expect(isCalendar("text/calendar")).toBe(true);
  expect(isCalendar("application/octet-stream", "Invite.ICS")).toBe(true);
  expect(isCalendar("image/png", "invite.ics")).toBe(false);
  expect(isCalendar("application/octet-stream")).toBe(false);
});

test.each(["", "BEGIN:VCALENDAR\nEND:VCALENDAR", "SUMMARY:x", "BEGIN:VEVENT\nSUMMARY:x\nEND:VEVENT", "END:VEVENT\nEND:VCALENDAR"])(
  "%j is no invitation",
  (text) => {
    expect(readInvitation(text)).toBeUndefined();
  },
);

describe("hostile calendars", () => {
  const piece = fc.oneof(
    fc.constantFrom(
      "BEGIN:VCALENDAR", "BEGIN:VEVENT", "END:VEVENT", "BEGIN:VTODO", "END:VCALENDAR", "METHOD:REPLY", "SUMMARY:", "DTSTART", "DTEND;TZID=", ";TZID=x:", "RRULE:FREQ=", "DAILY", ";BYDAY=", "EXDATE:", "20261123T100000Z", "00000101", "99991231T235959", "DURATION:P999W", "ATTENDEE;CN=", "mailto:", "__proto__", "constructor", "\\n", "\\", '"', ":", ";", "=", ",", "\n ", "\r\n", "\n", "\ud83d",
    ),
    fc.string({ unit: "binary", maxLength: 6 }),
  );

  test("never throw, and give bounded plain words", () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        const text = `BEGIN:VCALENDAR\nBEGIN:VEVENT\n${pieces.join("")}`;
        for (const form of [text, Buffer.from(text)]) {
          const invitation = readInvitation(form);
          if (!invitation) continue;
          expect(structuredClone(invitation)).toEqual(invitation);
          // eslint-disable-next-line no-control-regex
          expect(invitationText(invitation)).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/);
          expect(invitation.summary).not.toContain("\n");
        }
      }),
      { numRuns: 2000 },
    );
    fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => void readInvitation(Buffer.from(bytes))));
  });

  test.each([
    ["parameters", "ATTENDEE;a=b", ";a=b"],
    ["quoted parameters", 'ATTENDEE;MEMBER="a"', ',"a"'],
    ["attendees", "ATTENDEE:mailto:a@b.example\n", "ATTENDEE:mailto:a@b.example\n"],
    ["folds", "SUMMARY:", "\n a"],
    ["escapes", "DESCRIPTION:", "\\n"],
    ["components", "", "BEGIN:VEVENT\nSUMMARY:x\nEND:VEVENT\n"],
    ["depth", "", "BEGIN:X\n"],
    ["dates left out", "EXDATE:20261123", ",20261123"],
    ["broken lines", "DESCRIPTION:", "x\n"],
    ["days of a rule", "RRULE:FREQ=WEEKLY;BYDAY=MO", ",MO"],
    ["rows of signs", "DESCRIPTION:", "______\\n"],
    ["mailto", "ORGANIZER:", "mailto:"],
  ])("20 MB of %s end soon", (_name, first, piece) => {
    const text = `BEGIN:VCALENDAR\nBEGIN:VEVENT\n${first}${piece.repeat(Math.ceil(20_000_000 / piece.length))}\nEND:VEVENT\nEND:VCALENDAR`;
    const started = performance.now();
    const invitation = readInvitation(text);
    if (invitation) invitationText(invitation, "x".repeat(2_000_000));
    expect(performance.now() - started).toBeLessThan(5000);
  });
});
