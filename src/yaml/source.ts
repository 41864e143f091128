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
  visit,
  type Alias,
  type Document,
  type Node,
} from "yaml";
import { fieldName, type FileError, type Path, type Problem } from "./problem.ts";
import { syntaxMistakes } from "./syntax.ts";

export type Plain = string | undefined | Plain[] | { [key: string]: Plain };

export type Source = {
  readonly fileName: string;
  readonly value: Plain;
  readonly errors: readonly FileError[];
  place(problem: Problem): FileError;
};

type Offsets = Map<string, { key?: number; value: number }>;

/** The deepest conditions of rules have some fifty levels; more is an anchor that contains itself. */
const MAX_DEPTH = 100;
const MAX_NODES = 200_000;

const placeKey = (path: Path): string => JSON.stringify(path);

/**
 * Reads one YAML document. `errors` holds syntax mistakes; when it is not empty `value` is usable only if `sound` is true
 * (duplicate keys leave the rest readable, what is nested too deeply does not: the rest was not read).
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
  const errors = syntaxMistakes(document.errors, text).map(({ offset, message }) => at(offset, "", message));
  const readable = document.errors.every((error) => error.code === "DUPLICATE_KEY");
  const aliased = readable ? aliasedNodes(document) : new Map<Alias, Node>();
  const reader: Reader = { aliased, offsets, errors: [], at, nodes: 0, tooMuch: false };
  const value = readable ? read(reader, document.contents, []) : undefined;
  const sound = readable && !reader.tooMuch;
  const place = (problem: Problem): FileError =>
    at(
      find(offsets, problem) + inside(text, find(offsets, problem), problem.after),
      fieldName(asInFile(offsets, problem.path)),
      problem.message,
    );
  return { fileName, value, sound, errors: [...errors, ...reader.errors], place };
}

/** What each alias stands for: the nearest anchor of that name above it. Once for all of them, since each costs a walk. */
function aliasedNodes(document: Document): Map<Alias, Node> {
  const anchors = new Map<string, Node>();
  const aliased = new Map<Alias, Node>();
  visit(document, {
    Alias: (_key, alias) => {
      const node = anchors.get(alias.source);
      if (node !== undefined) aliased.set(alias, node);
    },
    Value: (_key, node) => void (node.anchor !== undefined && anchors.set(node.anchor, node)),
  });
  return aliased;
}

type Reader = {
  readonly aliased: ReadonlyMap<Alias, Node>;
  readonly offsets: Offsets;
  readonly errors: FileError[];
  readonly at: (offset: number, field: string, message: string) => FileError;
  nodes: number;
  /** More than can be read: reading has stopped. */
  tooMuch: boolean;
};

function read(reader: Reader, given: unknown, path: Path): Plain {
  const node = isAlias(given) ? reader.aliased.get(given) : (given as Node | null | undefined);
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
  if (reader.tooMuch) return undefined;
  if (path.length > MAX_DEPTH || ++reader.nodes > MAX_NODES) {
    reader.tooMuch = true;
    const what =
      path.length > MAX_DEPTH
        ? "is nested too deeply. Does an anchor contain itself?"
        : `is more than can be read: a file has at most ${MAX_NODES} values. Do anchors repeat it?`;
    reader.errors.push(reader.at(offset, fieldName(path.slice(0, 4)), what));
    return undefined;
  }
  if (isMap(node)) return readMap(reader, node.items as MapItem[], path);
  if (isSeq(node)) return node.items.map((entry, n) => read(reader, entry, [...path, n]));
  if (!isScalar(node)) return undefined;
  const text = scalarText(node);
  if (text?.includes("\0"))
    reader.errors.push(reader.at(offset, fieldName(path), "holds a NUL character, which no text has. Take it out."));
  return text;
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
    if (name === "<<" && key.type === "PLAIN") {
      reader.errors.push(
        reader.at(offset, fieldName(path), "merging maps with << is not supported. Write the keys out."),
      );
      continue;
    }
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
  const path = asInFile(offsets, problem.path);
  const own = offsets.get(placeKey(path));
  if (own !== undefined) return problem.at === "key" ? (own.key ?? own.value) : own.value;
  for (let length = path.length - 1; length >= 0; length--) {
    const above = offsets.get(placeKey(path.slice(0, length)));
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
  return path.reduce<Path>((found, step) => {
    const next = [...found, step];
    return typeof step === "number" && !offsets.has(placeKey(next)) ? found : next;
  }, []);
}
