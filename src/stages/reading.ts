/** What an agent newly wrote, and the commands in it. What may leave is the text above our own words; in doubt nothing does. */
import { knownNames } from "../desk/command-argument.ts";
import { readLine } from "../desk/command-line.ts";
import { readCommands } from "../desk/command-read.ts";
import { isNoticeLine } from "../desk/notice-marker.ts";
import type { Desk } from "../desk/types.ts";
import { headingStart, isHeading } from "../mail/reply/heading.ts";
import type { InboundMessage } from "../mail/types.ts";

/**
 * The agent's new words: what the reply splitter found, and of that only what stands above the first line of a notification
 * of ours that the mail client left unquoted, without the attribution in between.
 */
export function newWords(message: Pick<InboundMessage, "replyText">): string {
  const lines = message.replyText.split(/\r\n|\r|\n/);
  const ours = lines.findIndex(isNoticeLine);
  if (ours < 0) return message.replyText.trim();
  return lines.slice(0, headingStart(lines, ours)).join("\n").trim();
}

/** RFC 3676 section 4.3, with the blank that many mailers trim. */
const SIGNATURE = /^-- ?$/;

/**
 * A command that stands below the author's signature, where nobody looks for commands: not carried out, and not to be
 * passed over either. Undefined when there is none above the quoted text.
 */
export function commandBelowSignature({ text }: Pick<InboundMessage, "text">, desk: Desk): string | undefined {
  const lines = text.split(/\r\n|[\n\r]/);
  const signature = lines.findIndex((line) => SIGNATURE.test(line));
  if (signature < 0) return undefined;
  const rest = lines.slice(signature + 1);
  const end = rest.findIndex((line, i) => line.startsWith(">") || isNoticeLine(line) || isHeading(rest, i));
  const known = knownNames(desk);
  const found = (end < 0 ? rest : rest.slice(0, end)).find((line) => {
    const reading = readLine(line, known);
    return reading.kind === "commands" || (reading.kind === "wrong" && reading.named);
  });
  return found?.trim();
}

/** The commands that a text holds, for a question about it. */
export function commandLinesIn(text: string, desk: Desk): string[] {
  const reading = readCommands(text, knownNames(desk));
  return reading.kind === "ok" ? reading.commands.map(({ line }) => line) : [reading.line];
}

/** `confirm` of `#confirm`, on the first line that is not empty; undefined when the text begins with something else. */
export function firstCommandWord(text: string): string | undefined {
  const line = text.split("\n").find((one) => one.trim() !== "");
  return /^[\s>*•\u200b\ufeff-]*[#\uff03](\p{L}+)[\s.!]*$/u.exec(line ?? "")?.[1]?.toLowerCase();
}
