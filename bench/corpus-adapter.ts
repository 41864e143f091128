/**
 * Postern as a corpus of real mail sees it: the same `parse` and `thread` that the product uses, their results under the
 * names that a scorer asks for. Holds no reading of its own, so that a score is the product's.
 */
import { createHash } from "node:crypto";
import { readAttachment } from "../src/mail/mime/attachments.ts";
import { parse as parseMessage } from "../src/mail/parse.ts";
import type { InboundMessage } from "../src/mail/types.ts";

export const name = "postern";
export const kinds = ["reply-text", "mime", "tnef", "bounce", "auto-reply", "threading"];

/** A desk that no mail of a corpus was written to. */
const CONTEXT = {
  ourAddresses: [],
  ourDomains: [],
  loopMark: "postern.invalid",
  arrivedAt: Date.UTC(2026, 10, 23),
  ownListIds: [],
  forwarders: [],
};

/** Reads one message. */
export async function parse(raw: Buffer): Promise<Record<string, unknown>> {
  const message = await parseMessage(raw, CONTEXT);
  const attachments = await Promise.all(message.attachments.map(async ({ part }) => await fileOf(raw, message, part)));
  const report = message.deliveryReport;
  return {
    replyText: message.replyText,
    fullText: message.text,
    html: message.html,
    subject: message.subject,
    from: message.from ?? { name: "", address: "" },
    to: message.to,
    messageId: message.messageId ?? "",
    inReplyTo: message.inReplyTo[0] ?? "",
    references: message.references,
    attachments,
    isAutoReply: message.nature.nature === "auto-response",
    isBounce: message.nature.nature === "delivery-report",
    bounce: {
      recipients: report?.recipients ?? [],
      status: report?.status,
      statuses: report?.status === undefined ? [] : [report.status],
    },
  };
}

async function fileOf(raw: Buffer, { attachments }: InboundMessage, part: number): Promise<Record<string, unknown>> {
  const { filename, contentType, size } = attachments[part]!;
  const { content } = await readAttachment(raw, part);
  return { filename, contentType, size, content, md5: createHash("md5").update(content).digest("hex") };
}
