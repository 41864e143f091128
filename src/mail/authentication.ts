/**
 * Is From true? Two witnesses: the trusted server's DMARC verdict (RFC 7489), and our own check of the signature.
 * `fail` needs a positive reason (DMARC fails, or the message has two authors' headers); everything unproven is `none`.
 */
import { readAddressList } from "./address-list.ts";
import { domainOf } from "./address.ts";
import { trustedResults, type MethodResult } from "./authentication-results.ts";
import type { ParseContext } from "./context.ts";
import { checkSignature, type SignatureCheck } from "./dkim.ts";
import { HEADERS_CUT, headerValues } from "./headers.ts";
import type { Authentication, AuthResult, EmailAddress, HeaderField } from "./types.ts";

export type Authenticated = {
  readonly raw: Buffer;
  readonly fields: readonly HeaderField[];
  readonly date: number | undefined;
  readonly defects: readonly string[];
};

/** Judges the author of a message. Never throws: a failure of the resolver is `none` with the reason. */
export async function authenticate(
  message: Authenticated,
  context: Pick<ParseContext, "mx" | "resolver" | "arrivedAt">,
): Promise<Authentication> {
  const trusted = trustedResults(message.fields, context.mx);
  const author = soleAuthor(message.fields);
  if ("problem" in author) {
    const dmarc = dmarcOf(trusted, undefined);
    const failed = author.forged || dmarc === "fail";
    return { result: failed ? "fail" : "none", by: "nobody", dmarc, detail: author.problem };
  }
  if (message.defects.includes(HEADERS_CUT))
    return { result: "none", by: "nobody", dmarc: "none", detail: HEADERS_CUT };
  const dmarc = dmarcOf(trusted, author.address);
  const server = context.mx?.authservId ?? "";
  // A signature that we find good while the trusted server says fail is a contradiction; the suspicious one wins.
  if (dmarc === "fail") return { result: "fail", by: "authserv", dmarc, detail: `dmarc=fail by ${server}` };
  if (dmarc === "pass") {
    return {
      result: "pass",
      by: "authserv",
      dmarc,
      detail: `dmarc=pass header.from=${domainOf(author.address)} by ${server}`,
    };
  }
  const signature = await signatureOf(message, author.address, context);
  if (signature.pass) return { result: "pass", by: "dkim", dmarc, detail: signature.detail };
  const found = trusted ? `no aligned dmarc=pass from ${server}` : "no trusted Authentication-Results";
  return { result: "none", by: "nobody", dmarc, detail: `${found}; ${signature.detail}` };
}

/**
 * RFC 5322 section 3.6 allows one From; RFC 7489 section 6.6.1 refuses the message with several, or with several
 * authors. Group syntax and encoded addresses are read differently by different programs, so they prove nothing.
 */
function soleAuthor(fields: readonly HeaderField[]): { address: EmailAddress } | { problem: string; forged: boolean } {
  const values = headerValues(fields, "from");
  if (values.length > 1) return { problem: `${values.length} From headers`, forged: true };
  const list = readAddressList(values[0] ?? "");
  const [first, second] = list.addresses;
  if (!first) return { problem: "no usable From", forged: false };
  if (second) return { problem: "more than one author in From", forged: false };
  if (list.group) return { problem: "group syntax in From", forged: false };
  if (list.doubtful) return { problem: "From can be read in more than one way", forged: false };
  return { address: first.address };
}

/** DMARC as the trusted server states it. A pass for another domain than From's is no pass; any fail is one. */
function dmarcOf(trusted: readonly MethodResult[] | undefined, from: EmailAddress | undefined): AuthResult {
  const verdicts = (trusted ?? []).filter((result) => result.method === "dmarc");
  if (verdicts.some((verdict) => verdict.result === "fail")) return "fail";
  if (verdicts.length === 0 || from === undefined) return "none";
  // Microsoft's `bestguesspass` is not a pass: the domain publishes no policy.
  const aligned = verdicts.every(
    (verdict) => verdict.result === "pass" && verdict.properties["header.from"]?.replace(/^.*@/, "") === domainOf(from),
  );
  return aligned ? "pass" : "none";
}

async function signatureOf(
  message: Authenticated,
  from: EmailAddress,
  context: Pick<ParseContext, "resolver" | "arrivedAt">,
): Promise<SignatureCheck> {
  if (!context.resolver) return { pass: false, detail: "signatures are not checked" };
  try {
    return await checkSignature({ ...message, from, arrivedAt: context.arrivedAt }, context.resolver);
  } catch (error) {
    return {
      pass: false,
      detail: `the signature could not be checked: ${String((error as Error)?.message ?? error).slice(0, 200)}`,
    };
  }
}
