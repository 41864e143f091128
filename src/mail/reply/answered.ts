/** Answers written between quoted lines, together with the lines that they answer. */
import type { Kind } from "./line-kind.ts";
import { isBlank, isQuoted } from "./quote-lines.ts";

/** So much of a quoted mail is shown over an answer; who needs more opens the whole mail. In lines. */
const MAX_ANSWERED = 6;

/**
 * The reply with the quoted lines that stand directly over each answer: the last paragraph of them, with their marks.
 * Undefined when no answer stands below quoted lines.
 */
export function answeredText(lines: readonly string[], kinds: readonly Kind[]): string | undefined {
  const shown: string[] = [];
  let over: string[] = [];
  let answers = 0;
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i] as string;
    if (kinds[i] === "quoted") over.push(line);
    else if (kinds[i] === "new" && !isBlank(line)) {
      const answered = lastParagraph(over);
      if (answered.length > 0) {
        answers++;
        shown.push("", ...answered, "");
      }
      shown.push(line);
      over = [];
    } else if (kinds[i] === "new" && over.length === 0) shown.push(line);
  }
  return answers > 0
    ? shown
        .join("\n")
        .replace(/\n{3,}/g, "\n\n")
        .trim()
    : undefined;
}

/** `> Since this morning …` · `>` · `> Can you help?`: the last lines with words. */
function lastParagraph(quoted: readonly string[]): string[] {
  let end = quoted.length;
  while (end > 0 && isEmptyQuote(quoted[end - 1] as string)) end--;
  let start = end;
  // `On Monday Ann wrote:` above the marked lines says nothing that the answer needs.
  const isPart = (line: string): boolean => !isEmptyQuote(line) && isQuoted(line) === isQuoted(quoted[end - 1] ?? "");
  while (start > 0 && end - start < MAX_ANSWERED && isPart(quoted[start - 1] as string)) start--;
  return quoted.slice(start, end);
}

function isEmptyQuote(line: string): boolean {
  return line.length < 50 && /^[\s>|]*$/.test(line);
}
