/** Desks of every shape that a desk file can write, for properties. */
import fc from "fast-check";
import { NOTICE_EVENTS, PRIORITIES, ROLES, STRATEGIES, type Desk, type EmailAddress } from "../../../src/desk/types.ts";
import { KEYS, optional, together, words } from "./desk-arbitrary-words.ts";
import { rule } from "./desk-arbitrary-rules.ts";

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
  together(
    fc.record({
      key: fc.constant(key),
      intervals,
      holidays: fc.constantFrom<string[]>([], ["2026-12-25"], ["2026-12-25", "2027-01-01"]),
    }),
    optional("timeZone", fc.constantFrom("Europe/Berlin", "America/New_York")),
  );

const address = fc.integer({ min: 0, max: 999_999 }).map((n) => `x${n}@list.example` as EmailAddress);
/** An agent's own address among them: the file names the agent there. */
export const audience = fc.uniqueArray(
  fc.oneof(
    fc.constantFrom("assignee" as const, "members" as const, "lead" as const),
    address,
    fc.constantFrom("ann@nw.example", "ben@nw.example"),
  ),
  { maxLength: 3 },
);
const otherwise = optional("otherwise", fc.constantFrom(...STRATEGIES.filter((one) => one !== "sticky")));
const picking = together(
  fc
    .constantFrom(...STRATEGIES)
    .chain((strategy) => together(fc.constant({ strategy }), strategy === "sticky" ? otherwise : fc.constant({}))),
  optional("skills", fc.constantFrom(["network"], ["network", "0123"])),
  optional("capacity", fc.integer({ min: 1, max: 10_000 })),
);
export const assignment = fc.oneof(
  fc.constantFrom({ strategy: "none" }, { strategy: "fixed", agent: "ann" } as const),
  picking,
);

const minutes = fc.integer({ min: 1, max: 20_000 });
/** A closing is never due before the first answer, in whatever way priorities mix with their plan. */
const respond = fc.integer({ min: 1, max: 2_000 });
const resolve = fc.integer({ min: 2_000, max: 20_000 });
const times = fc.oneof(
  together(fc.record({ respondMinutes: respond }), optional("resolveMinutes", resolve)),
  fc.record({ resolveMinutes: resolve }),
);
const escalation = (plan: string) =>
  together(
    fc.record({
      of: fc.constantFrom("respond", "resolve"),
      afterMinutes: fc.integer({ min: -5000, max: 5000 }),
      tell: audience,
      tags: fc.constantFrom(["late"], ["late", "no"]),
    }),
    optional("assign", assignment),
    optional("priority", fc.constantFrom(...PRIORITIES)),
    // Only one way, so that plans never lead back.
    plan === "gold" ? optional("sla", fc.constant("silver")) : fc.constant({}),
  );
const plan = (key: string) =>
  together(
    fc.record({
      key: fc.constant(key),
      respondMinutes: respond,
      resolveMinutes: resolve,
      schedule: fc.constantFrom(...KEYS.schedules, "always"),
      byPriority: together(optional("low", times), optional("urgent", times)),
      escalations: fc.array(escalation(key), { maxLength: 3 }),
    }),
    optional("warnMinutes", minutes),
  );

const minuteOfDay = fc.nat(1439);
/** Says at least one thing: a desk file that says nothing about it has no preferences. */
const preferences = fc
  .record(
    {
      events: fc.subarray([...NOTICE_EVENTS]),
      digest: fc.constantFrom("hourly", "daily"),
      quiet: fc.record({ from: minuteOfDay, to: minuteOfDay }).filter(({ from, to }) => from !== to),
      receipts: fc.constantFrom("always", "first", "never"),
      overview: fc.boolean(),
    },
    { requiredKeys: [] },
  )
  .filter((one) => Object.keys(one).length > 0);

const agent = (key: string) =>
  together(
    fc.record({
      key: fc.constant(key),
      name: fc.constant(`${key} Lee`),
      emails: fc.constantFrom([`${key}@nw.example`], [`${key}@nw.example`, `${key}.x@nw.example`]),
      role: key === "ann" ? fc.constant("lead") : fc.constantFrom(...ROLES),
      departments: key === "ann" ? fc.constant(KEYS.departments) : fc.subarray(KEYS.departments, { minLength: 1 }),
      away: fc.subarray([
        { from: "2026-12-20", to: "2027-01-03" },
        { from: "2027-02-01", to: "2027-02-01" },
        { from: "2027-02-02", to: "2027-02-03" },
      ]),
      skills: key === "ann" ? fc.constant(["network", "0123"]) : fc.subarray(["network", "é"]),
      active: fc.constant(true),
    }),
    optional("deputy", fc.constantFrom(...KEYS.agents.filter((one) => one !== key))),
    optional("schedule", fc.constantFrom(...KEYS.schedules, "always")),
    optional("capacity", fc.integer({ min: 1, max: 10_000 })),
    key === "ann" ? fc.constant({}) : optional("reviewer", fc.constant("ann")),
    optional("timeZone", fc.constantFrom("Europe/Paris", "America/New_York")),
    optional("notify", preferences),
  );

