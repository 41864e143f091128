/**
 * The street: raw mail, tickets with entries and events, deliveries with attempts, and the leases that guard them.
 * Times are UTC milliseconds in a bigint; flags are 0 or 1, so that both databases hold the same values.
 */
import type { Knex } from "knex";

type Table = Knex.CreateTableBuilder;
const id = (t: Table) => t.increments("id");
const ref = (t: Table, column: string, table: string) => t.integer(column).references("id").inTable(table);

const DESK: [string, (t: Table) => void][] = [
  ["desk_version", (t) => { id(t); t.bigInteger("created_at").notNullable(); t.text("actor").notNullable(); t.text("sha256").notNullable(); t.text("desk").notNullable(); }],
  ["agent", (t) => { id(t); t.text("key").notNullable().unique(); t.text("name").notNullable(); t.integer("active").notNullable(); }],
  ["agent_address", (t) => { t.text("address").primary(); ref(t, "agent_id", "agent").notNullable(); }],
  ["department", (t) => { id(t); t.text("key").notNullable().unique(); t.text("name").notNullable(); t.integer("active").notNullable(); }],
  ["topic", (t) => { id(t); t.text("key").notNullable().unique(); t.text("name").notNullable(); t.integer("active").notNullable(); }],
  ["counter", (t) => { t.text("name").primary(); t.bigInteger("next").notNullable(); }],
  ["lease", (t) => { t.text("name").primary(); t.text("holder").notNullable(); t.integer("epoch").notNullable(); t.bigInteger("heartbeat").notNullable(); }],
];

const PEOPLE: [string, (t: Table) => void][] = [
  ["person", (t) => { id(t); t.text("name").notNullable(); t.bigInteger("created_at").notNullable(); }],
  ["address", (t) => { id(t); t.text("address").notNullable().unique(); ref(t, "person_id", "person").notNullable().index(); t.integer("blocked").notNullable().defaultTo(0); }],
];

const INBOUND: [string, (t: Table) => void][] = [
  ["mailbox", (t) => {
    id(t); t.text("name").notNullable().unique(); t.bigInteger("uid_validity"); t.bigInteger("baseline_uid"); t.bigInteger("adopted_at");
    t.bigInteger("validity_changed_at"); t.text("state").notNullable(); t.text("state_detail"); t.bigInteger("state_at").notNullable();
  }],
  ["raw", (t) => { t.text("sha256").primary(); t.text("codec").notNullable(); t.bigInteger("size").notNullable(); t.binary("bytes").notNullable(); t.bigInteger("stored_at").notNullable(); }],
  ["inbound", (t) => {
    id(t); ref(t, "mailbox_id", "mailbox").notNullable(); t.bigInteger("uid_validity").notNullable(); t.bigInteger("uid").notNullable();
    t.text("raw_sha256").references("sha256").inTable("raw").index(); t.bigInteger("received_at").notNullable(); t.bigInteger("stored_at").notNullable();
    t.text("state").notNullable(); t.text("verdict"); t.text("reason"); t.text("hold_reason"); t.text("message_id"); t.text("from_address"); t.text("subject");
    t.text("nature"); t.text("auth"); t.bigInteger("size").notNullable(); t.integer("quiet").notNullable().defaultTo(0);
    t.integer("ticket_id").index(); t.integer("entry_id"); t.integer("duplicate_of"); t.integer("agent_id").references("id").inTable("agent");
    t.integer("parse_attempts").notNullable().defaultTo(0); t.bigInteger("not_before").notNullable().defaultTo(0); t.bigInteger("recorded_at");
    t.integer("finished").notNullable().defaultTo(0); t.text("decided"); t.integer("via_delivery_id");
    t.unique(["mailbox_id", "uid_validity", "uid"]); t.index(["state", "id"]); t.index(["from_address", "stored_at"]);
  }],
  ["identity", (t) => { t.text("hash").primary(); ref(t, "inbound_id", "inbound").notNullable(); t.bigInteger("created_at").notNullable(); }],
];

