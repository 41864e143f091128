/**
 * Subjects that machines write, by the tables of all languages. The phrase must stand at the beginning and be closed by a
 * colon, a dash, a date or the end, so that a customer's "Out of office replies are broken" stays a question.
 */
import { ALL_WORDS } from "./words/all.ts";
import { beginningsOf } from "./words/beginnings.ts";

/** A longer subject was written by somebody. In characters; bounds the work. */
const MAX_SUBJECT = 400;

/**
 * `sure`: nobody but a machine begins a subject like this. `likely`: people might (`On holiday: please hold my parcel`,
 * `Abwesend: Tim Berger, 3b`, `Re: Automatic reply: …`), so that something else has to say so too.
 */
export type OutOfOffice = "sure" | "likely";

/**
 * What makes a phrase a machine's: it names automation (`automatische antwort`, `自動返信`), a notice (`abwesenheitsnotiz`,
 * `avis d'absence`) or the office that was left (`out of office`, `fuera de la oficina`). `Ferie` or `absent` does neither.
 */
const MACHINE = new RegExp(
  [
    "auto|авто|аутомат|ауто |avtomat|samodej|autómat|أوتوماتيك|reply|response|répond|odziv|αυτόματ|αυτοματ|otomati|önműködő|自动|自動|자동|تلقائ|آلي|خودکار|اتوماتیک|אוטומט|อัตโนมัติ|tự động",
    "not(?:e|iz|iser|ice|if)|nachricht|meldung|hinweis|message|messaggio|mensa[jg]e[mn]?|avis|avviso|bericht|besked|medd?el|mesaj|poruka|порука|sporočil|válasz|abwesenheits|away from",
    "melding|viesti|ilmoitus|oznámen|oznam|zpráv|správ|powiadom|zawiadom|informacj|értesít|üzenet|pranešim|paziņoj|teade",
    "obavijest|obaveštenj|obvestil|уведомл|сообщен|повідомл|известие|съобщение|обавештењ|ειδοποίησ|μήνυμα|通知|알림|แจ้ง",
    "thông báo|إشعار|رسالة|הודעת|اعلام|اعلان|bildirim|pemberitahuan|missatge|avís|assistent|agent|asystent|asistente",
    "office|büro|buero|bureau|oficina|ufficio|escritório|kantoor|kontor|toimisto|kancel|канцелар|pejabat|オフィス|biur|iroda|irodá|офис|офіс|birou",
    "γραφεί|ofis|المكتب|משרד|办公室|辦公室|사무실|สำนักงาน|ออฟฟิศ|văn phòng|دفتر|ured|pisarn|kancelarij|biure|biroj|kontoris|despatx|kantor",
  ].join("|"),
  "u",
);

const OUT_OF_OFFICE = ALL_WORDS.flatMap(({ outOfOffice }) => outOfOffice);
const phraseAt = beginningsOf(OUT_OF_OFFICE.filter((phrase) => !phrase.includes("{}")));
/** `{} is out of the office`, as Notes writes it: `Maria Santos is out of the office (returning 12.05.)` */
const AFTER_NAME = OUT_OF_OFFICE.filter((phrase) => phrase.startsWith("{}")).map((phrase) => phrase.slice(2));
const reportAt = beginningsOf(ALL_WORDS.flatMap(({ undeliverable }) => undeliverable));
const prefixAt = beginningsOf(
  ALL_WORDS.flatMap(({ replyPrefixes, forwardPrefixes }) => [...replyPrefixes, ...forwardPrefixes]),
);

/** `Re: ` `AW[2]: ` `回复：`, at its place in the subject; 0 when there is none. */
function prefixLength(text: string, at = 0): number {
  const word = prefixAt(text, at);
  const colon = word === 0 ? null : /^\s?(?:\[\d{1,3}\])?\s?[:：]\s*/.exec(text.slice(at + word, at + word + 20));
  return colon ? word + colon[0].length : 0;
}

/** Whether the subject begins as answers and forwards do. */
export function hasReplyPrefix(subject: string): boolean {
  return prefixLength(subject.slice(0, MAX_SUBJECT).trim().toLowerCase().normalize("NFC")) > 0;
}

