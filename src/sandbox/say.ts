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

type Stream = { write(text: string): unknown };

/** Milliseconds for people: `4 ms`, `2.1 s`. */
export const duration = (ms: number): string =>
  ms < 1000 ? `${Math.max(0, Math.round(ms))} ms` : `${(ms / 1000).toFixed(1)} s`;

export function sayTo(out: Stream = process.stdout, err: Stream = process.stderr): Say {
  const styled = (format: "bold" | "dim" | "red", text: string, stream: Stream): string =>
    styleText(format, text, { stream: stream as NodeJS.WritableStream });
  const timed = (width: number, ms: number | undefined): string =>
    ms === undefined
      ? ""
      : `${" ".repeat(Math.max(2, TIME_COLUMN - width))}${styled("dim", duration(ms).padStart(7), out)}`;
  return {
    line: (text, ms) => void out.write(`${text}${timed(text.length, ms)}\n`),
    step: (number, text, ms) =>
      void out.write(`${styled("bold", String(number), out)} ${text}${timed(text.length + 2, ms)}\n`),
    words: (text) => void out.write(text.trim().replace(/^/gm, `    ${styled("dim", "|", out)} `) + "\n"),
    dim: (text) => void out.write(`${styled("dim", text, out)}\n`),
    bold: (text) => void out.write(`${styled("bold", text, out)}\n`),
    start: (text) => void out.write(text),
    error: (text) => void err.write(`${styled("red", text, err)}\n`),
  };
}
