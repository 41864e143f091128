/** Attributions as mail programs write them, language by language: before marked and unmarked history, whole and wrapped. */
import { describe, expect, test } from "vitest";
import { splitReply } from "../../src/mail/reply/split.ts";

/** `M` stands for the address. */
const ATTRIBUTIONS: Readonly<Record<string, readonly string[]>> = {
  English: [
    "On Mon, 23 Nov 2026 at 10:02, Maria Santos <M> wrote:",
    "On Nov 23, 2026, at 10:02 AM, Maria Santos wrote:",
    "On Monday, 23 November 2026 at 10:02:11 GMT, Maria Santos <M> wrote:",
    "Maria Santos <M> wrote:",
    "Maria Santos wrote on 23/11/2026 10:02:",
    "In article <abc@news.example>, Maria Santos <M> writes:",
    "Quoting Maria Santos <M>:",
    "--- On Mon, 11/23/26, Maria Santos <M> wrote:",
    "---- On Mon, 23 Nov 2026 10:02:00 +0100 M wrote ----",
    "2026-11-23 10:02 GMT+01:00 Maria Santos <M>:",
  ],
  German: ["Am Mo., 23. Nov. 2026 um 10:02 Uhr schrieb Maria Santos <M>:", "Am 23.11.26 um 10:02 schrieb Maria Santos:", "Maria Santos <M> schrieb am Mo., 23. Nov. 2026, 10:02:", "Zitat von Maria Santos <M>:"],
  French: ["Le lun. 23 nov. 2026 à 10:02, Maria Santos <M> a écrit :", "Le 23/11/2026 à 10:02, Maria Santos a écrit :", "- Le 2026-11-23 10:02, Maria Santos a écrit :"],
  Spanish: ["El lun, 23 nov 2026 a las 10:02, Maria Santos (<M>) escribió:", "El 23/11/26 a las 10:02, Maria Santos escribió:"],
  Portuguese: ["Em seg., 23 de nov. de 2026 às 10:02, Maria Santos <M> escreveu:", "Em 23/11/2026 10:02, Maria Santos escreveu:"],
  Italian: ["Il giorno lun 23 nov 2026 alle ore 10:02 Maria Santos <M> ha scritto:", "Il 23/11/2026 10:02, Maria Santos ha scritto:"],
  Dutch: ["Op ma 23 nov 2026 om 10:02 schreef Maria Santos <M>:", "Op 23 nov. 2026, om 10:02 heeft Maria Santos <M> het volgende geschreven:"],
  Swedish: ["Den mån 23 nov. 2026 kl 10:02 skrev Maria Santos <M>:", "Den 2026-11-23 kl. 10:02, skrev Maria Santos:"],
  Danish: ["Den man. 23. nov. 2026 kl. 10.02 skrev Maria Santos <M>:"],
  Norwegian: ["man. 23. nov. 2026 kl. 10:02 skrev Maria Santos <M>:"],
  Finnish: ["ma 23. marrask. 2026 klo 10.02 Maria Santos (M) kirjoitti:", "Maria Santos kirjoitti 23.11.2026 klo 10.02:"],
  Polish: ["pon., 23 lis 2026 o 10:02 Maria Santos <M> napisał(a):", "W dniu 23.11.2026 o 10:02, Maria Santos pisze:"],
  Czech: ["po 23. 11. 2026 v 10:02 odesílatel Maria Santos <M> napsal:", "Dne 23. 11. 26 v 10:02 Maria Santos napsal(a):"],
  Slovak: ["po 23. 11. 2026 o 10:02 Maria Santos <M> napísal(a):"],
  Hungarian: ["Maria Santos <M> ezt írta (időpont: 2026. nov. 23., H, 10:02):", "2026. 11. 23. 10:02 keltezéssel, Maria Santos írta:"],
  Romanian: ["În lun., 23 nov. 2026 la 10:02, Maria Santos <M> a scris:", "Pe 23.11.2026 10:02, Maria Santos a scris:"],
  Bulgarian: ["На пн, 23.11.2026 г. в 10:02 Maria Santos <M> написа:"],
  Russian: ["пн, 23 нояб. 2026 г. в 10:02, Maria Santos <M>:", "23.11.2026 10:02, Maria Santos пишет:", 'Понедельник, 23 ноября 2026, 10:02 +03:00 от Maria Santos <M>:'],
  Ukrainian: ["пн, 23 лист. 2026 р. о 10:02 Maria Santos <M> пише:"],
  Greek: ["Στις Δευ 23 Νοε 2026 στις 10:02 π.μ., ο χρήστης Maria Santos <M> έγραψε:"],
  Turkish: ["Maria Santos <M>, 23 Kas 2026 Pzt, 10:02 tarihinde şunu yazdı:", "23.11.2026 10:02 tarihinde Maria Santos yazdı:"],
  Hebrew: ["\u202bבתאריך יום ב׳, 23 בנוב׳ 2026 ב-10:02 מאת \u202aMaria Santos\u202c\u200f <\u202aM\u202c\u200f>:\u202c"],
  Arabic: ["في الاثنين، 23 نوفمبر 2026 في 10:02 ص تمت كتابة ما يلي بواسطة \u202aMaria Santos\u202c\u200f <M>:"],
  Persian: ["در تاریخ دوشنبه ۲۳ نوامبر ۲۰۲۶،\u200f ۱۰:۰۲ Maria Santos <M> نوشت:"],
  Japanese: ["2026年11月23日(月) 10:02 Maria Santos <M>:", "2026/11/23 10:02、Maria Santos <M>のメール:"],
  Korean: ["2026년 11월 23일 (월) 오전 10:02, Maria Santos <M>님이 작성:"],
  Chinese: ["Maria Santos <M> 于2026年11月23日周一 10:02写道：", "在 2026/11/23 10:02, Maria Santos 写道:", "Maria Santos <M> 於 2026年11月23日 週一 上午10:02寫道："],
  Vietnamese: ["Vào Th 2, 23 thg 11, 2026 vào lúc 10:02 Maria Santos <M> đã viết:"],
  Thai: ["ในวันที่ จ. 23 พ.ย. 2026 เวลา 10:02 Maria Santos <M> เขียนว่า:"],
  Indonesian: ["Pada tanggal Sen, 23 Nov 2026 pukul 10.02 Maria Santos <M> menulis:"],
  Lithuanian: ["2026-11-23, pr, 10:02 Maria Santos <M> rašė:"],
  Latvian: ["pirmd., 2026. g. 23. nov., plkst. 10:02 — lietotājs Maria Santos (<M>) rakstīja:"],
  Estonian: ["Kontakt Maria Santos (<M>) kirjutas kuupäeval E, 23. november 2026 kell 10:02:"],
  Croatian: ["pon, 23. stu 2026. u 10:02 Maria Santos <M> napisao je:"],
  Serbian: ["пон, 23. нов 2026. у 10:02 Maria Santos <M> је написао/ла:"],
  Slovenian: ["V V pon., 23. nov. 2026 ob 10:02 je oseba Maria Santos <M> napisala:"],
  Catalan: ["El dl., 23 de nov. 2026, 10:02, Maria Santos <M> va escriure:"],
  Hindi: ["सोम, 23 नव॰ 2026 को 10:02 am बजे को Maria Santos <M> ने लिखा:"],
};

const lines = Object.entries(ATTRIBUTIONS).flatMap(([language, list]) => list.map((line) => [language, line.replace(/M(?=[>)\u202c]| wrote)/, "maria@home.example")]));
const HISTORY = "Please try it again now.\nAnn Miller";

describe("attributions", () => {
  test.each(lines)("%s: %s", (_, line) => {
    const expected = { replyText: "Works now.", fallback: false };
    expect(splitReply(`Works now.\n\n${line}\n\n${HISTORY}`), "over unmarked history").toMatchObject(expected);
    expect(splitReply(`Works now.\n\n${line}\n\n${HISTORY.replace(/^/gm, "> ")}`), "over `>`").toMatchObject(expected);
    expect(splitReply(`${line}\n${HISTORY.replace(/^/gm, "> ")}\n\nWorks now.`), "answer below").toMatchObject(expected);
    const words = line!.split(" ");
    const wrapped = line!.length < 60 || words.length < 4 ? line : `${words.slice(0, -3).join(" ")}\n${words.slice(-3).join(" ")}`;
    expect(splitReply(`Works now.\n\n${wrapped}\n> ${HISTORY}`.replace("\nAnn", "\n> Ann")), "wrapped").toMatchObject(expected);
  });
});
