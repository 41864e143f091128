import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readDesk } from "../../src/desk/desk-file.ts";
import { writeDesk } from "../../src/desk/desk-file-write.ts";
import {
  PRIORITIES,
  ROLES,
  STATUSES,
  TRIGGERS,
  type Condition,
  type Desk,
  type EmailAddress,
} from "../../src/desk/types.ts";
import { formatError } from "../../src/yaml/problem.ts";

function read(text: string): Desk {
  const result = readDesk(text, "desk.yaml");
  if (!result.ok) throw new Error(`${result.errors.map(formatError).join("\n")}\n${text}`);
  return result.desk;
}

/** Words that YAML would rather read as something else. */
const AWKWARD = [
  "yes",
  "null",
  "~",
  "0123",
  "1e3",
  "- a",
  "a: b",
  "#x",
  "{{ agent.first_name }}",
  "'",
  '"',
  "é ☃",
  "*a",
  "@b",
  "2026-01-01",
  "true",
  "a  b",
  "two\nlines",
];
const words = fc.oneof(
  fc.constantFrom(...AWKWARD.filter((word) => word !== "~" && word !== "null")),
  fc.stringMatching(/^[a-z][a-z .:]{0,12}[a-z]$/),
);

const KEYS = {
  agents: ["ann", "ben", "c-3"],
  departments: ["support", "it"],
  topics: ["login", "other_one"],
  sla: ["gold", "silver"],
  schedules: ["office", "night"],
};
const optional = <T>(name: string, arbitrary: fc.Arbitrary<T>) =>
  fc.option(arbitrary, { nil: undefined }).map((value) => (value === undefined ? {} : { [name]: value }));

const interval = fc.tuple(
  fc.integer({ min: 1, max: 7 }),
  fc.integer({ min: 0, max: 47 }),
  fc.integer({ min: 1, max: 10 }),
);
/** Half hours of a week, so that intervals never overlap. */
const intervals = fc
  .uniqueArray(interval, { minLength: 1, maxLength: 20, selector: ([day, slot]) => day * 100 + slot })
  .map((list) =>
    list
      .map(([day, slot, length]) => ({ day, from: slot * 30, to: slot * 30 + length * 3 }))
      .sort((a, b) => a.day - b.day || a.from - b.from),
  );
const schedule = (key: string) =>
  fc.record({
    key: fc.constant(key),
    intervals,
    holidays: fc.constantFrom<string[]>([], ["2026-12-25"], ["2026-12-25", "2027-01-01"]),
  });

const plan = (key: string) =>
  fc.record({
    key: fc.constant(key),
    respondMinutes: fc.integer({ min: 1, max: 20_000 }),
    resolveMinutes: fc.integer({ min: 1, max: 20_000 }),
    schedule: fc.constantFrom(...KEYS.schedules, "always"),
  });

const address = fc.integer({ min: 0, max: 999_999 }).map((n) => `x${n}@list.example` as EmailAddress);
const audience = fc.uniqueArray(
  fc.oneof(fc.constantFrom("assignee" as const, "members" as const, "lead" as const), address),
  { maxLength: 3 },
);
const assignment = fc.constantFrom({ strategy: "none" }, { strategy: "round-robin" }, { strategy: "least-open" }, {
  strategy: "fixed",
  agent: "ann",
} as const);

const department = (key: string) =>
  fc
    .tuple(
      fc.record({
        key: fc.constant(key),
        name: fc
          .constantFrom(`${key} name`, "Support", "IT")
          .map((name) => (name.toLowerCase().startsWith(key) ? name : `${key}!`)),
        assign: assignment,
        tell: fc.record({ new: audience, customer_reply: audience, assigned: audience }),
        signature: fc.oneof(fc.constant(""), words),
        active: fc.constant(true),
      }),
      optional("sla", fc.constantFrom(...KEYS.sla)),
      optional("priority", fc.constantFrom(...PRIORITIES)),
      fc.constant({ address: `${key}@nw.example`, also: key === "it" ? ["help@nw.example", "info@nw.example"] : [] }),
    )
    .map((parts) => Object.assign({}, ...parts));

const agent = (key: string) =>
  fc.record({
    key: fc.constant(key),
    name: fc.constant(`${key} Lee`),
    emails: fc.constantFrom([`${key}@nw.example`], [`${key}@nw.example`, `${key}.x@nw.example`]),
    role: fc.constantFrom(...ROLES),
    departments: key === "ann" ? fc.constant(KEYS.departments) : fc.subarray(KEYS.departments),
    active: fc.constant(true),
  });

const topic = (key: string) =>
  fc
    .tuple(
      fc.constant({ key, title: `${key} title`, active: true }),
      optional("department", fc.constantFrom(...KEYS.departments)),
      optional("priority", fc.constantFrom(...PRIORITIES)),
      optional("sla", fc.constantFrom(...KEYS.sla)),
      fc.record({ tags: fc.uniqueArray(fc.constantFrom("a", "0123", "no", "é-1"), { maxLength: 3 }) }),
    )
    .map((parts) => Object.assign({}, ...parts));

