/**
 * BER (X.690) as far as a known path through a CMS structure needs it: elements are skipped by their lengths, nothing is
 * built. Indefinite lengths and strings in pieces are common, because signers stream. No recursion; no byte is read more
 * than twice.
 */

export type Element = {
  /** The identifier octet: class, constructed bit and tag number. */
  readonly tag: number;
  readonly from: number;
  /** Behind the content; of an indefinite length, behind all that it may be. */
  readonly to: number;
  readonly indefinite: boolean;
  /** The length says more than there is. */
  readonly cut: boolean;
};

const CONSTRUCTED = 0x20;
/** Pieces in pieces: signers nest once at most. */
const MAX_NESTING = 8;

/** The element at a place, undefined when there is none before `limit` or its header is none. */
export function elementAt(der: Buffer, at: number, limit: number): Element | undefined {
  if (at + 2 > limit) return undefined;
  const tag = der[at] as number;
  // Tag numbers over 30 (X.690 section 8.1.2.4) are nowhere on the way.
  if ((tag & 0x1f) === 0x1f) return undefined;
  const first = der[at + 1] as number;
  if (first === 0x80) {
    if ((tag & CONSTRUCTED) === 0) return undefined;
    return { tag, from: at + 2, to: limit, indefinite: true, cut: false };
  }
  const count = first > 0x80 ? first & 0x7f : 0;
  const from = at + 2 + count;
  // Six bytes of length are 256 TB, and as many as readUIntBE reads.
  if (count > 6 || from > limit) return undefined;
  const length = count === 0 ? first : der.readUIntBE(at + 2, count);
  return { tag, from, to: Math.min(from + length, limit), indefinite: false, cut: from + length > limit };
}

/** The place behind an element, past its end-of-contents octets; undefined when they are missing. */
export function behind(der: Buffer, element: Element): number | undefined {
  if (!element.indefinite) return element.to;
  let at = element.from;
  for (let open = 1; open > 0;) {
    const inner = elementAt(der, at, element.to);
    if (!inner) return undefined;
    if (inner.tag === 0 && inner.to === inner.from) open--;
    else if (inner.indefinite) open++;
    at = inner.indefinite ? inner.from : inner.to;
  }
  return at;
}

/** The first elements inside of another, at most `count`. */
export function elementsIn(der: Buffer, parent: Element, count: number): Element[] {
  const found: Element[] = [];
  let at: number | undefined = parent.from;
  while (at !== undefined && found.length < count) {
    const element = elementAt(der, at, parent.to);
    if (!element || element.tag === 0) break;
    found.push(element);
    at = found.length < count ? behind(der, element) : undefined;
  }
  return found;
}

/**
 * The bytes of an OCTET STRING, whole or in pieces (X.690 section 8.7.3).
 * @returns undefined when it is none; `cut` when the end is missing
 */
export function octets(der: Buffer, element: Element): { content: Buffer; cut: boolean } | undefined {
  if (element.tag === 0x04) return { content: der.subarray(element.from, element.to), cut: element.cut };
  if (element.tag !== 0x24) return undefined;
  // Copied as they come: a structure can have millions of pieces of one byte.
  const whole = Buffer.alloc(element.to - element.from);
  let length = 0;
  const open: Element[] = [element];
  let [at, cut] = [element.from, element.cut];
  while (open.length > 0) {
    const inside = open.at(-1) as Element;
    const piece = elementAt(der, at, inside.to);
    const ended = inside.indefinite ? piece?.tag === 0 : at >= inside.to;
    if (ended) {
      at = inside.indefinite ? (piece as Element).to : inside.to;
      open.pop();
    } else if (piece?.tag === 0x04) {
      length += der.copy(whole, length, piece.from, piece.to);
      cut ||= piece.cut;
      at = piece.to;
    } else if (piece?.tag === 0x24 && open.length < MAX_NESTING) {
      open.push(piece);
      at = piece.from;
    } else {
      cut = true;
      break;
    }
  }
  return { content: whole.subarray(0, length), cut };
}
