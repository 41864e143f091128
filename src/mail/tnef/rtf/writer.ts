/** Collects the text of an RTF document. Bytes are decoded in runs, since one character may be several of them. */
import { decoderOf } from "../code-page.ts";

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

/** More pieces than this between two places are no label of a link. */
const MAX_LABEL_PIECES = 200;

/** @param most characters; what goes beyond is cut */
export function rtfWriter(most: number): RtfWriter {
  const pieces: string[] = [];
  let length = 0;
  let run = "";
  let runCodePage = -1;
  let decode: (bytes: Buffer) => string = (bytes) => bytes.toString("latin1");
  let decoderCodePage = -1;

  const push = (text: string): void => {
    if (text === "") return;
    pieces.push(text);
    length += text.length;
  };
  const flush = (): void => {
    if (run === "") return;
    const bytes = Buffer.from(run, "latin1");
    run = "";
    if (decoderCodePage !== runCodePage) [decode, decoderCodePage] = [decoderOf(runCodePage), runCodePage];
    push(decode(bytes));
  };
  return {
    characters(text) {
      flush();
      push(text);
    },
    bytes(more, codePage) {
      if (codePage !== runCodePage) flush();
      runCodePage = codePage;
      run += more;
    },
    mark() {
      flush();
      return pieces.length;
    },
    since(mark) {
      flush();
      return pieces.length - mark > MAX_LABEL_PIECES ? undefined : pieces.slice(mark).join("");
    },
    full: () => length + run.length > most,
    text() {
      flush();
      return pieces.join("").slice(0, most);
    },
  };
}
