import { describe, expect, it } from "vitest";
import { contradiction, wrongPlace } from "../../../src/desk/commands/command-conflict.ts";
import { knownNames } from "../../../src/desk/commands/command-argument.ts";
import { readCommands } from "../../../src/desk/commands/command-read.ts";
import type { CommandPlace } from "../../../src/desk/commands/command-table.ts";
import { DESK } from "../rules/rule-world.ts";

const KNOWN = {
  ...knownNames(DESK, { agent: DESK.agents["ann"]!, now: Date.UTC(2026, 10, 26, 10) }),
  plans: ["gold", "standard"],
  canned: ["reset", "hello"],
};

function commandsOf(text: string) {
  const reading = readCommands(text, KNOWN);
  if (reading.kind === "stop") throw new Error(`${reading.line}: ${reading.why}`);
  return reading.commands;
}

describe("commands that cannot all be meant", () => {
  it.each([
    ["#close\n#snooze 3d", "#snooze 3d", "#close and #snooze contradict each other"],
    ["#pending\n#pending friday", "#pending friday", "there are two different #pending"],
    ["#topic invoice\n#topic none", "#topic none", "there are two different #topic"],
    ["#sla gold\n#sla none", "#sla none", "there are two different #sla"],
    ["#due friday\n#due none", "#due none", "there are two different #due"],
    ["#subject One\n#subject Two", "#subject Two", "there are two different #subject"],
    ["#reply\n#reply-all", "#reply-all", "#reply and #reply-all contradict each other"],
    ["#to a@x.example\n#reply", "#reply", "#to and #reply contradict each other"],
    ["#to a@x.example\n#to b@x.example", "#to b@x.example", "there are two different #to"],
    ["#canned reset\n#canned hello", "#canned hello", "there are two different #canned"],
    ["#note\n#reply\nHi", "#reply", "#reply is about an answer, and #note keeps the text from everybody outside"],
    ["#to a@x.example\n#note\nHi", "#to a@x.example", "#to is about an answer, and #note keeps"],
    ["#canned reset\n#note\nHi", "#canned reset", "#canned is about an answer, and #note keeps"],
    ["#list mine\n#list open", "#list open", "there are two different #list"],
    ["#merge NW-2\n#merge NW-3", "#merge NW-3", "there are two different #merge"],
    ["#merge NW-2\n#close", "#close", "#merge stands alone, without #close"],
    ["#watch\n#unwatch", "#unwatch", "#watch and #unwatch contradict each other"],
    ["#take #assign cat", "#take #assign cat", "#take and #assign contradict each other"],
    ["#tag x #untag X", "#tag x #untag X", 'the tag "x" is both added and removed'],
  ])("%j", (text, line, why) => {
    const found = contradiction(commandsOf(text), "ann");
    expect(found).toMatchObject({ line });
    expect(found?.why).toContain(why);
  });

  it.each([
    "#close\n#close",
    "#snooze 3d\n#snooze 3d",
    "#take\n#assign Ann Lee",
    "#watch\n#watch cat",
    "#cc a@x.example\n#cc b@x.example\n#note\nHi",
    "#link NW-2\n#link NW-3",
    "#tag a\n#tag b\n#untag c",
    "#reply\n#canned reset\n#close\n#now\nHi",
    "#list mine\n#list mine",
    "#due friday\n#snooze 3d\n#priority high\n#topic invoice\n#sla gold\n#dept it",
  ])("%j can be meant", (text) => {
    expect(contradiction(commandsOf(text), "ann")).toBeUndefined();
  });
});

describe("where commands mean something", () => {
  it.each<[string, CommandPlace, string]>([
    ["#open joe@x.example", "ticket", "#open makes a ticket for a caller: write it in a new mail to the desk"],
    ["#open joe@x.example", "question", "#open makes a ticket for a caller"],
    ["#close", "mail", "#close is for a ticket: write NW-48201 #close, or answer the ticket's mail"],
    ["#list\n", "question", "#list is no answer to this question; send it in answer to the ticket's own mail"],
    ["#close", "question", "#close is no answer to this question"],
    ["#send", "ticket", "#send answers a question of ours, and this mail answers none"],
    ["#block", "mail", "#block answers a question of ours, and this mail answers none"],
    ["#tag x #new", "ticket", "#new answers a question of ours"],
  ])("%j is refused: %s", (text, place, why) => {
    expect(wrongPlace(commandsOf(text), place, "NW")?.why).toContain(why);
  });

  it.each<[string, CommandPlace]>([
    ["#close #tag x", "ticket"],
    ["#list", "ticket"],
    ["#list", "mail"],
    ["#open joe@x.example\n#priority high #assign ann\nShe called.", "mail"],
    ["#confirm", "question"],
    ["#confirm", "ticket"],
    ["#accept always", "question"],
    ["#undo", "mail"],
  ])("%j is fine: %s", (text, place) => {
    expect(wrongPlace(commandsOf(text), place)).toBeUndefined();
  });
});
