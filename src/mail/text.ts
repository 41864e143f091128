/** The readable body of a message: its text, its HTML, what the client's own HTML says of the words, and its hash. */
import { createHash } from "node:crypto";
import { htmlToText } from "./html/html-text.ts";
import type { Mark } from "./html/marks.ts";
import { invitationText } from "./mime/calendar-text.ts";
import type { Parts } from "./mime/parts.ts";
import type { TextPart } from "./mime/part.ts";
import { protectionNote } from "./mime/protection.ts";
import type { ReplyInput } from "./reply/split.ts";

export type Body = {
  /** What a person reads: the author's words, then what was added for them. */
  readonly text: string;
  /** The author's words alone, with what the HTML says of them. */
  readonly words: ReplyInput;
  /**
   * Not what the author wrote for a reader: an invitation in words, a note that the message is encrypted, words that
   * the HTML hides when nothing else stands in it.
   * @param beside the text that it will stand under: what is said there is not said again
   */
  readonly added: (beside: string) => string;
  readonly html?: string;
  readonly defects: readonly string[];
};

export const EMPTY_BODY: Body = { text: "", words: { text: "" }, added: () => "", defects: [] };

type Readable = Pick<Parts, "readable" | "html" | "invitations" | "protection">;

/** Puts the readable parts together, HTML rendered as text. */
export function readBody(parts: Readable): Body {
  const defects = new Set<string>();
  const all = parts.readable.map((part) => piece(part, defects)).filter(({ text }) => text.trim() !== "");
  const pieces = all.filter(({ hidden }) => !hidden);
  const unseen = pieces.length > 0 ? [] : all.map(({ text }) => text.trimEnd());
  if (unseen.length > 0) defects.add("html: nothing in it can be seen, its hidden words are shown");
  let text = "";
  const marks: Mark[] = [];
  for (const one of pieces) {
    if (text !== "") text += text.endsWith("\n") ? "\n" : "\n\n";
    for (const mark of one.marks) marks.push({ ...mark, from: mark.from + text.length, to: mark.to + text.length });
    text += one.text;
  }
  text = text.trimEnd();
  const [only] = pieces;
  const other = pieces.length === 1 ? only?.html : undefined;
  const html = parts.html.length > 0 ? clean(parts.html.join("\n<hr>\n")) : undefined;
  const added = (beside: string): string => additions(parts, unseen, beside);
  return {
    text: [text, added(text)].filter((one) => one !== "").join("\n\n"),
    words: {
      text,
      marks,
      ...(other === undefined ? {} : { html: other }),
    },
    added,
    ...(html === undefined ? {} : { html }),
    defects: [...defects],
  };
}

/** `hidden`: words that nobody can see, of an HTML in which there are no others. */
type Rendered = { readonly text: string; readonly marks: readonly Mark[]; readonly hidden: boolean };

/** The defect of alternatives of which the HTML is read, since the plain one lacks its words. */
export const HTML_SAYS_MORE = "body: the HTML says what the plain text beside it does not, so it was read";

/** The plain one of alternatives, with what the HTML says of it; the HTML where the plain one lacks its words. */
function piece(part: TextPart, defects: Set<string>): Rendered & { readonly html?: Rendered } {
  const plain = rendered(part, defects);
  if (part.html === undefined) return plain;
  const html = rendered({ type: "html", content: part.html }, new Set());
  if (html.hidden) return plain.text.trim() === "" ? html : plain;
  if (!lacksWords(plain.text, html.text)) return { ...plain, html };
  defects.add(HTML_SAYS_MORE);
  // Both say something of their own: nothing of either may be lost, but for `Your program does not show HTML.`
  const both = lacksWords(html.text, plain.text) && !isAboutHtml(plain.text);
  return both ? { ...html, text: `${html.text.trimEnd()}\n\n${plain.text}` } : html;
}

/** A picture's name or a button's makes a difference of a word or two; a lost sentence has more. */
const FEW_WORDS = 4;
const SMALL_PART = 0.1;

/** Whether a sentence or more of the second text stands nowhere in the first. */
function lacksWords(text: string, other: string): boolean {
  const said = wordsIn(text);
  const more = wordsIn(other);
  let lacking = 0;
  for (const word of more) if (!said.has(word)) lacking++;
  return lacking >= FEW_WORDS && lacking >= SMALL_PART * more.size;
}

function isAboutHtml(text: string): boolean {
  return text.length < 300 && /\bhtml\b/i.test(text);
}

/** Different words. Addresses of links and names of pictures stand in the rendering only. */
function wordsIn(text: string): Set<string> {
  const bare = text.replace(/<[^<>\s]{4,2000}>|\[[^[\]\n]{1,200}\]|https?:\/\/\S{1,2000}/g, " ");
  return new Set(bare.toLowerCase().match(/[\p{L}\p{N}]+/gu));
}

function rendered(part: TextPart, defects: Set<string>): Rendered {
  if (part.type === "plain") return { text: clean(part.content.replace(/\r\n?/g, "\n")), marks: [], hidden: false };
  const { text, marks, simplified, hiddenShown } = htmlToText(part.content);
  if (simplified) defects.add("html: too large, too deep or broken off, read as plain words");
  return { text, marks, hidden: hiddenShown };
}

/** @param unseen words that the HTML hides. Its author may not know of them, so they are none of his own. */
function additions({ invitations, protection }: Readable, unseen: readonly string[], text: string): string {
  const told = invitations.map((invitation) => invitationText(invitation, text));
  const note = text === "" ? protectionNote(protection) : undefined;
  return clean([...unseen, ...told, ...(note === undefined ? [] : [note])].join("\n\n"));
}

/**
 * sha256 hex of the words with white space runs collapsed, so that a copy that was wrapped or re-encoded on its way
 * has the same hash. Text first; HTML only when there is no text.
 */
export function bodyHash(body: Pick<Body, "text" | "html">): string {
  const words = body.text.trim() === "" ? (body.html ?? "") : body.text;
  return createHash("sha256").update(words.replace(/\s+/g, " ").trim()).digest("hex");
}

/** Neither NUL (PostgreSQL refuses it) nor halves of characters. */
export function clean(text: string): string {
  return text.replaceAll("\0", "").toWellFormed();
}
