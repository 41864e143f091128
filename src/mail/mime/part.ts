/** The two things that a message is made of for a person: words to read, and files. */

export type TextPart = {
  readonly type: "plain" | "html";
  readonly content: string;
  /** The HTML of the same words, when this is the plain one of alternatives. */
  readonly html?: string;
};

/** An attachment with its bytes. */
export type FilePart = {
  readonly filename?: string;
  readonly contentType: string;
  readonly content: Buffer;
  readonly sha256: string;
  readonly inline: boolean;
  readonly contentId?: string;
};
