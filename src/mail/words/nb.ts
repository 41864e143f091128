import { list } from "./list.ts";
import type { LanguageWords } from "./types.ts";

/** Bokmål, with the few words that differ in Nynorsk. */
export const NB: LanguageWords = {
  code: "nb",
  name: "Norwegian",
  wrote: list("skrev · skrev følgende · har skrevet · skreiv · skriver · skrev den · siterer"),
  attributionOpeners: list("den · på · på dato · sitat · on"),
  fields: {
    from: list("fra · frå · avsender"),
    sent: list("sendt · dato · sendt den · sendt dato · mottatt · sent"),
    to: list("til · mottaker · mottakere"),
    cc: list("kopi · cc · kopi til"),
    bcc: list("blindkopi · bcc · skjult kopi"),
    replyTo: list("svar til · svaradresse"),
    subject: list("emne · tittel · angående"),
    attachments: list("vedlegg · vedlagte filer"),
    importance: list("prioritet · viktighet · følsomhet"),
  },
  originalMessage: list(
    `opprinnelig melding · original melding · originalmelding · opprinnelig e-post · original e-post · opprinneleg melding
     · opprinnelig avtale · den opprinnelige meldingen · melding fra · svarmelding
     · opphavleg melding`,
  ),
  forwardedMessage: list(
    `videresendt melding · videresendt e-post · videresendt epost · vidaresendt melding · videresendt av · start på videresendt melding
     · begynnelse på videresendt melding · begynn på videresendt melding · slutt på videresendt melding · starten på videresendt melding
     · vidaresend melding`,
  ),
  sentFrom: list(
    `sendt fra min {} · sendt fra mitt {} · sendt frå min {} · sendt fra {} · sendt med {} · sendt via {} · sendt av {} · sendt fra mobil
     · sendt fra mobilen · sendt fra min mobil · sendt fra min telefon · skaff deg outlook for {} · få outlook for {} · hent outlook for {}
     · last ned outlook for {} · skaff outlook for {} · sendt fra outlook for {} · sendt fra e-post for windows
     · sendt fra e-post for windows 10 · sendt fra yahoo mail for {} · sendt fra yahoo mail på {} · sendt med proton mail sikker e-post
     · sendt med proton mail · sendt fra min galaxy · sendt fra min samsung galaxy-smarttelefon · sendt fra min samsung-enhet
     · sendt fra min android-enhet med {} · sendt fra min huawei`,
  ),
  closings: list(
    `med vennlig hilsen · vennlig hilsen · med vennleg helsing · vennleg helsing · med vennlige hilsner · vennlige hilsener
     · beste hilsen · beste hilsener · hilsen · hilsener · mange hilsener · mvh · m.v.h. · vh · med hilsen · med beste hilsen
     · helsing · med helsing · ha en fin dag · ha en god dag · på forhånd takk · med beste hilsener · varm hilsen · alt godt`,
  ),
  outOfOffice: list(
    `automatisk svar · automatisk svar fra · autosvar · auto-svar · automatisk melding · fravær · fraværsmelding · fraværsassistent · fraværende
     · ikke til stede · ikke på kontoret · jeg er ikke på kontoret · jeg er på ferie · på ferie · feriemelding · i permisjon · ute av kontoret
     · {} er ikke på kontoret · {} er ikke til stede · {} er på ferie · {} er fraværende`,
  ),
  undeliverable: list(
    `kan ikke leveres · ikke levert · kunne ikke leveres · leveringsfeil · levering mislyktes · uleverbar · kan ikke levere
     · melding om leveringsstatus · leveringsstatus · mislykket levering · forsinket levering · melding ikke levert · ikke leverbar`,
  ),
  replyPrefixes: list("sv · svar · re"),
  forwardPrefixes: list("vs · videresendt · videresend · fw · fwd"),
  thanks: {
    thanks: list(
      `takk · tusen takk · mange takk · takk skal du ha · takk skal dere ha · takker · jeg takker · takk for det · hjertelig takk
       · tusen hjertelig takk · stor takk · takk igjen`,
    ),
    around: list(
      `ok · okay · okei · super · supert · perfekt · flott · fint · bra · veldig bra · herlig · topp · kjempebra · fantastisk · det fungerer
       · det fungerer nå · fungerer · nå fungerer det · virker · det virker · det virker nå · nå virker det · løst · det er løst · det hjalp
       · alt fungerer · nå · igjen · for · hjelpen · hjelp · rask · raske · raskt · din · ditt · deres · den · det · svar · svaret · support
       · informasjon · informasjonen · tilbakemelding · tilbakemeldingen · tålmodigheten · tiden · og · til · alle · så · mye · virkelig
       · ha en fin dag · ha en god dag · ha en fin helg · god helg · fin dag · dag · helg · kveld · mottatt · forstått · i like måte · alt · er
       · ha · en · god · fin · service`,
    ),
    doubt: list(
      `men · ikke · ikkje · ingen · ingenting · aldri · fortsatt · fremdeles · ennå · dessverre · problem · problemer · feil · kan · kunne
       · ville · vennligst · når · hvorfor · hvordan · hva · hvor · hvem · hvilken · trenger · må · annen · annet · også · unntatt · bare · kun
       · spørsmål · venter · vent · på forhånd · ring · kansellere · avbestille · refusjon · klage · verre · hvis · nei · mangler
       · ja · jo · nei takk · gjerne · begge · rød · blå · grønn · svart · hvit · i morgen · i dag · avventer
       · og nå`,
    ),
    greetings: list(
      "hei · heisann · hallo · god dag · god morgen · god kveld · kjære · hei alle · hei sann · hei dere",
    ),
  },
};
