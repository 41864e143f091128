/**
 * Where in a text a mail begins that its author passed on, and whether they did. The first heading of an older mail
 * decides, whatever stands below it: a forward in a history is somebody else's. A heading alone proves little, since the
 * same block of `From: … Subject: …` stands over the history of an answer:
 *
 *   what stands there                                        | is a forward
 *   ---------------------------------------------------------+----------------------------------------------------------
 *   a forward's own heading (`Begin forwarded message:`,     | unless the subject says `Re:` and there are new words
 *   `-------- Weitergeleitete Nachricht --------`) or the    |
 *   client's own container of one in its HTML                |
 *   a header block, also under `-----Original Message-----`  | when the subject's first prefix says so (`Fwd:`, `WG:`);
 *   or a rule                                                | else only with nothing above it, no `Re:`, and all of
 *                                                            | From, Sent, To and Subject there
 *   `On … Maria Santos <…> wrote:` (Outlook for Mac)         | when the subject's first prefix says so
 *
 * In doubt it is none: a forward makes somebody a customer, and that must not be a guess.
 */
import { dividerKind, isUnderline } from "../reply/dividers.ts";
import { footerOf } from "../reply/footer.ts";
import { blockLine } from "../reply/block-fields.ts";
import { readHeaderBlock, type HeaderBlockRead } from "../reply/header-block.ts";
import { certainAttributionAt } from "../reply/heading.ts";
import { isQuoted } from "../reply/quote-lines.ts";
import { outermostPrefix } from "./subject-prefix.ts";

export type ForwardPlace = {
  /** Index of the first line that belongs to the forward: rule, heading, block or attribution. */
  readonly from: number;
  /** Index of the first line of the original text. */
  readonly body: number;
  /** The header block, when there is one. */
  readonly block?: HeaderBlockRead;
  /** `On Mon, 23 Nov 2026 at 10:02, Maria Santos <maria@home.example> wrote:` in place of a block. */
  readonly attribution?: string;
};

/** Who passes a mail on writes a comment, not a book; beyond this nothing is looked for. In lines. */
export const MAX_COMMENT = 1000;
/** Lines that look like a heading and are none; nobody's comment has more. */
const MAX_LOOKS = 100;
/** Between heading and block stand this many lines at most, blanks and rules. */
const MAX_GAP = 6;
/** As many lines as a block may have, wrapped and with its gaps. */
const MAX_BLOCK = 60;

type Heading = ForwardPlace & { readonly kind: "forwarded" | "original" | "none" };

/**
 * Finds the forward in a text. Linear; never throws.
 * @param lines the text as the author sent it
 * @param subject decoded
 * @param marked index of the line at which the client's HTML begins a mail passed on
 */
export function forwardAt(lines: readonly string[], subject: string, marked?: number): ForwardPlace | undefined {
  let own = false;
  let looks = 0;
  for (let i = 0; i < lines.length && i < MAX_COMMENT && looks < MAX_LOOKS; i++) {
    const line = lines[i] as string;
    if (isBlank(line)) continue;
    const found = headingAt(lines, i, marked === i);
    if (found === "history") return undefined;
    if (found) return isForward(found, subject, own) ? found : undefined;
    if (isQuoted(line)) return undefined;
    if (line.length < 2000 && mayHead(line)) looks++;
    own ||= !footerOf(line, true);
  }
  return undefined;
}

function isForward({ kind, block, attribution }: Heading, subject: string, own: boolean): boolean {
  const prefix = outermostPrefix(subject, block?.languages);
  if (prefix === "forward") return true;
  if (kind === "forwarded") return (block !== undefined || attribution !== undefined) && !(prefix === "reply" && own);
  if (!block || own || prefix === "reply") return false;
  return [block.fields.from, block.fields.sent, block.fields.to, block.fields.subject].every(Boolean);
}

/** The heading that begins at this line; `history` for one that nothing can be read from. */
function headingAt(lines: readonly string[], i: number, marked: boolean): Heading | "history" | undefined {
  const line = unquoted(lines[i] as string);
  const divider = dividerKind(line);
  const kind = divider ?? "none";
  if (divider !== undefined || isUnderline(line)) {
    const below = belowHeading(lines, i, kind);
    if (below) return marked ? { ...below, kind: "forwarded" } : below;
    if (divider === "original") return "history";
    // The heading without any field: somebody took them out.
    return divider && { kind, from: i, body: i + 1 };
  }
  const block = blockAt(lines, i);
  if (block) return { kind: marked ? "forwarded" : "none", from: i, body: i + block.lines, block };
  const attribution = isQuoted(lines[i] as string) ? undefined : certainAttributionAt(lines, i);
  if (!attribution) return undefined;
  const text = lines.slice(attribution.from, i + 1).join(" ");
  // `--- On Mon, 23 Nov 2026, Maria Santos <maria@home.example> wrote:` and a block below it (old Yahoo)
  const below = belowHeading(lines, i, "none");
  return { ...(below?.block ? below : { body: i + 1, attribution: text, kind: "none" }), from: attribution.from };
}

/** The block, attribution or second heading that stands below a heading. */
function belowHeading(lines: readonly string[], i: number, kind: Heading["kind"]): Heading | undefined {
  // A heading may be wrapped, or have a word of the client's below it; a rule is followed by its block or is none.
  let strangers = kind === "none" ? 0 : 2;
  for (let at = i + 1; at < lines.length && at <= i + MAX_GAP; at++) {
    const line = unquoted(lines[at] as string);
    if (line.trim() === "") continue;
    const block = blockAt(lines, at);
    if (block) return { kind, from: i, body: at + block.lines, block };
    const inner = kind === "none" ? dividerKind(line) : undefined;
    if (inner !== undefined) {
      const second = belowHeading(lines, at, inner);
      return second && { ...second, from: i };
    }
    if (kind !== "none" && !isQuoted(lines[at] as string) && certainAttributionAt(lines, at))
      return { kind, from: i, body: at + 1, attribution: lines.slice(i + 1, at + 1).join(" ") };
    if (!isUnderline(line) && strangers-- <= 0) return undefined;
  }
  return undefined;
}

/** The block at a line, whose lines may carry one quote mark each. */
function blockAt(lines: readonly string[], i: number): HeaderBlockRead | undefined {
  const line = lines[i] as string;
  if (!isQuoted(line)) return blockLine(line) && readHeaderBlock(lines, i);
  if (!blockLine(unquoted(line))) return undefined;
  return readHeaderBlock(lines.slice(i, i + MAX_BLOCK).map(unquoted), 0);
}

/** One quote mark less: `> From: Maria` gives `From: Maria`. */
export function unquoted(line: string): string {
  return isQuoted(line) ? line.replace(/^[ \t]{0,3}> ?/, "") : line;
}

function isBlank(line: string): boolean {
  return /^[\s>]*$/.test(line.slice(0, 100)) && line.length < 100;
}

/** Looked at more closely, which costs. */
function mayHead(line: string): boolean {
  return blockLine(line) !== undefined || /[:：-][\s*_]{0,4}$/.test(line.slice(-10));
}
