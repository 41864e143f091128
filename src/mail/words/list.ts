/** Words of one table row, written as `danke · vielen dank`: a row of many words stays readable, and commas may be part of a word. */
export function list(row: string): readonly string[] {
  return row
    .split(/\s·\s/)
    .map((word) => word.replace(/\s+/g, " ").trim())
    .filter((word) => word !== "");
}
