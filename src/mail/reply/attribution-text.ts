/**
 * Whether a text is an attribution, in whatever language: by its build and not by a pattern a language. It ends in a colon
 * (or in the verb itself), and holds a verb of writing, a date, a time, an address, where programs put them.
 */
import {
  beginsWithDate,
  endsInWrote,
  hasAddress,
  hasAngledAddress,
  hasDate,
  hasDay,
  hasTime,
  opens,
  saysWrote,
  WROTE,
} from "./evidence.ts";

/** `certain`: believed whatever follows; `likely` and, weaker, `possible`: believed when quoted lines follow. */
export type Certainty = "certain" | "likely" | "possible";

/** More words than this between date and colon are a sentence; a likely one is shorter, it has less to say. */
const MAX_WORDS = 40;
const MAX_LIKELY_WORDS = 20;
const MAX_NAMED_WORDS = 8;

/**
 * The author's own sentence: `I wrote` · `schrieb ich` · `Wir haben am 23.11. geschrieben:` · `As you wrote on 23 Nov:`. Not
 * `On … you wrote:`, which programs do write.
 */
const OWN_SENTENCE = new RegExp(
  `^(?:as|like|wie|comme|como|zoals|som|kuten|jak|ako|как|як|i|we|ich|wir|je|nous|yo|eu|ik|wij|jag|vi|я|мы) ` +
    `|(?<!\\p{L})(?:i|we|ich|wir|je|j'ai|nous|yo|nosotros|io|eu|ik|wij|jag|jeg|vi|minä|ja|já|én|я|мы|ми) ${WROTE}` +
    `|${WROTE} (?:ich|wir|ihnen|ik|wij|you|to|us|me|him|her|them|that|this|in|about)(?!\\p{L})`,
  "u",
);
/** `<address> wrote:` · `<address> schrieb am Mo., 23. Nov. 2026:` with nothing between. */
const ADDRESS_THEN_WROTE = new RegExp(`[>)\\]]\\s?,?\\s?${WROTE}`, "u");
const AND_NOTHING_ELSE = /[>)\]]\D{0,40}$/;
/** `Quoting Maria Santos <maria@home.example>:` · `Zitat von Maria Santos <maria@home.example>:` (Horde) */
const WROTE_FIRST = new RegExp(`^${WROTE} [^<>]{0,80}<[^<>]{3,200}>:$`, "u");
/** `Maria Santos wrote on …`: a name of at most five words, no `the mail that your colleague wrote on …`. */
const AUTHOR_FIRST = new RegExp(
  `^(?!.{0,60}(?<!\\p{L})(?:the|this|that|which|what|who|your|my|our|his|her|der|das|ihr|ihre|mein|meine|unser|unsere|votre|notre|mon|ma|su|mi|lo|que|mijn|onze|uw|het)(?!\\p{L}))(?:\\S{1,40} ){1,5}${WROTE}`,
  "u",
);
/** `Maria Santos <maria@home.example>, 23 Kas 2026 Pzt, 10:02 …:` */
const AUTHOR_AND_ADDRESS = /^(?:[^\s<>@\d]{1,40} ){1,5}\(?<[^<>]{3,200}>/u;
/** What people say, programs do not write: `On 23.11. at 10:02 your technician said:` needs an address to be believed. */
const SPOKEN =
  /(?<!\p{L})(?:said|says|sagte|meinte|a dit|dit|dijo|dice|disse|diz|ha detto|zei|zegt|sa|sade|sagde|sier|sanoi|říká|сказал\p{L}?|говорит)(?!\p{L})/u;
/** Up to the colon an address is followed by a verb at most, in a language whose verb is in no table: `<…> ha escrit:` */
const ADDRESS_LAST = /[>)\]][^\d<>@]{0,30}[:：]$/;

/** Judges the joined lines of what may be an attribution, in the form that `plain` gives. */
export function judge(text: string): Certainty | undefined {
  const dashed = /[-—]{2,}$/.test(text);
  const bare = dashed ? text.replace(/[\s—-]+$/, "") : text;
  const colon = /[:：]$/.test(bare);
  const wrote = saysWrote(bare);
  if (!colon && !(wrote && endsInWrote(bare) && (hasTime(bare) || dashed))) return undefined;
  if (isProse(bare)) return undefined;
  if ((wrote && isWritten(bare, dashed)) || (colon && isDatedAddress(bare))) return "certain";
  const telling = wrote && !OWN_SENTENCE.test(bare) && !SPOKEN.test(bare) ? hasDay(bare) || hasAddress(bare) : false;
  if (
    bare.split(" ").length <= MAX_LIKELY_WORDS &&
    (telling || (hasAngledAddress(bare) && hasDay(bare) && hasTime(bare)))
  )
    return "likely";
  const dated = beginsWithDate(bare) && hasDate(bare) && hasTime(bare);
  return dated || (wrote && isNamed(bare)) ? "possible" : undefined;
}

/** `Maria Santos wrote:` · `you wrote:`, no `I typed what you said:` and no `My colleague wrote:`. */
function isNamed(text: string): boolean {
  return (
    AUTHOR_FIRST.test(text) &&
    !OWN_SENTENCE.test(text) &&
    !SPOKEN.test(text) &&
    text.split(" ").length <= MAX_NAMED_WORDS
  );
}

/** With a verb, and an address or a date where programs write them. `---- Maria Santos wrote ----` (Android) needs neither. */
function isWritten(text: string, dashed: boolean): boolean {
  if (OWN_SENTENCE.test(text)) return false;
  if (dashed && text.split(" ").length <= 6) return true;
  return (hasAddress(text) && isAddressed(text)) || (!SPOKEN.test(text) && isDated(text));
}

/** An address alone proves little in a sentence: `I got this from <…> who wrote:`. Dates and brackets are what programs write. */
function isAddressed(text: string): boolean {
  const dated = hasDay(text) || hasTime(text);
  if (dated && (beginsWithDate(text) || opens(text))) return true;
  return (ADDRESS_THEN_WROTE.test(text) && (dated || AND_NOTHING_ELSE.test(text))) || WROTE_FIRST.test(text);
}

/** `On Nov 23, 2026 you wrote:` · `On 23 Nov at 10:02, Maria wrote:` · `Maria Santos wrote on 23 Nov 2026 at 10:02:` */
function isDated(text: string): boolean {
  const begun = beginsWithDate(text);
  if (hasDate(text)) return begun || (hasTime(text) && (opens(text) || AUTHOR_FIRST.test(text)));
  return begun && opens(text) && hasDay(text) && /\d:\d/.test(text);
}

/** Without a verb that we know: a date, a time and an address in the places that programs give them. */
function isDatedAddress(text: string): boolean {
  if (!hasAngledAddress(text) || !hasDay(text) || !hasTime(text) || text.split(" ").length > MAX_LIKELY_WORDS)
    return false;
  return AUTHOR_AND_ADDRESS.test(text) || (beginsWithDate(text) && ADDRESS_LAST.test(text));
}

/** More than one sentence, or too many words for a date and a name. */
function isProse(text: string): boolean {
  return /\p{Ll}{4}[!?]\s|\p{Ll}{6}\.\s+\p{L}{2}/u.test(text) || text.split(" ").length > MAX_WORDS;
}
