/** Figures and how they are printed. */

/** The value below which `share` (0 to 1) of them lie: nearest rank, as in NIST/SEMATECH e-Handbook 2.5.4. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

/** `undefined` is what this system does not tell. */
export const figure = (value: number | undefined, unit: string, digits = 0): string =>
  value === undefined || Number.isNaN(value) ? "unknown here" : `${value.toFixed(digits)} ${unit}`;

/** Prints a heading and rows in two columns. */
export function printTable(heading: string, rows: readonly (readonly [what: string, value: string])[]): void {
  const width = Math.max(...rows.map(([what]) => what.length));
  const numbers = Math.max(...rows.map(([, value]) => value.length));
  console.log(`\n${heading}`);
  for (const [what, value] of rows) console.log(`  ${what.padEnd(width)}  ${value.padStart(numbers)}`);
  console.log("");
}
