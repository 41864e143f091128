/** The tables of words: their form, and that no word of one language could be meant by everyday text of another. */
import { describe, expect, test } from "vitest";
import { anyOf, plain } from "../../src/mail/reply/evidence.ts";
import { ALL_WORDS } from "../../src/mail/words/all.ts";
import type { LanguageWords } from "../../src/mail/words/types.ts";

/** Every list of a table with its path: `fields.from`, `thanks.doubt`. */
function listsOf(words: LanguageWords): readonly (readonly [string, readonly string[]])[] {
  const { code: _code, name: _name, fields, thanks, ...rest } = words;
  return [
    ...Object.entries(rest),
    ...Object.entries(fields).map(([field, list]) => [`fields.${field}`, list] as const),
    ...Object.entries(thanks).map(([field, list]) => [`thanks.${field}`, list] as const),
  ];
}

const REQUIRED = [
  "wrote",
  "fields.from",
  "fields.sent",
  "fields.to",
  "fields.cc",
  "fields.subject",
  "originalMessage",
  "forwardedMessage",
  "sentFrom",
  "closings",
  "outOfOffice",
  "undeliverable",
  "replyPrefixes",
  "forwardPrefixes",
  "thanks.thanks",
  "thanks.around",
  "thanks.doubt",
  "thanks.greetings",
];

test("there are thirty languages at least, each once", () => {
  const codes = ALL_WORDS.map(({ code }) => code);
  expect(codes.length).toBeGreaterThanOrEqual(30);
  expect(new Set(codes).size).toBe(codes.length);
  expect(codes.every((code) => /^[a-z]{2}$/.test(code))).toBe(true);
});

describe.each(ALL_WORDS.map((words) => [words.name, words] as const))("%s", (_name, words) => {
  const lists = listsOf(words);
  const every = lists.flatMap(([path, list]) => list.map((word) => `${path}: ${word}`));

  test("is written in lower case, composed, without stray or invisible characters", () => {
    const bare = (word: string): boolean => word === word.normalize("NFC").toLowerCase() && !/\p{Lu}/u.test(word);
    const tidy = (word: string): boolean => word.trim() === word && !/ {2}|[\p{Cf}\t\n]|(?<!l)·|·(?!l)/u.test(word);
    expect(every.filter((word) => !bare(word.slice(word.indexOf(": ") + 2)) || !tidy(word))).toEqual([]);
  });

  test("says nothing twice in one list", () => {
    const twice = lists.flatMap(([path, list]) =>
      list.filter((word, i) => list.indexOf(word) !== i).map((word) => `${path}: ${word}`),
    );
    expect(twice).toEqual([]);
  });

  test("has the lists without which it would not be read", () => {
    const filled = new Set(lists.filter(([, list]) => list.length > 0).map(([path]) => path));
    expect(REQUIRED.filter((path) => !filled.has(path))).toEqual([]);
  });

  test("has one gap in a phrase at most, only where one is filled, with words of its own around it", () => {
    const gaps = lists.flatMap(([path, list]) =>
      list.filter((word) => /[{}]/.test(word)).map((word) => [path, word] as const),
    );
    const wrong = gaps.filter(
      ([path, word]) =>
        !/^(?:sentFrom|outOfOffice|undeliverable)$/.test(path) ||
        !/^[^{}]*\{\}[^{}]*$/.test(word) ||
        word.replace("{}", "").replace(/[^\p{L}\p{M}]/gu, "").length < 2,
    );
    expect(wrong).toEqual([]);
  });

  test("does not say both things with one word", () => {
    const both = (left: readonly string[], right: readonly string[]): readonly string[] =>
      left.filter((word) => right.includes(word));
    const { thanks, around, doubt } = words.thanks;
    expect(both(thanks, doubt)).toEqual([]);
    expect(both(around, doubt)).toEqual([]);
    expect(both(words.replyPrefixes, words.forwardPrefixes)).toEqual([]);
    expect(both(words.outOfOffice, words.undeliverable)).toEqual([]);
    expect(both(words.originalMessage, words.forwardedMessage)).toEqual([]);
    expect(both(words.fields.from, words.fields.to)).toEqual([]);
    expect(both(words.fields.from, words.fields.sent)).toEqual([]);
  });

  test("has its doubts in no phrase that thanks or surrounds thanks", () => {
    const doubt = new RegExp(anyOf(words.thanks.doubt), "u");
    expect(words.thanks.thanks.filter((word) => doubt.test(plain(word)))).toEqual([]);
  });
});

