/** A mere "thanks": short, no question, no request. In doubt it is not one, for then the ticket reopens and somebody looks. */

const GREETING = /^(?:hi|hello|hey|dear|good (?:morning|afternoon|evening))\b[^\n!.?,]{0,40}[,!.]?\s*/iu;
const THANKS =
  /^(?:ok(?:ay)?[,.! ]*)?(?:(?:great|perfect|super|wonderful|excellent|brilliant|awesome|cool)[,.! ]*)?(?:many |lots of )?(?:thanks|thank you|thank-you|thx|ty|cheers|much appreciated)\b/iu;
/** "Thanks, but it is still broken": whatever stands around it, somebody has to look. */
const DOUBT =
  /\b(?:but|still|not|no|never|nothing|cannot|can|could|would|please|pls|call|error|fail\p{L}*|broken|problem|issue|wrong|however|yet|need|another|also|except|unless|until|worse|back)\b/iu;
/** "Thanks Ann!", "Thanks,\nMaria Santos": behind a comma or on a line of its own. */
const NAME = /(?<=^\s*|[,\n]\s*)\p{Lu}\p{Ll}+(?: \p{Lu}\p{Ll}+){0,2}(?=[\s,.!:)]*$|[,.!\n])/gu;
/** What may stand around the thanks without asking for anything: "Thanks a lot, it works now." */
const REST =
  /^(?:(?:so|very|a lot|again|much|for|the|your|quick|fast|kind|great|help|helping|reply|answer|response|support|all|everyone|team|it|that|this|works?|working|fixed|solved|is|now|fine|me|my|you|and|have|a|nice|good|day|weekend|evening|best|kind|regards|wishes)\b|[\s,.!:)(\u{1F44D}\u{1F64F}\u{1F600}-\u{1F64F}-]|\u2019|')*$/iu;

const LONGEST = 160;

/** @param replyText the author's new words, without quotes and signature */
export function isMereThanks(replyText: string): boolean {
  const text = replyText.trim();
  if (!text || text.length > LONGEST || text.includes("?")) return false;
  const said = text.replace(GREETING, "").trim();
  const thanks = THANKS.exec(said);
  if (!thanks) return false;
  const rest = said.slice(thanks[0].length);
  return !DOUBT.test(rest) && REST.test(rest.replace(NAME, ""));
}
