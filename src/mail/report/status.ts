/**
 * Enhanced status codes (RFC 3463) and SMTP reply codes (RFC 5321 section 4.2) as servers write them among words.
 * What the mail states is never contradicted: a code is made up from a reply code or from words only where none is stated.
 */
import type { DeliveryAction } from "../types.ts";
import { meaningOf } from "./meaning.ts";

/** One server's answer is some hundred characters; what is longer is a pasted log. In characters. */
const MAX_SAID = 20_000;

/**
 * `5.1.1` · `(#5.1.1)` · `550-5.7.26` · `<421 4.4.2 …`; not the address 4.2.2.1, the version 8.14.4 or the date 5.11.2024.
 * RFC 3463 section 2: class, subject of one digit today, detail of up to three.
 */
const ENHANCED = /(?<![\p{L}\d.])[245]\.\d\.\d{1,3}(?!\.?\d)/gu;

/**
 * `550 no such user` · `said: 450-` · `<<< 553 …` · `SMTP; 552` · `ResponseCode 421,` · `'550'`; not `for 480 minutes`,
 * `550 bytes` or a number within a name.
 */
const REPLY =
  /(?:^|[\s;:#('"<>[=])([45][0-57]\d)(?=[\s:,;.\-#'")\]<]|$)(?! ?(?:bytes|kb|mb|seconds?|minutes?|hours?|days?|times|hops?)\b)/i;

/** Every enhanced code in a text, in order. */
export function statusesIn(text: string): string[] {
  return [...text.slice(0, MAX_SAID).matchAll(ENHANCED)].map(([code]) => code);
}

/** The first SMTP reply code of an error: `550`. */
export function replyCodeIn(text: string): string | undefined {
  return REPLY.exec(text.slice(0, MAX_SAID))?.[1];
}

/**
 * How much a code says. `5.0.0` is "other undefined status" (RFC 3463 section 3.1); `4.4.7`, the message expired, only
 * tells that a reason lasted; a zero at the end leaves the reason open (`5.7.0`).
 */
function weight(code: string): number {
  if (/^\d\.0\.0$/.test(code)) return 0;
  if (/^\d\.4\.7$/.test(code)) return 1;
  return /^\d\.(?:0\.\d+|\d\.0)$/.test(code) ? 1 : 2;
}

/** The code that says most; of equals the first, so that the order given is the order of trust. */
export function mostTelling(codes: readonly string[]): string | undefined {
  return codes.toSorted((a, b) => weight(b) - weight(a))[0];
}

export type Evidence = {
  /** The Status field of the report (RFC 3464 section 2.3.4). */
  readonly field?: string;
  /** What the remote server answered. */
  readonly diagnostic?: string;
  /** The words for people about this recipient. */
  readonly said?: string;
  readonly action: DeliveryAction;
};

/**
 * The status of one recipient. The remote server's own code comes before the reporting server's summary of it
 * (`Status: 4.4.7`, `Diagnostic-Code: smtp; 450 4.7.1 …`), unless it says less; the prose counts where both say nothing.
 */
export function statusOf({ field, diagnostic = "", said = "", action }: Evidence): string | undefined {
  const answered = statusesIn(diagnostic).filter((code) => fits(code, action));
  const stated = mostTelling([...answered, ...statusesIn(field ?? "")]);
  if (stated && weight(stated) > 0) return stated;
  // A server's `5.0.0` is its answer; only a Status field that says no more leaves room for the prose.
  if (stated && answered.length > 0) return stated;
  const told = mostTelling(statusesIn(said).filter((code) => (stated ? code[0] === stated[0] : fits(code, action))));
  if (told && weight(told) > 0) return told;
  const derived = [derivedStatus(diagnostic, action), derivedStatus(said, action)].filter((code) => code !== undefined);
  return stated ?? told ?? mostTelling(derived.filter((code) => code[0] === derived[0]?.[0]));
}

/** Transcripts hold the answers to the commands that went well too: `250 2.1.5 Ok`. */
function fits(code: string, action: DeliveryAction): boolean {
  const well = action === "delivered" || action === "relayed" || action === "expanded";
  return (code[0] === "2") === well;
}

/** Reply codes whose meaning RFC 5321 section 4.2.3 leaves no doubt about, where the words tell nothing. */
const PLAIN_CODES: Readonly<Record<string, string>> = { "452": "2.2", "551": "1.6", "552": "2.2" };

/**
 * A code for words without one: the class from the reply code, else from the outcome; subject and detail where the meaning is
 * certain (RFC 3463 section 3, RFC 5248), else `X.0.0`.
 */
function derivedStatus(said: string, action: DeliveryAction): string | undefined {
  if (said.trim() === "") return undefined;
  const reply = replyCodeIn(said);
  const outcome = { failed: "5", delayed: "4", delivered: "2", relayed: "2", expanded: "2", unknown: undefined }[
    action
  ];
  const digit = reply?.[0] ?? outcome;
  if (digit === undefined) return undefined;
  if (digit === "2") return "2.0.0";
  return `${digit}.${meaningOf(said) ?? PLAIN_CODES[reply ?? ""] ?? "0.0"}`;
}