/** The smallest words of text, which stand in any sentence; a table that took one for a sign would see it everywhere. */
const EVERYDAY = `the of and to in is it you that for was are with as be this have or by not but what all were we when your can there use an
  each which how their if will up other about out many then them these so some would make like him into time has look two more go see no way
  could my than first been call who its now find down day did get come made may part der die das und ist nicht ein eine mit für auf dem den
  sich des ich sie es er wir ihr aber wenn wie noch nur auch so sind war hat haben wird kann mir mich le la les des un une et est pas que qui
  dans pour sur ce il elle nous vous ne se plus avec tout mais ou si au du el los las una y es no que en por con para como más pero su al lo
  sin il lo gli di che è e non un una per con del della sono ha ma anche come più se o que não um uma os as do da em no na com por mais se de
  het een en van ik je dat niet met zijn voor op aan er maar om hij ook dan och att det som är inte jag på för med av den har till vi du kan
  og ikke at jeg er til på med som ja ei se on että hän oli mutta kun nyt w na z się nie to że do jest jak ale po co tak za od a v je se na že
  jsem by pro tak si ale jak az és hogy nem egy is de ez van csak meg mi și în nu la cu pe ce mai din este care за на и не в что он с как это
  все у по но из к та що не до про як bir ve bu da de için ne çok ama gibi daha yang dan di ini itu dengan untuk tidak dari ada saya ir kad tai
  yra un ir ka ar no par ja on et see ka kui aga su u da je i na se za koji in je da se na ki za so i el la de que`
  .split(/\s+/)
  .filter((word) => word !== "");

/** Ordinary lines of support mail that end in a colon or stand alone, and say nothing about a mail that was quoted. */
const ORDINARY = [
  "this is what i see on my screen:",
  "here are the steps:",
  "my new address is as follows:",
  "ich habe folgende frage:",
  "hier ist die rechnung:",
  "voici mon problème:",
  "este es mi número de pedido:",
  "questo è il mio indirizzo:",
  "dit is mijn bestelnummer:",
  "este é o meu endereço:",
  "to jest mój adres:",
  "na ekranu piše:",
  "systém mi píše:",
  "日志无法写入：",
  "вот что я вижу на экране:",
  "мой новый адрес:",
  "ось моє запитання:",
  "bu benim adresim:",
  "以下是我的订单号：",
  "我的地址如下：",
  "注文番号は次のとおりです：",
  "주문 번호는 다음과 같습니다:",
  "นี่คือที่อยู่ของฉัน:",
  "đây là địa chỉ của tôi:",
  "هذا هو عنواني:",
  "זו הכתובת שלי:",
];

