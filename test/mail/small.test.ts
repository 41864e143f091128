/** Tables for the small readers: subjects, ids, dates, headers, Received lines. */
import { describe, expect, test } from "vitest";
import { ticketNumberIn, withoutTicketNumber } from "../../src/mail/base-subject.ts";
import { parseDate } from "../../src/mail/date.ts";
import { HEADERS_CUT, readHeaders } from "../../src/mail/headers.ts";
import { parseMessageIds } from "../../src/mail/message-id.ts";
import { ownReceivedIndex, readReceived } from "../../src/mail/received.ts";
import { bodyHash } from "../../src/mail/text.ts";

describe("ticket numbers in subjects", () => {
  test("our number needs our prefix and the brackets", () => {
    expect(ticketNumberIn("Re: Cannot log in [NW-48201]", "NW")).toBe(48201);
    expect(ticketNumberIn("Re: [nw-48201] Cannot log in", "NW")).toBe(48201);
    expect(ticketNumberIn("Re: [XNW-48201]", "NW")).toBeUndefined();
    expect(ticketNumberIn("NW-48201", "NW")).toBeUndefined();
    expect(ticketNumberIn("[A.B-7]", "A.B")).toBe(7);
    expect(ticketNumberIn("[AxB-7]", "A.B")).toBeUndefined();
    expect(withoutTicketNumber("Re: Cannot [NW-1] log in [NW-2]", "NW")).toBe("Re: Cannot log in");
  });
});

test.each<[string, string[]]>([
  ["<a@x> <b@y>", ["a@x", "b@y"]],
  ["<a@x>\r\n\t(comment <no@x>) <b@y>", ["a@x", "b@y"]],
  ["a@x", ["a@x"]],
  ['Your message of "Mon, 23 Nov" <a@x>', ["a@x"]],
  ["<a@x><a@x>", ["a@x"]],
  ["<split\r\n @x>", ["split@x"]],
  ["no id at all", []],
])("ids in %j", (value, ids) => {
  expect(parseMessageIds(value)).toEqual(ids);
});

test("of many ids the newest 200 are kept", () => {
  const ids = parseMessageIds(Array.from({ length: 300 }, (_, i) => `<${i}@x>`).join(" "));
  expect(ids).toHaveLength(200);
  expect(ids.at(-1)).toBe("299@x");
});

test.each<[string, string | undefined]>([
  ["Mon, 23 Nov 2026 10:02:11 +0100", "2026-11-23T09:02:11.000Z"],
  ["23 Nov 26 10:02 EST (comment)", "2026-11-23T15:02:00.000Z"],
  ["Mon, 23 Nov 2026 10:02:11 GMT", "2026-11-23T10:02:11.000Z"],
  ["2026-11-23T10:02:11Z", "2026-11-23T10:02:11.000Z"],
  ["yesterday", undefined],
  ["31 Feb 2026 10:00:00 +0000", undefined],
  ["Mon, 23 Nov 2026 25:00:00 +0000", undefined],
  ["1", undefined],
])("date %s", (value, iso) => {
  const date = parseDate(value);
  expect(date === undefined ? undefined : new Date(date).toISOString()).toBe(iso);
});

describe("headers", () => {
  test("order, repetition and folding are kept", () => {
    const raw = Buffer.from("From me Mon Nov 23\r\nB: 1\r\nA : x\r\n\ty\r\nb: 2\r\n\r\nbody");
    const { fields, bodyOffset } = readHeaders(raw);
    expect(fields).toEqual([
      { name: "b", value: "1" },
      { name: "a", value: "x\ty" },
      { name: "b", value: "2" },
    ]);
    expect(raw.subarray(bodyOffset).toString()).toBe("body");
  });

  test("a flood is cut, with a defect", () => {
    const { fields, defects } = readHeaders(Buffer.from("X: y\n".repeat(5000)));
    expect(fields).toHaveLength(1000);
    expect(defects).toEqual([HEADERS_CUT]);
    expect(readHeaders(Buffer.from(`X: ${"y".repeat(200_000)}\n\n`)).fields[0]?.value.length).toBeLessThan(70_000);
  });
});

test("Received: comments cannot pose as the server's words", () => {
  expect(readReceived("from evil.example (by mx.nw.example [1.2.3.4]) by relay.example with ESMTP; now")).toEqual({
    from: "evil.example",
    by: "relay.example",
    with: "esmtp",
  });
  const fields = [
    { name: "received", value: "from a (by mx.nw.example) by other.example" },
    { name: "received", value: "from a by MX.nw.example. with ESMTP" },
  ];
  expect(ownReceivedIndex(fields, "mx.nw.example")).toBe(1);
});

test("the same words have the same hash however they were wrapped", () => {
  expect(bodyHash({ text: "a b\n c" })).toBe(bodyHash({ text: " a\r\nb   c \n" }));
  expect(bodyHash({ text: "a b c" })).not.toBe(bodyHash({ text: "a b d" }));
  expect(bodyHash({ text: "", html: "<p>a</p>" })).not.toBe(bodyHash({ text: "" }));
});
