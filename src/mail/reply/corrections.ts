/** What only the whole text tells, once every line has been judged: a lone `>`, a border that is a footer, rules, signatures. */
import { footerOf } from "./footer.ts";
import type { Reading } from "./line-kind.ts";
import { isBlank, isRule } from "./quote-lines.ts";
import { signatureStart } from "./signature.ts";

/** Corrects the kinds in place. */
export function correctKinds(reading: Reading): void {
  keepLoneQuote(reading);
  cutBelowLinkedFooter(reading);
  dropRulesAboveQuotes(reading);
  markSignatures(reading);
}

/** One line with a `>` in a text that quotes nothing else is a prompt or an arrow: `> npm install` · `>>> here <<<`. */
function keepLoneQuote({ lines, kinds, told, newSoFar }: Reading): void {
  if (told || newSoFar === 0) return;
  let lone = -1;
  for (let i = 0; i < kinds.length; i++) {
    if (kinds[i] !== "quoted") continue;
    if (lone >= 0) return;
    lone = i;
  }
  if (lone >= 0 && /\p{L}/u.test(lines[lone] as string)) kinds[lone] = "new";
}

/**
 * Where nothing else shows the quoted mail: nobody types below the line with a program's own link, which Outlook puts
 * directly over it.
 *   Get Outlook for iOS<https://aka.ms/o0ukef>
 */
function cutBelowLinkedFooter(reading: Reading): void {
  const { lines, kinds } = reading;
  if (reading.told || kinds.includes("quoted")) return;
  let above = false;
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i] as string;
    if (above && line.length < 600 && line.includes("http") && reading.mayLook() && footerOf(line, true)?.linked) {
      kinds.fill("quoted", i + 1);
      return;
    }
    above ||= !isBlank(line);
  }
}

/** The rule that a program draws over the quoted mail goes with it: `====` above `Message du : 23/11/2026`. */
function dropRulesAboveQuotes({ lines, kinds }: Reading): void {
  let quotedBelow = false;
  for (let i = lines.length - 1; i >= 0; i--) {
    if (kinds[i] !== "new") quotedBelow = kinds[i] === "quoted";
    else if (isBlank(lines[i] as string)) continue;
    else if (quotedBelow && isRule(lines[i] as string)) kinds[i] = "quoted";
    else quotedBelow = false;
  }
}

/** Signatures and footers stand at the end of a run of new lines: before a quote or at the very end. */
function markSignatures({ lines, kinds }: Reading): void {
  let end = lines.length;
  while (end > 0) {
    while (end > 0 && kinds[end - 1] !== "new") end--;
    let start = end;
    while (start > 0 && kinds[start - 1] === "new") start--;
    const at = signatureStart(lines, start, end);
    for (let i = at; i < end; i++) kinds[i] = "signature";
    end = start;
  }
}
