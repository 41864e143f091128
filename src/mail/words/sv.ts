import { list } from "./list.ts";
import type { LanguageWords } from "./types.ts";

export const SV: LanguageWords = {
  code: "sv",
  name: "Swedish",
  wrote: list("skrev · skrev följande · har skrivit · skriver · skrivit · citat från"),
  attributionOpeners: list("den · citat från · on"),
  fields: {
    from: list("från · avsändare · fran"),
    sent: list("skickat · datum · skickat den · sänt · skickades · mottaget · sänd · skickad"),
    to: list("till · mottagare"),
    cc: list("kopia · cc · kopia till"),
    bcc: list("hemlig kopia · dold kopia · bcc"),
    replyTo: list("svara till · svar till · svarsadress"),
    subject: list("ämne · angående · amne · rubrik"),
    attachments: list("bifogade filer · bilagor · bifogad fil · bilaga"),
    importance: list("prioritet · viktighet · vikt · känslighet"),
  },
  originalMessage: list(
    `ursprungligt meddelande · originalmeddelande · original meddelande · ursprungligt mejl · ursprungligt e-postmeddelande
     · originalmeddelandet · ursprunglig avtalad tid · meddelande från · svarsmeddelande · ursprungsmeddelande`,
  ),
  forwardedMessage: list(
    `vidarebefordrat meddelande · vidarebefordrat brev · vidarebefordrat mejl · vidarebefordrat mail
     · vidarebefordrat e-postmeddelande · vidarebefordrat av · vidaresänt meddelande · början på vidarebefordrat meddelande
     · start på vidarebefordrat meddelande · slut på vidarebefordrat meddelande`,
  ),
  sentFrom: list(
    `skickat från min {} · skickat från mitt {} · skickat från {} · skickat med {} · skickat via {} · skickad från min {}
     · skickad från {} · sänt från min {} · sänt från {} · sänt via {} · från min {} · skickat från min mobil · skickat från mobilen
     · skickat från min telefon · hämta outlook för {} · skaffa outlook för {} · ladda ned outlook för {} · ladda ner outlook för {}
     · skickat från outlook för {} · skickat från e-post för windows · skickat från e-post för windows 10
     · skickat från yahoo mail för {} · skickat från yahoo mail på {} · skickat med proton mail säker e-post
     · skickat med proton mail · skickat från min galaxy · skickat från min samsung galaxy smartphone
     · skickat från min samsung-enhet · skickat från min android-enhet med {} · skickat från min huawei`,
  ),
  closings: list(
    `med vänlig hälsning · med vänliga hälsningar · vänliga hälsningar · vänlig hälsning · med vänlig hälsning/best regards
     · bästa hälsningar · hälsningar · hälsning · mvh · m.v.h · mvh/ · vh · hlsn · allt gott · ha det bra · ha en bra dag
     · varma hälsningar · många hälsningar · med bästa hälsningar · hjärtliga hälsningar · högaktningsfullt · kram · kramar
     · tack på förhand · trevlig helg · hej då`,
  ),
  outOfOffice: list(
    `autosvar · automatiskt svar · automatiskt svar från · auto-svar · autosvarsmeddelande · automatsvar · frånvaro · frånvaromeddelande
     · frånvarobesked · frånvarohanteraren · frånvarande · inte på kontoret · ej på kontoret · ej anträffbar · jag är på semester · på semester
     · semestermeddelande · föräldraledig · tjänstledig · jag är inte på kontoret · {} är inte på kontoret · {} är på semester
     · {} är frånvarande`,
  ),
  undeliverable: list(
    `olevererbart · kan inte levereras · det går inte att leverera · ej levererat · inte levererat · leveransfel
     · meddelandet kunde inte levereras · leveransen misslyckades · obeställbart · kunde inte levereras
     · meddelande om leveransstatus · misslyckad leverans · fördröjd leverans · leveransrapport · olevererat`,
  ),
  replyPrefixes: list("sv · svar · re · ang"),
  forwardPrefixes: list("vb · vbf · vidarebefordrat · vs · fw · fwd"),
  thanks: {
    thanks: list(
      `tack · tack så mycket · tack så jättemycket · tackar · tack för det · stort tack · många tack · tusen tack · tackar så mycket
       · tack så hemskt mycket · tack igen · ett stort tack`,
    ),
    around: list(
      `ok · okej · super · perfekt · toppen · bra · jättebra · utmärkt · härligt · kanon · underbart · fint · vad bra · det fungerar
       · det fungerar nu · fungerar · nu fungerar det · funkar · det funkar · det funkar nu · nu funkar det · löst · det är löst · det löste sig
       · allt fungerar · nu · igen · för · hjälpen · snabb · snabba · snabbt · din · ditt · er · ert · den · det · svar · svaret · hjälp · support
       · supporten · återkoppling · återkopplingen · information · informationen · infon · tålamodet · tiden · och · till · alla · så · mycket
       · verkligen · ha en bra dag · ha en fin dag · ha en trevlig helg · trevlig helg · bra dag · fin dag · helg · kväll · uppskattas · mottaget
       · förstått · uppfattat · detsamma · för hjälpen · för svaret · allt · väldigt · är · ha · en · trevlig · snabbt svar`,
    ),
    doubt: list(
      `men · inte · ej · ingen · inget · inga · aldrig · fortfarande · ännu · dock · tyvärr · problem · fel · trasig · kan · kunde
       · skulle · snälla · vänligen · när · varför · hur · vad · var · vem · vilken · behöver · måste · annan · annat · också · utom · bara
       · endast · fråga · frågor · väntar · vänta · på förhand · ring · avboka · avbryta · återbetalning · klagomål · sämre · om · nej
       · ja · jo · japp · jadå · nä · nej tack · ja tack · gärna · båda · liten · röd · blå · grön · svart · vit
       · imorgon · idag · inväntar · avvaktar · och nu`,
    ),
    greetings: list(
      "hej · hejsan · hallå · tjena · god morgon · god dag · god kväll · goddag · bästa · kära · hej alla · hej hej",
    ),
  },
};
