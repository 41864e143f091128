/** Words of a text, and the runs of one to three of them, by which two texts are compared however they are wrapped. */

/**
 * `[image: logo.png]` · `[cid:image001.png@01DB]` · `<https://nw.example/manual>` · `:smile:` for an emoji ·
 * `logo.png` alone on its line, where the picture stood
 */
const NO_WORDS =
  /\[(?:image|cid|bild|imagem?|immagine|afbeelding)[^\]\n]{0,200}\]|<?(?:https?:\/\/|mailto:|www\.)[^\s<>]{1,2000}>?|(?<!\S):[a-z][a-z0-9_+-]{1,30}:(?!\S)|^\s{0,9}[^\s/]{1,100}\.(?:png|jpe?g|gif|bmp|webp|svg)\s{0,9}$/gimu;
/** Words; single characters of scripts without blanks, which are wrapped anywhere. */
const WORD =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]|[[\p{L}\p{M}\p{N}]--[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]]+/gv;

/** Words without links and pictures, and without the numbers of lists: letters and digits in lower case. */
export function wordsOf(text: string): string[] {
  const words = text.replace(NO_WORDS, " ").normalize("NFKC").toLowerCase().match(WORD) ?? [];
  return words.filter((word) => !/^\d{1,2}$/.test(word));
}

/** The words at the end of a line, two at least where it has them. */
export function lastWordsOf(line: string): string[] {
  return wordsOf(line.slice(-300));
}

/** All runs of one, two and three words. */
export function runsOf(text: string): Set<string> {
  const words = wordsOf(text);
  const runs = new Set<string>();
  for (let i = 0; i < words.length; i++) {
    let run = words[i] as string;
    runs.add(run);
    for (let more = 1; more < 3 && i + more < words.length; more++) runs.add((run += ` ${words[i + more]}`));
  }
  return runs;
}
