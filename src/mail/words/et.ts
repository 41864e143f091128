import { list } from "./list.ts";
import type { LanguageWords } from "./types.ts";

export const ET: LanguageWords = {
  code: "et",
  name: "Estonian",
  wrote: list("kirjutas · on kirjutanud · kirjutasid · kirjutas järgmist · kirjutasite · tsiteerin"),
  attributionOpeners: list("kuupäev · kasutaja · tsiteerin"),
  fields: {
    from: list("saatja · kellelt"),
    sent: list(
      "saadetud · saatmisaeg · kuupäev · saatmise kuupäev · saadeti · saatmise aeg · saabunud · saadetud kuupäeval",
    ),
    to: list("adressaat · saaja · kellele · adressaadid · saajad"),
    cc: list("koopia · cc · koopiad · koopia saaja"),
    bcc: list("pimekoopia · salakoopia · bcc · peidetud koopia"),
    replyTo: list("vastus aadressile · vasta · vastata · vastuse aadress · vastamisaadress"),
    subject: list("teema · pealkiri"),
    attachments: list("manused · manus · lisad"),
    importance: list("tähtsus · prioriteet · olulisus"),
  },
  originalMessage: list(
    "algne kiri · algne sõnum · algne teade · originaalsõnum · originaalkiri · esialgne kiri · esialgne sõnum · algkiri · algne e-kiri · kiri saatjalt · originaalteade",
  ),
  forwardedMessage: list(
    `edastatud kiri · edastatud sõnum · edastatud teade · edasi saadetud kiri · edasisaadetud kiri · edastatud meil · edastatud e-kiri · edasi saadetud sõnum · edastatud sõnumi algus · edastatud kirja algus
     · edasisaadetud kirja algus · edastas · edastatud sõnumi lõpp · edastatud kirja lõpp`,
  ),
  sentFrom: list(
    `saadetud minu {}'ist · saadetud minu {}’ist · saadetud minu {}'ilt · saadetud minu {}’ilt · saadetud minu {}-ist · saadetud minu {}-ilt · saadetud minu {}ist · saadetud minu {}ilt · saadetud minu {}lt
     · saadetud minu {} · saadetud {}'ist · saadetud {}’ist · saadetud {}'ilt · saadetud {}ist · saadetud {}ilt · saadetud {}-ist · saadetud {} abil · saadetud {} kaudu · saadetud {} seadmest
     · saadetud {} telefonist · saadetud {} nutitelefonist · saadetud rakendusest {} · saadetud mobiilist · saadetud telefonist · saadetud minu telefonist · saadetud minu mobiilist
     · saadetud mobiiltelefonist · saadetud nutitelefonist · saadetud mobiilseadmest · hankige outlook {} jaoks · hankige {} jaoks outlook · hankige outlook {}-i jaoks · hankige {}i jaoks outlook
     · hangi outlook {} jaoks · laadi alla outlook {} jaoks · laadige alla outlook {} jaoks · outlooki hankimine {} jaoks · outlooki hankimine {}-i jaoks · saadetud windowsi rakendusest meil
     · saadetud rakendusest mail for windows 10 · saadetud windows 10 rakendusest meil · saadetud windows 10 meilirakendusest · saadetud yahoo mailist {} · saadetud yahoo mailist
     · saadetud proton mailiga · saadetud proton maili turvalise e-postiga · saadetud minu samsung galaxy nutitelefonist · saadetud minu galaxyst · saadetud samsungi seadmest`,
  ),
  closings: list(
    `lugupidamisega · parimate soovidega · heade soovidega · tervitades · tervitustega · parimat soovides · parimat · kõike head · ilusat päeva · head päeva · kena päeva · kena päeva soovides · tänades · ette tänades
     · tänan ette · aitäh ette · teie · siiralt · siiralt teie · austusega · sõbralike tervitustega · parimate tervitustega · päikest · tervitusi · tänu ja lugupidamisega · tervist`,
  ),
  outOfOffice: list(
    `automaatvastus · automaatne vastus · automaatne teade · automaatvastaja · automaatne kiri · autovastus · kontorist väljas
     · olen kontorist väljas · viibin kontorist eemal · kontorist eemal · olen kontorist eemal · puhkusel · olen puhkusel · viibin puhkusel
     · eemaloleku teade · äraolek · eemalolek · ei viibi kontoris · {} on puhkusel · {} on kontorist väljas · {} viibib puhkusel`,
  ),
  undeliverable: list(
    `kättetoimetamatu · kohaletoimetamatu · kohale toimetamata · edastamatu · edastamata · edastamata kiri · edastamine nurjus · edastamine ebaõnnestus · kohaletoimetamine nurjus · kohaletoimetamine ebaõnnestus
     · kättetoimetamine nurjus · kättetoimetamine ebaõnnestus · ei saanud kohale toimetada · sõnumit ei saanud edastada · kirja ei saanud edastada · kirja edastamine ebaõnnestus · tarnetõrge · saatmine ebaõnnestus
     · saatmine nurjus · edastusoleku teatis · tagastatud kiri · edastamine viibib`,
  ),
  replyPrefixes: list("vs · vast · vastus · re"),
  forwardPrefixes: list("edasi · edastatud · ed · fw · fwd"),
  thanks: {
    thanks: list(
      `aitäh · aitah · tänan · tanan · täname · suur tänu · suur aitäh · suured tänud · tänud · tänu · aitähh · aitäh teile · aitäh sulle · tänan teid · täname teid · tänan väga · aitäh väga · palju tänu · südamest tänan
       · tuhat tänu · suurimad tänud · olen tänulik · suurtänu · aitüma`,
    ),
    around: list(
      `ok · okei · hästi · väga hästi · hea · väga hea · super · suurepärane · suurepäraselt · imeline · ideaalne · täiuslik · tore · vahva · selge · töötab · nüüd töötab · see töötab · kõik töötab · toimib · nüüd toimib
       · kõik toimib · lahendatud · probleem lahendatud · probleem on lahendatud · probleem sai lahendatud · sai lahendatud · sai korda · korras · kõik korras · kõik on korras · kõik ok · õnnestus · nüüd · juba · taas
       · jälle · uuesti · veelkord · eest · abi · abi eest · kiire · kiiret · vastus · vastuse · vastuse eest · toe · tugi · toetuse · info · info eest · informatsiooni · selgituse · selgitus · kannatlikkuse · aja
       · koostöö · teeninduse · ja · väga · tõesti · kõigile · teile · sulle · teie · sinu · ilusat · kena · head · päeva · õhtut · nädalat · nädalavahetust · soovin · sain kätte · sain aru · kätte saadud · mõistan
       · samuti · teile ka · kõik · see · suur`,
    ),
    doubt: list(
      `aga · kuid · ent · ei · ära · ikka veel · endiselt · veel · kahjuks · paraku · probleemid · probleem püsib · teine probleem · viga · vead · tõrge · katki · rikkis · kas · saate · saaksite · saaks · võite · võiksite
       · võib · palun · palume · millal · miks · kuidas · mida · mis · kus · kes · kumb · milline · vajan · vajame · vaja · pean · tahan · soovin teada · sooviksin · teine · lisaks · peale · välja arvatud · ainult · küsimus
       · küsida · ootan · ootame · ette · helistage · tühistada · tagasi · tagastada · kaebus · pretensioon · hullem · kui · mitte · mitte midagi · keegi · puudub · puudu · palju maksab
       · jah · jaa · mõlemad · väike · keskmine · punane · sinine · must · valge · homme · täna · jään ootama
       · ootan vastust · ja nüüd · mis nüüd`,
    ),
    greetings: list(
      `tere · tere päevast · tere hommikust · tere õhtust · tervist · hei · tsau · lugupeetud · austatud · kallis · hea · härra · proua · tervitus · tervitused · tere kõigile`,
    ),
  },
};
