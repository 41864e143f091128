/**
 * Reports that only people can read: where the returned message begins, and which lines before it name recipient,
 * status and reason. Each pattern shows the server's words that it is for.
 */
import { canonicalAddress } from "../address.ts";
import type { DeliveryReport, EmailAddress } from "../types.ts";

/** Where the report ends and our own mail, sent back, begins. */
const RETURNED: readonly RegExp[] = [
  // --- Below this line is a copy of the message.                                           (qmail)
  /^-{2,} ?below this line is a copy of the message/im,
  // ------ This is a copy of the message, including all the headers. ------                 (exim)
  /^-{2,} ?this is a copy of (?:the|your) message/im,
  // ----- Original message -----   ·   --- Original message follows.   ·   Original message headers:
  /^-{0,10} ?(?:original message|original-nachricht|unsent message|returned message|the original message|message header|header)[^\n]{0,40}(?:-{2,}|follows|below|headers?):?/im,
  /^original message (?:headers|follows):?/im,
];

/** Lines with nothing but a recipient, the reason after it. */
const RECIPIENT_LINES: readonly RegExp[] = [
  // <maria@home.example>: host mx.home.example said: 550 5.1.1 unknown user                 (postfix, qmail)
  /^[ \t]*<([^<>\s@]{1,128}@[^<>\s]{1,253})>(?::|[ \t]*$|[ \t]*\(|[ \t]+(?:\.{3}|-))/gm,
  //   maria@home.example                                                                    (exim, Exchange, Gmail)
  /^[ \t]*([^<>\s@:;,]{1,128}@[^<>\s@:;,]{1,253}?)[ \t]*:?[ \t]*$/gm,
  // ----- The following addresses had permanent fatal errors -----  <maria@home.example>    (sendmail)
  /^[ \t]*<([^<>\s@]{1,128}@[^<>\s]{1,253})>/gm,
  // Your message to maria@home.example couldn't be delivered. · wasn't delivered to maria@home.example because (Microsoft, Google)
  /\b(?:to|recipient|an|für|à|a|for|address(?:ee)?|user|mailbox):?[ \t]+[<"'[]?([^\s<>"'@()[\]:;,]{1,128}@[^\s<>"'@()[\]:;,]{1,253}?)[\]>"']?(?=[\s.,;:!)]|$)/gim,
];

const STATUS = /(?:^|[\s(#[<:=-])([245]\.\d{1,3}\.\d{1,3})(?=$|[\s)\].,;:>-])/;
const REPLY_CODE = /^[^\n]{0,300}?\b([45]\d\d)[ -][^\n]{3,500}$/m;

/** Place at which the returned message begins, the text's length when it cannot be seen. */
export function returnedMessageAt(text: string): number {
  const places = RETURNED.map((pattern) => text.search(pattern)).filter((place) => place > 0);
  return places.length > 0 ? Math.min(...places) : text.length;
}

/** The first enhanced status code (RFC 3463): `5.1.1`. */
export function statusIn(text: string): string | undefined {
  return STATUS.exec(text.slice(0, 50_000))?.[1];
}

/** The class of a reply without an enhanced code: `550 no such user` is `5.0.0` (RFC 3463 section 3.1). */
export function statusOfReply(diagnostic: string): string | undefined {
  const digit = /(?:^|[\s;:#(])([45])\d\d(?=[\s-])/.exec(diagnostic.slice(0, 1000))?.[1];
  return digit && `${digit}.0.0`;
}

/** The recipients that the prose names, by the first pattern that finds any. */
export function recipientsIn(text: string): EmailAddress[] {
  const head = text.slice(0, 50_000);
  for (const pattern of RECIPIENT_LINES) {
    const found = [...head.matchAll(pattern)].map((match) => canonicalAddress((match[1] as string).replace(/\.$/, "")));
    const addresses = [...new Set(found.filter((address) => address !== undefined))];
    if (addresses.length > 0) return addresses;
  }
  return [];
}

/** The line with the server's reply: `550 5.1.1 <maria@home.example>: no such user`. */
export function diagnosticIn(text: string): string | undefined {
  return REPLY_CODE.exec(text.slice(0, 50_000))?.[0].trim();
}

/** Warnings say that they go on trying: `This is a warning message only. YOU DO NOT NEED TO RESEND YOUR MESSAGE.` */
export function actionIn(text: string, status: string | undefined): DeliveryReport["action"] {
  const head = text.slice(0, 20_000);
  if (status?.startsWith("5")) return "failed";
  if (status?.startsWith("2")) return "delivered";
  if (
    /\b(?:warning message only|will (?:continue|keep) (?:trying|to try)|not yet been delivered|has been delayed|delivery (?:is |has been )?delayed|still being retried|will be retried)\b/i.test(
      head,
    )
  ) {
    return "delayed";
  }
  if (
    /\b(?:could ?n[o']t|cannot|can't|was ?n[o']t|not be|unable to|failed|failure|undeliver|permanent|unknown user|user unknown|fehlgeschlagen|nicht zugestellt|unzustellbar|impossible de remettre)/i.test(
      head,
    )
  ) {
    return "failed";
  }
  return status?.startsWith("4") ? "delayed" : "unknown";
}
