/**
 * Our own check of a DKIM signature (RFC 6376), stricter than the RFC: it must vouch for everything by which a
 * command is understood, and for all of the body. A signature that fails any of this counts as absent (section 6.1).
 */
import { dkimVerify } from "mailauth/lib/dkim/verify.js";
import type { DKIMResult } from "mailauth";
import { canonicalAddress } from "./address.ts";
import type { Resolver } from "./context.ts";
import { headerValues } from "./headers.ts";
import type { EmailAddress, HeaderField } from "./types.ts";

/** What the signature must cover. Each may stand in the message once: a second, unsigned one is what clients would show. */
const SIGNED = ["from", "to", "subject", "date", "message-id"];
/** These need not be signed but must not be doubled: a second one changes what the signed body says. */
const ONCE = [...SIGNED, "content-type", "content-transfer-encoding", "mime-version"];
/** Each signature costs a look-up; a message with more is trying something. */
const MAX_SIGNATURES = 8;
const WEEK = 7 * 24 * 3600_000;

export type SignatureCheck = { readonly pass: boolean; readonly detail: string };

/** What is known of the message before its signature is looked at. */
export type SignedMessage = {
  readonly raw: Buffer;
  readonly fields: readonly HeaderField[];
  /** The one author; callers have made sure that there is one and only one. */
  readonly from: EmailAddress;
  /** UTC milliseconds, undefined when the Date header is no date. */
  readonly date: number | undefined;
  readonly arrivedAt: number;
};

/**
 * Checks the signatures of a message.
 * @param resolver asks for the key records; its failures are "no pass", never an error
 */
export async function checkSignature(message: SignedMessage, resolver: Resolver): Promise<SignatureCheck> {
  const obstacle = obstacleBefore(message);
  if (obstacle) return { pass: false, detail: obstacle };
  const verified = await dkimVerify(message.raw, {
    resolver,
    rejectRsaSha1: true,
    curTime: new Date(message.arrivedAt),
  });
  const authors = verified.headerFrom.map((address) => canonicalAddress(address));
  if (verified.fromFields !== 1 || authors.length !== 1 || authors[0] !== message.from) {
    return { pass: false, detail: "the signature's reader sees another author" };
  }
  const judged = verified.results.map((result) => ({ result, problem: problemOf(result) }));
  const good = judged.find(({ problem }) => problem === undefined);
  if (good) return { pass: true, detail: `dkim=pass d=${good.result.signingDomain}` };
  return { pass: false, detail: judged[0] ? `dkim: ${judged[0].problem}` : "not signed" };
}

/** What rules a pass out without any look-up. */
function obstacleBefore(message: SignedMessage): string | undefined {
  const signatures = headerValues(message.fields, "dkim-signature").length;
  if (signatures === 0) return "not signed";
  if (signatures > MAX_SIGNATURES) return `${signatures} signatures, more than are looked at`;
  const doubled = ONCE.find((name) => headerValues(message.fields, name).length > 1);
  if (doubled) return `more than one ${doubled} header`;
  if (message.date === undefined) return "no readable Date";
  if (Math.abs(message.arrivedAt - message.date) > WEEK) return "its Date is more than a week from its arrival";
  return undefined;
}

function problemOf(result: DKIMResult): string | undefined {
  const { status } = result;
  if (status.result !== "pass") return `${status.result}${status.comment ? ` (${status.comment})` : ""}`;
  // RFC 6376 section 3.6.1: mail of a signer that is testing (t=y) is treated as unsigned.
  if (status.testing) return "the signer is only testing (t=y)";
  // RFC 6376 section 8.2: with l=, anybody can append to the body.
  if (result.canonBodyLengthLimited) return "l= leaves part of the body unsigned";
  // RFC 7489 section 3.1.1: identifier alignment, relaxed (same organizational domain).
  if (!status.aligned) return `d=${result.signingDomain} is not aligned to From`;
  const signed = new Set((result.signingHeaders?.keys ?? "").toLowerCase().split(/\s*:\s*/));
  const missing = SIGNED.find((name) => !signed.has(name));
  return missing && `${missing} is not signed`;
}