const test = fc.oneof(
  fc.record({
    field: fc.constantFrom("subject", "body", "from_name"),
    operator: fc.constantFrom("is", "contains", "has_word", "in"),
    value: fc.oneof(words, fc.array(words, { minLength: 1, maxLength: 3 })),
  }),
  fc.record({
    field: fc.constant("header"),
    argument: fc.constantFrom("X-Thing", "yes", "all"),
    operator: fc.constantFrom("contains", "ends"),
    value: words,
  }),
  fc.record({
    field: fc.constant("header"),
    argument: fc.constant("X-Spam"),
    operator: fc.constant("exists"),
    value: fc.boolean(),
  }),
  fc.record({ field: fc.constant("size"), operator: fc.constantFrom("at_least", "at_most", "is"), value: fc.nat() }),
  fc.record({
    field: fc.constant("topic"),
    operator: fc.constantFrom("is", "in"),
    value: fc.constantFrom<string | string[]>("login", ["other_one", "login"]),
  }),
);
const { condition } = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 3 },
    test.map((one) => ({ test: one })),
    fc.array(tie("condition"), { minLength: 1, maxLength: 3 }).map((all) => ({ all })),
    fc.array(tie("condition"), { minLength: 1, maxLength: 3 }).map((any) => ({ any })),
    tie("condition").map((not) => ({ not })),
  ),
}));

const action = fc.tuple(
  fc.option(
    fc.constantFrom(...KEYS.departments).map((to) => ({ action: "department" as const, to })),
    { nil: undefined },
  ),
  fc.option(
    fc.constantFrom(...KEYS.topics).map((to) => ({ action: "topic" as const, to })),
    { nil: undefined },
  ),
  fc.option(
    fc.constantFrom(...PRIORITIES).map((to) => ({ action: "priority" as const, to })),
    { nil: undefined },
  ),
  fc.option(
    assignment.map((to) => ({ action: "assign" as const, to })),
    { nil: undefined },
  ),
  fc.option(
    fc.constantFrom(["a"], ["a", "no"]).map((tags) => ({ action: "tag" as const, tags })),
    { nil: undefined },
  ),
  fc.option(
    fc.constantFrom(...STATUSES).map((to) => ({ action: "status" as const, to })),
    { nil: undefined },
  ),
);
const rule = (n: number) =>
  fc
    .tuple(
      fc.record({
        position: fc.constant(n + 1),
        name: words.map((word) => `${word} ${n}`),
        enabled: fc.boolean(),
        when: fc.constantFrom(...TRIGGERS),
        then: action.map((all) => all.filter((one) => one !== undefined)),
        stop: fc.boolean(),
      }),
      optional("if", condition),
    )
    .map((parts) => Object.assign({}, ...parts));

const keyed = (keys: string[], make: (key: string) => fc.Arbitrary<unknown>) =>
  fc.record(Object.fromEntries(keys.map((key) => [key, make(key)])));

const desks = fc.record({
  version: fc.constant(0),
  name: words,
  prefix: fc.constantFrom("NW", "0E1", "NO", "A123456789"),
  firstNumber: fc.integer({ min: 1, max: 999_999 }),
  timeZone: fc.constantFrom("UTC", "Europe/Berlin", "Asia/Kathmandu"),
  defaults: fc
    .tuple(
      fc.record({
        department: fc.constantFrom(...KEYS.departments),
        priority: fc.constantFrom(...PRIORITIES),
        undoSeconds: fc.nat(3600),
        reopenDays: fc.nat(999),
        holdHours: fc.integer({ min: 1, max: 5000 }).map((minutes) => minutes / 60),
      }),
      optional("sla", fc.constantFrom(...KEYS.sla)),
      optional("schedule", fc.constantFrom(...KEYS.schedules, "always")),
    )
    .map((parts) => Object.assign({}, ...parts)),
  schedules: keyed(KEYS.schedules, schedule),
  sla: keyed(KEYS.sla, plan),
  agents: keyed(KEYS.agents, agent),
  departments: keyed(KEYS.departments, department),
  topics: keyed(KEYS.topics, topic),
  rules: fc.tuple(rule(0), rule(1), rule(2)).chain((rules) => fc.nat(3).map((length) => rules.slice(0, length))),
  formSenders: fc.uniqueArray(address, { maxLength: 2 }),
  ownListIds: fc.constantFrom<string[]>([], ["support.lists.example"]),
  forwarders: fc.uniqueArray(address, { maxLength: 2 }),
  budgets: fc.record({
    senderPerHour: fc.nat(100),
    senderPerDay: fc.constantFrom(20, 0),
    domainPerHour: fc.nat(100),
    openDomains: fc.constantFrom<string[]>([], ["big.example"]),
    foldAfter: fc.integer({ min: 1, max: 30 }),
  }),
}) as unknown as fc.Arbitrary<Desk>;

describe("writeDesk", () => {
  it("writes what readDesk reads: the same desk comes back", () => {
    fc.assert(
      fc.property(desks, (desk) => {
        // As JSON, which is how a desk is stored: no key may be there with nothing in it.
        expect(read(writeDesk(desk))).toStrictEqual(JSON.parse(JSON.stringify(desk)));
      }),
      { numRuns: 200 },
    );
  });

  it("is stable: writing what was read gives the same text", () => {
    const text = writeDesk(read(readFileSync("desk.example.yaml", "utf8")));
    expect(writeDesk(read(text))).toBe(text);
  });

  it("keeps days of an SLA plan, and leaves out what is the default", () => {
    const text = writeDesk(read(readFileSync("desk.example.yaml", "utf8")));
    expect(text).toContain("resolve: 3d");
    expect(text).toContain("respond: 4h");
    expect(text).not.toMatch(/budgets|customer_reply|role: agent/);
  });

  it("leaves out who is no longer active", () => {
    const desk = read(readFileSync("desk.example.yaml", "utf8"));
    const text = writeDesk({
      ...desk,
      agents: { ...desk.agents, old: { ...desk.agents["ben"]!, key: "old", active: false } },
    });
    expect(text).toBe(writeDesk(desk));
  });
});
