/** The files of an agent's reply that go to the customer, and what in them may not. */
import { getRaw } from "../db/raw.ts";
import { containsNoticeText } from "../desk/notices/notice-marker.ts";
import { htmlToText } from "../mail/html/html-text.ts";
import { readableParts } from "../mail/scrub-parts.ts";
import { repeatedRun } from "../mail/scrub-words.ts";
import type { Attachment, InboundMessage } from "../mail/types.ts";
import type { Recording } from "./recording.ts";
import type { Secrets } from "./secrets.ts";

/** `<div class="gmail_signature">` · `<div id="Signature">` · `<div id="ms-outlook-mobile-signature">`: a logo below is none of the words. */
const SIGNATURE = /<[a-z]{1,10}\s[^<>]{0,300}\b(?:class|id)\s?=\s?["']?[^"'<>]{0,80}signature/i;

/**
 * What the author attached, and the pictures they pasted into their words. Our notifications hold no picture, so that an
 * inline one is the agent's own; one that only their client's signature shows is not mailed on.
 */
export function filesToSend({ attachments, html }: Pick<InboundMessage, "attachments" | "html">): Attachment[] {
  const signature = html === undefined ? -1 : html.search(SIGNATURE);
  const logos = signature < 0 ? "" : (html as string).slice(signature);
  const words = signature < 0 ? (html ?? "") : (html as string).slice(0, signature);
  return attachments.filter(({ inline, contentType, contentId }) => {
    if (!inline) return true;
    if (!contentType.startsWith("image/")) return false;
    const cid = contentId === undefined ? undefined : `cid:${contentId.replace(/^<|>$/g, "")}`;
    return cid === undefined || words.includes(cid) || !logos.includes(cid);
  });
}

/** More than any mail that a server has made a file of; the rest of a larger file is not looked at. In bytes. */
const MOST_READ = 2_000_000;
/** Pictures, films and music hold no words. */
const WORDLESS = /^(?:image\/(?!svg)|video\/|audio\/)/;

/**
 * Why a file may not be mailed on: Exchange makes files of quoted parts (`ATT00001.txt`), and agents attach our mail to
 * theirs. Text in UTF-8 or UTF-16, HTML, and messages are read.
 */
export async function leakInFiles(
  { unit, inbound }: Recording,
  files: readonly Attachment[],
  secrets: Secrets,
): Promise<string | undefined> {
  const wordy = files.filter(({ contentType }) => !WORDLESS.test(contentType));
  if (wordy.length === 0 || !inbound.raw_sha256) return undefined;
  const raw = await getRaw(unit.tx, inbound.raw_sha256);
  for (const { part, filename } of wordy) {
    const bytes = (await unit.stage.readPart(raw, part)).subarray(0, MOST_READ);
    for (const text of textsOf(bytes)) {
      if (containsNoticeText(text)) return `the file "${filename}" holds a part of our notification`;
      const noted = repeatedRun(text, secrets.notes, secrets.known);
      if (noted !== undefined) return `the file "${filename}" repeats a note: "${noted.slice(0, 100)}"`;
    }
  }
  return undefined;
}

/** A tag that HTML mail and pages begin with, or have soon. */
const HTML = /<(?:!doctype|html|head|body|div|p|table|span|br|blockquote)\b/i;
/** `From: Ann Lee <ann@nw.example>` among the first lines: a message saved as a file. */
const HEADER = /^(?:received|return-path|from|to|subject|date|message-id|mime-version|content-type):/im;

/** The words of a file by every way in which it may hold them. */
function textsOf(bytes: Buffer): string[] {
  const texts: string[] = [];
  const plain = bytes.toString("utf8").replace(/^\ufeff/, "");
  const zeros = bytes.subarray(0, 4000).filter((byte) => byte === 0).length;
  texts.push(plain);
  // UTF-16 in either order of bytes, and an Outlook message, which holds its text so from some even place on.
  if (zeros > 20 || /^(?:\xff\xfe|\xfe\xff)/.test(bytes.toString("latin1", 0, 2))) {
    const even = bytes.subarray(0, bytes.length - (bytes.length % 2));
    texts.push(even.toString("utf16le").replace(/^\ufeff/, ""));
    texts.push(
      Buffer.from(even)
        .swap16()
        .toString("utf16le")
        .replace(/^\ufeff/, ""),
    );
  }
  texts.push(...texts.filter((text) => HTML.test(text)).map((text) => htmlToText(text).text));
  if (HEADER.test(plain.slice(0, 4000))) texts.push(...readableParts(bytes).bodies);
  return texts.map((text) => text.replaceAll("\0", "\n"));
}
