import { expect, it } from "vitest";
import { pickTopic, type TopicFacts } from "../../src/desk/topic.ts";
import { topic } from "./rules/rule-world.ts";

const DESK = {
  topics: {
    outage: topic("outage", { words: ["down"], active: false }),
    reset: topic("reset", { words: ["password reset", "2FA"] }),
    login: topic("login", { words: ["password", "log in", "can't log in"], mailboxes: ["logins"] }),
    gone: topic("gone", { words: ["fax"], mailboxes: ["fax"], active: false }),
    fax: topic("fax", { mailboxes: ["fax", "phone"] }),
    Straße: topic("Straße", { words: ["Straße", "登录"] }),
  },
};
const pick = (facts: Partial<TopicFacts>) => pickTopic(DESK, { subject: "Hello", mailbox: "main", ...facts });

it.each([
  ["nothing", {}, undefined],
  ["a word", { subject: "Forgot my PASSWORD" }, { topic: "login", because: '"password" in the subject' }],
  [
    "the longest of a topic's words",
    { subject: "I can't log  in" },
    { topic: "login", because: '"can\'t log in" in the subject' },
  ],
  ["no part of a word", { subject: "passwordless, blog in" }, undefined],
  [
    "the topic that stands first, not the longer word",
    { subject: "password reset: can't log in" },
    { topic: "reset", because: '"password reset" in the subject' },
  ],
  ["a word as the file writes it", { subject: "lost my 2fa key" }, { topic: "reset", because: '"2FA" in the subject' }],
  ["folded words", { subject: "FALSCHE STRASSE" }, { topic: "Straße", because: '"Straße" in the subject' }],
  ["words without blanks", { subject: "登录失败" }, { topic: "Straße", because: '"登录" in the subject' }],
  ["the mailbox", { mailbox: "phone" }, { topic: "fax", because: "it came to the mailbox phone" }],
  [
    "a word before the mailbox",
    { subject: "2fa", mailbox: "logins" },
    { topic: "reset", because: '"2FA" in the subject' },
  ],
  [
    "the plus address before all",
    { plusTag: "LOGIN", subject: "2fa", mailbox: "fax" },
    { topic: "login", because: "+login in the address" },
  ],
  [
    "a plus address that is none",
    { plusTag: "x", subject: "2fa" },
    { topic: "reset", because: '"2FA" in the subject' },
  ],
  ["never by plus address what has left", { plusTag: "gone" }, undefined],
  ["never by word what has left", { subject: "down, no fax" }, undefined],
  ["never by mailbox what has left", { mailbox: "fax" }, { topic: "fax", because: "it came to the mailbox fax" }],
  ["no property that is not a topic", { plusTag: "constructor" }, undefined],
])("%s", (_name, facts, picked) => {
  expect(pick(facts)).toEqual(picked);
});
