/**
 * How a message is signed or encrypted, told from MIME types alone (RFC 1847, RFC 3156, RFC 8551). Nothing is verified
 * or decrypted: a mark for people, never evidence of who wrote it.
 */
import type { Protection } from "../types.ts";

const SMIME = ["application/pkcs7-mime", "application/x-pkcs7-mime"];
const SMIME_SIGNATURE = ["application/pkcs7-signature", "application/x-pkcs7-signature"];

/**
 * What a part's type says about the message.
 * @param contentType lower case, without parameters
 * @param params names in lower case, values decoded: `protocol`, `micalg`, `smime-type`
 * @returns undefined for ordinary parts, and for an S/MIME part that has to be looked into (openSmime)
 */
export function protectionOf(contentType: string, params: ReadonlyMap<string, string>): Protection | undefined {
  const value = (name: string): string => params.get(name)?.trim().toLowerCase() ?? "";
  if (contentType === "multipart/signed") {
    if (SMIME_SIGNATURE.includes(value("protocol"))) return "smime-signed";
    // A gateway that lost the protocol leaves `micalg=pgp-sha256` (RFC 3156 section 5).
    return value("protocol") === "application/pgp-signature" || value("micalg").startsWith("pgp-")
      ? "pgp-signed"
      : undefined;
  }
  if (contentType === "multipart/encrypted")
    return value("protocol").includes("pkcs7") ? "smime-encrypted" : "pgp-encrypted";
  // Exchange makes a multipart/mixed of PGP/MIME; its control part is still there.
  if (contentType === "application/pgp-encrypted") return "pgp-encrypted";
  if (!SMIME.includes(contentType)) return undefined;
  const kind = value("smime-type");
  if (kind === "signed-data") return "smime-signed";
  return kind === "enveloped-data" || kind === "authenveloped-data" ? "smime-encrypted" : undefined;
}

/** The stronger of two marks, for a message that is signed inside and encrypted outside. */
export function strongerProtection(one: Protection | undefined, other: Protection | undefined): Protection | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return other.endsWith("-encrypted") && !one.endsWith("-encrypted") ? other : one;
}

const SIGNATURES = [...SMIME_SIGNATURE, "application/pgp-signature"];
/** `smime.p7s`, `OpenPGP_signature`, `OpenPGP_signature.asc`, `signature.asc`, and `PGP.sig` of old mailers. */
const SIGNATURE_NAME =
  /^(?:smime(?:\.p7s)?|openpgp[_ ]digital[_ ]signature(?:\.asc)?|openpgp_signature(?:\.asc)?|signature\.(?:asc|pgp|p7s)|pgp\.sig)$/i;

/**
 * Whether a part is wrapping rather than a customer's file: the signature of a message, or PGP/MIME's `Version: 1`.
 * @param insideSigned it is a child of multipart/signed. Elsewhere (a list or gateway rewrapped the message) only the
 * usual names count, since `setup.exe.asc` is a file that somebody sends on purpose.
 */
export function isProtectionPart(
  part: { readonly contentType: string; readonly filename?: string },
  insideSigned: boolean,
): boolean {
  if (part.contentType === "application/pgp-encrypted") return true;
  const typed = SIGNATURES.includes(part.contentType);
  const named = SIGNATURE_NAME.test(part.filename ?? "");
  if (insideSigned) return typed || (named && part.contentType === "application/octet-stream");
  return named && (typed || part.contentType === "application/octet-stream");
}

/** A line in place of words that cannot be read here; undefined when they can. */
export function protectionNote(protection: Protection | undefined): string | undefined {
  if (protection === "smime-encrypted")
    return "This message is encrypted (S/MIME). It cannot be read here and is attached as it came.";
  if (protection === "pgp-encrypted")
    return "This message is encrypted (OpenPGP). It cannot be read here and is attached as it came.";
  return undefined;
}
