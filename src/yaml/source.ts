/**
 * YAML text -> plain values that still know their line. Every scalar stays the text that was written (the `failsafe`
 * schema), so `password: 0123` keeps its zero and `prefix: NO` is not false; what a text means is the schema's business.
 * An empty value (`key:`, `~`, `null`, `""`) is undefined: it counts as left out.
 */
import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  type Document,
  type Node,
  type YAMLError,
} from "yaml";
import { fieldName, type FileError, type Path, type Problem } from "./problem.ts";

export type Plain = string | undefined | Plain[] | { [key: string]: Plain };

export type Source = {
  readonly fileName: string;
  readonly value: Plain;
  readonly errors: readonly FileError[];
  place(problem: Problem): FileError;
};

type Offsets = Map<string, { key?: number; value: number }>;

/** A desk file is a few levels deep; more is an anchor that contains itself. */
const MAX_DEPTH = 40;
const MAX_NODES = 200_000;

const placeKey = (path: Path): string => JSON.stringify(path);

/**
 * Reads one YAML document. `errors` holds syntax mistakes; when it is not empty `value` is usable only if `sound` is true
 * (duplicate keys leave the rest readable).
 */
export function readYaml(text: string, fileName: string): Source & { readonly sound: boolean } {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    schema: "failsafe",
    lineCounter: lines,
    prettyErrors: false,
    logLevel: "error",
  });
  const at = (offset: number, field: string, message: string): FileError => {
    const { line, col } = lines.linePos(Math.min(offset, text.length));
    return { file: fileName, line: Math.max(line, 1), column: Math.max(col, 1), field, message };
  };
  const offsets: Offsets = new Map();
  const reader = { document, offsets, errors: [] as FileError[], at, nodes: 0 };
  const syntax = withoutEchoes(document.errors);
  const errors = syntax.map((error) => at(error.pos[0], "", sentence(error, text)));
  const sound = syntax.every((error) => error.code === "DUPLICATE_KEY");
  const value = sound ? read(reader, document.contents, []) : undefined;
  const place = (problem: Problem): FileError =>
    at(
      find(offsets, problem) + inside(text, find(offsets, problem), problem.after),
      fieldName(asInFile(offsets, problem.path)),
      problem.message,
    );
  return { fileName, value, sound, errors: [...errors, ...reader.errors], place };
}

type Reader = {
  readonly document: Document;
  readonly offsets: Offsets;
  readonly errors: FileError[];
  readonly at: (offset: number, field: string, message: string) => FileError;
  nodes: number;
};

function read(reader: Reader, given: unknown, path: Path): Plain {
  const node = isAlias(given) ? given.resolve(reader.document) : (given as Node | null | undefined);
  const offset = (given as Node | null)?.range?.[0] ?? 0;
  const own = reader.offsets.get(placeKey(path));
  reader.offsets.set(placeKey(path), { ...own, value: offset });
  if (isAlias(given) && node === undefined) {
    reader.errors.push(
      reader.at(
        offset,
        fieldName(path),
        `*${given.source} refers to an anchor that is not defined above. Define it as &${given.source}, or put the text in quotes.`,
      ),
    );
    return undefined;
  }
  if (path.length > MAX_DEPTH || ++reader.nodes > MAX_NODES) {
    if (reader.nodes < MAX_NODES)
      reader.errors.push(
        reader.at(offset, fieldName(path.slice(0, 4)), "is nested too deeply. Does an anchor contain itself?"),
      );
    reader.nodes = MAX_NODES;
    return undefined;
  }
  if (isMap(node)) return readMap(reader, node.items as MapItem[], path);
  if (isSeq(node)) return node.items.map((entry, n) => read(reader, entry, [...path, n]));
  return isScalar(node) ? scalarText(node) : undefined;
}

type MapItem = { readonly key: unknown; readonly value: unknown };

