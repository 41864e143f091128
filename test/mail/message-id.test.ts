/** Ids in the forms that mail programs have written them since 1982. */
import { expect, test } from "vitest";
import { parseMessageIds } from "../../src/mail/message-id.ts";

test.each<[story: string, value: string, ids: string[]]>([
  ["mutt, old", "<1@x.example>; from maria@home.example on Mon, Nov 23, 2026 at 10:00:00AM", ["1@x.example"]],
  ["exmh", 'Message from Maria <maria@home.example> of "Mon, 23 Nov." <1@x.example>', ["1@x.example"]],
  ["exmh, quoted", 'Mail from "Maria <maria@home.example>" of Mon <1@x.example>', ["1@x.example"]],
  ["elm", '<1@x.example> from "Maria Santos" <maria@home.example> at Nov 23', ["1@x.example"]],
  ["VM", 'Maria Santos <maria@home.example>\'s message of "Mon, 23 Nov 2026"', []],
  ["nobody but a person", "Message from Maria <maria@home.example>", []],
  ["a person without brackets", "1@x.example from maria@home.example", ["1@x.example"]],
  ["German prose", "Nachricht von Maria <maria@home.example> vom 23. November <1@x.example>", ["1@x.example"]],
  ["a comment with a person between ids", "<1@x> (message from Maria) <2@x>", ["1@x", "2@x"]],
  ["a comment that never ends", "Your message of (Mon, 23 Nov 2026 <1@x.example>", ["1@x.example"]],
  ["encoded", "=?utf-8?q?=3C1=40x=2Eexample=3E?=", ["1@x.example"]],
  ["encoded in two words", "=?utf-8?q?=3C1=40x=2E?=\r\n =?utf-8?q?example=3E?=", ["1@x.example"]],
  ["no bracket at the end", "<1@x.example", ["1@x.example"]],
  ["two brackets", "<<1@x.example>>", ["1@x.example"]],
  ["no bracket and no @", "20261123100211A4F0", ["20261123100211A4F0"]],
  ["a word that is no id", "unsubscribed", []],
  ["an address literal", "<1@[192.0.2.7]>", ["1@[192.0.2.7]"]],
])("%s: %j", (_story, value, ids) => {
  expect(parseMessageIds(value)).toEqual(ids);
});

test("of a thread that never ends the first id is kept, which names it, and the newest", () => {
  const ids = parseMessageIds(Array.from({ length: 300 }, (_, n) => `<${n}@x>`).join(" "));
  expect([ids.length, ids[0], ids[1], ids.at(-1)]).toEqual([200, "0@x", "101@x", "299@x"]);
});
