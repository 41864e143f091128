/** Pairs of languages that are one to the library, told apart by words that they do not share. */

type Twin = { readonly code: string; readonly words: RegExp };

/** Languages that are one to the library, and the words that they do not share. */
export const TWINS: Readonly<Record<string, readonly [Twin, Twin]>> = {
  ms: [
    {
      code: "id",
      words:
        /\b(?:bisa|karena|akun|kemarin|silakan|mohon|kalau|mengapa|uang|pesanan|tagihan|rekening|tautan|ponsel|unduh|(?:meng)?unggah|beri tahu|gimana|aplikasinya|rusak|kapan|tapi)\b/giu,
    },
    {
      code: "ms",
      words:
        /\b(?:kerana|akaun|sila|awak|adakah|semalam|mahu|ialah|encik|puan|macam mana|pautan|log masuk|e-mel|telefon bimbit|muat (?:naik|turun)|beritahu|invois|bayaran balik|penghantaran|rosak|bila|tetapi)\b/giu,
    },
  ],
  // Serbian in Latin letters; "treba da", "ne mogu da" stand where Croatian has the infinitive.
  hr: [
    {
      code: "hr",
      words:
        /(?<!\p{L})(?:što|gdje|ovdje|htio|htjela|želio|željela|željeli|također|unaprijed|poslano|jučer|ponovno|prije|poslije|uvijek|nije(?:m|dan)|tko|netko|trebam|trebao|tjedan|tjedna|mobitel\p{L}*|računal\p{L}*|poveznic\p{L}*|narudžb\p{L}*|tvrtk\p{L}*|lijep\p{L}*|mjest\p{L}*|vrijem\p{L}*|riješ\p{L}*|obavijest\p{L}*|odgovorit|siječnja|veljače|ožujka|travnja|svibnja|lipnja|srpnja|kolovoza|rujna|listopad\p{L}?|studenog|prosinca)(?!\p{L})/giu,
    },
    {
      code: "sr",
      words:
        /(?<!\p{L})(?:šta|sta|gde|ovde|hteo|htela|želeo|želela|želeli|takođe|unapred|poslato|juče|ponovo|pre|posle|uvek|ko|neko|nedelj\p{L}*|sajt\p{L}*|nalog\p{L}*|porudžbin\p{L}*|firm\p{L}*|lep\p{L}*|mest\p{L}*|vreme\p{L}*|reš\p{L}*|obavešt\p{L}*|treba da|mogu da|može da|moram da|hoću da|e-poš?t\p{L}*|oktobr?a?r?|decembr?a?r?|januara?|juna?|jula?)(?!\p{L})/giu,
    },
  ],
};

/** The one whose words the text has more of; in doubt the first. */
export function oneOf([first, second]: readonly [Twin, Twin], words: string): { code: string; certain: boolean } {
  const [one, other] = [words.match(first.words)?.length ?? 0, words.match(second.words)?.length ?? 0];
  return { code: other > one ? second.code : first.code, certain: one !== other };
}
