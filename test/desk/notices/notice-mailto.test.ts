import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { mailtoLink, preparedMails } from "../../../src/desk/notices/notice-mailto.ts";
import { ticketNumberIn } from "../../../src/mail/base-subject.ts";
import { address, ticket } from "./notice-world.ts";

/** As a mail client reads it: RFC 6068 has no "+" for a blank, which URLSearchParams would make of it. */
function opened(link: string): { to: string; subject: string; body: string } {
  const [, to, query] = /^mailto:([^?]*)\?(.*)$/.exec(link) as unknown as [string, string, string];
  const fields = Object.fromEntries(query.split("&").map((field) => field.split("=").map(decodeURIComponent)));
  return { to: decodeURIComponent(to), subject: fields["subject"], body: fields["body"] };
}

describe("a mailto link", () => {
  test("is written as RFC 6068 says, with CRLF", () => {
    expect(mailtoLink(address("support@nw.example"), "Close NW-1", "NW-1 #close\nThanks")).toBe(
      "mailto:support@nw.example?subject=Close%20NW-1&body=NW-1%20%23close%0D%0AThanks",
    );
    expect(mailtoLink(address("a+b&c?d@nw.example"), "50% (now)!", "'*'")).toBe(
      "mailto:a%2Bb%26c%3Fd@nw.example?subject=50%25%20%28now%29%21&body=%27%2A%27",
    );
  });

  test("opens with what was put in, whatever that is, and holds nothing that could end it in a text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "grapheme" }), (subject, body) => {
        const link = mailtoLink(address("o'neil+x@nw.example"), subject, body);
        expect(link).toMatch(/^[\w:@.?=&%~-]+$/);
        expect(opened(link)).toEqual({
          to: "o'neil+x@nw.example",
          subject: subject.toWellFormed(),
          body: body.toWellFormed().replace(/\r\n|\r|\n/g, "\r\n"),
        });
      }),
    );
  });
});

describe("the prepared mails of a ticket", () => {
  const labels = (change: Partial<typeof ticket>, reader: string | null) =>
    preparedMails({ ...ticket, ...change }, reader).map(({ label }) => label);

  test("are those that make sense for its reader", () => {
    expect(labels({}, "dev")).toEqual(["close", "snooze until tomorrow"]);
    expect(labels({}, "ann")).toEqual(["take", "close", "snooze until tomorrow"]);
    expect(labels({ assignee: null }, null)).toEqual(["take", "close", "snooze until tomorrow"]);
    expect(labels({ status: "closed" }, "dev")).toEqual(["reopen"]);
  });

  test("name the ticket in their first line, and not in the subject as an answer would", () => {
    for (const { url } of preparedMails({ ...ticket, assignee: null }, "dev")) {
      const { to, subject, body } = opened(url);
      expect(to).toBe("support@nw.example");
      expect(ticketNumberIn(subject, "NW")).toBeUndefined();
      expect(subject).toContain("NW-48201");
      expect(body).toMatch(/^NW-48201 #(?:take|close|snooze tomorrow 9am)\r\n$/);
    }
  });
});
