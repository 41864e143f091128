/** What each field reads, and how its values are compared: everything beside text, addresses and nesting. */
import { describe, expect, it } from "vitest";
import { captureNames, test } from "../../../src/desk/rules/condition.ts";
import { viewOf, fieldRef } from "../../../src/desk/rules/condition-view.ts";
import type { RuleFacts } from "../../../src/desk/rules/facts.ts";
import type { Desk, Test } from "../../../src/desk/types.ts";
import type { Attachment } from "../../../src/mail/types.ts";
import { at, DESK, facts, message, named, ticket } from "./rule-world.ts";

const HOUR = 3_600_000;
/** Monday, 23 November 2026, 10:30 in Berlin. */
const NOW = Date.UTC(2026, 10, 23, 9, 30);

const desk: Desk = {
  ...DESK,
  defaults: { ...DESK.defaults, schedule: "office" },
  lists: { vip: ["Joe@x.example", "@big.example"], words: ["Cannot log in", "help"], empty: [] },
  organizations: {
    fab: { key: "fab", name: "Fabrikam", domains: [], tags: [], attributes: { contract: "Gold" }, active: true },
  },
};
const file = (filename: string, contentType: string, inline = false): Attachment => ({
  part: 0,
  filename,
  contentType,
  size: 1,
  sha256: "",
  inline,
});

const times = (more: Partial<RuleFacts["times"]>): RuleFacts["times"] => ({
  now: NOW,
  openedAt: NOW - 90 * HOUR,
  statusSince: NOW - HOUR,
  lastCustomerAt: NOW - 66 * HOUR,
  lastAgentAt: null,
  respondDueAt: null,
  resolveDueAt: null,
  ...more,
});

const rich = facts({
  message: message({
    to: [named("support@nw.example"), named("Sales@nw.example".toLowerCase())],
    cc: [named("boss@big.example"), named("support@nw.example")],
    replyTo: [named("visitor@y.example")],
    language: { code: "de", confidence: 0.9 },
    auth: { result: "pass", by: "dkim", dmarc: "pass", detail: "" },
    attachments: [file("a.pdf", "application/pdf"), file("b.zip", "application/zip"), file("c.png", "image/png", true)],
  }),
  customer: {
    name: "Joe Down",
    address: at("joe@x.example"),
    addresses: [at("j@müller.example".replace("müller", "xn--mller-kva"))],
    attributes: { plan: "Gold" },
  },
  organization: "fab",
  waitingFor: "us",
  times: times({ respondDueAt: NOW - 2 * HOUR, resolveDueAt: NOW + 5 * HOUR }),
});

function holds(asked: Test, from: RuleFacts = rich): boolean {
  return test({ test: asked }, from, desk).result;
}

