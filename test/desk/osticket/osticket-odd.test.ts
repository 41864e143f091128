import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readOsTicketJson } from "../../../src/desk/osticket/osticket-json.ts";
import { OsTicketProblem, tablePrefix } from "../../../src/desk/osticket/osticket-tables.ts";
import { deskFromOsTicket } from "../../../src/desk/osticket/osticket.ts";
import { convert, deskOf, NOW, said } from "./osticket-converted.ts";
import {
  asJson,
  asPhpMyAdmin,
  row,
  tablesOf,
  withFilters,
  world,
  type FilterSketch,
  type World,
} from "./osticket-world.ts";

const set = (made: World, table: string, id: string, values: Record<string, string | null>): World => {
  const rows = made[table]!;
  const at = rows.findIndex((one) => Object.values(one)[0] === id);
  rows[at] = { ...rows[at], ...values };
  return made;
};
const setting = (made: World, key: string, value: string): World => ({
  ...made,
  config: [
    ...made["config"]!.filter((one) => one["key"] !== key),
    row("config", { id: 500, namespace: "core", key, value }),
  ],
});

describe("an osTicket that is set up otherwise", () => {
  it("gives a department without an address of its own a plus address, and says so", () => {
    const made = convert(set(world(), "email", "2", { dept_id: "1" }));
    expect(deskOf(made).departments).toMatchObject({
      support: { address: "support@nw.example", also: ["billing@nw.example", "noreply@nw.example"] },
      "support-billing": { address: "billing+support-billing@nw.example" },
    });
    expect(said(made, "department", "2")[0]).toContain("shares billing@nw.example");
  });

  it("gives a topic without a name one, and leaves NUL out of texts", () => {
    const odd = set(set(world(), "help_topic", "1", { topic: " " }), "canned_response", "1", { response: "a\0b" });
    expect(Object.values(deskOf(convert(odd)).topics).map(({ title }) => title)).toContain("Help topic 1");
  });

  it("writes somebody into a department that nobody works in", () => {
    const odd = set(set(world(), "staff", "3", { dept_id: "1" }), "department", "2", { manager_id: "0" });
    odd["staff_dept_access"] = [];
    const made = convert(odd);
    expect(deskOf(made).agents["chloe-roy"]!.departments).toEqual(["support", "support-billing"]);
    expect(said(made, "department", "2").join()).toContain("has no agents in osTicket; chloe-roy was written in");
  });

  it("leaves out who shares an address, and tells apart who shares a name", () => {
    const odd = world();
    odd["staff"]!.push(
      row("staff", {
        staff_id: 8,
        dept_id: 1,
        role_id: 1,
        username: "lead",
        firstname: "Ann",
        lastname: "Lee",
        email: "ann2@nw.example",
        isactive: 1,
        isadmin: 0,
      }),
      row("staff", {
        staff_id: 9,
        dept_id: 1,
        role_id: 1,
        username: "sup",
        firstname: "S",
        lastname: "",
        email: "support@nw.example",
        isactive: 1,
        isadmin: 0,
      }),
      row("staff", {
        staff_id: 10,
        dept_id: 1,
        role_id: 4,
        username: "王",
        firstname: "王",
        lastname: "伟",
        email: "wang@nw.example",
        isactive: 1,
        isadmin: 0,
      }),
    );
    const made = convert(odd);
    const { agents } = deskOf(made);
    expect(agents["lead-2"]!.name).toBe("Ann Lee (lead-2)");
    expect(agents["staff-10"]).toMatchObject({ name: "王 伟", role: "trainee" });
    expect(agents["sup"]).toBeUndefined();
    expect(said(made, "staff", "9")).toEqual([
      "was left out: support@nw.example is a department's. An agent needs an address of their own.",
    ]);
    expect(said(made, "staff", "10")[0]).toContain("may not answer in osTicket");
  });

  it("begins above random numbers, and makes a prefix of the name", () => {
    const tables = tablesOf(setting(world(), "ticket_sequence_id", "0"));
    const made = deskFromOsTicket(tables, { now: NOW, source: "dump.sql" });
    expect(deskOf(made)).toMatchObject({ prefix: "NS", firstNumber: 1_000_001 });
    expect(made.yaml).toContain("the prefix NS was made from the company's name");
  });

  it("says what it cannot keep of the settings", () => {
    const odd = setting(
      setting(setting(world(), "default_timezone", "Mars/Base"), "default_dept_id", "3"),
      "default_help_topic",
      "1",
    );
    const made = convert(odd);
    expect(deskOf(made)).toMatchObject({ timeZone: "UTC", defaults: { department: "support" } });
    expect(said(made, "config", "core").join("\n")).toMatch(/“Mars\/Base”[^]*names no active department[^]*help topic/);
  });

  it("takes priorities of the admin's own by their urgency", () => {
    const odd = set(world(), "ticket_priority", "3", { priority: "vip", priority_desc: "VIP" });
    const made = convert(odd);
    expect(deskOf(made).topics["hardware"]!.priority).toBe("high");
    expect(said(made, "ticket_priority", "3")[0]).toContain("became high");
  });

  it("turns alerts off where osTicket's are", () => {
    const odd = set(setting(world(), "overdue_alert_active", "0"), "department", "1", { group_membership: "2" });
    expect(deskOf(convert(odd)).departments["support"]!.tell).toMatchObject({ new: [], overdue: [] });
  });

  it("lets no name of osTicket break the file", () => {
    const hostile = "x\n# y: {{ z }} %} '\"\u0007 &a *b | > - [";
    const odd = set(set(world(), "department", "1", { name: hostile }), "help_topic", "1", { topic: "- [ ] null" });
    set(odd, "canned_response", "1", { title: hostile, response: "null" });
    const desk = deskOf(convert(odd));
    expect(Object.values(desk.departments)[0]!.name).toBe("x # y: {{ z }} %} '\"\u0007 &a *b | > - [");
    expect(Object.values(desk.topics)[0]!.title).toBe("- [ ] null");
    expect(Object.values(desk.canned)[0]!.text).toBe("null");
  });

  it("gives a file that Postern reads, whatever stands in a column", () => {
    const odd = [
      null,
      "",
      "0",
      "3",
      "-1",
      "x",
      "~",
      "a: b",
      "constructor",
      "joe@x.example",
      "gmail.com",
      "{% if",
      "<p>y",
      '{"dept_id":2}',
    ];
    const more = [
      "[]",
      "/(/",
      "field.22",
      "equal",
      "match",
      "25:99",
      "weekly",
      "never",
      "always",
      "s1",
      "Ann Lee",
      "9".repeat(20),
      "*x",
    ];
    const change = fc.tuple(fc.nat(), fc.nat(), fc.nat(), fc.constantFrom(...odd, ...more));
    const sketch: FilterSketch = {
      id: 7,
      all: true,
      rules: [
        ["field.20", "match", "/order (?<no>\\d+)/iu"],
        ["email", "ends", "@x.example"],
      ],
      actions: [
        ["topic", { topic_id: 2 }],
        ["team", { team_id: 1 }],
        ["canned", { canned_id: 1 }],
      ],
    };
    const run = (changes: readonly [number, number, number, string | null][]): void => {
      const changed = withFilters(sketch);
      for (const [table, at, column, value] of changes) {
        const rows = Object.values(changed)[table % Object.keys(changed).length]!;
        const columns = Object.keys(rows[at % rows.length]!);
        rows[at % rows.length] = { ...rows[at % rows.length], [columns[column % columns.length]!]: value };
      }
      expect(deskOf(convert(changed)).prefix).toBe("NW");
    };
    fc.assert(fc.property(fc.array(change, { minLength: 1, maxLength: 6 }), run), { numRuns: 60 });
  });

  it("warns of texts that were encoded twice", () => {
    const made = convert(set(world(), "department", "1", { name: "GrÃ¼ÃŸe" }));
    expect(said(made, "config", "core").join()).toContain("encoded twice");
  });

  it("refuses a database without people or places", () => {
    expect(() => convert({ ...world(), department: [] })).toThrow(/no active department/);
    expect(() => convert({ ...world(), staff: [] })).toThrow(/no active agent/);
  });
});

