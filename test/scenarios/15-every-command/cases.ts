/** Every command that stands in an answer about a ticket: what it does, what the agent reads of it, and what #undo does about it. */
import type { CommandName } from "../../../src/desk/commands/command-table.ts";

export type Case = {
  readonly command: CommandName;
  /** Says what is tried, where a command has more cases than one. */
  readonly as?: string;
  /** A mail before it, so that there is something to change. */
  readonly first?: string;
  /** The mail; `OTHER` is the number of another ticket. */
  readonly text: string;
  /** One of the events that it leaves, as `name old -> new, because of command #x`; undefined where nothing changes. */
  readonly event?: RegExp;
  /** What stands in the mail that the agent gets. */
  readonly told: RegExp;
  /** The answer is a list, which is about no ticket in particular. */
  readonly list?: true;
  /** How many mails the customer gets for it when nobody takes it back, beyond what came before. */
  readonly customer?: number;
  /** `back`: the ticket is as it was. Otherwise what #undo answers. */
  readonly undo: "back" | RegExp;
};

const NOTHING = /nothing of yours to take back|changed nothing that could be taken back/;

export const CASES: readonly Case[] = [
  {
    command: "close",
    as: "with words",
    text: "#close\nIt is mended.",
    event: /^reply written/,
    told: /#close: closes when your reply is accepted/,
    undo: "back",
  },
  {
    command: "close",
    as: "alone",
    text: "#close",
    event: /^set-status open -> closed/,
    told: /#close: closed/,
    undo: "back",
  },
  {
    command: "reopen",
    first: "#close",
    text: "#reopen",
    event: /^set-status closed -> open, because of command #reopen/,
    told: /closed -> open/,
    undo: "back",
  },
  {
    command: "pending",
    text: "#pending friday 10am",
    event: /^set-status open -> pending until 2026-12-11T09:00/,
    told: /open -> pending until/,
    undo: "back",
  },
  {
    command: "snooze",
    text: "#snooze tomorrow 9am",
    event: /^set-status open -> snoozed until 2026-12-08T08:00/,
    told: /open -> snoozed until 8 December 09:00/,
    undo: "back",
  },
  {
    command: "assign",
    text: "#assign ann",
    event: /^assign none -> ann, because of command #assign/,
    told: /Ann Lee now has it/,
    undo: "back",
  },
  {
    command: "take",
    text: "#take",
    event: /^assign none -> ben, because of command #take/,
    told: /you now have it/,
    undo: "back",
  },
  {
    command: "drop",
    first: "#take",
    text: "#drop",
    event: /^assign ben -> none, because of command #drop/,
    told: /#drop: /,
    undo: "back",
  },
  {
    command: "dept",
    text: "#dept billing",
    event: /^set-department support -> billing/,
    told: /moved to billing/i,
    undo: "back",
  },
  {
    command: "topic",
    text: "#topic invoice",
    event: /^set-topic none -> invoice/,
    told: /none -> Invoices/,
    undo: "back",
  },
  {
    command: "priority",
    text: "#priority high",
    event: /^set-priority normal -> high/,
    told: /normal -> high/,
    undo: "back",
  },
  { command: "sla", text: "#sla gold", event: /^set-sla standard -> gold/, told: /standard -> gold/, undo: "back" },
  {
    command: "due",
    text: "#due friday 17:00",
    event: /^set-due none -> 2026-12-11T16:00/,
    told: /due 11 December 17:00/,
    undo: "back",
  },
  { command: "tag", text: "#tag vip refund", event: /^tag none -> vip/, told: /tagged vip, refund/, undo: "back" },
  {
    command: "untag",
    first: "#tag vip",
    text: "#untag vip",
    event: /^untag vip -> none/,
    told: /removed vip/,
    undo: "back",
  },
  {
    command: "subject",
    text: "#subject The key of the side door",
    event: /^set-subject .* -> The key of the side door/,
    told: /#subject/,
    undo: "back",
  },
  {
    command: "watch",
    text: "#watch",
    event: /^watch none -> ben/,
    told: /you will be told of everything/,
    undo: "back",
  },
  {
    command: "unwatch",
    first: "#watch",
    text: "#unwatch",
    event: /^unwatch ben -> none/,
    told: /you will no longer be told/,
    undo: "back",
  },
  { command: "note", text: "#note He is angry.", told: /kept as a note/, undo: NOTHING },
  { command: "reply", text: "#reply\nFor you alone.", event: /^reply written/, told: /alone/, undo: "back" },
  {
    command: "reply-all",
    text: "#reply-all\nFor all of you.",
    event: /^reply written/,
    told: /everybody who takes part/,
    undo: "back",
  },
  {
    command: "canned",
    text: "#canned reset",
    event: /^reply written/,
    told: /"reset" is in your answer/,
    undo: "back",
  },
  {
    command: "now",
    text: "#now\nAt once.",
    event: /^reply written/,
    told: /sent without waiting/,
    customer: 1,
    undo: /too late: the mail to \S+ has left/,
  },
  { command: "merge", text: "#merge OTHER", event: /^merged/, told: /#merge/, undo: "back" },
  { command: "link", text: "#link OTHER", event: /^linked none -> NW-/, told: /#link/, undo: "back" },
  { command: "split", text: "#split", event: /^split none -> NW-/, told: /#split/, undo: "back" },
  { command: "wrong", text: "#wrong", event: /^(?:split|reference barred)/, told: /#wrong/, undo: "back" },
  { command: "spam", text: "#spam", event: /^set-spam no -> yes/, told: /put aside as spam/, undo: "back" },
  { command: "status", text: "#status", told: /waits for us/, undo: NOTHING },
  { command: "show", text: "#show", told: /this is question/, undo: NOTHING },
  { command: "list", list: true, text: "#list unassigned", told: /Answer with the numbers/, undo: NOTHING },
  { command: "mine", list: true, first: "#take", text: "#mine", told: /yours/, undo: /taken back/ },
  { command: "search", list: true, text: "#search question", told: /Answer with the numbers/, undo: NOTHING },
  { command: "stats", list: true, text: "#stats", told: /support/i, undo: NOTHING },
  { command: "who", list: true, text: "#who", told: /Ann Lee/, undo: NOTHING },
  { command: "help", list: true, text: "#help snooze", told: /#snooze WHEN/, undo: NOTHING },
  {
    command: "undo",
    text: "#undo",
    told: /nothing of yours to take back/,
    undo: /the same mail was carried out before/,
  },
  { command: "confirm", text: "#confirm", told: /nothing waits for it here/, undo: NOTHING },
];

/** Those that need more than one mail; the other file of this story tells them. */
export const TOLD_APART: readonly CommandName[] = [
  "to",
  "cc",
  "resend",
  "accept",
  "new",
  "block",
  "open",
  "away",
  "back",
  "send",
];
