import { list } from "./list.ts";
import type { LanguageWords } from "./types.ts";

export const NL: LanguageWords = {
  code: "nl",
  name: "Dutch",
  wrote: list(
    `schreef · heeft geschreven · het volgende geschreven · schreef het volgende · schreven · schrijft · geschreven
     · heeft het volgende geschreven · citeren · schreef op · schreef je`,
  ),
  attributionOpeners: list("op · citeren · aan · on"),
  fields: {
    from: list("van · afzender · verzonden door"),
    sent: list("verzonden · datum · verstuurd · verzonden op · verzonden om · verzenddatum · ontvangen · verstuurd op"),
    to: list("aan · naar · ontvanger · ontvangers · geadresseerde · verzonden aan"),
    cc: list("cc · kopie · kopie aan · kopie (cc)"),
    bcc: list("bcc · blinde kopie"),
    replyTo: list("antwoord aan · antwoorden aan · beantwoorden - aan · antwoordadres · beantwoorden aan"),
    subject: list("onderwerp · betreft · betreffende"),
    attachments: list("bijlagen · bijlage · bijgevoegd"),
    importance: list("urgentie · prioriteit · belang · gevoeligheid"),
  },
  originalMessage: list(
    `oorspronkelijk bericht · origineel bericht · originele bericht · oorspronkelijke bericht · originele e-mail
     · oorspronkelijke e-mail · originele mail · oorspronkelijke mail · oorspronkelijke afspraak · bericht van
     · antwoordbericht · einde oorspronkelijk bericht`,
  ),
  forwardedMessage: list(
    `doorgestuurd bericht · doorgestuurde e-mail · doorgestuurde mail · begin doorgestuurd bericht · begin van doorgestuurd bericht
     · doorgestuurd door · doorgezonden bericht · einde doorgestuurd bericht · doorgestuurd bericht van · doorgestuurde bericht`,
  ),
  sentFrom: list(
    `verstuurd vanaf mijn {} · verzonden vanaf mijn {} · verzonden met mijn {} · verstuurd met mijn {} · verzonden vanaf {}
     · verstuurd vanaf {} · verzonden met {} · verstuurd met {} · verzonden via {} · verstuurd via {} · verzonden door {}
     · vanaf mijn {} verzonden · verzonden vanuit {} · verstuurd vanuit {} · verstuurd vanaf mijn mobiel
     · verzonden vanaf mijn mobiele telefoon · verzonden vanaf mijn telefoon · verzonden vanaf een mobiel apparaat
     · outlook voor {} downloaden · download outlook voor {} · outlook voor {} ophalen · haal outlook voor {} · ontvang outlook voor {}
     · outlook krijgen voor {} · verzonden vanuit outlook voor {} · verzonden vanuit mail voor windows
     · verzonden vanuit mail voor windows 10 · verzonden met yahoo mail voor {} · verzonden vanuit yahoo mail op {}
     · verstuurd vanaf yahoo mail op {} · verzonden met proton mail · verzonden met proton mail beveiligde e-mail
     · verzonden met proton mail secure email · verzonden met protonmail · verzonden vanaf mijn galaxy · verstuurd vanaf mijn galaxy
     · verzonden vanaf mijn samsung galaxy-smartphone · verzonden vanaf samsung-apparaat · verzonden vanaf mijn samsung-apparaat
     · verzonden vanaf mijn android-apparaat met {} · verstuurd vanaf mijn huawei`,
  ),
  closings: list(
    `met vriendelijke groet · met vriendelijke groeten · vriendelijke groet · vriendelijke groeten · hartelijke groet
     · hartelijke groeten · met hartelijke groet · groet · groeten · groetjes · de groeten · hoogachtend · mvg · m.v.g.
     · met vr. groet · met groet · met groeten · beste groeten · lieve groet · lieve groetjes · warme groet · gr · gr. · vr.gr.
     · alvast bedankt · bij voorbaat dank · met de meeste hoogachting · met beste groeten · met warme groet · fijne dag`,
  ),
  outOfOffice: list(
    `automatisch antwoord · automatisch bericht · automatische reactie · automatisch antwoord van · automatisch gegenereerd bericht
     · automatische beantwoording · automatische afwezigheidsmelding · autoreply · autoantwoord · afwezigheidsbericht
     · afwezigheidsmelding · afwezigheid · afwezig · afwezigheidsassistent · niet op kantoor · niet aanwezig
     · ik ben afwezig · ik ben niet op kantoor · ik ben op vakantie · op vakantie · met vakantie · met verlof · buiten kantoor
     · vakantiebericht · vakantiemelding · vakantie bericht · {} is afwezig · {} is niet op kantoor · {} is niet aanwezig`,
  ),
  undeliverable: list(
    `niet bestelbaar · niet bezorgd · onbestelbaar · niet afgeleverd · onbestelbare e-mail · onbestelbaar bericht
     · bezorging mislukt · aflevering mislukt · bericht niet bezorgd · e-mail niet bezorgd · niet-bezorgd
     · melding van mislukte aflevering · statusmelding van bezorging · afleveringsfout · retour afzender · bezorging vertraagd
     · kan niet worden bezorgd · kan niet worden afgeleverd · mislukte bezorging · melding niet-bezorgd`,
  ),
  replyPrefixes: list("antw · antwoord · re · betr"),
  forwardPrefixes: list("doorst · doorsturen · doorgestuurd · fw · fwd"),
  thanks: {
    thanks: list(
      `bedankt · dank · dank je · dank u · dank je wel · dank u wel · dankjewel · dankuwel · hartelijk dank · hartelijk bedankt
       · heel erg bedankt · veel dank · dankje · heel hartelijk dank · duizendmaal dank · met dank · merci · thanks · thx`,
    ),
    around: list(
      `ok · oke · oké · okay · super · top · prima · perfect · geweldig · mooi · fijn · uitstekend · helemaal goed · in orde · akkoord · goed
       · het werkt · het werkt nu · werkt · werkt nu · werkt weer · het werkt weer · het is gelukt · gelukt · opgelost · het is opgelost
       · geregeld · alles werkt · alles goed · nu · weer · nogmaals · voor · de · het · je · jouw · jullie · uw · u · snelle · vlugge · prompte
       · hulp · antwoord · reactie · ondersteuning · bericht · informatie · info · uitleg · moeite · geduld · inzet · service · tijd · aan
       · allemaal · iedereen · team · heel · erg · zeer · veel · en · ook · een · fijne · goede · prettige · dag · avond · weekend · week · middag
       · dag nog · fijne dag verder · verder · gewenst · begrepen · ontvangen · duidelijk · is · dat · dit · wel · hartelijk · goede service
       · snel · zo · voor het meedenken · voor de moeite · jij ook · u ook · insgelijks · alles`,
    ),
    doubt: list(
      `maar · niet · geen · nog · nooit · niets · niemand · helaas · echter · toch · probleem · problemen · fout · storing · kapot · kunt
       · kun · kan · kunnen · zou · zouden · graag · alstublieft · alsjeblieft · aub · svp · a.u.b. · wanneer · waarom · hoe · wat · waar · wie
       · welke · nodig · moet · moeten · andere · ander · ook nog · behalve · alleen · vraag · vragen · wacht · wachten · alvast · bij voorbaat
       · bellen · terugbellen · annuleren · terugbetaling · klacht · fout gegaan · slechter · als · of · steeds · nog steeds · verkeerd
       · nee · neen · ja · jawel · jazeker · beide · klein · groot · middel · rood · blauw · groen · zwart · wit
       · geel · grijs · morgen · vandaag · afwachting · in afwachting · ik hoor graag · en nu`,
    ),
    greetings: list(
      `hallo · hoi · hai · hi · hey · beste · geachte · goedemorgen · goedemiddag · goedenavond · goedendag · lieve · dag
       · geachte heer · geachte mevrouw · heer · mevrouw · goede morgen · goede middag · beste allemaal`,
    ),
  },
};
