import { list } from "./list.ts";
import type { LanguageWords } from "./types.ts";

export const CS: LanguageWords = {
  code: "cs",
  name: "Czech",
  wrote: list(
    "napsal(a) · napsal · napsala · napsal/a · napsali · psal · psala · uživatel napsal · napsal/-a · citát od",
  ),
  attributionOpeners: list("dne · v · citát od · on"),
  fields: {
    from: list("od · odesílatel · odesilatel · odeslal"),
    sent: list("odesláno · datum · odeslané · datum odeslání · odeslano · přijato · zasláno · dne"),
    to: list("komu · příjemce · adresát · pro"),
    cc: list("kopie · cc · v kopii · kopie komu"),
    bcc: list("skrytá kopie · skrytá · bcc · slepá kopie"),
    replyTo: list("odpověď na · odpověď komu · odpovědět komu · odpovědět na · adresa pro odpověď"),
    subject: list("předmět · predmet · věc"),
    attachments: list("přílohy · příloha"),
    importance: list("důležitost · priorita · citlivost"),
  },
  originalMessage: list(
    `původní zpráva · puvodni zprava · původní e-mail · původní email · původní mail · původní schůzka · originální zpráva · zpráva od`,
  ),
  forwardedMessage: list(
    `přeposlaná zpráva · předaná zpráva · preposlana zprava · začátek přeposílané zprávy · začátek přeposlané zprávy
     · přeposlaný e-mail · přeposlaný email · přeposlal · přeposláno · konec přeposílané zprávy · přesměrovaná zpráva
     · předávaná zpráva · konec přeposlané zprávy`,
  ),
  sentFrom: list(
    `odesláno z {} · odesláno z mého {} · odesláno ze {} · odesláno ze zařízení {} · odesláno pomocí {} · odesláno přes {}
     · odesláno z aplikace {} · posláno z {} · posláno z mého {} · posláno pomocí {} · odesláno z mobilu
     · odesláno z mobilního telefonu · odesláno z telefonu · odesláno z mobilního zařízení · získat outlook pro {} · získejte outlook pro {}
     · stáhnout outlook pro {} · získat aplikaci outlook pro {} · odesláno z outlooku pro {} · odesláno z pošty pro windows
     · odesláno z pošty pro windows 10 · odesláno z yahoo mail pro {} · odesláno z yahoo mail v systému {}
     · odesláno pomocí proton mail · odesláno z proton mail · odesláno zabezpečeným e-mailem proton mail
     · odesláno z mého galaxy · odesláno ze smartphonu samsung galaxy · odesláno ze zařízení samsung · odesláno z telefonu huawei
     · odesláno z mého zařízení android pomocí {}`,
  ),
  closings: list(
    `s pozdravem · s přátelským pozdravem · s pozdravy · s úctou · s pozdravem a přáním hezkého dne · hezký den · přeji hezký den
     · přeji pěkný den · děkuji a přeji hezký den · děkuji s pozdravem · děkuji, s pozdravem · zdraví · srdečně zdraví · srdečně
     · pozdravy · s přáním hezkého dne · s přáním pěkného dne · mějte se · mějte se hezky · předem děkuji · předem děkuji za odpověď · pěkný den
     · s pozdr. · s pozdr · s přátelskými pozdravy`,
  ),
  outOfOffice: list(
    `automatická odpověď · automaticka odpoved · automatická odpověď od · automatická zpráva · automatická odpověd · odpověď v nepřítomnosti
     · odpověď mimo kancelář · mimo kancelář · nepřítomnost · nepřítomen · nepřítomna · oznámení o nepřítomnosti · zpráva o nepřítomnosti
     · jsem mimo kancelář · na dovolené · jsem na dovolené · čerpám dovolenou · {} je mimo kancelář · {} není přítomen · {} je na dovolené`,
  ),
  undeliverable: list(
    `nedoručitelné · nedoručitelná zpráva · nedoručeno · nedoručená zpráva · nelze doručit · zprávu nelze doručit · chyba doručení
     · doručení se nezdařilo · oznámení o stavu doručení · oznámení o nedoručení · nedoručitelná pošta · zpráva nebyla doručena
     · zpožděné doručení · vrácená zpráva`,
  ),
  replyPrefixes: list("odp · re · odpověď"),
  forwardPrefixes: list("přep · fw · fwd · předáno"),
  thanks: {
    thanks: list(
      `děkuji · dekuji · děkuju · dekuju · děkujeme · díky · diky · děkuji mnohokrát · mnohokrát děkuji · moc děkuji · moc děkuju · děkuji moc
       · děkuju moc · díky moc · moc díky · velmi děkuji · děkuji vám · srdečně děkuji · velké díky · velice děkuji · dík`,
    ),
    around: list(
      `ok · okej · super · skvělé · skvěle · výborně · výborné · perfektní · paráda · dobře · v pořádku · bezva · funguje · funguje to · už to funguje
       · už funguje · nyní funguje · teď to funguje · vše funguje · vyřešeno · vše vyřešeno · opraveno · povedlo se · podařilo se
       · vše v pořádku · vše ok · už · teď · nyní · opět · zase · ještě jednou · znovu · za · pomoc · rychlou · rychlé · rychlá · odpověď · vaši · váš
       · tvoji · tvou · vaše · podporu · informaci · informace · vysvětlení · ochotu · trpělivost · čas · vyřízení · zprávu · spolupráci · a · všem
       · vám · vámi · ti · moc · velmi · opravdu · hezký · pěkný · krásný · den · večer · víkend · týden · zbytek dne · přeji · mějte se hezky
       · nápodobu · přijato · rozumím · také · to · vše`,
    ),
    doubt: list(
      `ale · ne · není · nejde · nefunguje · stále · ještě · pořád · však · bohužel · problém · problémy · chyba · můžete · mohli · mohl
       · mohla · můžeš · prosím · prosíme · prosim · kdy · proč · jak · co · kde · kdo · který · potřebuji · potřebujeme · musím · jiný · jiná
       · kromě · jen · pouze · dotaz · otázka · čekám · čekáme · předem · zavolejte · zrušit · vrácení · reklamace · stížnost · hůř · pokud
       · jestli · chybí · nic · nikdy
       · ano · jo · jasně · oba · obě · malý · střední · velký · červený · modrý · černý · bílý · zítra · dnes
       · počkám · očekávám · a teď · a co teď · co dál`,
    ),
    greetings: list(
      `dobrý den · dobry den · ahoj · zdravím · dobré ráno · dobré odpoledne · dobrý večer · vážený · vážená · vážení · milý · milá
       · vážený pane · vážená paní · čau · nazdar · vážený pan · pane · paní · hezký den`,
    ),
  },
};