describe("no table takes everyday text of any language for a sign", () => {
  const everyday = new Set(EVERYDAY);
  const SIGNS = ["wrote", "originalMessage", "forwardedMessage", "sentFrom",  "outOfOffice", "undeliverable", "thanks.thanks"];

  test("no sign is one of the smallest words", () => {
    const taken = ALL_WORDS.flatMap((words) =>
      listsOf(words)
        .filter(([path]) => SIGNS.includes(path))
        .flatMap(([path, list]) => list.filter((word) => everyday.has(word)).map((word) => `${words.code} ${path}: ${word}`)),
    );
    expect(taken).toEqual([]);
  });

  test("a verb of writing has three letters at least, two where there is no alphabet", () => {
    const short = ALL_WORDS.flatMap(({ code, wrote }) =>
      wrote.filter((word) => word.length < (code === "zh" || code === "ko" ? 2 : 3)).map((word) => `${code}: ${word}`),
    );
    expect(short).toEqual([]);
  });

  test("ordinary lines before a list say nothing about who wrote", () => {
    const wrote = new RegExp(anyOf(ALL_WORDS.flatMap((words) => words.wrote)), "u");
    expect(ORDINARY.filter((line) => wrote.test(plain(line)))).toEqual([]);
  });

  test("thanks in one language are no doubt in another", () => {
    const doubts = new Map(ALL_WORDS.flatMap(({ code, thanks }) => thanks.doubt.map((word) => [word, code] as const)));
    const torn = ALL_WORDS.flatMap(({ code, thanks }) =>
      thanks.thanks.filter((word) => doubts.has(word)).map((word) => `${code}: ${word} (${doubts.get(word)})`),
    );
    expect(torn).toEqual([]);
  });

  test("the subject of an automatic answer is never a prefix of answers, nor of mail passed on", () => {
    const prefixes = new Set(ALL_WORDS.flatMap((words) => [...words.replyPrefixes, ...words.forwardPrefixes]));
    const torn = ALL_WORDS.flatMap((words) =>
      [...words.outOfOffice, ...words.undeliverable].filter((word) => prefixes.has(word)).map((word) => `${words.code}: ${word}`),
    );
    expect(torn).toEqual([]);
  });
});

/** What Outlook puts before the subject of an automatic answer, in its own languages. */
const OUTLOOK: Readonly<Record<string, string>> = {
  en: "Automatic reply",
  de: "Automatische Antwort",
  fr: "Réponse automatique",
  es: "Respuesta automática",
  it: "Risposta automatica",
  nl: "Automatisch antwoord",
  pt: "Resposta automática",
  sv: "Automatiskt svar",
  da: "Automatisk svar",
  nb: "Automatisk svar",
  fi: "Automaattinen vastaus",
  pl: "Odpowiedź automatyczna",
  cs: "Automatická odpověď",
  sk: "Automatická odpoveď",
  hu: "Automatikus válasz",
  ro: "Răspuns automat",
  bg: "Автоматичен отговор",
  ru: "Автоматический ответ",
  uk: "Автоматична відповідь",
  el: "Αυτόματη απάντηση",
  tr: "Otomatik yanıt",
  he: "תשובה אוטומטית",
  ar: "رد تلقائي",
  ja: "自動応答",
  ko: "자동 회신",
  zh: "自动答复",
  vi: "Trả lời tự động",
  th: "ตอบกลับอัตโนมัติ",
  id: "Balasan otomatis",
  lt: "Automatinis atsakymas",
  lv: "Automātiska atbilde",
  et: "Automaatvastus",
  hr: "Automatski odgovor",
  sr: "Аутоматски одговор",
  sl: "Samodejni odgovor",
  ca: "Resposta automàtica",
};

test.each(Object.entries(OUTLOOK))("Outlook's automatic answer in %s is known: %s", (code, subject) => {
  const words = ALL_WORDS.find((candidate) => candidate.code === code);
  expect(words?.outOfOffice).toContain(subject.toLowerCase());
});

