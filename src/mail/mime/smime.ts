/**
 * S/MIME messages (RFC 8551) whose words are inside of a CMS structure (RFC 5652): signed and compressed ones are
 * opened, so that an agent can read them; encrypted ones stay a file. No signature is verified: who wrote a message is
 * judged by DKIM and DMARC. A signed document of a customer (`invoice.xml.p7m`) is not a message and stays a file too.
 */
import { isUtf8 } from "node:buffer";
import { inflateSync } from "node:zlib";
import { hasHeader, readHeaders } from "../headers.ts";
import type { Protection } from "../types.ts";
import { elementAt, elementsIn, octets, type Element } from "./ber.ts";

/** What a CMS structure is, and what it holds where that can be read without a key. */
export type Cms =
  | { readonly kind: "signed" | "compressed"; readonly content: Buffer; readonly cut: boolean }
  /** A signature alone, or certificates. */
  | { readonly kind: "detached" }
  | { readonly kind: "encrypted" };

/** RFC 5652 section 12.1 and its kin, in hex. */
const DATA = "2a864886f70d010701";
const KINDS: Readonly<Record<string, Cms["kind"] | undefined>> = {
  "2a864886f70d010702": "signed",
  "2a864886f70d010703": "encrypted",
  "2a864886f70d010706": "encrypted",
  // id-ct-authEnvelopedData (RFC 5083) and id-ct-compressedData (RFC 3274).
  "2a864886f70d010910010117": "encrypted",
  "2a864886f70d0109100109": "compressed",
};

const SEQUENCE = 0x30;
const EXPLICIT_0 = 0xa0;
const OID = 0x06;

/**
 * Reads a CMS structure, DER, BER or base64 of it. Never throws; linear.
 * @param limit bytes to which compressed content may grow
 * @returns undefined when it is none
 */
export function readCms(bytes: Buffer, limit: number): Cms | undefined {
  const der = binary(bytes);
  const info = elementAt(der, 0, der.length);
  if (info?.tag !== SEQUENCE) return undefined;
  const [type, wrapper] = elementsIn(der, info, 2);
  const kind = KINDS[oid(der, type)];
  if (kind === undefined || wrapper?.tag !== EXPLICIT_0) return undefined;
  if (kind === "encrypted" || kind === "detached") return { kind };
  const body = elementAt(der, wrapper.from, wrapper.to);
  // Both begin with a version and algorithms, then the content (RFC 5652 section 5.1, RFC 3274 section 1.1).
  const held = body?.tag === SEQUENCE ? elementsIn(der, body, 3)[2] : undefined;
  if (held?.tag !== SEQUENCE) return undefined;
  const [contentType, content] = elementsIn(der, held, 2);
  if (content === undefined) return { kind: "detached" };
  const string = content.tag === EXPLICIT_0 ? elementAt(der, content.from, content.to) : undefined;
  const found = string && oid(der, contentType) === DATA ? octets(der, string) : undefined;
  if (!found) return undefined;
  if (kind === "signed") return { kind, ...found };
  return { kind, ...inflated(found, limit) };
}

function inflated(found: { content: Buffer; cut: boolean }, limit: number): { content: Buffer; cut: boolean } {
  try {
    return { content: inflateSync(found.content, { maxOutputLength: Math.max(1, limit) }), cut: found.cut };
  } catch {
    // Not zlib (RFC 3274 section 1.1), cut, or a bomb.
    return { content: Buffer.alloc(0), cut: true };
  }
}

function oid(der: Buffer, element: Element | undefined): string {
  return element?.tag === OID && element.to - element.from <= 16 ? der.toString("hex", element.from, element.to) : "";
}

/**
 * A gateway that forgot to say base64, or a file as openssl writes it: `-----BEGIN CMS-----`. A SEQUENCE begins with `0`
 * in binary and with `M` in base64.
 */
function binary(bytes: Buffer): Buffer {
  if (!/^\s*(?:-----BEGIN |M[A-Za-z0-9+/]{20})/.test(bytes.toString("latin1", 0, 64))) return bytes;
  return Buffer.from(bytes.toString("latin1").replace(/-----(?:BEGIN|END) [A-Z0-9 ]{1,40}-----/g, ""), "base64");
}

export type SmimePart = { readonly contentType: string; readonly filename?: string; readonly content: Buffer };

export type OpenedSmime = {
  readonly protection?: Protection;
  /** The MIME entity inside, headers first, to be parsed in the part's place. Undefined: the part stays a file. */
  readonly entity?: Buffer;
  readonly defects: readonly string[];
};

/**
 * Opens a part that is an S/MIME message. Never throws; linear. What comes out may be another one, so whoever parses it
 * counts the levels.
 * @param part type in lower case without parameters, content decoded from its transfer encoding
 * @param limit bytes to which it may grow; of one message all parts together should keep to one
 * @returns undefined when it is no S/MIME message: an ordinary file, or one that somebody signed
 */
export function openSmime(part: SmimePart, limit: number): OpenedSmime | undefined {
  if (!mayBeSmime(part)) return undefined;
  const cms = readCms(part.content, limit);
  if (cms === undefined) return { defects: ["smime: the signed or encrypted part could not be read"] };
  if (cms.kind === "encrypted") return { protection: "smime-encrypted", defects: [] };
  if (cms.kind === "detached") return { defects: [] };
  const entity = cms.content.length <= limit ? entityOf(cms.content, part.filename) : undefined;
  const defects = cms.cut ? [`smime: the ${cms.kind} content is cut or damaged`] : [];
  if (entity === undefined) return defects.length > 0 ? { defects } : undefined;
  return { ...(cms.kind === "signed" ? { protection: "smime-signed" as const } : {}), entity, defects };
}

const MIME_TYPES = ["application/pkcs7-mime", "application/x-pkcs7-mime"];

/**
 * By type, or by name where a gateway made `smime.p7m` an application/octet-stream (RFC 8551 section 3.2.1). A name with
 * another extension before it is a signed document: `invoice.xml.p7m`, `contract.pdf.p7m` (CAdES, common in Italy).
 */
function mayBeSmime({ contentType, filename = "" }: SmimePart): boolean {
  if (/\.[a-z0-9]{1,8}\.p7[mz]$/i.test(filename)) return false;
  return (
    MIME_TYPES.includes(contentType) ||
    (contentType === "application/octet-stream" && /^smime\.p7[mz]$/i.test(filename))
  );
}

/** Only what begins with MIME fields is a message; under the name of one, text without them is its words. */
function entityOf(content: Buffer, filename: string | undefined): Buffer | undefined {
  const { fields } = readHeaders(content.subarray(0, 64 * 1024));
  if (MIME_FIELDS.some((name) => hasHeader(fields, name))) return content;
  const words =
    /^(?:smime\.p7[mz])?$/i.test(filename ?? "") && content.length > 0 && isUtf8(content) && !content.includes(0);
  return words ? Buffer.concat([Buffer.from("Content-Type: text/plain; charset=utf-8\r\n\r\n"), content]) : undefined;
}

const MIME_FIELDS = ["content-type", "content-transfer-encoding", "mime-version"];
