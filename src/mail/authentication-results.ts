/**
 * The Authentication-Results of the one server we believe (RFC 8601). Anybody can write such a header into a mail;
 * what counts is its place: above the line with which our own MX accepted the message.
 */
import type { ParseContext } from "./context.ts";
import { withoutComments } from "./message-id.ts";
import { ownReceivedIndex } from "./received.ts";
import type { HeaderField } from "./types.ts";

/** One `method=result` with its properties: `dmarc=pass header.from=nw.example`. Everything in lower case. */
export type MethodResult = {
  readonly method: string;
  readonly result: string;
  readonly properties: Readonly<Record<string, string>>;
};

/** More results than any server writes; the rest is ignored. */
const MAX_RESULTS = 100;

/**
 * What the trusted server found, from every header of its that stands above its own Received line.
 * @returns undefined when there is no trusted server, no Received line of it, or no header of it above that line
 * (RFC 8601 section 5: a consumer must ignore headers it cannot place inside its own trust boundary)
 */
export function trustedResults(fields: readonly HeaderField[], mx: ParseContext["mx"]): MethodResult[] | undefined {
  if (!mx) return undefined;
  const boundary = ownReceivedIndex(fields, mx.host ?? mx.authservId);
  if (boundary < 0) return undefined;
  const ours = fields
    .slice(0, boundary)
    .filter((field) => field.name === "authentication-results")
    .map((field) => readAuthenticationResults(field.value))
    .filter((header) => header.authservId === mx.authservId.toLowerCase());
  return ours.length > 0 ? ours.flatMap((header) => header.results).slice(0, MAX_RESULTS) : undefined;
}

/** Reads one header value: `mx.nw.example 1; dmarc=pass (p=none) header.from=nw.example; spf=…` (RFC 8601 section 2.2). */
export function readAuthenticationResults(value: string): { authservId: string; results: MethodResult[] } {
  const [head = "", ...rest] = splitOutsideQuotes(withoutComments(value), ";");
  // `id version`: the version is 1 or absent; a higher one is not ours to read (section 2.2).
  const [authservId = "", version = "1"] = head.trim().toLowerCase().split(/\s+/);
  const results = version === "1" ? rest.slice(0, MAX_RESULTS).map(readResult) : [];
  return { authservId: unquote(authservId), results: results.filter((result) => result !== undefined) };
}

function readResult(text: string): MethodResult | undefined {
  // `header.from = nw.example`: white space around the equals sign is allowed.
  const words = splitOutsideQuotes(text.trim().replace(/\s?=\s?/g, "="), " ").filter((word) => word !== "");
  const [method, result] = pair(words[0] ?? "");
  if (method === "" || result === "") return undefined;
  const properties: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const word of words.slice(1)) {
    const [name, property] = pair(word);
    if (name !== "") properties[name] ??= property;
  }
  return { method: method.split("/")[0] as string, result, properties };
}

function pair(word: string): [string, string] {
  const equals = word.indexOf("=");
  if (equals < 1) return ["", ""];
  return [word.slice(0, equals).trim().toLowerCase(), unquote(word.slice(equals + 1).trim()).toLowerCase()];
}

function unquote(text: string): string {
  return text.length > 1 && text.startsWith('"') && text.endsWith('"')
    ? text.slice(1, -1).replace(/\\(.)/g, "$1")
    : text;
}

/** Splits at a separator; a space stands for any white space. */
function splitOutsideQuotes(text: string, separator: ";" | " "): string[] {
  const parts: string[] = [];
  let quoted = false;
  let start = 0;
  for (let i = 0; i < text.length; i++) {
    const char = text[i] as string;
    if (char === "\\" && quoted) i++;
    else if (char === '"') quoted = !quoted;
    else if (!quoted && (separator === " " ? /\s/.test(char) : char === separator)) {
      parts.push(text.slice(start, i));
      start = i + 1;
    }
  }
  parts.push(text.slice(start));
  return parts;
}
