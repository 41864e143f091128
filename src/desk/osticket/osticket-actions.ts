/** What an osTicket filter does, as the `then` of a rule. Each kind of action is a row of the table. */
import { canonicalAddress } from "../../mail/address.ts";
import { nameOf, rowById, slug, type Draft } from "./osticket-draft.ts";
import { priorityOf } from "./osticket-general.ts";
import { worksSomewhere } from "./osticket-people.ts";
import { hasFlag, jsonOf, numberOf, rowsWith, textOf, type OsRow } from "./osticket-tables.ts";
import { toLiquid } from "./osticket-text.ts";

export type Then = Record<string, unknown>;
/** Keys of `then`; or in words what there is instead. `remark` goes with keys that are not quite the same. */
export type OsAction = { readonly then?: Then; readonly remark?: string };
type Convert = (draft: Draft, config: Readonly<Record<string, unknown>>) => OsAction;

const MAX_MAIL_TEXT = 10_000;
const TEAM_ENABLED = 0x0001;

const idOf = (config: Readonly<Record<string, unknown>>, key: string): string => {
  const value = config[key];
  // A list of choices stands as { "3": "Billing" } in some versions.
  if (typeof value === "object" && value !== null) return Object.keys(value)[0] ?? "";
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
};

const keyed =
  (
    table: "department" | "help_topic" | "sla" | "staff" | "canned_response",
    column: string,
    then: (key: string) => Then,
  ): Convert =>
  (draft, config) => {
    const id = idOf(config, column);
    const key = draft.keys[table].get(id);
    if (key !== undefined) return { then: then(key) };
    const row = rowById(draft.tables, table, id);
    const named = row === undefined ? "there is no longer" : `(“${nameOf(table, row)}”) is not in the desk file`;
    return { remark: `names ${table.replace("_", " ")} ${id || "none"}, which ${named}` };
  };

const ACTIONS: Readonly<Record<string, Convert>> = {
  reject: () => ({
    then: { spam: true },
    remark:
      "refused the mail without a word. Postern keeps it in quarantine and says nothing; `reject` with a canned text would answer",
  }),
  replyto: () => ({ then: { customer: "reply-to" } }),
  noresp: () => ({ then: { acknowledge: false } }),
  /** osTicket answers with the text instead of its own acknowledgement. */
  canned: keyed("canned_response", "canned_id", (reply) => ({ reply, acknowledge: false })),
  dept: keyed("department", "dept_id", (department) => ({ department })),
  sla: keyed("sla", "sla_id", (sla) => ({ sla })),
  topic: keyed("help_topic", "topic_id", (topic) => ({ topic })),
  agent: (draft, config) => {
    const made = keyed("staff", "staff_id", (assign) => ({ assign }))(draft, config);
    return made.then === undefined ? made : assignAction(draft, idOf(config, "staff_id"));
  },
  pri: (draft, config) => {
    const priority = priorityOf(draft, idOf(config, "priority"));
    return priority === undefined ? { remark: "sets a priority that there is no longer" } : { then: { priority } };
  },
  team: (draft, config) => teamAction(draft, idOf(config, "team_id")),
  status: (draft, config) => statusAction(draft, idOf(config, "status_id")),
  email: mailAction,
};

/** @param row of `filter_action`: `type` and its `configuration` in JSON */
export function toAction(draft: Draft, row: OsRow): OsAction {
  const type = textOf(row, "type");
  const convert = Object.hasOwn(ACTIONS, type) ? ACTIONS[type] : undefined;
  if (convert === undefined) return { remark: `has an action “${type}”, which Postern has not (of a plugin?)` };
  return convert(draft, jsonOf(textOf(row, "configuration")) ?? {});
}

