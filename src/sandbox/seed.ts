/** The desk that a new sandbox begins with, written as an admin would write it. */
import type { Db } from "../db/connect.ts";
import { currentDesk, storeDesk } from "../db/desk.ts";
import { readDesk } from "../desk/file/desk-file.ts";
import { formatError } from "../yaml/problem.ts";

/**
 * Two seconds for #undo and one hour to answer around the clock keep the story short at any time of day. The budgets
 * are wide because the same few people write again at every start.
 */
const seedDesk = (timeZone: string): string => `
name: Northwind Support
ticket_numbers: { prefix: NW, next: 1001 }
time_zone: ${timeZone}
defaults: { department: support, priority: normal, sla: standard, undo: 2s, reopen: 14d, hold: 4h }

sla:
  standard: { respond: 1h, resolve: 1d, during: always }

agents:
  ann: { name: Ann Lee, emails: [ann@nw.example], role: lead, in: [support] }
  ben: { name: Ben Ortiz, emails: [ben@nw.example], in: [support] }
  dev: { name: Dev Patel, emails: [dev@nw.example], in: [it, support] }

departments:
  support:
    name: Support
    address: support@nw.example
    assign: none
    tell: { new: members, customer_reply: assignee } # everybody may answer; #take makes it yours
    signature: "{{ agent.first_name }}, Northwind Support"
  it:
    name: IT
    address: it@nw.example
    assign: dev
    signature: "{{ agent.first_name }}, Northwind Support"

topics:
  login: { title: Login and access, department: it }

budgets: { sender_per_hour: 1000, sender_per_day: 10000, domain_per_hour: 1000, fold_after: 1000 }

rules:
  - name: Login words
    when: opened
    if:
      any:
        - { subject: { has_word: [log in, login, password] } }
        - { body: { has_word: [log in, login, password] } }
    then: { topic: login, department: it }
  - name: Outages are urgent, newsletters are not
    when: opened
    if: { all: [{ subject: { has_word: [outage, down] } }, { not: { nature: bulk } }] }
    then: { priority: urgent, assign: ann }
  - name: Money
    when: opened
    if: { subject: { has_word: [invoice, refund, charged] } }
    then: { tag: money }
`;

/** Stores the desk when the database has none. True when it did. */
export async function seedWhenEmpty(db: Db, now: number): Promise<boolean> {
  const result = readDesk(seedDesk(Intl.DateTimeFormat().resolvedOptions().timeZone), "the sandbox's desk");
  if (!result.ok) throw new Error(result.errors.map(formatError).join("\n"));
  return await db.transaction(async (tx) => {
    if (await currentDesk(tx)) return false;
    await storeDesk(tx, result.desk, "sandbox", now);
    return true;
  });
}
