/** Subjects of machines in many languages, and people's subjects that only look like them. */
import { describe, expect, test } from "vitest";
import { isOutOfOffice, isReportSubject, outOfOfficeSubject } from "../../src/mail/subjects.ts";
import { ALL_WORDS } from "../../src/mail/words/all.ts";

describe("subjects that only machines write", () => {
  test.each([
    "Automatic reply: Your order 4711",
    "Auto Reply",
    "Autoreply - your message of Monday",
    "Out of Office: Cannot log in",
    "Out of Office AutoReply: Cannot log in",
    "Out of office until Monday, May 5",
    "[EXTERNAL] Automatic reply: Cannot log in",
    "*** Auto-Reply ***",
    "AUTO: Maria Santos is out of the office (returning 12.05.2027)",
    "Automatische Antwort: Rechnung",
    "Abwesenheitsnotiz: Rückfrage",
    "Nicht im Büro 12.05. bis 20.05.",
    "Réponse automatique : Votre commande",
    "Absence du bureau",
    "Respuesta automática: Su pedido",
    "Fuera de la oficina: Su pedido",
    "Risposta automatica: Ordine",
    "Resposta automática: Pedido",
    "Automatisch antwoord: Bestelling",
    "Autosvar: Beställning",
    "Automatisk svar: Bestilling",
    "Automaattinen vastaus: Tilaus",
    "Odpowiedź automatyczna: Zamówienie",
    "Automatická odpověď: Objednávka",
    "Automatikus válasz: Rendelés",
    "Răspuns automat: Comanda",
    "Otomatik yanıt: Sipariş",
    "Автоматический ответ: Заказ",
    "Автоматична відповідь: Замовлення",
    "Αυτόματη απάντηση: Παραγγελία",
    "תשובה אוטומטית: הזמנה",
    "رد تلقائي: الطلب",
    "自動返信: ご注文",
    "【自動応答】ご注文について",
    "自动回复: 订单",
    "自動回覆：訂單",
    "자동 회신: 주문",
    "ตอบกลับอัตโนมัติ: คำสั่งซื้อ",
    "Trả lời tự động: Đơn hàng",
    // What was answered stands behind the phrase.
    "Abwesend: AW: Rechnung",
    "On vacation Re: Your order",
    "Ausente: [NW-48201] Su pedido",
  ])("%s", (subject) => expect(outOfOfficeSubject(subject)).toBe("sure"));
});

describe("subjects that people may write too", () => {
  test.each([
    "On holiday: please hold my parcel",
    "Abwesend: Tim Berger, Klasse 3b",
    "Absence : Léa Martin",
    "Im Urlaub: Lieferung umleiten",
    "Out of office - how do I set it up?",
    "Re: Automatic reply: Your order",
    "AW: Abwesenheitsnotiz",
    "Nina Weber is on vacation",
    "Afwezig",
  ])("%s", (subject) => {
    expect(outOfOfficeSubject(subject)).toBe("likely");
    expect(isOutOfOffice(subject)).toBe(false);
  });
});

describe("subjects that only mention it", () => {
  test.each([
    "Out of office calendar does not sync",
    "Out of office replies are broken",
    "How do I set an automatic reply?",
    "Automatic reply does not work",
    "Automatic payment: failed twice",
    "Vacation days",
    "Autonomous car",
    "Auto: Versicherung kündigen",
    "Automatikgetriebe: Geräusche",
    "Urlaubsantrag: Freigabe fehlt",
    "Absences are not counted",
    "Our whole team is on vacation: please wait",
    "Semester: fees",
    "Ferienhaus am See",
    "Réponse à votre message",
    "Autorisation: accès refusé",
    "自動車の保険について",
    "自动续费：取消",
    "자동차 보험",
    "Автомобиль: не заводится",
    "",
  ])("%s", (subject) => expect(outOfOfficeSubject(subject)).toBeUndefined());
});

test("the automatic reply of every language is known", () => {
  for (const { code, outOfOffice } of ALL_WORDS) {
    const subject = `${outOfOffice[0] ?? ""}: NW`;
    expect(`${code} ${subject} ${outOfOfficeSubject(subject)}`).toBe(`${code} ${subject} sure`);
  }
});

describe("subjects of delivery reports", () => {
  test.each([
    "Undelivered Mail Returned to Sender",
    "Undeliverable: Your order",
    "Mail delivery failed: returning message to sender",
    "Delivery Status Notification (Failure)",
    "Returned mail: see transcript for details",
    "failure notice",
    "Warning: could not send message for past 4 hours",
    "Unzustellbar: Ihre Bestellung",
    "Non remis : Votre commande",
    "No se puede entregar: Su pedido",
    "Niet bestelbaar: Uw bestelling",
    "Не доставлено: Заказ",
    "配信不能: ご注文",
    "退信：订单",
  ])("%s", (subject) => expect(isReportSubject(subject)).toBe(true));

  test.each(["Delivery on Tuesday", "Delivered to the wrong house", "Lieferung unvollständig", "Warning light"])(
    "not: %s",
    (subject) => expect(isReportSubject(subject)).toBe(false),
  );
});
