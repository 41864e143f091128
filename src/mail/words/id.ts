import { list } from "./list.ts";
import type { LanguageWords } from "./types.ts";

/** Indonesian, with the Malay words that differ. */
export const ID: LanguageWords = {
  code: "id",
  name: "Indonesian and Malay",
  wrote: list("menulis · telah menulis · menulis hal berikut · menulis berikut ini · menuliskan"),
  attributionOpeners: list("pada · pada tanggal · pada tarikh · pada hari · tanggal"),
  fields: {
    from: list("dari · pengirim · daripada · dikirim oleh · dihantar oleh"),
    sent: list(
      "dikirim · terkirim · tanggal · tgl · dihantar · tarikh · dikirim pada · tanggal dikirim · tanggal pengiriman · dihantar pada · tarikh dihantar · diterima",
    ),
    to: list("kepada · ke · penerima · tujuan"),
    cc: list("cc · tembusan · salinan · sk · salinan kepada"),
    bcc: list("bcc · tembusan tersembunyi · salinan tersembunyi · tembusan buta"),
    replyTo: list("balas ke · balas kepada · membalas ke · alamat balasan"),
    subject: list("subjek · perihal · judul · subyek · perkara · tajuk"),
    attachments: list("lampiran · berkas lampiran"),
    importance: list("kepentingan · prioritas · keutamaan · tingkat kepentingan"),
  },
  originalMessage: list(
    "pesan asli · pesan asal · mesej asal · email asli · surel asli · pesan awal · mesej asli · e-mel asal · janji temu asli",
  ),
  forwardedMessage: list(
    `pesan terusan · pesan yang diteruskan · pesan diteruskan · pesan yang diterusan · email terusan · email yang diteruskan · surel terusan · mulai pesan terusan · mulai pesan yang diteruskan
     · awal pesan yang diteruskan · awal pesan terusan · mesej yang dikemukakan · mesej dimajukan · mesej yang dimajukan · mulakan mesej yang dimajukan · diteruskan oleh
     · dimajukan oleh · akhir pesan yang diteruskan · akhir pesan terusan`,
  ),
  sentFrom: list(
    `dikirim dari {} saya · terkirim dari {} saya · dikirim dari {} · terkirim dari {} · dikirim melalui {} · dikirim dengan {} · dikirim menggunakan {} · dikirim via {} · dikirim oleh {}
     · dikirim dari ponsel {} · dikirim dari ponsel saya · dikirim dari hp saya · dikirim dari perangkat seluler saya · dikirim dari perangkat {} · dikirim dari telepon saya
     · dikirim dari smartphone saya · dihantar daripada {} saya · dihantar dari {} saya · dihantar daripada {} · dihantar dari {} · dihantar menggunakan {} · dihantar melalui {}
     · dihantar daripada telefon saya · dihantar dari telefon saya · dapatkan outlook untuk {} · unduh outlook untuk {} · muat turun outlook untuk {} · dikirim dari outlook untuk {}
     · dikirim dari email untuk windows · dikirim dari email untuk windows 10 · dikirim dari mail untuk windows 10 · dikirim dari mail untuk windows · dihantar daripada mel untuk windows
     · dihantar daripada mel untuk windows 10 · dikirim dari yahoo mail di {} · dikirim dari yahoo mail untuk {} · dihantar daripada yahoo mail pada {} · dikirim dengan proton mail
     · dikirim dengan email aman proton mail · dikirim dengan surel aman proton mail · dikirim dari ponsel cerdas samsung galaxy saya · dikirim dari smartphone samsung galaxy saya
     · dikirim dari galaxy saya · dikirim dari samsung saya · dikirim dari perangkat android saya dengan {} · dihantar daripada telefon pintar samsung galaxy saya`,
  ),
  closings: list(
    `salam · salam hormat · hormat saya · hormat kami · dengan hormat · salam hangat · terima kasih · terimakasih · terima kasih dan salam · terima kasih banyak · terima kasih sebelumnya
     · atas perhatiannya kami ucapkan terima kasih · atas perhatiannya saya ucapkan terima kasih · atas perhatian dan kerjasamanya kami ucapkan terima kasih · wassalam · wassalamualaikum
     · salam sejahtera · yang benar · sekian · sekian, terima kasih · sekian terima kasih · yang ikhlas · salam kenal · terima kasih dan salam hormat · demikian`,
  ),
  outOfOffice: list(
    `balasan otomatis · jawaban otomatis · respons otomatis · respon otomatis · balas otomatis · pesan otomatis · email otomatis
     · balasan automatik · jawapan automatik · mesej automatik · autobalas · di luar kantor · tidak di kantor · saya di luar kantor
     · sedang di luar kantor · di luar pejabat · luar pejabat · tiada di pejabat · sedang cuti · saya sedang cuti · sedang bercuti
     · saya sedang bercuti · pemberitahuan cuti · tidak berada di kantor · {} sedang cuti · {} di luar kantor · {} sedang bercuti`,
  ),
  undeliverable: list(
    `tidak terkirim · tidak dapat dikirim · tidak dapat terkirim · tak terkirim · pesan tidak terkirim · pesan tidak dapat dikirim · email tidak terkirim · gagal terkirim · pengiriman gagal
     · gagal mengirim · kegagalan pengiriman · kesalahan pengiriman · pemberitahuan status pengiriman · laporan pengiriman · pesan dikembalikan · pengiriman tertunda · tidak dapat dihantar
     · penghantaran gagal · gagal dihantar · mesej tidak dapat dihantar · tidak boleh dihantar`,
  ),
  replyPrefixes: list("bls · balas · balasan · re"),
  forwardPrefixes: list("trs · terusan · teruskan · fw · fwd"),
  thanks: {
    thanks: list(
      `terima kasih · terimakasih · terima kasih banyak · terimakasih banyak · banyak terima kasih · makasih · makasi · makasih banyak · trims · trimakasih · tks · tq · thx · terima kasih ya
       · ribuan terima kasih · jutaan terima kasih · saya ucapkan terima kasih · kami ucapkan terima kasih · matur nuwun · hatur nuhun · tengkiu · thanks`,
    ),
    around: list(
      `ok · oke · okay · baik · baiklah · bagus · bagus sekali · sip · siap · mantap · sempurna · hebat · luar biasa · keren · berhasil · sudah berhasil · sekarang berhasil · berfungsi · sudah berfungsi
       · sekarang berfungsi · sekarang sudah berfungsi · sudah bisa · sekarang sudah bisa · sudah beres · beres · sudah selesai · selesai · masalah selesai · masalah sudah selesai · sudah teratasi
       · masalah sudah teratasi · semua berfungsi · semuanya baik · semuanya lancar · sudah lancar · sekarang · lagi · sekali lagi · atas · untuk · bantuan · bantuannya · pertolongan · jawaban
       · jawabannya · balasan · balasannya · respon · responnya · respons · responsnya · dukungan · dukungannya · informasi · informasinya · info · infonya · penjelasan · penjelasannya · maklumat
       · maklumatnya · kesabaran · kesabarannya · waktu · waktunya · kerja sama · kerjasama · kerjasamanya · pelayanan · pelayanannya · layanan · cepat · yang cepat · sangat · banyak · sekali · semua
       · semuanya · anda · kamu · kalian · bapak · ibu · pak · bu · mas · mbak · kak · min · tim · dan · semoga · hari · hari yang indah · selamat · semoga harimu menyenangkan · menyenangkan · akhir pekan · minggu
       · sudah saya terima · sudah diterima · saya mengerti · mengerti · paham · noted · sama-sama · itu · ini · sudah · telah · membantu · sangat membantu`,
    ),
    doubt: list(
      `tapi · tetapi · namun · akan tetapi · tidak · tak · bukan · belum · masih · sayangnya · malangnya · masalah baru · masalah lain · bermasalah · kesalahan · error · rusak · gagal · salah · bisakah · bisa tolong
       · dapatkah · bolehkah · boleh · mohon · tolong · harap · sila · kapan · bila · mengapa · kenapa · bagaimana · gimana · apa · apakah · di mana · dimana · siapa · mana · yang mana · perlu · butuh · membutuhkan · harus
       · ingin · mau · hendak · lain · selain · kecuali · hanya · cuma · pertanyaan · tanya · soalan · menunggu · tunggu · ditunggu · sebelumnya · hubungi · telepon · batal · batalkan · membatalkan · pengembalian
       · refund · keluhan · komplain · aduan · lebih buruk · jika · kalau · jangan · tanpa · berapa · segera · tiada
       · enggak · nggak · keduanya · kecil · merah · biru · hitam · putih · besok · hari ini · menantikan
       · saya tunggu · lalu sekarang`,
    ),
    greetings: list(
      `halo · hai · hallo · selamat pagi · selamat siang · selamat sore · selamat malam · selamat petang · selamat tengah hari · salam · yth · yth. · kepada yth · kepada yth. · dengan hormat · dear · bapak · ibu
       · assalamualaikum · assalamu'alaikum · tuan · puan · yang terhormat · salam sejahtera · hi · pagi · siang · sore · malam`,
    ),
  },
};
