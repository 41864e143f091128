import { list } from "./list.ts";
import type { LanguageWords } from "./types.ts";

/** Romanian is written with commas (ș ț), on older systems with cedillas (ş ţ), and by many people with neither. */
function spelled(row: string): readonly string[] {
  const words = list(row);
  const cedilla = words.map((word) => word.replaceAll("ș", "ş").replaceAll("ț", "ţ"));
  const bare = words.map((word) => word.normalize("NFD").replace(/\p{M}/gu, ""));
  return [...new Set([...words, ...cedilla, ...bare])];
}

export const RO: LanguageWords = {
  code: "ro",
  name: "Romanian",
  wrote: spelled("a scris · a scris următoarele · ați scris · ai scris · au scris · a scris astfel"),
  attributionOpeners: spelled("în · pe · la · la data de · în data de · pe data de"),
  fields: {
    from: spelled("de la · expeditor · expeditorul · trimis de · din partea"),
    sent: spelled(
      "trimis · dată · data · trimis la · trimis la data · data trimiterii · expediat · primit · trimis pe",
    ),
    to: spelled("către · destinatar · destinatarul · destinatari"),
    cc: spelled("cc · copie · copie la · copie către"),
    bcc: spelled("bcc · cci · copie ascunsă · copie oculta"),
    replyTo: spelled("răspuns către · răspunde la · răspunde către · adresă de răspuns"),
    subject: spelled("subiect · subiectul · referitor la · tema"),
    attachments: spelled("atașări · atașamente · atașament · fișiere atașate · anexe"),
    importance: spelled("importanță · prioritate · sensibilitate"),
  },
  originalMessage: spelled(
    "mesaj original · mesajul original · mesaj inițial · mesajul inițial · e-mail original · email original · mesaj de la · rezervare inițială",
  ),
  forwardedMessage: spelled(
    `mesaj redirecționat · mesajul redirecționat · mesaj înaintat · mesaj retrimis · începe mesajul redirecționat · începutul mesajului redirecționat
     · început mesaj redirecționat · redirecționat de · e-mail redirecționat · email redirecționat · mesaj transmis mai departe
     · sfârșitul mesajului redirecționat · sfârșit mesaj redirecționat`,
  ),
  sentFrom: spelled(
    `trimis de pe {}-ul meu · trimis de pe {} · trimis de pe telefonul meu {} · trimis de pe dispozitivul meu {} · trimis din {} · trimis prin {} · trimis cu {}
     · trimis de la {} · trimis de pe un {} · trimis folosind {} · trimis prin intermediul {} · trimis de pe telefon · trimis de pe mobil
     · trimis de pe telefonul mobil · trimis de pe telefonul meu · trimis de pe telefonul meu mobil · trimis de pe dispozitivul meu mobil
     · obțineți outlook pentru {} · obține outlook pentru {} · descărcați outlook pentru {} · descarcă outlook pentru {} · preluați outlook pentru {}
     · trimis din outlook pentru {} · trimis din mail pentru windows · trimis din mail pentru windows 10 · trimis din poștă pentru windows 10
     · trimis din poștă pentru windows · trimis din yahoo mail pe {} · trimis din yahoo mail pentru {} · trimis de pe yahoo mail pe {}
     · trimis din yahoo mail · trimis cu proton mail · trimis cu e-mailul securizat proton mail · trimis prin proton mail
     · trimis de pe smartphone-ul meu samsung galaxy · trimis de pe galaxy · trimis de pe dispozitivul meu samsung · trimis de pe telefonul meu huawei
     · trimis de pe dispozitivul meu android cu {}`,
  ),
  closings: spelled(
    `cu stimă · cu respect · cu deosebită stimă · cu deosebit respect · cu considerație · cu prietenie · cu drag · toate cele bune · numai bine · salutări
     · cele bune · o zi bună · vă doresc o zi bună · o zi frumoasă · mulțumesc anticipat · vă mulțumesc anticipat · vă mulțumim anticipat · cu mulțumiri
     · mulțumesc și o zi bună · mulțumesc, cu stimă · al dumneavoastră · cordial · cu salutări · spor la treabă · o seară frumoasă`,
  ),
  outOfOffice: spelled(
    `răspuns automat · răspuns automat de la · mesaj automat · autorăspuns · auto răspuns · auto-răspuns · în afara biroului · plecat din birou
     · absent de la birou · absent din birou · absent · absentă · absență · notificare de absență · mesaj de absență · în concediu
     · sunt în concediu · nu sunt la birou · sunt plecat din birou · {} este plecat din birou · {} este în concediu · {} nu este la birou`,
  ),
  undeliverable: spelled(
    `nelivrabil · nelivrat · mesaj nelivrat · mesaj nelivrabil · imposibil de livrat · nu se poate livra · nu a putut fi livrat · livrare eșuată · livrarea a eșuat
     · eroare de livrare · eșec la livrare · eșecul livrării · notificare privind starea livrării · raport de livrare · mesaj returnat · mesajul nu a fost livrat
     · livrare întârziată · nedistribuit · nedistribuibil`,
  ),
  replyPrefixes: spelled("re · răsp · răspuns · ref"),
  forwardPrefixes: spelled("redir · redirecționat · redirecționare · înainte · fw · fwd"),
  thanks: {
    thanks: spelled(
      `mulțumesc · mulțumim · mulțumesc mult · mulțumesc frumos · mulțumim frumos · mulțumim mult · vă mulțumesc · vă mulțumim · îți mulțumesc · îți mulțumim
       · multe mulțumiri · mii de mulțumiri · mersi · merci · mersi mult · mersi frumos · mulțam · mulțumiri · vă mulțumesc mult · vă mulțumesc frumos`,
    ),
    around: spelled(
      `ok · okay · super · perfect · excelent · minunat · grozav · foarte bine · bine · în regulă · de acord · funcționează · merge · acum merge · acum funcționează
       · totul funcționează · totul este ok · totul e ok · totul e în regulă · s-a rezolvat · rezolvat · am rezolvat · este rezolvat · a mers · e bine · acum · din nou
       · încă o dată · pentru · ajutor · ajutorul · ajutorul acordat · răspuns · răspunsul · răspunsul prompt · promptitudine · promptitudinea · rapid · rapidă
       · sprijin · sprijinul · suport · suportul · informații · informațiile · informație · informația · explicații · explicațiile · răbdare · timpul · timpul acordat
       · amabilitate · amabilitatea · tot · toate · și · mult · foarte · frumos · tuturor · dumneavoastră · ție · vouă · o · zi · seară · săptămână · bună · frumoasă
       · excelentă · plăcută · weekend · plăcut · să aveți o zi bună · am primit · am înțeles · înțeles · la fel · asemenea · este · e · vă doresc`,
    ),
    doubt: spelled(
      `dar · însă · nu · încă · tot nu · niciodată · nimic · nimeni · din păcate · totuși · problemă · probleme · eroare · erori · defect · puteți · ați putea · poți · ai putea
       · pot · vă rog · te rog · rog · rugăm · când · de ce · cum · ce · unde · cine · care · trebuie · am nevoie · avem nevoie · alt · alta · de asemenea · cu excepția
       · doar · numai · întrebare · aștept · așteptăm · anticipat · sunați · anula · anulare · rambursare · reclamație · plângere · mai rău · dacă · lipsește · fără
       · da · ba da · ambele · amândouă · mic · mediu · mare · roșu · albastru · negru · alb · mâine · azi
       · astăzi · aștept răspuns · în așteptare · și acum`,
    ),
    greetings: spelled(
      `bună · bună ziua · bună dimineața · bună seara · salut · salutare · dragă · stimate · stimată · stimați · stimate domn · stimată doamnă · hello · servus
       · bună tuturor · domnule · doamnă · noroc`,
    ),
  },
};
