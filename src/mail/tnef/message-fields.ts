/** Subject, people and date of a TNEF message: from its MAPI properties, else from the older attributes of their own. */
import { ATTRIBUTE, type Attribute } from "./attributes.ts";
import { readRows, type Properties } from "./properties.ts";
import { numberOf, stringOf, TAG, textOf, timeOf } from "./property-values.ts";
import type { Budget } from "./limits.ts";
import type { Tnef, TnefPerson, TnefRecipient } from "./types.ts";

/** The attributes and properties of one message, with the code page of what is not Unicode. */
export type MessageSource = {
  readonly attributes: ReadonlyMap<number, Buffer>;
  readonly properties: Properties;
  readonly codePage: number;
};

type Fields = Pick<Tnef, "subject" | "messageClass" | "from" | "recipients" | "date" | "messageId">;

/** As many recipients as are of use to anybody. */
const MAX_RECIPIENTS = 1000;

/** The message's own attributes; the first of each, since only broken streams repeat one. */
export function byId(attributes: readonly Attribute[]): Map<number, Buffer> {
  const found = new Map<number, Buffer>();
  for (const { level, id, value } of attributes) {
    if (level === "message" && !found.has(id)) found.set(id, value);
  }
  return found;
}

export function readFields(source: MessageSource, budget: Budget): Fields {
  const { attributes, properties, codePage } = source;
  const text = (tag: number): string | undefined => textOf(properties, tag, codePage);
  const attribute = (id: number): string | undefined => {
    const value = attributes.get(id);
    return value && stringOf(value.subarray(0, 4000), codePage);
  };
  // A prefix is marked by a control character and its length: "\x01\x05Re: order".
  const subject = (text(TAG.subject) ?? attribute(ATTRIBUTE.subject))?.replace(/^\x01[^]/, "");
  const date =
    timeOf(properties, TAG.clientSubmitTime) ??
    dateOf(attributes.get(ATTRIBUTE.dateSent)) ??
    timeOf(properties, TAG.deliveryTime) ??
    dateOf(attributes.get(ATTRIBUTE.dateReceived));
  return {
    subject,
    messageClass: text(TAG.messageClass) ?? attribute(ATTRIBUTE.messageClass),
    from: senderOf(source),
    recipients: recipientsOf(attributes.get(ATTRIBUTE.recipientTable), codePage, budget),
    date,
    messageId: text(TAG.internetMessageId)?.replace(/^\s*<|>\s*$/g, ""),
  };
}

/** Whom the message is from, which is not who sent it on somebody's behalf (MS-OXOMSG section 2.2.1.48). */
function senderOf({ attributes, properties, codePage }: MessageSource): TnefPerson | undefined {
  const text = (tag: number): string | undefined => textOf(properties, tag, codePage);
  const author = person(
    text(TAG.sentRepresentingName),
    text(TAG.sentRepresentingSmtpAddress),
    text(TAG.sentRepresentingAddressType),
    text(TAG.sentRepresentingAddress),
  );
  const sender = person(
    text(TAG.senderName),
    text(TAG.senderSmtpAddress),
    text(TAG.senderAddressType),
    text(TAG.senderAddress),
  );
  return author ?? sender ?? triple(attributes.get(ATTRIBUTE.from), codePage);
}

/** An address of type EX is a path in somebody's directory, `/o=Shop/ou=…`, and of no use outside. */
function person(
  name: string | undefined,
  smtp: string | undefined,
  type: string | undefined,
  address: string | undefined,
): TnefPerson | undefined {
  const usable = smtp ?? (type === undefined || type.toUpperCase() === "SMTP" ? address : undefined);
  const valid = usable !== undefined && /^[^\s@]{1,200}@[^\s@]{1,300}$/.test(usable) ? usable : undefined;
  if (name === undefined && valid === undefined) return undefined;
  return { name: name ?? "", ...(valid === undefined ? {} : { address: valid }) };
}

/**
 * attFrom (MS-OXTNEF section 2.1.3.3.2): an id, a size, the lengths of name and address, then both:
 * `Maria Santos`, `SMTP:maria@home.example`.
 */
function triple(value: Buffer | undefined, codePage: number): TnefPerson | undefined {
  if (!value || value.length < 8) return undefined;
  const nameLength = value.readUInt16LE(4);
  const name = stringOf(value.subarray(8, 8 + nameLength), codePage);
  const written = stringOf(value.subarray(8 + nameLength, 8 + nameLength + value.readUInt16LE(6)), codePage);
  const [, type, address] = /^([^:]{1,20}):([^]*)$/.exec(written ?? "") ?? [undefined, undefined, written];
  return person(name, undefined, type, address);
}

function recipientsOf(table: Buffer | undefined, codePage: number, budget: Budget): TnefRecipient[] {
  if (!table) return [];
  const kinds = { 1: "to", 2: "cc", 3: "bcc" } as const;
  return readRows(table, budget, MAX_RECIPIENTS).flatMap((row) => {
    const text = (tag: number): string | undefined => textOf(row, tag, codePage);
    const found = person(text(TAG.displayName), text(TAG.smtpAddress), text(TAG.addressType), text(TAG.address));
    const kind = kinds[(numberOf(row, TAG.recipientType) ?? 1) as 1 | 2 | 3];
    return found && kind ? [{ ...found, kind }] : [];
  });
}

/** attDateSent and its like (MS-OXTNEF section 2.1.3.3.6): year, month, day, hour, minute, second as 16 bits each, UTC. */
function dateOf(value: Buffer | undefined): number | undefined {
  if (!value || value.length < 12) return undefined;
  const [year, month, day, hour, minute, second] = [0, 2, 4, 6, 8, 10].map((at) => value.readUInt16LE(at)) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  if (year < 1970 || year > 2200 || month < 1 || month > 12 || day < 1 || day > 31) return undefined;
  return Date.UTC(year, month - 1, day, Math.min(hour, 23), Math.min(minute, 59), Math.min(second, 59));
}