/** Postern has no teams: the ticket is tagged, and the members are told of it until one takes it. */
export function teamAction(draft: Draft, id: string): OsAction {
  const team = rowById(draft.tables, "team", id);
  if (team === undefined || !hasFlag(team, TEAM_ENABLED))
    return { remark: `names team ${id}, which is not there or off` };
  const members = rowsWith(draft.tables, "team_member", "team_id", id).flatMap(
    (one) => draft.keys.staff.get(textOf(one, "staff_id")) ?? [],
  );
  const tag = `team-${slug(textOf(team, "name")) || id}`.slice(0, 40);
  return {
    then: { tag, ...(members.length > 0 && { watch: members }) },
    remark: `assigned to the team “${textOf(team, "name")}”. Postern has no teams: its members watch the ticket, which is tagged ${tag}; \`assign\` would give it to one of them`,
  };
}

/** A status by its state; of an open one only the name can say that somebody waits. */
export function statusAction(draft: Draft, id: string): OsAction {
  const row = rowById(draft.tables, "ticket_status", id);
  const [name, state] = [textOf(row, "name"), textOf(row, "state")];
  if (state === "closed") return { then: { status: "closed" } };
  if (state !== "open") return { remark: `sets the status “${name || id}”, which Postern has not` };
  if (!/pending|hold|wait/i.test(name)) return name.toLowerCase() === "open" ? {} : ownStatus(name, "open");
  return ownStatus(name, "pending");
}

const ownStatus = (name: string, status: "open" | "pending"): OsAction => ({
  then: { status },
  remark: `sets the status “${name}”, which became ${status}`,
});

function mailAction(_draft: Draft, config: Readonly<Record<string, unknown>>): OsAction {
  const written = (key: string): string => (typeof config[key] === "string" ? config[key] : "");
  const recipients = written("recipients")
    .split(/[,;]/)
    .map((one) => one.trim());
  const to = recipients.flatMap((one) => canonicalAddress(/<([^<>]*)>\s*$/.exec(one)?.[1] ?? one) ?? []);
  const [subject, text] = [toLiquid(written("subject"), "mail"), toLiquid(written("message"), "mail")];
  const unknown = [...new Set([...subject.unknown, ...text.unknown])];
  if (to.length === 0 || subject.text === "" || text.text === "")
    return {
      remark: `mails to ${written("recipients") || "nobody"}. A rule of Postern mails to fixed addresses; to the customer it sends a canned text (\`reply\`)`,
    };
  const problems = [
    ...(to.length < recipients.length
      ? [`mails also to ${recipients.filter((one) => one.includes("%{")).join(", ")}, who was left out`]
      : []),
    ...(unknown.length > 0
      ? [`names ${unknown.join(", ")} in a mail, for which Postern has nothing; it stands there as it was`]
      : []),
  ];
  const mail = {
    to: to.length === 1 ? to[0] : to,
    subject: subject.text.replace(/\s+/g, " ").slice(0, 250),
    text: text.text.slice(0, MAX_MAIL_TEXT),
  };
  return { then: { mail }, ...(problems.length > 0 && { remark: problems.join("; ") }) };
}

/** @param staffId of an agent who is in the desk file */
export function assignAction(draft: Draft, staffId: string): OsAction {
  const assign = draft.keys.staff.get(staffId);
  if (worksSomewhere(draft, staffId)) return { then: { assign } };
  return { remark: `assigned ${assign}, who works in no department of the desk file. That was left out` };
}

/** What a help topic does to a new ticket beside what a topic of the desk file says: only a rule can. */
export function topicActions(draft: Draft, topic: OsRow): { then: Then; remarks: string[] } {
  const staff = draft.keys.staff.get(textOf(topic, "staff_id"));
  const team =
    numberOf(topic, "team_id") !== 0 && staff === undefined ? teamAction(draft, textOf(topic, "team_id")) : {};
  const agent = staff === undefined ? {} : assignAction(draft, textOf(topic, "staff_id"));
  const status = numberOf(topic, "status_id") !== 0 ? statusAction(draft, textOf(topic, "status_id")) : {};
  return {
    then: {
      ...agent.then,
      ...team.then,
      ...(status.then?.["status"] !== "open" && status.then),
      ...(numberOf(topic, "noautoresp") === 1 && { acknowledge: false }),
    },
    remarks: [agent.remark, team.remark, status.remark].filter((one) => one !== undefined),
  };
}
