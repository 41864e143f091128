/**
 * Which of many short texts a long one holds, in one pass over it, whatever their number (Aho and Corasick, 1975). All
 * comparing is of UTF-16 code units, as `includes` does it.
 */

/** Longer literals are cut: who holds the beginning is looked at more closely, and the table stays small. */
const LONGEST = 12;
/** Cells of the table; beyond that (4 bytes each) it is not built. */
const MAX_CELLS = 4_000_000;

export type LiteralSearch = {
  /** Calls `found` with every value whose literal is in the text, each at most once a search of any number of texts. */
  readonly search: (texts: readonly string[], found: (values: readonly number[]) => void) => void;
};

type Tree = { readonly next: Map<number, number>[]; readonly values: number[][] };

/** Builds a search for pairs of literal and value. Undefined when the table would be too large. Literals are not empty. */
export function literalSearch(
  pairs: readonly (readonly [literal: string, value: number])[],
): LiteralSearch | undefined {
  const tree = treeOf(pairs);
  const classes = classesOf(pairs.map(([literal]) => literal));
  const width = classes.count;
  if (tree.next.length * width > MAX_CELLS) return undefined;
  const { table, chain } = tableOf(tree, classes.of, width);
  const ends = tree.values.map((values) => values.length > 0);
  return {
    search: (texts, found) => {
      const seen = new Uint8Array(ends.length);
      for (const text of texts) {
        let node = 0;
        for (let at = 0; at < text.length; at += 1) {
          node = table[node * width + classes.of[text.charCodeAt(at)]!]!;
          for (let end = ends[node] ? node : chain[node]!; end !== 0 && seen[end] === 0; end = chain[end]!) {
            seen[end] = 1;
            found(tree.values[end]!);
          }
        }
      }
    },
  };
}

function treeOf(pairs: readonly (readonly [string, number])[]): Tree {
  const tree: Tree = { next: [new Map()], values: [[]] };
  for (const [literal, value] of pairs) {
    let node = 0;
    for (let at = 0; at < Math.min(literal.length, LONGEST); at += 1) {
      const unit = literal.charCodeAt(at);
      let child = tree.next[node]!.get(unit);
      if (child === undefined) {
        child = tree.next.push(new Map()) - 1;
        tree.values.push([]);
        tree.next[node]!.set(unit, child);
      }
      node = child;
    }
    tree.values[node]!.push(value);
  }
  return tree;
}

/** Code units that occur in literals have a class each, all others are class 0. */
function classesOf(literals: readonly string[]): { readonly of: Uint16Array; readonly count: number } {
  const of = new Uint16Array(0x10000);
  let count = 1;
  for (const literal of literals) {
    for (let at = 0; at < Math.min(literal.length, LONGEST); at += 1) {
      const unit = literal.charCodeAt(at);
      if (of[unit] === 0) of[unit] = count++;
    }
  }
  return { of, count };
}

/** `table`: where each node goes with each class. `chain`: the next shorter suffix of a node at which a literal ends, or 0. */
function tableOf(tree: Tree, classOf: Uint16Array, width: number): { table: Int32Array; chain: Int32Array } {
  const table = new Int32Array(tree.next.length * width);
  const chain = new Int32Array(tree.next.length);
  const suffix = new Int32Array(tree.next.length);
  const waiting = [0];
  for (const node of waiting) {
    const back = suffix[node]! * width;
    if (node !== 0) table.copyWithin(node * width, back, back + width);
    for (const [unit, child] of tree.next[node]!) {
      const at = node * width + classOf[unit]!;
      suffix[child] = node === 0 ? 0 : table[at]!;
      chain[child] = tree.values[suffix[child]]!.length > 0 ? suffix[child] : chain[suffix[child]]!;
      table[at] = child;
      waiting.push(child);
    }
  }
  return { table, chain };
}
