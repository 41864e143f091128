/** The YAML parser's errors as places and sentences: where the slip was made, which is often above where the parser stumbled. */
import { Lexer, type YAMLError } from "yaml";

export type SyntaxMistake = { readonly offset: number; readonly message: string };

const INDENT = "the indentation does not fit the lines above. Keys of one section begin in the same column.";
const CLOSING: Readonly<Record<string, string>> = { "{": "}", "[": "]" };

/** What to tell of a file's errors; nothing for errors that only follow from another. */
export function syntaxMistakes(errors: readonly YAMLError[], text: string): SyntaxMistake[] {
  return withoutEchoes(errors).map((error) => mistake(error, text));
}

const stands = ({ code }: YAMLError): boolean => code === "DUPLICATE_KEY" || code === "TAB_AS_INDENT";

/** One slip makes the parser stumble over everything after it: the first of such errors is the one to read. A tab is a slip, too. */
function withoutEchoes(errors: readonly YAMLError[]): YAMLError[] {
  const firstBreak = errors.findIndex((error) => !stands(error));
  const tab = errors.slice(0, Math.max(firstBreak, 0)).some(({ code }) => code === "TAB_AS_INDENT");
  return errors.filter((error, n) => stands(error) || (n === firstBreak && !tab));
}

function mistake(error: YAMLError, text: string): SyntaxMistake {
  const offset = error.pos[0];
  if (/[{[,].*\$\{/.test(lineAt(text, offset)) && error.code !== "DUPLICATE_KEY")
    return { offset, message: 'a ${NAME} inside { } or [ ] must be in quotes: "${NAME}".' };
  return openEnd(error, text) ?? wrongColumn(error, text) ?? { offset, message: sentence(error, text) };
}

/** A brace, bracket or quote without its other end: where it was opened. */
function openEnd({ message, pos: [offset] }: YAMLError, text: string): SyntaxMistake | undefined {
  const flow = /^Flow (?:map|sequence) .*end with a [}\]]/.test(message);
  if (!flow && !message.startsWith("Missing closing")) return undefined;
  const opened = flow ? openedBefore(text, offset) : quotedBefore(text, offset);
  if (opened === undefined) return undefined;
  const mark = text[opened]!;
  const advice = flow
    ? `the ${mark} that is opened here is not closed. Write ${CLOSING[mark]} where it ends.`
    : `the text that begins here has no closing ${mark}. Write one where it ends.`;
  return { offset: opened, message: advice };
}

/** The last { or [ before a place that is still open there. */
function openedBefore(text: string, offset: number): number | undefined {
  const open: number[] = [];
  for (const { at, token } of tokensBefore(text, offset)) {
    if (Object.hasOwn(CLOSING, token)) open.push(at);
    else if (token === "}" || token === "]") open.pop();
  }
  return open.at(-1);
}

const quotedBefore = (text: string, offset: number): number | undefined =>
  [...tokensBefore(text, offset)].findLast(({ token }) => /^["']/.test(token))?.at;

/** The parser's own tokens; its marks without a place in the text are left out. */
function* tokensBefore(text: string, offset: number): Generator<{ at: number; token: string }> {
  let at = 0;
  for (const token of new Lexer().lex(text)) {
    if (/^[\x02\x18\x1f]$/.test(token)) continue;
    // The byte order mark is no token of its own.
    if (at === 0 && text.startsWith("\ufeff") && token !== "\ufeff") at = 1;
    if (at >= offset) return;
    yield { at, token };
    at += token.length;
  }
}

/** A line that begins in a column where nothing above it does: at its first word. */
function wrongColumn({ code, message, pos: [offset] }: YAMLError, text: string): SyntaxMistake | undefined {
  if (code === "BAD_INDENT" || message.startsWith("Sequence item without -"))
    return { offset: offset + text.slice(offset).search(/\S|$/), message: INDENT };
  // A key below a value that is whole: "name: VIP" and, further in, "when: opened".
  const rest = text.slice(offset).split("\n", 1)[0]!;
  if (code !== "BLOCK_AS_IMPLICIT_KEY" || /:(\s|$)/.test(rest)) return undefined;
  const below = offset + rest.length;
  return { offset: below + text.slice(below).search(/\S|$/), message: INDENT };
}

const lineAt = (text: string, offset: number): string =>
  text.slice(text.lastIndexOf("\n", offset - 1) + 1).split("\n", 1)[0] ?? "";

/** The parser's codes in words that say what to write. */
function sentence(error: YAMLError, text: string): string {
  if (/^Unexpected flow-(?:map|seq)-end/.test(error.message))
    return `nothing opens the ${text[error.pos[0]]} that stands here. Take it out.`;
  const key = /^\s*(.*?)\s*:/.exec(text.slice(error.pos[0], error.pos[0] + 200))?.[1] ?? "";
  const advice: Partial<Record<YAMLError["code"], string>> = {
    DUPLICATE_KEY: `the key "${key}" is here twice. Keep one of the two.`,
    TAB_AS_INDENT: "the line is indented with a tab. Write spaces.",
    BAD_INDENT: INDENT,
    MISSING_CHAR: error.message.startsWith("Implicit map keys")
      ? "this line is no key with a value. Write a colon and a blank after the key."
      : "a closing quote, bracket or brace is missing. Close it on the line where it was opened.",
    MULTILINE_IMPLICIT_KEY: "this line is no key with a value. Write a colon and a blank after the key.",
    BLOCK_AS_IMPLICIT_KEY: 'a second ": " stands on this line. Put a text that contains a colon in quotes.',
    BLOCK_IN_FLOW: "a comma is missing inside { } or [ ]. Write one before the next key.",
    BAD_SCALAR_START: "this text begins with a character that YAML reserves. Put it in quotes.",
    MULTIPLE_DOCS: "a second document begins here (---). Write everything in one.",
    BAD_DQ_ESCAPE: String.raw`a \ in "double quotes" begins an escape. Write \\ or use 'single quotes'.`,
  };
  return (
    advice[error.code] ??
    `this is not YAML (${error.message.split("\n", 1)[0]!.replace(/\.$/, "")}). Text with special characters goes in quotes.`
  );
}
