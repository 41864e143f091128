import { list } from "./list.ts";
import type { LanguageWords } from "./types.ts";

export const IT: LanguageWords = {
  code: "it",
  name: "Italian",
  wrote: list(
    `ha scritto · scrive · scriveva · hanno scritto · scrisse · ha scritto quanto segue · scritto da · quota · citando
     · ha inviato · avete scritto · hai scritto`,
  ),
  attributionOpeners: list("il · il giorno · in data · alle · citando · on"),
  fields: {
    from: list("da · mittente · inviato da"),
    sent: list("inviato · data · inviato il · data invio · data di invio · inviata · ricevuto · data e ora"),
    to: list("a · destinatario · destinatari · per · inviato a"),
    cc: list("cc · copia · copia a · copia conoscenza · per conoscenza · p.c"),
    bcc: list("ccn · bcc · copia nascosta · copia conoscenza nascosta"),
    replyTo: list("rispondi a · rispondere a · risposta a · rispondi-a · risposta"),
    subject: list("oggetto · soggetto"),
    attachments: list("allegati · allegato · file allegati"),
    importance: list("priorità · importanza · riservatezza"),
  },
  originalMessage: list(
    `messaggio originale · messaggio originario · messaggio d'origine · messaggio d’origine · email originale
     · e-mail originale · mail originale · messaggio precedente · messaggio di risposta · messaggio da
     · fine messaggio originale · appuntamento originale`,
  ),
  forwardedMessage: list(
    `messaggio inoltrato · inizio messaggio inoltrato · inizio del messaggio inoltrato · mail inoltrata · e-mail inoltrata
     · email inoltrata · inoltrato da · fine messaggio inoltrato · messaggio inoltrato da · messaggio trasmesso
     · inizio di messaggio inoltrato`,
  ),
  sentFrom: list(
    `inviato da {} · inviato dal mio {} · inviato da mio {} · inviato dall'{} · inviato dal {} · inviato con {}
     · inviato tramite {} · inviato via {} · inviato da un {} · inviata da {} · inviato da smartphone
     · inviato da dispositivo mobile · inviato dal mio dispositivo mobile · inviato dal mio telefono · inviato dal cellulare
     · inviato da il mio {} · ottieni outlook per {} · scarica outlook per {} · scaricare outlook per {} · inviato da outlook per {}
     · inviato da posta per windows 10 · inviato da posta per windows · inviato da yahoo mail per {} · inviato da yahoo mail su {}
     · inviato da yahoo mail · inviato con l'email sicura di proton mail · inviato con la posta sicura proton mail
     · inviato con proton mail · inviato con protonmail · inviato con l'email sicura proton mail · inviato da proton mail per {}
     · inviato dal mio smartphone samsung galaxy · inviato dal mio galaxy · inviato da galaxy · inviato da smartphone samsung galaxy
     · inviato dal mio dispositivo samsung · inviato dal mio dispositivo android con {} · inviato da libero mail per {}
     · inviato dal mio huawei · inviato da libero mail`,
  ),
  closings: list(
    `cordiali saluti · distinti saluti · saluti · un saluto · un cordiale saluto · cordialmente · cordialità · i migliori saluti
     · migliori saluti · con i migliori saluti · tanti saluti · cari saluti · buona giornata · buon lavoro · buona serata
     · in fede · con stima · a presto · sinceramente · grazie e saluti · grazie e cordiali saluti · grazie e buona giornata
     · grazie e buon lavoro · la saluto cordialmente · porgo cordiali saluti · porgo distinti saluti · un abbraccio
     · affettuosi saluti · rispettosamente · ringraziando anticipatamente · resto in attesa · in attesa di un vostro riscontro
     · saluti cordiali`,
  ),
  outOfOffice: list(
    `risposta automatica · risposta automatica da · risposta automatica di · risposta automatizzata · risponditore automatico
     · autorisposta · auto-risposta · messaggio automatico · fuori sede · fuori ufficio · fuori dall'ufficio · fuori dall’ufficio
     · sono fuori ufficio · sono fuori sede · assenza dall'ufficio · assenza dall’ufficio · assente dall'ufficio · assente
     · assenza · avviso di assenza · messaggio di assenza · notifica di assenza · in ferie · sono in ferie · in vacanza
     · sono in vacanza · chiusura per ferie · {} è fuori ufficio · {} è fuori sede · {} è assente · {} è in ferie`,
  ),
  undeliverable: list(
    `non recapitabile · non recapitato · messaggio non recapitato · messaggio non recapitabile · mancato recapito
     · impossibile recapitare · consegna non riuscita · consegna fallita · mancata consegna · errore di consegna
     · recapito non riuscito · notifica dello stato di recapito · notifica di mancato recapito · posta non recapitabile
     · avviso di mancata consegna · ritorno al mittente · messaggio non consegnato · recapito ritardato · consegna ritardata
     · notifica di stato del recapito · anomalia messaggio`,
  ),
  replyPrefixes: list("r · re · rif · ris · risp · risposta"),
  forwardPrefixes: list("i · inoltra · inoltro · fw · fwd"),
  thanks: {
    thanks: list(
      `grazie · grazie mille · molte grazie · mille grazie · tante grazie · grazie tante · grazie infinite · ringrazio · la ringrazio
       · vi ringrazio · ti ringrazio · ringraziamo · grazie di cuore · grazie a voi · grazie a lei · vi ringraziamo · la ringraziamo`,
    ),
    around: list(
      `ok · okay · perfetto · ottimo · benissimo · bene · va bene · d'accordo · d’accordo · super · fantastico · eccellente · bravissimi
       · tutto a posto · tutto ok · tutto bene · ora funziona · adesso funziona · funziona · funziona tutto · tutto funziona · risolto
       · ho risolto · è risolto · sistemato · ora · adesso · di nuovo · ancora · nuovamente · per · la · il · lo · le · i
       · vostra · vostro · sua · suo · tua · tuo · l'aiuto · l’aiuto · aiuto · risposta · riscontro · rapida · veloce · tempestiva · celere
       · pronta · gentile · cortese · supporto · assistenza · collaborazione · disponibilità · spiegazione · informazioni · informazione
       · info · pazienza · cortesia · gentilezza · velocità · e · a · tutti · tutto · team · di · davvero · molto · tanto · buona · buon · giornata
       · serata · weekend · fine settimana · settimana · lavoro · proseguimento · pomeriggio · ricevuto · capito · compreso · ho capito
       · anche a voi · anche a lei · anche · altrettanto · a presto · una · un · ha funzionato · servizio · mille · tutto perfetto`,
    ),
    doubt: list(
      `ma · non · no · però · tuttavia · ancora non · mai · niente · nulla · nessuno · purtroppo · problema · problemi · errore · guasto
       · potete · potreste · può · potrebbe · puoi · per favore · per cortesia · prego · quando · come · perché · perchè · cosa · dove · chi
       · quale · serve · bisogno · altro · altra · inoltre · solo · soltanto · anche se · tranne · domanda · attendo · aspetto · in attesa
       · in anticipo · anticipatamente · chiamare · richiamare · annullare · rimborso · reclamo · sbagliato · peggio · manca · se
       · sì · certo · entrambi · entrambe · piccolo · piccola · medio · media · grande · rosso · blu · verde
       · nero · bianco · giallo · grigio · domani · oggi · attendiamo · aspettiamo · resto in attesa
       · restiamo in attesa · in attesa di un vostro riscontro · e ora · e adesso`,
    ),
    greetings: list(
      `ciao · buongiorno · buon giorno · buonasera · buona sera · salve · gentile · gentili · egregio · egregi · spettabile · spett.le
       · caro · cara · cari · carissimi · buon pomeriggio · buongiorno a tutti · signor · signora · sig · dott`,
    ),
  },
};
