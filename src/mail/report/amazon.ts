/**
 * Amazon SES reports through SNS (its `Amazon SES notification` format): a mail whose text is JSON, itself or in the `Message`
 * of an envelope. Bounce and Delivery are delivery reports, Complaint is a feedback report.
 */
import { canonicalAddress } from "../address.ts";
import { asMessageId } from "../message-id.ts";
import type { EmailAddress, MessageId, RecipientReport } from "../types.ts";
import { statusOf } from "./status.ts";

/** A notification with the whole header of the original has about 10 kB. In characters. */
const MAX_JSON = 200_000;
const MAX_RECIPIENTS = 100;

export type AmazonNotification =
  | { readonly kind: "delivery"; readonly each: readonly RecipientReport[]; readonly originalMessageId?: MessageId }
  | {
      readonly kind: "complaint";
      readonly type: string;
      readonly recipients: readonly EmailAddress[];
      readonly originalMessageId?: MessageId;
    };

type Json = Readonly<Record<string, unknown>>;

/** The notification that a text is, undefined for every other text. */
export function readAmazonNotification(text: string): AmazonNotification | undefined {
  if (!text.trimStart().startsWith("{") || !text.includes("notificationType")) return undefined;
  // SNS puts a footer below: "-- If you wish to stop receiving notifications from this topic …"
  const json = text.slice(0, MAX_JSON).split(/\r?\n--\s*\r?\n/)[0] as string;
  // A server that breaks lines at 998 characters (RFC 5321 section 4.5.3.1.6) breaks them within strings too.
  const outer = parseObject(json) ?? parseObject(json.replace(/\r?\n ?/g, ""));
  const inner = typeof outer?.["Message"] === "string" ? parseObject(outer["Message"]) : outer;
  const mail = objectIn(inner, "mail");
  if (!inner || !mail) return undefined;
  const originalMessageId = idIn(mail);
  const id = originalMessageId ? { originalMessageId } : {};
  const bounce = objectIn(inner, "bounce");
  if (bounce)
    return { kind: "delivery", each: listIn(bounce, "bouncedRecipients").map((one) => bounced(one, bounce)), ...id };
  const delivery = objectIn(inner, "delivery");
  if (delivery) return { kind: "delivery", each: delivered(delivery), ...id };
  const complaint = objectIn(inner, "complaint");
  if (!complaint) return undefined;
  const recipients = listIn(complaint, "complainedRecipients").map(recipientIn);
  const type = stringIn(complaint, "complaintFeedbackType") ?? "abuse";
  return { kind: "complaint", type, recipients: recipients.filter((address) => address !== undefined), ...id };
}

function bounced(one: Json, bounce: Json): RecipientReport {
  const recipient = recipientIn(one);
  const diagnostic = stringIn(one, "diagnosticCode")?.slice(0, 500);
  const action = stringIn(one, "action") === "delayed" ? "delayed" : "failed";
  // bounceType is Permanent, Transient or Undetermined.
  const general = stringIn(bounce, "bounceType") === "Transient" ? "4.0.0" : "5.0.0";
  const status = statusOf({ field: stringIn(one, "status") ?? general, diagnostic, action });
  return {
    ...(recipient ? { recipient } : {}),
    action,
    ...(status ? { status } : {}),
    ...(diagnostic ? { diagnostic } : {}),
  };
}

function delivered(delivery: Json): RecipientReport[] {
  const recipients = Array.isArray(delivery["recipients"]) ? delivery["recipients"].slice(0, MAX_RECIPIENTS) : [];
  const diagnostic = stringIn(delivery, "smtpResponse")?.slice(0, 500);
  const status = statusOf({ diagnostic, action: "delivered" });
  return recipients.map((one) => {
    const recipient = typeof one === "string" ? canonicalAddress(one) : undefined;
    return {
      ...(recipient ? { recipient } : {}),
      action: "delivered",
      ...(status ? { status } : {}),
      ...(diagnostic ? { diagnostic } : {}),
    };
  });
}

/** `commonHeaders.messageId` is ours; `messageId` is Amazon's own. */
function idIn(mail: Json): MessageId | undefined {
  const ours = stringIn(objectIn(mail, "commonHeaders") ?? {}, "messageId");
  return ours === undefined ? undefined : asMessageId(ours.replace(/[<>]/g, ""));
}

function parseObject(text: string): Json | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const stringIn = (json: Json, name: string): string | undefined =>
  typeof json[name] === "string" ? json[name] : undefined;
const recipientIn = (json: Json): EmailAddress | undefined => canonicalAddress(stringIn(json, "emailAddress") ?? "");

function objectIn(json: Json | undefined, name: string): Json | undefined {
  const value = json?.[name];
  return isObject(value) ? value : undefined;
}

function listIn(json: Json, name: string): Json[] {
  const list = json[name];
  return Array.isArray(list) ? list.filter(isObject).slice(0, MAX_RECIPIENTS) : [];
}
