import { list } from "./list.ts";
import type { LanguageWords } from "./types.ts";

export const PL: LanguageWords = {
  code: "pl",
  name: "Polish",
  wrote: list(
    `napisał(a) · napisał · napisała · napisał/a · pisze · napisali · napisano · pisał · pisała · wiadomość napisana przez
     · użytkownik napisał · cytowanie · cytuję · wysłał(a)`,
  ),
  attributionOpeners: list("dnia · w dniu · wiadomość napisana przez · w · on · cytowanie"),
  fields: {
    from: list("od · nadawca · wysłane przez · wysłano od"),
    sent: list("wysłano · wysłane · data · data wysłania · wysłana · data wysłano · wyslano · otrzymano · wysłany"),
    to: list("do · adresat · odbiorca · adresaci"),
    cc: list("dw · cc · kopia · do wiadomości · kopia do"),
    bcc: list("udw · bcc · ukryta kopia · ukryte do wiadomości"),
    replyTo: list("odpowiedź do · odpowiedź-do · odpowiedz do · adres zwrotny · odpowiedzieć do"),
    subject: list("temat · dotyczy · tytuł"),
    attachments: list("załączniki · załącznik"),
    importance: list("ważność · priorytet · charakter"),
  },
  originalMessage: list(
    `wiadomość oryginalna · oryginalna wiadomość · wiadomość pierwotna · pierwotna wiadomość · treść oryginalnej wiadomości
     · oryginalny e-mail · oryginalny email · oryginalny termin · wiadomość od · wiadomosc oryginalna · oryginalna wiadomosc`,
  ),
  forwardedMessage: list(
    `przekazana wiadomość · wiadomość przekazana · wiadomość przekazana dalej · treść przekazanej wiadomości
     · początek przekazywanej wiadomości · początek przekazanej wiadomości · przesłana wiadomość · wiadomość przesłana dalej
     · przekazywana wiadomość · koniec przekazywanej wiadomości · koniec przekazanej wiadomości · przesłane przez
     · przekazane przez · forwardowana wiadomość · wiadomość przekierowana`,
  ),
  sentFrom: list(
    `wysłane z {} · wysłano z {} · wysłane z mojego {} · wysłano z mojego {} · wysłane z telefonu {} · wysłane przez {} · wysłano przez {}
     · wysłane za pomocą {} · wysłano za pomocą {} · wysłane z aplikacji {} · wysłano z aplikacji {} · wysłane z urządzenia {}
     · wysłane z telefonu · wysłano z telefonu · wysłane z mojego telefonu · wysłane z urządzenia mobilnego · wysłane z komórki
     · pobierz aplikację outlook dla systemu {} · pobierz program outlook dla systemu {} · pobierz outlook dla {} · pobierz outlook na {}
     · uzyskaj program outlook dla systemu {} · uzyskaj aplikację outlook dla systemu {} · pobierz aplikację outlook na {}
     · wysłane z programu outlook dla systemu {} · wysłane z aplikacji poczta dla systemu windows
     · wysłane z aplikacji poczta dla systemu windows 10 · wysłane z aplikacji poczta systemu windows 10
     · wysłane z yahoo mail na {} · wysłane z aplikacji yahoo mail na {} · wysłane z proton mail · wysłano z proton mail
     · wysłano za pomocą bezpiecznej poczty proton mail · wysłane za pomocą bezpiecznej poczty proton mail
     · wysłane z mojego samsung galaxy · wysłano ze smartfona samsung galaxy · wysłane ze smartfona samsung galaxy · wysłane z galaxy
     · wysłane z urządzenia samsung · wysłane z mojego urządzenia android za pomocą {} · wysłane z huawei`,
  ),
  closings: list(
    `pozdrawiam · z poważaniem · z wyrazami szacunku · pozdrawiam serdecznie · serdecznie pozdrawiam · serdeczne pozdrowienia
     · pozdrowienia · z pozdrowieniami · z serdecznymi pozdrowieniami · łączę pozdrowienia · łączę wyrazy szacunku · z szacunkiem
     · pozdr · pozdr. · pzdr · pzdr. · miłego dnia · życzę miłego dnia · dziękuję i pozdrawiam · dziękuję z góry · z góry dziękuję
     · z góry dziękujemy · z wyrazami poważania · uprzejmie pozdrawiam · pozdrawiamy · serdeczności`,
  ),
  outOfOffice: list(
    `automatyczna odpowiedź · odpowiedź automatyczna · odpowiedz automatyczna · automatyczna odpowiedz · autoodpowiedź · autoodpowiedz
     · auto-odpowiedź · autoresponder · automatyczna odpowiedź od · wiadomość automatyczna · automatyczna wiadomość · poza biurem
     · jestem poza biurem · nieobecność · nieobecny · nieobecna · informacja o nieobecności · powiadomienie o nieobecności
     · zawiadomienie o nieobecności · na urlopie · jestem na urlopie · nieobecność w biurze · nieobecny w biurze · asystent podczas nieobecności
     · {} jest poza biurem · {} jest nieobecny · {} jest nieobecna · {} przebywa na urlopie`,
  ),
  undeliverable: list(
    `niedostarczone · nie można dostarczyć · niedostarczona wiadomość · nie dostarczono · wiadomość niedostarczona · nie udało się dostarczyć
     · błąd dostarczenia · błąd dostarczania · zwrot wiadomości · powiadomienie o stanie dostarczenia · raport o niedostarczeniu
     · niepowodzenie dostarczenia · dostarczenie nie powiodło się · opóźnienie dostarczenia · nie doręczono · zwrot do nadawcy
     · powiadomienie o niedostarczeniu`,
  ),
  replyPrefixes: list("odp · re · odpowiedź"),
  forwardPrefixes: list("pd · przek · fw · fwd · przekazane"),
  thanks: {
    thanks: list(
      `dziękuję · dziekuje · dziękuje · dziękujemy · dziekujemy · dzięki · dzieki · dziękuję bardzo · bardzo dziękuję · bardzo dziekuje
       · dziękuję serdecznie · serdecznie dziękuję · wielkie dzięki · dzięki wielkie · stokrotne dzięki · serdeczne dzięki · dzięki bardzo
       · pięknie dziękuję · ślicznie dziękuję`,
    ),
    around: list(
      `ok · okej · super · świetnie · doskonale · idealnie · dobrze · bardzo dobrze · rewelacja · znakomicie · wspaniale · ekstra · działa · już działa
       · teraz działa · wszystko działa · działa już · udało się · rozwiązane · naprawione · załatwione · wszystko ok
       · wszystko w porządku · w porządku · teraz · już · znowu · ponownie · jeszcze raz · za · pomoc · szybką · szybka · szybkie · odpowiedź
       · państwa · pana · pani · twoją · twoja · waszą · wsparcie · informację · informacje · wyjaśnienie · wyjaśnienia · cierpliwość · czas
       · zaangażowanie · obsługę · i · wszystkim · wam · ci · tobie · panu · bardzo · naprawdę · serdecznie · miłego · dobrego · dnia · wieczoru
       · weekendu · tygodnia · życzę · otrzymałem · otrzymałam · zrozumiałem · zrozumiałam · przyjąłem · nawzajem · również · to
       · miłego dnia · pomogło`,
    ),
    doubt: list(
      `ale · nie · nadal · wciąż · jednak · niestety · problemy · problem · błąd · awaria · czy · proszę · prosze · prośba · mogą · może
       · możesz · możecie · mógłby · mogłaby · mogłabym · mógłbym · kiedy · dlaczego · jak · co · gdzie · kto · który · która · potrzebuję
       · potrzebujemy · muszę · inny · inna · także · też · oprócz · tylko · pytanie · czekam · czekamy · z góry · zadzwonić · anulować
       · zwrot · reklamacja · skarga · gorzej · jeśli · jeżeli · brak · nic · nigdy
       · tak · no tak · oba · obie · mały · średni · duży · czerwony · niebieski · czarny · biały · jutro
       · dzisiaj · dziś · oczekuję · oczekujemy · będę czekać · i co teraz · a teraz · co dalej`,
    ),
    greetings: list(
      `dzień dobry · dzien dobry · cześć · czesc · witam · witaj · dobry wieczór · szanowni państwo · szanowny panie · szanowna pani
       · drogi · droga · hej · siema · szanowny · szanowna · witam serdecznie · panie`,
    ),
  },
};
