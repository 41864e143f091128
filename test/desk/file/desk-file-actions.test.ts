import { describe, expect, it } from "vitest";
import { desk, errors, SMALL } from "./desk-file-texts.ts";

/** A desk with one of everything that a rule may name, and a rule with these lines. */
const file = (lines: string, when = "opened") => `${SMALL.replace(
  "in: support }",
  "in: [support, it], skills: [network] }",
).replace(
  "departments:",
  "  ben: { name: Ben, emails: [ben@nw.example, b@nw.example], in: [it] }\ndepartments:\n  it: { address: it@nw.example }",
)}topics: { login: { title: Login } }
sla: { gold: { respond: 1h, resolve: 8h } }
canned: { sorry: "No {{ customer.name }}" }
rules:
  - name: R
    when: ${when}
    if: { subject: { matches: 'order (?P<order>\\d{6})' } }
${lines.replace(/^/gm, "    ")}
`;
const then = (written: string, when?: string) =>
  desk(when === undefined ? file(`then: ${written}`) : file(`then: ${written}`, when).replace(/^    if:.*\n/m, ""))
    .rules[0]!.then;
const mistakes = (written: string, when?: string) =>
  errors(when === undefined ? file(`then: ${written}`) : file(`then: ${written}`, when).replace(/^    if:.*\n/m, ""));

