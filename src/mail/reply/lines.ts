/**
 * The lines by which quoted history, signatures and footers are known. Tables; each row shows an example.
 * Only the beginning of a line is looked at, so that a line of a megabyte costs nothing.
 */

/** Longer lines are nobody's divider or attribution. In characters. */
const LOOKED_AT = 300;
/** An attribution is wrapped over at most this many lines. */
const MAX_ATTRIBUTION_LINES = 4;
/** A header block of a quoted mail shows its fields within this many lines. */
const MAX_BLOCK_LINES = 8;

/** `> Since this morning …` · `>> …` · ` > …` */
export function isQuoted(line: string): boolean {
  return /^[ \t]{0,3}>/.test(line);
}

/**
 * The tail of a long quoted line that a mailer broke without quoting it again, between two quoted lines:
 *   > Since this morning my password is refused. I have a customer call at noon, can
 *   you help?
 *   > Maria
 * Only a tail in lower case: an answer wedged in between begins with a capital or a digit as a rule, and losing it is worse.
 */
export function isWrappedQuote(lines: readonly string[], i: number): boolean {
  const [above = "", line = "", below = ""] = [lines[i - 1], lines[i], lines[i + 1]];
  return isQuoted(above) && above.length >= 70 && isQuoted(below) && /^\p{Ll}/u.test(line) && line.length < 70;
}

/** Words between the dashes of a divider, by language. */
const DIVIDER_WORDS = [
  "original message|original-message|forwarded message|reply message|begin forwarded message", // -----Original Message-----
  "urspr[üu]ngliche (?:nachricht|mail|e-mail)|originalnachricht|original-nachricht|weitergeleitete nachricht", // -----Ursprüngliche Nachricht-----
  "message d'origine|message d’origine|message original|message transf[ée]r[ée]|message initial", // -----Message d'origine-----
  "mensaje original|mensaje reenviado|mensagem original|mensagem encaminhada", // -----Mensaje original-----
  "messaggio originale|messaggio inoltrato", // -----Messaggio originale-----
  "oorspronkelijk bericht|doorgestuurd bericht", // -----Oorspronkelijk bericht-----
  "oprindelig meddelelse|opprinnelig melding|ursprungligt meddelande|alkuper[äa]inen viesti|videresendt melding", // -----Ursprungligt meddelande-----
  "wiadomo[śs][ćc] oryginalna|oryginalna wiadomo[śs][ćc]|p[ůu]vodn[íi] (?:zpr[áa]va|e-mail)|eredeti [üu]zenet|mesaj original|orijinal mesaj", // -----Wiadomość oryginalna-----
  "исходное сообщение|пересылаемое сообщение|оригінальне повідомлення", // -------- Исходное сообщение --------
  "原始邮件|原始郵件|转发邮件|元のメッセージ|원본 메시지|원본 메일", // ------------------ 原始邮件 ------------------
].join("|");
const DIVIDER = new RegExp(
  `^[ \\t*]{0,4}[-_=—–]{2,}[ \\t]{0,3}(?:${DIVIDER_WORDS})[ \\t]{0,3}:?[ \\t]{0,3}[-_=—–]{0,}`,
  "iu",
);
/** Apple's forward has no dashes: `Begin forwarded message:` */
const BARE_DIVIDER =
  /^(?:begin forwarded message|début du message (?:transféré|réexpédié)|anfang der weitergeleiteten (?:nachricht|e-mail)|inizio messaggio inoltrato|inicio del mensaje reenviado):\s*$/i;

/** A line from which on everything is the quoted mail. */
export function isDivider(line: string): boolean {
  const head = line.slice(0, LOOKED_AT);
  return DIVIDER.test(head) || BARE_DIVIDER.test(head.trim());
}

/** Outlook's rule above its header block: `________________________________` or `-------------------`. */
export function isUnderline(line: string): boolean {
  return /^[ \t]{0,4}(?:_{10,200}|-{10,200}|={10,200})[ \t]*$/.test(line.slice(0, LOOKED_AT));
}

