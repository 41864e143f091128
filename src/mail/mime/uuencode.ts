/**
 * Files inside plain text (POSIX uuencode): `begin 644 name`, lines, `end`, or the same in base64 up to `====`. A block
 * is taken only when its lines are what they say they are, since people write `begin 644 …` about it too. yEnc is not
 * read (it needs raw bytes, and lives on Usenet), nor is BinHex 4: such a part stays a file as it is.
 */

/** A file found in a text, with the name as written there. */
export type UuencodedFile = { readonly filename: string; readonly content: Buffer };

export type Uuencoded = {
  /** The text without the blocks that were taken. */
  readonly text: string;
  readonly files: readonly UuencodedFile[];
  readonly defects: readonly string[];
};

/** A digest of a day's files has a few; more than this stay text. */
const MAX_FILES = 100;
const MAX_NAME = 255;
/** A line of data has 61 characters, in base64 60 to 76; a `begin` is as long as its name. */
const MAX_LINE = 1000;
/** Of one file: 45 MB. Past it the rest is text, and shorter lines cannot fill the memory. */
const MAX_LINES = 1_000_000;
/** 63 bytes are 84 characters; what is longer is no line of data. */
const MAX_DATA_LINE = 100;
/** Without `end`, fewer good lines than this are more likely words than a file that was cut. */
const MIN_UNENDED = 2;

/** Bytes of zeros that stripped spaces may stand for in one file. `_` alone on a line claims 63: 2 MB would become 60. */
const MAX_FILLED = 4 * 2 ** 20;

const CUT = "uuencode: a file without its end, it may be cut";
const ODD = "uuencode: lines of a file are not as long as they say";

/** `begin 644 report.doc`, `begin-base64 644 report.doc`, `begin-base64-encoded 644 cmVwb3J0LmRvYw==` (GNU). */
const BEGIN = /^begin(-base64)?(-encoded)? ([0-7]{3,4}) (\S.*)$/;

/**
 * Takes the files out of a plain text. Linear: no line is read more than twice.
 * @param text decoded, lines ended by LF or CRLF
 */
export function takeUuencoded(text: string): Uuencoded {
  const [files, defects, kept]: [UuencodedFile[], Set<string>, string[]] = [[], new Set(), []];
  let from = 0;
  for (let at = nextBegin(text, 0); at >= 0;) {
    const block = readBlock(text, at);
    if (block && files.length >= MAX_FILES) {
      defects.add(`uuencode: more than ${MAX_FILES} files, the rest is shown as text`);
      break;
    }
    if (block) {
      kept.push(text.slice(from, at));
      from = block.end;
      files.push({ filename: block.filename, content: block.content });
      for (const defect of block.defects) defects.add(defect);
    }
    at = nextBegin(text, block?.end ?? lineAt(text, at).next);
  }
  if (files.length === 0) return { text, files, defects: [...defects] };
  kept.push(text.slice(from));
  return { text: kept.join(""), files, defects: [...defects] };
}

/**
 * Decodes a part whose Content-Transfer-Encoding is x-uuencode, uuencode, x-uue or uue (none of them registered): the
 * first block, whatever stands before it.
 * @returns undefined when there is no block, so that the bytes are taken as they are
 */
export function decodeUuencoded(bytes: Buffer): (UuencodedFile & { readonly defects: readonly string[] }) | undefined {
  const text = bytes.toString("latin1");
  for (let at = nextBegin(text, 0); at >= 0; at = nextBegin(text, lineAt(text, at).next)) {
    const block = readBlock(text, at);
    if (block) return { filename: block.filename, content: block.content, defects: block.defects };
  }
  return undefined;
}

type Body = { readonly content: Buffer; readonly end: number; readonly defects: readonly string[] };
type Block = Body & { readonly filename: string };
type Line = { readonly text: string; readonly next: number };

function nextBegin(text: string, from: number): number {
  if (from === 0 && text.startsWith("begin")) return 0;
  const at = text.indexOf("\nbegin", Math.max(0, from - 1));
  return at < 0 ? -1 : at + 1;
}

/** The line at a place, without its end. */
function lineAt(text: string, at: number): Line {
  const lineFeed = text.indexOf("\n", at);
  const end = lineFeed < 0 ? text.length : lineFeed;
  return {
    text: text.slice(at, end > at && text[end - 1] === "\r" ? end - 1 : end),
    next: lineFeed < 0 ? end : end + 1,
  };
}

function readBlock(text: string, at: number): Block | undefined {
  const first = lineAt(text, at);
  const [, base64, encoded, , rest = ""] = (first.text.length <= MAX_LINE && BEGIN.exec(first.text)) || [];
  if (rest === "") return undefined;
  const given = rest.trim().replace(/^"(.*)"$/, "$1");
  const name = encoded ? Buffer.from(given, "base64").toString("utf8") : given;
  const body = base64 ? base64Body(text, first.next) : classicBody(text, first.next);
  return body && { ...body, filename: name.slice(0, MAX_NAME).toWellFormed() };
}

