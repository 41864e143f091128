/** Where a field of an RTF text leads, so that a link keeps its target when only text is left. */

// HYPERLINK "https://shop.example/order?id=7" \o "Your order"
const LINK = /^\s{0,20}HYPERLINK\s{1,20}"?((?:https?|ftp|mailto):[^\s"<>\\]{1,2000})/i;

/** The target of a field's instruction; undefined when it is no link that a reader could follow. */
export function linkTarget(instruction: string): string | undefined {
  return LINK.exec(instruction.slice(0, 3000))?.[1]?.replace(/^mailto:/i, "");
}
