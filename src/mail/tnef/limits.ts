/**
 * What a hostile stream may cost. One budget is shared by a stream and everything nested in it, so that a thousand
 * small bombs cost no more than one. Each limit lies far above what Outlook or Exchange write.
 */

/** As many files as a message may have parts. */
const MAX_FILES = 1000;
/** A message has about 100 properties, a file 30; a recipient row 10. Values of multi-valued properties count. */
const MAX_PROPERTIES = 100_000;
/** Files have about 5 attributes each. */
const MAX_ATTRIBUTES = 20_000;
/** Decompressed RTF, in bytes. LZFu grows by 8 at most; a mail with photos in its text has some millions. */
const MAX_RTF = 20_000_000;
/** Texts of one kind together, in characters; the same as for the text parts of a message. */
const MAX_TEXT = 2_000_000;
/** A message in a message in a message; Outlook users forward as attachment, seldom twice. */
export const MAX_DEPTH = 3;
/** One complaint per broken row would be a bomb of its own. */
const MAX_DEFECTS = 50;

/** What is left; every reader takes from it. */
export type Budget = {
  files: number;
  properties: number;
  attributes: number;
  /** Bytes of decompressed RTF. */
  rtf: number;
  /** Characters of text. */
  text: number;
  readonly defects: string[];
};

/** A whole budget, for one winmail.dat. */
export function fullBudget(): Budget {
  return {
    files: MAX_FILES,
    properties: MAX_PROPERTIES,
    attributes: MAX_ATTRIBUTES,
    rtf: MAX_RTF,
    text: MAX_TEXT,
    defects: [],
  };
}

/** Notes what could not be read, once. */
export function complain(budget: Budget, defect: string): void {
  if (budget.defects.length < MAX_DEFECTS && !budget.defects.includes(defect)) budget.defects.push(defect);
}
