/** Multiparts whose boundary is missing, wrong or glued to the text: mended in front of the splitter or behind it. */
import { headerValue, readHeaders } from "../headers.ts";
import { readParameters } from "./parameters.ts";

/** The first delimiter of a multipart stands before its first part; nobody writes a longer preamble. In bytes. */
const SEARCHED = 256 * 1024;

/**
 * The message with the boundary that its body really uses, for a multipart that states none or a wrong one:
 *   Content-Type: multipart/mixed
 *
 *   --=_part_1
 *   Content-Type: text/plain
 * @returns undefined when the body shows none
 */
export function withRealBoundary(raw: Buffer): Buffer | undefined {
  const { fields, bodyOffset } = readHeaders(raw);
  const { value } = readParameters(headerValue(fields, "content-type"));
  const head = raw.toString("latin1", bodyOffset, bodyOffset + SEARCHED);
  const found = /(?:^|\n)--([^\r\n"\\]{1,200}?)[ \t]*\r?\n(?:content-[a-z-]{2,40}[ \t]*:|\r?\n)/i.exec(head)?.[1];
  if (found === undefined) return undefined;
  const type = value.startsWith("multipart/") ? value : "multipart/mixed";
  return Buffer.concat([Buffer.from(`Content-Type: ${type}; boundary="${found}"\r\n`, "latin1"), raw]);
}

/** `the last words--b--`: a closing delimiter that a program forgot to put on a line of its own. */
export function withoutGluedDelimiter(text: string, boundaries: readonly string[]): string {
  const end = text.trimEnd();
  for (const boundary of boundaries) {
    if (boundary !== "" && end.endsWith(`--${boundary}--`)) return end.slice(0, -boundary.length - 4).trimEnd();
  }
  return text;
}
