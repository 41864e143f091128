/** The language of what customers write: right, honest about its doubts, and silent about too little. */
import { describe, expect, test } from "vitest";
import { detectLanguage } from "../../src/mail/language.ts";
import { SENTENCES } from "./language/sentences.ts";

/** What the desk takes for sure (src/desk/language.ts). */
const SURE = 0.8;

describe("whole sentences", () => {
  test.each(Object.entries(SENTENCES))("%s", async (code, sentences) => {
    const seen = await Promise.all(sentences.map(async (text) => ({ text, ...(await detectLanguage(text)) })));
    expect(seen.filter((one) => one.code !== code)).toEqual([]);
    // Related languages leave doubt in short sentences; most are sure all the same.
    expect(seen.filter((one) => (one.confidence ?? 0) >= SURE).length).toBeGreaterThanOrEqual(sentences.length / 2);
  });
});

/** Pieces of sentences of 20 to 150 characters, from every word on: the words of one that writes in a hurry. */
function pieces(sentence: string): readonly string[] {
  const words = sentence.split(" ");
  const cut = words.flatMap((_, from) =>
    [25, 40, 60, 90, 150].map((length) => {
      let text = "";
      for (const word of words.slice(from)) if (text.length + word.length < length) text += ` ${word}`;
      return text.trim();
    }),
  );
  return [...new Set(cut)].filter((text) => text.length >= 20);
}

test("of pieces of 20 characters and more that it is sure of, one in a hundred may be wrong", async () => {
  let sure = 0;
  let all = 0;
  const wrong: string[] = [];
  for (const [code, sentences] of Object.entries(SENTENCES))
    for (const text of sentences.flatMap(pieces)) {
      const seen = await detectLanguage(text);
      all++;
      if ((seen?.confidence ?? 0) < SURE) continue;
      sure++;
      if (seen?.code !== code) wrong.push(`${code}, not ${seen?.code}: ${text}`);
    }
  expect(all).toBeGreaterThan(3000);
  expect(sure / all).toBeGreaterThan(0.75);
  expect(wrong.length / sure, `${wrong.join("\n")}`).toBeLessThan(0.01);
});

describe("too little to tell", () => {
  test.each(["", " \n", "12345", "Ok", "Merci!", "https://shop.example/a/b?c=d", "maria@home.example", "> Quoted words", "😀👍"])(
    "%j",
    async (text) => expect(await detectLanguage(text)).toBeUndefined(),
  );
});

describe("nothing to be sure of", () => {
  test.each([
    "Maria Santos",
    "Maria Santos\nNorthwind Traders GmbH\nBerlin, Germany",
    "iPhone 14 Pro Max 256 GB",
    "Ek kan nie meer aanmeld nie, help my asseblief",
    "Siehe Anhang.",
    "Hvala lepo, sve radi",
    "了解、明日",
  ])("%s", async (text) => expect((await detectLanguage(text))?.confidence ?? 0).toBeLessThan(SURE));
});

test.each([
  ["de", "> Where is my order?\n> Please tell me.\n\nDie Bestellung ist gestern angekommen, vielen Dank."],
  ["fr", "Voici la page : https://shop.example/orders/list?lang=en et mon adresse maria@home.example ne s'affiche pas"],
  ["ja", "詳細はhttps://shop.example/help/loginを見ましたがログインできません。"],
  ["ja", "PDFファイルをWindowsで開けません。"],
  ["zh", "我的 iPhone 无法打开 Northwind 的页面"],
  ["ms", "Saya tidak boleh log masuk ke akaun saya sejak semalam"],
  ["sr", "Не могу више да се пријавим на свој налог од јуче, шта да радим?"],
])("words between other things: %s %j", async (code, text) => {
  const seen = await detectLanguage(text);
  expect(seen?.code).toBe(code);
  expect(seen?.confidence).toBeGreaterThanOrEqual(SURE);
});

test("two scripts in equal parts are never sure", async () => {
  const seen = await detectLanguage("Please call me back this week. Пожалуйста, перезвоните мне на неделе.");
  expect(seen?.confidence ?? 0).toBeLessThan(SURE);
});

test("a storm ends at once: only the beginning is looked at", async () => {
  for (const piece of ["a", "a ", "1", "> \n", "é", "語", "@", "#x "]) {
    const started = performance.now();
    await detectLanguage(piece.repeat(2_000_000 / piece.length));
    expect(performance.now() - started, `with ${piece}`).toBeLessThan(1000);
  }
});
