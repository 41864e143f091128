/** The bytes of a file that a person wrote, as text: UTF-8 or nothing, for a letter that was guessed would go out to customers. */
import type { FileError } from "./problem.ts";

/** The text without a byte order mark, or where it stops being UTF-8 and what to do. */
export function decodeText(bytes: Uint8Array, file: string): string | FileError {
  const wrong = (place: { line: number; column: number }, message: string): FileError => ({
    file,
    ...place,
    field: "",
    message,
  });
  if (isUtf16(bytes))
    return wrong(
      { line: 1, column: 1 },
      "the file is UTF-16 text. Save it as UTF-8 (in your editor: Save as, Encoding).",
    );
  const nul = bytes.indexOf(0);
  if (nul >= 0) return wrong(placeOf(bytes, nul), "a NUL byte stands here: this is no text. Take it out.");
  const valid = decoded(bytes);
  if (valid !== undefined) return valid;
  const lines = linesOf(bytes);
  const line = lines.findIndex((one) => decoded(one) === undefined);
  // Counted in the characters before the first that cannot be read.
  const column = new TextDecoder().decode(lines[line]).indexOf("\ufffd") + 1;
  return wrong(
    { line: line + 1, column },
    "a character here is not UTF-8; the file seems to have another encoding, such as Latin-1. Save it as UTF-8 (in your editor: Save as, Encoding).",
  );
}

/** With its byte order mark, or plainly: every second byte of Latin text is 0. */
function isUtf16(bytes: Uint8Array): boolean {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return true;
  const start = bytes.subarray(0, 1000);
  return start.filter((byte) => byte === 0).length > start.length / 4;
}

function decoded(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** No byte of a longer UTF-8 character is a line end. */
function linesOf(bytes: Uint8Array): Uint8Array[] {
  const lines: Uint8Array[] = [];
  let from = 0;
  for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, from)) {
    lines.push(bytes.subarray(from, end));
    from = end + 1;
  }
  return [...lines, bytes.subarray(from)];
}

function placeOf(bytes: Uint8Array, offset: number): { line: number; column: number } {
  const lines = new TextDecoder().decode(bytes.subarray(0, offset)).split("\n");
  return { line: lines.length, column: lines.at(-1)!.length + 1 };
}
