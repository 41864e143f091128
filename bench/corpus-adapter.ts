/**
 * Postern as a corpus of real mail sees it: the same `parse` and `thread` that the product uses, their results under the
 * names that a scorer asks for. Holds no reading of its own, so that a score is the product's.
 */
import { createHash } from "node:crypto";
import { spokenAddress } from "../src/mail/address.ts";
import { readAttachment } from "../src/mail/mime/attachments.ts";
import { parse as parseMessage } from "../src/mail/parse.ts";
import { thread as threadsOf } from "../src/mail/threading.ts";
import type { InboundMessage, NamedAddress } from "../src/mail/types.ts";
import { NO_DESK } from "./no-desk.ts";

export const name = "postern";
export const kinds = ["reply-text", "mime", "tnef", "bounce", "auto-reply", "threading"];

/** Reads one message. */
export async function parse(raw: Buffer): Promise<Record<string, unknown>> {
  const message = await parseMessage(raw, NO_DESK);
  const attachments = await Promise.all(message.attachments.map(async ({ part }) => await fileOf(raw, message, part)));
  const report = message.deliveryReport;
  return {
    replyText: message.replyText,
    fullText: message.text,
    html: message.html,
    subject: message.subject,
    from: message.from ? spoken(message.from) : (message.fromAsWritten ?? { name: "", address: "" }),
    to: message.to.map(spoken),
    messageId: message.messageId ?? "",
    inReplyTo: bracketed(message.inReplyTo),
    references: bracketed(message.references),
    attachments,
    tnefBody: { text: message.text, html: message.html },
    isAutoReply: message.nature.nature === "auto-response",
    isBounce: message.nature.nature === "delivery-report",
    bounce: {
      recipients: report?.recipients ?? [],
      status: report?.status,
      statuses: [report?.status, ...(report?.each ?? []).map(({ status }) => status)].filter(Boolean),
    },
  };
}

/** The thread of each message, in the order given. */
export async function thread(raws: readonly Buffer[]): Promise<number[]> {
  return threadsOf(await Promise.all(raws.map(async (raw) => await parseMessage(raw, NO_DESK))));
}

/** Ids as headers write them, which is how a scorer reads them. */
const bracketed = (ids: readonly string[]): string => ids.map((id) => `<${id}>`).join(" ");

const spoken = ({ name: person, address }: NamedAddress): object => ({ name: person, address: spokenAddress(address) });

async function fileOf(raw: Buffer, { attachments }: InboundMessage, part: number): Promise<Record<string, unknown>> {
  const { filename, givenName, contentType, size } = attachments[part]!;
  const { content } = await readAttachment(raw, part);
  return {
    filename: givenName ?? filename,
    contentType,
    size,
    content,
    md5: createHash("md5").update(content).digest("hex"),
  };
}
