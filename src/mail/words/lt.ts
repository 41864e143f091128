import { list } from "./list.ts";
import type { LanguageWords } from "./types.ts";

export const LT: LanguageWords = {
  code: "lt",
  name: "Lithuanian",
  wrote: list("rašė · parašė · yra parašęs · yra parašiusi · rašėte · parašė tokį laišką · rašė taip"),
  attributionOpeners: list("data · vartotojas · naudotojas"),
  fields: {
    from: list("nuo · siuntėjas"),
    sent: list("išsiųsta · data · siųsta · išsiuntimo data · išsiuntimo laikas · gauta · išsiųstas"),
    to: list("kam · gavėjas · gavėjai · skirta"),
    cc: list("kopija · cc · kopijos · kopija kam"),
    bcc: list("nematoma kopija · nematomoji kopija · slapta kopija · bcc"),
    replyTo: list("atsakyti · atsakymo adresas · atsakyti kam · atsakyti į"),
    subject: list("tema"),
    attachments: list("priedai · priedas"),
    importance: list("svarba · svarbumas · pirmenybė · prioritetas"),
  },
  originalMessage: list(
    "originalus laiškas · pradinis laiškas · pradinis pranešimas · originalus pranešimas · pirminis laiškas · pirminis pranešimas · originali žinutė · pradinė žinutė · laiškas nuo",
  ),
  forwardedMessage: list(
    `persiųstas laiškas · persiųsta žinutė · persiųstas pranešimas · peradresuotas laiškas · peradresuotas pranešimas · persiunčiamas laiškas · persiunčiamas pranešimas
     · persiųsto pranešimo pradžia · persiųsto laiško pradžia · persiunčiamo laiško pradžia · pradėti persiųstą laišką · persiuntė · persiųsto laiško pabaiga · persiųsto pranešimo pabaiga`,
  ),
  sentFrom: list(
    `išsiųsta iš mano {} · išsiųsta iš {} · siųsta iš mano {} · siųsta iš {} · išsiųsta naudojant {} · išsiųsta per {} · išsiųsta su {} · siųsta naudojant {} · siųsta per {}
     · išsiųsta iš mobiliojo telefono · išsiųsta iš telefono · išsiųsta iš mano telefono · išsiųsta iš mobiliojo įrenginio · siųsta iš mobiliojo telefono · siųsta iš telefono
     · išsiųsta iš {} įrenginio · išsiųsta iš {} telefono · gaukite outlook, skirtą {} · gauti outlook, skirtą {} · gaukite „outlook“, skirtą „{}“ · gauti „outlook“, skirtą „{}“
     · gaukite „outlook“, skirtą {} · atsisiųskite outlook, skirtą {} · atsisiųsti „outlook“, skirtą „{}“ · gauti outlook skirtą {} · išsiųsta iš outlook, skirtos {}
     · išsiųsta iš windows pašto · išsiųsta iš windows 10 pašto · išsiųsta iš pašto, skirto windows · išsiųsta iš pašto, skirto windows 10 · išsiųsta iš „windows 10“ skirtos pašto programos
     · išsiųsta iš yahoo mail {} · išsiųsta iš „yahoo mail“, skirtos „{}“ · išsiųsta naudojant proton mail · išsiųsta per saugų proton mail el. paštą · išsiųsta su proton mail
     · išsiųsta iš mano samsung galaxy · išsiųsta iš mano „samsung galaxy“ išmaniojo telefono · išsiųsta iš mano galaxy · išsiųsta iš huawei telefono`,
  ),
  closings: list(
    `pagarbiai · su pagarba · geriausi linkėjimai · geriausių linkėjimų · linkėjimai · nuoširdžiai · nuoširdžiai jūsų · geros dienos · gražios dienos · linkiu geros dienos · ačiū ir geros dienos
     · iš anksto dėkoju · iš anksto ačiū · iš anksto dėkojame · dėkoju · dėkojame · viso geriausio · viso gero · su geriausiais linkėjimais · jūsų · sėkmės · geros savaitės`,
  ),
  outOfOffice: list(
    `automatinis atsakymas · automatinis atsakas · automatinis pranešimas · automatinis laiškas · automatinis atsakymas nuo · autoatsakymas
     · ne biure · nesu biure · esu ne biure · šiuo metu nesu biure · nebūsiu biure · nesu darbe · atostogose · atostogauju · esu atostogose
     · pranešimas apie nebuvimą · nebuvimas · {} nėra biure · {} atostogauja`,
  ),
  undeliverable: list(
    `nepristatyta · nepristatytas · nepristatytas laiškas · nepristatytas pranešimas · nepristatomas · nepristatoma · neįmanoma pristatyti · nepavyko pristatyti · pristatyti nepavyko
     · laiško pristatyti nepavyko · pranešimo pristatyti nepavyko · pristatymo klaida · pristatymas nepavyko · pristatymo būsenos pranešimas · pranešimas apie pristatymo būseną
     · grąžintas laiškas · pristatymas vėluoja · negalima pristatyti · laiškas nepristatytas`,
  ),
  replyPrefixes: list("ats · atsakymas · re"),
  forwardPrefixes: list("persiųsta · persiųsti · pers · fw · fwd"),
  thanks: {
    thanks: list(
      `ačiū · aciu · dėkoju · dekoju · dėkojame · dekojame · dėkui · dekui · labai ačiū · labai aciu · ačiū labai · didelis ačiū · labai dėkoju · labai dėkojame · ačiū jums · ačiū tau · nuoširdžiai dėkoju
       · nuoširdžiai dėkojame · tūkstantis ačiū · nuoširdus ačiū · dėkoju jums · esu dėkingas · esu dėkinga · dėkinga · dėkingas`,
    ),
    around: list(
      `ok · gerai · labai gerai · puiku · puikiai · super · nuostabu · tobula · tobulai · šaunu · fantastika · veikia · jau veikia · dabar veikia · viskas veikia · suveikė · pavyko · išspręsta · problema išspręsta
       · viskas išspręsta · sutvarkyta · viskas sutvarkyta · viskas gerai · viskas tvarkoje · tvarka · dabar · jau · vėl · dar kartą · už · pagalbą · pagalba · jūsų · tavo · greitą · greitas · greita · operatyvią
       · operatyvumą · atsakymą · atsakymas · reakciją · palaikymą · informaciją · informacija · paaiškinimą · paaiškinimus · kantrybę · laiką · skirtą laiką · dėmesį · aptarnavimą · bendradarbiavimą · ir
       · labai · tikrai · visiems · jums · tau · geros · gražios · dienos · vakaro · gero · gražaus · savaitgalio · savaitės · linkiu · linkime · gavau · gavome · supratau · supratome · aišku · jums taip pat
       · taip pat · viską · viskas · tai`,
    ),
    doubt: list(
      `bet · tačiau · ne · nėra · neveikia · vis dar · dar ne · vis tiek · deja · gaila · problemos · kita problema · problemų · klaida · klaidos · sugedo · nepavyko · ar · galite · galėtumėte · galėtum · galima · gali
       · prašau · prašome · prašyčiau · norėčiau · noriu · kada · kodėl · kaip · ką · kas · kur · kuris · kuri · koks · reikia · reikėtų · turiu · kitas · kita · be to · išskyrus · tik · klausimas · klausimą
       · laukiu · laukiame · lauksiu · iš anksto · paskambinkite · atšaukti · grąžinti · grąžinimas · skundas · pretenzija · blogiau · jei · jeigu · niekada · nieko · niekas · trūksta · kiek
       · taip · abu · abi · mažas · vidutinis · raudonas · mėlynas · juodas · baltas · rytoj · šiandien · lauksime
       · o dabar · kas toliau`,
    ),
    greetings: list(
      `sveiki · sveikas · sveika · labas · laba diena · labas rytas · labas vakaras · labą dieną · labą rytą · labą vakarą · gerbiamas · gerbiama · gerbiami · gerb · gerb. · mielas · miela · mieli · ponas
       · ponia · pone`,
    ),
  },
};
