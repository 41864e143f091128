/** Every type of argument, with what it takes and what it refuses. */
import { describe, expect, it } from "vitest";
import { readCommands } from "../../../src/desk/commands/command-read.ts";
import { COMMANDS, COMMAND_NAMES } from "../../../src/desk/commands/command-table.ts";
import { agent, department } from "../rules/rule-world.ts";

const KNOWN = {
  agents: [agent("ann", "Ann Lee"), agent("dev", "Dev Patel")],
  departments: [department("it", { name: "IT" }), department("billing", { name: "Billing Team" })],
  topics: [
    { key: "login", title: "Login and passwords" },
    { key: "invoice", title: "Invoices" },
  ],
  plans: ["gold", "standard"],
  canned: ["reset", "hello"],
  prefix: "NW",
  now: Date.UTC(2026, 10, 26, 10),
  timeZone: "Europe/Berlin",
};
const at = (iso: string) => Date.parse(iso);
const EVERY_TYPE = new Set(COMMAND_NAMES.map((name) => COMMANDS[name].argument));
const seen = new Set<string>(["none"]);

type Good = readonly [line: string, fields: object];
type Bad = readonly [line: string, why: string, suggestion?: string];

function type(name: string, good: readonly Good[], bad: readonly Bad[]): void {
  seen.add(name);
  describe(name, () => {
    it.each(good)("%s", (line, fields) => {
      expect(readCommands(line, KNOWN)).toMatchObject({ kind: "ok", body: "", commands: [fields] });
    });
    if (bad.length === 0) return;
    it.each(bad.map(([line, why, suggestion]) => ({ line, why, suggestion })))("$line is refused", (one) => {
      const { line, why, suggestion } = one;
      const reading = readCommands(`${line}\nText.`, KNOWN);
      expect(reading).toMatchObject({ kind: "stop", line, why: expect.stringContaining(why) });
      expect("suggestion" in reading ? reading.suggestion : undefined).toBe(suggestion);
    });
  });
}

