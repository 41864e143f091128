/**
 * Lines of text, written once and never changed, so that a place in them stays right: spaces collapse, blocks leave
 * blank lines, quotes get their `> `, lists their indentation. Linear in what is written.
 */

/** `> > > `: deeper quotes show this many. Threads of people are under 20 deep. */
const MAX_QUOTES = 20;
/** Deeper lists are not indented further. In levels. */
const MAX_INDENTS = 8;
/** Prefixes beyond this are cut to one `>`: a bomb of short lines in deep quotes. In characters, for the whole text. */
const MAX_PREFIXES = 1_000_000;
/** The largest text that is stored or read. HTML of its size becomes longer by rules, prefixes and addresses. In characters. */
const MAX_TEXT = 2_000_000;

/** A place that is settled when the next visible character is written. */
export type Place = { at: number | undefined };

export type Writer = {
  /** Words with their white space; `keep` counts line breaks and spaces of the source. */
  text(words: string, keep: boolean): void;
  /** One line as it is, in a line of its own: a row of a table, a rule. */
  line(text: string): void;
  /** `<br>` */
  lineBreak(): void;
  /** Begin or end of a block: the line ends; blank lines (0 or 1) stand before the next one. */
  block(blank: number): void;
  /** One level of quote more (1) or less (-1). */
  quote(step: 1 | -1): void;
  /** Indents the lines that follow; the first of them shows the marker instead. Ended by `outdent`. */
  indent(marker: string): void;
  outdent(): void;
  /** The place of the next visible character, with the `>` before it. */
  place(): Place;
  /** End of what has been written. */
  readonly end: number;
  /** What was written from a place on, undefined when it is longer than the limit. */
  since(from: number, limit: number): string | undefined;
  /** Whether prefixes or the end had to be cut. */
  readonly cut: boolean;
  /** Whether nothing more is written. */
  readonly full: boolean;
  toString(): string;
};

export function createWriter(): Writer {
  return new LineWriter();
}

/** Owns the growing text of one rendering. */
class LineWriter implements Writer {
  readonly #pieces: string[] = [];
  #length = 0;
  #lineOpen = false;
  /** Spaces that stand before the next visible character, if one comes in this line. */
  #spaces = "";
  /** Line ends before the next line: 2 is one blank line. */
  #gap = 0;
  #quotes = 0;
  #quotesAbove = 0;
  readonly #indents: { readonly width: number; marker: string | undefined }[] = [];
  #places: Place[] = [];
  #prefixes = 0;
  cut = false;
  full = false;

  get end(): number {
    return this.#length;
  }

  text(words: string, keep: boolean): void {
    if (keep) {
      const lines = words.split("\n");
      for (const [i, line] of lines.entries()) {
        if (i > 0) this.#hardBreak();
        this.#kept(line);
      }
      return;
    }
    if (words !== "" && !/\s/.test(words)) return this.#write(words);
    const flat = words.replace(/[ \t\n\r\f]+/g, " ");
    const body = flat.trim();
    if (body === "") return this.#space(flat);
    const lead = flat.indexOf(body.charAt(0));
    this.#space(flat.slice(0, lead));
    this.#write(body.replaceAll("\u00a0", " "));
    this.#space(flat.slice(lead + body.length));
  }

  /** A space is shown only between words of a line; no-break spaces all are. */
  #space(flat: string): void {
    for (const char of flat) if (char !== " " || (this.#lineOpen && this.#spaces === "")) this.#spaces += " ";
  }

  /** Runs of space stay as they are, before the words and between them. */
  #kept(line: string): void {
    const words = line.trimEnd();
    const lead = words.length - words.trimStart().length;
    this.#spaces += words.slice(0, lead);
    if (words.length > lead) this.#write(words.slice(lead));
    this.#spaces += line.slice(words.length);
  }

  line(text: string): void {
    this.block(0);
    if (text !== "") this.#write(text);
    this.block(0);
  }

