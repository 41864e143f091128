import { list } from "./list.ts";
import type { LanguageWords } from "./types.ts";

export const FR: LanguageWords = {
  code: "fr",
  name: "French",
  wrote: list(
    `a écrit · a ecrit · écrit · a écrit ce qui suit · avez écrit · ont écrit · écrivait · écrivit · a envoyé · nous a dit
     · selon · à écrit · a répondu`,
  ),
  attributionOpeners: list("le · en date du · selon · on · dans son message du"),
  fields: {
    from: list("de · expéditeur · expediteur · de la part de · envoyé par"),
    sent: list("envoyé · envoye · date · date d'envoi · envoyé le · le · envoyé à · date d’envoi · reçu · envoyée"),
    to: list("à · a · pour · destinataire · destinataires · envoyé à"),
    cc: list("cc · copie · copie à · copie carbone · copies à"),
    bcc: list("cci · bcc · copie cachée · copie cachée à · copie carbone invisible"),
    replyTo: list("répondre à · réponse à · répondre-à · repondre à · adresse de réponse"),
    subject: list("objet · sujet"),
    attachments: list("pièces jointes · pièce jointe · pièce(s) jointe(s) · fichiers joints · pieces jointes"),
    importance: list("importance · priorité · confidentialité"),
  },
  originalMessage: list(
    `message d'origine · message d’origine · message original · message initial · message précédent · mail original
     · e-mail d'origine · e-mail d’origine · courriel original · rendez-vous d'origine · mail d'origine · réponse au message
     · message de · courrier original`,
  ),
  forwardedMessage: list(
    `message transféré · message transmis · message réexpédié · message transferé · message réacheminé · mail transféré
     · e-mail transféré · courriel transféré · début du message réexpédié · début du message transféré
     · début du message transmis · début de message transmis · transféré par · réexpédié par · transmis par
     · fin du message réexpédié · fin du message transféré · message transféré de · courrier transféré
     · début du courriel transféré · message suivi`,
  ),
  sentFrom: list(
    `envoyé de mon {} · envoyé depuis mon {} · envoyé à partir de mon {} · envoyé de {} · envoyé depuis {}
     · envoyé à partir de {} · envoyé par {} · envoyé avec {} · envoyé via {} · envoyé avec la messagerie {}
     · envoyé à partir d'un {} · envoyé d'un {} · envoyé depuis un {} · envoyé d'{} · envoyé depuis l'application {}
     · envoyé depuis l'application mail orange · envoyé de mon mobile · envoyé depuis mon appareil mobile
     · envoyé depuis mon téléphone · envoyé depuis mon smartphone · envoyé de mon téléphone {} · envoyé de mon appareil {}
     · obtenez outlook pour {} · obtenir outlook pour {} · télécharger outlook pour {} · téléchargez outlook pour {}
     · envoyé à partir de outlook pour {} · envoyé à partir d'outlook pour {} · envoyé depuis outlook pour {}
     · provenance : courrier pour windows 10 · provenance : courrier pour windows · envoyé à partir de courrier pour windows 10
     · envoyé à partir de courrier pour windows · envoyé depuis yahoo mail pour {} · envoyé à partir de yahoo mail pour {}
     · envoyé depuis yahoo mail · télécharger yahoo mail pour {} · envoyé avec la messagerie sécurisée proton mail
     · envoyé avec proton mail · envoyé avec protonmail · envoyé avec la messagerie sécurisée protonmail
     · envoyé depuis proton mail pour {} · envoyé depuis mon appareil galaxy · envoyé de mon galaxy
     · envoyé depuis mon appareil samsung · envoyé depuis mon appareil android avec {} · envoyé depuis mon huawei
     · envoyé depuis mon smartphone samsung galaxy`,
  ),
  closings: list(
    `cordialement · bien cordialement · très cordialement · cordiales salutations · bien à vous · bien à toi · sincèrement
     · salutations · salutations distinguées · sincères salutations · meilleures salutations · avec mes meilleures salutations
     · mes salutations · respectueusement · amicalement · bien amicalement · cdt · cdlt · bàv · bav · à bientôt
     · bonne journée · bonne réception · bonne fin de journée · bonne soirée · bon week-end · cordialement vôtre
     · bien sincèrement · merci et bonne journée · merci d'avance · bises · je vous prie d'agréer
     · veuillez agréer · veuillez recevoir · meilleurs sentiments · belle journée · salutations cordiales`,
  ),
  outOfOffice: list(
    `réponse automatique · reponse automatique · réponse auto · réponse automatique de · réponse automatisée · message automatique
     · absence du bureau · absent du bureau · absente du bureau · absent(e) du bureau · message d'absence · message d’absence · avis d'absence
     · avis d’absence · notification d'absence · notification d’absence · gestionnaire d'absence · absence · absent · absente · en congé
     · en congés · en vacances · je suis absent · je suis absente · je suis en congé · je suis en congés · je suis en vacances · hors du bureau
     · hors bureau · répondeur automatique · répondeur · auto-réponse · {} est absent · {} est absente · {} est absent(e)
     · {} est absent du bureau · {} est en congé`,
  ),
  undeliverable: list(
    `non remis · non distribuable · non délivré · échec de la remise · échec de remise · échec de la livraison
     · échec de distribution · échec d'envoi · message non remis · message non distribué · message non délivré
     · courrier non remis · notification d'état de remise · notification d'échec de remise · rapport de non-remise
     · avis de non-remise · impossible de remettre · retour à l'expéditeur · échec de la distribution
     · remise retardée · remise différée · état de la remise · non-remise · mail non distribué · le message n'a pas pu être remis`,
  ),
  replyPrefixes: list("re · ré · réf · ref · rép · rep · réponse"),
  forwardPrefixes: list("tr · trans · transf · transféré · fw · fwd"),
  thanks: {
    thanks: list(
      `merci · merci beaucoup · merci bien · un grand merci · grand merci · mille mercis · mille merci · merci à vous
       · merci infiniment · je vous remercie · nous vous remercions · je te remercie · remerciements · avec mes remerciements
       · tous mes remerciements · merci encore · encore merci · thx`,
    ),
    around: list(
      `ok · okay · d'accord · d’accord · super · parfait · génial · excellent · très bien · top · nickel · impeccable · bravo
       · ça marche · ça marche maintenant · cela fonctionne · ça fonctionne · c'est bon · c’est bon · tout est bon · tout fonctionne
       · tout va bien · c'est réglé · c’est réglé · c'est résolu · c’est résolu · résolu · réglé · fonctionne · marche
       · maintenant · à nouveau · de nouveau · de · du · des · la · le · les · pour · votre · vos · ta · ton · tes · cette · ce · l'aide
       · l’aide · aide · d'aide · réponse · retour · rapidité · réactivité · rapide · précieuse · soutien · support · assistance
       · information · informations · info · infos · explication · explications · intervention · patience · disponibilité
       · gentillesse · efficacité · beaucoup · infiniment · encore · très · bien · et · à · vous · tous · toute · toutes · toi · l'équipe
       · l’équipe · équipe · bonne · bon · belle · journée · soirée · week-end · weekend · après-midi · fin de journée · semaine · à bientôt
       · bonne continuation · bien reçu · reçu · bien noté · c'est noté · c’est noté · noté · compris · j'ai compris · excellente · également
       · de même · une · un · grand · sincèrement · vraiment · travail · temps · service`,
    ),
    doubt: list(
      `mais · pas · ne · non · jamais · rien · toujours · encore un · cependant · pourtant · toutefois · problème · erreur · panne
       · bug · pouvez · pourriez · pourrais · peux · peut · svp · s'il · s’il · merci de · veuillez · quand · pourquoi · comment · où
       · qui · quoi · quel · quelle · faut · besoin · autre · aussi · sauf · sinon · malheureusement · hélas · d'avance
       · d’avance · par avance · question · attends · attendre · rappeler · annuler · remboursement · réclamation · seulement · si
       · car · que · sans · aucun · aucune · il manque · manque
       · oui · ouais · volontiers · nan · les deux · petit · petite · moyen · moyenne · grande · rouge · bleu
       · bleue · vert · verte · noir · noire · blanc · blanche · jaune · gris · demain · aujourd'hui
       · dans l'attente · en attente · j'attends · nous attendons · et maintenant`,
    ),
    greetings: list(
      `bonjour · bonsoir · salut · cher · chère · chers · chères · madame · monsieur · madame, monsieur · coucou · hello
       · bonjour à tous · bonjour madame · bonjour monsieur · mesdames · messieurs · re-bonjour · bjr`,
    ),
  },
};
