/**
 * OpenPGP inside of plain text (RFC 9580 section 7): the armour of a signed text is taken away, so that rules, replies
 * and agents see its words; an encrypted one stays as it is. Quoted armour (`> -----BEGIN …`) is history and stays, and
 * so do keys, which people send on purpose. PGP/MIME (RFC 3156) is in protection.ts.
 */
import type { Protection } from "../types.ts";

/** One armour that is not closed ends the search: nothing behind it can be told from it. */
const SIGNED = "-----BEGIN PGP SIGNED MESSAGE-----";
const SIGNATURE = "-----BEGIN PGP SIGNATURE-----";
const SIGNATURE_END = "-----END PGP SIGNATURE-----";
const MESSAGE = "-----BEGIN PGP MESSAGE-----";
const MESSAGE_END = "-----END PGP MESSAGE-----";

/**
 * Takes the armour from signed text. Linear.
 * @param text decoded, lines ended by LF or CRLF
 * @returns the text as it came, without `protection`, when there is none
 */
export function takePgpArmour(text: string): { readonly text: string; readonly protection?: Protection } {
  const kept: string[] = [];
  let from = 0;
  for (;;) {
    const begin = lineStart(text, SIGNED, from);
    const signature = begin < 0 ? -1 : lineStart(text, SIGNATURE, begin);
    const end = signature < 0 ? -1 : lineStart(text, SIGNATURE_END, signature);
    if (end < 0) break;
    kept.push(text.slice(from, begin), words(text.slice(begin, signature)));
    from = behindLine(text, end);
  }
  kept.push(text.slice(from));
  const plain = kept.join("");
  const message = lineStart(plain, MESSAGE, 0);
  if (message >= 0 && lineStart(plain, MESSAGE_END, message) >= 0) return { text: plain, protection: "pgp-encrypted" };
  return from > 0 ? { text: plain, protection: "pgp-signed" } : { text };
}

/** Place of a line that is this and nothing else but white space behind it; -1 when there is none. */
function lineStart(text: string, line: string, from: number): number {
  for (let at = text.indexOf(line, from); at >= 0; at = text.indexOf(line, at + line.length)) {
    const before = at === 0 || text[at - 1] === "\n";
    if (before && text.slice(at + line.length, behindLine(text, at)).trim() === "") return at;
  }
  return -1;
}

function behindLine(text: string, at: number): number {
  const lineFeed = text.indexOf("\n", at);
  return lineFeed < 0 ? text.length : lineFeed + 1;
}

/**
 * Without the armour's own header (`Hash: SHA256`, up to an empty line) and the dashes that section 7.2 puts before
 * lines that begin with one: `- -- ` is the author's `-- `.
 */
function words(signed: string): string {
  const body = signed.slice(behindLine(signed, 0));
  return body.replace(/^(?:[A-Za-z]{1,30}: [^\n]{0,200}\n){0,10}[ \t]*\r?\n/, "").replace(/^- /gm, "");
}
