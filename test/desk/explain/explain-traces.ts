/** Traces as they are stored, for the tests of what is told about them. */
import type { ConditionTrace } from "../../../src/desk/rules/condition.ts";
import type { StoredTrace } from "../../../src/desk/explain/explain.ts";
import type { RuleTrace } from "../../../src/desk/rules/rule.ts";

type TestTrace = Extract<ConditionTrace, { kind: "test" }>;

export const tested = (
  result: boolean,
  more: Partial<TestTrace> & Pick<TestTrace, "field" | "operator" | "value">,
): TestTrace => ({ kind: "test", result, seen: [], ...more });

export const downOrOutage = (result: boolean, subject: string): TestTrace =>
  tested(result, {
    field: "subject",
    operator: "has_word",
    value: ["outage", "down"],
    seen: [subject],
    ...(result && { matched: "down" }),
  });

export const bulk = (result: boolean): TestTrace =>
  tested(result, { field: "nature", operator: "is", value: "bulk", seen: [result ? "bulk" : "correspondence"] });

export const rule = (position: number, name: string, more: Partial<RuleTrace> = {}): RuleTrace => ({
  position,
  name,
  result: false,
  condition: null,
  did: [],
  stopped: false,
  ...more,
});

/** Two rules about one priority, one that did not hold, one that was not reached. */
export const TRACE: StoredTrace = {
  deskVersion: 3,
  trigger: "opened",
  steps: [
    { field: "topic", value: "login", because: `topic "log in" in the subject` },
    { field: "department", value: "it", because: "topic login" },
    { field: "priority", value: "urgent", because: `rule "Outages are urgent"` },
    { field: "sla", value: null, because: "default of the desk" },
    { field: "tag", value: "vip", because: "organization fabrikam" },
    { field: "assign", value: "least-open", because: "department it" },
  ],
  rules: [
    rule(1, "Everything of Fabrikam", {
      result: true,
      condition: tested(true, { field: "organization", operator: "is", value: "fabrikam", seen: ["fabrikam"] }),
      did: ["priority normal -> high"],
    }),
    rule(2, "Invoices", {
      condition: {
        kind: "all",
        result: false,
        parts: [
          tested(false, { field: "subject", operator: "has_word", value: "invoice", seen: ["The site is down"] }),
          tested(false, { field: "has_attachment", operator: "is", value: true, seen: ["false"] }),
        ],
      },
    }),
    rule(3, "Outages are urgent", {
      result: true,
      condition: {
        kind: "all",
        result: true,
        parts: [
          {
            kind: "any",
            result: true,
            parts: [
              downOrOutage(true, "The site is down"),
              tested(false, { field: "body", operator: "contains", value: "outage", seen: ["Nothing works."] }),
            ],
          },
          { kind: "not", result: true, parts: [bulk(false)] },
        ],
      },
      did: [`priority urgent overrides rule "Everything of Fabrikam" (high)`, "tell lead"],
      stopped: true,
    }),
    rule(4, "Newsletters", { skipped: `rule "Outages are urgent" stopped the run` }),
    rule(5, "Robots", { skipped: `rule "Outages are urgent" stopped the run` }),
  ],
  because: "Dev Patel has the fewest open tickets (2)",
};
