/** What the renderer notes about the text while it writes it: where containers, quotes and rules begin and end. */
import type { Container } from "./client-marks.ts";
import type { Place, Writer } from "./writer.ts";

export type Span = { readonly from: number; readonly to: number };
/** A program's container. `quotes`: in how many quotes it stands. */
export type ContainerSpan = Span & { readonly container: Container; readonly quotes: number };
/** An outermost quote. `cited`: a program wrote it, `<blockquote type="cite">`. */
export type QuoteSpan = Span & { readonly cited: boolean };

export type Spans = {
  readonly containers: readonly ContainerSpan[];
  readonly quotes: readonly QuoteSpan[];
  readonly rules: readonly Span[];
};

/** More is no mail of people; what comes after these is not noted. */
const MAX_SPANS = 20_000;

export type SpanNotes = {
  /** Begins a span; call what it returns at the end of the element. */
  container(container: Container): () => void;
  quote(cited: boolean): () => void;
  rule(): () => void;
  /** In the order of their beginnings. */
  spans(): Spans;
};

const NOTHING = (): void => {};

export function noteSpans(writer: Writer): SpanNotes {
  const containers: { place: Place; to: number; container: Container; quotes: number }[] = [];
  const quotes: { place: Place; to: number; cited: boolean }[] = [];
  const rules: { place: Place; to: number }[] = [];
  let depth = 0;
  const note = <T extends object>(list: (T & { place: Place; to: number })[], what: T): (() => void) => {
    if (list.length >= MAX_SPANS) return NOTHING;
    const span = { ...what, place: writer.place(), to: 0 };
    list.push(span);
    return () => {
      span.to = writer.end;
    };
  };
  return {
    container: (container) => note(containers, { container, quotes: depth }),
    quote(cited) {
      const end = depth === 0 ? note(quotes, { cited }) : NOTHING;
      depth++;
      return () => {
        depth--;
        end();
      };
    },
    rule: () => note(rules, {}),
    spans: () => ({ containers: settled(containers), quotes: settled(quotes), rules: settled(rules) }),
  };
}

/** Those in which something visible stands. */
function settled<T extends { place: Place; to: number }>(list: readonly T[]): (Omit<T, "place"> & { from: number })[] {
  return list.flatMap(({ place, ...span }) =>
    place.at === undefined || place.at >= span.to ? [] : [{ ...span, from: place.at }],
  );
}
