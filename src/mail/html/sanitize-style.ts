/**
 * The few inline styles that may reach the console: how words look, never where they stand, and nothing that loads or
 * covers anything. A value passes only when all of it has a known form; there is no list of what is bad.
 */

const COLOUR = "(?:#[0-9a-f]{3,8}|[a-z]{3,25}|rgba?\\([0-9 .,%/]{1,40}\\)|hsla?\\([0-9a-z .,%/]{1,40}\\))";
/** Nothing negative and nothing of four digits: it could cover what lies around. */
const LENGTH = "(?:0|\\d{0,3}(?:\\.\\d{1,4})?(?:px|pt|em|rem|ex|ch|cm|mm|in|pc|%)|auto)";
const BOX = `${LENGTH}(?: ${LENGTH}){0,3}`;
const LINE = "(?:none|hidden|solid|dotted|dashed|double|groove|ridge|inset|outset)";
const WIDTH = "(?:thin|medium|thick|\\d{0,2}(?:\\.\\d{1,4})?(?:px|pt|em)|0)";
const BORDER = `(?:${WIDTH}|${LINE}|${COLOUR})(?: (?:${WIDTH}|${LINE}|${COLOUR})){0,2}`;

const SIDES = ["top", "right", "bottom", "left"];
const whole = (pattern: string): RegExp => new RegExp(`^${pattern}$`);

const ALLOWED: ReadonlyMap<string, RegExp> = new Map<string, RegExp>([
  ["color", whole(COLOUR)],
  ["background-color", whole(COLOUR)],
  ["font-weight", whole("(?:normal|bold|bolder|lighter|[1-9]00)")],
  ["font-style", whole("(?:normal|italic|oblique)")],
  [
    "font-size",
    whole(
      "(?:[1-9]\\d?(?:\\.\\d{1,4})?(?:px|pt)|[1-9]?(?:\\.\\d{1,4})?r?em|[1-9]\\d{1,2}%|x{0,2}-?small|medium|x{0,2}-?large|smaller|larger)",
    ),
  ],
  ["font-family", whole("[a-z0-9 ,'-]{1,200}")],
  ["line-height", whole("(?:normal|[1-9]\\d?(?:\\.\\d{1,4})?(?:px|pt|em|)|[1-9]\\d{1,2}%)")],
  ["text-align", whole("(?:left|right|center|justify|start|end)")],
  ["text-decoration", whole("(?:none|underline|line-through|overline)(?: (?:underline|line-through|overline))?")],
  ["text-transform", whole("(?:none|uppercase|lowercase|capitalize)")],
  ["vertical-align", whole("(?:baseline|sub|super|top|middle|bottom|text-top|text-bottom)")],
  ["white-space", whole("(?:normal|nowrap|pre|pre-wrap|pre-line)")],
  ["direction", whole("(?:ltr|rtl)")],
  ["list-style-type", whole("[a-z-]{3,25}")],
  ["border-collapse", whole("(?:collapse|separate)")],
  ["width", whole("(?:\\d{1,3}(?:\\.\\d{1,4})?(?:px|pt|em|%)|auto)")],
  ["max-width", whole("\\d{1,4}(?:\\.\\d{1,4})?(?:px|pt|em|%)")],
  ["margin", whole(BOX)],
  ["padding", whole(BOX)],
  ["border", whole(BORDER)],
  ...SIDES.flatMap((side): [string, RegExp][] => [
    [`margin-${side}`, whole(LENGTH)],
    [`padding-${side}`, whole(LENGTH)],
    [`border-${side}`, whole(BORDER)],
  ]),
]);

/** No element of a real mail has more. */
const MAX_STYLES = 40;

/** What may stay of a style attribute; "" when nothing may. */
export function allowedStyle(declared: ReadonlyMap<string, string>): string {
  const kept: string[] = [];
  for (const [name, value] of declared) {
    const form = value.length <= 200 ? ALLOWED.get(name) : undefined;
    const clean = value.replace(/"/g, "'").replace(/\s+/g, " ");
    if (form?.test(clean)) kept.push(`${name}:${clean}`);
    if (kept.length >= MAX_STYLES) break;
  }
  return kept.join(";");
}
