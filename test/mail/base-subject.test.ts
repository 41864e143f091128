/** RFC 5256 section 2.1 step by step, and the prefixes of other languages. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { baseSubject } from "../../src/mail/base-subject.ts";
import { ALL_WORDS } from "../../src/mail/words/all.ts";

describe("base subject by RFC 5256", () => {
  test.each([
    // Step 1: tabs, folds and runs of spaces.
    ["Cannot \t log\r\n in", "Cannot log in"],
    // Step 2: subj-trailer.
    ["Cannot log in (fwd)", "Cannot log in"],
    ["Cannot log in (FWD) (fwd)  ", "Cannot log in"],
    // Step 3: subj-leader = *subj-blob subj-refwd.
    ["re: Cannot log in", "Cannot log in"],
    ["RE : Cannot log in", "Cannot log in"],
    ["Fw: FWD: Cannot log in", "Cannot log in"],
    ["Re[2]: Cannot log in", "Cannot log in"],
    ["Re [desk]: Cannot log in", "Cannot log in"],
    ["[desk] Re: Cannot log in", "Cannot log in"],
    ["[desk] [urgent] Re: Cannot log in", "Cannot log in"],
    ["Fwd: [desk] Re: Cannot log in", "Cannot log in"],
    // Step 4: a blob goes when something is left, and only then.
    ["[desk] Cannot log in", "Cannot log in"],
    ["[desk]", "[desk]"],
    ["Re: [desk]", "[desk]"],
    ["[desk][urgent]", "[urgent]"],
    ["[desk [urgent]] in", "[desk [urgent]] in"],
    // Step 5: again, until nothing is left to take.
    ["Re: [a] Re: [b] Fwd: [c] Cannot log in", "Cannot log in"],
    // Step 6: subj-fwd.
    ["[Fwd: Cannot log in]", "Cannot log in"],
    ["[fwd: [Fwd: Re: Cannot log in (fwd)]]", "Cannot log in"],
    ["Re: [Fwd: Cannot log in] (fwd)", "Cannot log in"],
    // What is no prefix stays.
    ["Re Cannot log in", "Re Cannot log in"],
    ["Regarding: the invoice", "Regarding: the invoice"],
    ["(fwd) of what?", "(fwd) of what?"],
    ["Ang: fakturan", "Ang: fakturan"],
    ["Answer: 42", "Answer: 42"],
    ["Wien: Lieferung", "Wien: Lieferung"],
    ["Research: a question", "Research: a question"],
    ["Reset my password", "Reset my password"],
    ["Re (3): Re^4: Cannot log in", "Cannot log in"],
    ["[desk] Re: [NW-48201] Cannot log in", "Cannot log in"],
    ["Re:", ""],
    ["", ""],
  ])("%j", (subject, base) => {
    expect(baseSubject(subject)).toBe(base);
  });
});

test.each([
  ["Antw: SV: VS: Odp: Ynt: Cannot log in", "Cannot log in"],
  ["Réf : RV: TR : ENC: RES: Cannot log in", "Cannot log in"],
  ["AW: WG: Anmeldung", "Anmeldung"],
  ["Antwort: Re: Anmeldung", "Anmeldung"],
  ["TR : RE : Connexion", "Connexion"],
  ["RV: Re: Acceso", "Acceso"],
  ["R: I: Accesso", "Accesso"],
  ["RES: ENC: Acesso", "Acesso"],
  ["SV: VB: Inloggning", "Inloggning"],
  ["VS: VL: Kirjautuminen", "Kirjautuminen"],
  ["Odp: PD: Logowanie", "Logowanie"],
  ["YNT: İLT: Giriş", "Giriş"],
  ["Отв: Пересл: Вход", "Вход"],
  ["ΑΠ: ΠΡΘ: Σύνδεση", "Σύνδεση"],
  ["回复：转发：登录", "登录"],
  ["RE: 返信: ログイン", "ログイン"],
  ["답장: 전달: 로그인", "로그인"],
  ["תגובה: כניסה", "כניסה"],
  ["رد: دخول", "دخول"],
  ["Trả lời: Đăng nhập", "Đăng nhập"],
])("prefixes of other languages: %s", (subject, base) => {
  expect(baseSubject(subject)).toBe(base);
});

test("whatever is put in front or behind, and however often, the base stays", () => {
  const prefixes = ALL_WORDS.flatMap(({ replyPrefixes }) => replyPrefixes.slice(0, 1)).map((prefix) => `${prefix}: `);
  const wrap = fc.constantFrom(
    ...prefixes.map((prefix) => (subject: string) => prefix + subject),
    (subject: string) => `${subject} (fwd)`,
    (subject: string) => `[desk] ${subject}`,
    (subject: string) => `[Fwd: ${subject}]`,
  );
  fc.assert(
    fc.property(fc.array(wrap, { maxLength: 12 }), (wraps) => {
      const subject = wraps.reduce((text, put) => put(text), "Cannot log in");
      expect(baseSubject(subject)).toBe("Cannot log in");
      expect(baseSubject(baseSubject(subject))).toBe(baseSubject(subject));
    }),
  );
});
