/** A desk file from the disk: its text, the files that it names, and its rules' examples, which have to come out as they say. */
import { open, readFile, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import type { Config } from "../config/types.ts";
import { MAX_CALENDAR, type DeskFiles } from "../desk/file/desk-file-beside.ts";
import { exampleBytes } from "../desk/file/desk-file-examples.ts";
import { filesNamed, readDesk } from "../desk/file/desk-file.ts";
import { type ExampleFailure, runExamples } from "../desk/rules/example.ts";
import type { Desk, RuleExample } from "../desk/types.ts";
import type { InboundMessage } from "../mail/types.ts";
import { openParser } from "../parser/pool.ts";
import { decodeText } from "../yaml/decode.ts";
import { formatError } from "../yaml/problem.ts";
import { Exit } from "./context.ts";
import { parserContext } from "./parser-context.ts";

/** Reads a desk file and tries its examples, as the gateway would read their messages. Throws an Exit that names every mistake; `closing` is said below them. */
export async function deskFromFile(file: string, config: Config | undefined, closing = ""): Promise<Desk> {
  const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    throw new Exit(1, `${file}: cannot be read (${error.code}). Write the path of your desk file.`);
  });
  const text = decodeText(bytes, file);
  if (typeof text !== "string") throw new Exit(4, `${formatError(text)}${closing}`);
  const beside = { files: await filesBeside(file, filesNamed(text)), now: Date.now() };
  const result = readDesk(text, file, beside);
  if (!result.ok) throw new Exit(4, `${result.errors.map(formatError).join("\n")}${closing}`);
  const failures = await failuresOf(result.desk, config);
  if (failures.length > 0)
    throw new Exit(4, `${failures.map((failure) => inWords(file, failure)).join("\n")}${closing}`);
  return result.desk;
}

/** Read no further than the largest that is accepted: what is longer is refused with its line. */
async function filesBeside(deskFile: string, names: readonly string[]): Promise<DeskFiles> {
  const files = new Map<string, Buffer | Error>();
  for (const name of names) files.set(name, await firstBytes(resolve(dirname(deskFile), name), MAX_CALENDAR + 1));
  return files;
}

async function firstBytes(path: string, most: number): Promise<Buffer | Error> {
  try {
    // Asked before it is opened: a named pipe would wait for its writer.
    if (!(await stat(path)).isFile()) return new Error("it is no file");
    await using file = await open(path);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(most), 0, most, 0);
    return buffer.subarray(0, bytesRead);
  } catch (error) {
    return new Error((error as NodeJS.ErrnoException).code === "ENOENT" ? "there is none" : (error as Error).message);
  }
}

async function failuresOf(desk: Desk, config: Config | undefined): Promise<readonly ExampleFailure[]> {
  const messages = await parsed(desk, config);
  return runExamples(desk, (example) => messages.get(example));
}

/** The messages of the examples that are whole ones, read with what the new desk says of its addresses and lists. */
async function parsed(desk: Desk, config: Config | undefined): Promise<ReadonlyMap<RuleExample, InboundMessage>> {
  const examples = desk.rules.flatMap((rule) => rule.examples);
  const messages = new Map<RuleExample, InboundMessage>();
  if (!examples.some(({ given }) => "eml" in given)) return messages;
  const parser = openParser({ threads: 1, context: parserContext(desk, config) });
  try {
    for (const example of examples) {
      if (!("eml" in example.given)) continue;
      const result = await parser.parse(exampleBytes(example.given.eml), { arrivedAt: 0 });
      if (!result.ok)
        throw new Exit(4, `The message of the example in line ${example.line} cannot be read (${result.detail}).`);
      messages.set(example, result.message);
    }
    return messages;
  } finally {
    await parser.close();
  }
}

const inWords = (file: string, { rule, line, column, expected, actual }: ExampleFailure): string =>
  `${file}:${line}:${column} rule ${JSON.stringify(rule)}: the example expects ${expected}, but the result is ${actual}. Change the rule or the example.`;
