/** What a winmail.dat says, in the terms of a message. Everything is as written there: names are not made safe here. */

/** A file out of the stream. An attached message is one too: `message/rfc822`, put together by us. */
export type TnefFile = {
  readonly filename: string;
  readonly contentType?: string;
  readonly content: Buffer;
  /** Shown within the body and not beside it: referred to by the HTML, or hidden from Outlook's list of attachments. */
  readonly inline: boolean;
  /** Without angle brackets. */
  readonly contentId?: string;
};

/** Somebody as Exchange knows them: often only a name, or an address that is none of the internet's. */
export type TnefPerson = { readonly name: string; readonly address?: string };

export type TnefRecipient = TnefPerson & { readonly kind: "to" | "cc" | "bcc" };

export type TnefBody = {
  readonly text?: string;
  readonly html?: string;
  /** One character a byte, as RTF is defined. */
  readonly rtf?: string;
};

export type Tnef = {
  /** False when this is no TNEF, or so broken that nothing came out of it: then the bytes are worth keeping as they are. */
  readonly readable: boolean;
  readonly files: readonly TnefFile[];
  readonly body: TnefBody;
  readonly subject?: string;
  /** `IPM.Note`, `IPM.Schedule.Meeting.Request`, … */
  readonly messageClass?: string;
  readonly from?: TnefPerson;
  readonly recipients: readonly TnefRecipient[];
  /** When it was sent, UTC milliseconds. */
  readonly date?: number;
  /** Without angle brackets. */
  readonly messageId?: string;
  readonly defects: readonly string[];
};