type(
  "agent",
  [
    ["#assign Dev Patel", { to: { strategy: "fixed", agent: "dev" } }],
    ["#give none", { to: { strategy: "none" } }],
  ],
  [
    ["#assign", '"#assign" needs NAME, as in #assign ann'],
    ["#assign dve", 'there is no agent "dve"', "#assign dev"],
  ],
);
type(
  "department",
  [["#dept billing team", { to: "billing" }]],
  [["#dept bilings", 'there is no department "bilings"; there are it, billing', "#dept billing"]],
);
type(
  "topic",
  [
    ["#topic Login and passwords", { to: "login" }],
    ["#topic INVOICE", { to: "invoice" }],
    ["#topic none", { to: null }],
  ],
  [["#topic invoces", 'there is no topic "invoces"; there are login, invoice, none', "#topic Invoices"]],
);
type(
  "priority",
  [["#prio Urgent", { to: "urgent" }]],
  [["#priority asap", '"asap" is no priority; there are low, normal, high, urgent']],
);
type(
  "plan",
  [
    ["#sla Gold", { to: "gold" }],
    ["#plan none", { to: null }],
  ],
  [["#sla glod", 'there is no SLA plan "glod"; there are gold, standard, none', "#sla gold"]],
);
type(
  "tags",
  [["#tag VIP, refund;vip", { tags: ["vip", "refund"] }]],
  [
    ["#tag !!", "needs WORD…"],
    ["#untag a/b", '"a/b" cannot be a tag'],
    ["#tag a b c d e f g h i", "these are 9 tags; 8 are the most"],
  ],
);
type(
  "moment",
  [
    ["#snooze tomorrow 9am", { until: at("2026-11-27T08:00Z") }],
    ["#due 1/12", { at: at("2026-12-01T08:00Z") }],
    ["#due none", { at: null }],
  ],
  [
    ["#snooze", '"#snooze" needs WHEN, as in #snooze tomorrow 9am'],
    ["#snooze never", "a ticket is snoozed until a moment, as in #snooze 3d"],
    ["#snooze friday, I will call", '"i will call" does not belong to one; write tomorrow 9am'],
    ["#due 30 february", "is no date or time that there is; write tomorrow 9am"],
  ],
);
type(
  "moment?",
  [
    ["#pending", { until: null }],
    ["#pending until friday", { until: at("2026-11-27T08:00Z") }],
    ["#wait never", { until: null }],
  ],
  [["#pending for the customer", "is no date or time that there is"]],
);
type(
  "address",
  [
    ["#cc Joe@X.example", { address: "joe@x.example", addressName: "" }],
    ['#to "Joe Doe" <joe@x.example>', { address: "joe@x.example", addressName: "Joe Doe" }],
    ["#open <mailto:joe@x.example>", { address: "joe@x.example" }],
  ],
  [
    ["#cc joe", '"joe" is no mail address'],
    ["#to a@x.example b@x.example", "is no mail address"],
  ],
);
type(
  "number",
  [
    ["#merge NW-48201", { number: 48201 }],
    ["#link [nw-7]", { number: 7 }],
    ["#merge 48201", { number: 48201 }],
  ],
  [
    ["#merge AB-1", '"AB-1" is no ticket number of this desk', "#merge NW-48201"],
    ["#link one", '"one" is no ticket number', "#link NW-48201"],
  ],
);
type(
  "canned",
  [["#canned Reset", { canned: "reset" }]],
  [["#macro rest", 'there is no canned text "rest"; there are reset, hello', "#canned reset"]],
);
type(
  "words",
  [
    ["#subject Printer on floor 2 (again)", { words: "Printer on floor 2 (again)" }],
    ["#search Müller invoice", { words: "Müller invoice" }],
  ],
  [
    ["#subject", "needs TEXT"],
    [`#subject ${"x".repeat(201)}`, "this has 201 characters; 200 are the most"],
  ],
);
type(
  "words?",
  [
    ["#show", { words: "" }],
    ["#show NW-1", { words: "NW-1" }],
  ],
  [],
);
type(
  "view?",
  [
    ["#list", { view: { view: "open" } }],
    ["#view Overdue", { view: { view: "overdue" } }],
    ["#list IT", { view: { view: "department", department: "it" } }],
    ["#list ann", { view: { view: "agent", agent: "ann" } }],
  ],
  [["#list overdu", '"overdu" is no list; there are open, mine', "#list overdue"]],
);
type(
  "dates?",
  [
    ["#away", { days: null }],
    ["#away until friday", { days: { from: "2026-11-26", to: "2026-11-27" } }],
    ["#absent 20 Dec – 3 Jan.", { days: { from: "2026-12-20", to: "2027-01-03" } }],
  ],
  [["#away for a while", "is no date or time that there is; write today, until friday"]],
);
type(
  "always?",
  [
    ["#accept", { always: false }],
    ["#yes Always", { always: true }],
  ],
  [["#accept allways", '"allways" is not "always"', "#accept always"]],
);
type(
  "entries?",
  [
    ["#split", { entries: [] }],
    ["#split 4–6, 9", { entries: [4, 5, 6, 9] }],
  ],
  [
    ["#split 6-4", '"6-4" names no entries; write 4, 4-6 or 4, 6'],
    ["#split the last", '"the" names no entries'],
  ],
);
type(
  "watcher?",
  [
    ["#watch", { who: "me" }],
    ["#unfollow Dev", { who: "dev" }],
  ],
  [["#watch amn", 'there is no agent "amn"', "#watch ann"]],
);
type(
  "command?",
  [
    ["#help", { about: null }],
    ["#help later", { about: "snooze" }],
  ],
  [["#help snoze", '"snoze" is not a command', "#help snooze"]],
);

it("leaves no type out", () => {
  expect([...EVERY_TYPE].filter((one) => !seen.has(one))).toEqual([]);
});
