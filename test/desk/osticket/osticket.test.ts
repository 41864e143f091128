import { describe, expect, it } from "vitest";
import { convert, deskOf, said } from "./osticket-converted.ts";
import { world } from "./osticket-world.ts";

describe("an osTicket as a desk file", () => {
  const made = convert(world());
  const desk = deskOf(made);

  it("is read by Postern, with the company, its numbers, zone and defaults", () => {
    expect(desk).toMatchObject({
      name: "Northwind Support",
      prefix: "NW",
      firstNumber: 48_201,
      timeZone: "Europe/Berlin",
      defaults: { department: "support", priority: "normal", sla: "default-sla", schedule: "office" },
    });
    expect(made.counts).toEqual({
      departments: 2,
      agents: 3,
      topics: 2,
      sla: 3,
      schedules: 2,
      organizations: 1,
      canned: 2,
      rules: 5,
    });
  });

  it("keeps departments with their addresses, plan, alerts and signature", () => {
    expect(Object.keys(desk.departments)).toEqual(["support", "support-billing"]);
    expect(desk.departments["support"]).toMatchObject({
      name: "Support",
      address: "support@nw.example",
      also: ["noreply@nw.example"],
      assign: { strategy: "none" },
      tell: { new: ["lead", "members"], customer_reply: ["assignee"], overdue: ["assignee", "lead"] },
      signature: "{{ agent.first_name }}\n{{ desk.name }}",
    });
    expect(desk.departments["support-billing"]).toMatchObject({
      name: "Support / Billing",
      address: "billing@nw.example",
      sla: "gold-late-shift",
    });
    expect(said(made, "department", "3")).toEqual(["is not active and was left out."]);
  });

  it("keeps active agents: role, primary and extended departments, vacation", () => {
    expect(desk.agents).toMatchObject({
      ann: { name: "Ann Lee", emails: ["ann@nw.example"], role: "lead", departments: ["support", "support-billing"] },
      ben: { role: "trainee", departments: ["support"], away: [{ from: "2026-11-26", to: "2026-12-24" }] },
      "chloe-roy": { name: "Chloé Roy", role: "admin", departments: ["support-billing"] },
    });
    expect(Object.keys(desk.agents)).toHaveLength(3);
    expect(said(made, "staff", "2")[0]).toContain("write the last day");
    expect(said(made, "staff", "4")).toEqual(["is not active and was left out."]);
    expect(made.yaml).not.toContain("notoneofours");
  });

  it("makes weekly hours of schedules, and dates of the holidays they name", () => {
    expect(desk.schedules["office"]!.intervals).toEqual([
      ...[1, 2, 3, 4, 5].map((day) => ({ day, from: 540, to: 1050 })),
      { day: 6, from: 600, to: 720 },
    ]);
    expect(desk.schedules["office"]!.holidays).toEqual([
      "2026-01-01",
      "2026-05-25",
      "2026-09-18",
      "2026-11-19",
      "2027-01-01",
      "2027-05-31",
      "2028-01-01",
      "2028-05-29",
    ]);
    expect(desk.schedules["late-shift"]).toMatchObject({
      intervals: [
        { day: 5, from: 1320, to: 1440 },
        { day: 6, from: 0, to: 360 },
      ],
      timeZone: "Europe/London",
    });
    expect(said(made, "schedule_entry", "8")[0]).toContain("whole days");
    expect(said(made, "schedule", "4")[0]).toContain("until 2028");
  });

  it("counts an SLA plan in its schedule, the system's, or that of the department", () => {
    expect(desk.sla["default-sla"]).toMatchObject({ respondMinutes: 2880, resolveMinutes: 2880, schedule: "office" });
    expect(desk.sla["gold"]).toMatchObject({ resolveMinutes: 480, schedule: "office" });
    expect(desk.sla["gold-late-shift"]).toMatchObject({ resolveMinutes: 480, schedule: "late-shift" });
    expect(said(made, "sla", "3")).toEqual(["is not active and was left out."]);
    expect(said(made, "sla", "2")[0]).toContain("sends no overdue alerts");
  });

  it("nests topics by name and keeps what they set; what they assign is a rule", () => {
    expect(desk.topics).toMatchObject({
      hardware: { title: "Hardware", department: "support", priority: "high", sla: "gold", portal: true },
      "hardware-printer": { title: "Hardware / Printer", department: "support-billing", portal: false },
    });
    expect(desk.rules.map(({ name }) => name)).toEqual([
      "Mail to billing@nw.example",
      "Mail to noreply@nw.example",
      "The account manager of Fabrikam",
      "Topic Hardware / Printer",
      "No acknowledgement from Billing",
    ]);
    expect(desk.rules[0]!.then).toEqual([
      { action: "department", to: "support-billing" },
      { action: "topic", to: "hardware-printer" },
      { action: "priority", to: "high" },
    ]);
    expect(desk.rules[3]).toMatchObject({
      if: { test: { field: "topic", value: "hardware-printer" } },
      then: [{ action: "assign", to: { strategy: "fixed", agent: "chloe-roy" } }, { action: "silence" }],
    });
    expect(desk.rules[4]).toMatchObject({ if: { test: { field: "department", value: "support-billing" } } });
  });

  it("keeps organizations that have domains of their own", () => {
    expect(Object.keys(desk.organizations)).toEqual(["fabrikam"]);
    expect(desk.organizations["fabrikam"]!.domains).toEqual(["fabrikam.example", "fabrikam-labs.example"]);
    expect(said(made, "organization", "2")[0]).toContain("no mail domain of its own");
  });

  it("makes plain Liquid of canned responses, and says which variables have nothing", () => {
    expect(desk.canned["passwort-zurucksetzen"]!.text).toBe(
      'Hi {{ customer.first_name }},\n\nchoose a new password at our page <https://nw.example/reset>.\nIt isn\'t hard; {{ "{{" }} braces }} stay.',
    );
    expect(said(made, "canned_response", "2")).toEqual([
      expect.stringContaining("%{ticket.due_date}"),
      expect.stringContaining("attached files (1)"),
    ]);
    expect(said(made, "canned_response", "3")).toEqual(["is switched off and was left out."]);
  });

  it("says in the file which row an entry was, and every remark with its line", () => {
    const lines = made.yaml.split("\n");
    expect(lines).toContain("  # osTicket: help topic 2 “Printer”");
    for (const one of made.remarks) {
      const at = one.line === 0 ? lines.length : one.line - 1;
      const above = lines.slice(one.line === 0 ? 0 : Math.max(0, at - 8), at).join("\n");
      expect(above).toContain(one.text);
    }
    expect(lines[made.remarks.find(({ id, table }) => table === "staff" && id === "2")!.line - 1]).toBe(
      "    away: 2026-11-26..2026-12-24",
    );
    expect(made.yaml.indexOf("# Not taken over:")).toBeGreaterThan(made.yaml.indexOf("rules:"));
  });
});
