/** How far a long command is: a bar on a terminal, nothing in a pipe. To stderr, so that the result can be piped on. */
import cliProgress from "cli-progress";

export type Progress = {
  readonly begin: (total: number) => void;
  readonly step: () => void;
  /** The line that bar is on is free again. */
  readonly end: () => void;
};

/** @param what of what there are so many: "messages" */
export function progressOf(what: string, stream: NodeJS.WriteStream = process.stderr): Progress {
  if (!stream.isTTY) return { begin: () => undefined, step: () => undefined, end: () => undefined };
  const bar = new cliProgress.SingleBar({
    format: `[{bar}] {percentage} %  {value} of {total} ${what}, {eta_formatted} left`,
    barCompleteChar: "=",
    barIncompleteChar: " ",
    clearOnComplete: true,
    // Short enough for 80 columns: the terminal's own wrapping is left alone, which Ctrl-C would leave switched off.
    barsize: 24,
    linewrap: true,
    // Messages differ by a factor of a thousand: the mean of many says more than that of the last ten.
    etaBuffer: 500,
    stream,
  });
  return { begin: (total) => bar.start(total, 0), step: () => bar.increment(), end: () => bar.stop() };
}
