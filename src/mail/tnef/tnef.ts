/**
 * winmail.dat: what Outlook and Exchange send to people whom they take for their own (TNEF, MS-OXTNEF). Bytes to files,
 * body and the few facts of a message. Pure, never throws; what could not be read is a defect, and what was read before
 * a break is returned. Linear in the bytes, bounded by limits.ts.
 */
import { ATTRIBUTE, hasSignature, readAttributes, type Attribute } from "./attributes.ts";
import { readFiles, UNTITLED } from "./attachments.ts";
import { readBody } from "./body.ts";
import { WESTERN } from "./code-page.ts";
import { toEml } from "./eml.ts";
import { complain, fullBudget, MAX_DEPTH, type Budget } from "./limits.ts";
import { byId, readFields, type MessageSource } from "./message-fields.ts";
import { readProperties } from "./properties.ts";
import type { Tnef, TnefFile } from "./types.ts";

export type { Tnef, TnefFile } from "./types.ts";

/**
 * Whether a part of a message is TNEF. Its first bytes must say so, and its type or its name; a name without an
 * extension denies nothing, and a file of these bytes under another extension stays a file.
 * @param firstBytes at least 4
 */
export function isTnef(contentType: string | undefined, filename: string | undefined, firstBytes: Buffer): boolean {
  if (!hasSignature(firstBytes)) return false;
  // application/ms-tnef; name="winmail.dat" · application/vnd.ms-tnef · application/octet-stream; name="ATT00008.dat"
  if (/^application\/(?:(?:vnd\.)?ms-|x-)tnef\b/i.test(contentType?.trim() ?? "")) return true;
  const name = filename?.trim() ?? "";
  return !name.includes(".") || /\.(?:dat|tnef)$/i.test(name);
}

/**
 * Reads a TNEF stream.
 * @returns always a result; `readable` is false when nothing could be read
 */
export function readTnef(bytes: Buffer): Tnef {
  const budget = fullBudget();
  try {
    return { ...readMessage(bytes, budget, 0), defects: budget.defects };
  } catch (error) {
    // A bug of ours must not lose the message that it came with.
    complain(budget, `could not be read (${String((error as Error)?.message ?? error).slice(0, 200)})`);
    return { ...NOTHING, defects: budget.defects };
  }
}

const NOTHING: Tnef = { readable: false, files: [], body: {}, recipients: [], defects: [] };

function readMessage(bytes: Buffer, budget: Budget, depth: number): Tnef {
  if (!hasSignature(bytes)) {
    complain(budget, "the signature is missing");
    return NOTHING;
  }
  const { attributes, whole } = readAttributes(bytes, budget);
  const source = sourceOf(attributes, budget);
  const body = readBody(source, budget);
  const files = readFiles(
    attributes,
    source.codePage,
    shownIn(body.html),
    (stream, name) => attachedMessage(stream, name, budget, depth + 1),
    budget,
  );
  const readable = files.length > 0 || Object.keys(body).length > 0 || (whole && attributes.length > 0);
  return { readable, files, body, ...readFields(source, budget), defects: [] };
}

function sourceOf(attributes: readonly Attribute[], budget: Budget): MessageSource {
  const found = byId(attributes);
  const list = found.get(ATTRIBUTE.messageProperties);
  const oem = found.get(ATTRIBUTE.oemCodePage);
  return {
    attributes: found,
    properties: list ? readProperties(list, budget) : new Map(),
    codePage: (oem && oem.length >= 4 && oem.readUInt32LE(0)) || WESTERN,
  };
}

/** A message in the message becomes a file that mail programs open. Beyond MAX_DEPTH its stream stays as it is. */
function attachedMessage(stream: Buffer, name: string, budget: Budget, depth: number): TnefFile | undefined {
  if (!hasSignature(stream)) return undefined;
  if (depth > MAX_DEPTH) {
    complain(budget, "messages are nested too deep, the innermost stays as it is");
    return { filename: `${name}.dat`, contentType: "application/ms-tnef", content: stream, inline: false };
  }
  const message = readMessage(stream, budget, depth);
  const subject = message.subject?.trim() || (name === UNTITLED ? "message" : name);
  return {
    filename: `${subject.replace(/\.(?:msg|eml)$/i, "")}.eml`,
    contentType: "message/rfc822",
    content: toEml({ ...message, subject }),
    inline: false,
  };
}

/** Content-IDs that the HTML shows, in lower case: `<img src="cid:image001.png@01D139A1.76DB0C80">`. */
function shownIn(html: string | undefined): Set<string> {
  const ids = new Set<string>();
  for (const match of html?.matchAll(/\bcid:([^\s"'<>)]{1,300})/gi) ?? []) ids.add((match[1] as string).toLowerCase());
  return ids;
}