describe("fields", () => {
  it.each<[field: string, operator: string, value: Test["value"], result: boolean, argument?: string]>([
    ["reply_to", "is", "visitor@y.example", true],
    ["recipient", "is", "@big.example", true],
    ["recipient", "in_list", "vip", true],
    ["recipient_count", "is", 3, true],
    ["recipient_count", "more_than", 3, false],
    ["recipient_count", "less_than", 4, true],
    ["language", "is", "de", true],
    ["auth", "is", "pass", true],
    ["auth", "in", ["fail", "none"], false],
    ["attachment_count", "is", 2, true],
    ["attachment_type", "is", "application/zip", true],
    ["attachment_type", "starts", "image/", false],
    ["attachment_name", "ends", ".png", false],
    ["attachment_name", "matches", "^[ab]\\.", true],
    ["customer", "is", "j@müller.example", true],
    ["customer", "in_list", "vip", true],
    ["customer", "in_list", "empty", false],
    ["customer", "in_list", ["empty", "vip"], true],
    ["customer_name", "contains", "down", true],
    ["customer_domain", "is", "X.example", true],
    ["customer_domain", "is", "@müller.example", true],
    ["customer_domain", "ends", ".example", true],
    ["customer_domain", "is", "example", false],
    ["customer_attribute", "is", "gold", true, "plan"],
    ["customer_attribute", "exists", false, true, "constructor"],
    ["organization", "is", "fab", true],
    ["organization_attribute", "is", "gold", true, "contract"],
    ["organization_attribute", "exists", false, true, "toString"],
    ["sla", "is", "standard", true],
    ["waiting_for", "is", "us", true],
    ["subject", "in_list", "words", false],
    ["weekday", "is", "mon", true],
    ["weekday", "in", ["sat", "sun"], false],
    ["hour", "is", 10, true],
    ["during", "is", "office", true],
    ["during", "is", "never", false],
    ["during", "is", "always", true],
    ["hours_open", "at_least", 90, true],
    ["hours_open", "more_than", 90, false],
    ["hours_in_status", "at_most", 1, true],
    ["hours_since_customer", "less_than", 67, true],
    ["hours_since_agent", "exists", false, true],
    ["hours_since_agent", "at_least", 0, false],
    // Friday 16:30 to Monday 10:30: an hour on Friday, an hour and a half on Monday.
    ["business_hours_waiting", "at_most", 2.5, true],
    ["business_hours_waiting", "at_least", 2.5, true],
    ["business_hours_in_status", "at_least", 1, true],
    ["business_hours_open", "more_than", 2.5, true],
    ["hours_to_due", "at_most", -2, true],
    ["hours_to_due", "less_than", -2, false],
  ])("%s %s %j: %j", (field, operator, value, result, argument) => {
    expect(holds({ field, argument, operator, value })).toBe(result);
  });

  it("of a language that is not certain, and of nobody's due time, have no value", () => {
    const unsure = facts({ message: message({ language: { code: "de", confidence: 0.5 } }), times: times({}) });
    expect(holds({ field: "language", operator: "exists", value: false }, unsure)).toBe(true);
    expect(holds({ field: "hours_to_due", operator: "at_most", value: 99 }, unsure)).toBe(false);
  });

  it("business hours are hours where the desk has no schedule, and count for us only while we are waited for", () => {
    const always = { ...desk, defaults: DESK.defaults };
    const waiting: Test = { field: "business_hours_waiting", operator: "at_least", value: 66 };
    expect(test({ test: waiting }, rich, always).result).toBe(true);
    expect(test({ test: waiting }, { ...rich, waitingFor: "customer" }, always).result).toBe(false);
  });

  it("weekday and hour are the desk's, also across midnight and before 1970", () => {
    const auckland = { ...desk, timeZone: "Pacific/Auckland" };
    const read = (now: number, field: string) =>
      viewOf({ ...rich, times: times({ now }) }, auckland).values(fieldRef(field)!)[0];
    expect([read(NOW, "weekday"), read(NOW, "hour")]).toEqual(["mon", 22]);
    expect([read(NOW + 2 * HOUR, "weekday"), read(NOW + 2 * HOUR, "hour")]).toEqual(["tue", 0]);
    expect(read(-5 * 24 * HOUR, "weekday")).toBe("sat");
  });
});

describe("what a rule has changed in the run", () => {
  const view = viewOf({ ...rich, waitingFor: "us" }, desk);
  const read = (field: string) => view.values(fieldRef(field)!);
  it("is what later rules see, with all that follows from it", () => {
    expect(read("hours_in_status")).toEqual([1]);
    view.setTicket(ticket({ status: "closed", tags: ["x"] }));
    expect(read("tag")).toEqual(["x"]);
    expect(read("hours_in_status")).toEqual([0]);
    expect(read("waiting_for")).toEqual([]);
    expect(read("business_hours_waiting")).toEqual([]);
    view.setTicket(ticket({ status: "pending" }));
    expect(read("waiting_for")).toEqual(["customer"]);
  });
});

describe("patterns and lists in conditions", () => {
  const order = { test: { field: "subject", operator: "matches", value: "order (?P<order>\\d+)" } };
  const about = (subject: string) => facts({ message: message({ subject, text: "customer 7" }) });

  it("shows what was caught, by the first part that held and caught it", () => {
    const both = {
      any: [order, { test: { field: "body", operator: "matches", value: "customer (?P<order>\\d)(?P<n>x)?" } }],
    };
    const { trace, captures } = test(both, about("Order 12"), desk);
    expect(captures).toEqual({ order: "12" });
    expect(trace).toMatchObject({ parts: [{ matched: "order (?P<order>\\d+)", captures: { order: "12" } }, {}] });
    expect(test(both, about("Hello"), desk).captures).toEqual({ order: "7" });
    expect(captureNames(both)).toEqual(["order", "n"]);
  });

  it("catches nothing under a not, nor in a part that failed", () => {
    const never = { all: [order, { test: { field: "subject", operator: "contains", value: "zebra" } }] };
    expect(test({ any: [never, { not: never }] }, about("Order 12"), desk).captures).toEqual({});
    expect(test({ not: { not: order } }, about("Order 12"), desk)).toMatchObject({ result: true, captures: {} });
  });

  it("refuses a pattern with its place, and a list that the desk has not", () => {
    const wrong = { test: { field: "subject", operator: "matches", value: ["ok", "a(b"] } };
    expect(test(wrong, rich, desk).trace).toMatchObject({ defect: expect.stringMatching(/"a\(b".*at character 2/) });
    const gone = { test: { field: "from", operator: "in_list", value: "gone" } };
    expect(test(gone, rich, desk).trace).toMatchObject({
      defect: 'there is no list "gone"; the lists are vip, words, empty',
    });
  });
});