/** Lines over quotes that Gmail, Apple Mail, Outlook and Thunderbird write: the verb must be in the table. */
const ATTRIBUTIONS: Readonly<Record<string, string>> = {
  en: "On Mon, 23 Nov 2026 at 10:02, Maria Santos <maria@home.example> wrote:",
  de: "Am Mo., 23. Nov. 2026 um 10:02 Uhr schrieb Maria Santos <maria@home.example>:",
  fr: "Le lun. 23 nov. 2026 à 10:02, Maria Santos <maria@home.example> a écrit :",
  es: "El lun, 23 nov 2026 a las 10:02, Maria Santos (<maria@home.example>) escribió:",
  it: "Il giorno lun 23 nov 2026 alle ore 10:02 Maria Santos <maria@home.example> ha scritto:",
  nl: "Op ma 23 nov 2026 om 10:02 schreef Maria Santos <maria@home.example>:",
  pt: "Em seg., 23 de nov. de 2026 às 10:02, Maria Santos <maria@home.example> escreveu:",
  sv: "Den mån 23 nov. 2026 kl 10:02 skrev Maria Santos <maria@home.example>:",
  da: "Den man. 23. nov. 2026 kl. 10.02 skrev Maria Santos <maria@home.example>:",
  nb: "man. 23. nov. 2026 kl. 10:02 skrev Maria Santos <maria@home.example>:",
  fi: "ma 23. marrask. 2026 klo 10.02 Maria Santos (maria@home.example) kirjoitti:",
  pl: "pon., 23 lis 2026 o 10:02 Maria Santos <maria@home.example> napisał(a):",
  cs: "po 23. 11. 2026 v 10:02 odesílatel Maria Santos <maria@home.example> napsal:",
  sk: "po 23. 11. 2026 o 10:02 Maria Santos <maria@home.example> napísal(a):",
  hu: "Maria Santos <maria@home.example> ezt írta (időpont: 2026. nov. 23., H, 10:02):",
  ro: "În lun., 23 nov. 2026 la 10:02, Maria Santos <maria@home.example> a scris:",
  bg: "На пн, 23.11.2026 г. в 10:02 Maria Santos <maria@home.example> написа:",
  ru: "23 нояб. 2026 г., в 10:02, Maria Santos <maria@home.example> написал(а):",
  uk: "пн, 23 лист. 2026 р. о 10:02 Maria Santos <maria@home.example> пише:",
  el: "Στις Δευ 23 Νοε 2026 στις 10:02 π.μ., ο χρήστης Maria Santos <maria@home.example> έγραψε:",
  tr: "Maria Santos <maria@home.example>, 23 Kas 2026 Pzt, 10:02 tarihinde şunu yazdı:",
  he: "ב-23 בנוב׳ 2026, בשעה 10:02, Maria Santos <maria@home.example> כתב/ה:",
  ar: "في الاثنين، 23 نوفمبر 2026 في 10:02 ص تمت كتابة ما يلي بواسطة Maria Santos <maria@home.example>:",
  fa: "در تاریخ دوشنبه ۲۳ نوامبر ۲۰۲۶ ساعت ۱۰:۰۲ Maria Santos <maria@home.example> نوشت:",
  ja: "2026/11/23 10:02、Maria Santos <maria@home.example>のメール:",
  ko: "2026년 11월 23일 (월) 오전 10:02, Maria Santos <maria@home.example>님이 작성:",
  zh: "Maria Santos <maria@home.example> 于2026年11月23日周一 10:02写道：",
  vi: "Vào Th 2, 23 thg 11, 2026 vào lúc 10:02 Maria Santos <maria@home.example> đã viết:",
  th: "ในวันที่ จ. 23 พ.ย. 2026 เวลา 10:02 Maria Santos <maria@home.example> เขียนว่า:",
  id: "Pada Sen, 23 Nov 2026 pukul 10.02 Maria Santos <maria@home.example> menulis:",
  lt: "2026-11-23, pr, 10:02 Maria Santos <maria@home.example> rašė:",
  lv: "pirmd., 2026. g. 23. nov., plkst. 10:02 — lietotājs Maria Santos (<maria@home.example>) rakstīja:",
  et: "Kuupäev E, 23. november 2026 kell 10:02 kirjutas Maria Santos <maria@home.example>:",
  hr: "pon, 23. stu 2026. u 10:02 Maria Santos <maria@home.example> napisao je:",
  sr: "пон, 23. нов 2026. у 10:02 Maria Santos <maria@home.example> је написао/ла:",
  sl: "V V pon., 23. nov. 2026 ob 10:02 je oseba Maria Santos <maria@home.example> napisala:",
  ca: "El 23 nov. 2026, a les 10:02, Maria Santos <maria@home.example> va escriure:",
};

test.each(Object.entries(ATTRIBUTIONS))("the verb of an attribution in %s is known", (code, line) => {
  const words = ALL_WORDS.find((candidate) => candidate.code === code);
  expect(plain(line)).toMatch(new RegExp(anyOf(words?.wrote ?? []), "u"));
});