/** Field names of the header block that Outlook and others put over a quoted mail, by what they stand for. */
const BLOCK_FIELDS: Readonly<Record<string, RegExp>> = {
  // From: Maria Santos <maria@home.example> · *Von:* … · De : … · Från: … · 发件人：
  from: blockField(
    "from|von|de|da|van|fra|från|lähettäjä|od|feladó|de la|kimden|gönderen|от|від|发件人|寄件者|差出人|보낸 ?사람",
  ),
  // Sent: Monday, 23 November 2026 10:02 · Gesendet: … · Envoyé : … · Date: …
  sent: blockField(
    "sent|date|gesendet|datum|envoyé|date d'envoi|enviado(?: el| em)?|fecha|data|inviato|verzonden|sendt|dato|skickat|lähetetty|päivämäärä|wysłano|odesláno|dne|elküldve|trimis|gönderildi|tarih|отправлено|дата|发送时间|發送時間|日期|送信日時|보낸 ?날짜",
  ),
  // To: support@nw.example · An: … · À : … · Para: …
  to: blockField("to|an|à|a|para|aan|til|till|vastaanottaja|do|komu|címzett|către|kime|кому|收件人|宛先|받는 ?사람"),
  cc: blockField("cc|kopie|copie|kopia|kopi|копия|抄送"),
  // Subject: Cannot log in · Betreff: … · Objet : … · Asunto: … · Oggetto: …
  subject: blockField(
    "subject|betreff|betr|objet|asunto|assunto|oggetto|onderwerp|emne|ämne|aihe|temat|předmět|tárgy|subiect|konu|тема|主题|主旨|件名|제목",
  ),
};

function blockField(names: string): RegExp {
  return new RegExp(`^[ \\t*_]{0,4}(?:${names})[ \\t*_]{0,4}[:：]`, "iu");
}

/** Whether a header block begins here: From (or Sent) first, at least three of the fields within eight lines. */
export function headerBlockAt(lines: readonly string[], i: number): boolean {
  const first = fieldOf(lines[i]);
  if (first !== "from" && first !== "sent") return false;
  const seen = new Set([first]);
  for (let j = i + 1; j < lines.length && j < i + MAX_BLOCK_LINES; j++) {
    const field = fieldOf(lines[j]);
    if (field) seen.add(field);
  }
  return seen.size >= 3 && seen.has("from");
}

function fieldOf(line: string | undefined): string | undefined {
  if (line === undefined || line.length === 0) return undefined;
  const head = line.slice(0, LOOKED_AT);
  return Object.keys(BLOCK_FIELDS).find((name) => (BLOCK_FIELDS[name] as RegExp).test(head));
}

/**
 * Attributions, by language: how they begin and how they end. Between them stand a date and an author.
 *   On Mon, 23 Nov 2026 at 10:02, Maria Santos <maria@home.example> wrote:
 *   Am 23.11.2026 um 10:02 schrieb Maria Santos:
 *   Le lun. 23 nov. 2026 à 10:02, Maria Santos <maria@home.example> a écrit :
 *   El lun, 23 nov 2026 a las 10:02, Maria Santos (<maria@home.example>) escribió:
 */
const ATTRIBUTIONS: readonly RegExp[] = [
  /^(?:on|in a message dated)\b[^]{4,}\b(?:wrote|writes|said):?$/i,
  /^am\b[^]{4,}\bschrieb\b[^]{0,160}:$/i,
  /^(?:le|en date d[ue])\b[^]{4,}\ba écrit\s?:$/i,
  /^(?:el|en)\b[^]{4,}\b(?:escribió|escribio):$/i,
  /^(?:il|in data|il giorno)\b[^]{4,}\bha scritto:$/i,
  /^(?:op)\b[^]{4,}\b(?:schreef|heeft)\b[^]{0,160}:$/i,
  /^(?:em|a)\b[^]{4,}\bescreveu:$/i,
  /^(?:den|på|d\.|kl\.?)\s[^]{4,}\b(?:skrev|schrieb)\b[^]{0,160}:$/i,
  /^[^]{4,}\bkirjoitti\b[^]{0,160}:$/i,
  /^(?:w dniu|dnia|\d)[^]{4,}\bnapisał(?:\(a\)|a)?[^]{0,160}:$/i,
  /^(?:dne|po|út|st|čt|pá|so|ne)\b[^]{4,}napsal(?:\(a\)|a)?[^]{0,160}:$/i,
  /^[^]{4,}(?:ezt írta|írta)\b[^]{0,160}:$/i,
  /^[^]{4,}(?:tarihinde|şunu yazdı)[^]{0,160}:$/i,
  /^[^]{4,}(?:пишет|писал(?:\(а\)|а)?|написал(?:\(а\)|а)?|пише)[^]{0,160}:$/i,
  /^[^]{4,}(?:写道|寫道|のメール|書きました|작성)\s?[:：]$/i,
];
/** `Maria Santos <maria@home.example> wrote on 23 Nov 2026:` · `Maria Santos wrote:` · `Maria Santos schrieb am 23.11.2026:` */
const AUTHOR_FIRST =
  /^[^]{2,120}\b(?:wrote|writes|schrieb|a écrit|escribió|ha scritto|schreef|skrev|escreveu)\b[^]{0,80}:$/i;
