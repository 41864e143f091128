/**
 * PHP's regular expressions (`/order \d+/iu`) as the desk's (RE2). What RE2 has not is said in words and never
 * approximated: a pattern that means something else would send mail the wrong way.
 */
import { MAX_PATTERN, patternProblem } from "../rules/pattern.ts";

export type OsPattern = { readonly pattern: string } | { readonly problem: string };

const CLOSING: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}", "<": ">" };

/** @param source a pattern with delimiters and flags, as `preg_match` takes it */
export function toRe2(source: string): OsPattern {
  if (source.length > MAX_PATTERN) return { problem: `a pattern has at most ${MAX_PATTERN} characters` };
  const open = source.trim().slice(0, 1);
  const close = CLOSING[open] ?? open;
  const end = source.trim().lastIndexOf(close);
  if (!/^[^\s\\a-z0-9]$/i.test(open) || end <= 0)
    return { problem: "it has no delimiters, so osTicket never found it anywhere" };
  const flags = source.trim().slice(end + 1);
  const odd = flags.replace(/[imsuUD]/g, "");
  if (odd !== "") return { problem: `its flag “${odd}” does not exist in RE2` };
  const body = inRe2(source.trim().slice(1, end), open);
  const pattern = `${flagGroup(flags, body)}${body}`;
  const problem = patternProblem(pattern);
  return problem === undefined ? { pattern } : { problem: problem.message };
}

/** Patterns of a desk are without regard to case and by line; PHP's are so only with i and m. */
function flagGroup(flags: string, body: string): string {
  const on = `${flags.includes("s") ? "s" : ""}${flags.includes("U") ? "U" : ""}`;
  const exact = !flags.includes("i") && /\p{L}/u.test(body.replace(/\\./g, ""));
  const whole = !flags.includes("m") && /[\^$]/.test(body);
  const off = `${exact ? "i" : ""}${whole ? "m" : ""}`;
  return on === "" && off === "" ? "" : `(?${on}${off === "" ? "" : `-${off}`})`;
}

/** Spellings that RE2 has under another name; inside brackets only the first can be one. */
const SPELLINGS: Readonly<Record<string, string>> = { h: "[ \\t]", R: "(?:\\r\\n|\\n|\\r)", Z: "\\z" };
const SPECIAL = "|()[]{}.*+?^$-";

/** An escaped delimiter that means nothing to a pattern needs no escape any more. */
function inRe2(body: string, delimiter: string): string {
  const bare = (escape: string): string =>
    escape[1] === delimiter && !SPECIAL.includes(delimiter) ? delimiter : escape;
  return body
    .replace(/\[\^?\]?(?:\\.|[^\]\\])*\]|\\./gs, (piece) =>
      piece.startsWith("[")
        ? piece.replace(/\\./gs, (escape) => (escape === "\\h" ? " \\t" : bare(escape)))
        : (SPELLINGS[piece[1]!] ?? bare(piece)),
    )
    .replace(/\(\?<([A-Za-z_]\w*)>/g, "(?P<$1>");
}