const TICKET: [string, (t: Table) => void][] = [
  ["ticket", (t) => {
    id(t); t.bigInteger("number").notNullable(); t.text("public_number").notNullable().unique(); t.text("subject").notNullable(); t.text("base_subject").notNullable();
    t.text("status").notNullable(); t.text("priority").notNullable(); ref(t, "department_id", "department").notNullable(); ref(t, "assignee_id", "agent");
    ref(t, "topic_id", "topic"); t.text("sla"); ref(t, "customer_address_id", "address").notNullable(); t.text("customer_name").notNullable();
    t.text("support_address").notNullable(); t.text("mailbox").notNullable(); t.text("waiting_for"); t.bigInteger("opened_at").notNullable(); t.bigInteger("closed_at");
    t.bigInteger("last_customer_at"); t.bigInteger("last_agent_at"); t.bigInteger("respond_due_at"); t.bigInteger("resolve_due_at");
    t.integer("merged_into").references("id").inTable("ticket"); t.integer("linked_to").references("id").inTable("ticket");
    t.integer("quiet").notNullable().defaultTo(0); t.integer("seq").notNullable(); t.index(["status", "department_id"]); t.index(["customer_address_id", "opened_at"]);
  }],
  ["ticket_tag", (t) => { ref(t, "ticket_id", "ticket").notNullable(); t.text("tag").notNullable(); t.primary(["ticket_id", "tag"]); }],
  ["participant", (t) => { ref(t, "ticket_id", "ticket").notNullable(); ref(t, "address_id", "address").notNullable(); t.text("name").notNullable(); t.bigInteger("added_at").notNullable(); t.primary(["ticket_id", "address_id"]); }],
  ["entry", (t) => {
    id(t); ref(t, "ticket_id", "ticket").notNullable(); t.integer("seq").notNullable(); t.text("kind").notNullable(); ref(t, "inbound_id", "inbound").index();
    t.text("author_kind").notNullable(); t.text("author_address").notNullable(); t.text("author_name").notNullable(); ref(t, "agent_id", "agent");
    t.text("text").notNullable(); t.text("quoted"); t.text("message_id"); t.text("marks").notNullable(); t.bigInteger("created_at").notNullable(); t.index(["ticket_id", "seq"]);
  }],
  ["attachment", (t) => {
    id(t); ref(t, "entry_id", "entry").notNullable().index(); t.text("raw_sha256").references("sha256").inTable("raw").notNullable(); t.integer("part").notNullable();
    t.text("filename").notNullable(); t.text("content_type").notNullable(); t.bigInteger("size").notNullable(); t.text("sha256").notNullable(); t.integer("inline").notNullable(); t.text("content_id");
  }],
  ["event", (t) => {
    id(t); ref(t, "ticket_id", "ticket").notNullable(); t.integer("seq").notNullable(); t.bigInteger("at").notNullable(); t.text("name").notNullable();
    t.text("actor_kind").notNullable(); t.text("actor").notNullable(); t.text("cause_kind").notNullable(); t.text("cause").notNullable(); t.text("old"); t.text("new"); t.text("detail");
    t.unique(["ticket_id", "seq"]);
  }],
  ["message_ref", (t) => { t.text("hash").notNullable(); ref(t, "entry_id", "entry"); ref(t, "ticket_id", "ticket").notNullable(); t.text("kind").notNullable(); t.integer("delivery_id"); t.integer("barred").notNullable().defaultTo(0); t.unique(["hash", "ticket_id"]); }],
  ["route", (t) => {
    id(t); ref(t, "ticket_id", "ticket").notNullable(); ref(t, "entry_id", "entry"); t.text("trigger").notNullable(); t.text("state").notNullable(); t.text("plus_tag");
    t.integer("attempts").notNullable().defaultTo(0); t.bigInteger("not_before").notNullable().defaultTo(0); t.text("error"); ref(t, "desk_version_id", "desk_version"); t.text("trace");
    t.bigInteger("created_at").notNullable(); t.bigInteger("done_at"); t.integer("reopened").notNullable().defaultTo(0); t.index(["state", "not_before"]); t.index(["ticket_id"]);
  }],
];

const OUTBOUND: [string, (t: Table) => void][] = [
  ["delivery", (t) => {
    id(t); t.text("kind").notNullable(); t.text("cause").notNullable(); t.text("recipient").notNullable(); t.text("recipient_domain").notNullable();
    ref(t, "ticket_id", "ticket").index(); ref(t, "entry_id", "entry"); ref(t, "agent_id", "agent"); t.text("audience").notNullable(); t.integer("inbound_id");
    t.text("envelope_from").notNullable(); t.text("message_id").notNullable(); t.text("subject").notNullable(); t.text("raw_sha256").references("sha256").inTable("raw");
    t.text("state").notNullable(); t.integer("epoch").notNullable().defaultTo(0); t.bigInteger("not_before").notNullable(); t.text("claimed_by"); t.integer("attempts").notNullable().defaultTo(0);
    t.text("on_accept"); t.text("cancel_if"); t.text("response"); t.bigInteger("created_at").notNullable(); t.bigInteger("done_at");
    t.text("token_mode"); t.bigInteger("token_expires_at"); t.integer("token_revoked").notNullable().defaultTo(0); t.bigInteger("token_used_at"); t.bigInteger("bounced_at"); t.text("bounce");
    t.unique(["kind", "cause", "recipient"]); t.index(["state", "not_before"]); t.index(["kind", "recipient", "created_at"]); t.index(["kind", "recipient_domain", "created_at"]);
  }],
  ["attempt", (t) => {
    id(t); ref(t, "delivery_id", "delivery").notNullable(); t.integer("epoch").notNullable(); t.text("worker").notNullable(); t.bigInteger("started_at").notNullable();
    t.bigInteger("data_started_at"); t.bigInteger("finished_at"); t.text("outcome"); t.text("response"); t.unique(["delivery_id", "epoch"]);
  }],
  ["command_run", (t) => {
    id(t); ref(t, "ticket_id", "ticket").notNullable(); ref(t, "agent_id", "agent").notNullable(); t.integer("inbound_id"); t.bigInteger("at").notNullable(); t.text("commands").notNullable();
    t.text("inverse").notNullable(); t.integer("seq_before").notNullable(); t.integer("seq_after").notNullable(); t.text("deliveries").notNullable(); t.bigInteger("undone_at"); t.index(["ticket_id", "agent_id"]);
  }],
  ["command_seen", (t) => { t.text("hash").primary(); t.integer("inbound_id").notNullable(); t.bigInteger("at").notNullable(); }],
];

const ALL = [...DESK, ...PEOPLE, ...INBOUND, ...TICKET, ...OUTBOUND];

export async function up(knex: Knex): Promise<void> {
  for (const [name, columns] of ALL) await knex.schema.createTable(name, columns);
}

export async function down(knex: Knex): Promise<void> {
  for (const [name] of [...ALL].reverse()) await knex.schema.dropTable(name);
}
