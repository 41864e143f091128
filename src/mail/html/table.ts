/**
 * Tables that hold data, told from tables that only lay out a mail. Data: two rows and two columns at least, short
 * cells, no table inside. Its rows become lines, aligned while the table is small.
 *
 *   Order | Article | Pieces
 *   4711  | Toner   | 3
 */
import type { HtmlElement } from "./tree.ts";
import { isHistoryLike } from "./client-marks.ts";

/** A longer cell is a paragraph. In visible characters. */
const MAX_CELL = 200;
const MAX_COLUMNS = 20;
/** A table is aligned up to these sizes; beyond them padding would only fill the line. */
const ALIGNED = { rows: 60, columns: 8, width: 110, cell: 40 };

/** Rows and cells of a table of data; undefined for a table that lays out. */
export function dataRows(table: HtmlElement): HtmlElement[][] | undefined {
  if (table.holdsTable || table.attributes?.["role"] === "presentation" || table.attributes?.["role"] === "none")
    return undefined;
  const rows: HtmlElement[][] = [];
  let wide = 0;
  let seen = captionLength(table);
  for (const row of rowsOf(table)) {
    const cells = row.children
      .filter((child) => typeof child !== "string")
      .filter(({ name }) => name === "td" || name === "th");
    if (cells.length > MAX_COLUMNS || cells.some((cell) => cell.textLength > MAX_CELL || isProse(cell)))
      return undefined;
    if (cells.filter(({ textLength }) => textLength > 0).length >= 2) wide++;
    seen += cells.reduce((sum, { textLength }) => sum + textLength, 0);
    rows.push(cells);
  }
  // Words that stand in the table and in no cell must not be lost.
  return wide >= 2 && seen === table.textLength ? rows : undefined;
}

function captionLength({ children }: HtmlElement): number {
  return children.reduce(
    (sum, child) => sum + (typeof child !== "string" && child.name === "caption" ? child.textLength : 0),
    0,
  );
}

/** Rows in order, out of their groups; a caption and the like are left to the caller. */
function rowsOf(table: HtmlElement): HtmlElement[] {
  const rows: HtmlElement[] = [];
  for (const child of table.children) {
    if (typeof child === "string") continue;
    if (child.name === "tr") rows.push(child);
    else if (child.name === "tbody" || child.name === "thead" || child.name === "tfoot")
      for (const row of child.children) if (typeof row !== "string" && row.name === "tr") rows.push(row);
  }
  return rows;
}

/** A list, a quote or a client's container in a cell: then it is no value. Looks two levels deep. */
function isProse(cell: HtmlElement): boolean {
  const stands = (element: HtmlElement, depth: number): boolean =>
    PROSE.has(element.name) ||
    isHistoryLike(element) ||
    (depth > 0 && element.children.some((child) => typeof child !== "string" && stands(child, depth - 1)));
  return stands(cell, 3);
}
const PROSE = new Set(["ul", "ol", "blockquote", "pre", "hr", "form", "h1", "h2", "h3"]);

/** The lines of a table of data. `Subject: Cannot log in` where every first cell is a label. */
export function tableLines(rows: readonly (readonly string[])[]): string[] {
  const filled = rows.filter((cells) => cells.some((cell) => cell !== ""));
  if (filled.every((cells) => cells.length <= 2 && /[:：]$/.test(cells[0] ?? "")))
    return filled.map((cells) => cells.join(" ").trim());
  const widths = columnWidths(filled);
  return filled.map((cells) =>
    cells
      .map((cell, i) =>
        widths && i < cells.length - 1 ? cell + " ".repeat(Math.max(0, (widths[i] as number) - widthOf(cell))) : cell,
      )
      .join(" | ")
      .trimEnd(),
  );
}

function columnWidths(rows: readonly (readonly string[])[]): number[] | undefined {
  const columns = Math.max(0, ...rows.slice(0, ALIGNED.rows).map((cells) => cells.length));
  if (rows.length > ALIGNED.rows || columns > ALIGNED.columns) return undefined;
  const widths = Array.from({ length: columns }, (_, i) =>
    Math.max(0, ...rows.map((cells) => widthOf(cells[i] ?? ""))),
  );
  const narrow = widths.every((width) => width <= ALIGNED.cell);
  return narrow && widths.reduce((sum, width) => sum + width + 3, 0) <= ALIGNED.width ? widths : undefined;
}

/** Chinese, Japanese and Korean characters are two columns wide. */
function widthOf(text: string): number {
  return (
    text.length +
    (text.match(/[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60]/g)?.length ?? 0)
  );
}
