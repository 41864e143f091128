import { list } from "./list.ts";
import type { LanguageWords } from "./types.ts";

/** Croatian and Bosnian; Serbian, in both its scripts, is in sr.ts. */
export const HR: LanguageWords = {
  code: "hr",
  name: "Croatian",
  wrote: list(
    `napisao je · napisala je · je napisao · je napisala · je napisao/la · je napisao/napisala · napisao/la je · je napisao(la) · je napisao(-la)
     · napisao(la) je · je napisao/la sljedeće · pisao je · pisala je · napisali su · je napisalo · je pisao`,
  ),
  attributionOpeners: list("dana · u · na dan · korisnik"),
  fields: {
    from: list("od · šalje · pošiljatelj · posiljatelj · salje"),
    sent: list("poslano · datum · poslano dana · datum slanja · poslana · vrijeme slanja · primljeno · poslato"),
    to: list("za · prima · primatelj · primatelji · kome"),
    cc: list("kopija · cc · kopija za · kp"),
    bcc: list("skrivena kopija · bcc · nevidljiva kopija · skriveno"),
    replyTo: list("odgovori na · odgovoriti na · odgovor na · adresa za odgovor"),
    subject: list("predmet · naslov · tema"),
    attachments: list("privici · privitak · prilozi · prilog"),
    importance: list("važnost · prioritet · osjetljivost"),
  },
  originalMessage: list(
    "izvorna poruka · originalna poruka · izvorna e-pošta · originalni e-mail · originalni email · izvorni e-mail · prvobitna poruka · poruka od · izvorni sastanak",
  ),
  forwardedMessage: list(
    `proslijeđena poruka · proslijedena poruka · proslijeđeni e-mail · proslijeđena e-pošta · prosljeđena poruka · početak proslijeđene poruke · započni proslijeđenu poruku · početak proslijeđenog e-maila
     · proslijedio · proslijedila · poruka je proslijeđena · kraj proslijeđene poruke`,
  ),
  sentFrom: list(
    `poslano s mog {} · poslano s mog {}a · poslano s mog {}-a · poslano s moga {} · poslano sa mog {} · poslano s {} · poslano s {}a · poslano s {}-a · poslano sa {} · poslano iz {} · poslano s uređaja {}
     · poslano s mojeg {} · poslano putem {} · poslano pomoću {} · poslano preko {} · poslano koristeći {} · poslano iz aplikacije {} · poslano s mobitela · poslano s mog mobitela · poslano s mobilnog telefona
     · poslano s mobilnog uređaja · poslano s mog telefona · poslano s telefona · poslano s pametnog telefona · nabavite outlook za {} · preuzmite outlook za {} · preuzmi outlook za {} · nabavi outlook za {}
     · dohvatite outlook za {} · poslano iz programa outlook za {} · poslano iz pošte za windows · poslano iz pošte za windows 10 · poslano iz aplikacije pošta za windows 10
     · poslano iz aplikacije pošta za windows · poslano s yahoo maila na {} · poslano iz yahoo maila na {} · poslano iz yahoo maila · poslano pomoću proton maila · poslano putem proton maila
     · poslano pomoću sigurne e-pošte proton mail · poslano pomoću proton mail sigurne e-pošte · poslano s mog samsung galaxy pametnog telefona · poslano s pametnog telefona samsung galaxy · poslano s galaxyja
     · poslano sa samsung uređaja · poslano s mog huawei telefona · poslano s mog android uređaja pomoću {}`,
  ),
  closings: list(
    `lijep pozdrav · srdačan pozdrav · pozdrav · lp · s poštovanjem · sa štovanjem · s štovanjem · sa poštovanjem · srdačno · puno pozdrava · lijepi pozdravi · pozdravi · ugodan dan · lijep dan · želim vam ugodan dan
     · unaprijed hvala · unaprijed zahvaljujem · hvala unaprijed · hvala i lijep pozdrav · hvala, lijep pozdrav · hvala i pozdrav · uz poštovanje · s najboljim željama · sve najbolje · topli pozdravi · lijep pozdrav, hvala
     · lijepo vas pozdravljam · zahvaljujem · vaš · vaša`,
  ),
  outOfOffice: list(
    `automatski odgovor · automatski odg · automatska poruka · automatski odgovor od · autoodgovor · auto odgovor · automatska obavijest
     · izvan ureda · nisam u uredu · odsutnost iz ureda · odsutan iz ureda · odsutna iz ureda · obavijest o odsutnosti · poruka o odsutnosti
     · odsutnost · odsutan · odsutna · na godišnjem odmoru · na godišnjem sam odmoru · na odmoru · na bolovanju · {} je izvan ureda
     · {} je na godišnjem odmoru · {} nije u uredu`,
  ),
  undeliverable: list(
    `nije isporučeno · neisporučivo · neisporučeno · neisporučena poruka · neisporučiva poruka · nije moguće isporučiti · nemoguće isporučiti · isporuka nije uspjela · neuspješna isporuka · neuspjela isporuka
     · pogreška pri isporuci · greška pri isporuci · obavijest o statusu isporuke · obavijest o stanju isporuke · poruka nije isporučena · poruka nije dostavljena · nije dostavljeno · neuspjela dostava · neuspješna dostava
     · vraćena poruka · vraćena pošta · odgođena isporuka · isporuka kasni`,
  ),
  replyPrefixes: list("odg · odgovor · re"),
  forwardPrefixes: list("prosl · proslijeđeno · pr · fw · fwd"),
  thanks: {
    thanks: list(
      `hvala · hvala vam · hvala ti · hvala lijepa · hvala lijepo · lijepa hvala · hvala puno · puno hvala · velika hvala · hvala najljepša · najljepša hvala · mnogo hvala · hvala mnogo · zahvaljujem · zahvaljujemo · zahvaljujem se
       · zahvaljujemo se · od srca hvala · veliko hvala · tisuću puta hvala · hvala svima · iskrena hvala · zahvalan sam · zahvalna sam · fala`,
    ),
    around: list(
      `ok · okej · u redu · super · odlično · izvrsno · savršeno · sjajno · odlicno · fantastično · dobro · vrlo dobro · jako dobro · bravo · radi · sada radi · sad radi · sve radi · radi sada · uspjelo je · uspio sam · uspjela sam
       · riješeno · problem riješen · problem je riješen · sve je riješeno · sređeno · sve je u redu · sve u redu · sve ok · sada · sad · već · opet · ponovno · još jednom · na · za · pomoći · pomoć · brz · brzi · brzom · brzo · brza
       · odgovor · odgovoru · vaš · vaša · vašoj · tvoj · vašem · podršci · podršku · podrška · informaciji · informacijama · informacije · informaciju · objašnjenju · objašnjenje · pojašnjenju · strpljenju · strpljenje
       · vremenu · trudu · trud · susretljivosti · ljubaznosti · usluzi · suradnji · i · puno · jako · zaista · stvarno · svima · vama · vam · tebi · ugodan · lijep · lijepo · dan · večer · vikend · tjedan · ostatak dana · želim · želimo
       · primio sam · primila sam · primljeno · razumijem · shvaćam · jasno · također · takođe · isto · sve · to`,
    ),
    doubt: list(
      `ali · no · međutim · ipak · ne · nije · nisam · još uvijek · još · i dalje · nažalost · na žalost · problemi · problem i dalje · drugi problem · greška · pogreška · kvar · pokvareno · neuspjelo · možete · možeš · mogli biste
       · biste · li · molim · molimo · kada · zašto · kako · što · šta · gdje · tko · ko · koji · koja · koje · treba · trebam · trebamo · moram · potrebno · želio bih · željela bih · drugi · druga · osim · samo · pitanje · pitanja
       · čekam · čekamo · unaprijed · nazovite · otkazati · otkaz · povrat · vratiti · reklamacija · pritužba · žalba · gore · ako · nikad · nikada · ništa · nitko · niko · nedostaje · bez · koliko
       · da · oba · obje · malo · srednje · crveno · plavo · crno · bijelo · sutra · danas · očekujem
       · u iščekivanju · a sada · i sada · što sad`,
    ),
    greetings: list(
      `pozdrav · dobar dan · dobro jutro · dobra večer · bok · poštovani · poštovana · postovani · postovana · dragi · draga · bog · zdravo · cijenjeni · cijenjena · lijep pozdrav · poštovani gospodine · poštovana gospođo
       · gospodine · gospođo · ej`,
    ),
  },
};
