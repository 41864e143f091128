/** Reading reports: what servers say in codes and in words, for any input and at any size. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { hostileText } from "./arbitraries.ts";
import { meaningOf } from "../../src/mail/report/meaning.ts";
import { outcomeIn } from "../../src/mail/report/outcome.ts";
import { recipientsInWords } from "../../src/mail/report/prose.ts";
import { readReports } from "../../src/mail/report/reports.ts";
import { mostTelling, replyCodeIn, statusesIn, statusOf } from "../../src/mail/report/status.ts";
import type { EmailAddress, NatureJudgement } from "../../src/mail/types.ts";

const REPORT: NatureJudgement = { nature: "delivery-report", because: "a test" };
const LETTER: NatureJudgement = { nature: "correspondence", because: "a test" };

describe("codes", () => {
  test.each([
    ["550-5.7.26 unauthenticated", ["5.7.26"]],
    ["sorry (#5.1.1) from [5.1.1.7] on 5.11.2024 by sendmail 8.14.4", ["5.1.1"]],
    ["554 4.4.7 expired <421 4.4.2 timeout>", ["4.4.7", "4.4.2"]],
    ["version 5.5.2657.72 of v5.5.1", []],
  ])("%s", (text, codes) => expect(statusesIn(text)).toEqual(codes));

  test.each([
    ["host mx said: 550 no such user", "550"],
    ["ResponseCode 421, host not reachable", "421"],
    ["<<< 452 later", "452"],
    ["tried for 480 minutes and sent 550 bytes", undefined],
    ["id 1550 of room x451y", undefined],
  ])("reply code in %s", (text, code) => expect(replyCodeIn(text)).toBe(code));

  test("the code that gives a reason is preferred to one that does not", () => {
    expect(mostTelling(["5.0.0", "4.4.7", "5.1.0", "5.2.2", "5.1.1"])).toBe("5.2.2");
    expect(statusOf({ field: "4.4.7", diagnostic: "smtp; 450 4.7.1 greylisted", action: "failed" })).toBe("4.7.1");
    expect(statusOf({ field: "5.0.0", diagnostic: "smtp; 550 5.0.0 no", said: "550 5.1.1 no", action: "failed" })).toBe("5.0.0");
    expect(statusOf({ field: "5.0.0", said: "(#5.2.1)", action: "failed" })).toBe("5.2.1");
  });

  test.each([
    ["550 user unknown", "failed", "5.1.1"],
    ["452 the mailbox is full", "failed", "4.2.2"],
    ["552 gone away", "failed", "5.2.2"],
    ["this message has been in the queue too long", "failed", "5.4.7"],
    ["this message has been in the queue too long", "delayed", "4.4.7"],
    ["an odd thing happened", "failed", "5.0.0"],
    ["an odd thing happened", "unknown", undefined],
  ] as const)("without an enhanced code, %s (%s) is %s", (said, action, code) => {
    expect(statusOf({ said, action })).toBe(code);
  });
});

describe("words", () => {
  test.each([
    ["User mailbox exceeds allowed size", "2.2"],
    ["Postfach ist voll", "2.2"],
    ["Message size exceeds fixed maximum message size", "3.4"],
    ["This account has been suspended", "2.1"],
    ["Relaying denied", "7.1"],
    ["DNS lookup failure: host a.example not found", "1.2"],
    ["Remote host said: 550 unknown", undefined],
    ["The recipient name is not recognized", "1.1"],
    ["Benutzer unbekannt", "1.1"],
    ["пользователь не найден", "1.1"],
    ["宛先のメールボックスが一杯", "2.2"],
    ["Connection refused", "4.1"],
    ["too many hops", "4.6"],
    ["thank you for your patience", undefined],
  ])("%s means %s", (words, detail) => expect(meaningOf(words)).toBe(detail));

  test.each([
    ["Delivery Status Notification (Delay)", "It will be retried for two more days", "delayed"],
    ["Delayed Mail (still being retried)", "Your message could not be delivered for 4 hours", "delayed"],
    ["Undelivered Mail", "This is a permanent error; I've given up.", "failed"],
    ["Unzustellbar: Frage", "Ihre Nachricht konnte nicht zugestellt werden", "failed"],
    ["Successful Mail Delivery Report", "Your message was successfully delivered", "delivered"],
    ["A note", "Nothing of interest", "unknown"],
  ] as const)("%s: %s", (subject, words, action) => expect(outcomeIn(subject, words, undefined)).toBe(action));
});

describe("recipients in words", () => {
  const known = { senders: ["support@nw.example" as EmailAddress], recipients: [] };
  const named = (words: string): string[] => recipientsInWords(words, known).map(({ recipient }) => recipient);

  test.each([
    ["Failed Recipient: maria@home.example\nReason: none", ["maria@home.example"]],
    ["Recipient: [SMTP:maria@home.example]", ["maria@home.example"]],
    ["A message addressed to 'maria@home.example' failed", ["maria@home.example"]],
    ["收件人邮件地址：maria@home.example", ["maria@home.example"]],
    ["Maria Santos (maria@home.example)\nTom Berg<mailto:tom@office.example>", ["maria@home.example", "tom@office.example"]],
    ["From support@nw.example to maria@home.example: refused. Ask postmaster@hub.example.", ["maria@home.example"]],
    ["To: maria@home.example\nCc: tom@office.example\nSubject: x\n\ndid not reach:\n\n  tom@office.example", ["tom@office.example"]],
    ["nobody is named here", []],
  ])("%s", (words, addresses) => expect(named(words)).toEqual(addresses));
});

describe("for any input", () => {
  const part = fc.record({
    contentType: fc.constantFrom(
      "message/delivery-status",
      "message/feedback-report",
      "message/disposition-notification",
      "message/rfc822",
      "text/rfc822-headers",
      "text/plain",
    ),
    content: hostileText.map((text) => Buffer.from(text)),
    sha256: fc.constant(""),
    inline: fc.boolean(),
  });

  test("a report is read without an exception, and every status is one", () => {
    fc.assert(
      fc.property(hostileText, fc.array(part, { maxLength: 3 }), fc.constantFrom(REPORT, LETTER), (text, files, judged) => {
        const message = { headers: [{ name: "subject", value: text.slice(0, 40) }], subject: text.slice(0, 40) };
        const { deliveryReport, nature } = readReports(message, judged, { text, files });
        expect(nature.because).not.toBe("");
        for (const { status } of deliveryReport?.each ?? []) expect(status ?? "5.0.0").toMatch(/^[245]\.\d\.\d{1,3}$/);
        expect(deliveryReport?.permanent === true && deliveryReport.action !== "failed").toBe(false);
      }),
      { numRuns: 500 },
    );
  });
});

describe("a text of two million characters", () => {
  const SIZE = 2_000_000;
  const STORMS = ["a", "@", "a@b.example ", "<a@b.example>:\n", "to a@b.example\n", "550 ", "5.1.1 ", "Final-Recipient: rfc822; a@b\n\n", "From: x\n", "-", "- \n", "host unknown ", "mailbox ", "could not be ", "message-id ", "(", "{", '{"notificationType":', "\n", " ", "=3D", "x\n\n"];

  test.each(STORMS)("of %j is read within a second", (piece) => {
    const text = piece.repeat(Math.ceil(SIZE / piece.length)).slice(0, SIZE);
    const files = [{ contentType: "message/delivery-status", content: Buffer.from(text), sha256: "", inline: false }];
    const message = { headers: [], subject: "Undelivered", returnPath: "" };
    const started = performance.now();
    readReports(message, REPORT, { text, files });
    readReports(message, LETTER, { text, files: [] });
    expect(performance.now() - started).toBeLessThan(1000);
  });
});
