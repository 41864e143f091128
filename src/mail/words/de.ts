import { list } from "./list.ts";
import type { LanguageWords } from "./types.ts";

export const DE: LanguageWords = {
  code: "de",
  name: "German",
  wrote: list(
    `schrieb · schrieben · schrieb am · schrieben sie · schreibt · hat geschrieben · haben geschrieben · geschrieben
     · schrieb folgendes · hat folgendes geschrieben · zitat von · meinte · sagte`,
  ),
  attributionOpeners: list("am · an · zitat von · on · vom"),
  fields: {
    from: list("von · absender · gesendet von"),
    sent: list(
      "gesendet · datum · gesendet am · versendet · versendet am · gesendet um · verschickt · sendedatum · erhalten",
    ),
    to: list("an · empfänger · empfaenger · gesendet an"),
    cc: list("cc · kopie · kopie (cc) · kopie an · in kopie"),
    bcc: list("bcc · blindkopie · blindkopie (bcc) · blindkopie an"),
    replyTo: list("antwort an · antworten an · antwortadresse · antwort-an · antwort an (reply-to)"),
    subject: list("betreff · betrifft · thema · betr."),
    attachments: list("anlagen · anlage · anhänge · anhang · dateianhänge"),
    importance: list("wichtigkeit · priorität · prioritaet · vertraulichkeit"),
  },
  originalMessage: list(
    `ursprüngliche nachricht · urspruengliche nachricht · original-nachricht · originalnachricht · original nachricht
     · original-mail · originalmail · ursprüngliche mail · ursprüngliche e-mail · original e-mail · originale nachricht
     · ursprünglicher termin · ende der ursprünglichen nachricht · originalmessage · nachricht von
     · ursprüngl. nachricht · ursprüngliche mitteilung`,
  ),
  forwardedMessage: list(
    `weitergeleitete nachricht · weitergeleitete e-mail · weitergeleitete mail · anfang der weitergeleiteten nachricht
     · anfang der weitergeleiteten e-mail · anfang weitergeleiteter nachricht · beginn der weitergeleiteten nachricht
     · weitergeleitet von · ende der weitergeleiteten nachricht · ende weitergeleitete nachricht
     · weitergeleitete nachricht von`,
  ),
  sentFrom: list(
    `von meinem {} gesendet · gesendet von meinem {} · gesendet von {} · von {} gesendet · gesendet mit {}
     · mit {} gesendet · gesendet mit der {} · gesendet aus {} · von meinem mobiltelefon gesendet
     · von unterwegs gesendet · von meinem mobilgerät gesendet · von meinem handy gesendet · von meinem smartphone gesendet
     · von mobilgerät gesendet · von mobil gesendet · gesendet von mobile · von meinem android-gerät mit {} gesendet
     · diese nachricht wurde von meinem {} gesendet · diese nachricht wurde mit {} gesendet · via {} gesendet
     · diese nachricht wurde von meinem android-mobiltelefon mit {} gesendet
     · diese nachricht wurde von meinem android-gerät mit {} gesendet
     · holen sie sich outlook für {} · outlook für {} beziehen · outlook für {} herunterladen · outlook für {} holen
     · laden sie outlook für {} herunter · hol dir outlook für {} · outlook für {} abrufen · gesendet von outlook für {}
     · gesendet von mail für windows · gesendet von mail für windows 10 · gesendet von yahoo mail auf {}
     · gesendet von yahoo mail für {} · gesendet mit der telekom mail app · gesendet mit der web.de mail app
     · gesendet mit der gmx mail app · gesendet mit der mobilen mail app · gesendet mit proton mail
     · gesendet mit proton mail secure email · gesendet mit protonmail · gesendet von proton mail für {}
     · von meinem samsung galaxy smartphone gesendet · von meinem samsung gerät gesendet · von samsung-mobilgerät gesendet
     · von meinem huawei-mobiltelefon gesendet · von samsung galaxy smartphone gesendet · von meinem galaxy gesendet`,
  ),
  closings: list(
    `mit freundlichen grüßen · mit freundlichen grüssen · mit freundlichen gruessen · mit freundlichem gruß
     · mit freundlichem gruss · freundliche grüße · freundliche grüsse · freundliche gruesse · freundlicher gruß
     · viele grüße · viele grüsse · viele gruesse · liebe grüße · liebe grüsse · liebe gruesse · lieben gruß
     · lieber gruß · beste grüße · beste grüsse · beste gruesse · besten gruß · schöne grüße · schöne grüsse · herzliche grüße
     · herzliche grüsse · herzlichst · herzlich · hochachtungsvoll · mit besten grüßen · mit besten grüssen
     · mit herzlichen grüßen · mit lieben grüßen · mit vielen grüßen · mit bestem gruß · gruß · grüße · grüsse
     · gruesse · gruss · sonnige grüße · mfg · lg · vg · bg · besten dank und freundliche grüße
     · vielen dank und freundliche grüße · vielen dank und viele grüße · vielen dank und beste grüße
     · freundlich grüßt · freundlich grüsst · es grüßt · mit sonnigen grüßen · alles gute · ihr · euer`,
  ),
  outOfOffice: list(
    `automatische antwort · automatische beantwortung · automatische rückmeldung · automatische rueckmeldung · automatische antwort von · automatische abwesenheitsnotiz
     · automatische abwesenheitsnachricht · automatische abwesenheitsmeldung · automatische e-mail-antwort · automatische nachricht
     · automatische benachrichtigung über abwesenheit · auto-antwort · autoantwort · auto antwort · autom. antwort · antwortautomat
     · abwesenheitsnotiz · abwesenheitsnachricht · abwesenheitsmeldung · abwesenheitsinfo · abwesenheitsagent · abwesenheitsassistent
     · abwesenheitsbenachrichtigung · abwesenheitshinweis · abwesenheit · abwesend · abwesenheits-notiz · abwesenheits-info · abwesenheitsmail
     · abwesenheitsantwort · urlaubsnotiz · urlaubsnachricht · urlaubsmeldung · urlaubsbenachrichtigung · urlaubsabwesenheit
     · urlaubsbedingt abwesend · nicht im büro · nicht im buero · nicht im haus · nicht im hause · außer haus · ausser haus · bin im urlaub
     · ich bin im urlaub · im urlaub · ich bin nicht im büro · ich bin abwesend · ich bin außer haus · in elternzeit
     · eingangsbestätigung automatisch · {} ist außer haus · {} ist ausser haus · {} ist nicht im büro · {} ist abwesend · {} ist nicht im haus
     · {} ist im urlaub`,
  ),
  undeliverable: list(
    `unzustellbar · nicht zustellbar · unzustellbare nachricht · unzustellbare e-mail · nicht zugestellt
     · e-mail nicht zustellbar · mail nicht zustellbar · nachricht nicht zustellbar · nachricht konnte nicht zugestellt werden
     · zustellung fehlgeschlagen · zustellfehler · zustellung verzögert · zustellungsfehler · übermittlung fehlgeschlagen
     · benachrichtigung zum übermittlungsstatus · benachrichtigung über den zustellstatus · übermittlungsfehler
     · fehler bei der zustellung · rückläufer · mail delivery fehlgeschlagen · delivery fehlgeschlagen
     · verzögerte zustellung · unzustellbarkeitsbericht · nachrichtenübermittlung fehlgeschlagen
     · ihre nachricht konnte nicht zugestellt werden`,
  ),
  replyPrefixes: list("aw · antw · antwort · re"),
  forwardPrefixes: list("wg · weitergeleitet · weiterleitung · wtr · wl · fw · fwd"),
  thanks: {
    thanks: list(
      `danke · vielen dank · dankeschön · dankeschoen · danke schön · danke schoen · danke sehr · herzlichen dank · besten dank
       · tausend dank · lieben dank · vielen lieben dank · recht herzlichen dank · recht vielen dank · schönen dank
       · ich danke · wir danken · ich danke ihnen · ich bedanke mich · merci · dank · dankend · thx`,
    ),
    around: list(
      `ok · okay · super · prima · perfekt · toll · klasse · wunderbar · spitze · top · sehr gut · bestens · alles klar · alles gut
       · hat geklappt · es hat geklappt · klappt · klappt jetzt · funktioniert · es funktioniert · funktioniert jetzt
       · funktioniert wieder · geht wieder · geht jetzt · geht · läuft · läuft wieder · läuft jetzt · passt · passt so · gelöst
       · erledigt · hat sich erledigt · hat geholfen · das hat geholfen · für · die · den · das · der · es · ihre · ihren
       · eure · deine · dein · ihr · schnelle · schnellen · rasche · prompte · hilfe · hilfestellung · antwort
       · rückmeldung · unterstützung · nachricht · info · information · auskunft · erklärung · mühe · bemühungen · support
       · und · auch · sehr · ganz · so · wieder · jetzt · nun · alles · schönen tag · schönen tag noch
       · schönes wochenende · schönen abend · schönen feierabend · schöne woche · einen · ein · wünsche · wünsche ich
       · ihnen · euch · dir · allen · an · alle · team · noch einmal · nochmals · nochmal · im · tag · habe · ich · verstanden
       · verstehe · bekommen · erhalten · angekommen · ist · gut · freundliche · nette · tolle · kompetente · ebenfalls
       · ihnen auch · gleichfalls · geklappt · hat · tadellos · einwandfrei · problemlos · wirklich · super schnell`,
    ),
    doubt: list(
      `aber · noch · nicht · kein · keine · keinen · leider · bitte · jedoch · trotzdem · allerdings · doch · fehler · problem
       · probleme · kaputt · falsch · wann · warum · wieso · wie · was · wo · wer · können · könnten · könnte · kann · müsste
       · muss · brauche · brauchen · weiterhin · immer noch · noch immer · nie · nichts · niemand · nur · außerdem
       · frage · fragen · im voraus · vorab · ob · wenn · falls · sonst · warte · warten · stornieren · kündigen · nein
       · obwohl · anrufen · rückruf · reklamation · beschwerde · zurück · geht nicht · funktioniert nicht
       · ja · jawohl · jep · nee · nö · ne · gerne · gern · beides · beide · erste · zweite · klein · mittel
       · groß · rot · blau · grün · schwarz · weiß · gelb · grau · heute · morgen · übermorgen · abwarten
       · erwarte · erwarten · in erwartung · und jetzt · und nun`,
    ),
    greetings: list(
      `hallo · hi · hey · liebe · lieber · liebes · guten tag · guten morgen · guten abend · moin · moin moin · servus · grüezi
       · grüß gott · gruezi · sehr geehrte · sehr geehrter · sehr geehrte damen und herren · hallo zusammen · liebes team
       · hallo team · werte · werter · frau · herr · herrn · tach · mahlzeit`,
    ),
  },
};
