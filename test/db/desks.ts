/** A small desk for tests of the store and of the stages. */
import { readDesk } from "../../src/desk/file/desk-file.ts";
import type { Desk } from "../../src/desk/types.ts";

const TEXT = `
name: Northwind Support
ticket_numbers: { prefix: NW, next: 1001 }
time_zone: Europe/Berlin
defaults: { department: support, priority: normal, sla: standard, undo: 2s }
sla:
  standard: { respond: 1h, resolve: 3d, during: always }
agents:
  ann: { name: Ann Lee, emails: [ann@nw.example], role: lead, in: [support] }
  ben: { name: Ben Ortiz, emails: [ben@nw.example], in: [support] }
  dev: { name: Dev Patel, emails: [dev@nw.example], in: [it] }
departments:
  support: { address: support@nw.example, assign: round-robin }
  it: { name: IT, address: it@nw.example, assign: dev }
topics:
  login: { title: Login and access, department: it, tag: access }
rules:
  - name: Login words
    when: opened
    if: { subject: { has_word: [log in, password] } }
    then: { department: it }
`;

export function testDesk(change: (text: string) => string = (text) => text): Desk {
  const read = readDesk(change(TEXT), "desk.yaml");
  if (!read.ok) throw new Error(read.errors.map(({ message }) => message).join("\n"));
  return read.desk;
}
