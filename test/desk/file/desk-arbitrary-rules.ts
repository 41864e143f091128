/** Rules of every shape that a desk file can write, for properties. */
import fc from "fast-check";
import { PRIORITIES, TRIGGERS, type Condition, type Trigger } from "../../../src/desk/types.ts";
import { KEYS, optional, together, words } from "./desk-arbitrary-words.ts";

const OF_MESSAGE = [
  fc.record({
    field: fc.constantFrom("subject", "body", "from_name"),
    operator: fc.constantFrom("is", "contains", "has_word", "in"),
    value: fc.oneof(words, fc.array(words, { minLength: 1, maxLength: 3 })),
  }),
  fc.record({
    field: fc.constantFrom("subject", "from"),
    operator: fc.constant("matches"),
    value: fc.constantFrom<string | string[]>(String.raw`order (?P<order>\d{6})`, [String.raw`^"a'b\.`, "x|y #z"]),
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
  fc.record({ field: fc.constant("from"), operator: fc.constant("in_list"), value: fc.constantFrom(...KEYS.lists) }),
];
const OF_TICKET = [
  fc.record({
    field: fc.constant("topic"),
    operator: fc.constantFrom("is", "in"),
    value: fc.constantFrom<string | string[]>("login", ["other_one", "login"]),
  }),
  fc.record({
    field: fc.constantFrom("hours_to_due", "business_hours_waiting"),
    operator: fc.constantFrom("at_most", "less_than", "more_than"),
    value: fc.constantFrom(-3, 0, 0.5, 8),
  }),
  fc.record({
    field: fc.constant("organization_attribute"),
    argument: fc.constantFrom("contract", "yes"),
    operator: fc.constantFrom("is", "contains"),
    value: words,
  }),
  fc.record({ field: fc.constant("during"), operator: fc.constant("is"), value: fc.constantFrom("always", "office") }),
  fc.record({ field: fc.constant("weekday"), operator: fc.constant("in"), value: fc.constant(["sat", "sun"]) }),
];

const condition = (tests: readonly fc.Arbitrary<object>[]) =>
  fc.letrec<{ condition: Condition }>((tie) => ({
    condition: fc.oneof(
      { maxDepth: 2 },
      fc.oneof(...tests).map((one) => ({ test: one }) as Condition),
      fc.array(tie("condition"), { minLength: 1, maxLength: 3 }).map((all) => ({ all })),
      fc.array(tie("condition"), { minLength: 1, maxLength: 3 }).map((any) => ({ any })),
      tie("condition").map((not) => ({ not })),
    ),
  })).condition;

export type Shared = { readonly audience: fc.Arbitrary<readonly string[]>; readonly assignment: fc.Arbitrary<object> };

const perhaps = <T extends object>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const act = (action: string, name: string, values: fc.Arbitrary<unknown>) =>
  perhaps(values.map((value) => ({ action, [name]: value })));
const alone = (action: string) => perhaps(fc.constant({ action }));

const status = fc.oneof(
  fc.constantFrom("open", "pending", "closed").map((to) => ({ action: "status", to })),
  fc.integer({ min: 1, max: 300 }).map((days) => ({ action: "status", to: "snoozed", days })),
);
const text = fc.oneof(words, fc.constant("Order of {{ customer.name }}\n{{ ticket.number }}"));
const canned = fc.constantFrom(...KEYS.canned);

/** In the order in which they apply; some only where a ticket is opened, and no answer to spam. */
const actions = (when: Trigger, { audience, assignment }: Shared) =>
  fc
    .tuple(
      act("department", "to", fc.constantFrom(...KEYS.departments)),
      act("topic", "to", fc.constantFrom(...KEYS.topics)),
      act("priority", "to", fc.constantFrom(...PRIORITIES)),
      act("sla", "to", fc.constantFrom(...KEYS.sla)),
      act("assign", "to", assignment),
      act("tag", "tags", fc.constantFrom(["a"], ["a", "no"], ["x-{{ ticket.number }}"])),
      act("untag", "tags", fc.constantFrom(["new"], ["0123", "no"])),
      perhaps(status),
      act("watch", "who", fc.constantFrom(["ann"], ["ben", "boss@list.example"])),
      act("note", "text", text),
      act("reply", "canned", canned),
      act(
        "tell",
        "audience",
        audience.filter((one) => one.length > 0),
      ),
      act("mail", "to", fc.constantFrom(["ops@list.example"], ["a@list.example", "b@list.example"])).chain((mail) =>
        mail === undefined
          ? fc.constant(undefined)
          : fc.record({ subject: words, text }).map((rest) => ({ ...mail, ...rest })),
      ),
      act("webhook", "url", fc.constantFrom("https://hooks.x.example/a?b=c#d", "http://127.0.0.1:8080/")),
      alone("silence"),
      act("reject", "canned", canned),
      alone("spam"),
      act("merge", "withinMinutes", fc.integer({ min: 1, max: 100_000 })),
      act("customer", "from", fc.constant("reply-to")),
    )
    .map((all) => {
      const chosen = all.filter((one) => one !== undefined);
      const early = when === "opened" ? [] : ["silence", "reject", "spam", "merge", "customer"];
      const unsaid =
        chosen.some(({ action }) => action === "spam") && when === "opened" ? ["reply", "reject", "mail", "tell"] : [];
      return chosen.filter(({ action }) => ![...early, ...unsaid].includes(action));
    });

const message = fc.oneof(
  fc.record({
    eml: fc.constantFrom("From: joe@x.example\nSubject: a\n\nHello\n", "base64:RnJvbTogYUB4LmV4YW1wbGUNCg0K/w=="),
  }),
  together(
    fc.record({ headers: fc.dictionary(fc.constantFrom("X-A", "yes"), words) }),
    optional("from", fc.constant("joe@x.example")),
    optional("to", fc.constant("Support <support@nw.example>")),
    optional("subject", words),
    optional("text", words),
  ),
);
const example = fc.record({
  given: fc
    .tuple(
      message,
      together(
        optional("department", fc.constantFrom(...KEYS.departments)),
        optional("status", fc.constantFrom("open", "closed")),
        optional("assignee", fc.constantFrom(...KEYS.agents)),
        optional("tags", fc.constantFrom<string[]>([], ["new"])),
        optional("mailbox", fc.constant("support")),
      ),
    )
    .map(([parts, ticket]) => ({ ...parts, ticket })),
  expect: together(
    optional("priority", fc.constantFrom(...PRIORITIES)),
    optional("assign", fc.constantFrom("ann", "none", "sticky")),
    optional("tags", fc.constantFrom(["a"], ["a", "no"])),
    optional("effects", fc.constantFrom(["note"], ["watch", "note", "merge", "silence"])),
  ),
  line: fc.constant(0),
  column: fc.constant(0),
});

/** A rule at a place, with a condition and actions that its trigger allows. */
export const rule = (n: number, shared: Shared): fc.Arbitrary<object> =>
  fc.constantFrom(...TRIGGERS).chain((when) =>
    together(
      fc.record({
        position: fc.constant(n + 1),
        name: words.map((word) => `${word} ${n}`),
        enabled: fc.boolean(),
        when: fc.constant(when),
        then: actions(when, shared),
        stop: fc.boolean(),
        examples: fc.array(example, { maxLength: 2 }),
      }),
      optional(
        "if",
        condition(when === "clock" || when === "status_changed" ? OF_TICKET : [...OF_MESSAGE, ...OF_TICKET]),
      ),
    ),
  );
