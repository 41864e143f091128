/** The draft as text: YAML with a comment above every entry that says which row of osTicket it was, and what to look at. */
import { Document, isCollection, isPair, isScalar, type Node, type Scalar } from "yaml";
import { readYaml } from "../../yaml/source.ts";
import type { Path } from "../../yaml/problem.ts";
import { titleOf, type Draft, type OsRemark } from "./osticket-draft.ts";

/** A remark with the line of the file that it is about; 0 when nothing of it is there. */
export type PlacedRemark = Omit<OsRemark, "path"> & { readonly line: number };

/** Sections without entries are left out. */
export function toYaml(
  draft: Draft,
  file: Record<string, unknown>,
  head: string,
): { text: string; remarks: PlacedRemark[] } {
  const filled = Object.entries(file).filter(([, value]) => !isEmpty(value));
  const document = new Document(Object.fromEntries(filled), { aliasDuplicateObjects: false });
  shorten(document.contents, []);
  document.commentBefore = commented(head);
  const left = draft.remarks.filter(({ path }) => path.length === 0);
  const entries = entriesByPlace(document);
  for (const [place, texts] of commentsByPlace(draft)) {
    const entry = entries.get(place);
    if (entry !== undefined) entry.commentBefore = commented(texts.join("\n"));
  }
  if (left.length > 0)
    document.comment = commented(["Not taken over:", ...left.map((one) => `- ${titleOf(one)} ${one.text}`)].join("\n"));
  const text = document.toString({ lineWidth: 0, commentString: asComment });
  const { place } = readYaml(text, "");
  const lineOf = (path: Path): number => (path.length === 0 ? 0 : place({ path, at: "key", message: "" }).line);
  const remarks = draft.remarks.map(({ path, ...rest }) => ({ ...rest, line: lineOf(path) }));
  return { text, remarks: remarks.sort((a, b) => (a.line || Infinity) - (b.line || Infinity)) };
}

const isEmpty = (value: unknown): boolean =>
  value === undefined || (typeof value === "object" && value !== null && Object.keys(value).length === 0);

/** Names of osTicket were typed by people: in a comment they stay on their line. */
const commented = (text: string): string =>
  text
    .split("\n")
    .map((line) => ` ${line.replace(/[\p{Cc}\u2028\u2029]/gu, " ")}`)
    .join("\n");

const asComment = (text: string): string =>
  text
    .split("\n")
    .map((line) => `#${line}`.trimEnd())
    .join("\n");

/** Comments and remarks by the entry they stand above: of a key inside an entry it is the entry. */
function commentsByPlace(draft: Draft): Map<string, string[]> {
  const places = new Map<string, string[]>();
  const note = (path: Path, text: string): void => {
    const entry = JSON.stringify(path.slice(0, 2));
    places.set(entry, [...(places.get(entry) ?? []), text]);
  };
  for (const { path, text } of draft.comments) note(path, text);
  for (const one of draft.remarks.filter(({ path }) => path.length > 0))
    note(one.path, `LOOK: ${titleOf(one)} ${one.text}`);
  return places;
}

/** What a comment may stand above: the sections, and the entries in them. */
function entriesByPlace(document: Document): Map<string, Node> {
  const places = new Map<string, Node>();
  const below = (node: unknown, path: Path): void => {
    if (!isCollection(node) || path.length > 1) return;
    for (const [n, item] of (node.items as unknown[]).entries()) {
      const inner = [...path, isPair(item) ? String((item.key as Scalar).value) : n];
      const target = isPair(item) ? item.key : item;
      if (isScalar(target) || isCollection(target)) places.set(JSON.stringify(inner), target as Node);
      below(isPair(item) ? item.value : undefined, inner);
    }
  };
  below(document.contents, []);
  return places;
}

/** What fits on a line stands on one: lists of words, single tests, small maps. Sections and rules keep their lines. */
const SHORT = 90;

function shorten(node: unknown, path: Path): void {
  if (!isCollection(node)) return;
  const inner = (node.items as unknown[]).map((item, n): [string | number, unknown] =>
    isPair(item) ? [String((item.key as Scalar).value), item.value] : [n, item],
  );
  for (const [step, item] of inner) shorten(item, [...path, step]);
  const isRule = path[0] === "rules" && path.length < 3;
  const isSection = path.length < 2 && path[0] !== "ticket_numbers" && path[0] !== "defaults";
  if (isRule || isSection || JSON.stringify(node.toJSON()).length > SHORT) return;
  if (
    inner.every(([, item]) => (isScalar(item) ? !String(item.value).includes("\n") : isCollection(item) && item.flow))
  )
    node.flow = true;
}
