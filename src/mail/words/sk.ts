import { list } from "./list.ts";
import type { LanguageWords } from "./types.ts";

export const SK: LanguageWords = {
  code: "sk",
  name: "Slovak",
  wrote: list(
    "napísal(a) · napísal · napísala · napísal/a · napísali · písal · písala · používateľ napísal · citát od",
  ),
  attributionOpeners: list("dňa · v · on · používateľ"),
  fields: {
    from: list("od · odosielateľ · odosielatel"),
    sent: list("odoslané · dátum · datum · odoslaná · dátum odoslania · poslané · prijaté · odoslane"),
    to: list("komu · pre · príjemca · adresát"),
    cc: list("kópia · cc · kopia · v kópii"),
    bcc: list("skrytá kópia · bcc · skrytá"),
    replyTo: list("odpovedať-pre · odpovedať komu · odpoveď na · odpoveď pre · odpovedať na"),
    subject: list("predmet · vec"),
    attachments: list("prílohy · príloha"),
    importance: list("dôležitosť · priorita · citlivosť"),
  },
  originalMessage: list(
    `pôvodná správa · povodna sprava · originálna správa · pôvodný e-mail · pôvodný email · pôvodný mail · správa od · pôvodná schôdzka
     · pôvodná správa --- original message`,
  ),
  forwardedMessage: list(
    `preposlaná správa · preposlana sprava · preposlaná správa --- forwarded message · začiatok preposlanej správy · preposlaný e-mail
     · preposlaný email · postúpená správa · preposlal · preposlané · koniec preposlanej správy · odovzdaná správa · presmerovaná správa`,
  ),
  sentFrom: list(
    `odoslané z {} · odoslané z môjho {} · odoslané zo {} · odoslané zo zariadenia {} · odoslané pomocou {} · odoslané cez {}
     · odoslané z aplikácie {} · poslané z {} · poslané z môjho {} · odoslané z mobilu · odoslané z mobilného telefónu · odoslané z telefónu
     · odoslané z mobilného zariadenia · získať outlook pre {} · získajte outlook pre {} · stiahnuť outlook pre {} · odoslané z outlooku pre {}
     · získať aplikáciu outlook pre {} · odoslané z pošty pre windows · odoslané z pošty pre windows 10 · odoslané z yahoo mail pre {}
     · odoslané z proton mail · odoslané pomocou proton mail · odoslané z môjho galaxy · odoslané zo smartfónu samsung galaxy
     · odoslané zo zariadenia samsung · odoslané z môjho zariadenia android pomocou {} · odoslané z huawei`,
  ),
  closings: list(
    `s pozdravom · s priateľským pozdravom · s úctou · s pozdravom a prianím pekného dňa · pekný deň · prajem pekný deň · prajem príjemný deň
     · ďakujem a prajem pekný deň · ďakujem, s pozdravom · ďakujem s pozdravom · zdravím · srdečne · pozdravujem · s prianím pekného dňa
     · majte sa · vopred ďakujem · za skorú odpoveď ďakujem · s pozdr. · srdečný pozdrav · s priateľskými pozdravmi`,
  ),
  outOfOffice: list(
    `automatická odpoveď · automaticka odpoved · automatická odpoveď od · automatická správa · mimo kancelárie · som mimo kancelárie
     · neprítomnosť · neprítomný · neprítomná · oznámenie o neprítomnosti · správa o neprítomnosti · na dovolenke · som na dovolenke
     · čerpám dovolenku · {} je mimo kancelárie · {} nie je prítomný · {} je na dovolenke`,
  ),
  undeliverable: list(
    `nedoručiteľné · nedoručiteľná správa · nedoručené · nedoručená správa · nie je možné doručiť · správu nemožno doručiť
     · chyba doručenia · doručenie zlyhalo · doručenie sa nepodarilo · oznámenie o stave doručenia · oznámenie o nedoručení
     · správa nebola doručená · oneskorené doručenie · vrátená správa`,
  ),
  replyPrefixes: list("odp · re · odpoveď"),
  forwardPrefixes: list("prep · fw · fwd"),
  thanks: {
    thanks: list(
      `ďakujem · dakujem · ďakujeme · dakujeme · vďaka · vdaka · ďakujem pekne · pekne ďakujem · ďakujem veľmi pekne · veľmi pekne ďakujem
       · ďakujem veľmi · veľmi ďakujem · ďakujem vám · veľká vďaka · srdečne ďakujem · dik · dík · díky · mnohokrát ďakujem`,
    ),
    around: list(
      `ok · okej · super · skvelé · skvele · výborne · výborné · perfektné · paráda · dobre · v poriadku · funguje · funguje to · už to funguje
       · už funguje · teraz funguje · všetko funguje · vyriešené · všetko vyriešené · opravené · podarilo sa · všetko v poriadku · všetko ok · už
       · teraz · opäť · zase · ešte raz · znova · za · pomoc · rýchlu · rýchla · rýchle · odpoveď · vašu · váš · vaše · tvoju · podporu · informáciu
       · informácie · vysvetlenie · ochotu · trpezlivosť · čas · vybavenie · správu · spoluprácu · a · všetkým · vám · ti · veľmi · pekne · naozaj
       · pekný · príjemný · krásny · deň · večer · víkend · týždeň · zvyšok dňa · prajem · majte sa pekne · podobne · prijaté · rozumiem · tiež · to
       · všetko`,
    ),
    doubt: list(
      `ale · nie · nejde · nefunguje · stále · ešte · však · bohužiaľ · žiaľ · problém · problémy · chyba · môžete · mohli · mohol · mohla
       · môžeš · prosím · prosíme · prosim · kedy · prečo · ako · čo · kde · kto · ktorý · potrebujem · potrebujeme · musím · iný · iná · okrem
       · len · iba · otázka · čakám · čakáme · vopred · zavolajte · zrušiť · vrátenie · reklamácia · sťažnosť · horšie · ak · či · chýba
       · nič · nikdy
       · áno · hej · jasné · oba · obe · malý · stredný · veľký · červený · modrý · čierny · biely · zajtra · dnes
       · počkám · očakávam · a teraz · čo ďalej`,
    ),
    greetings: list(
      `dobrý deň · dobry den · ahoj · dobré ráno · dobré popoludnie · dobrý večer · vážený · vážená · vážení · milý · milá · čau
       · vážený pán · vážená pani · pán · pani · ahojte`,
    ),
  },
};