  lineBreak(): void {
    const open = this.#lineOpen;
    this.#close();
    if (!open) this.#gap = Math.min(this.#gap + 1, 2);
  }

  /** In `<pre>`, blank lines are as many as there are. */
  #hardBreak(): void {
    const open = this.#lineOpen;
    this.#close();
    if (!open && this.#length > 0) this.#gap++;
  }

  block(blank: number): void {
    // A block of nothing but a no-break space is an empty line: `<p>&nbsp;</p>`.
    if (!this.#lineOpen && this.#spaces !== "") this.#gap = Math.min(this.#gap + 1, Math.max(this.#gap, 2));
    this.#close();
    this.#gap = Math.max(this.#gap, 1 + blank);
  }

  #close(): void {
    this.#spaces = "";
    if (this.#lineOpen) this.#gap = 1;
    this.#lineOpen = false;
  }

  quote(step: 1 | -1): void {
    this.#quotes += step;
  }

  indent(marker: string): void {
    this.#indents.push({ width: marker.length, marker });
  }

  outdent(): void {
    this.#indents.pop();
  }

  place(): Place {
    const place: Place = { at: undefined };
    this.#places.push(place);
    return place;
  }

  #write(words: string): void {
    const at = this.#lineOpen ? this.#length + this.#spaces.length : this.#begin();
    if (this.#places.length > 0) {
      for (const place of this.#places) place.at = at;
      this.#places = [];
    }
    if (this.#spaces !== "") {
      this.#push(this.#spaces);
      this.#spaces = "";
    }
    this.#push(words);
  }

  /** Ends the lines above and opens a new one. Returns where it begins. */
  #begin(): number {
    if (this.#prefixes > MAX_PREFIXES) this.cut = true;
    if (this.#length > 0) {
      const between = this.#quoted(Math.min(this.#quotes, this.#quotesAbove)).trimEnd();
      for (let i = Math.max(this.#gap, 1); i > 1; i--) this.#push(`\n${between}`);
      this.#push("\n");
      this.#prefixes += between.length * Math.max(0, this.#gap - 1);
    }
    this.#gap = 0;
    this.#lineOpen = true;
    this.#quotesAbove = this.#quotes;
    const at = this.#length;
    const prefix = this.#quoted(this.#quotes) + this.#indentation();
    this.#prefixes += prefix.length;
    this.#push(prefix);
    return at;
  }

  #quoted(depth: number): string {
    return depth === 0 ? "" : "> ".repeat(Math.min(depth, this.cut ? 1 : MAX_QUOTES));
  }

  #indentation(): string {
    let prefix = "";
    if (this.#indents.length === 0) return prefix;
    const from = Math.max(0, this.#indents.length - MAX_INDENTS);
    for (const indent of this.#indents.slice(from)) {
      prefix += this.cut ? "" : (indent.marker ?? " ".repeat(indent.width));
      indent.marker = undefined;
    }
    return prefix;
  }

  #push(piece: string): void {
    if (piece === "" || this.full) return;
    this.full = this.#length + piece.length > MAX_TEXT;
    this.cut ||= this.full;
    const fits = this.full ? wholeCharacters(piece.slice(0, MAX_TEXT - this.#length)) : piece;
    this.#pieces.push(fits);
    this.#length += fits.length;
  }

  since(from: number, limit: number): string | undefined {
    if (from < 0 || this.#length - from > limit) return undefined;
    let text = "";
    for (let i = this.#pieces.length - 1; i >= 0 && text.length < this.#length - from; i--)
      text = this.#pieces[i] + text;
    return text.slice(text.length - (this.#length - from));
  }

  toString(): string {
    const text = this.#pieces.join("");
    // What was cut may end in a space or a `> ` before words that did not fit.
    return this.full ? text.trimEnd() : text;
  }
}

/** Without the half of a character at the end. */
function wholeCharacters(text: string): string {
  return /[\ud800-\udbff]$/.test(text) ? text.slice(0, -1) : text;
}
