import { list } from "./list.ts";
import type { LanguageWords } from "./types.ts";

export const LV: LanguageWords = {
  code: "lv",
  name: "Latvian",
  wrote: list("rakstīja · uzrakstīja · ir rakstījis · ir rakstījusi · rakstījāt · rakstīja šādi · citējot"),
  attributionOpeners: list("citējot · lietotājs · datums"),
  fields: {
    from: list("no · sūtītājs · no kā"),
    sent: list(
      "nosūtīts · datums · nosūtīta · sūtīts · nosūtīšanas datums · sūtīšanas datums · saņemts · nosūtīšanas laiks",
    ),
    to: list("kam · adresāts · saņēmējs · uz"),
    cc: list("kopija · cc · kopijas · kopija kam"),
    bcc: list("diskrētā kopija · slēptā kopija · bcc · bezsaistes kopija"),
    replyTo: list("atbildēt uz · atbilde uz · atbildēt · atbildes adrese"),
    subject: list("tēma · temats"),
    attachments: list("pielikumi · pielikums"),
    importance: list("svarīgums · svarīgākums · prioritāte"),
  },
  originalMessage: list(
    "sākotnējais ziņojums · sākotnējā ziņa · oriģinālais ziņojums · oriģinālā ziņa · oriģinālā vēstule · sākotnējā vēstule · oriģinālais e-pasts · ziņojums no · sākotnējais e-pasts",
  ),
  forwardedMessage: list(
    `pārsūtīts ziņojums · pārsūtīta ziņa · pārsūtītā ziņa · pārsūtītais ziņojums · pārsūtīta vēstule · pārsūtītā vēstule · pāradresēts ziņojums · pāradresēta vēstule · pārsūtīts e-pasts
     · pārsūtītās ziņas sākums · pārsūtītā ziņojuma sākums · pārsūtītās vēstules sākums · sākt pārsūtīto ziņu · pārsūtīja · pārsūtītās ziņas beigas · pārsūtītā ziņojuma beigas`,
  ),
  sentFrom: list(
    `nosūtīts no mana {} · nosūtīts no manas {} · nosūtīts no {} · nosūtīta no mana {} · nosūtīta no {} · sūtīts no mana {} · sūtīts no {} · nosūtīts, izmantojot {} · nosūtīts izmantojot {} · nosūtīts ar {}
     · nosūtīts caur {} · sūtīts izmantojot {} · nosūtīts no mobilā telefona · nosūtīts no telefona · nosūtīts no mana telefona · nosūtīts no mobilās ierīces · sūtīts no telefona
     · sūtīts no mobilā telefona · nosūtīts no {} ierīces · nosūtīts no {} tālruņa · nosūtīts no mana tālruņa · nosūtīts no tālruņa · iegūt outlook darbam ar {} · iegūstiet outlook darbam ar {}
     · iegūstiet programmu outlook darbam ar {} · iegūt programmu outlook darbam ar {} · lejupielādēt outlook darbam ar {} · iegūstiet outlook operētājsistēmai {} · nosūtīts no outlook darbam ar {}
     · nosūtīts no windows pasta · nosūtīts no windows 10 pasta · nosūtīts no programmas pasts darbam ar windows 10 · nosūtīts no lietojumprogrammas pasts darbam ar windows
     · nosūtīts no yahoo mail {} · nosūtīts no yahoo mail ierīcē {} · nosūtīts ar proton mail · nosūtīts ar drošo proton mail e-pastu · nosūtīts no mana samsung galaxy viedtālruņa
     · nosūtīts no mana galaxy · nosūtīts no samsung ierīces · nosūtīts no inbox.lv lietotnes · nosūtīts no inbox.lv · nosūtīts no mana huawei`,
  ),
  closings: list(
    `ar cieņu · cieņā · ar sveicieniem · sveicieni · ar labākajiem vēlējumiem · visu labu · labu dienu · jauku dienu · lai jauka diena · lai jums jauka diena · vēlu jauku dienu · paldies un jauku dienu
     · jau iepriekš pateicos · jau iepriekš paldies · iepriekš pateicos · pateicībā · patiesi jūsu · sirsnīgi sveicieni · ar sirsnīgiem sveicieniem · jūsu · ar patiesu cieņu · paldies`,
  ),
  outOfOffice: list(
    `automātiska atbilde · automātiskā atbilde · automatiska atbilde · automātisks ziņojums · automātiska ziņa · automātiska atbilde no
     · automātiskais atbildētājs · autoatbilde · ārpus biroja · neesmu birojā · esmu ārpus biroja · prombūtnē · prombūtne
     · paziņojums par prombūtni · esmu prombūtnē · atvaļinājumā · esmu atvaļinājumā · {} ir ārpus biroja · {} ir atvaļinājumā · {} ir prombūtnē`,
  ),
  undeliverable: list(
    `nav piegādājams · nepiegādājams · nepiegādāts · nav piegādāts · nepiegādāts ziņojums · neizdevās piegādāt · nevar piegādāt · nevarēja piegādāt · piegāde neizdevās · piegādes kļūda · piegādes neveiksme
     · ziņojums nav piegādāts · vēstule nav piegādāta · nepiegādāta vēstule · paziņojums par piegādes statusu · piegādes statusa paziņojums · atgriezta vēstule · piegāde aizkavējas · nepiegādājama ziņa`,
  ),
  replyPrefixes: list("atb · atbilde · re"),
  forwardPrefixes: list("pārsūtīts · pārs · fw · fwd"),
  thanks: {
    thanks: list(
      `paldies · liels paldies · paldies jums · paldies tev · pateicos · pateicamies · liels paldies jums · sirsnīgs paldies · milzīgs paldies · tūkstošs paldies · tūkstoš paldies · ļoti pateicos · ļoti pateicamies
       · esmu pateicīgs · esmu pateicīga · lielu paldies · sirsnīgi pateicos · vēlreiz paldies · paldiņš · paldies paldies · izsaku pateicību`,
    ),
    around: list(
      `ok · labi · ļoti labi · lieliski · super · perfekti · brīnišķīgi · fantastiski · jauki · izcili · strādā · jau strādā · tagad strādā · viss strādā · darbojas · tagad darbojas · viss darbojas · atrisināts
       · problēma atrisināta · problēma ir atrisināta · viss atrisināts · izdevās · sanāca · viss kārtībā · viss ir kārtībā · kārtībā · viss labi · viss ok · tagad · jau · atkal · vēlreiz · par · palīdzību · jūsu
       · tavu · ātro · ātru · ātra · operatīvo · operatīvu · atbildi · atbilde · reakciju · atbalstu · informāciju · informācija · skaidrojumu · paskaidrojumu · pacietību · laiku · veltīto laiku · sadarbību
       · apkalpošanu · un · ļoti · tiešām · visiem · jums · tev · labu · jauku · dienu · vakaru · nedēļu · brīvdienas · jaukas · vēlu · vēlam · lai jauka diena · saņēmu · saņēmām · sapratu · skaidrs · jums arī
       · tāpat · arī · visu · viss · to · liels`,
    ),
    doubt: list(
      `bet · taču · tomēr · nē · ne · nav · nestrādā · nedarbojas · joprojām · vēl ne · vēl · diemžēl · žēl · problēmas · cita problēma · problēma joprojām · kļūda · kļūdas · bojāts · neizdevās · neizdodas · vai · varat
       · varētu · varētu jūs · varu · var · lūdzu · lūgums · lūdzam · kad · kāpēc · kā · ko · kas · kur · kurš · kura · kāds · kāda · vajag · nepieciešams · nepieciešama · man jā · gribu · vēlos · cits · cita · citu
       · turklāt · izņemot · tikai · jautājums · jautājumu · gaidu · gaidām · gaidīšu · iepriekš · piezvaniet · atcelt · atgriezt · atmaksa · sūdzība · pretenzija · sliktāk · ja · nekad · nekas · neviens · trūkst
       · cik
       · jā · abi · abas · mazs · vidējs · sarkans · zils · melns · balts · rīt · šodien · gaidīsim · un tagad
       · kas tālāk`,
    ),
    greetings: list(
      `sveiki · sveiks · sveika · labdien · labrīt · labvakar · čau · labu dienu · labs rīts · labs vakars · cienījamais · cienījamā · cienījamie · cien · cien. · god · god. · mīļais · mīļā · kungs · kundze
       · godātais · godātā`,
    ),
  },
};
