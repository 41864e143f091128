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

/** `See my answers below in red.` · `Antworten siehe unten.` · `Mes réponses en rouge ci-dessous.` */
const BELOW =
  /(?<!\p{L})(?:below|in-?line|in (?:red|blue|green|bold|colou?r)|between the lines|unten|unterhalb|in (?:rot|blau|grün|fett)|zwischen den zeilen|ci-dessous|plus bas|en (?:rouge|bleu|vert|gras)|abajo|en (?:rojo|azul|verde|negrita)|sotto|in (?:rosso|blu|grassetto)|hieronder|onderstaand|in (?:rood|blauw|vet)|abaixo|em (?:vermelho|azul|negrito)|nedan|nedenfor|nedenstående|poniżej|níže|alább|ниже|нижче)(?!\p{L})/iu;

/** Whether the author says that more of theirs stands in the quoted mail, where no mark tells it from the rest. */
export function pointsBelow(words: string): boolean {
  return words.length <= SHORT && BELOW.test(words);
}