describe("actions", () => {
  it.each<[string, unknown[]]>([
    [
      "{ sla: gold, untag: [New, new] }",
      [
        { action: "sla", to: "gold" },
        { action: "untag", tags: ["new"] },
      ],
    ],
    ["{ assign: sticky }", [{ action: "assign", to: { strategy: "sticky" } }]],
    [
      "{ assign: { by: sticky, otherwise: round-robin, skills: network, capacity: 5 } }",
      [{ action: "assign", to: { strategy: "sticky", otherwise: "round-robin", skills: ["network"], capacity: 5 } }],
    ],
    ["{ tag: [VIP, 'order-{{ match.order }}'] }", [{ action: "tag", tags: ["vip", "order-{{ match.order }}"] }]],
    ["{ status: pending }", [{ action: "status", to: "pending" }]],
    ["{ status: { snoozed: 3d } }", [{ action: "status", to: "snoozed", days: 3 }]],
    ["{ watch: [ann, Boss@NW.example, b@nw.example] }", [{ action: "watch", who: ["ann", "boss@nw.example", "ben"] }]],
    [
      "{ note: 'See {{ match.order }}', reply: sorry }",
      [
        { action: "note", text: "See {{ match.order }}" },
        { action: "reply", canned: "sorry" },
      ],
    ],
    ["{ tell: [lead, ben] }", [{ action: "tell", audience: ["lead", "ben@nw.example"] }]],
    [
      "{ mail: { to: Ops@NW.example, subject: '{{ ticket.number }}', text: Look } }",
      [{ action: "mail", to: ["ops@nw.example"], subject: "{{ ticket.number }}", text: "Look" }],
    ],
    ["{ webhook: 'https://hooks.nw.example/a?b=1' }", [{ action: "webhook", url: "https://hooks.nw.example/a?b=1" }]],
    [
      "{ customer: reply-to, merge: 24h, acknowledge: false }",
      [{ action: "silence" }, { action: "merge", withinMinutes: 1440 }, { action: "customer", from: "reply-to" }],
    ],
    ["{ reject: sorry }", [{ action: "reject", canned: "sorry" }]],
    ["{ spam: true, stop: true }", [{ action: "spam" }]],
  ])("reads %s", (written, actions) => {
    expect(then(written)).toEqual(actions);
  });

  it.each<[string, RegExp]>([
    ["{ status: snoozed }", /then\.status: `snoozed` needs to know for how long\. Write \{ snoozed: 3d \}\.$/],
    [
      "{ status: { snoozed: 0d } }",
      /then\.status\.snoozed: "0d" is not a number of days\. Write whole days, e\.g\. 3d\.$/,
    ],
    ["{ status: { pending: 3d } }", /then\.status\.pending: there is no key "pending" here\. Known here: snoozed\.$/],
    ["{ customer: from }", /then\.customer: "from" is not known here\. Write reply-to\.$/],
    ["{ acknowledge: true }", /then\.acknowledge: an acknowledgement is sent anyway\. Write false, or take it out\.$/],
    ["{ spam: false }", /then\.spam: a ticket is no spam anyway\. Write true, or take it out\.$/],
    [
      "{ spam: true, reply: sorry }",
      /then\.reply: stands beside spam, for which no mail leaves\. Take one of the two out\.$/,
    ],
    ["{ reply: sory }", /then\.reply: there is no canned text "sory" in this file\. Did you mean "sorry"\?/],
    ["{ reject: no }", /then\.reject: there is no canned text "no" in this file/],
    ["{ sla: silver }", /then\.sla: there is no SLA plan "silver" in this file\. Known here: gold\.$/],
    [
      "{ webhook: 'ftp://x.example' }",
      /then\.webhook: "ftp:\/\/x\.example" is not a web address\. Write a URL that begins with https:\/\/ or http:\/\/\.$/,
    ],
    ["{ webhook: 'https://u:secret@x.example' }", /then\.webhook: holds a name or a password: /],
    [
      "{ watch: bem }",
      /then\.watch: "bem" is nobody who can watch\. Did you mean "ben"\? Write the key of an agent or an address\.$/,
    ],
    ["{ tell: [] }", /then\.tell: is an empty list/],
    ["{ tell: none }", /then\.tell: "none" is nobody that can be told/],
    ["{ merge: 2 }", /then\.merge: "2" is not a duration\. Write a number with a unit/],
    ["{ assign: { by: ann } }", /then\.assign\.by: "ann" is not known here\. Write round-robin or least-open/],
    [
      "{ assign: { by: sticky, skills: netwrok } }",
      /then\.assign\.skills: no agent has the skill "netwrok"\. Did you mean "network"\?/,
    ],
    ["{ mail: { to: x@x.example, subject: a } }", /then\.mail\.text: is missing\. Write what the mail says/],
    [
      "{ note: '{{ match.ordr }}' }",
      /then\.note: no pattern of this rule catches match\.ordr\. Did you mean "order"\?/,
    ],
    ["{ tag: 'x-{{ match.order' }", /then\.tag: is not a text in Liquid: line 1: /],
    ["{ tag: 'order {{ match.order }}' }", /then\.tag: "order \{\{ match\.order \}\}" is not a tag/],
    [
      "{ mail: { to: x@x.example, subject: '{{ agent.name }}', text: '{% if x %}' } }",
      /then\.mail\.subject: is not a text in Liquid: line 1: there is no "agent\.name" here/,
    ],
  ])("refuses %s", (written, message) => {
    expect(mistakes(written)).toEqual(expect.arrayContaining([expect.stringMatching(message)]));
  });

  it.each(["acknowledge: false", "reject: sorry", "spam: true", "merge: 1h", "customer: reply-to"])(
    "allows %s only where a ticket is opened",
    (written) => {
      expect(mistakes(`{ ${written} }`)).toEqual([]);
      for (const when of ["customer_replied", "agent_replied", "status_changed", "clock"])
        expect(mistakes(`{ ${written} }`, when)).toEqual([
          expect.stringMatching(/makes no sense here: .*\. Take it out, or write when: opened\.$/),
        ]);
    },
  );

  it.each(["clock", "status_changed"])("refuses fields of a message in a rule on %s: they never hold", (when) => {
    const text = file("then: { priority: high }", when).replace(
      /^    if:.*$/m,
      "    if: { any: [{ tag: a }, { not: { recipient_count: 3 } }, { language: de }] }",
    );
    expect(errors(text)).toEqual([
      expect.stringMatching(/if\.any\[2\]\.not\.recipient_count: recipient_count can never hold here/),
      expect.stringMatching(/if\.any\[3\]\.language: language can never hold here/),
    ]);
  });

  it("knows what a pattern under `not` has caught: nothing", () => {
    const text = file("then: { tag: 'x-{{ match.order }}' }").replace(/if: (.*)$/m, "if: { not: $1 }");
    expect(errors(text)).toEqual([
      expect.stringMatching(
        /no pattern of this rule catches match\.order\. Write a group \(\?P<order>…\) into a `matches`/,
      ),
    ]);
  });
});
