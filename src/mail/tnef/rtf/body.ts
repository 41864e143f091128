/**
 * RTF to what was written before it became RTF (MS-OXRTFEX): HTML behind `\fromhtml1`, where the tags stand in
 * `{\*\htmltag64 <p>}` and what RTF needs on top between `\htmlrtf` and `\htmlrtf0`; text behind `\fromtext`; and of RTF
 * that never was anything else, its text. Never throws, one pass, bounded output.
 */
import { characterOfSymbol, characterOfUnit, characterOfWord } from "./characters.ts";
import { rtfFonts, type RtfFonts } from "./fonts.ts";
import { linkTarget } from "./link.ts";
import { scanRtf, type RtfListener } from "./tokens.ts";
import { rtfWriter, type RtfWriter } from "./writer.ts";

export type RtfBody = {
  /** What the text was before; "rtf" for what was written as RTF. */
  readonly from: "html" | "text" | "rtf";
  readonly text: string;
  /** Not all of it was read. */
  readonly cut: boolean;
};

/** Groups that hold no text of the body. Those behind `\*` need no name: what is not known there is to be skipped. */
const NO_TEXT = new Set(
  (
    "colortbl stylesheet info pict header headerl headerr headerf footer footerl footerr footerf filetbl revtbl nonshppict " +
    "objdata objclass datafield xe tc tcn rxe txe ftnsep ftnsepc ftncn aftnsep aftnsepc aftncn template comment"
  ).split(" "),
);
/** Deeper groups are counted, not remembered; Word nests some dozens. */
const MAX_DEPTH = 1000;
/** A field's instruction: `HYPERLINK "https://…"`. */
const MAX_INSTRUCTION = 3000;

/** What a group inherits, and forgets at its end. Never changed in place. */
type State = {
  readonly place: "body" | "tag" | "fonts" | "instruction" | "skip";
  /** Between `\htmlrtf` and `\htmlrtf0`. */
  readonly rtfOnly: boolean;
  readonly hidden: boolean;
  readonly font?: number;
  /** How many characters stand behind `\uN` for readers without Unicode. */
  readonly substitutes: number;
};

type Reader = {
  readonly fonts: RtfFonts;
  readonly writer: RtfWriter;
  readonly stack: State[];
  state: State;
  /** Open groups beyond MAX_DEPTH. */
  deeper: number;
  from: RtfBody["from"];
  /** Whether `\*` has just been read. */
  starred: boolean;
  /** Substitutes that are still to be passed over. */
  toSkip: number;
  instruction: string;
  /** The shown text of a field whose instruction named a target. */
  label?: { readonly target: string; readonly depth: number; readonly mark: number };
};

/**
 * @param rtf one character a byte
 * @param most characters of the result
 */
export function readRtf(rtf: string, most: number): RtfBody {
  const reader: Reader = {
    fonts: rtfFonts(),
    writer: rtfWriter(most),
    stack: [],
    state: { place: "body", rtfOnly: false, hidden: false, substitutes: 1 },
    deeper: 0,
    from: "rtf",
    starred: false,
    toSkip: 0,
    instruction: "",
  };
  const complete = scanRtf(rtf, listenerOf(reader));
  return { from: reader.from, text: reader.writer.text(), cut: !complete || reader.writer.full() };
}

function listenerOf(reader: Reader): RtfListener {
  return {
    open: () => open(reader),
    close: () => close(reader),
    word: (name, parameter) => word(reader, name, parameter),
    symbol(character) {
      reader.starred = character === "*";
      if (reader.toSkip > 0) reader.toSkip--;
      else write(reader, characterOfSymbol(character, reader.from === "html") ?? "");
    },
    byte(value) {
      if (reader.toSkip > 0) reader.toSkip--;
      else writeBytes(reader, String.fromCharCode(value));
    },
    text(bytes) {
      const skipped = Math.min(reader.toSkip, bytes.length);
      reader.toSkip -= skipped;
      writeBytes(reader, bytes.slice(skipped));
    },
    full: () => reader.writer.full(),
  };
}

function open(reader: Reader): void {
  reader.toSkip = 0;
  reader.starred = false;
  if (reader.stack.length < MAX_DEPTH) reader.stack.push(reader.state);
  else reader.deeper++;
}

