/**
 * What servers' words mean in the terms of RFC 3463: subject and detail without the class. Only phrases whose meaning is
 * certain stand here; the first that matches wins, so the narrow ones come before the broad ones.
 */

/** The reason stands in the first sentences. In characters. */
const MAX_WORDS = 4000;

type Meaning = { readonly detail: string; readonly pattern: RegExp };

const MEANINGS: readonly Meaning[] = [
  // 2.2 mailbox full: "User mailbox exceeds allowed size" · "over quota" · "Storage quota exceeded" · "mailfolder is full"
  {
    detail: "2.2",
    pattern:
      /(?:mail ?(?:box|folder)|inbox|account|user'?s? (?:box|folder)).{0,40}(?:(?:is|are|was) (?:currently |now |too )?full|full\b|exceed|out of space)|over ?-?quota|quota.{0,30}(?:exceed|full|reached|violation)|exceed.{0,30}(?:quota|storage)|(?:not enough|insufficient|no) (?:disk |system )?(?:storage|space|disk)|out of (?:disk |storage )?space|storage allocation|mailbox(?: size)? limit/i,
  },
  // "Postfach ist voll" · "boîte aux lettres pleine" · "buzón lleno" · "casella piena" · "メールボックスが一杯" · "邮箱已满"
  {
    detail: "2.2",
    pattern:
      /(?:postfach|mailbox|speicherplatz).{0,40}(?:voll\b|überschritten|erschöpft)|bo[îi]te.{0,40}pleine|buz[óo]n.{0,40}lleno|casella.{0,40}piena|caixa.{0,40}cheia|postvak.{0,30}vol\b|skrzynka.{0,40}(?:pełna|przepełniona)|(?:почтовый )?ящик.{0,40}переполнен|メールボックスが?(?:一杯|いっぱい|満杯)|容量(?:を?超|オーバー)|邮箱.{0,10}(?:已满|满了|空间不足)|信箱.{0,10}已滿/iu,
  },
  // 3.4 too big: "message size exceeds fixed maximum message size" · "Message too large" · "Nachricht ist zu groß"
  {
    detail: "3.4",
    pattern:
      /(?:message|mail|attachment|nachricht).{0,40}(?:too (?:big|large)|zu gro(?:ß|ss)|size exceed|exceeds?.{0,40}(?:size|maximum|limit))|(?:exceed|maximum).{0,40}message (?:size|length)|size limit exceeded|trop volumineux|demasiado grande|troppo grande|サイズが大きすぎ|слишком большо[ейг]|邮件过大|超过.{0,10}大小/iu,
  },
  // 2.1 disabled: "The user(s) account is disabled" · "account has been suspended" · "mailbox is inactive" · "account is locked"
  {
    detail: "2.1",
    pattern:
      /(?:account|mailbox|user|recipient|address|konto|postfach)(?:\(s\))?.{0,60}(?:disabled|inactive|suspended|is locked|deactivated|been (?:closed|terminated|discontinued)|deaktiviert|gesperrt)|(?:disabled|inactive|suspended|deactivated|locked) (?:account|mailbox|user|recipient)/i,
  },
  // 4.6 loop: "mail loops back to myself" · "Maximum hop count exceeded" · "Too many hops"
  { detail: "4.6", pattern: /mail loops?\b|routing loop|loop detected|too many (?:hops|received)|hop count exceeded/i },
  // 7.1 relaying: "Relaying denied" · "Unable to relay" · "that domain isn't in my list of allowed rcpthosts"
  {
    detail: "7.1",
    pattern:
      /relay(?:ing)?.{0,40}(?:denied|not (?:allowed|permitted)|prohibited|refused|rejected)|(?:unable|cannot|can't|not permitted|not allowed|won't|refus\w+|not authori[sz]ed) to relay|allowed rcpthosts|we do not relay/i,
  },
  // 1.2 host: "Host unknown" · "DNS lookup failure: host … not found" · "No mx record found" · "Could not find a gateway for"
  {
    detail: "1.2",
    pattern:
      /unknown (?:host|domain)|(?:host|domain)(?: name)?(?! said).{0,80}(?:not found|unknown|does(?: not|n['’]t) exist|not exist|invalid|couldn['’]?t be found)|\bnxdomain\b|no mx record|no (?:such|valid) (?:host|domain)|couldn['’]t find any host|could not find a gateway|name or service not known|dns (?:lookup )?(?:failure|error|problem).{0,60}not found|bad destination (?:host|system)/i,
  },
  // 1.0 Exim, which says the same of an unknown host and of an unknown user: "Unrouteable address"
  { detail: "1.0", pattern: /unrout?eable (?:mail )?(?:address|domain)/i },
  // 4.7 expired: "retry timeout exceeded" · "this message has been in the queue too long" · "Giving up" · "after multiple retries"
  {
    detail: "4.7",
    pattern:
      /retry time(?:out)?.{0,40}(?:exceeded|not reached)|(?:message|envelope|mail|delivery(?: time)?|time) (?:has )?expired|(?:in|on) (?:the )?(?:mail )?queue (?:for )?too long|too long in (?:the )?(?:mail )?queue|(?:undeliverable|undelivered|could not (?:be delivered|deliver)|unable to deliver|been trying).{0,40}(?:for|within|in|after) (?:the last |more than |over )?(?:\d|multiple|several)|giving up|aborted after|max(?:imum)? (?:retries|time|number of attempts)|retries exceeded|too many (?:delivery )?(?:attempts|retries)/i,
  },
  // 1.1 user: "User unknown" · "no such user" · "The recipient name is not recognized" · "not listed in Domino Directory"
  {
    detail: "1.1",
    pattern:
      /(?:user|recipient|mailbox|address|addressee|account).{0,20}(?:is )?(?:unknown|nonexistent|invalid)\b|unknown (?:(?:local|virtual) )?(?:user|recipient|mailbox|address|account|addressee)|(?:no|not a|invalid|non-?existent|bad|unable to find)(?: such| valid| known)? (?:\w+ )?(?:users?|mailbox|recipients?(?! syntax)|person|addressee|account|local ?part|e?-?mail address|destination mailbox)\b|(?:user|recipient|mailbox|account|address|alias).{0,100}(?:not found|(?:does|do|did) ?(?:not|n['’]t) exist|doesn't have an?|not (?:exist|known|recogni[sz]ed|listed|local)|no longer (?:exists?|valid|available|active|in use|with)|was not found|cannot be found|couldn['’]t be found|wasn['’]t found)|not listed in|n(?:o|ot a) mailbox (?:here )?by that name|not our customer|no one here by that name/i,
  },
  {
    detail: "1.1",
    // "Benutzer unbekannt" · "destinataire inconnu" · "el usuario no existe" · "宛先不明" · "ディレクトリのリストにありません" · "пользователь не найден"
    pattern:
      /(?:benutzer|empfänger|adresse|postfach).{0,60}(?:unbekannt|existiert nicht|nicht gefunden|nicht vorhanden)|(?:utilisateur|destinataire|adresse).{0,60}(?:inconnue?|n['’]existe pas|introuvable)|(?:usuario|destinatario|buz[óo]n|direcci[óo]n).{0,60}(?:desconocid[oa]|no existe|no se encontr)|(?:utente|destinatario|indirizzo|casella).{0,60}(?:sconosciut[oa]|inesistente|non esiste|non trovat)|(?:usuário|destinatário|endereço).{0,60}(?:desconhecido|não existe|não encontrad)|(?:宛先|あて先|送信先|メールアドレス|ユーザ).{0,20}(?:不明|見つかり|存在し)|リストにありません|(?:пользовател|получател|адрес|ящик).{0,60}(?:не найден|не существует|неизвест|нет)|(?:用户|收件人|地址|邮箱|帐号).{0,20}(?:不存在|未找到|无效|找不到)/iu,
  },
  // 7.1 refused: "Access denied" · "blacklisted" · "Message content rejected" · "not authorized" · "blocked by our Spam Firewall"
  {
    detail: "7.1",
    pattern:
      /access denied|black-? ?list|block-?list|denylist|\bspam(?:haus)?\b|\bUBE\b|(?:policy|administrative) (?:reasons?|violation|rejection|prohibition)|due to (?:local |security |our )?policy|content rejected|not authori[sz]ed|authenti?cation required|permission (?:to (?:post|send)|denied)|is restricted|has been blocked|was blocked|blocked by|sender (?:address )?(?:rejected|denied)|virus|not allowed to send/i,
  },
  // 4.1 no answer: "Connection timed out" · "Connection refused" · "Host not reachable" · "Network error on destination MXs"
  {
    detail: "4.1",
    pattern:
      /connection (?:timed ?out|refused|reset|lost|failed|timeout)|(?:network|host) (?:is )?(?:unreachable|not reachable|down)|no route to host|(?:unable to|could not|couldn['’]t|cannot|can't) (?:connect|reach|establish|contact)|operation timed out|network error|did(?: not|n['’]t) respond|no answer from host|smtp connection/i,
  },
];

/** Subject and detail of a reason in words: `1.1`; undefined when it is not plain. */
export function meaningOf(words: string): string | undefined {
  const text = words.slice(0, MAX_WORDS).replace(/\s+/g, " ");
  return MEANINGS.find(({ pattern }) => pattern.test(text))?.detail;
}
