/**
 * Subjects that machines write. Tables of beginnings, each anchored, so that a customer's "Out of office replies are
 * broken" stays a question.
 */

/** Automatic answers: the phrase, then a colon, a dash or the end. */
const AUTOMATIC_ANSWERS: readonly RegExp[] = [
  // Automatic reply: Your order · Auto Reply: … · Autoreply - …
  /^auto(?:matic|mated|matisch)?[-_ ]?(?:reply|response|responder|answer|antwort)\b/,
  /^auto: ?/,
  // Out of office: Cannot log in · Out of Office AutoReply: …
  /^(?:i am |i'm )?(?:out of (?:the )?office|on vacation|ooo)\s*(?:$|[:\-–—!(]|auto|reply|notif|re:)/,
  // Vacation reply · Away from my mail
  /^(?:vacation (?:reply|message|notice)|away (?:message|notice|from my (?:mail|e-mail|desk)))/,
  // Abwesenheitsnotiz: … · Automatische Antwort: … · Abwesend: …
  /^(?:abwesenheits?(?:notiz|nachricht|meldung|info|agent)?|automatische (?:antwort|r[üu]ckmeldung)|abwesend|nicht im (?:büro|haus))\s*(?:$|[:\-–—!(])/,
  // Réponse automatique : … · Absence du bureau
  /^(?:r[ée]ponse automatique|absence du bureau|absent(?:e)? du bureau|message d'absence)/,
  // Respuesta automática: … · Fuera de la oficina
  /^(?:respuesta autom[áa]tica|fuera de (?:la )?oficina|ausente)\s*(?:$|[:\-–—!(])/,
  // Risposta automatica: … · Fuori sede
  /^(?:risposta automatica|fuori (?:sede|ufficio)|assenza dall'ufficio)/,
  // Resposta automática: … · Ausência do escritório
  /^(?:resposta autom[áa]tica|aus[êe]ncia (?:do|tempor))/,
  // Automatisch antwoord: … · Afwezigheidsbericht
  /^(?:automatisch (?:antwoord|bericht)|afwezig(?:heid|heidsbericht)?)\s*(?:$|[:\-–—!(])/,
  // Autosvar: … · Automatiskt svar: … · Automatisk svar: … · Automaattinen vastaus: …
  /^(?:autosvar|automatiskt? svar|fr[åa]nv[æa]ro|fravær|poissa|automaattinen vastaus)\s*(?:$|[:\-–—!(])/,
  // Odpowiedź automatyczna: … · Automatická odpověď: … · Automatikus válasz: … · Otomatik yanıt: … · Răspuns automat
  /^(?:odpowied[źz] automatyczna|autoodpowied[źz]|automatick[áa] odpov[ěe][ďd]|automatikus v[áa]lasz|otomatik (?:yan[ıi]t|cevap)|r[ăa]spuns automat)/,
  // Автоответ: … · Автоматический ответ: … · Автоматична відповідь
  /^(?:автоответ|автоматический ответ|автоматична відповідь)/,
  // 自動応答: … · 自動返信 · 自动回复: … · 自動回覆 · 자동 회신: …
  /^(?:自動応答|自動返信|自动回复|自动答复|自動回覆|不在通知|자동 ?회신|자동 ?응답|부재중)/,
];

/** Delivery reports, used only together with a sender that sends them. */
const REPORTS: readonly RegExp[] = [
  // Undelivered Mail Returned to Sender · Undeliverable: Your order · Undeliverable mail
  /^undeliver(?:ed|able)\b/,
  // Mail delivery failed: returning message to sender · Delivery Status Notification (Failure) · delivery failure
  /^(?:mail |message |e-?mail )?deliver(?:y|ies)(?: of mail)? ?(?:has |was |is )?(?:failed|failure|fehlgeschlagen|status|notification|report|delayed|problem|error|incomplete)/,
  // failure notice · Returned mail: see transcript for details · Warning: could not send message for past 4 hours
  /^(?:failure notice|returned mail|warning: (?:could not send|message|e-?mail)|non[- ]?delivery|nondeliverable|mail system error|message (?:delayed|status|undeliverable)|could not (?:send|deliver))/,
  // Unzustellbar: … · Nicht zustellbar · Non remis: … · No se puede entregar: … · Niet bestelbaar · Non recapitabile
  /^(?:unzustellbar|nicht zustellbar|non remis|no se puede entregar|no entregado|niet (?:bestelbaar|bezorgd)|onbestelbaar|non recapitabile|n[ãa]o (?:entregue|poss[íi]vel entregar)|olevererbart|kunne ikke leveres)/,
  /^(?:配信不能|未送達|送信失敗|退信|系统退信|не доставлено|недоставленное)/,
];

/** `Re:` before the phrase is common: the vacation program answered a reply. */
function plain(subject: string): string {
  return subject
    .slice(0, 400)
    .trim()
    .toLowerCase()
    .normalize("NFC")
    .replace(/^(?:(?:re|aw|sv|fw|fwd)\s*:\s*)+/, "");
}

/** Whether a vacation program or autoresponder wrote this subject, in about twenty languages. */
export function isOutOfOffice(subject: string): boolean {
  const text = plain(subject);
  return AUTOMATIC_ANSWERS.some((pattern) => pattern.test(text));
}

/** Whether this is the subject of a delivery report. Proves nothing by itself. */
export function isReportSubject(subject: string): boolean {
  const text = plain(subject);
  return REPORTS.some((pattern) => pattern.test(text));
}
