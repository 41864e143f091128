/**
 * The body of a TNEF message. Outlook writes it in up to three forms: text, HTML, and RTF that may hold either of them.
 * What is not there as a form of its own is taken out of the RTF.
 */
import { decodeText } from "../mime/charset.ts";
import { ATTRIBUTE } from "./attributes.ts";
import { charsetName, WESTERN } from "./code-page.ts";
import { decompressRtf } from "./rtf/compressed.ts";
import { complain, type Budget } from "./limits.ts";
import type { MessageSource } from "./message-fields.ts";
import { TYPE } from "./properties.ts";
import { bytesOf, numberOf, stringOf, TAG, textOf } from "./property-values.ts";
import { readRtf } from "./rtf/body.ts";
import type { TnefBody } from "./types.ts";

/** Bytes of a text that can be of use: 2 million characters of at most 4. */
const MAX_BYTES = 8_000_000;

export function readBody(source: MessageSource, budget: Budget): TnefBody {
  const given = textBody(source);
  const html = htmlBody(source);
  const packed = bytesOf(source.properties, TAG.rtfCompressed);
  const rtf = packed && decompressRtf(packed, budget)?.toString("latin1");
  const unpacked = rtf && (given === undefined || html === undefined) ? readRtf(rtf, budget.text) : undefined;
  if (unpacked?.cut) complain(budget, "rtf: not read to its end");
  const fromRtf = unpacked?.text.trim() ? unpacked : undefined;
  return withoutEmpty({
    text: limited(given ?? (fromRtf && fromRtf.from !== "html" ? fromRtf.text : undefined), budget),
    html: limited(html ?? (fromRtf?.from === "html" ? fromRtf.text : undefined), budget),
    rtf,
  });
}

function textBody({ attributes, properties, codePage }: MessageSource): string | undefined {
  const attribute = attributes.get(ATTRIBUTE.body);
  const text =
    textOf(properties, TAG.body, codePage, MAX_BYTES) ??
    (attribute && stringOf(attribute.subarray(0, MAX_BYTES), codePage)) ??
    // A receipt's: "Your message was read on …".
    textOf(properties, TAG.reportText, codePage, MAX_BYTES);
  return text?.trim() ? text : undefined;
}

/** PidTagHtml is bytes in the message's internet code page; old writers made it a string, PidTagBodyHtml. */
function htmlBody({ properties, codePage }: MessageSource): string | undefined {
  const asText = textOf(properties, TAG.html, codePage, MAX_BYTES);
  const property = properties.get(TAG.html);
  if (asText !== undefined || property?.type !== TYPE.binary) return asText?.trim() ? asText : undefined;
  const bytes = property.value.subarray(0, MAX_BYTES);
  const stated = numberOf(properties, TAG.internetCodePage);
  const label = (stated && charsetName(stated)) || charsetInHtml(bytes);
  const html = decodeText(bytes, label, charsetName(codePage || WESTERN)).text.replace(/\0+$/, "");
  return html.trim() ? html : undefined;
}

// <meta http-equiv="Content-Type" content="text/html; charset=iso-8859-2">
function charsetInHtml(bytes: Buffer): string | undefined {
  const found = /<meta[^>]{0,200}charset=["']?([\w.:-]{1,40})/i.exec(bytes.toString("latin1", 0, 2000))?.[1];
  // Browsers have given UTF-7 up, as it hides tags from filters.
  return found && /utf-?7/i.test(found) ? undefined : found;
}

function limited(text: string | undefined, budget: Budget): string | undefined {
  if (text === undefined) return undefined;
  if (text.length > budget.text) complain(budget, "a body was cut");
  const kept = text.slice(0, budget.text);
  budget.text -= kept.length;
  return kept;
}

function withoutEmpty(body: TnefBody): TnefBody {
  return Object.fromEntries(Object.entries(body).filter(([, text]) => text !== undefined && text !== ""));
}
