/** How the desk compares words that people typed: without regard to case, width, spacing or invisible characters. */

/** Zero-width characters and soft hyphens: copied along from web pages and phones, seen by nobody. */
const INVISIBLE = /[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]/g;

// eslint-disable-next-line no-control-regex
const ASCII = /^[\x00-\x7f]*$/;

/** All white space that is not one blank already. */
const BLANKS = /\s{2,}|[^\S ]/gu;

/**
 * The form in which two texts are compared: NFKC, case folded (upper, then lower: "STRASSE" equals "straße"),
 * white space runs made one blank, trimmed. Idempotent for what people write.
 */
export function fold(text: string): string {
  // Most mail: there is nothing to normalize.
  if (ASCII.test(text)) return text.toLowerCase().replace(BLANKS, " ").trim();
  const visible = text.replace(INVISIBLE, "").normalize("NFKC");
  return visible.toUpperCase().toLowerCase().normalize("NFKC").replace(BLANKS, " ").trim();
}

const LONGEST_TAG = 40;

/** A tag as it is kept: one word of letters and digits, folded; undefined when the text is none. */
export function tagOf(text: string): string | undefined {
  const tag = fold(text);
  return tag.length <= LONGEST_TAG && /^[\p{L}\p{N}][\p{L}\p{M}\p{N}_.-]*$/u.test(tag) ? tag : undefined;
}

/** `fold` without accents, for names: "Chloé" and "chloe" are one person. */
export function foldName(name: string): string {
  return fold(name.normalize("NFKD").replace(/[\u0300-\u036f]/g, ""));
}

/**
 * A letter next to which a word does not end. Scripts written without blanks are left out: in 登录失败 the word 登录
 * could otherwise never be found.
 */
const JOINS = /[\p{L}\p{N}\p{M}_]/u;
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

function joins(character: string): boolean {
  return character !== "" && JOINS.test(character) && !UNSPACED.test(character);
}

/** Does the folded text hold the folded word or phrase as a whole? "download" does not have the word "down". */
export function hasWord(text: string, word: string): boolean {
  if (word === "") return false;
  const first = [...word].at(0) ?? "";
  const last = [...word].at(-1) ?? "";
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + 1)) {
    const before = codePointBefore(text, at);
    const after = String.fromCodePoint(text.codePointAt(at + word.length) ?? 32);
    if (!(joins(first) && joins(before)) && !(joins(last) && joins(after))) return true;
  }
  return false;
}

function codePointBefore(text: string, at: number): string {
  const low = text.charAt(at - 1);
  const pair = text.slice(Math.max(0, at - 2), at);
  return /^[\ud800-\udbff][\udc00-\udfff]$/.test(pair) ? pair : low;
}

/** The first `limit` characters, with an ellipsis when there was more. Never cuts a character in half. */
export function shorten(text: string, limit: number): string {
  if (text.length <= limit) return text;
  return `${text.slice(0, limit - 1).replace(/[\ud800-\udbff]$/, "")}…`;
}
