/** One broken desk file: each mistake at its line and column, with what to write instead, all at once. */
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { errors } from "./desk-file-texts.ts";

const BROKEN = readFileSync(new URL("./desk-file-broken.yaml", import.meta.url), "utf8");

it("a broken desk file is refused with every mistake at its place, and what to write instead", () => {
  expect(errors(BROKEN)).toEqual([
    "desk.yaml:5:35 schedules.office.hours: 09:00-12:00 and 11:00-17:00 overlap on mon. Write hours that do not share a minute.",
    'desk.yaml:5:67 schedules.office.colour: there is no key "colour" here. Known here: days, hours, holidays, time_zone.',
    "desk.yaml:8:91 sla.gold.escalate[1].sla: the plans lead back to one another: gold -> standard -> gold. Take `sla` out of one of these escalations, or write a plan that does not lead back.",
    "desk.yaml:10:70 agents.ann.deputy: ann cannot stand in for ann. Write the key of another agent, or take it out.",
    "desk.yaml:11:76 agents.ben.away[2]: 2027-01-02 and 2026-12-20..2027-01-03 share days. Write ranges that do not overlap, or one for both.",
    'desk.yaml:13:51 departments.support.assign: there is no agent "anna" in this file. Did you mean "ann"? Write none, round-robin, least-open, least-weighted, sticky or the key of an agent (ann, ben).',
    'desk.yaml:15:26 topics.login.wrods: there is no key "wrods" here. Did you mean "words"? Known here: title, department, priority, sla, words, mailbox, portal, template, tag, tags.',
    'desk.yaml:15:55 topics.login.template: there is no canned text "rest" in this file. Did you mean "reset"? Known here: reset.',
    "desk.yaml:17:25 organizations.fabrikam.domains[1]: gmail.com is a freemail provider: anybody may write from there. Write a domain of the organization's own.",
    "desk.yaml:18:24 organizations.contoso.domains[1]: fabrikam.example is already a domain of the organization fabrikam. A domain belongs to one: take it out of one of them.",
    'desk.yaml:19:18 canned.reset: is not a text in Liquid: line 1: there is no "customer.frist_name" here; did you mean "customer.first_name"? Write e.g. "Hi {{ customer.first_name }}, …".',
    String.raw`desk.yaml:23:38 rules[1].if.subject.matches: "order (?P<order>\\d{6}" is not a regular expression: missing closing ), at its character 7. Write one in RE2's syntax, e.g. 'order (?P<order>\d+)'.`,
    'desk.yaml:24:38 rules[1].then.webhook: "ftp://x.example" is not a web address. Write a URL that begins with https:// or http://.',
    expect.stringMatching(
      /^desk\.yaml:27:38 rules\[2\]\.if\.subject: subject can never hold here: nobody writes when a rule runs on `clock`, so there is no message\. Ask for something of the ticket: .*hours_open/,
    ),
    "desk.yaml:28:13 rules[2].then.acknowledge: makes no sense here: only a new ticket is acknowledged. Take it out, or write when: opened.",
    "desk.yaml:28:41 rules[2].then.status: `snoozed` needs to know for how long. Write { snoozed: 3d }.",
    'desk.yaml:28:55 rules[2].then.tag: no pattern of this rule catches match.oder. Did you mean "order"? Write a group (?P<oder>…) into a `matches` of its condition, or one of match.order.',
    "desk.yaml:28:77 rules[2].then.reject: makes no sense here: only a new ticket can be rejected. Take it out, or write when: opened.",
    'desk.yaml:28:85 rules[2].then.reject: there is no canned text "rest" in this file. Did you mean "reset"? Known here: reset.',
    "desk.yaml:28:91 rules[2].then.customer: makes no sense here: the customer is found when a ticket is opened. Take it out, or write when: opened.",
    'desk.yaml:28:101 rules[2].then.customer: "sender" is not known here. Write reply-to.',
    'desk.yaml:30:20 rules[2].examples[1].given.form: there is no key "form" here. Did you mean "from"? Known here: eml, from, to, cc, subject, text, headers, ticket.',
  ]);
});
