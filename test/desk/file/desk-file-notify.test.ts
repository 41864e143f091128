/** How agents want to be told, who reviews whom, and the defaults of overviews and newer messages, as a desk file says them. */
import { describe, expect, it } from "vitest";
import { diffDesk } from "../../../src/desk/file/desk-diff.ts";
import { writeDesk } from "../../../src/desk/file/desk-file-write.ts";
import { desk, errors, SMALL } from "./desk-file-texts.ts";

const PEOPLE = SMALL.replace(
  "departments:",
  `  ben: { name: Ben, emails: ben@nw.example, in: support, role: trainee, reviewer: ann }
  cleo: { name: Cleo, emails: cleo@nw.example, in: support, role: trainee, reviewer: ann }
departments:`,
);
const withAnn = (keys: string): string => SMALL.replace("in: support }", `in: support, ${keys} }`);
const withDefault = (keys: string): string => SMALL.replace("department: support }", `department: support, ${keys} }`);

describe("notify", () => {
  const FULL = `time_zone: Europe/Paris, notify: { events: [new, customer_reply], digest: daily, quiet: "20:00-07:00", receipts: always, overview: false }`;

  it("is read, and written as it was", () => {
    const read = desk(withAnn(FULL));
    expect(read.agents["ann"]).toMatchObject({
      timeZone: "Europe/Paris",
      notify: {
        events: ["new", "customer_reply"],
        digest: "daily",
        quiet: { from: 1200, to: 420 },
        receipts: "always",
        overview: false,
      },
    });
    expect(writeDesk(read)).toContain(
      [
        "    time_zone: Europe/Paris",
        "    notify:",
        "      events:",
        "        - new",
        "        - customer_reply",
        "      digest: daily",
        "      quiet: 20:00-07:00",
        "      receipts: always",
        "      overview: false",
      ].join("\n"),
    );
    expect(desk(writeDesk(read))).toEqual(read);
  });

  it("may be of no event, and to midnight", () => {
    const read = desk(withAnn('notify: { events: none, quiet: "9:30-24:00" }'));
    expect(read.agents["ann"]!.notify).toEqual({ events: [], quiet: { from: 570, to: 0 } });
    expect(desk(writeDesk(read))).toEqual(read);
    expect(desk(withAnn("notify: {}")).agents["ann"]).not.toHaveProperty("notify");
  });

  it("shows in what apply would change", () => {
    const lines = (before: string, after: string) => diffDesk(desk(before), desk(after)).map(({ line }) => line);
    expect(lines(withAnn("notify: { digest: hourly }"), withAnn(FULL))).toEqual([
      "~ agent ann: time_zone nothing -> Europe/Paris; notify { digest: hourly } -> { events: [ new, customer_reply ], digest: daily, quiet: 20:00-07:00, receipts: always, overview: false }",
    ]);
  });

  it.each([
    ["events: [new, reply]", /events\[2\]: "reply" is not known here\. .*Write new or customer_reply or assigned/],
    ["events: [overdu]", /events\[1\]: "overdu" is not known here\. Did you mean "overdue"\?/],
    ["events: []", /events: is an empty list\. Write at least one\./],
    ["digest: weekly", /digest: "weekly" is not known here\. Write hourly or daily\./],
    [
      'quiet: "20:00"',
      /quiet: "20:00" is not a time of rest\. Write when it begins and ends, in quotes, e\.g\. "20:00-07:00"\./,
    ],
    ['quiet: "20-7"', /quiet: "20-7" is not a time of rest/],
    ['quiet: "24:00-07:00"', /quiet: "24:00-07:00" is not a time of rest/],
    [
      'quiet: "08:00-08:00"',
      /quiet: "08:00-08:00" is no time, or the whole day\. .*who wants no mail at all writes events: none/,
    ],
    ['quiet: "00:00-24:00"', /is no time, or the whole day/],
    ["receipts: yes", /receipts: "yes" is not known here\. Write always or first or never\./],
    ["overview: daily", /overview: "daily" is not true or false/],
    ["digets: daily", /notify\.digets: there is no key "digets" here\. Did you mean "digest"\?/],
  ])("refuses %s", (keys, message) => {
    expect(errors(withAnn(`notify: { ${keys} }`))).toEqual([expect.stringMatching(message)]);
    expect(errors(withAnn(`notify: { ${keys} }`))[0]).toMatch(/^desk\.yaml:5:\d+ agents\.ann\.notify/);
  });

  it("refuses a zone that is none, with its place", () => {
    expect(errors(withAnn("time_zone: Europe/Pariss"))).toEqual([
      expect.stringMatching(/^desk\.yaml:5:73 agents\.ann\.time_zone: .* Did you mean "Europe\/Paris"\?/),
    ]);
  });
});

