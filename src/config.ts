/**
 * The only reader of process.env and of postern.yaml. Everything below takes a `Config` (or a part of one) as an argument.
 * A mistake never stops at the first: all are returned, each with its line and what to write instead.
 */
import { readFileSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import { crossCheck } from "./config/cross-check.ts";
import { expand, type Environment } from "./config/expand.ts";
import { configSchema, type Surroundings } from "./config/schema.ts";
import type { Config } from "./config/types.ts";
import { decodeText } from "./yaml/decode.ts";
import { check, Wrong } from "./yaml/fields.ts";
import { fieldName, type FileError, type Path, type Problem } from "./yaml/problem.ts";
import { readYaml, type Plain } from "./yaml/source.ts";

export type ConfigResult =
  { readonly ok: true; readonly config: Config } | { readonly ok: false; readonly errors: readonly FileError[] };

/** A secret is a line; a file this large was named by mistake. */
const MAX_FILE_BYTES = 1_000_000;

/** The configuration file to read: the one asked for, else `POSTERN_CONFIG`, else postern.yaml here. Absolute. */
export function configPath(asked?: string, env: Environment = process.env): string {
  return resolve(asked ?? (env["POSTERN_CONFIG"] || "postern.yaml"));
}

/** Reads and checks postern.yaml. Reads the files that it names (secrets, certificates), nothing else; connects to nothing. */
export function loadConfig(file: string, env: Environment = process.env): ConfigResult {
  const path = resolve(file);
  const bytes = readBytes(path);
  if (bytes instanceof Wrong)
    return { ok: false, errors: [{ file, line: 0, column: 0, field: "", message: bytes.message }] };
  const text = decodeText(bytes, file);
  if (typeof text !== "string") return { ok: false, errors: [text] };
  const source = readYaml(text, file);
  if (!source.sound) return { ok: false, errors: source.errors };
  const expanded = expand(source.value, env);
  const found = inspect(expanded.value, { file: path, baseDir: dirname(path), readFile: readText });
  const others = found.ok
    ? []
    : found.problems.filter((problem) => !expanded.problems.some((first) => samePath(first.path, problem.path)));
  const errors = [...source.errors, ...[...expanded.problems, ...others].map(source.place)].sort(
    (a, b) => a.line - b.line || a.column - b.column,
  );
  return found.ok && errors.length === 0 ? { ok: true, config: found.config } : { ok: false, errors };
}

/** Checks an object as if it had been read from postern.yaml in `baseDir`. Its texts are taken as they are: no `${NAME}`. */
export function configFromObject(object: unknown, around: { readonly baseDir: string }): ConfigResult {
  const found = inspect(asWritten(object), { file: null, baseDir: resolve(around.baseDir), readFile: readText });
  if (found.ok) return found;
  return {
    ok: false,
    errors: found.problems.map((problem) => ({
      file: "configuration",
      line: 0,
      column: 0,
      field: fieldName(problem.path),
      message: problem.message,
    })),
  };
}

function inspect(
  value: Plain,
  around: Surroundings,
): { ok: true; config: Config } | { ok: false; problems: Problem[] } {
  const checked = check(configSchema(around), value ?? {});
  const problems = [...(checked.ok ? [] : checked.problems), ...crossCheck(value)];
  return checked.ok && problems.length === 0 ? { ok: true, config: checked.value } : { ok: false, problems };
}

const samePath = (a: Path, b: Path): boolean => a.length === b.length && a.every((step, n) => step === b[n]);

/** Numbers and booleans as their text, which is what the schema reads. */
function asWritten(value: unknown): Plain {
  if (value === null || value === undefined || value === "") return undefined;
  if (Array.isArray(value)) return value.map(asWritten);
  if (typeof value === "object")
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, asWritten(inner)]));
  return String(value);
}

function readBytes(path: string): Uint8Array | Wrong {
  try {
    const bytes = readFileSync(path);
    if (bytes.length > MAX_FILE_BYTES)
      return new Wrong(`${path} is ${bytes.length} bytes long, too long for this. Is it the right file?`);
    return bytes;
  } catch (error) {
    return new Wrong(cannotRead(path, error as NodeJS.ErrnoException));
  }
}

/** A file that the configuration names. */
function readText(path: string): string | Wrong {
  const bytes = readBytes(path);
  if (bytes instanceof Wrong) return bytes;
  const text = decodeText(bytes, path);
  return typeof text === "string" ? text : new Wrong(`${basename(path)} is not UTF-8 text. Save it as UTF-8.`);
}

function cannotRead(path: string, error: NodeJS.ErrnoException): string {
  if (error.code === "ENOENT") return `there is no file ${path}. Create it, or write the path of the right one.`;
  if (error.code === "EACCES") return `${path} may not be read by this user. Change its permissions.`;
  if (error.code === "EISDIR") return `${path} is a folder. Write the path of a file.`;
  return `${path} cannot be read (${error.code ?? error.message}).`;
}
