/** Durations and sizes as people write them: `60s`, `5m`, `2h`, `14d`; `50MB`. */

const MS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** `90s`, `1h30m`, `14d` -> milliseconds; undefined when it is no duration. A bare `0` is allowed, other bare numbers are not: no unit, no meaning. */
export function parseDuration(text: string): number | undefined {
  const compact = text.trim().toLowerCase();
  if (compact === "0") return 0;
  if (!/^(\d{1,9}(ms|s|m|h|d)){1,5}$/.test(compact)) return undefined;
  let total = 0;
  for (const [, count, unit] of compact.matchAll(/(\d+)(ms|s|m|h|d)/g)) total += Number(count) * MS[unit!]!;
  return Number.isSafeInteger(total) ? total : undefined;
}

/** Milliseconds in the largest unit that divides them: 90_000 -> `90s`, 86_400_000 -> `1d`. */
export function formatDuration(ms: number): string {
  for (const unit of ["d", "h", "m", "s"]) {
    if (ms >= MS[unit]! && ms % MS[unit]! === 0) return `${ms / MS[unit]!}${unit}`;
  }
  return ms === 0 ? "0s" : `${ms}ms`;
}

const BYTES: Readonly<Record<string, number>> = { B: 1, KB: 2 ** 10, MB: 2 ** 20, GB: 2 ** 30 };

/** `50MB` -> bytes, in steps of 1024; undefined when it is no size. */
export function parseSize(text: string): number | undefined {
  const parts = /^(\d{1,12})\s*(B|KB|MB|GB)$/i.exec(text.trim());
  return parts === null ? undefined : Number(parts[1]) * BYTES[parts[2]!.toUpperCase()]!;
}

/** Bytes in the largest unit that divides them: 52_428_800 -> `50MB`. */
export function formatSize(bytes: number): string {
  for (const unit of ["GB", "MB", "KB"]) {
    if (bytes >= BYTES[unit]! && bytes % BYTES[unit]! === 0) return `${bytes / BYTES[unit]!}${unit}`;
  }
  return `${bytes}B`;
}
