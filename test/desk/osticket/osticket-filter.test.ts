import { describe, expect, it } from "vitest";
import { readDesk } from "../../../src/desk/file/desk-file.ts";
import { deskFromOsTicket } from "../../../src/desk/osticket/osticket.ts";
import type { Rule } from "../../../src/desk/types.ts";
import { tablesOf, withFilters, type FilterSketch } from "./osticket-world.ts";

type Made = { rules: Rule[]; lists: Readonly<Record<string, readonly string[]>>; said: string[]; yaml: string };

/** The rules that Postern's reader finds for these filters, without those that other tables bring. */
function convert(...filters: FilterSketch[]): Made {
  const now = Date.parse("2026-11-26T10:00:00Z");
  const made = deskFromOsTicket(tablesOf(withFilters(...filters)), { prefix: "NW", now, source: "dump.sql" });
  const read = readDesk(made.yaml, "desk.yaml");
  if (!read.ok) throw new Error(read.errors.map(({ line, message }) => `${line}: ${message}`).join("\n"));
  const others = /^(Mail to|The account manager|Topic |No acknowledgement)/;
  return {
    rules: read.desk.rules.filter(({ name }) => !others.test(name)),
    lists: read.desk.lists,
    said: made.remarks.filter(({ table }) => table === "filter").map(({ text }) => text),
    yaml: made.yaml,
  };
}

const high = [["pri", { priority: 3 }]] as const;
const test = (field: string, operator: string, value: unknown) => ({ test: { field, operator, value } });

/** A filter of one line as the condition of its rule. */
const conditionOf = (...line: readonly [string, string, string]) =>
  convert({ id: 1, rules: [line], actions: high }).rules[0]!.if;

