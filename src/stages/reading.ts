/** What an agent newly wrote, and the commands in it. What may leave is the text above our own words; in doubt nothing does. */
import { answersBelow } from "../desk/entry-text.ts";
import { knownNames } from "../desk/commands/command-argument.ts";
import { readLine } from "../desk/commands/command-line.ts";
import { readCommands } from "../desk/commands/command-read.ts";
import type { Known } from "../desk/commands/command.ts";
import { containsNoticeText, isNoticeLine } from "../desk/notices/notice-marker.ts";
import type { Desk } from "../desk/types.ts";
import { htmlToText } from "../mail/html/html-text.ts";
import { headingStart, isHeading } from "../mail/reply/heading.ts";
import { splitReply } from "../mail/reply/split.ts";
import type { Attachment, InboundMessage } from "../mail/types.ts";
import { MOST_ATTACHED } from "./files.ts";

/**
 * The agent's new words: what the reply splitter found, and of that only what stands above the first line of a notification
 * of ours that the mail client left unquoted, without the attribution in between.
 */
export function newWords(message: Pick<InboundMessage, "replyText">): string {
  const lines = message.replyText.split(/\r\n|\r|\n/);
  const ours = lines.findIndex(isNoticeLine);
  return tidied(ours < 0 ? message.replyText : lines.slice(0, headingStart(lines, ours)).join("\n"));
}

/**
 * Without what Outlook and Gmail leave of formatting in plain text: `[cid:image001.png@01DC5C48.69A0F2C0]` for a picture, a
 * bullet in a line of its own, blank lines that are not empty.
 */
function tidied(text: string): string {
  return text
    .replace(/\[cid:([^@\]\s]{1,100})(?:@[^\]\s]{0,200})?\]/g, "[$1]")
    .replace(/\[image: ([^\]\n]{1,200})\]/g, "[$1]")
    .replace(/^[^\S\n]+$/gm, "")
    .replace(/^([ \t]+[*•o▪§])[ \t]*\n(?=\S)/gm, "$1 ")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}

/** RFC 3676 section 4.3, with the blank that many mailers trim. */
const SIGNATURE = /^-- ?$/;

/**
 * A command that stands below the author's signature, where nobody looks for commands: not carried out, and not to be
 * passed over either. Undefined when there is none above the quoted text.
 */
export function commandBelowSignature(
  { text, signature }: Pick<InboundMessage, "text" | "signature">,
  desk: Desk,
): string | undefined {
  const lines = text.split(/\r\n|[\n\r]/);
  const delimiter = lines.findIndex((line) => SIGNATURE.test(line));
  const rest = delimiter < 0 ? [] : lines.slice(delimiter + 1);
  const end = rest.findIndex((line, i) => line.startsWith(">") || isNoticeLine(line) || isHeading(rest, i));
  const known = knownNames(desk);
  // What the client's HTML marks as the signature has no delimiter.
  const below = [...(end < 0 ? rest : rest.slice(0, end)), ...(signature ?? "").split("\n")];
  const found = below.find((line) => {
    const reading = readLine(line, known);
    return reading.kind === "commands" || (reading.kind === "wrong" && reading.named);
  });
  return found?.trim();
}

/** Why nothing of this text may leave, as far as the message itself tells; undefined when it may. */
export function doubtOfReply(
  message: InboundMessage,
  text: string,
  files: readonly Attachment[],
  desk: Desk,
): string | undefined {
  if (text === "" && files.length === 0) return "nothing new stands above the quoted text";
  if (message.replyTextIsFallback) return "your own words could not be told from the quoted ones";
  if (message.replyDoubt !== undefined) return message.replyDoubt;
  if (message.quoted !== "" && answersBelow(text))
    return "your words say that more of them stands in the quoted mail, where it cannot be told from the rest";
  if (containsNoticeText(text)) return "a part of our notification stands in the middle of your text";
  const below = commandBelowSignature(message, desk);
  if (below) return `"${below}" stands below your signature; commands go above it`;
  const size = files.reduce((sum, file) => sum + file.size, 0);
  return size > MOST_ATTACHED
    ? `the files are ${size} bytes, more than the ${MOST_ATTACHED} that can be mailed on`
    : undefined;
}

/**
 * Of a mail in plain text and HTML the agent has seen only one: a command in the other is not theirs to answer for, and one
 * that is missing there would be passed over. Undefined when both say the same, or there is but one. `known` as for carrying
 * them out: a date that is not read would hide the commands beside it.
 */
export function commandsDiffer(message: Pick<InboundMessage, "replyText" | "html">, known: Known): string | undefined {
  if (message.html === undefined) return undefined;
  const { text, marks } = htmlToText(message.html);
  if (text.trim() === "") return undefined;
  const plain = commandsBySense(newWords(message), known);
  const html = commandsBySense(newWords(splitReply({ text, marks })), known);
  const lone = [...plain].find(([sense]) => !html.has(sense)) ?? [...html].find(([sense]) => !plain.has(sense));
  return lone && `"${lone[1]}" stands only in the ${plain.has(lone[0]) ? "plain text" : "HTML"} of your mail`;
}

/** What the commands mean, each with its line: clients break lines differently in the two. */
function commandsBySense(text: string, known: Known): Map<string, string> {
  const reading = readCommands(text, known);
  if (reading.kind === "stop") return new Map([["stop", reading.line]]);
  return new Map(reading.commands.map(({ line, ...sense }) => [JSON.stringify(sense), line]));
}

/** The commands that a text holds, for a question about it. */
export function commandLinesIn(text: string, known: Known): string[] {
  const reading = readCommands(text, known);
  return reading.kind === "ok" ? reading.commands.map(({ line }) => line) : [reading.line];
}

/** `confirm` of `#confirm`, on the first line that is not empty; undefined when the text begins with something else. */
export function firstCommandWord(text: string): string | undefined {
  const line = text.split("\n").find((one) => one.trim() !== "");
  return /^[\s>*•\u200b\ufeff-]*[#\uff03](\p{L}+)[\s.!]*$/u.exec(line ?? "")?.[1]?.toLowerCase();
}