describe("reviewer", () => {
  it("is another agent who may send", () => {
    expect(desk(PEOPLE).agents["ben"]).toMatchObject({ role: "trainee", reviewer: "ann" });
    expect(desk(writeDesk(desk(PEOPLE)))).toEqual(desk(PEOPLE));
  });

  it.each([
    ["anne", /there is no agent "anne" in this file\. Did you mean "ann"\?/],
    ["ben", /ben cannot review ben's answers\. Write another agent \(ann\)\./],
    ["cleo", /"cleo" is a trainee, whose own answers wait for a reviewer\. Write another agent \(ann\)\./],
  ])("is not %s", (who, message) => {
    const place = /^desk\.yaml:6:83 agents\.ben\.reviewer: /;
    const found = errors(PEOPLE.replace("reviewer: ann", `reviewer: ${who}`));
    expect(found).toEqual([expect.stringMatching(message)]);
    expect(found[0]).toMatch(place);
  });

  it("is needed where no lead of the trainee's departments could do it", () => {
    const alone = PEOPLE.replace(", reviewer: ann", "");
    expect(errors(alone)).toEqual([
      expect.stringMatching(
        /^desk\.yaml:6:3 agents\.ben: no lead works in support, so nobody would send what ben writes: .*Write reviewer: and the key of an agent \(ann\) for ben\.$/,
      ),
    ]);
    expect(errors(alone.replace("name: Ann Lee,", "name: Ann Lee, role: lead,"))).toEqual([]);
    expect(errors(alone.replace("in: support, role: trainee", "role: trainee"))).toEqual([
      expect.stringMatching(/ben works in no department, so nobody would send/),
    ]);
  });
});

describe("defaults", () => {
  it("say when overviews are sent and what a newer message does", () => {
    const read = desk(withDefault('newer_message: ask, overview: "08:30"'));
    expect(read.defaults).toMatchObject({ newerMessage: "ask", overviewAt: 510 });
    expect(desk(writeDesk(read))).toEqual(read);
    expect(desk(SMALL).defaults).not.toHaveProperty("overviewAt");
    expect(diffDesk(desk(SMALL), read).map(({ line }) => line)).toEqual([
      "~ desk: defaults.newer_message nothing -> ask; defaults.overview nothing -> 08:30",
    ]);
  });

  it.each([
    ["newer_message: wait", /defaults\.newer_message: "wait" is not known here\. Write send or ask\./],
    [
      'overview: "8"',
      /defaults\.overview: "8" is not a time of day\. Write hours and minutes in quotes, e\.g\. "08:00"\./,
    ],
    ['overview: "24:00"', /"24:00" is not a time of day/],
    ['overview: "08:60"', /"08:60" is not a time of day/],
  ])("refuse %s", (keys, message) => {
    expect(errors(withDefault(keys))).toEqual([expect.stringMatching(message)]);
  });
});

describe("tell", () => {
  it("may say who hears of colleagues' answers and notes, and leaves both out by default", () => {
    const text = SMALL.replace("support: {", "support: { tell: { agent_reply: none, note: [ann, lead] },");
    expect(desk(text).departments["support"]!.tell).toMatchObject({
      agent_reply: [],
      note: ["ann@nw.example", "lead"],
    });
    expect(desk(writeDesk(desk(text)))).toEqual(desk(text));
    expect(desk(SMALL).departments["support"]!.tell).not.toHaveProperty("note");
    expect(diffDesk(desk(SMALL), desk(text)).map(({ line }) => line)).toEqual([
      "~ department support: tell.agent_reply nothing -> none; tell.note nothing -> ann, lead",
    ]);
  });
});
