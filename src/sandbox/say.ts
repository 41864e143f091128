/** How the sandbox talks: columns and a little weight on a terminal, plain lines into a pipe (NO_COLOR is respected). */
import { styleText } from "node:util";

/** Where times stand, so that they can be read from top to bottom. */
const TIME_COLUMN = 68;

export type Say = {
  /** A line; `ms` is shown at the right. */
  line(text: string, ms?: number): void;
  /** `3 Rule ...`: a step of the story with its number. */
  step(number: number, text: string, ms?: number): void;
  /** What somebody wrote, with a bar before each line. */
  words(text: string): void;
  dim(text: string): void;
  bold(text: string): void;
  /** Text without a line end. */
  start(text: string): void;
  error(text: string): void;
};

/** Anybody may have written what is shown: no control or direction characters but line ends and tabs reach the terminal. */
export const plain = (text: string): string =>
  text.replace(/(?![\n\t])[\p{Cc}\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu, "");

/** Milliseconds for people: `4 ms`, `2.1 s`. */
export const duration = (ms: number): string =>
  ms < 1000 ? `${Math.max(0, Math.round(ms))} ms` : `${(ms / 1000).toFixed(1)} s`;

/** `out` for the story, `err` for what went wrong. Both are real streams: a terminal gets the weight, a pipe does not. */
export function sayTo(out: NodeJS.WritableStream = process.stdout, err: NodeJS.WritableStream = process.stderr): Say {
  const styled = (format: "bold" | "dim" | "red", text: string, stream = out): string =>
    styleText(format, plain(text), { stream });
  const timed = (width: number, ms: number | undefined): string => {
    if (ms === undefined) return "";
    return `${" ".repeat(Math.max(2, TIME_COLUMN - width))}${styled("dim", duration(ms).padStart(7))}`;
  };
  return {
    line: (text, ms) => void out.write(`${plain(text)}${timed(text.length, ms)}\n`),
    step: (number, text, ms) =>
      void out.write(`${styled("bold", String(number))} ${plain(text)}${timed(text.length + 2, ms)}\n`),
    words: (text) => {
      for (const line of text.trim().split("\n"))
        out.write(`    ${styled("dim", "|")} ${plain(line)}`.trimEnd() + "\n");
    },
    dim: (text) => void out.write(`${styled("dim", text)}\n`),
    bold: (text) => void out.write(`${styled("bold", text)}\n`),
    start: (text) => void out.write(plain(text)),
    error: (text) => void err.write(`${styled("red", text, err)}\n`),
  };
}