/** Gateways mark mail from outside, and some machines wrap their phrase: `[EXTERNAL] …` `*** Auto Reply ***` `【自動返信】…` */
const MARKS = /^(?:\[(?:ext|extern[a-z]{0,3})\]|extern(?:al)?:|auto:|[\s*"'«„“([【（［]{1,5})\s*/;

/** What may follow the phrase: nothing, a mark, or a date. `Automatic reply: …` `Abwesend 12.–20.5.` `Out of office until May 5` */
const CLOSED = /^\s*(?:$|[:：;,，!！。|([（【\])】）*"'»“”…–—-]|\.(?:\s|$)|\d)/;
const UNTIL =
  /^\s+(?:until|till?|from|since|bis|ab|vom|seit|jusqu['’]?au|du|de|dal|del|fino|hasta|desde|até|tot|vanaf|van|från|fram|fra|od|do|до|с|з|von)\s.{0,20}\d/;

/** The subject in lower case and NFC, without reply prefixes and marks; what stood in front. */
function opened(subject: string): { readonly text: string; readonly answers: boolean } {
  let text = subject.slice(0, MAX_SUBJECT).trim().toLowerCase().normalize("NFC").replace(/\s+/g, " ");
  let answers = false;
  // Few real subjects have more than three; each round takes something away.
  for (let round = 0; round < 8; round++) {
    const prefix = prefixLength(text);
    if (prefix > 0) answers = true;
    const length = prefix || (phraseAt(text) > 0 ? 0 : (MARKS.exec(text)?.[0].length ?? 0));
    if (length === 0) break;
    text = text.slice(length);
  }
  return { text, answers };
}

/** Whether a vacation program or an autoresponder wrote this subject. */
export function outOfOfficeSubject(subject: string): OutOfOffice | undefined {
  const { text, answers } = opened(subject);
  const length = phraseAt(text);
  if (length === 0) return nameAway(subject);
  const rest = text.slice(length);
  const original = rest.replace(/^[\s:：.\-–—"'«»“”\])】）]+/, "");
  // `Abwesend: AW: [NW-48201] …`: the subject that was answered stands behind.
  const quotes = prefixLength(original) > 0 || /^\[[a-z]{1,12}-\d+\]/.test(original);
  if (quotes && !answers) return "sure";
  if (!CLOSED.test(rest) && !UNTIL.test(rest)) return undefined;
  // "Re: Automatic reply" answers a machine, and "Out of office: how do I set it?" asks.
  const people = answers || /[?？؟]/.test(rest);
  return MACHINE.test(text.slice(0, length)) && !people ? "sure" : "likely";
}

/** Whether only a machine writes such a subject. */
export function isOutOfOffice(subject: string): boolean {
  return outOfOfficeSubject(subject) === "sure";
}

/** A name of one to four words that begin with a capital, then the phrase: not "Nobody in our team is on vacation". */
function nameAway(subject: string): OutOfOffice | undefined {
  const whole = subject.slice(0, 150).trim();
  // Notes says so itself: `AUTO: Maria Santos is out of the office`
  const mark = /^auto:\s*/i.exec(whole)?.[0].length ?? 0;
  const text = whole.toLowerCase();
  for (const phrase of AFTER_NAME) {
    const at = text.indexOf(phrase, mark);
    if (at < 3 || at > 50 || !CLOSED.test(text.slice(at + phrase.length))) continue;
    const name = whole.slice(mark, at).trim().split(" ");
    if (name.length <= 4 && name.every((word) => /^[\p{Lu}\p{Lo}]/u.test(word))) return mark > 0 ? "sure" : "likely";
  }
  return undefined;
}

/** Beyond the tables, as servers put it together: `Mail delivery of your message has failed` */
const REPORT =
  /^(?:mail |message |e-?mail )?deliver(?:y|ies)(?: of (?:mail|your message))? ?(?:has |was |is )?(?:failed|failure|fehlgeschlagen|status|notification|report|delayed|problem|error|incomplete)/;

/** Whether this is the subject of a delivery report. Proves nothing by itself: it is looked at beside a sender that sends them. */
export function isReportSubject(subject: string): boolean {
  const { text } = opened(subject);
  return reportAt(text) > 0 || REPORT.test(text);
}
