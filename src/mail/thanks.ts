/** A mere "thanks": short, no question, no request. In doubt it is not one, for then the ticket reopens and somebody looks. */

const GREETING = /^(?:hi|hello|hey|dear|good (?:morning|afternoon|evening))\b[^\n!.?]{0,40}[,!.]?\s*/iu;
const THANKS =
  /^(?:ok(?:ay)?[,.! ]*)?(?:(?:great|perfect|super|wonderful|excellent|brilliant|awesome|cool)[,.! ]*)?(?:many |lots of )?(?:thanks|thank you|thank-you|thx|ty|cheers|much appreciated)\b/iu;
/** What may stand around the thanks without asking for anything: "Thanks a lot, it works now." */
const REST =
  /^(?:(?:so|very|a lot|again|much|for|the|your|quick|fast|kind|great|help|helping|reply|answer|response|support|all|everyone|team|it|that|this|works?|working|fixed|solved|is|now|fine|again|me|my|you|and|have|a|nice|good|day|weekend|evening|best|kind|regards|wishes|\p{Lu}\p{L}+)\b|[\s,.!:)(\u{1F44D}\u{1F64F}\u{1F600}-\u{1F64F}-]|\u2019|')*$/u;

const LONGEST = 160;

/** @param replyText the author's new words, without quotes and signature */
export function isMereThanks(replyText: string): boolean {
  const text = replyText.trim();
  if (!text || text.length > LONGEST || text.includes("?")) return false;
  const said = text.replace(GREETING, "").trim();
  const thanks = THANKS.exec(said);
  if (!thanks) return false;
  return REST.test(said.slice(thanks[0].length));
}