describe("JSON exports", () => {
  it("gives the same desk from phpMyAdmin's export and from a map of tables, with any prefix", () => {
    const { yaml } = convert(world());
    expect(convert(readOsTicketJson(asPhpMyAdmin(world()))).yaml).toBe(yaml);
    expect(convert(readOsTicketJson(`\uFEFF${asJson(world(), "help_")}`)).yaml).toBe(yaml);
    const numbers = asJson(world()).replace(/"(\d{1,5})"(?=[,}])/g, "$1");
    expect(numbers).toContain('"topic_id":2,');
    expect(convert(readOsTicketJson(numbers)).yaml).toBe(yaml);
  });

  it("says what is wrong with a file that is none", () => {
    const problem = (text: string): string => {
      try {
        readOsTicketJson(text);
      } catch (error) {
        if (error instanceof OsTicketProblem) return error.message;
        throw error;
      }
      return "none";
    };
    expect(problem("{ no")).toContain("it is not JSON");
    expect(problem("[]")).toContain("no table is in it");
    expect(problem('{"wp_posts":[]}')).toMatch(/no tables of osTicket in it .*; it has wp_posts/);
    expect(problem(asJson({ ...world(), staff: [[] as never] }))).toContain("row 1 of staff is not a map");
    const { filter_action: _gone, ...old } = world();
    expect(problem(asJson(old as World))).toContain("before 1.10");
  });

  it("asks which of two osTickets is meant", () => {
    const names = ["ost_", "old_"].flatMap((prefix) => Object.keys(world()).map((table) => `${prefix}${table}`));
    expect(() => tablePrefix(names)).toThrow(/several osTickets.*"ost_" and "old_".*--table-prefix ost_/);
    expect(tablePrefix(names, "old_")).toBe("old_");
    expect(() => tablePrefix(names.slice(0, 30), "new_")).toThrow(/--table-prefix ost_/);
    expect(tablePrefix(Object.keys(world()))).toBe("");
  });
});
