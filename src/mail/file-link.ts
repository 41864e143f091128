/**
 * Links to a file of a message, for agents whose notification could not carry it. A link is its own permission: it grants that
 * one file until it expires, and nothing else. It is signed with the desk's key, so that nobody makes one up.
 */
import { createHmac, timingSafeEqual } from "node:crypto";

/** What a path of ours looks like; ids and seconds are decimal, the signature is base64url of 132 bits. */
const PATH = /^([1-9]\d{0,14})-(\d{1,12})-([\w-]{22})$/;
const SIGNATURE_LENGTH = 22;

/**
 * `https://desk.example/attachment/17-1796000000-…`.
 * @param base where the web role is reached from outside, without a slash at its end
 * @param expiresAt UTC milliseconds; counted in whole seconds
 */
export function fileLink(base: string, key: Buffer, attachmentId: number, expiresAt: number): string {
  const seconds = Math.floor(expiresAt / 1000);
  return `${base}/attachment/${attachmentId}-${seconds}-${signature(key, attachmentId, seconds)}`;
}

export type FileLink =
  | { readonly kind: "file"; readonly attachmentId: number }
  | { readonly kind: "expired" }
  | { readonly kind: "unknown" };

/** Reads the last part of such a link's path. `unknown` for whatever this key has not signed. */
export function readFileLink(text: string, key: Buffer, now: number): FileLink {
  const [, id, seconds, given] = PATH.exec(text) ?? [];
  if (id === undefined || seconds === undefined || given === undefined) return { kind: "unknown" };
  const expected = signature(key, Number(id), Number(seconds));
  if (!timingSafeEqual(Buffer.from(given), Buffer.from(expected))) return { kind: "unknown" };
  return now >= Number(seconds) * 1000 ? { kind: "expired" } : { kind: "file", attachmentId: Number(id) };
}

/** HMAC-SHA256 (RFC 2104) over the file and the moment; the words before them keep it apart from every other use of the key. */
function signature(key: Buffer, attachmentId: number, seconds: number): string {
  return createHmac("sha256", key)
    .update(`file:${attachmentId}:${seconds}`)
    .digest("base64url")
    .slice(0, SIGNATURE_LENGTH);
}
