/**
 * From the containers that mail programs wrote to marks of the text: ordered, apart from one another, each of one kind.
 * An author's words that stand in a program's container must not vanish with it: a history ends where an answer begins,
 * a signature that is too long or stands alone is none.
 */
import { isForwardHeading, isHeaderBlock } from "./client-marks.ts";
import type { Mark } from "./marks.ts";
import type { ContainerSpan, QuoteSpan, Span, Spans } from "./spans.ts";

/** People type below the line that opens a signature; more than this is their text. */
const MAX_SIGNATURE = { lines: 15, characters: 1200 };
/** An attribution is a line or a few; more has an author's words in it. In characters. */
const MAX_ATTRIBUTION = 500;
/** How far a header block reaches below its beginning. In characters. */
const MAX_BLOCK = 3000;

/** The marks of a rendered text. Linear in the text and its spans. */
export function marksOf(text: string, spans: Spans): Mark[] {
  const marks: Mark[] = [];
  const list = new MarkList(text, marks);
  const outside = spans.containers.filter(({ quotes }) => quotes === 0);
  /** Within a container in which the author answers, its quotes mark no history of their own. */
  let answered = 0;
  for (const [i, span] of outside.entries()) {
    if (span.from < list.covered) continue;
    const { kind } = span.container;
    if (kind === "signature") addSignature(text, span, outside.slice(i + 1, i + 5), spans.quotes, list);
    else if (span.from < answered) continue;
    else if (kind === "forwarded") list.add(kind, withRule(span.from, text, spans.rules), span.to);
    else if (kind === "attribution" && isAttribution(text, span)) list.add(kind, span.from, span.to);
    else if (kind === "history") {
      addHistory(text, span, spans, outside[i + 1], list);
      if (span.container.answers) answered = Math.max(answered, span.to);
    }
  }
  return withoutLoneSignatures(text, withCited(text, marks, spans), spans.quotes);
}

