/**
 * The message that came back with a report: where it begins among the words, and what its header says. Its addresses are
 * its own: nobody in it is a failed recipient for standing there.
 */
import { readAddressList } from "../address-list.ts";
import { headerValue, headerValues, readHeaders } from "../headers.ts";
import { parseMessageIds } from "../message-id.ts";
import type { FilePart } from "../mime/part.ts";
import type { EmailAddress, HeaderField, MessageId } from "../types.ts";

const RETURNED_TYPES = new Set([
  "message/rfc822",
  "message/rfc822-headers",
  "message/global",
  "message/global-headers",
  "message/partial",
  "text/rfc822-headers",
  "text/rfc822",
]);

/** Reports are short; in what comes after, nothing is looked for. In characters. */
export const MAX_WORDS = 50_000;

/** Where the report ends and our own mail, sent back, begins. */
const BEGINNINGS: readonly RegExp[] = [
  // --- Below this line is a copy of the message.  ·  Below is a copy of the original message:       (qmail, OpenSMTPD)
  /^[- \t]{0,20}below (?:this line |the next line )?is a copy of the/im,
  // ------ This is a copy of the message, including all the headers. ------                          (Exim)
  /^[- \t]{0,20}this is a copy of (?:the|your) (?:message|mail)/im,
  // Included is a copy of the message header:  ·  A copy of the original message
  /^[- \t]{0,20}(?:included is )?a copy of (?:the|your) (?:original )?(?:message|mail)[^\n]{0,40}(?:header|follows|below|is attached)?:?[- \t]{0,80}$/im,
  // ----- Original message -----  ·  -------original mail info  ·  --- The header of the original message is following. ---
  /^[-=*|# \t]{0,80}(?:the )?(?:header of the )?(?:original|returned|unsent|undelivered|old|rejected) (?:message|mail|e-?mail)(?: headers?| text| info)?(?: is following| follows?| below| attached)?[ .:]{0,4}[-=*|# \t]{0,80}$/im,
  // |------------------------- Message text follows: ------------------------|  ·  Message headers follow.  ·  -- The header
  /^[-=*|# \t]{0,80}(?:the )?(?:message|mail|full)? ?(?:text|headers?|body|contents?)(?: of the (?:original )?message)? (?:follows?|below|is following)[ .:]{0,4}[-=*|# \t]{0,80}$/im,
  // ----- Unsent message below -----  ·  --------RETURNED MAIL FOLLOWS--------  ·  ---- START OF RETURNED MESSAGE ----
  /^[-=*|# \t]{2,80}[a-z ]{0,30}(?:returned|unsent|original|message|undelivered)[a-z ]{0,40}[ .:]{0,4}[-=*|#]{2,80}[ \t]*$/im,
  // ----- Ursprüngliche Nachricht -----  ·  Message d'origine  ·  元のメッセージ  ·  Исходное сообщение  ·  原始邮件
  /^[-=*|# \t]{0,80}(?:original-?nachricht|urspr(?:ü|ue)ngliche nachricht|kopfzeilen der|message d['’]origine|en-t[êe]tes? (?:du|d['’]origine)|mensaje original|encabezados? (?:de mensaje )?original|messaggio originale|intestazioni|mensagem original|oorspronkelijk bericht|元の(?:メッセージ|メール)|原始(?:邮件|郵件|訊息)|исходное сообщение)[^\n]{0,60}$/imu,
  // Original message headers:                                                                          (Exchange)
  /^original message headers?:/im,
];

/** Names at the beginnings of lines by which a pasted header block is known. */
const HEADER_LINE =
  /^(?:received|return-path|message-id|from|to|cc|subject|date|mime-version|content-type|content-transfer-encoding|x-[\w-]{1,60}|dkim-signature|reply-to|sender|references|in-reply-to|delivered-to|user-agent|envelope-to|authentication-results) ?:/i;

/** Place at which the returned message begins among the words, their length when it cannot be seen. */
export function returnedMessageAt(text: string): number {
  const head = text.slice(0, MAX_WORDS);
  const places = BEGINNINGS.map((pattern) => head.search(pattern)).filter((place) => place > 0);
  const pasted = headerBlockAt(head);
  return Math.min(text.length, ...places, ...(pasted > 0 ? [pasted] : []));
}

/** A run of header lines with a Received or Return-Path in it: no server writes those about its own report. -1 when there is none. */
function headerBlockAt(text: string): number {
  let start = -1;
  let seen = new Set<string>();
  let place = 0;
  for (const line of text.split("\n")) {
    const name = HEADER_LINE.exec(line)?.[0].toLowerCase().replace(/ ?:$/, "");
    if (name !== undefined) {
      if (start < 0) start = place;
      seen.add(name);
      if (seen.size >= 3 && (seen.has("received") || seen.has("return-path"))) return start;
    } else if (start >= 0 && !/^[ \t]+\S/.test(line)) {
      start = -1;
      seen = new Set();
    }
    place += line.length + 1;
  }
  return -1;
}

/** Words without the lines of header blocks (two headers or more in a row), whose addresses and ids are no recipients. */
export function withoutHeaderBlocks(text: string): string {
  const kept: string[] = [];
  let run: string[] = [];
  let names = 0;
  const flush = (): void => {
    if (names < 2) kept.push(...run);
    run = [];
    names = 0;
  };
  for (const line of text.split("\n")) {
    if (HEADER_LINE.test(line.trimStart())) {
      names++;
      run.push(line);
    } else if (run.length > 0 && /^[ \t]+\S/.test(line) && !/^[ \t]*[^\s@]{1,64}@[^\s@]{1,200}\s*$/.test(line))
      run.push(line);
    else {
      flush();
      kept.push(line);
    }
  }
  flush();
  return kept.join("\n");
}

export type Returned = {
  readonly messageId?: MessageId;
  /** Authors and envelope sender: us, never who failed. */
  readonly senders: readonly EmailAddress[];
  /** To and Cc. */
  readonly recipients: readonly EmailAddress[];
};

/** The header of the returned message, from its part, else from the words after its beginning. */
export function readReturned(files: readonly FilePart[], after: string): Returned {
  const part = files.find(({ contentType }) => RETURNED_TYPES.has(contentType));
  const fields = part ? readHeaders(part.content.subarray(0, MAX_WORDS)).fields : pastedFields(after);
  const [messageId] = parseMessageIds(headerValue(fields, "message-id"));
  const addresses = (names: readonly string[]): EmailAddress[] =>
    names.flatMap((name) =>
      headerValues(fields, name).flatMap((value) =>
        readAddressList(value.slice(0, 10_000)).addresses.map(({ address }) => address),
      ),
    );
  return {
    ...(messageId ? { messageId } : {}),
    senders: addresses(["return-path", "from", "sender"]),
    recipients: [...new Set(addresses(["to", "cc"]))],
  };
}

/** The line that announces the message, and blank lines, stand before its header. */
function pastedFields(after: string): readonly HeaderField[] {
  const lines = after.slice(0, MAX_WORDS).split("\n");
  const first = lines.findIndex((line) => HEADER_LINE.test(line.replace(/^[> \t]+/, "")));
  if (first < 0) return [];
  const prefix = /^[> \t]*/.exec(lines[first] as string)?.[0].length ?? 0;
  const block = lines.slice(first).map((line) => (line.trim() === "" ? "" : line.slice(prefix)));
  return readHeaders(Buffer.from(block.join("\n"), "utf8")).fields;
}

/** A Message-ID among the words: a header quoted in them, or "with the message-id of <…>". */
export function messageIdInWords(text: string): MessageId | undefined {
  const found = /\bmessage-id\b[:\s>]{1,10}(?:of\s)?\s{0,80}>?\s{0,4}(<[^<>\s]{3,998}>)/i.exec(
    text.slice(0, MAX_WORDS),
  )?.[1];
  return parseMessageIds(found)[0];
}
