import fc from "fast-check";
import { simpleParser } from "mailparser";
import { expect, test } from "vitest";
import { htmlFromText } from "../../../src/desk/notices/notice-html.ts";

const P = '<p style="margin:0 0 1em 0">';

test("paragraphs, line ends, and runs of spaces are kept", () => {
  expect(htmlFromText("One\ntwo\n\n\nThree   four\r\nfive\n")).toBe(
    `${P}One<br>\ntwo</p>\n${P}Three&nbsp;&nbsp; four<br>\nfive</p>`,
  );
  expect(htmlFromText("")).toBe("");
});

test.each([
  ["https://nw.example/a?b=1&c=2", '<a href="https://nw.example/a?b=1&amp;c=2">https://nw.example/a?b=1&amp;c=2</a>'],
  ["(see http://x.example/).", '(see <a href="http://x.example/">http://x.example/</a>).'],
  [
    'https://x.example/"onmouseover="alert(1)',
    '<a href="https://x.example/">https://x.example/</a>&quot;onmouseover=&quot;alert(1)',
  ],
  ["javascript:alert(1)", "javascript:alert(1)"],
  ["https://", "https://"],
  ["<b>&'\"", "&lt;b&gt;&amp;&#39;&quot;"],
])("%s", (text, html) => {
  expect(htmlFromText(text)).toBe(`${P}${html}</p>`);
});

test("of the mails that we have prepared, the word becomes the link, also inside a line with others", () => {
  const prepared = [
    { label: "take", url: "mailto:a@b.example?subject=x&body=y" },
    { label: "close", url: "mailto:a@b.example?subject=z" },
  ];
  expect(
    htmlFromText(
      `Mails: ${prepared.map(({ label, url }) => `${label} <${url}>`).join("  ")} or http://x.example`,
      prepared,
    ),
  ).toBe(
    `${P}Mails: <a href="mailto:a@b.example?subject=x&amp;body=y">take</a>&nbsp; ` +
      '<a href="mailto:a@b.example?subject=z">close</a> or <a href="http://x.example">http://x.example</a></p>',
  );
  expect(htmlFromText("take <mailto:eve@evil.example?subject=x>", prepared)).not.toContain("<a");
});

test("indented lines are a quoted block, one level deep, however deep the indent", () => {
  expect(htmlFromText("Before\n  a\n\n      b\nAfter").replaceAll(/ style="[^"]*"/g, "")).toBe(
    "<p>Before</p>\n<blockquote>\n<p>a</p>\n<p>&nbsp;&nbsp;&nbsp; b</p>\n</blockquote>\n<p>After</p>",
  );
  expect(() => htmlFromText(`${" ".repeat(50_000)}x`)).not.toThrow();
});

test("whatever the text is, no tag comes out of it", async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: "grapheme", maxLength: 200 }), async (text) => {
      const tags = htmlFromText(text).match(/<[^>]*>/g) ?? [];
      expect(tags.filter((tag) => !/^<(?:\/?p|\/?blockquote|br|\/a|a href="https?:)/.test(tag))).toEqual([]);
    }),
  );
  const parsed = await simpleParser(`Content-Type: text/html; charset=utf-8\r\n\r\n${htmlFromText("Grüße <3\n\nok")}`);
  expect(parsed.text).toBe("Grüße <3\n\nok");
});