/** RFC 4648 lines up to `====`. */
function base64Body(text: string, from: number): Body | undefined {
  const lines: string[] = [];
  for (let at = from; at < text.length;) {
    const line = lineAt(text, at);
    const written = line.text.length <= MAX_LINE ? line.text.trimEnd() : "";
    if (written === "====") return { content: Buffer.from(lines.join(""), "base64"), end: line.next, defects: [] };
    if (lines.length >= MAX_LINES || written.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(written)) break;
    lines.push(written);
    from = at = line.next;
  }
  if (lines.length < MIN_UNENDED) return undefined;
  return { content: Buffer.from(lines.join(""), "base64"), end: from, defects: [CUT] };
}

/**
 * Lines whose first character counts their bytes, up to a line of none and `end`. Spaces stand for zero in old
 * encoders and are stripped from line ends on the way, so a short line is filled up with zeros.
 */
function classicBody(text: string, from: number): Body | undefined {
  const lines: string[] = [];
  let good = 0;
  /** Without an `end` to come, what follows the last good line is text. */
  let safe = { lines: 0, end: from };
  for (let at = from; at < text.length;) {
    const line = lineAt(text, at);
    const written = line.text.length <= MAX_LINE ? line.text.trimEnd() : line.text;
    if (written === "" || written.startsWith("`")) {
      const end = afterEnd(text, line.next);
      if (end !== undefined && (good > 0 || written !== "")) return { ...decoded(lines), end };
      if (written !== "" && safe.lines === lines.length) safe = { ...safe, end: line.next };
      break;
    }
    if (written === "end") return good > 0 ? { ...decoded(lines), end: line.next } : undefined;
    if (lines.length >= MAX_LINES || written.length > MAX_DATA_LINE || !/^[!-_][ -`]*$/.test(written)) break;
    lines.push(written);
    at = line.next;
    if (lengthOf(written) === "good" || lengthOf(line.text) === "good") {
      good++;
      safe = { lines: lines.length, end: at };
    }
  }
  if (good < MIN_UNENDED) return undefined;
  const body = decoded(lines.slice(0, safe.lines));
  return { ...body, end: safe.end, defects: [...body.defects, CUT] };
}

/** The place behind `end`, with an empty line before it at most. */
function afterEnd(text: string, at: number): number | undefined {
  const first = lineAt(text, at);
  const line = first.text.trim() === "" ? lineAt(text, first.next) : first;
  return line.text.trimEnd() === "end" ? line.next : undefined;
}

/** Three bytes are four characters; some encoders leave out those that carry nothing, others add one or two to check. */
function lengthOf(line: string): "good" | "short" | "long" {
  const count = claimed(line);
  if (line.length - 1 < Math.ceil((count * 8) / 6)) return "short";
  return line.length - 1 > Math.ceil(count / 3) * 4 + 2 ? "long" : "good";
}

function decoded(lines: readonly string[]): Pick<Body, "content" | "defects"> {
  const missing = lines.reduce((sum, line) => sum + Math.max(0, claimed(line) - present(line)), 0);
  const fill = missing <= MAX_FILLED;
  const counts = lines.map((line) => (fill ? claimed(line) : Math.min(claimed(line), present(line))));
  const content = Buffer.alloc(counts.reduce((sum, count) => sum + count, 0));
  let at = 0;
  for (const [index, line] of lines.entries()) at = decodeLine(line, content, at, counts[index] as number);
  // An encoder that writes "`" for zero ends no line with a space that could be stripped.
  const ticks = lines.some((line) => line.includes("`"));
  const odd = lines.some((line) => lengthOf(line) === "long" || ((ticks || !fill) && lengthOf(line) === "short"));
  return { content, defects: odd ? [ODD] : [] };
}

/** Bytes that a line says it has, and that its characters can hold. */
function claimed(line: string): number {
  return (line.charCodeAt(0) - 32) & 63;
}
function present(line: string): number {
  return Math.floor(((line.length - 1) * 6) / 8);
}

function decodeLine(line: string, out: Buffer, start: number, count: number): number {
  const stop = start + count;
  const six = (index: number): number => (index < line.length ? (line.charCodeAt(index) - 32) & 63 : 0);
  for (let [at, from] = [start, 1] as [number, number]; at < stop; at += 3, from += 4) {
    const bits = (six(from) << 18) | (six(from + 1) << 12) | (six(from + 2) << 6) | six(from + 3);
    out[at] = bits >> 16;
    if (at + 1 < stop) out[at + 1] = (bits >> 8) & 0xff;
    if (at + 2 < stop) out[at + 2] = bits & 0xff;
  }
  return stop;
}
