/** What phones, mail clients and habits make of a command does not hinder it. */
import { describe, expect, it } from "vitest";
import { htmlToText } from "../../../src/mail/html/html-text.ts";
import { readCommands } from "../../../src/desk/commands/command-read.ts";

const KNOWN = {
  agents: [],
  departments: [],
  prefix: "NW",
  words: { schliessen: "close", notiz: "note", wiedervorlage: "snooze" } as const,
  now: Date.UTC(2026, 10, 26, 10),
  timeZone: "Europe/Berlin",
};

const read = (text: string) => readCommands(text, KNOWN);

/** The names of the commands and the body, or the word "stop" and the line. */
function gist(text: string): readonly unknown[] {
  const reading = read(text);
  if (reading.kind === "stop") return ["stop", reading.line, reading.suggestion];
  return [reading.commands.map((command) => command.name).join(" "), reading.body];
}

describe("what is tolerated", () => {
  it.each([
    ["Re: [NW-1] Printer\n#close\nDone.", "close", "Done."],
    ["AW: [NW-1] Printer\n\n#close\nDone.", "close", "Done."],
    ["Subject: Re: [NW-1] Printer\n#tag x\n#close\n\nDone.", "tag close", "Done."],
    ["Re: your invoice\n#close\nDone.", "close", "Re: your invoice\nDone."],
    ["\u00a0\nRe: [NW-1] Printer\n\u00a0\n#close", "close", ""],
    ["#reply all\nHi", "reply-all", "Hi"],
    ["#Reply All. #close\nHi", "reply-all close", "Hi"],
    ["#\ufe0f\u20e3close\nHi", "close", "Hi"],
    ["#close\n\u00a0\n\u00a0\n#tag x\n\u00a0\nHi", "close tag", "Hi"],
    ["#schließen\nFertig.", "close", "Fertig."],
    ["#SCHLIESSEN #Notiz\nFertig.", "close note", "Fertig."],
    ["#wiedervorlage friday #schliessen", "snooze close", ""],
    ["#snooze tomorrow\u00a09am, #tag x\nHi", "snooze tag", "Hi"],
    ["#subject Printer broken?", "subject", ""],
    ["#close\n\n# Steps\n1. x", "close", "# Steps\n1. x"],
  ])("%j", (text, names, body) => {
    expect(gist(text)).toEqual([names, body]);
  });

  it.each([
    "Re: [NW-1] Printer\nDone.",
    "Subject: it works now\nDone.",
    "[NW-2] is the same\nDone.",
    "Hello\n# Close\nBye",
    "# Open questions\n1. x",
    "# Subject matters\nx",
    "Hello\n#Rechnung 5\nBye",
  ])("%j is text", (text) => {
    expect(gist(text)).toEqual(["", text]);
  });

  it.each([
    "<div>#close</div><div>#tag&nbsp;x</div><div><br></div><div>Done.</div>",
    "<p><span>#</span><b>close</b>&nbsp;#tag x</p><p>Done.</p>",
    '<div dir="ltr">&nbsp;&#8203;#close<br>#tag x<div><br></div>Done.&nbsp;</div>',
    "<ul><li>#close</li><li>#tag x</li></ul><div>Done.</div>",
  ])("%s as a mail client wraps it", (html) => {
    const [names, body] = gist(htmlToText(html).text);
    expect([names, String(body).trim()]).toEqual(["close tag", "Done."]);
  });

  it("keeps the end of words for people", () => {
    expect(read("#subject Printer broken?")).toMatchObject({ commands: [{ words: "Printer broken?" }] });
    expect(read("“#subject Printer broken”")).toMatchObject({ commands: [{ words: "Printer broken" }] });
  });

  it("reads no more commands than a person writes", () => {
    expect(read("#tag x\n".repeat(100)).kind).toBe("ok");
    expect(read("#tag x\n".repeat(101))).toMatchObject({ kind: "stop", why: "these are more than 100 commands" });
    expect(read(`Hi\n${"#include <x.h>\n".repeat(1000)}Bye`).kind).toBe("ok");
    expect(read(`Hi\n${"#include <x.h>\n".repeat(1001)}Bye`).kind).toBe("stop");
    expect(read("#tag x ".repeat(20)).kind).toBe("ok");
    expect(read("#tag x ".repeat(21)).kind).toBe("stop");
  });

  it.each([
    "#CLOSE",
    "#Close.",
    "#close!",
    "＃close",
    "＃ｃｌｏｓｅ",
    "#close\u200b",
    "\u200b#\u200bclose",
    "\ufeff#close",
    "\u200b".repeat(60) + "#close",
    "#\ufe0fclose",
    "\u00a0\u00a0#close\u00a0",
    "\u00a0".repeat(30) + "#close",
    "\t#close  ",
    "- #close",
    "• #close",
    "* #close",
    "*#close*",
    "**#close**",
    "“#close”",
    "«#close»",
    "„#close“",
    "'#close'",
    "`#close`",
    "#close\r",
    "#Resolved",
    "#solved,",
  ])("%j closes", (line) => {
    expect(gist(line)).toEqual(["close", ""]);
    expect(gist(`${line}\r\n\r\nDone.\r\nBye.\r\n`)).toEqual(["close", "Done.\nBye."]);
    expect(gist(`Done.\u2028${line}`)).toEqual(["close", "Done."]);
  });

  it("sees a body of invisible characters as none", () => {
    expect(gist(`#close\n\u00a0\n${"\u200b".repeat(80)}\n`)).toEqual(["close", ""]);
  });
});