function close(reader: Reader): void {
  reader.toSkip = 0;
  reader.starred = false;
  if (reader.deeper > 0) return void reader.deeper--;
  reader.state = reader.stack.pop() ?? reader.state;
  // Behind the last brace stand NULs and what was left in a buffer.
  if (reader.stack.length === 0) reader.state = { ...reader.state, place: "skip" };
  const { label } = reader;
  if (label === undefined || reader.stack.length >= label.depth) return;
  reader.label = undefined;
  const shown = reader.writer.since(label.mark);
  if (shown !== undefined && !shown.includes(label.target)) write(reader, ` <${label.target}>`);
}

function word(reader: Reader, name: string, parameter: number | undefined): void {
  // A control word ends the substitutes: a writer who left them out must not cost a line end.
  reader.toSkip = 0;
  const { state, from } = reader;
  if (state.place === "skip" || enter(reader, name)) return;
  if (state.place === "fonts") return reader.fonts.define(name, parameter, true);
  if (Object.hasOwn(WORDS, name)) return WORDS[name]?.(reader, parameter);
  const character = characterOfWord(name, from === "html");
  if (character !== undefined) write(reader, character);
  else if (reader.stack.length <= 1) reader.fonts.define(name, parameter, false);
}

/** Control words that begin a destination; the state it gives holds until the group ends. */
function enter(reader: Reader, name: string): boolean {
  const { starred, from } = reader;
  reader.starred = false;
  const go = (place: State["place"]): true => {
    reader.state = { ...reader.state, place };
    return true;
  };
  if (name === "fonttbl") return go("fonts");
  if (name === "htmltag" && starred) return go(from === "html" ? "tag" : "skip");
  if (name === "fldinst") {
    reader.instruction = "";
    return go(from === "rtf" ? "instruction" : "skip");
  }
  return (starred || NO_TEXT.has(name)) && go("skip");
}

/** Control words that change how the text behind them is read. */
const WORDS: Readonly<Record<string, (reader: Reader, parameter: number | undefined) => void>> = {
  fromhtml(reader, parameter) {
    if (parameter !== 0 && reader.stack.length <= 1 && reader.from === "rtf") reader.from = "html";
  },
  fromtext(reader) {
    if (reader.stack.length <= 1 && reader.from === "rtf") reader.from = "text";
  },
  htmlrtf(reader, parameter) {
    if (reader.from === "html") reader.state = { ...reader.state, rtfOnly: parameter !== 0 };
  },
  f(reader, parameter) {
    reader.state = { ...reader.state, font: parameter ?? 0 };
  },
  plain(reader) {
    reader.state = { ...reader.state, font: undefined, hidden: false };
  },
  v(reader, parameter) {
    reader.state = { ...reader.state, hidden: parameter !== 0 };
  },
  uc(reader, parameter) {
    reader.state = { ...reader.state, substitutes: Math.min(Math.max(parameter ?? 1, 0), 16) };
  },
  u(reader, parameter) {
    write(reader, characterOfUnit(parameter ?? 0));
    reader.toSkip = reader.state.substitutes;
  },
  // {\field{\*\fldinst HYPERLINK "https://shop.example/order"}{\fldrslt your order}}
  fldrslt(reader) {
    const target = linkTarget(reader.instruction);
    reader.instruction = "";
    if (target !== undefined) reader.label = { target, depth: reader.stack.length, mark: reader.writer.mark() };
  },
};

function isShown({ state, from }: Reader): boolean {
  return state.place === "tag" || (state.place === "body" && !state.rtfOnly && !(state.hidden && from === "rtf"));
}

function write(reader: Reader, text: string): void {
  if (isShown(reader)) reader.writer.characters(text);
  else instruct(reader, text);
}

function writeBytes(reader: Reader, bytes: string): void {
  if (isShown(reader)) reader.writer.bytes(bytes, reader.fonts.codePage(reader.state.font));
  else instruct(reader, bytes);
}

function instruct(reader: Reader, text: string): void {
  if (reader.state.place === "instruction" && reader.instruction.length < MAX_INSTRUCTION) reader.instruction += text;
}
