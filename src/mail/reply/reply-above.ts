/** The line with which a help desk asks for the answer above it: whatever stands below is its own mail. */

/** In characters. */
const MAX_LENGTH = 200;

/**
 * `##- Please type your reply above this line -##` in every language that Zendesk has (its rule is the mark), and with
 * other rules by their words: `--- Reply above this line ---` · `=== Bitte oberhalb dieser Zeile antworten ===`.
 */
const ZENDESK = /^[\s>*]{0,6}##- .{3,180} -##\s{0,4}$/;
const RULED = /^[\s>*]{0,6}[-=_#~–—]{2}/;
const RULED_END = /[-=_#*~–—]{2}\s{0,4}$/;
const WORDS =
  /(?:reply|respond|type|write|answer).{1,40}above|above.{1,40}(?:reply|respond)|antwort.{0,40}(?:oberhalb|über)|(?:oberhalb|über).{1,40}(?:antwort|zeile)|répon.{1,40}(?:au-dessus|dessus)|(?:respon|escrib).{1,40}(?:encima|arriba)|(?:respon|escrev).{1,40}acima|(?:rispond|scriv).{1,40}sopra|(?:antwoord|reageer|typ).{1,40}boven|svar.{1,40}(?:ovanför|over|ovenfor)|odpowied.{1,40}(?:powyżej|nad)|odpov.{1,40}(?:nad|výše)|ответ.{1,40}выше|відпові.{1,40}вище|この(?:行|線)より上|以上.{0,10}回复|在此行(?:以上|上方)/iu;

export function isReplyAboveLine(line: string): boolean {
  if (line.length > MAX_LENGTH) return false;
  if (!RULED.test(line) || !RULED_END.test(line)) return false;
  return ZENDESK.test(line) || WORDS.test(line);
}
