import { list } from "./list.ts";
import type { LanguageWords } from "./types.ts";

export const DA: LanguageWords = {
  code: "da",
  name: "Danish",
  wrote: list("skrev · skrev følgende · har skrevet · skriver · skrevet · citerer"),
  attributionOpeners: list("den · d. · citat af · on"),
  fields: {
    from: list("fra · afsender"),
    sent: list("sendt · dato · sendt den · modtaget · afsendt"),
    to: list("til · modtager · modtagere"),
    cc: list("cc · kopi · kopi til"),
    bcc: list("bcc · blind kopi · skjult kopi"),
    replyTo: list("svar til · besvar til · svaradresse"),
    subject: list("emne · vedrørende · vedr"),
    attachments: list("vedhæftede filer · vedhæftet fil · vedhæftninger · vedhæftet · bilag"),
    importance: list("prioritet · vigtighed · følsomhed"),
  },
  originalMessage: list(
    `oprindelig meddelelse · original meddelelse · oprindelig besked · original besked · original mail · oprindelig mail
     · oprindelig e-mail · oprindelig aftale · meddelelse fra · den oprindelige meddelelse · svarmeddelelse`,
  ),
  forwardedMessage: list(
    `videresendt meddelelse · videresendt besked · videresendt mail · videresendt e-mail · start på videresendt besked
     · start på videresendt meddelelse · begyndelse på videresendt besked · videresendt af · slut på videresendt besked
     · videresendt meddelelse fra`,
  ),
  sentFrom: list(
    `sendt fra min {} · sendt fra mit {} · sendt fra {} · sendt med {} · sendt via {} · sendt af {} · sendt fra en {} · sendt fra mobil
     · sendt fra min mobil · sendt fra min telefon · sendt fra mobilen · hent outlook til {} · hent outlook for {} · få outlook til {}
     · sendt fra outlook til {} · sendt fra mail til windows · sendt fra mail til windows 10 · sendt fra yahoo mail til {}
     · sendt fra yahoo mail på {} · sendt med proton mail sikker e-mail · sendt med proton mail · sendt fra min galaxy
     · sendt fra min samsung galaxy-smartphone · sendt fra min samsung-enhed · sendt fra min android-enhed med {} · sendt fra min huawei`,
  ),
  closings: list(
    `med venlig hilsen · venlig hilsen · med venlige hilsner · venlige hilsner · de bedste hilsner · bedste hilsner · hilsen · hilsner
     · mange hilsner · mange hilsener · kærlig hilsen · kh · mvh · m.v.h. · vh · v.h. · bedste hilsen · med hilsen · med de bedste hilsner
     · god dag · på forhånd tak · hav en god dag · høflig hilsen · ærbødigst`,
  ),
  outOfOffice: list(
    `automatisk svar · automatisk svar fra · autosvar · auto-svar · automatisk besked · fravær · fraværsmeddelelse · fraværsbesked
     · fraværsassistent · fraværende · ikke til stede · ikke på kontoret · jeg er ikke på kontoret · jeg er på ferie · på ferie · feriebesked
     · på barsel · ude af kontoret · {} er ikke til stede · {} er ikke på kontoret · {} er på ferie · {} er fraværende`,
  ),
  undeliverable: list(
    `kan ikke leveres · ikke leveret · kunne ikke leveres · kunne ikke afleveres · leveringsfejl · levering mislykkedes
     · uleverbar · uleveret · meddelelse om leveringsstatus · leveringsstatus · mislykket levering · forsinket levering
     · besked ikke leveret · returneret mail`,
  ),
  replyPrefixes: list("sv · svar · re · vedr"),
  forwardPrefixes: list("vs · videresendt · videresend · fw · fwd"),
  thanks: {
    thanks: list(
      `tak for · tak for det · mange tak · tusind tak · tak skal du have · tak skal i have · takker · jeg takker · mange mange tak · stor tak · tak igen`,
    ),
    around: list(
      `ok · okay · super · perfekt · fint · godt · rigtig godt · dejligt · fantastisk · herligt · fedt · skønt · det virker · det virker nu
       · virker · nu virker det · virker nu · fungerer · det fungerer · løst · det er løst · det hjalp · alt virker · nu · igen · for · hjælpen
       · hjælp · hurtig · hurtige · hurtigt · din · dit · jeres · den · det · svar · svaret · support · information · informationen · tilbagemelding
       · tilbagemeldingen · tålmodigheden · tiden · og · til · alle · så · meget · virkelig · hav en god dag · ha' en god dag · god dag · dag · aften
       · weekend · god weekend · fortsat god dag · modtaget · forstået · i lige måde · alt · er · en · god · fin · service`,
    ),
    doubt: list(
      `men · ikke · ingen · intet · aldrig · stadig · endnu · dog · desværre · problem · problemer · fejl · kan · kunne · ville · venligst
       · hvornår · hvorfor · hvordan · hvad · hvor · hvem · hvilken · brug for · behøver · skal jeg · skal vi · jeg skal · vi skal · anden · andet · også · undtagen · kun · bare
       · spørgsmål · venter · vent · på forhånd · ring · annullere · refusion · klage · værre · hvis · nej · mangler · forkert
       · ja · jo · næ · gerne · begge · rød · blå · grøn · sort · hvid · i morgen · i dag · afventer · og nu`,
    ),
    greetings: list(
      "hej · hejsa · goddag · god morgen · godmorgen · god aften · kære · hej alle · hej med jer · hallo",
    ),
  },
};
