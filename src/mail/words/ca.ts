import { list } from "./list.ts";
import type { LanguageWords } from "./types.ts";

export const CA: LanguageWords = {
  code: "ca",
  name: "Catalan",
  wrote: list(
    `va escriure · ha escrit · escrigué · escriví · va escriure el següent · escriu · ha escrit el següent · vàreu escriure · van escriure · missatge de · va dir`,
  ),
  attributionOpeners: list("el · el dia · a data de · en data · missatge de · al"),
  fields: {
    from: list("de · remitent · enviat per · des de"),
    sent: list(
      "enviat · enviat el · data · data d'enviament · tramès · enviada el · enviat a les · data i hora · rebut",
    ),
    to: list("per a · a · per · destinatari · destinataris"),
    cc: list("a/c · cc · còpia · còpia a · amb còpia · amb còpia a"),
    bcc: list("c/o · cco · bcc · còpia oculta · amb còpia oculta"),
    replyTo: list("respon a · respondre a · resposta a · adreça de resposta"),
    subject: list("assumpte · tema"),
    attachments: list("fitxers adjunts · adjuncions · fitxer adjunt · adjunts · documents adjunts"),
    importance: list("importància · prioritat · confidencialitat"),
  },
  originalMessage: list(
    "missatge original · correu original · missatge inicial · missatge anterior · correu electrònic original · cita original · fi del missatge original",
  ),
  forwardedMessage: list(
    `missatge reenviat · correu reenviat · missatge remès · inici del missatge reenviat · inici del missatge remès · comença el missatge reenviat · començament del missatge reenviat · missatge reenviat de · reenviat per
     · fi del missatge reenviat · final del missatge reenviat`,
  ),
  sentFrom: list(
    `enviat des del meu {} · enviat des de la meva {} · enviat des de {} · enviat des de l'{} · enviat des de l’{} · enviat des del {} · enviat des d'un {} · enviat des d’un {} · enviat amb {} · enviat amb l'{} · enviat mitjançant {}
     · enviat per {} · enviat a través de {} · enviat amb el meu {} · enviat des del mòbil · enviat des del meu mòbil · enviat des del meu telèfon · enviat des del meu dispositiu mòbil · enviat des del telèfon mòbil
     · obtén l'outlook per a {} · obtén l’outlook per a {} · obteniu l'outlook per a {} · obteniu l’outlook per a {} · obtén outlook per a {} · obteniu outlook per a {} · baixa l'outlook per a {} · baixeu l'outlook per a {}
     · aconsegueix l'outlook per a {} · aconseguiu l'outlook per a {} · aconseguiu l’outlook per a {} · enviat des de l'outlook per a {} · enviat des del correu per al windows 10 · enviat des de correu per al windows 10
     · enviat des de l'aplicació correu del windows 10 · enviat des del correu per a windows · enviat des de yahoo mail per a {} · enviat des de yahoo mail a {} · enviat amb proton mail
     · enviat amb el correu segur de proton mail · enviat amb el correu electrònic segur de proton mail · enviat des del meu telèfon intel·ligent samsung galaxy · enviat des del meu smartphone samsung galaxy
     · enviat des del meu galaxy · enviat des del meu dispositiu samsung · enviat des del meu huawei`,
  ),
  closings: list(
    `salutacions · salutacions cordials · cordials salutacions · una salutació cordial · una cordial salutació · una salutació · salutacions i gràcies · gràcies i salutacions · atentament · ben atentament · cordialment
     · ben cordialment · rebeu una cordial salutació · rebi una cordial salutació · salut · fins aviat · fins ara · una abraçada · abraçades · gràcies per avançat · gràcies per endavant · gràcies a la bestreta · bon dia i gràcies
     · que tingueu un bon dia · que tinguis un bon dia · que vagi bé · amb els millors desitjos · sincerament · respectuosament · a reveure · petons`,
  ),
  outOfOffice: list(
    `resposta automàtica · resposta automatica · resposta automàtica de · missatge automàtic · resposta automatitzada · autoresposta
     · auto-resposta · fora de l'oficina · fora de l’oficina · sóc fora de l'oficina · sóc fora de l’oficina · soc fora de l'oficina
     · soc fora de l’oficina · absència · absent · avís d'absència · avís d’absència · missatge d'absència · missatge d’absència
     · absència de l'oficina · de vacances · estic de vacances · en vacances · {} és fora de l'oficina · {} està de vacances · {} és absent`,
  ),
  undeliverable: list(
    `no es pot lliurar · no s'ha pogut lliurar · no s’ha pogut lliurar · no lliurat · no lliurable · impossible de lliurar · missatge no lliurat · correu no lliurat · error de lliurament · error en el lliurament · fallada de lliurament
     · lliurament fallit · ha fallat el lliurament · el lliurament ha fallat · notificació de l'estat del lliurament · notificació d'estat de lliurament · notificació de l’estat del lliurament · informe de no lliurament
     · correu retornat · missatge retornat · lliurament endarrerit · retornat al remitent`,
  ),
  replyPrefixes: list("re · resp · resposta"),
  forwardPrefixes: list("rv · reenv · reenviat · fw · fwd"),
  thanks: {
    thanks: list(
      `gràcies · gracies · moltes gràcies · moltes gracies · moltíssimes gràcies · mil gràcies · merci · mercès · moltes mercès · us ho agraeixo · t'ho agraeixo · t’ho agraeixo · l'hi agraeixo · li agraeixo · agraït · agraïda
       · molt agraït · molt agraïda · us agraïm · gràcies a tots · gràcies per tot · moltes gràcies per tot · agraeixo · moltes merci`,
    ),
    around: list(
      `ok · d'acord · d’acord · vale · perfecte · genial · fantàstic · excel·lent · molt bé · súper · super · estupend · bé · fet · entesos · ja funciona · ara funciona · funciona · tot funciona · funciona bé · funciona perfectament
       · tot bé · tot correcte · tot ok · resolt · ja està resolt · solucionat · ja està solucionat · arreglat · ja està · de nou · novament · una altra vegada · ara · per · la · el · les · els · vostra · vostre · teva · teu · seva · seu
       · ajuda · l'ajuda · l’ajuda · la vostra ajuda · resposta · ràpida · ràpid · rapidesa · atenció · l'atenció · l’atenció · suport · informació · la informació · explicació · aclariment · gestió · col·laboració · amabilitat
       · paciència · temps · esforç · i · a · tot · tots · totes · equip · de · en · molt · tan · bon · bona · dia · tarda · nit · vespre · cap de setmana · setmana · que tingueu un bon dia · que tinguis un bon dia · que vagi bé · rebut
       · entès · igualment · servei · feina · m'ha servit · m’ha servit · m'ha funcionat · ajudar-me · ajudar · respondre · és · ho · realment · fins aviat · això`,
    ),
    doubt: list(
      `però · no · encara · mai · res · ningú · sense · tanmateix · malgrat · problema · problemes · error · falla · fallada · avaria · pot · podria · podríeu · podeu · pots · podries · poden · si us plau · sisplau · si et plau · quan · com
       · per què · perquè · què · que · on · qui · quin · quina · cal · necessito · necessitem · haig · he de · voldria · vull · altre · altra · també · excepte · tret · només · pregunta · dubte · espero · esperem · esperant
       · per avançat · per endavant · a la bestreta · truqueu · truca · cancel·lar · anul·lar · devolució · reemborsament · reclamació · queixa · pitjor · si · malauradament · llàstima · falta · manca · cap · quant
       · sí · i tant · tots dos · petit · petita · mitjà · mitjana · gran · vermell · blau · verd · negre · blanc
       · demà · avui · quedo a l'espera · quedem a l'espera · a l'espera · resto a l'espera · i ara`,
    ),
    greetings: list(
      `hola · bon dia · bona tarda · bones tardes · bona nit · bon vespre · benvolgut · benvolguda · benvolguts · benvolgudes · estimat · estimada · estimats · bones · hola a tothom · hola a tots · senyor · senyora · distingit
       · distingida · apreciat · apreciada`,
    ),
  },
};
