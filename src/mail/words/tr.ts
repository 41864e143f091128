import { list } from "./list.ts";
import type { LanguageWords } from "./types.ts";

/** `İLT` in lower case is `i̇lt`, with a dot of its own: who matches drops it. `YANIT` gives `yanit`: both stand here. */
export const TR: LanguageWords = {
  code: "tr",
  name: "Turkish",
  wrote: list(
    `şunu yazdı · şunları yazdı · yazdı · tarihinde şunu yazdı · tarihinde şunları yazdı · tarihinde yazdı · yazdılar · şöyle yazdı
     · şunu yazdınız`,
  ),
  attributionOpeners: list("tarihinde · tarih"),
  fields: {
    from: list("kimden · gönderen · gonderen · kimden (from)"),
    sent: list(
      "gönderildi · gönderilen · gönderim tarihi · gönderme tarihi · tarih · gönderilme tarihi · gonderildi · alındı · gönderilme zamanı · gönderim zamanı",
    ),
    to: list("kime · alıcı · alıcılar · kime (to)"),
    cc: list("bilgi · cc · kopya · karbon kopya"),
    bcc: list("gizli · gizli bilgi · bcc · gizli kopya"),
    replyTo: list("yanıt adresi · yanıtla · yanıt · yanıtlama adresi · cevap adresi"),
    subject: list("konu"),
    attachments: list("ekler · ek · eklenti · eklentiler"),
    importance: list("önem · önem derecesi · öncelik · duyarlılık"),
  },
  originalMessage: list(
    `özgün ileti · orijinal ileti · orijinal mesaj · orjinal mesaj · özgün mesaj · asıl ileti · asıl mesaj · orijinal e-posta · özgün e-posta · özgün randevu · ilk ileti
     · orjinal ileti · orijinal e-posta mesajı`,
  ),
  forwardedMessage: list(
    `iletilmiş ileti · iletilen ileti · iletilmiş mesaj · iletilen mesaj · yönlendirilmiş ileti · yönlendirilmiş mesaj · yönlendirilen ileti · yönlendirilen mesaj · ileti başlangıcı
     · iletilen iletinin başlangıcı · iletilmiş ileti başlangıcı · iletilen mesajın başlangıcı · iletilen e-posta · iletilen · iletilen iletinin sonu · yönlendirilmiş e-posta`,
  ),
  sentFrom: list(
    `{}'umdan gönderildi · {}’umdan gönderildi · {}'imden gönderildi · {}’imden gönderildi · {}'ımdan gönderildi · {}’ımdan gönderildi · {}'dan gönderildi · {}’dan gönderildi
     · {}'den gönderildi · {}’den gönderildi · {}'tan gönderildi · {}'ten gönderildi · {}umdan gönderildi · {} cihazımdan gönderildi · {} telefonumdan gönderildi
     · {} akıllı telefonumdan gönderildi · {} cihazından gönderildi · {} üzerinden gönderildi · {} ile gönderildi · {} aracılığıyla gönderildi · {} kullanılarak gönderildi
     · {} uygulamasından gönderildi · telefonumdan gönderildi · cep telefonumdan gönderildi · mobil cihazımdan gönderildi · akıllı telefonumdan gönderildi
     · {} için outlook'u edinin · {} için outlook’u edinin · {} için outlook uygulamasını edinin · {} için outlook'u indirin · {} için outlook’u indirin · {} için outlook'u alın
     · {} için outlook’u alın · {} için outlook · outlook'u {} için edinin · {} için outlook'tan gönderildi · {} için outlook’tan gönderildi
     · windows için posta'dan gönderildi · windows için posta’dan gönderildi · windows için posta ile gönderildi · windows 10 için posta'dan gönderildi
     · windows 10 için posta’dan gönderildi · windows 10 için posta ile gönderildi · {}'de yahoo mail'den gönderildi · {}’de yahoo mail’den gönderildi
     · {}’de yahoo postadan gönderildi · {}'de yahoo postadan gönderildi · {}’te yahoo postadan gönderildi · yahoo mail'den gönderildi · yahoo mail’den gönderildi
     · proton mail güvenli e-posta ile gönderildi · proton mail ile gönderildi · proton mail güvenli e-postasıyla gönderildi · samsung galaxy akıllı telefonumdan gönderildi
     · galaxy cihazımdan gönderildi · samsung cihazımdan gönderildi · huawei telefonumdan gönderildi · android cihazımdan {} ile gönderildi · {} cihazımdan gönderilmiştir
     · {}'umdan gönderilmiştir`,
  ),
  closings: list(
    `saygılarımla · saygılarımızla · saygılar · iyi çalışmalar · iyi çalışmalar dilerim · iyi günler · iyi günler dilerim · iyi günler dileriz · selamlar · sevgiler · sevgilerimle
     · sevgi ve saygılarımla · en iyi dileklerimle · en içten saygılarımla · teşekkürler, saygılarımla · teşekkür ederim, saygılarımla · teşekkürler ve saygılar · saygı ile · saygıyla
     · şimdiden teşekkürler · şimdiden teşekkür ederim · kolay gelsin · hoşçakalın · hayırlı işler · iyi akşamlar · bilgilerinize · bilgilerinize sunarım · iyi haftalar`,
  ),
  outOfOffice: list(
    `otomatik yanıt · otomatik yanit · otomatik cevap · otomatik yanıtlama · otomatik mesaj · otomatik ileti · ofis dışında · ofis disinda
     · ofis dışındayım · ofiste değilim · iş yeri dışında · işyeri dışında · işyeri dışındayım · izindeyim · izinde · yıllık izindeyim
     · tatildeyim · tatilde · ofis dışı · ofis dışı bildirimi · ofis dışı mesajı · {} ofis dışında · {} izinde · {} ofiste değil`,
  ),
  undeliverable: list(
    `teslim edilemedi · teslim edilemez · teslim edilemeyen · teslim edilemeyen ileti · teslim edilemeyen posta · iletilemedi · iletilemeyen · iletilemeyen mesaj · ileti teslim edilemedi
     · mesaj teslim edilemedi · mesaj iletilemedi · teslim hatası · teslimat hatası · teslimat başarısız · teslim başarısız · gönderilemedi · ileti gönderilemedi
     · teslim durumu bildirimi · teslimat durumu bildirimi · teslim raporu · geri dönen posta · gecikmiş teslim · teslim gecikti`,
  ),
  replyPrefixes: list("ynt · yan · yanıt · yanit · cvp · cevap · re"),
  forwardPrefixes: list("ilt · ilet · i̇lt · i̇let · yönlendirme · fw · fwd"),
  thanks: {
    thanks: list(
      `teşekkürler · tesekkurler · teşekkür ederim · tesekkur ederim · teşekkür ederiz · tesekkur ederiz · çok teşekkürler · cok tesekkurler · çok teşekkür ederim
       · cok tesekkur ederim · çok teşekkür ederiz · çok sağ olun · çok sağolun · sağ olun · sağolun · sagolun · sağ ol · sağol · sagol · teşekkür · eyvallah · mersi
       · minnettarım · tşk · tşkler · tşk ederim · tskler · tsk · ellerinize sağlık · elinize sağlık`,
    ),
    around: list(
      `tamam · tamamdır · ok · okey · süper · super · harika · mükemmel · çok iyi · çok güzel · güzel · iyi · pekala · çalışıyor · şimdi çalışıyor · artık çalışıyor · her şey çalışıyor
       · sorun çözüldü · çözüldü · sorunum çözüldü · halloldu · düzeldi · oldu · her şey yolunda · şimdi · artık · tekrar · yeniden · bir kez daha · için · yardımınız · yardımlarınız · yardımın
       · yardım · hızlı · hızlıca · dönüşünüz · dönüşün · dönüş · geri dönüşünüz · cevabınız · cevap · yanıtınız · yanıt · desteğiniz · destek · ilginiz · ilgi · ilgi ve alakanız · bilgi
       · bilgilendirme · bilgilendirmeniz · açıklama · açıklamanız · sabrınız · anlayışınız · zamanınız · ve · çok · gerçekten · herkese · size · sana · tümüne · iyi günler · iyi akşamlar
       · iyi hafta sonları · iyi haftalar · iyi çalışmalar · kolay gelsin · dilerim · dileriz · günler · akşamlar · hafta sonları · aldım · anladım · anlaşıldı · not aldım · sizin de
       · size de · bu · her şey · ederim · ederiz · sayenizde`,
    ),
    doubt: list(
      `ama · fakat · ancak · hala · hâlâ · henüz · değil · yok · olmadı · olmuyor · çalışmıyor · çalışmadı · maalesef · ne yazık ki · sorun var · hata · hatalı · bozuk · sorunlar · problem · arıza
       · lütfen · rica · rica ederim · rica ediyorum · mümkün · müsait · yapabilir · eder misiniz · misiniz · mısınız · musunuz · müsünüz · mi · mı · mu · mü · ne zaman · neden · niçin · niye
       · nasıl · ne · nerede · kim · hangi · lazım · gerek · gerekiyor · ihtiyacım · ihtiyacımız · başka · ayrıca · hariç · sadece · yalnız · yalnızca · soru · sorum · bekliyorum · bekliyoruz
       · şimdiden · arayın · iptal · iade · şikayet · şikâyet · daha kötü · eğer · asla · hiç · hiçbir · kimse · eksik · hayır
       · evet · olur · ikisi de · küçük · orta · büyük · kırmızı · mavi · siyah · beyaz · yarın · bugün
       · bekleyeceğim · beklemedeyim · ya şimdi · şimdi ne olacak`,
    ),
    greetings: list(
      `merhaba · merhabalar · selam · selamlar · günaydın · iyi günler · iyi akşamlar · sayın · sevgili · değerli · sayın yetkili · sayın ilgili · merhaba arkadaşlar · bey · hanım
       · selamün aleyküm · iyi geceler`,
    ),
  },
};
