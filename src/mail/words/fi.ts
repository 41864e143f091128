import { list } from "./list.ts";
import type { LanguageWords } from "./types.ts";

export const FI: LanguageWords = {
  code: "fi",
  name: "Finnish",
  wrote: list(
    "kirjoitti · kirjoitti seuraavasti · on kirjoittanut · kirjoittaa · kirjoitit · kirjoitti näin · lainaus",
  ),
  attributionOpeners: list("lainaus · on"),
  fields: {
    from: list("lähettäjä · lähettäjältä · keneltä · mistä"),
    sent: list("lähetetty · päivämäärä · päiväys · pvm · lähetyspäivä · lähetysaika · aika · vastaanotettu"),
    to: list("vastaanottaja · vastaanottajat · kenelle · saaja"),
    cc: list("kopio · cc · kopiot · tiedoksi"),
    bcc: list("piilokopio · bcc · piilokopiot"),
    replyTo: list("vastaus · vastausosoite · vastaa osoitteeseen · vastaa"),
    subject: list("aihe · otsikko · asia"),
    attachments: list("liitteet · liite · liitetiedostot"),
    importance: list("tärkeys · prioriteetti · luottamuksellisuus"),
  },
  originalMessage: list(
    `alkuperäinen viesti · alkuperäinen sähköposti · alkuperäinen sähköpostiviesti · alkuperäinen tapaaminen · viesti lähettäjältä
     · vastausviesti
     · alkuperäinen viesti / orig.msg.`,
  ),
  forwardedMessage: list(
    `välitetty viesti · edelleenlähetetty viesti · edelleen lähetetty viesti · välitetty viesti alkaa · välitetty viesti / fwd.msg
     · välitetty sähköposti · välitetty sähköpostiviesti · edelleenlähetetty sähköposti · välittänyt · lähetetty edelleen
     · edelleenlähetetyn viestin alku · välitetyn viestin alku`,
  ),
  sentFrom: list(
    `lähetetty {} · lähetetty laitteesta {} · lähetetty omasta {} · lähetetty {} kautta · lähetetty sovelluksesta {} · lähetetty puhelimesta
     · lähetetty puhelimestani · lähetetty matkapuhelimesta · lähetetty kännykästä · lähetetty mobiililaitteesta · hanki outlook for {}
     · hanki outlook {} · hanki outlook {}:lle · hae outlook {} · lataa outlook {} · hanki {} outlook · lähetetty outlook for {}
     · lähetetty windowsin sähköpostista · lähetetty windows 10:n sähköpostista · lähetetty yahoo mailista {} · lähetetty proton maililla
     · lähetetty samsung-laitteesta · lähetetty galaxy-laitteestani · lähetetty samsung galaxy -älypuhelimesta · lähetetty android-laitteesta {}
     · lähetetty huawei-puhelimesta`,
  ),
  closings: list(
    `ystävällisin terveisin · ystävällisesti · parhain terveisin · parhaat terveiset · terveisin · terveiset · terv. · terv · yst. terv.
     · yst.terv. · t. · t: · yt · y.t. · pt · kunnioittavasti · kunnioittaen · lämpimin terveisin · hyvää päivänjatkoa · mukavaa päivää
     · hyvää viikonloppua · kiittäen · kiitos etukäteen · kiitos ja hyvää päivänjatkoa · aurinkoisin terveisin · iloisin terveisin
     · yhteistyöterveisin · ystävällisin yhteistyöterveisin`,
  ),
  outOfOffice: list(
    `automaattinen vastaus · automaattivastaus · automaattinen vastausviesti · automaattinen poissaoloviesti · automaattinen ilmoitus
     · poissaoloilmoitus · poissaoloviesti · poissaolo · poissa · poissa toimistosta · poissa toimistolta · en ole paikalla · olen poissa
     · olen lomalla · lomalla · lomailmoitus · ei paikalla · {} on poissa · {} on lomalla · {} ei ole paikalla`,
  ),
  undeliverable: list(
    `ei voi toimittaa · toimittamaton · toimitus epäonnistui · viestiä ei voitu toimittaa · perille toimittamaton · toimitusvirhe
     · viestin toimitus epäonnistui · ei toimitettu · toimitustilailmoitus · toimituksen tilailmoitus · palautettu viesti
     · toimitus viivästyi · viestin toimittaminen epäonnistui`,
  ),
  replyPrefixes: list("vs · re · vast"),
  forwardPrefixes: list("vl · fw · fwd · edelleenlähetys"),
  thanks: {
    thanks: list(
      `kiitos · kiitoksia · kiitos paljon · paljon kiitoksia · kiitti · iso kiitos · suuret kiitokset · suurkiitos · suuri kiitos
       · tuhannet kiitokset · kiitän · kiitokset · monet kiitokset · kiitos teille · kiitos sinulle`,
    ),
    around: list(
      `ok · okei · selvä · hyvä · hienoa · loistavaa · mahtavaa · mahtava · loistava · täydellistä · super · erinomaista · erinomainen · se toimii
       · toimii · toimii nyt · nyt toimii · nyt se toimii · kaikki toimii · kaikki hyvin · kunnossa · nyt kunnossa · kaikki kunnossa · ratkesi
       · ongelma ratkesi · korjattu · onnistui · nyt · taas · jälleen · avusta · avustasi · avustanne · nopeasta · pikaisesta · vastauksesta
       · vastauksestasi · vastauksestanne · vastaus · palvelusta · tuesta · tiedosta · tiedoista · infosta · ajasta · vielä kerran · ja
       · kaikille · sinulle · teille · paljon · todella · kovasti · hyvästä · hyvää · mukavaa · päivää · päivänjatkoa · viikonloppua · iltaa
       · viikkoa · samoin · vastaanotettu · ymmärretty · erittäin · nopea`,
    ),
    doubt: list(
      `mutta · ei · en · eivät · vielä · edelleen · yhä · kuitenkin · valitettavasti · vika · virhe · voisitko · voisitteko · voitko
       · voitteko · voiko · voi · pyydän · pyytäisin · milloin · koska · miksi · miten · mikä · mitä · missä · kuka · tarvitsen · pitää · toinen
       · myös · paitsi · vain · kysymys · kysyisin · odotan · odotamme · etukäteen · soita · peruuttaa · hyvitys · valitus · huonompi
       · jos · rikki · puuttuu · ongelmia
       · kyllä · joo · juu · eikä · molemmat · punainen · sininen · musta · valkoinen · huomenna · tänään
       · odottelen · odottaen · jään odottamaan · ja nyt · entä nyt`,
    ),
    greetings: list(
      "hei · moi · moikka · terve · hyvää huomenta · hyvää päivää · hyvää iltaa · huomenta · päivää · arvoisa · hei kaikki",
    ),
  },
};
