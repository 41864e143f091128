/**
 * What agents read of a customer's message. An answer in a thread is shown without what they have read before; a message
 * that begins a ticket is shown whole, since nothing of it stands anywhere else.
 */
import type { InboundMessage } from "../mail/types.ts";

type Shown = Pick<InboundMessage, "text" | "replyText" | "answered" | "quoted" | "forwarded">;

/** @param opens it begins a ticket that continues no other */
export function entryText(message: Shown, opens: boolean): string {
  const { text, replyText, answered, quoted, forwarded } = message;
  // What was passed on is what the message is about.
  const whole = opens || forwarded?.by === "inline" || (quoted !== "" && pointsBelow(replyText));
  return whole ? text.replace(/\n{3,}/g, "\n\n").trim() : (answered ?? replyText);
}

/** Longer words speak for themselves. In characters. */
const SHORT = 400;

/** Where it stands: below, in red, between the lines. */
const PLACE =
  "below|in-?line|in (?:red|blue|green|bold|colou?r)|between the lines|unten|unterhalb|in (?:rot|blau|grün|fett)|zwischen den zeilen|ci-dessous|plus bas|en (?:rouge|bleu|vert|gras)|abajo|en (?:rojo|azul|verde|negrita)|sotto|in (?:rosso|blu|grassetto)|hieronder|onderstaand|in (?:rood|blauw|vet)|abaixo|em (?:vermelho|azul|negrito)|nedan|nedenfor|nedenstående|poniżej|níže|alább|ниже|нижче";
const BELOW = new RegExp(`(?<!\\p{L})(?:${PLACE})(?!\\p{L})`, "iu");
/** What stands there. */
const ANSWERS =
  "answers?|answered|repl(?:y|ies|ied)|comments?|responses?|antwort(?:en)?|kommentare?|anmerkungen|réponses?|commentaires?|respuestas?|comentarios?|rispost[ae]|commenti|antwoord(?:en)?|opmerkingen|respostas?|comentários?|svar|odpowiedzi|odpověd[iě]|válasz\\p{L}{0,6}|ответы?|відповіді";
const ANSWERS_BELOW = new RegExp(
  `(?<!\\p{L})(?:(?:${ANSWERS})(?!\\p{L})[^.\\n]{0,40}(?<!\\p{L})(?:${PLACE})|(?:${PLACE})[^.\\n]{0,20}(?<!\\p{L})(?:${ANSWERS}))(?!\\p{L})`,
  "iu",
);

/** `Please see below.` may mean the quoted mail, where no mark tells more words of the author's from the rest. */
function pointsBelow(words: string): boolean {
  return words.length <= SHORT && BELOW.test(words);
}

/** `See my answers below in red.` · `Antworten siehe unten.` · `Mes réponses en rouge ci-dessous.` */
export function answersBelow(words: string): boolean {
  return words.length <= SHORT && ANSWERS_BELOW.test(words);
}