describe("conditions of filters", () => {
  it("has a field for each of a mail, and for the built-in fields of forms", () => {
    expect(conditionOf("email", "equal", "joe@x.example")).toEqual(test("from", "is", "joe@x.example"));
    expect(conditionOf("name", "contains", "Joe")).toEqual(test("from_name", "contains", "Joe"));
    expect(conditionOf("subject", "starts", "Re")).toEqual(test("subject", "starts", "Re"));
    expect(conditionOf("body", "ends", "thanks")).toEqual(test("body", "ends", "thanks"));
    expect(conditionOf("reply-to", "ends", "@x.example")).toEqual(test("reply_to", "ends", "@x.example"));
    expect(conditionOf("addressee", "contains", "sales@")).toEqual(test("recipient", "contains", "sales@"));
    expect(conditionOf("field.20", "contains", "down")).toEqual(test("subject", "contains", "down"));
    expect(conditionOf("field.21", "contains", "down")).toEqual(test("body", "contains", "down"));
    expect(conditionOf("field.1", "contains", "@x")).toEqual(test("from", "contains", "@x"));
    expect(conditionOf("field.40", "equal", "fabrikam")).toEqual(test("organization", "is", "fabrikam"));
    expect(conditionOf("topicId", "equal", "2")).toEqual(test("topic", "is", "hardware-printer"));
  });

  it("turns what must not be into not", () => {
    expect(conditionOf("email", "not_equal", "a@x.example")).toEqual({ not: test("from", "is", "a@x.example") });
    expect(conditionOf("subject", "dn_contain", "spam")).toEqual({ not: test("subject", "contains", "spam") });
    expect(conditionOf("subject", "not_match", "/^re:/i")).toEqual({ not: test("subject", "matches", "(?-m)^re:") });
    expect(conditionOf("topicId", "not_equal", "1")).toEqual({ not: test("topic", "is", "hardware") });
  });

  it("joins lines by all or any, and gathers those that compare one field in one way", () => {
    const rules = [
      ["subject", "contains", "order"],
      ["subject", "contains", "invoice"],
      ["email", "not_equal", "a@x.example"],
    ] as const;
    const parts = [test("subject", "contains", "order"), test("subject", "contains", "invoice")];
    const not = { not: test("from", "is", "a@x.example") };
    expect(convert({ id: 1, all: true, rules, actions: high }).rules[0]!.if).toEqual({ all: [...parts, not] });
    expect(convert({ id: 1, rules, actions: high }).rules[0]!.if).toEqual({
      any: [test("subject", "contains", ["order", "invoice"]), not],
    });
  });

  it("leaves out what has no equivalent: one of several is named, one that was needed switches the rule off", () => {
    const rules = [
      ["subject", "contains", "gold"],
      ["field.22", "equal", "gold"],
    ] as const;
    const any = convert({ id: 7, name: "VIP", rules, actions: high });
    expect(any.rules[0]).toMatchObject({ enabled: true, if: test("subject", "contains", "gold") });
    const all = convert({ id: 7, name: "VIP", all: true, rules, actions: high });
    expect(all.rules[0]).toMatchObject({ name: "VIP", enabled: false, if: test("subject", "contains", "gold") });
    expect(all.said[0]).toMatch(/`field.22` \(Ticket Details \/ Contract\).*switched off/);
    expect(all.yaml).toContain("# LOOK: filter 7 “VIP” looks at the form field `field.22`");
    const none = convert({ id: 7, rules: [["reply-to-name", "equal", "x"]], actions: high });
    expect(none.rules).toEqual([]);
    expect(none.said[0]).toMatch(/has no condition that Postern knows \(looks at “reply-to-name”.*left out/);
    expect(convert({ id: 7, rules: [], actions: high }).said[0]).toContain("has no conditions, so it never held");
  });

  it("switches off what would hold where osTicket's filter did not", () => {
    const domain = convert({ id: 1, rules: [["email", "not_equal", "x.example"]], actions: high });
    expect(domain.rules[0]!.enabled).toBe(false);
    const names = convert({ id: 1, rules: [["addressee", "dn_contain", "Sales Team"]], actions: high });
    expect(names.rules[0]!.enabled).toBe(false);
    expect(names.said[0]).toContain("as one text");
  });

  it("switches off a rule whose regular expression RE2 cannot take", () => {
    const made = convert({
      id: 1,
      all: true,
      rules: [
        ["subject", "match", "/(?!x)y/"],
        ["body", "contains", "b"],
      ],
      actions: high,
    });
    expect(made.rules[0]!.enabled).toBe(false);
    expect(made.said[0]).toContain("/(?!x)y/, which Postern cannot take");
  });

  it("asks for the mailbox of a filter, and switches filters for forms and programs off", () => {
    const mail = convert({
      id: 1,
      target: "Email",
      email: 2,
      all: true,
      rules: [["subject", "contains", "x"]],
      actions: high,
    });
    expect(mail.rules[0]).toMatchObject({
      enabled: true,
      if: { all: [test("recipient", "is", "billing@nw.example"), test("subject", "contains", "x")] },
    });
    for (const target of ["Web", "API"]) {
      const other = convert({ id: 1, target, rules: [["subject", "contains", "x"]], actions: high });
      expect(other.rules[0]!.enabled).toBe(false);
      expect(other.said[0]).toContain("switched off");
    }
  });

  it("puts the banned senders first, long lists under a name, and drops osTicket's example", () => {
    const banned = Array.from({ length: 30 }, (_, n) => ["email", "equal", `spam${n}@bad.example`] as const);
    const made = convert(
      { id: 5, name: "First", order: 1, rules: [["subject", "contains", "x"]], actions: high },
      {
        id: 1,
        name: "SYSTEM BAN LIST",
        order: 99,
        target: "Email",
        rules: [["email", "equal", "test@example.com"], ...banned],
        actions: [["reject", []]],
      },
    );
    expect(made.rules.map(({ name }) => name)).toEqual(["SYSTEM BAN LIST", "First"]);
    expect(made.rules[0]).toMatchObject({
      if: test("from", "in_list", "banned"),
      then: [{ action: "spam" }],
      stop: true,
    });
    expect(made.lists["banned"]).toEqual(banned.map(([, , address]) => address));
    const fresh = convert({
      id: 1,
      name: "SYSTEM BAN LIST",
      rules: [["email", "equal", "test@example.com"]],
      actions: [["reject", []]],
    });
    expect(fresh).toMatchObject({ rules: [], said: [] });
  });
});

describe("actions of filters", () => {
  const acts = (...actions: FilterSketch["actions"]) =>
    convert({ id: 1, rules: [["subject", "contains", "x"]], actions });

  it("has one for each of osTicket's", () => {
    const { rules } = acts(
      ["dept", { dept_id: 2 }],
      ["pri", { priority: 4 }],
      ["sla", { sla_id: 2 }],
      ["agent", { staff_id: 3 }],
      ["status", { status_id: 2 }],
      ["noresp", []],
      ["replyto", []],
    );
    expect(rules[0]!.then).toEqual([
      { action: "department", to: "support-billing" },
      { action: "priority", to: "urgent" },
      { action: "sla", to: "gold" },
      { action: "assign", to: { strategy: "fixed", agent: "chloe-roy" } },
      { action: "status", to: "closed" },
      { action: "silence" },
      { action: "customer", from: "reply-to" },
    ]);
  });

  it("answers with a canned response instead of the acknowledgement", () => {
    expect(acts(["canned", { canned_id: 1 }]).rules[0]!.then).toEqual([
      { action: "reply", canned: "passwort-zurucksetzen" },
      { action: "silence" },
    ]);
  });

  it("brings what a topic assigns, unless the filter assigns itself", () => {
    const own = acts(["topic", { topic_id: 2 }], ["agent", { staff_id: 1 }]).rules[0]!.then;
    expect(own).toContainEqual({ action: "assign", to: { strategy: "fixed", agent: "ann" } });
    const brought = acts(["topic", { topic_id: 2 }]);
    expect(brought.rules[0]!.then).toEqual([
      { action: "topic", to: "hardware-printer" },
      { action: "assign", to: { strategy: "fixed", agent: "chloe-roy" } },
      { action: "silence" },
    ]);
    expect(brought.said[0]).toContain("Postern moves the ticket there");
  });

  it("watches and tags for a team, and says so", () => {
    const made = acts(["team", { team_id: 1 }]);
    expect(made.rules[0]!.then).toEqual([
      { action: "tag", tags: ["team-network-crew"] },
      { action: "watch", who: ["ann", "ben"] },
    ]);
    expect(made.said[0]).toContain("Postern has no teams");
  });

  it("mails to fixed addresses with osTicket's variables in Liquid", () => {
    const made = acts([
      "email",
      {
        recipients: '"Ops" <ops@nw.example>, %{user}',
        subject: "New %{ticket.number}",
        message: "<p>%{user.name}</p><p>%{ticket.message}</p>",
      },
    ]);
    expect(made.rules[0]!.then).toEqual([
      {
        action: "mail",
        to: ["ops@nw.example"],
        subject: "New {{ ticket.number }}",
        text: "{{ customer.name }}\n\n%{ticket.message}",
      },
    ]);
    expect(made.said[0]).toMatch(/also to %\{user\}.*names %\{ticket.message\}/);
    expect(acts(["email", { recipients: "%{user}", subject: "x", message: "y" }]).rules).toEqual([]);
  });

  it("says what there is no longer, and what it does not know", () => {
    const made = acts(
      ["dept", { dept_id: 3 }],
      ["agent", { staff_id: 4 }],
      ["status", { status_id: 6 }],
      ["plugin:sms", {}],
    );
    expect(made.rules[0]!.then).toEqual([{ action: "status", to: "pending" }]);
    expect(made.said).toEqual([
      "names department 3, which (“Old”) is not in the desk file.",
      "names staff 4, which (“Dora Gone”) is not in the desk file.",
      "sets the status “Pending customer”, which became pending.",
      "has an action “plugin:sms”, which Postern has not (of a plugin?).",
    ]);
    const idle = acts(["dept", { dept_id: 99 }]);
    expect(idle.rules).toEqual([]);
    expect(idle.said[0]).toMatch(/does nothing that Postern knows \(names department 99, which there is no longer\)/);
  });

  it("says when the agent does not work where the ticket goes", () => {
    expect(acts(["dept", { dept_id: 2 }], ["agent", { staff_id: 2 }]).said[0]).toContain(
      "ben, who does not work in support-billing",
    );
  });

  it("keeps order, stop, and what was switched off; names stay apart", () => {
    const rules = [["subject", "contains", "x"]] as const;
    const made = convert(
      { id: 3, name: "Same", order: 20, rules, actions: high },
      { id: 2, name: "Same", order: 5, stop: true, active: false, rules, actions: high },
      { id: 4, name: "Topic Hardware / Printer", order: 30, rules, actions: high },
    );
    expect(made.rules.map(({ name, enabled, stop }) => [name, enabled, stop])).toEqual([
      ["Same", false, true],
      ["Same (2)", true, false],
    ]);
    expect(made.yaml).toContain("name: Topic Hardware / Printer (2)");
  });
});
