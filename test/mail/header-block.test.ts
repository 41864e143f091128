/** The header block over a quoted or forwarded mail, and the dividers above it: every language of the tables, every form. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dividerKind, isClosing, isDivider, isUnderline } from "../../src/mail/reply/dividers.ts";
import { headerBlockAt, readHeaderBlock } from "../../src/mail/reply/header-block.ts";
import { ALL_WORDS } from "../../src/mail/words/all.ts";

const read = (text: string): ReturnType<typeof readHeaderBlock> => readHeaderBlock(text.split("\n"), 0);
const AUTHOR = "Maria Santos <maria@home.example>";

const FORMS: Record<string, string> = {
  "Outlook": `From: ${AUTHOR}\nSent: Monday, November 23, 2026 10:02 AM\nTo: support@nw.example\nSubject: Cold boiler\n\nHello`,
  "no blank below": `From: ${AUTHOR}\nSent: Monday, November 23, 2026 10:02 AM\nTo: support@nw.example\nSubject: Cold boiler\nHello`,
  "stars": `*From:* ${AUTHOR}\n*Sent:* Monday, November 23, 2026 10:02 AM\n*To:* support@nw.example\n*Subject:* Cold boiler\n\nHello`,
  "Markdown": `**From:** ${AUTHOR}\n**Sent:** Monday, November 23, 2026 10:02 AM\n**To:** support@nw.example\n**Subject:** Cold boiler`,
  "Apple's order": `From: ${AUTHOR}\nSubject: Cold boiler\nDate: Monday, November 23, 2026 10:02 AM\nTo: support@nw.example`,
  "Thunderbird's table": `Subject: \tCold boiler\nDate: \tMonday, November 23, 2026 10:02 AM\nFrom: \t${AUTHOR}\nTo: \tsupport@nw.example`,
  "values below": `From:\n${AUTHOR}\nSent:\nMonday, November 23, 2026 10:02 AM\nTo:\nsupport@nw.example\nSubject:\nCold boiler`,
  "paragraphs": `From: ${AUTHOR}\n\nSent: Monday, November 23, 2026 10:02 AM\n\nTo: support@nw.example\n\nSubject: Cold boiler\n\nHello`,
  "blank before the colon": `From : ${AUTHOR}\nSent : Monday, November 23, 2026 10:02 AM\nTo : support@nw.example\nSubject : Cold boiler`,
  "wide colon": `From：${AUTHOR}\nSent：Monday, November 23, 2026 10:02 AM\nTo：support@nw.example\nSubject：Cold boiler`,
  "marks of direction": `\u200fFrom\u200f: ${AUTHOR}\n\u202bSent: Monday, November 23, 2026 10:02 AM\u202c\nTo: support@nw.example\nSubject: Cold boiler`,
  "bars": `| From | ${AUTHOR} |\n| Sent | Monday, November 23, 2026 10:02 AM |\n| To | support@nw.example |\n| Subject | Cold boiler |`,
  "one line (Yahoo)": `From: ${AUTHOR}To: support@nw.exampleSent: Monday, November 23, 2026 10:02 AMSubject: Cold boiler\nHello`,
};

describe("forms of a header block", () => {
  test.each(Object.entries(FORMS))("%s", (_, text) => {
    const fields = read(text)?.fields;
    expect(fields?.from).toBe(AUTHOR);
    expect(fields?.sent).toContain("Monday, November 23, 2026 10:02");
    expect(fields?.to).toBe("support@nw.example");
    expect(fields?.subject).toBe("Cold boiler");
  });

  test("it takes its own lines and no more", () => {
    expect(read(FORMS["Outlook"]!)?.lines).toBe(4);
    expect(read(FORMS["no blank below"]!)?.lines).toBe(4);
    expect(read(FORMS["values below"]!)?.lines).toBe(8);
    expect(read(FORMS["paragraphs"]!)?.lines).toBe(7);
    expect(read(FORMS["one line (Yahoo)"]!)?.lines).toBe(1);
  });

  test("a wrapped list of people and a wrapped subject are put together", () => {
    const block = read(
      `From: ${AUTHOR}\nSent: Monday, November 23, 2026 10:02 AM\nTo: support@nw.example; Tom Baker\n<tom@home.example>; anna@home.example\nCc: eva@home.example,\n  bob@home.example\nSubject: The boiler in the cellar of the second house is cold, since Sunday\nevening\n\nHello`,
    );
    expect(block?.fields.to).toBe("support@nw.example; Tom Baker <tom@home.example>; anna@home.example");
    expect(block?.fields.cc).toBe("eva@home.example, bob@home.example");
    expect(block?.fields.subject).toBe("The boiler in the cellar of the second house is cold, since Sunday evening");
    expect(block?.lines).toBe(8);
  });
});

describe("every language", () => {
  test.each(ALL_WORDS.map((words) => [words.name, words] as const))("%s", (_, { code, fields }) => {
    for (const from of fields.from) {
      for (const sent of fields.sent) {
        // A word that stands for two fields takes the one that is still open.
        if (sent === from || fields.subject.includes(sent)) continue;
        const to = fields.to.find((word) => word !== from && word !== sent);
        const text = `${from}: ${AUTHOR}\n${sent}: 23.11.2026 10:02\n${to}: support@nw.example\n${fields.subject[0]}: Cold boiler\n\nHello`;
        const block = read(text);
        expect(block?.fields, `${text}`).toMatchObject({ from: AUTHOR, sent: "23.11.2026 10:02", subject: "Cold boiler" });
        expect(block?.languages.includes(code) || block?.languages.includes("en"), `${code}: ${text}`).toBe(true);
        expect(headerBlockAt(text.split("\n"), 0)).toBe(true);
      }
    }
  });
});

describe("no header block", () => {
  test.each([
    ["a timetable", "From: Graz\nTo: Vienna\nDate: 23.11.2026\nTwo persons"],
    ["two fields", `From: ${AUTHOR}\nSubject: Cold boiler\nI wrote to you`],
    ["prose", "From: what I can see the pump is broken.\nTo: be sure I looked again.\nThanks"],
    ["an order form", "No: 12\nDate: 23.11.2026\nSubject: Valves"],
    ["fields of three languages", "Von: Maria\nPara: Tom\nTárgy: valves"],
    ["a day without a number", "From: Maria\nSent: yesterday\nSubject: valves"],
  ])("%s", (_, text) => {
    expect(headerBlockAt(text.split("\n"), 0)).toBe(false);
  });
});

describe("dividers", () => {
  test.each([
    ["-----Original Message-----", "original"],
    ["-----Original Message----- From: Maria Santos", "original"],
    ["------- Original Message -------", "original"],
    ["_____ Original Message _____", "original"],
    ["—— Original Message ——", "original"],
    ["------------------ 原始邮件 ------------------", "original"],
    ["-----Message d’origine-----", "original"],
    ["---------- Původní e-mail ----------", "original"],
    ["---------- Forwarded message ---------", "forwarded"],
    ["*---------- Forwarded message ---------*", "forwarded"],
    ["============ Forwarded message ============", "forwarded"],
    ["-------- Weitergeleitete Nachricht --------", "forwarded"],
    ["----- Mensaje reenviado -----", "forwarded"],
    ["--- Forwarded Message ---", "forwarded"],
    ["----- Forwarded by Maria Santos/HQ/ACME on 23.11.2026 10:02 -----", "forwarded"],
    ["-------- Välitetty viesti / Fwd.Msg --------", "forwarded"],
    ["Begin forwarded message:", "forwarded"],
    ["Début du message réexpédié :", "forwarded"],
    ["Anfang der weitergeleiteten Nachricht:", "forwarded"],
  ])("%s", (line, kind) => {
    expect(dividerKind(line)).toBe(kind);
    expect(isDivider(line)).toBe(true);
  });

  test.each([
    "-- ",
    "---",
    "-- Message from Maria",
    "- Forwarded message",
    "The original message was lost.",
    "Original message",
    "forwarded message",
    "Forwarded: yesterday",
    "-----End of forwarded message-----",
    "________________________________",
    "---------- Price list ----------",
  ])("%s is none", (line) => expect(isDivider(line)).toBe(false));

  test("a rule and a closing line", () => {
    expect(isUnderline("________________________________")).toBe(true);
    expect(isUnderline("_____")).toBe(false);
    expect(isClosing("-----End of forwarded message-----")).toBe(true);
    expect(isClosing("-----Forwarded message-----")).toBe(false);
  });

  test("every heading of the tables between dashes", () => {
    const lost = ALL_WORDS.flatMap(({ code, forwardedMessage, originalMessage }) =>
      [...forwardedMessage, ...originalMessage]
        .filter((words) => !isDivider(`-------- ${words} --------`) && !isClosing(`-------- ${words} --------`))
        .map((words) => `${code}: ${words}`),
    );
    expect(lost).toEqual([]);
  });
});

describe("properties", () => {
  const line = fc.oneof(
    fc.string({ maxLength: 80 }),
    fc.constantFrom("", "From: a", "To: b@c.example,", "Date: 1", "Subject:", "  x", "> ", "Cc:", "Sent: 2", "-----", "Von: x"),
  );

  test("nothing throws; a block lies inside of the text and begins with one of its fields", () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 30 }), (lines) => {
        for (let i = 0; i <= lines.length; i++) {
          isDivider(lines[i] ?? "");
          const block = readHeaderBlock(lines, i);
          const inside = !block || (block.lines > 0 && i + block.lines <= lines.length);
          const authored = !block || Boolean(block.fields.from ?? block.fields.sent);
          const known = block !== undefined || !headerBlockAt(lines, i);
          expect({ inside, authored, known }).toEqual({ inside: true, authored: true, known: true });
        }
      }),
      { numRuns: 500 },
    );
  });

  test("two million characters of lines that look like dividers or fields", () => {
    const pieces = ["From: a\n", "From:\n", "From: a\nb\n", "To: a@b.example,\n", `${"-".repeat(299)}x\n`, "----- a b c d e\n", "x:\n", `From: ${"To:".repeat(600)}\n`];
    for (const piece of pieces) {
      const lines = piece.repeat(2_000_000 / piece.length).split("\n");
      const started = performance.now();
      for (let i = 0; i < lines.length; i++) {
        isDivider(lines[i] as string);
        headerBlockAt(lines, i);
      }
      expect(performance.now() - started, `${JSON.stringify(piece.slice(0, 20))}`).toBeLessThan(10_000);
    }
  });
});
