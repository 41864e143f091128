/** Commands that change a ticket's fields, one row and more a command. */
import { agentAnswers, SECOND } from "./street.ts";
import type { Case, World } from "./command-case.ts";

/** Something that Ann has done before, whose mails have left. */
export const earlier =
  (text: string) =>
  async ({ street, notice }: World) => {
    await street.receive(await agentAnswers(notice, text));
    await street.pass(3 * SECOND);
    return undefined;
  };

export const STATE_CASES: readonly Case[] = [
  {
    command: "close",
    mail: "#close",
    events: ["set-status", "closure notice written"],
    says: /#close: closed; the customer gets a closure notice/,
    customer: /closed/i,
    undo: "back",
  },
  {
    command: "close",
    but: "with words",
    mail: "#close\n\nIt is mended.",
    events: ["reply written"],
    says: /#close: closes when your reply is accepted/,
    customer: /It is mended\.[^]*We consider this solved/,
    undo: "back",
  },
  {
    command: "reopen",
    before: earlier("#close"),
    mail: "#reopen",
    events: ["set-status", "set-waiting-for"],
    says: /#reopen: closed -> open/,
    undo: "back",
  },
  {
    command: "pending",
    mail: "#pending 3d",
    events: ["set-status", "set-waiting-for"],
    says: /#pending 3d: open -> pending until \d+ November \d\d:\d\d/,
    undo: "back",
  },
  {
    command: "snooze",
    mail: "#snooze 2026-12-01 09:00",
    events: ["set-status"],
    says: /#snooze 2026-12-01 09:00: open -> snoozed until 1 December 09:00/,
    undo: "back",
  },
  {
    command: "assign",
    mail: "#assign ben",
    events: ["assign"],
    says: /#assign ben: Ben Ortiz now has it, until now Ann Lee/,
    undo: "back",
  },
  {
    command: "take",
    before: earlier("#assign ben"),
    mail: "#take",
    events: ["assign"],
    says: /#take: you now have it, until now Ben Ortiz/,
    undo: "back",
  },
  { command: "drop", mail: "#drop", events: ["assign"], says: /#drop: Ann Lee no longer has it/, undo: "back" },
  {
    command: "dept",
    mail: "#dept it",
    events: ["set-department", "assign"],
    says: /#dept it: moved to IT, which assigns it/,
    undo: "back",
  },
  {
    command: "topic",
    mail: "#topic login",
    events: ["set-topic"],
    says: /#topic login: none -> Login and access/,
    undo: "back",
  },
  {
    command: "priority",
    mail: "#priority high",
    events: ["set-priority"],
    says: /#priority high: normal -> high/,
    undo: "back",
  },
  { command: "sla", mail: "#sla gold", events: ["set-sla"], says: /#sla gold: standard -> gold/, undo: "back" },
  {
    command: "sla",
    but: "none",
    before: earlier("#sla gold"),
    mail: "#sla none",
    events: ["set-sla"],
    says: /#sla none: gold -> standard, the plan of its department or the desk/,
    undo: "back",
  },
  {
    command: "due",
    mail: "#due 2026-12-01 17:00",
    events: ["set-due"],
    says: /#due 2026-12-01 17:00: due 1 December 17:00/,
    undo: "back",
  },
  {
    command: "due",
    but: "none",
    before: earlier("#due 2026-12-01 17:00"),
    mail: "#due none",
    events: ["set-due"],
    says: /#due none: as the plan says again/,
    undo: "back",
  },
  {
    command: "tag",
    mail: "#tag refund vip",
    events: ["tag", "tag"],
    says: /#tag refund vip: tagged refund, vip/,
    undo: "back",
  },
  {
    command: "untag",
    before: earlier("#tag refund vip"),
    mail: "#untag vip",
    events: ["untag"],
    says: /#untag vip: removed vip/,
    undo: "back",
  },
  {
    command: "subject",
    mail: "#subject Printer on floor 2",
    events: ["set-subject"],
    says: /#subject Printer on floor 2: was "The printer/,
    undo: "back",
  },
  {
    command: "watch",
    mail: "#watch\n#watch ben",
    events: ["watch", "watch"],
    says: /#watch me: you will be told of everything[^]*#watch ben: Ben Ortiz will be told/,
    undo: "back",
  },
  {
    command: "unwatch",
    before: earlier("#watch ben"),
    mail: "#unwatch ben",
    events: ["unwatch"],
    says: /#unwatch ben: Ben Ortiz will no longer be told/,
    undo: "back",
  },
];
