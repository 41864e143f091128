import { describe, expect, it } from "vitest";
import { diffDesk } from "../../../src/desk/file/desk-diff.ts";
import { readDesk } from "../../../src/desk/file/desk-file.ts";
import { writeDesk } from "../../../src/desk/file/desk-file-write.ts";
import type { Desk } from "../../../src/desk/types.ts";
import { errors, SMALL } from "./desk-file-texts.ts";

function desk(commands: string): Desk {
  const read = readDesk(`${SMALL}${commands}\n`, "desk.yaml");
  if (!read.ok) throw new Error(read.errors.map(({ message }) => message).join("\n"));
  return read.desk;
}

describe("commands:", () => {
  it("keeps words folded, and names of commands whole", () => {
    const words = desk("commands: { Schließen: close, erledigt: resolve, notiz: '#note', Wieder-Vorlage: SNOOZE }");
    expect(words.commandWords).toEqual({
      schliessen: "close",
      erledigt: "close",
      notiz: "note",
      "wieder-vorlage": "snooze",
    });
    const again = readDesk(writeDesk(words), "desk.yaml");
    expect(again.ok && again.desk.commandWords).toEqual(words.commandWords);
    expect(writeDesk(desk(""))).not.toContain("commands");
    expect(diffDesk(desk(""), words).map(({ line }) => line)).toEqual([
      expect.stringMatching(/^~ desk: commands nothing -> .*schliessen: close/),
    ]);
  });

  it.each([
    ["{ a: close }", /:\d+:13 commands\.a: cannot be a word for a command\. Write two letters or more/],
    ["{ 'zu machen': close }", /commands\.zu machen: cannot be a word/],
    ["{ '#zu': close }", /cannot be a word/],
    ["{ 7up: close }", /cannot be a word/],
    ["{ Close: note }", /:13 commands\.Close: is a word for #close already\. Take the line out/],
    ["{ junk: close }", /commands\.junk: is a word for #spam already/],
    [
      "{ zu: clsoe }",
      /:17 commands\.zu: "clsoe" is no command\. Did you mean "close"\? Write one of docs\/commands\.md/,
    ],
    ["{ zu: [close] }", /commands\.zu: a list is not a command\. Write the name of a command/],
    ["{ zu: }", /commands\.zu: .*Write the name of a command/],
    ["{ größe: close, GROESSE: tag, GRÖSSE: tag }", /commands\.GRÖSSE: stands here twice\. Write each word once/],
    ["close", /commands: "close" is not a map\. Write one line for each word/],
  ])("%s is refused", (text, message) => {
    expect(errors(`${SMALL}commands: ${text}\n`)).toEqual([expect.stringMatching(message)]);
  });
});