const department = (key: string) =>
  together(
    fc.record({
      key: fc.constant(key),
      name: fc
        .constantFrom(`${key} name`, "Support", "IT")
        .map((name) => (name.toLowerCase().startsWith(key) ? name : `${key}!`)),
      assign: assignment,
      tell: together(
        fc.record({ new: audience, customer_reply: audience, assigned: audience, overdue: audience }),
        optional("agent_reply", audience),
        optional("note", audience),
      ),
      signature: fc.oneof(fc.constant(""), words),
      active: fc.constant(true),
    }),
    optional("sla", fc.constantFrom(...KEYS.sla)),
    optional("priority", fc.constantFrom(...PRIORITIES)),
    optional("reopenDays", fc.nat(999)),
    optional("closePendingDays", fc.integer({ min: 10, max: 999 })),
    fc.constant({ address: `${key}@nw.example`, also: key === "it" ? ["help@nw.example", "info@nw.example"] : [] }),
  );

const placed = [
  optional("department", fc.constantFrom(...KEYS.departments)),
  optional("priority", fc.constantFrom(...PRIORITIES)),
  optional("sla", fc.constantFrom(...KEYS.sla)),
  fc.record({ tags: fc.uniqueArray(fc.constantFrom("a", "0123", "no", "é-1"), { maxLength: 3 }) }),
];
const topic = (key: string) =>
  together(
    fc.constant({ key, title: `${key} title`, active: true }),
    ...placed,
    fc.record({
      words: fc.uniqueArray(words, { maxLength: 3 }),
      mailboxes: fc.subarray(["support", "0123"]),
      portal: fc.boolean(),
    }),
    optional("template", fc.constantFrom(...KEYS.canned)),
  );
const organization = (key: string) =>
  together(
    fc.record({
      key: fc.constant(key),
      name: fc.constantFrom(`${key} Ltd`, key.toUpperCase()),
      domains: fc.constantFrom([`${key}.example`], [`${key}.example`, `xn--${key}-fra.example`]),
      attributes: fc.dictionary(fc.constantFrom("contract", "no", "1"), words),
      active: fc.constant(true),
    }),
    ...placed,
  );

const keyed = (keys: readonly string[], make: (key: string) => fc.Arbitrary<unknown>) =>
  fc.record(Object.fromEntries(keys.map((key) => [key, make(key)])));

/** As JSON, which is how a desk is stored: no key is there with nothing in it. */
export const desks = fc.record({
  version: fc.constant(0),
  name: words,
  prefix: fc.constantFrom("NW", "0E1", "NO", "A123456789"),
  firstNumber: fc.integer({ min: 1, max: 999_999 }),
  timeZone: fc.constantFrom("UTC", "Europe/Berlin", "Asia/Kathmandu"),
  defaults: together(
    fc.record({
      department: fc.constantFrom(...KEYS.departments),
      priority: fc.constantFrom(...PRIORITIES),
      undoSeconds: fc.nat(3600),
      reopenDays: fc.nat(999),
      holdHours: fc.integer({ min: 1, max: 5000 }).map((one) => one / 60),
      closeWarningDays: fc.nat(9),
    }),
    optional("sla", fc.constantFrom(...KEYS.sla)),
    optional("schedule", fc.constantFrom(...KEYS.schedules, "always")),
    optional("closePendingDays", fc.integer({ min: 10, max: 999 })),
    optional("newerMessage", fc.constantFrom("send", "ask")),
    optional("overviewAt", minuteOfDay),
  ),
  schedules: keyed(KEYS.schedules, schedule),
  sla: keyed(KEYS.sla, plan),
  agents: keyed(KEYS.agents, agent),
  departments: keyed(KEYS.departments, department),
  topics: keyed(KEYS.topics, topic),
  organizations: keyed(KEYS.organizations, organization),
  canned: keyed(KEYS.canned, (key) => fc.record({ key: fc.constant(key), text: words })),
  commandWords: fc.constantFrom(undefined, { schliessen: "close", notiz: "note" }),
  lists: keyed(KEYS.lists, () => fc.constantFrom(["joe@x.example"], ["@big.example", "yes", "a b"])),
  rules: fc
    .tuple(rule(0, { audience, assignment }), rule(1, { audience, assignment }), rule(2, { audience, assignment }))
    .chain((rules) => fc.nat(3).map((length) => rules.slice(0, length))),
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
