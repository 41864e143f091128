import { describe, expect, it } from "vitest";
import { readCommands } from "../../../src/desk/commands/command-read.ts";
import { COMMANDS, COMMAND_NAMES, COMMAND_WORDS } from "../../../src/desk/commands/command-table.ts";
import { agent, department } from "../rules/rule-world.ts";

const KNOWN = {
  agents: [
    agent("ann", "Ann Lee"),
    agent("dev", "Dev Patel"),
    agent("ds", "Dev Smith"),
    agent("chloe", "Chloé Roy"),
    agent("m1", "Max Mu"),
    agent("m2", "Max Ny"),
  ],
  departments: [department("it", { name: "IT" }), department("billing", { name: "Billing Team" })],
};

const DESK = {
  ...KNOWN,
  topics: [{ key: "invoice", title: "Invoices" }],
  plans: ["gold"],
  canned: ["reset"],
  prefix: "NW",
  words: { schliessen: "close", notiz: "note", wiedervorlage: "snooze" } as const,
  now: Date.UTC(2026, 10, 26, 10),
  timeZone: "Europe/Berlin",
};

const read = (text: string) => readCommands(text, DESK);

/** The names of the commands and the body, or the word "stop" and the line. */
function gist(text: string): readonly unknown[] {
  const reading = read(text);
  if (reading.kind === "stop") return ["stop", reading.line, reading.suggestion];
  return [reading.commands.map((command) => command.name).join(" "), reading.body];
}

describe("where commands stand", () => {
  it.each([
    ["#close", "close", ""],
    ["#close\nDone.", "close", "Done."],
    ["#priority high\n#close\nYour account was locked.", "priority close", "Your account was locked."],
    ["\n\n#close\n\n#tag x\n\nDone.\n\n", "close tag", "Done."],
    ["Done.\n\n#close", "close", "Done."],
    ["Done.\n#close #tag x\n\n", "close tag", "Done."],
    ["#take\nDone.\n#close", "take close", "Done."],
    ["Done.\n\n#close\n-- \nAnn Lee\nNorthwind", "close", "Done."],
    ["#close\nDone.\n--\nAnn Lee", "close", "Done."],
    ["#close #tag x #take", "close tag take", ""],
    ["#close, #tag x,y #take.", "close tag take", ""],
    ["#tag x; #close", "tag close", ""],
    ["#close,#take", "close take", ""],
  ])("%j", (text, names, body) => {
    expect(gist(text)).toEqual([names, body]);
  });
});

describe("text behind a command", () => {
  it.each([
    ["#close Refunded.", "close", "Refunded."],
    ["#close - Refunded.", "close", "Refunded."],
    ["#close: Refunded.", "close", "Refunded."],
    ["#close Refunded.\nBye\n", "close", "Refunded.\nBye"],
    ["Hello\n\n#close Refunded.", "close", "Hello\n\nRefunded."],
    ["#close 👩‍💻 fixed it", "close", "👩‍💻 fixed it"],
    ["#close #take Refunded.", "close take", "Refunded."],
    ["#tag x #close See order # 5.", "tag close", "See order # 5."],
    ["#note Called her\nand again", "note", "Called her\nand again"],
    ["#note\nCalled her", "note", "Called her"],
    ["Called her\n#note", "note", "Called her"],
  ])("%j is text", (text, names, body) => {
    expect(gist(text)).toEqual([names, body]);
  });

  it("makes the text a note, and only then", () => {
    expect(read("#note Called her")).toMatchObject({ asNote: true, body: "Called her" });
    expect(read("#close Called her")).toMatchObject({ asNote: false });
    expect(read("Please make a #note of it")).toMatchObject({ asNote: false });
  });

  it.each([
    "#close Done #tag x",
    "#close done. #tga x",
    "#note tell him to #close it",
    "#close and #take",
    "#close Fine (＃Take)",
  ])("%j hides a command in its text and stops", (text) => {
    expect(read(text)).toMatchObject({ kind: "stop", body: text });
  });

  it.each([
    "#priority high Refunded.",
    "#assign ann please look",
    "#dept billing team please",
    "#tag x, y and that was all I wanted to say",
  ])("%j has too much behind an argument and stops", (text) => {
    expect(read(text).kind).toBe("stop");
  });
});

describe("what is text", () => {
  it.each([
    "# Steps\n1. restart",
    "#1 restart",
    "## Steps",
    "#",
    "Issue #close is not at the start",
    "> #close\nquoted",
    "Hello\n- #close the door gently\nBye",
    "Hello\n#hashtag\nBye",
    "Hello\n#include <stdio.h>\nBye",
    "Hello\r\nthere\r\n",
    "",
    "\n",
    "Only text\n-- \nAnn",
  ])("%j comes back unchanged", (text) => {
    expect(read(text)).toEqual({ kind: "ok", commands: [], body: text, asNote: false });
  });
});

