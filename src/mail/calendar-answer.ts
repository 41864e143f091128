/**
 * Answers to invitations (METHOD:REPLY, RFC 5546 section 3.2.3). A calendar program writes "Accepted: …" when somebody
 * presses a button: nobody asks anything, and an acknowledgement would puzzle. With words of the person's own, or with
 * another time proposed, somebody has to look; it is still not acknowledged.
 */
import type { Invitation } from "./mime/calendar.ts";
import type { NatureJudgement } from "./types.ts";

/** Begins the reason of both natures. */
const ANSWER = "an answer to an invitation";

const ANSWERS: ReadonlySet<Invitation["method"]> = new Set(["reply", "refresh", "counter", "declinecounter"]);
const SILENT: ReadonlySet<Invitation["method"]> = new Set(["reply", "refresh"]);

/** Google writes a text of its own around an answer; a note of the person's is also in COMMENT. */
const PROGRAM_TEXT = /\bcalendar\.google\.com\b|\bGoogle (?:Calendar|Kalender|Agenda)\b/;

/**
 * The nature with regard to what the calendars in the message say.
 * @param words the author's text, without what was added for the reader
 */
export function natureOfAnswer(
  judged: NatureJudgement,
  invitations: readonly Invitation[],
  words: string,
): NatureJudgement {
  const answers = invitations.length > 0 && invitations.every(({ method }) => ANSWERS.has(method));
  if (judged.nature !== "correspondence" || !answers) return judged;
  const silent =
    invitations.every(({ method, comment }) => SILENT.has(method) && (comment ?? "") === "") &&
    (words.trim() === "" || PROGRAM_TEXT.test(words.slice(0, 5000)));
  return silent
    ? { nature: "auto-response", because: `${ANSWER}, without words` }
    : { nature: "correspondence", because: `${ANSWER}, with words or another time` };
}

/** Whether a message answers an invitation, in whatever words. */
export function answersInvitation({ because }: NatureJudgement): boolean {
  return because.startsWith(ANSWER);
}
