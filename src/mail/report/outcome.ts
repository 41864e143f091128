/**
 * What became of the mail, told by words alone: the subject and the sentences for people. A warning says that the server goes
 * on trying; only then is a report about no failure.
 */
import type { DeliveryAction } from "../types.ts";

/** The outcome stands at the top. In characters. */
const MAX_WORDS = 20_000;

/** "THIS IS A WARNING MESSAGE ONLY" · "Message will be retried for 2 more days" · "verzögert" · "a été retardée" */
const DELAYED =
  /\b(?:warning message only|this is (?:only|just) a warning|(?:only|just) a (?:temporary|transient)|(?:will|shall) (?:be retried|keep (?:trying|on trying)|continue (?:trying|to (?:try|attempt|retry))|retry|try again)|not yet been delivered|(?:has|have) not (?:yet )?been delivered (?:yet|after)|(?:has been|is being|is|was|been) delayed|delivery (?:is |has been )?(?:delayed|delay)\b|still being retried|still trying|do(?: not|n't) need to re-?send|temporary (?:failure|problem).{0,60}(?:retr|try again)|delivery attempts will continue|zustellung verzögert|wird weiter versucht|verzögert sich|(?:a été|est) retardée?|se ha retrasado|entrega (?:retrasada|atrasada)|è stata ritardata|consegna ritardata|foi adiada|vertraagd|försenad|forsinket|opóźnion)|задерж(?:ивается|ана)|отложен[ао]|配信が?遅延|遅延しています|送达延迟|延迟/iu;

/** "(Delay)" · "Warning: could not send message for past 4 hours" · "Delayed Mail (still being retried)" · "Verzögert: …" */
const DELAYED_SUBJECT =
  /\(delay(?:ed)?\)|^(?:delay(?:ed)?\b|warning\b|delivery delayed|message delayed|mail delayed|verzögert|retardé|retrasad|ritard)|\b(?:delayed|delay|not yet delivered|still being retried|will be retried)\b/iu;

/** "I've given up" · "This is a permanent error" · "failed permanently" · "No further delivery attempts will be made" */
const PERMANENT =
  /\b(?:permanent(?:ly)? (?:(?:fatal )?errors?|failure|failed|delivery)|failed permanently|permanent error|given up|giving up|gave up|no further (?:delivery )?attempts|not going to try again|will not (?:be retried|(?:try|attempt).{0,20}again|(?:attempt|try) to redeliver)|message will be deleted|endgültig|dauerhafter fehler|définitivement|permanente\b)/iu;

/** "could not be delivered" · "did not reach the following recipient(s)" · "undeliverable" */
const FAILED_ENGLISH =
  /\b(?:(?:could|can|was|were|has|have|had|is|are|did|does|do|will)(?: ?n[o'’]t|['’]t)(?: be| been| able to be)?(?: able to)? (?:deliver|reach|sent|send|relay|be delivered|be sent|receive)\w*|(?:could not|couldn['’]t|cannot|can['’]t|unable to|not able to|was not able to|wasn['’]t able to|failed to) (?:be )?(?:deliver|relay|send|forward|process|complete delivery|reach)\w*|was(?: not|n['’]t) relayed|not been delivered|undeliver(?:able|ed)|(?:delivery|delevery|deliver|message|mail|transmission|sending)(?: of.{0,60}| to.{0,80})? (?:has |was |were |have )?(?:failed|failure|aborted|rejected|blocked|refused|not accepted)|failed (?:addresses|recipients)|delivery (?:error|problem|failure)s?|had (?:permanent |delivery |transient )?(?:fatal )?(?:errors|problems)|(?:error|problem) (?:occurred )?(?:while )?(?:delivering|trying to deliver|sending)|fatal errors?|returned to (?:the )?sender|returning message to sender|user unknown|unknown user|no such user|is full\b|over quota|rejected\b|blocked by|not listed in|no valid recipients|not (?:find|found)\b|may not exist|could not be reached)/iu;

/** The same sentence in other languages: "konnte nicht zugestellt werden" · "n'a pas pu être remis" · "送信できませんでした" */
const FAILED_ELSEWHERE =
  /nicht (?:zugestellt|ausgeliefert|übermittelt|gesendet) werden|(?:un|nicht )zustellbar|zustellung.{0,60}(?:fehlgeschlagen|nicht möglich|abgelehnt)|fehler bei der (?:zustellung|übermittlung)|(?:pas pu être|n['’]a pas été|échec de la|impossible de) (?:remis|distribu|livr|achemin|remettre|remise|envoy|délivr)|non remis|échec de (?:la )?(?:remise|distribution|livraison)|no (?:se )?(?:ha |pudo |puede |pueden )?(?:podido )?(?:ser )?(?:entrega|enviar|entregar)|error (?:en la|al) (?:entreg|envi)|no entregado|non (?:è stato possibile |può essere |è stato |recapitat|consegnat).{0,30}(?:recapit|consegn)|consegna.{0,40}(?:fallita|non riuscita)|mancata consegna|não (?:foi possível |pôde ser |foi )?(?:entreg|envi)|falha na entrega|(?:niet|kon niet).{0,30}(?:bezorgd|afgeleverd|worden verzonden)|bezorging.{0,40}mislukt|(?:kunde|kunne|kunnat) (?:inte|ikke).{0,20}lever|(?:levering|leverans).{0,40}(?:mislyk|misslyck)|(?:ei voitu|ei ole) toimittaa|nie (?:można|mogła|udało się|został).{0,40}(?:dostarcz|doręcz)|niedostarcz|(?:nelze|nebylo možné|nepodařilo se|nemohla být) doruč|nem (?:lehet|sikerült|kézbesíthető).{0,30}kézbesít|teslim edilemed|iletilemed|nu a putut fi (?:livrat|expediat)|не (?:может быть|было|удалось|могло быть|была).{0,20}достав|недоставлен|ошибка доставки|не вдалося доставити|送信できません|送信に失敗|配信できません|配送できません|配信不能|届きませんでした|お届けできません|エラーのため|投递失败|退信|无法(?:送达|投递|发送)|未能(?:送达|投递)|無法(?:傳遞|傳送|投遞)|(?:전송|배달|전달)(?:하지 못|되지 못|할 수 없|에 실패)|تعذر تسليم|לא ניתן היה למסור/iu;

/** "successfully delivered" · "Your message was delivered" · "(Success)" · "Relayed: …" */
const DELIVERED =
  /(?:success(?:fully|ful)(?: \w+)? deliver|deliver\w* success|message (?:was|has been) (?:successfully )?delivered|has been delivered to|erfolgreich zugestellt|a été remis|se ha entregado|è stato recapitato)/iu;
const RELAYED =
  /\brelayed\b.{0,120}(?:no delivery|not? (?:be )?(?:sent|requested)|destination)|delivery to these recipients.{0,60}complete, but no/iu;
const DELIVERED_SUBJECT = /\(success\)|^(?:delivered|relayed|zugestellt|remis|entregado)\b|successful mail delivery/iu;

/** "Delivery Status Notification (Failure)" · "Returned mail: see transcript for details" · "failure notice" */
const FAILED_SUBJECT =
  /\(failure\)|\bfail(?:ure|ed)\b|^returned mail|^mail returned|\brejected\b|\bblocked\b|^non[- ]?deliver/iu;

/** Whether the words tell that a mail did not arrive, or not yet. One sign of a report among others. */
export function tellsOfFailure(words: string): boolean {
  const text = words.slice(0, MAX_WORDS).replace(/\s+/g, " ");
  return FAILED_ENGLISH.test(text) || FAILED_ELSEWHERE.test(text) || DELAYED.test(text);
}

/** Whether the words say that the server has stopped trying. */
export function saysPermanent(words: string): boolean {
  return PERMANENT.test(words.slice(0, MAX_WORDS).replace(/\s+/g, " "));
}

/**
 * The outcome from words.
 * @param replyCode the server's answer where there is one: `550`
 */
export function outcomeIn(subject: string, words: string, replyCode: string | undefined): DeliveryAction {
  const text = words.slice(0, MAX_WORDS).replace(/\s+/g, " ");
  const delayed = DELAYED.test(text) || DELAYED_SUBJECT.test(subject);
  if (delayed && !PERMANENT.test(text)) return "delayed";
  if (RELAYED.test(text)) return "relayed";
  const failed = FAILED_ENGLISH.test(text) || FAILED_ELSEWHERE.test(text) || PERMANENT.test(text);
  if (DELIVERED_SUBJECT.test(subject) || (!failed && DELIVERED.test(text))) return "delivered";
  if (failed || FAILED_SUBJECT.test(subject) || FAILED_ENGLISH.test(subject) || FAILED_ELSEWHERE.test(subject))
    return "failed";
  if (replyCode) return replyCode.startsWith("5") ? "failed" : "delayed";
  return "unknown";
}