describe("what stops everything", () => {
  it.each([
    ["#clsoe Refunded.", "#clsoe Refunded.", "#close"],
    ["#clsoe", "#clsoe", "#close"],
    ["#Cloze\nDone", "#Cloze", "#close"],
    ["#close\n#prority high\nDone", "#prority high", "#priority high"],
    ["Done\n#clsoe", "#clsoe", "#close"],
    ["#winning\nDone", "#winning", undefined],
    ["#prio hihg", "#prio hihg", "#priority high"],
    ["#assign amn", "#assign amn", "#assign ann"],
    ["#assign bob", "#assign bob", undefined],
    ["#assign dev smiht", "#assign dev smiht", "#assign Dev Smith"],
    ["#dept biling", "#dept biling", "#dept billing"],
    ["#assign", "#assign", undefined],
    ["#tag", "#tag", undefined],
    ["#tag #vip", "#tag #vip", undefined],
    ["#close #assign", "#close #assign", undefined],
    ["#assign max", "#assign max", undefined],
    ["Hello\n#close\nBye", "#close", undefined],
    ["#take\nHello\n#close\nBye", "#close", undefined],
    ["Hello\n#close Refunded.\nBye", "#close Refunded.", undefined],
    ["Hello\n- #close\nBye", "- #close", undefined],
    ["Hello\n#assign bob\nBye", "#assign bob", undefined],
    ["# close\nDone", "# close", "#close"],
    ["Done\n\n# Close", "# Close", "#Close"],
    ["## close\nDone", "## close", "#close"],
    ["# priority high\nDone", "# priority high", "#priority high"],
    ["#reply–all\nHi", "#reply–all", "#reply-all"],
    ["#reply to all\nHi", "#reply to all", "#reply-all"],
    ["#reply all Good morning", "#reply all Good morning", undefined],
    ["#re open", "#re open", "#reopen"],
    ["#re-open\nHi", "#re-open", "#reopen"],
    ["#un tag vip\nHi", "#un tag vip", "#untag vip"],
    ["NW-48201 #close\nHi", "NW-48201 #close", "#close"],
    ["Hi\n[NW-48201] #close\nBye", "[NW-48201] #close", "#close"],
    ["held 17 #confirm\nHi", "held 17 #confirm", "#confirm"],
    ["1, 3-5, 7, 9, 11, 13 #close\nHi", "1, 3-5, 7, 9, 11, 13 #close", "#close"],
    ["#Rechnung 5\nist bezahlt.", "#Rechnung 5", undefined],
    ["#schliesen\nFertig.", "#schliesen", "#schliessen"],
    ["#snooze none", "#snooze none", undefined],
    ["#snooze friday I will call", "#snooze friday I will call", undefined],
    ["Hello\n-- \n#close", "#close", undefined],
    ["#close\nHello\n-- \n#close", "#close", undefined],
    ["- #close the door\nBye", "- #close the door", "#close the door"],
    ["- #note Called him.\nHe calls back.", "- #note Called him.", "#note Called him."],
    ["“#close the door”", "“#close the door”", undefined],
    ["#close.Refunded", "#close.Refunded", undefined],
    ["#close's", "#close's", "#close"],
  ])("%j", (text, line, suggestion) => {
    const stop = { kind: "stop", line, body: text, why: expect.stringMatching(/./) };
    expect(read(text)).toEqual(suggestion === undefined ? stop : { ...stop, suggestion });
  });

  it("names the agents that an ambiguous name could be", () => {
    expect(read("#assign max")).toMatchObject({ why: '"max" could be Max Mu (m1), Max Ny (m2)' });
  });

  it("never suggests an agent of its own choosing", () => {
    for (const text of ["#assign", "#assign max", "#assign bob"]) expect(read(text)).not.toHaveProperty("suggestion");
  });
});

describe("arguments", () => {
  it.each([
    ["#assign ann", "ann"],
    ["#assign Ann Lee", "ann"],
    ["#Assign: Ann Lee.", "ann"],
    ["#assign @ann", "ann"],
    ['#assign "Ann Lee"', "ann"],
    ["#assign ann@nw.example", "ann"],
    ["#assign ANN", "ann"],
    ["#assign chloé", "chloe"],
    ["#assign Chloe Roy", "chloe"],
    ["#assign dev", "dev"],
    ["#assign dev smith", "ds"],
    ["#assign  dev\u00a0smith", "ds"],
  ])("%j", (text, key) => {
    expect(read(text)).toMatchObject({ commands: [{ name: "assign", to: { strategy: "fixed", agent: key } }] });
  });

  it.each([
    ["#assign me", { name: "assign", to: "me" }],
    ["#assign nobody", { name: "assign", to: { strategy: "none" } }],
    ["#assign none", { name: "assign", to: { strategy: "none" } }],
    ["#assign round-robin", { name: "assign", to: { strategy: "round-robin" } }],
    ["#assign Least open", { name: "assign", to: { strategy: "least-open" } }],
    ["#assign least-weighted", { name: "assign", to: { strategy: "least-weighted" } }],
    ["#assign Sticky", { name: "assign", to: { strategy: "sticky" } }],
    ["#dept billing", { name: "dept", to: "billing" }],
    ["#department Billing Team", { name: "dept", to: "billing" }],
    ["#prio Urgent!", { name: "priority", to: "urgent" }],
    ["#tag VIP, refund vip", { name: "tag", tags: ["vip", "refund"] }],
    ["#untag größe v1.2", { name: "untag", tags: ["größe", "v1.2"] }],
  ])("%j", (text, command) => {
    expect(read(text)).toMatchObject({ kind: "ok", commands: [command] });
  });
});

describe("the table", () => {
  it("understands every example, name and alias as its own command", () => {
    for (const name of COMMAND_NAMES) {
      expect(gist(COMMANDS[name].example)[0]).toBe(name);
      const [, ...words] = COMMANDS[name].example.split(" ");
      const argument = words.join(" ");
      for (const alias of COMMANDS[name].aliases) expect(gist(`#${alias} ${argument}`)[0]).toBe(name);
    }
  });

  it("has every word once", () => {
    const words = COMMAND_NAMES.flatMap((name) => [name, ...COMMANDS[name].aliases]);
    expect(new Set(words).size).toBe(words.length);
    expect(COMMAND_WORDS.size).toBe(words.length);
  });
});
