/**
 * The files of a TNEF message. Each begins with attAttachRendData; its name and bytes stand in old attributes, in MAPI
 * properties, or in both, and then the properties are the better ones (MS-OXTNEF section 2.1.3.1).
 */
import { ATTRIBUTE, type Attribute } from "./attributes.ts";
import { complain, type Budget } from "./limits.ts";
import { fileInObject } from "./ole-object.ts";
import { readProperties, type Properties } from "./properties.ts";
import { bytesOf, numberOf, stringOf, TAG, textOf } from "./property-values.ts";
import type { TnefFile } from "./types.ts";

/** What one file is made of. */
type Draft = { readonly attributes: Map<number, Buffer> };

/** Outlook's name for what has none. */
export const UNTITLED = "Untitled Attachment";

/** PidTagAttachMethod (MS-OXCMSG section 2.2.2.9). */
const METHOD = { reference: [2, 3, 4, 7], message: 5, object: 6 } as const;
/** PidTagAttachFlags: the HTML refers to it (attRenderedInBody, MS-OXCMSG section 2.2.2.18). */
const SHOWN_IN_BODY = 4;
/** A data object begins with the GUID of the interface by which it is read. */
const GUID = 16;

/** Reads an attached message out of a TNEF stream of its own; undefined when it is none or lies too deep. */
export type ReadMessage = (bytes: Buffer, name: string) => TnefFile | undefined;

/** @param shown Content-IDs that the HTML refers to */
export function readFiles(
  attributes: readonly Attribute[],
  codePage: number,
  shown: ReadonlySet<string>,
  readMessage: ReadMessage,
  budget: Budget,
): TnefFile[] {
  return drafts(attributes, budget).flatMap((draft) => {
    const found = filesOf(draft, codePage, shown, readMessage, budget);
    const kept = found.slice(0, Math.max(0, budget.files));
    budget.files -= kept.length;
    return kept;
  });
}

/** Writers that leave attAttachRendData out begin the next file with a name, bytes or properties when the last one has them. */
const OPENING: ReadonlySet<number> = new Set([ATTRIBUTE.attachTitle, ATTRIBUTE.attachData, ATTRIBUTE.attachProperties]);

function drafts(attributes: readonly Attribute[], budget: Budget): Draft[] {
  const all: Draft[] = [];
  for (const { level, id, value } of attributes) {
    if (level !== "attachment") continue;
    const last = all.at(-1);
    const begins = id === ATTRIBUTE.attachRendData || !last || (OPENING.has(id) && last.attributes.has(id));
    if (!begins) {
      if (!last.attributes.has(id)) last.attributes.set(id, value);
    } else if (all.length < budget.files) {
      all.push({ attributes: new Map([[id, value]]) });
    } else {
      complain(budget, "too many files, the rest is not read");
      break;
    }
  }
  return all;
}

function filesOf(
  { attributes }: Draft,
  codePage: number,
  shown: ReadonlySet<string>,
  readMessage: ReadMessage,
  budget: Budget,
): TnefFile[] {
  const list = attributes.get(ATTRIBUTE.attachProperties);
  const properties: Properties = list ? readProperties(list, budget) : new Map();
  const filename = nameOf(attributes, properties, codePage);
  const method = numberOf(properties, TAG.attachMethod);
  const stored = bytesOf(properties, TAG.attachData);
  if (method === METHOD.message && stored) {
    const name = textOf(properties, TAG.displayName, codePage) ?? filename;
    const message = readMessage(stored.subarray(GUID), name);
    if (message) return [message, ...originals(filename, attributes.get(ATTRIBUTE.attachData), stored.subarray(GUID))];
  }
  const content = stored?.length ? stored : (attributes.get(ATTRIBUTE.attachData) ?? stored);
  if (content === undefined || (method !== undefined && (METHOD.reference as readonly number[]).includes(method))) {
    complain(budget, `"${filename.slice(0, 80)}" has no content`);
    return [];
  }
  const file = { filename, ...describe(properties, codePage, shown), content };
  const inside =
    method === METHOD.object && stored
      ? fileInObject(stored.subarray(GUID), textOf(properties, TAG.displayName, codePage))
      : undefined;
  // The object stands in the text; beside it people look for what can be opened.
  return inside ? [{ ...file, inline: true }, inside] : [file];
}

/** What an attached message came as: a placeholder and a stream. People open the message; these are kept, and not shown. */
function originals(filename: string, placeholder: Buffer | undefined, stream: Buffer): TnefFile[] {
  const contents = [...(placeholder?.length ? [placeholder] : []), stream];
  return contents.map((content) => ({ filename, content, inline: true }));
}

/** The long name; the old title, which may be cut to 8.3; the other names that programs write. */
function nameOf(attributes: ReadonlyMap<number, Buffer>, properties: Properties, codePage: number): string {
  const old = (id: number): string | undefined => {
    const value = attributes.get(id);
    return value && stringOf(value.subarray(0, 4000), codePage)?.trim();
  };
  return (
    textOf(properties, TAG.attachLongFilename, codePage)?.trim() ||
    old(ATTRIBUTE.attachTitle) ||
    textOf(properties, TAG.attachFilename, codePage)?.trim() ||
    old(ATTRIBUTE.attachTransportFilename) ||
    textOf(properties, TAG.displayName, codePage)?.trim() ||
    UNTITLED
  );
}

function describe(
  properties: Properties,
  codePage: number,
  shown: ReadonlySet<string>,
): Pick<TnefFile, "contentType" | "inline" | "contentId"> {
  const contentType = textOf(properties, TAG.attachMimeTag, codePage)?.trim().toLowerCase();
  const contentId = textOf(properties, TAG.attachContentId, codePage)?.trim().replace(/^<|>$/g, "");
  const flagged = ((numberOf(properties, TAG.attachFlags) ?? 0) & SHOWN_IN_BODY) !== 0;
  const hidden = numberOf(properties, TAG.attachmentHidden) === 1;
  return {
    ...(contentType ? { contentType } : {}),
    ...(contentId ? { contentId } : {}),
    inline: hidden || (!!contentId && (flagged || shown.has(contentId.toLowerCase()))),
  };
}
