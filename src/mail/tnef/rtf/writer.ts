/** Collects the text of an RTF document. Bytes are decoded in runs, since one character may be several of them. */
import { decodeCodePage, tableOf, WESTERN } from "../code-page.ts";

export type RtfWriter = {
  characters(text: string): void;
  /** Bytes of a code page, one character each. */
  bytes(run: string, codePage: number): void;
  /** A place in the text, for `since`. */
  mark(): number;
  /** The text since a place, undefined when it is too long to be of interest. */
  since(mark: number): string | undefined;
  full(): boolean;
  /** The whole text. */
  text(): string;
};

/** The label of a link is no longer than this. */
const MAX_LABEL = 3000;
/** Runs of two-byte characters between other code pages; a Japanese letter changes its font some hundred times. */
const MAX_RUNS = 50_000;

/** @param most characters; what goes beyond is cut */
export function rtfWriter(most: number): RtfWriter {
  // UTF-16 units: a million short strings would cost more than their characters.
  let units = new Uint16Array(4096);
  let length = 0;
  let run = "";
  let runCodePage = WESTERN;
  let runs = MAX_RUNS;

  const push = (text: string): void => {
    if (length + text.length > units.length) {
      const larger = new Uint16Array((length + text.length) * 2);
      larger.set(units);
      units = larger;
    }
    for (let i = 0; i < text.length; i++) units[length++] = text.charCodeAt(i);
  };
  const decodeRun = (): void => {
    if (run === "") return;
    const table = tableOf(runCodePage);
    if (table) push(translate(run, table));
    else if (runs-- > 0) push(decodeCodePage(Buffer.from(run, "latin1"), runCodePage));
    run = "";
  };
  const slice = (from: number, to: number): string =>
    Buffer.from(units.buffer, from * 2, (to - from) * 2).toString("utf16le");
  return {
    characters(text) {
      decodeRun();
      push(text);
    },
    bytes(more, codePage) {
      if (codePage !== runCodePage) decodeRun();
      runCodePage = codePage;
      run += more;
    },
    mark() {
      decodeRun();
      return length;
    },
    since(mark) {
      decodeRun();
      return length - mark > MAX_LABEL ? undefined : slice(mark, length);
    },
    full: () => length + run.length > most || runs < 0,
    text() {
      decodeRun();
      return slice(0, Math.min(length, most));
    },
  };
}

/** Bytes through a table of 256 characters, the ASCII among them as they are. */
function translate(run: string, table: string): string {
  let out = "";
  let from = 0;
  for (let i = 0; i < run.length; i++) {
    const code = run.charCodeAt(i);
    if (code < 0x80) continue;
    out += run.slice(from, i) + (table[code] as string);
    from = i + 1;
  }
  return from === 0 ? run : out + run.slice(from);
}
