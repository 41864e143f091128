import { list } from "./list.ts";
import type { LanguageWords } from "./types.ts";

export const HU: LanguageWords = {
  code: "hu",
  name: "Hungarian",
  wrote: list(
    `ezt írta · írta · az alábbiakat írta · a következőt írta · a következőket írta · ezt írtad · írták · ezt írta neked
     · írta a következőt`,
  ),
  attributionOpeners: list("ekkor · időpont · dátum"),
  fields: {
    from: list("feladó · küldő · feladta"),
    sent: list(
      "elküldve · küldve · dátum · elküldés dátuma · küldés dátuma · küldés ideje · küldés időpontja · elküldött · érkezett",
    ),
    to: list("címzett · címzettek · kinek"),
    cc: list("másolatot kap · másolat · cc · másolatot kapják"),
    bcc: list("titkos másolat · titkos másolatot kap · rejtett másolat · vakmásolat · bcc"),
    replyTo: list("válaszcím · válasz erre a címre · válasz címe · válasz ide"),
    subject: list("tárgy · téma"),
    attachments: list("mellékletek · melléklet · csatolmány · csatolmányok"),
    importance: list("fontosság · prioritás · bizalmasság"),
  },
  originalMessage: list(
    "eredeti üzenet · eredeti levél · eredeti e-mail · eredeti email · eredeti értekezlet · az eredeti üzenet · üzenet tőle",
  ),
  forwardedMessage: list(
    `továbbított üzenet · továbbított levél · továbbított e-mail · továbbított email · továbbított levél kezdete
     · továbbított üzenet kezdete · a továbbított üzenet kezdete · továbbította · továbbított üzenet vége · vége a továbbított üzenetnek`,
  ),
  sentFrom: list(
    `{} készülékemről küldve · {} készülékről küldve · {}-ról küldve · {}-ről küldve · {}-omról küldve · {}-emről küldve · {}-ból küldve
     · {}-ből küldve · elküldve az {}-omról · elküldve a {} készülékemről · elküldve az {} készülékemről · elküldve {} készülékről
     · elküldve innen: {} · küldve innen: {} · küldve a következőből: {} · elküldve a következőből: {} · elküldve a következővel: {}
     · az {} készülékemről küldve · a {} készülékemről küldve · {} telefonomról küldve · mobilról küldve · mobiltelefonról küldve
     · mobiltelefonomról küldve · a telefonomról küldve · mobileszközről küldve · okostelefonról küldve
     · az outlook beszerzése {} rendszerhez · az outlook letöltése {} rendszerre · az outlook letöltése {}-hez · szerezze be az outlookot {} rendszerre
     · szerezze be az {} outlookot · az {} outlook letöltése · a {} outlook letöltése · outlook {} rendszerhez · töltse le az outlookot {} rendszerre
     · a windows posta alkalmazásából küldve · a windows 10 posta alkalmazásából küldve · küldve a windows 10 posta alkalmazásából
     · küldve a windows posta alkalmazásból · elküldve a windows posta alkalmazásból
     · elküldve a yahoo mailből {} rendszeren · elküldve a yahoo levelezőből {} rendszeren · yahoo mailből küldve · elküldve a yahoo mailből
     · küldve a proton mail segítségével · a proton mail biztonságos e-mail szolgáltatásával küldve · proton maillel küldve
     · samsung galaxy okostelefonról küldve · samsung galaxy okostelefonomról küldve · galaxy készülékemről küldve · samsung készülékről küldve
     · huawei telefonomról küldve · android-eszközömről küldve {} alkalmazással`,
  ),
  closings: list(
    `üdvözlettel · üdvözlettel, · tisztelettel · üdv · üdv. · üdvözlöm · szívélyes üdvözlettel · baráti üdvözlettel · köszönettel · előre is köszönöm
     · előre is köszönjük · köszönöm, üdvözlettel · tisztelettel és köszönettel · további szép napot · szép napot · további szép napot kívánok
     · szép napot kívánok · legjobb üdvözlettel · maradok tisztelettel · kellemes napot · minden jót · szia · puszi · köszönettel és üdvözlettel`,
  ),
  outOfOffice: list(
    `automatikus válasz · automatikus valasz · automatikus válaszüzenet · automatikus üzenet · autómatikus válasz · automatikus válaszlevél
     · házon kívül · házon kívül vagyok · irodán kívül · irodán kívül vagyok · távollét · távolléti üzenet · távolléti értesítés
     · távolléti válasz · szabadságon · szabadságon vagyok · nem vagyok az irodában · {} házon kívül van · {} nincs az irodában
     · {} szabadságon van`,
  ),
  undeliverable: list(
    `kézbesíthetetlen · kézbesíthetetlen üzenet · kézbesíthetetlen levél · nem kézbesíthető · sikertelen kézbesítés · kézbesítés sikertelen
     · kézbesítési hiba · a kézbesítés nem sikerült · kézbesítési állapot értesítés · kézbesítési jelentés · kézbesítési értesítés
     · az üzenet nem kézbesíthető · visszaküldött levél · késleltetett kézbesítés · a kézbesítés késik`,
  ),
  replyPrefixes: list("vá · válasz · re"),
  forwardPrefixes: list("tov · továbbítás · továbbítva · ft · fw · fwd"),
  thanks: {
    thanks: list(
      `köszönöm · koszonom · köszönjük · koszonjuk · köszi · koszi · köszönöm szépen · köszönjük szépen · nagyon köszönöm · nagyon szépen köszönöm
       · nagyon köszönjük · köszönöm a segítséget · köszi szépen · köszönet · ezer köszönet · hálásan köszönöm · kösz · köszönöm, köszönöm · köszcsi`,
    ),
    around: list(
      `ok · oké · rendben · rendben van · szuper · tökéletes · tökéletesen · nagyszerű · remek · kiváló · jó · jól · nagyon jó · működik · már működik
       · most már működik · minden működik · így már működik · megoldódott · megoldva · sikerült · megy · már megy · minden rendben · most · már · ismét
       · újra · még egyszer · a · az · és · nagyon · szépen · gyors · segítséget · segítségét · segítségüket · segítség · segítségért · választ · válaszát
       · válasz · válaszért · támogatást · tájékoztatást · tájékoztatás · információt · információ · türelmet · türelmét · fáradozást · fáradozását · idejét
       · ügyintézést · mindent · mindenkinek · önnek · önöknek · neked · nektek · szép · további · napot · estét · hétvégét · hetet · kívánok · kellemes · jó munkát
       · megkaptam · értem · megértettem · viszont · viszontkívánom · ez · szuperül · így`,
    ),
    doubt: list(
      `de · nem · sem · még mindig · mégsem · viszont nem · azonban · sajnos · hiba · hibás · probléma · problémák · gond · kérem · kérjük · kérlek · tudna · tudnának
       · tudnák · tudnál · lehetne · lehet · mikor · miért · hogyan · hogy · mi · mit · hol · ki · kinek · melyik · kell · kellene · szükségem · szükségünk · másik
       · is · csak · kivéve · kérdés · kérdésem · várok · várom · várjuk · előre is · hívjon · hívjanak · lemondani · törölni · visszatérítés · reklamáció · panasz
       · rosszabb · ha · soha · semmi · senki · nincs · hiányzik
       · igen · ja · persze · mindkettő · kicsi · közepes · nagy · piros · kék · fekete · fehér · holnap · ma
       · és most`,
    ),
    greetings: list(
      `kedves · tisztelt · szia · sziasztok · helló · hello · jó napot · jó napot kívánok · jó reggelt · jó estét · üdvözlöm · üdv · szép napot
       · tisztelt uram · tisztelt hölgyem · tisztelt cím · kedves kollégák · szervusz · csá`,
    ),
  },
};