/** `2026-11-23 10:02 GMT+01:00 Maria Santos <maria@home.example>:` */
const DATE_FIRST = /^\d{4}[-/.]\d{1,2}[-/.]\d{1,2}[^]{0,120}<[^<>\s]{3,100}@[^<>\s]{2,100}>\s?:$/;
/** A clock time or a year: what tells an attribution from `My colleague wrote:`. */
const TIME = /\b\d{1,2}[:.h]\d{2}\b|\b(?:19|20)\d{2}\b|\d{1,2}[./]\d{1,2}[./]\d{2}|\d年|\d년/;

export type Attribution = {
  /** How many lines it is wrapped over. */
  readonly lines: number;
  /** Whether it names a time, so that it can be believed without `>` below it. */
  readonly certain: boolean;
};

/** The attribution that begins at this line, if one does. */
export function attributionAt(lines: readonly string[], i: number): Attribution | undefined {
  let text = "";
  for (let count = 1; count <= MAX_ATTRIBUTION_LINES && i + count <= lines.length; count++) {
    const line = lines[i + count - 1] as string;
    if (line.length > LOOKED_AT || line.trim() === "" || isQuoted(line)) return undefined;
    text = `${text} ${line.trim()}`.trim().replace(/^[*_]+|[*_]+$/g, "");
    if (text.length > LOOKED_AT) return undefined;
    if (!/[:：]$|\b(?:wrote|writes)$/.test(text)) continue;
    const timed = TIME.test(text);
    if (DATE_FIRST.test(text) || ATTRIBUTIONS.some((pattern) => pattern.test(text)))
      return { lines: count, certain: timed };
    if (count <= 2 && AUTHOR_FIRST.test(text)) return { lines: count, certain: timed && text.includes("@") };
  }
  return undefined;
}

/** `-- ` is exact (RFC 3676 section 4.3); `--`, `—`, `__`, `***` are its imitations. */
export function isSignature(line: string): boolean {
  return /^[ \t]{0,3}(?:-{2,3}|—|–|_{2,}|\*{3,})[ \t]*$/.test(line.slice(0, LOOKED_AT));
}

/** Lines that a phone or program adds under everything. */
const FOOTERS: readonly RegExp[] = [
  // Sent from my iPhone · Sent from Outlook for Android · Sent via BlackBerry · Sent with Proton Mail secure email.
  /^(?:sent (?:from|via|with|using) |get outlook for |downloaded from )/i,
  // Von meinem iPhone gesendet · Gesendet von meinem iPad · Diese Nachricht wurde von meinem Android-Gerät … gesendet
  /^(?:von mein\S{1,3} .{2,40} gesendet|gesendet (?:von|mit|aus|über) |diese nachricht wurde von mein)/i,
  // Envoyé de mon iPhone · Télécharger Outlook pour iOS
  /^(?:envoyé (?:de|depuis|à partir de) |télécharger outlook|obtenir outlook)/i,
  // Enviado desde mi iPhone · Enviado do meu iPhone · Obter o Outlook para iOS · Obtener Outlook para
  /^(?:enviado (?:desde|do|de|via) |obtener outlook|obter o outlook)/i,
  // Inviato da iPhone · Verstuurd vanaf mijn iPhone · Verzonden vanaf · Download Outlook voor
  /^(?:inviato da|scarica outlook|ottieni outlook|verstuurd vanaf|verzonden (?:vanaf|met|vanuit)|download outlook)/i,
  // Skickat från min iPhone · Sendt fra min iPhone · Lähetetty iPhonesta · Hämta Outlook
  /^(?:skickat från|sendt fra|lähetetty |hämta outlook|hent outlook)/i,
  // Wysłane z iPhone'a · Odesláno z iPhonu · Отправлено с iPhone · iPhoneから送信 · 发自我的 iPhone · 나의 iPhone에서 보냄
  /^(?:wysłan[eo] z|odesláno z|отправлено (?:с|из)|надіслано з|发自我的|從我的|從 ?iphone|.{1,20}から送信|나의 .{1,20}에서 보냄|iphone'umdan gönderildi)/i,
];

/** Whether this line is such a footer; a long line is a sentence. */
export function endsWithFooter(line: string): boolean {
  const text = line.trim().replace(/^[*_<]+/, "");
  return text.length <= 120 && FOOTERS.some((pattern) => pattern.test(text));
}
