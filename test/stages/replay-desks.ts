/** Two desks for replays: B is A after a morning of an admin's changes, of every kind. */
import { readDesk } from "../../src/desk/file/desk-file.ts";
import type { Desk } from "../../src/desk/types.ts";

const HEAD = `
name: Northwind Support
ticket_numbers: { prefix: NW, next: 1001 }
time_zone: Europe/Berlin
sla:
  standard: { respond: 1h, resolve: 3d, during: always }
  gold: { respond: 30m, resolve: 1d, during: always }
agents:
  ann: { name: Ann Lee, emails: [ann@nw.example], role: lead, in: [support, billing, it] }
  ben: { name: Ben Ortiz, emails: [ben@nw.example], in: [support, billing] }
  dev: { name: Dev Patel, emails: [dev@nw.example], in: [it, support] }
canned:
  sorry: "We cannot take this, {{ customer.name }}."
  reset: "Hello {{ customer.name }}, choose a new password."
`;

export const DESK_A = `${HEAD}
defaults: { department: support, priority: normal, sla: standard, undo: 2s }
departments:
  support: { address: support@nw.example, assign: round-robin }
  it: { name: IT, address: it@nw.example, assign: least-open }
  billing: { address: billing@nw.example, assign: none }
topics:
  login: { title: Login, department: it, tag: access, words: [password] }
  invoice: { title: Invoices, department: billing, words: [invoice, refund] }
organizations:
  fabrikam: { name: Fabrikam, domains: [fabrikam.example], priority: high, tag: vip }
lists:
  partners: ["@partner1.example"]
rules:
  - name: Orders
    when: opened
    if: { subject: { matches: 'order (?P<order>\\d{5})' } }
    then: { department: billing, tag: "order-{{ match.order }}", note: "Order {{ match.order }}" }
  - name: Newsletters
    when: opened
    if: { any: [{ nature: bulk }, { header: { List-Id: { exists: true } } }] }
    then: { priority: low, acknowledge: false, stop: true }
  - name: Outage
    when: opened
    if: { all: [{ subject: { has_word: [outage, down] } }, { not: { nature: bulk } }] }
    then: { priority: urgent, assign: ann, watch: [ben] }
  - name: Partners
    when: opened
    if: { from: { in_list: partners } }
    then: { priority: high, webhook: "https://hooks.nw.example/a" }
  - name: Files
    when: opened
    if: { attachment_count: { more_than: 0 } }
    then: { tag: files }
  - name: Lottery
    when: opened
    if: { body: { contains: lottery } }
    then: { spam: true }
`;

export const DESK_B = `${HEAD}
defaults: { department: support, priority: low, sla: standard, undo: 2s }
own_list_ids: [team.town.example]
departments:
  support: { address: support@nw.example, assign: least-open, also: [somebody@else.example] }
  it: { name: IT, address: it@nw.example, assign: dev, sla: gold }
  billing: { address: billing@nw.example, assign: none, priority: normal }
topics:
  login: { title: Login, department: it, tag: [access, word], words: [password, passwort] }
  invoice: { title: Invoices, department: billing, words: [invoice, rechnung] }
organizations:
  fabrikam: { name: Fabrikam, domains: [fabrikam.example], department: billing, sla: gold }
lists:
  partners: ["@partner1.example", "@partner2.example"]
rules:
  - name: Orders
    when: opened
    if: { any: [{ subject: { matches: 'order (?P<order>\\d{5})' } }, { body: { matches: '(?i)order (?P<order>\\d{5})' } }] }
    then: { department: billing, tag: "o-{{ match.order }}", note: "The order is {{ match.order }}" }
  - name: Newsletters
    when: opened
    if: { header: { Precedence: { is: bulk } } }
    then: { acknowledge: false }
  - name: Outage
    when: opened
    if: { any: [{ subject: { has_word: [outage, down] } }, { body: { has_word: outage } }] }
    then: { priority: urgent, assign: least-open, watch: [ann, boss@watch.example] }
  - name: Partners
    when: opened
    if: { from: { in_list: partners } }
    then: { priority: high, webhook: "https://hooks.nw.example/b" }
  - name: Mailings
    when: opened
    if: { nature: bulk }
    then: { tag: mailing }
  - name: German
    when: opened
    if: { all: [{ language: de }, { hour: { at_least: 12 } }] }
    then: { tag: german, assign: ben }
  - name: Behind a form
    when: opened
    if: { reply_to: { contains: behind } }
    then: { customer: reply-to, reply: reset }
  - name: Papers
    when: opened
    if: { attachment_type: { contains: pdf } }
    then: { topic: invoice, tag: files, tell: lead }
  - name: Lottery
    when: opened
    if: { body: { contains: lottery } }
    then: { reject: sorry }
  - name: Flagged
    when: opened
    if: { header: { X-Spam-Flag: { starts: "yes" } } }
    then: { spam: true }
  - name: Gold
    when: opened
    if: { header: { X-Plan: gold } }
    then: { sla: gold, status: pending, mail: { to: [ops@watch.example], subject: Gold, text: "{{ customer.name }}" } }
`;

export function deskOf(text: string): Desk {
  const read = readDesk(text, "desk.yaml");
  if (!read.ok) throw new Error(read.errors.map(({ line, message }) => `${line}: ${message}`).join("\n"));
  return read.desk;
}