function readMap(reader: Reader, pairs: readonly MapItem[], path: Path): Plain {
  const map = Object.create(null) as { [key: string]: Plain };
  for (const { key, value } of pairs) {
    const offset = (key as Node | null)?.range?.[0] ?? 0;
    if (!isScalar(key)) {
      reader.errors.push(
        reader.at(offset, fieldName(path), "a key must be a word. Put text that begins with [, { or * in quotes."),
      );
      continue;
    }
    const name = String(key.value ?? "");
    if (name === "__proto__") {
      reader.errors.push(reader.at(offset, fieldName(path), "__proto__ cannot be a key. Write another word."));
      continue;
    }
    const inner = [...path, name];
    reader.offsets.set(placeKey(inner), { key: offset, value: offset });
    map[name] = read(reader, value, inner);
    const found = reader.offsets.get(placeKey(inner))!;
    if (value === null || (value as Node).range == null)
      reader.offsets.set(placeKey(inner), { ...found, value: offset });
  }
  return map;
}

function scalarText(node: { value: unknown; type?: string | undefined }): string | undefined {
  const text = String(node.value ?? "");
  const empty = node.type === "PLAIN" || node.type === undefined ? /^(|~|null|Null|NULL)$/.test(text) : text === "";
  return empty ? undefined : text;
}

/** Where a problem is shown: its value or key, else the nearest key above it (something missing is the parent's mistake). */
function find(offsets: Offsets, problem: Problem): number {
  const own = offsets.get(placeKey(problem.path));
  if (own !== undefined) return problem.at === "key" ? (own.key ?? own.value) : own.value;
  for (let length = problem.path.length - 1; length >= 0; length--) {
    const above = offsets.get(placeKey(problem.path.slice(0, length)));
    if (above !== undefined) return above.key ?? above.value;
  }
  return 0;
}

/** How far into a value its mistake stands; 0 where the file writes the value in another way (escapes, folded lines). */
function inside(text: string, offset: number, after: string | undefined): number {
  if (after === undefined) return 0;
  const quote = /^["']/.test(text.slice(offset, offset + 1)) ? 1 : 0;
  return text.startsWith(after, offset + quote) ? quote + after.length : 0;
}

/** One value alone is read as a list of one: its place in that list is not what stands in the file. */
function asInFile(offsets: Offsets, path: Path): Path {
  return typeof path.at(-1) === "number" && !offsets.has(placeKey(path)) ? path.slice(0, -1) : path;
}

/** One slip makes the parser stumble over everything after it: the first of such errors is the one to read. */
function withoutEchoes(errors: readonly YAMLError[]): YAMLError[] {
  const firstBreak = errors.findIndex((error) => error.code !== "DUPLICATE_KEY" && error.code !== "TAB_AS_INDENT");
  return errors.filter(
    (error, n) => n <= firstBreak || error.code === "DUPLICATE_KEY" || error.code === "TAB_AS_INDENT",
  );
}

const lineAt = (text: string, offset: number): string =>
  text.slice(text.lastIndexOf("\n", offset - 1) + 1).split("\n", 1)[0] ?? "";

/** The parser's codes in words that say what to write. */
function sentence(error: YAMLError, text: string): string {
  const line = lineAt(text, error.pos[0]);
  const key = /^\s*(.*?)\s*:/.exec(text.slice(error.pos[0], error.pos[0] + 200))?.[1] ?? "";
  const advice: Partial<Record<YAMLError["code"], string>> = {
    DUPLICATE_KEY: `the key "${key}" is here twice. Keep one of the two.`,
    TAB_AS_INDENT: "the line is indented with a tab. Write spaces.",
    BAD_INDENT: "the indentation does not fit the lines above. Keys of one section begin in the same column.",
    MISSING_CHAR: "a closing quote, bracket or brace is missing. Close it on the line where it was opened.",
    BLOCK_AS_IMPLICIT_KEY: 'a second ": " stands on this line. Put a text that contains a colon in quotes.',
    BAD_SCALAR_START: "this text begins with a character that YAML reserves. Put it in quotes.",
    MULTIPLE_DOCS: "a second document begins here (---). Write everything in one.",
    BAD_DQ_ESCAPE: String.raw`a \ in "double quotes" begins an escape. Write \\ or use 'single quotes'.`,
  };
  if (/[{[,].*\$\{/.test(line) && error.code !== "DUPLICATE_KEY")
    return 'a ${NAME} inside { } or [ ] must be in quotes: "${NAME}".';
  return (
    advice[error.code] ??
    `this is not YAML (${error.message.split("\n", 1)[0]!.replace(/\.$/, "")}). Text with special characters goes in quotes.`
  );
}
