/**
 * What a mail of commands says: selections of a list's tickets, commands, or something that stops it. The subject of a new mail
 * counts as its first line where it is a command.
 */
import { knownNames } from "../desk/commands/command-argument.ts";
import { readLine } from "../desk/commands/command-line.ts";
import { readCommands } from "../desk/commands/command-read.ts";
import type { Known, ParsedCommand } from "../desk/commands/command.ts";
import { type Listed, type Picked, readSelections } from "../desk/commands/selection.ts";
import { htmlToText } from "../mail/html/html-text.ts";
import { splitReply } from "../mail/reply/split.ts";
import type { InboundMessage } from "../mail/types.ts";
import type { CommandMail } from "./commanding.ts";
import { commandsDiffer, doubtOfReply, newWords } from "./reading.ts";

export type MailStop = { readonly line?: string; readonly why: string; readonly suggestion?: string };

export type MailReading =
  | ({ readonly kind: "stop" } & MailStop)
  /** `rest`: words that nobody gets. */
  | { readonly kind: "selections"; readonly picked: readonly Picked[]; readonly rest: string }
  | { readonly kind: "commands"; readonly commands: readonly ParsedCommand[]; readonly body: string };

export function readCommandMail({ recording, agent, rows, answers }: CommandMail): MailReading {
  const { unit, message } = recording;
  const known = knownNames(unit.desk, { agent, now: unit.now });
  const text = [...(answers ? [] : subjectLine(message, known)), newWords(message)].join("\n").trim();
  const doubt = doubtOfReply(message, text, [], unit.desk);
  if (doubt) return { kind: "stop", why: doubt };
  const selected = readSelections(text, known, rows);
  if (selected.kind === "stop") return selected;
  if (selected.kind === "ok") {
    const lone = selectionsDiffer(message, known, rows);
    return lone ? { kind: "stop", why: lone } : { kind: "selections", picked: selected.picked, rest: selected.rest };
  }
  const lone = commandsDiffer(message, known);
  if (lone) return { kind: "stop", why: lone };
  const reading = readCommands(text, known);
  if (reading.kind === "stop") return reading;
  return { kind: "commands", commands: reading.commands, body: reading.body };
}

/** `#list overdue` in the subject, also mistyped. */
function subjectLine({ subject }: InboundMessage, known: Known): readonly string[] {
  const reading = readLine(subject, known);
  if (reading.kind === "commands") return [subject];
  return reading.kind === "wrong" && (reading.named || reading.suggestion !== undefined) ? [subject] : [];
}

/** Of a mail in plain text and HTML the agent has seen only one. */
function selectionsDiffer(message: InboundMessage, known: Known, rows: readonly Listed[]): string | undefined {
  if (message.html === undefined) return undefined;
  const { text, marks } = htmlToText(message.html);
  if (text.trim() === "") return undefined;
  const sense = (words: string): string => {
    const reading = readSelections(words, known, rows);
    if (reading.kind !== "ok") return reading.kind;
    const picks = reading.picked.map(({ tickets, commands }) => [
      tickets,
      commands.map((one) => ({ ...one, line: "" })),
    ]);
    return JSON.stringify(picks);
  };
  if (sense(newWords(message)) === sense(newWords(splitReply({ text, marks })))) return undefined;
  return "the plain text and the HTML of your mail do not say the same";
}
