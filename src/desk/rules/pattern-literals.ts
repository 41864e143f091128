/**
 * What every match of a pattern must hold, so that most patterns need not be tried on most texts. Cautious: whatever is not
 * plainly a literal of ASCII letters counts as unknown, and a pattern of which nothing is known has no literals at all.
 */

/** More alternatives than this narrow nothing down. */
const MAX_LITERALS = 50;

/**
 * The text in which literals are looked for: whatever RE2 takes for the same ASCII letter becomes that letter in lower
 * case (the Kelvin sign is a k, the long s is an s). Nothing is joined, moved or left out.
 */
export function foldAscii(text: string): string {
  return text.toUpperCase().toLowerCase();
}

/** Of a part of a pattern: the one text it matches, if that is so, and texts of which every match holds one. */
type Known = { readonly exact?: string; readonly some?: readonly string[] };

const NOTHING: Known = {};
const NO_WIDTH: Known = { exact: "" };

/** Where reading stands. `lost` is set at the first thing that is not understood. */
type Reader = { readonly source: string; at: number; lost: boolean };

/** Texts of which one is in `foldAscii` of every text that matches; undefined when none are known. For a valid pattern. */
export function patternLiterals(source: string): readonly string[] | undefined {
  const reader = { source, at: 0, lost: false };
  const known = alternatives(reader);
  if (reader.lost || reader.at < source.length) return undefined;
  const some = known.some ?? (known.exact ? [known.exact] : undefined);
  return some?.every((literal) => literal !== "") ? some : undefined;
}

function alternatives(reader: Reader): Known {
  const branches = [sequence(reader)];
  while (!reader.lost && reader.source[reader.at] === "|") {
    reader.at += 1;
    branches.push(sequence(reader));
  }
  if (branches.length === 1) return branches[0]!;
  const each = branches.map(({ exact, some }) => some ?? (exact ? [exact] : undefined));
  if (each.some((some) => some === undefined)) return NOTHING;
  const some = [...new Set(each.flatMap((one) => one ?? []))];
  return some.length > MAX_LITERALS ? NOTHING : { some };
}

function sequence(reader: Reader): Known {
  let run = "";
  let whole = true;
  let best: readonly string[] | undefined;
  const offer = (some: readonly string[] | undefined): void => {
    if (some !== undefined && shortest(some) > shortest(best ?? [""])) best = some;
  };
  while (!reader.lost && reader.at < reader.source.length && !"|)".includes(reader.source[reader.at]!)) {
    const item = repeated(reader, atom(reader));
    if (item.exact !== undefined) {
      run += item.exact;
      continue;
    }
    offer([run]);
    offer(item.some);
    run = "";
    whole = false;
  }
  if (whole) return { exact: run };
  offer([run]);
  return best === undefined ? NOTHING : { some: best };
}

const shortest = (some: readonly string[]): number => Math.min(...some.map(({ length }) => length));

/** What is known of a part after its repetition marks: that it may be missing, or come more than once. */
function repeated(reader: Reader, item: Known): Known {
  const mark = /^(?:[*+?]|\{\d+(?:,\d*)?\})/.exec(reader.source.slice(reader.at, reader.at + 16))?.[0];
  if (mark === undefined) {
    // `{` that opens no repetition is a character, except to some readers of RE2.
    if (reader.source[reader.at] === "{") reader.lost = true;
    return item;
  }
  reader.at += mark.length;
  if (reader.source[reader.at] === "?") reader.at += 1;
  const least = mark === "+" ? 1 : Number(/^\{(\d+)/.exec(mark)?.[1] ?? 0);
  if (least === 0) return NOTHING;
  return { some: item.some ?? (item.exact ? [item.exact] : undefined) };
}

function atom(reader: Reader): Known {
  const { source } = reader;
  const character = source[reader.at]!;
  if (character === "(") return group(reader);
  if (character === "[") return characterClass(reader);
  if (character === "\\") return escape(reader);
  reader.at += (source.codePointAt(reader.at) ?? 0) > 0xffff ? 2 : 1;
  if (character === "^" || character === "$") return NO_WIDTH;
  return character === "." ? NOTHING : literal(character);
}

function literal(character: string): Known {
  return /^[\x20-\x7e\t\n]$/.test(character) ? { exact: character.toLowerCase() } : NOTHING;
}

function group(reader: Reader): Known {
  const opening = /^\((?:\?P?<\w+>|\?[a-zA-Z-]*:)?/.exec(reader.source.slice(reader.at))![0];
  const flags = /^\(\?[a-zA-Z-]+\)/.exec(reader.source.slice(reader.at))?.[0];
  reader.at += (flags ?? opening).length;
  if (flags !== undefined) return NO_WIDTH;
  const inner = alternatives(reader);
  if (reader.source[reader.at] !== ")") reader.lost = true;
  reader.at += 1;
  return inner;
}

function characterClass(reader: Reader): Known {
  const found = /^\[\^?\]?(?:\[:\^?\w+:\]|\\.|[^\]\\])*\]/su.exec(reader.source.slice(reader.at))?.[0];
  if (found === undefined) reader.lost = true;
  reader.at += found?.length ?? 1;
  return NOTHING;
}

/** `\d`, `\b`, `\.`: a class, a place, or a character that is meant as it is. */
function escape(reader: Reader): Known {
  const rest = reader.source.slice(reader.at);
  const place = /^\\[bBAz]/.exec(rest)?.[0];
  const one = /^\\(?:[dDsSwWC]|[pP](?:\{[^}]*\}|.)|x(?:\{[^}]*\}|[0-9a-fA-F]{2})|[0-7]{1,3}|[aftnrv])/su.exec(
    rest,
  )?.[0];
  const mark = /^\\[^\w\s]/.exec(rest)?.[0];
  const found = place ?? one ?? mark;
  if (found === undefined) reader.lost = true;
  reader.at += found?.length ?? 1;
  if (place !== undefined) return NO_WIDTH;
  return mark === undefined ? NOTHING : literal(mark.slice(1));
}
