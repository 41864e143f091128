import { list } from "./list.ts";
import type { LanguageWords } from "./types.ts";

export const SL: LanguageWords = {
  code: "sl",
  name: "Slovenian",
  wrote: list(
    `je napisal(a) · je napisal · je napisala · napisal(a) · je napisal/a · je napisal/-a · je oseba napisala · napisala · napisal · je pisal
     · je pisala · so napisali · je zapisal · je zapisala · je napisalo`,
  ),
  attributionOpeners: list("dne · v · na dan · je dne · oseba · uporabnik"),
  fields: {
    from: list("od · pošiljatelj · posiljatelj · od koga"),
    sent: list("poslano · datum · datum pošiljanja · poslana · poslano dne · čas pošiljanja · prejeto"),
    to: list("za · prejemnik · komu · prejemniki"),
    cc: list("kp · cc · kopija · v vednost"),
    bcc: list("skp · bcc · skrita kopija · skrito"),
    replyTo: list("odgovori na · odgovor na · odgovor za · odgovori · naslov za odgovor"),
    subject: list("zadeva · predmet · naslov"),
    attachments: list("priloge · priloga · priponke · priponka"),
    importance: list("pomembnost · prednost · prioriteta · občutljivost"),
  },
  originalMessage: list(
    "izvirno sporočilo · izvorno sporočilo · originalno sporočilo · prvotno sporočilo · izvirno e-sporočilo · izvirno sporocilo · sporočilo od · izvirni sestanek",
  ),
  forwardedMessage: list(
    `posredovano sporočilo · posredovano sporocilo · posredovano e-sporočilo · preposlano sporočilo · začetek posredovanega sporočila · začetek preposlanega sporočila · začni posredovano sporočilo · posredoval
     · posredovala · konec posredovanega sporočila · konec preposlanega sporočila`,
  ),
  sentFrom: list(
    `poslano iz mojega {} · poslano iz mojega {}a · poslano iz {} · poslano z mojega {} · poslano z {} · poslano s {} · poslano z {}a · poslano iz {}a · poslano iz naprave {} · poslano z napravo {} · poslano s pomočjo {}
     · poslano prek {} · poslano preko {} · poslano iz aplikacije {} · poslano iz programa {} · poslano z mobilnega telefona · poslano iz mobilnega telefona · poslano iz mojega telefona · poslano s telefona · poslano iz telefona
     · poslano z mobilne naprave · poslano iz mobilne naprave · pridobite outlook za {} · pridobi outlook za {} · prenesite outlook za {} · prenesi outlook za {} · poslano iz programa outlook za {} · poslano iz outlooka za {}
     · poslano iz pošte za windows · poslano iz pošte za windows 10 · poslano iz programa pošta za windows 10 · poslano iz programa pošta za windows · poslano iz yahoo maila na {} · poslano iz yahoo mail v napravi {}
     · poslano s proton mail · poslano z varno e-pošto proton mail · poslano prek proton mail · poslano iz mojega pametnega telefona samsung galaxy · poslano s pametnega telefona samsung galaxy · poslano iz mojega galaxy
     · poslano iz naprave samsung · poslano iz telefona huawei`,
  ),
  closings: list(
    `lep pozdrav · lp · lep pozdrav, · s spoštovanjem · s pozdravi · s prijaznimi pozdravi · s prijaznim pozdravom · prijazen pozdrav · prisrčen pozdrav · lepo pozdravljeni · lepo vas pozdravljam · lepo pozdravljam · pozdrav
     · pozdravi · lep dan · želim vam lep dan · prijeten dan · vse dobro · hvala in lep pozdrav · hvala, lep pozdrav · hvala in lp · vnaprej hvala · že vnaprej hvala · hvala vnaprej · vnaprej se zahvaljujem
     · že vnaprej se vam zahvaljujem · lep dan še naprej · srečno · z odličnim spoštovanjem · z lepimi pozdravi`,
  ),
  outOfOffice: list(
    `samodejni odgovor · samodejen odgovor · avtomatski odgovor · avtomatsko sporočilo · samodejno sporočilo · samodejni odgovor od
     · avtomatični odgovor · odzivnik · odsotnost · odsoten · odsotna · obvestilo o odsotnosti · sporočilo o odsotnosti
     · odsotnost z delovnega mesta · zunaj pisarne · izven pisarne · nisem v pisarni · sem odsoten · sem odsotna · na dopustu · sem na dopustu
     · {} je na dopustu · {} je odsoten · {} je odsotna`,
  ),
  undeliverable: list(
    `nedostavljivo · nedostavljeno · nedostavljeno sporočilo · ni mogoče dostaviti · sporočila ni mogoče dostaviti · ni bilo mogoče dostaviti · dostava ni uspela · dostava ni bila uspešna · neuspela dostava · neuspešna dostava
     · napaka pri dostavi · obvestilo o stanju dostave · obvestilo o statusu dostave · sporočilo ni bilo dostavljeno · vrnjeno sporočilo · vrnjena pošta · zakasnjena dostava · neuspešno dostavljeno`,
  ),
  replyPrefixes: list("odg · odgovor · re"),
  forwardPrefixes: list("pos · posredovano · fw · fwd"),
  thanks: {
    thanks: list(
      `hvala · hvala lepa · najlepša hvala · najlepsa hvala · hvala vam · hvala ti · lepa hvala · hvala lepo · iskrena hvala · velika hvala · zahvaljujem se · zahvaljujemo se · hvala, hvala · tisočkrat hvala · lepo se zahvaljujem
       · najlepše se zahvaljujem · najlepše hvala · hvaležen sem · hvaležna sem · zelo hvala · res hvala · zahvala`,
    ),
    around: list(
      `ok · okej · v redu · super · odlično · odlicno · krasno · perfektno · popolno · izvrstno · čudovito · dobro · zelo dobro · deluje · zdaj deluje · sedaj deluje · že deluje · vse deluje · dela · zdaj dela · vse dela · uspelo je
       · uspelo mi je · rešeno · težava je rešena · težava rešena · problem je rešen · urejeno · vse je urejeno · vse je v redu · vse v redu · vse ok · zdaj · sedaj · že · spet · ponovno · še enkrat · za · pomoč · vašo · vaš · hiter
       · hitro · hitri · hitra · odgovor · odziv · odzivnost · podporo · podpora · informacijo · informacije · informacija · pojasnilo · pojasnila · razlago · potrpežljivost · čas · trud · prijaznost · sodelovanje · storitev · in · zelo
       · res · resnično · vsem · vam · tebi · ti · lep · lepo · prijeten · dan · večer · vikend · teden · želim · želimo · prejel sem · prejela sem · prejeto · razumem · jasno · enako · tudi vam · tudi · vse · to`,
    ),
    doubt: list(
      `ampak · vendar · toda · a · ne · ni · nisem · še vedno · še ne · žal · na žalost · težave · druga težava · nova težava · problemi · napaka · napake · okvara · pokvarjeno · neuspešno · lahko · bi lahko · ali lahko · ali · prosim · prosimo
       · kdaj · zakaj · kako · kaj · kje · kdo · kateri · katera · potrebujem · potrebujemo · moram · rad bi · rada bi · želel bi · drug · drugo · poleg tega · razen · samo · le · vprašanje · vprašanja · čakam · čakamo · vnaprej
       · pokličite · odpovedati · odpoved · preklic · preklicati · vračilo · vrniti · reklamacija · pritožba · slabše · če · nikoli · nič · nihče · manjka · brez · koliko
       · ja · da · oba · obe · majhno · srednje · veliko · rdeče · modro · črno · belo · jutri · danes
       · pričakujem · v pričakovanju · in zdaj · kaj pa zdaj`,
    ),
    greetings: list(
      `pozdravljeni · pozdravljen · pozdravljena · dober dan · dobro jutro · dober večer · živjo · zdravo · spoštovani · spoštovana · dragi · draga · hej · lepo pozdravljeni · lep pozdrav · gospod · gospa · cenjeni · oj`,
    ),
  },
};
