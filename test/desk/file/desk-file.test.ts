import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { desk, SMALL } from "./desk-file-texts.ts";

describe("a desk file that is right", () => {
  it("fills in every default", () => {
    expect(desk(SMALL)).toEqual({
      version: 0,
      name: "Northwind",
      prefix: "NW",
      firstNumber: 1001,
      timeZone: "UTC",
      defaults: {
        department: "support",
        priority: "normal",
        undoSeconds: 60,
        reopenDays: 14,
        holdHours: 4,
        closeWarningDays: 3,
      },
      schedules: {},
      sla: {},
      agents: {
        ann: {
          key: "ann",
          name: "Ann Lee",
          emails: ["ann@nw.example"],
          role: "agent",
          departments: ["support"],
          away: [],
          skills: [],
          active: true,
        },
      },
      departments: {
        support: {
          key: "support",
          name: "Support",
          address: "support@nw.example",
          also: [],
          assign: { strategy: "none" },
          tell: {
            new: ["members"],
            customer_reply: ["assignee"],
            assigned: ["assignee"],
            overdue: ["assignee", "lead"],
          },
          signature: "",
          active: true,
        },
      },
      topics: {},
      organizations: {},
      canned: {},
      lists: {},
      rules: [],
      formSenders: [],
      ownListIds: [],
      forwarders: [],
      budgets: { senderPerHour: 5, senderPerDay: 20, domainPerHour: 50, openDomains: [], foldAfter: 20 },
    });
  });

  it("is stored as JSON without loss", () => {
    const read = desk(readFileSync("desk.example.yaml", "utf8"));
    expect(JSON.parse(JSON.stringify(read))).toStrictEqual({ ...read });
  });

  it("reads the documented example", () => {
    const read = desk(readFileSync("desk.example.yaml", "utf8"));
    expect(read.sla["standard"]).toEqual({
      key: "standard",
      respondMinutes: 240,
      resolveMinutes: 3 * 510,
      schedule: "office",
      byPriority: { urgent: { respondMinutes: 60 } },
      warnMinutes: 30,
      escalations: [
        { of: "respond", afterMinutes: 0, tell: ["lead"], priority: "high", tags: [] },
        { of: "resolve", afterMinutes: -240, tell: ["assignee"], tags: [] },
      ],
    });
    const anns = { afterMinutes: 0, tell: ["ann@nw.example"], assign: { strategy: "fixed", agent: "ann" }, tags: [] };
    expect(read.sla["gold"]).toEqual({
      key: "gold",
      respondMinutes: 60,
      resolveMinutes: 480,
      schedule: "always",
      byPriority: {},
      escalations: [
        { of: "respond", ...anns },
        { of: "resolve", ...anns },
      ],
    });
    expect(read.agents["chloe"]).toMatchObject({ away: [{ from: "2026-12-20", to: "2027-01-03" }], deputy: "ann" });
    expect(read.departments["support"]?.closePendingDays).toBe(14);
    expect(read.topics["login"]).toMatchObject({ words: ["log in", "login", "password", "2fa"], template: "reset" });
    expect(read.organizations["fabrikam"]).toEqual({
      key: "fabrikam",
      name: "Fabrikam",
      domains: ["fabrikam.example"],
      sla: "gold",
      tags: ["vip"],
      attributes: { contract: "gold" },
      active: true,
    });
    expect(read.canned["reset"]?.text).toContain('{{ customer.first_name | default: "there" }}');
    expect(read.departments["it"]?.assign).toEqual({ strategy: "fixed", agent: "dev" });
    expect(read.departments["it"]?.name).toBe("IT");
    expect(read.departments["billing"]?.tell.new).toEqual(["billing-team@nw.example"]);
    expect(read.departments["support"]?.tell.new).toEqual(["assignee"]);
    expect(read.topics["invoice"]?.tags).toEqual(["money"]);
    expect(read.rules.map(({ position, name, stop }) => [position, name, stop])).toEqual([
      [1, "Outages are urgent, newsletters are not", true],
      [2, "Order numbers", false],
      [3, "Eight working hours without our answer", false],
    ]);
    const lines = readFileSync("desk.example.yaml", "utf8").split("\n");
    expect(read.rules.flatMap(({ examples }) => examples.map(({ line }) => lines[line - 1]))).toEqual([
      expect.stringContaining("Site is down"),
      expect.stringContaining("Download broken"),
      expect.stringContaining("Order 123456"),
    ]);
  });

  it.each([
    ['{ days: mon-fri, hours: "09:00-17:30" }', [1, 2, 3, 4, 5].map((day) => ({ day, from: 540, to: 1050 }))],
    ['{ days: "fri-mon", hours: "00:00-24:00" }', [1, 5, 6, 7].map((day) => ({ day, from: 0, to: 1440 }))],
    [
      '{ days: [wed, monday], hours: ["13:00-14:00", "9:00-12:00", "12:00-13:00"] }',
      [1, 3].flatMap((day) => [
        { day, from: 540, to: 720 },
        { day, from: 720, to: 780 },
        { day, from: 780, to: 840 },
      ]),
    ],
    [
      '{ hours: { mon-tue: "08:00-09:00", sat: ["08:00-08:30"] } }',
      [
        { day: 1, from: 480, to: 540 },
        { day: 2, from: 480, to: 540 },
        { day: 6, from: 480, to: 510 },
      ],
    ],
  ])("reads the schedule %s", (written, intervals) => {
    expect(desk(`${SMALL}schedules: { office: ${written} }\n`).schedules["office"]).toEqual({
      key: "office",
      intervals,
      holidays: [],
    });
  });

  it("counts a day of an SLA plan as a working day of its schedule", () => {
    const plans = desk(`${SMALL}schedules: { office: { days: mon-fri, hours: ["09:00-12:00", "13:00-18:00"] } }
sla: { a: { respond: 90m, resolve: 2d, during: office }, b: { respond: 1h30m, resolve: 2d } }
`).sla;
    expect(plans["a"]).toMatchObject({ respondMinutes: 90, resolveMinutes: 2 * 480 });
    expect(plans["b"]).toMatchObject({ respondMinutes: 90, resolveMinutes: 2 * 1440, schedule: "always" });
  });

  it.each([
    ["none", []],
    ["[assignee, Team@NW.example]", ["assignee", "team@nw.example"]],
    ["lead", ["lead"]],
  ])("reads tell: %s", (written, audience) => {
    const text = SMALL.replace("Support@NW.example", `support@nw.example, tell: { new: ${written} }`);
    expect(desk(text).departments["support"]?.tell.new).toEqual(audience);
  });

  it("tells the assignee of a new ticket when somebody is assigned", () => {
    const text = SMALL.replace("Support@NW.example", "support@nw.example, assign: ann");
    expect(desk(text).departments["support"]?.tell.new).toEqual(["assignee"]);
  });
});