/** Marks one after another; what an earlier one covers is not marked again. */
class MarkList {
  covered = 0;
  readonly #text: string;
  readonly #marks: Mark[];
  constructor(text: string, marks: Mark[]) {
    this.#text = text;
    this.#marks = marks;
  }
  add(kind: Mark["kind"], from: number, to: number): void {
    const start = Math.max(from, this.covered);
    const end = start + this.#text.slice(start, to).trimEnd().length;
    if (start >= end || !isVisible(this.#text, start, end)) return;
    this.#marks.push({ kind, from: start, to: end });
    this.covered = end;
  }
}

function addHistory(
  text: string,
  span: ContainerSpan,
  spans: Spans,
  next: ContainerSpan | undefined,
  list: MarkList,
): void {
  const { container } = span;
  if (container.headed && !isHeaderBlock(text.slice(span.from, span.from + MAX_BLOCK))) return;
  const from = withRule(span.from, text, spans.rules);
  const to = container.reach === "rest" ? text.length : span.to;
  if (isForwardHeading(text.slice(span.from, span.from + 200))) return list.add("forwarded", from, to);
  if (!container.answers) return list.add("history", from, to);
  const quotes = quotesIn(text, span, spans.quotes);
  if (!quotes) {
    if (next?.container.kind === "attribution" && next.from === span.from) list.add("attribution", next.from, next.to);
    return list.add("history", from, to);
  }
  // What stands above the quote is its attribution, else the author wrote into the container.
  if (isAttribution(text, { from, to: quotes.from })) list.add("attribution", from, quotes.from);
  list.add("history", quotes.from, quotes.to);
}

/** The quotes at the head of a container, up to the first words outside of them; undefined when it has none. */
function quotesIn(text: string, span: Span, quotes: readonly QuoteSpan[]): Span | undefined {
  let i = firstAtOrAfter(quotes, span.from);
  // The container may be a blockquote itself.
  const first = quotes[i];
  if (first === undefined || first.from >= span.to) return undefined;
  let { to } = first;
  for (i++; i < quotes.length; i++) {
    const { from, to: end } = quotes[i] as QuoteSpan;
    if (from >= span.to || isVisible(text, to, from)) break;
    to = end;
  }
  return { from: first.from, to: Math.min(to, span.to) };
}

function addSignature(
  text: string,
  span: Span,
  next: readonly ContainerSpan[],
  quotes: readonly QuoteSpan[],
  list: MarkList,
): void {
  const quote = quotes[firstAtOrAfter(quotes, span.from)];
  // Phones put the quoted mail into the signature now and then.
  const stops = [
    span.to,
    quote?.from ?? span.to,
    ...next.filter(({ container }) => container.kind !== "signature").map(({ from }) => from),
  ];
  const to = Math.min(...stops);
  if (to - span.from > MAX_SIGNATURE.characters) return;
  const lines = text
    .slice(span.from, to)
    .split("\n")
    .filter((line) => line.trim() !== "").length;
  if (lines <= MAX_SIGNATURE.lines) list.add("signature", span.from, to);
}

/** `On Mon, 23 Nov 2026 at 10:02, Maria Santos wrote:` and not a text above which the program's name still stands. */
function isAttribution(text: string, { from, to }: Span): boolean {
  if (to - from > MAX_ATTRIBUTION) return false;
  const lines = text
    .slice(from, to)
    .split("\n")
    .filter((line) => line.trim() !== "");
  return lines.length > 0 && lines.length <= 6 && (lines.length <= 3 || isHeaderBlock(lines.join("\n")));
}

/** A rule right above a history belongs to it: Outlook's `<hr tabindex="-1">`. */
function withRule(from: number, text: string, rules: readonly Span[]): number {
  const rule = rules[firstAtOrAfter(rules, from) - 1];
  return rule !== undefined && !isVisible(text, rule.to, from) ? rule.from : from;
}

/**
 * Apple Mail, Thunderbird, Roundcube: an attribution and below it `<blockquote type="cite">`. The quote is the history when it is the only
 * one; with words between several quotes these are what the answers stand under, and stay `> ` lines.
 */
function withCited(text: string, marks: readonly Mark[], { quotes }: Spans): Mark[] {
  const all = [...marks];
  if (marks.some(({ kind }) => kind === "history" || kind === "forwarded")) return all;
  const [quote] = quotes;
  if (!quote?.cited || marks.some(({ from, to }) => from <= quote.from && quote.from < to)) return all;
  if (quotes.some(({ cited, from }, i) => !cited || (i > 0 && isVisible(text, (quotes[i - 1] as Span).to, from))))
    return all;
  const marked = all.findLast(({ to }) => to <= quote.from);
  const above =
    marked?.kind === "attribution" && !isVisible(text, marked.to, quote.from)
      ? marked
      : attributionAbove(text, quote.from);
  if (above === undefined) return all;
  if (above !== marked) {
    if (marked && marked.to > above.from) return all;
    all.push(above);
  }
  all.push({ kind: "history", from: quote.from, to: (quotes.at(-1) as Span).to });
  return all.toSorted((left, right) => left.from - right.from);
}

/** Apple's `<div>On Nov 23, 2026, at 10:02, Maria Santos &lt;maria@home.example&gt; wrote:</div>`: one line with a time, a colon at its end. */
function attributionAbove(text: string, at: number): Mark | undefined {
  const before = text.slice(Math.max(0, at - MAX_ATTRIBUTION), at);
  const line = before.trimEnd().split("\n").at(-1) ?? "";
  if (!/[:：]$/.test(line) || !/\d[:.h]\d\d|\b(?:19|20)\d\d\b|\d年/.test(line) || line.length > 300) return undefined;
  const from = at - before.length + before.lastIndexOf(line);
  return { kind: "attribution", from, to: from + line.length };
}

/** Whole mails stand in what programs call a signature. With no words of the author's elsewhere it is no signature. */
function withoutLoneSignatures(text: string, marks: readonly Mark[], quotes: readonly QuoteSpan[]): Mark[] {
  const taken = [...marks, ...quotes].toSorted((left, right) => left.from - right.from);
  let at = 0;
  for (const { from, to } of taken) {
    if (from > at && isVisible(text, at, from)) return [...marks];
    at = Math.max(at, to);
  }
  return isVisible(text, at, text.length) ? [...marks] : marks.filter(({ kind }) => kind !== "signature");
}

/** Whether anything but white space and rules stands between two places. */
function isVisible(text: string, from: number, to: number): boolean {
  return from < to && text.slice(from, to).trim() !== "";
}

function firstAtOrAfter(spans: readonly Span[], place: number): number {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((spans[middle] as Span).from < place) low = middle + 1;
    else high = middle;
  }
  return low;
}
