/** A mistake in a file that a person wrote: where it is, what is wrong, what to write instead. */

/** Keys and list places from the top of the file: `["mailboxes", "support", "port"]`. */
export type Path = readonly (string | number)[];

/** A mistake before its line is known. `at: "key"` points at the key itself (unknown keys), else at its value. */
export type Problem = {
  readonly path: Path;
  readonly at?: "key" | "value";
  readonly message: string;
  /** What stands in the value before the mistake: the column is then that of the mistake, where the file has it so. */
  readonly after?: string;
};

export type FileError = {
  readonly file: string;
  /** 1-based; 0 when the value has no line (it came from code, or the file could not be read). */
  readonly line: number;
  readonly column: number;
  /** `mailboxes.support.port`, `rules[1].if`; empty for a mistake of the whole file. */
  readonly field: string;
  /** What is wrong and what to write instead, in sentences. Never holds a secret. */
  readonly message: string;
};

/** `mailboxes.support.port`, `rules[1].then`. Places in a list count from 1, as people do and as a rule's position does. */
export function fieldName(path: Path): string {
  return path.map((step, n) => (typeof step === "number" ? `[${step + 1}]` : (n === 0 ? "" : ".") + step)).join("");
}

/** One line for the terminal: `postern.yaml:12:5 mailboxes.support.port: "9x93" is not a port number. Write …`. */
export function formatError(error: FileError): string {
  const place = error.line > 0 ? `${error.file}:${error.line}:${error.column}` : error.file;
  return error.field === "" ? `${place}: ${error.message}` : `${place} ${error.field}: ${error.message}`;
}

/** What a person wrote, quoted and cut to a readable length, with passwords inside URLs masked. */
export function show(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object" && value !== null) return "a map";
  const text = maskUrl(String(value)).replace(/\s+/g, " ");
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 59)}…` : text);
}

export const MASK = "••••••";

/** `postgres://me:secret@host/db` -> `postgres://me:••••••@host/db`; secrets in the query string too. */
export function maskUrl(text: string): string {
  return text
    .replace(/(:\/\/[^/:@\s]*):(.*)@/, `$1:${MASK}@`)
    .replace(/([?&](?:password|pass|token|secret|sslpassword)=)[^&\s]*/gi, `$1${MASK}`);
}
