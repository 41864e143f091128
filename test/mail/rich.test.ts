/** The agent's formatting around the words that may leave, and never anything else. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { htmlToText } from "../../src/mail/html/html-text.ts";
import { formatted } from "../../src/mail/html/rich.ts";
import { hostileHtml } from "./html-arbitraries.ts";

describe("formatting is kept", () => {
  test.each([
    ["bold, italic, underlined, struck, code", "a b c d e", "<b>a</b> <em>b</em> <u>c</u> <s>d</s> <tt>e</tt>", "<p><b>a</b> <i>b</i> <u>c</u> <s>d</s> <code>e</code></p>"],
    ["in styles, and taken back there", "a b", '<b>a <span style="font-weight:normal">b</span></b>', "<p><b>a </b>b</p>"],
    ["headings as bold", "Title\n\nText", "<h2>Title</h2><p>Text</p>", "<p><b>Title</b></p>\n<p>Text</p>"],
    ["the signs that clients write in plain text", "please *restart* /it/ _now_", "<p>please <b>restart</b> <i>it</i> <u>now</u></p>", "<p>please <b>restart</b> <i>it</i> <u>now</u></p>"],
    ["a link, whose words are not its address", "see the manual <https://nw.example/m> now", '<p>see <a href="https://nw.example/m">the manual</a> now</p>', '<p>see <a href="https://nw.example/m">the manual</a> now</p>'],
    ["a link on a line of its own in plain text", "the manual\n<https://nw.example/m>", '<a href="https://nw.example/m">the manual</a>', '<p><a href="https://nw.example/m">the manual</a></p>'],
    ["paragraphs that the client has broken", "one two\nthree *four*\n\nfive", "<p>one two three <b>four</b></p><p>five</p>", "<p>one two three <b>four</b></p>\n<p>five</p>"],
    ["lists in lists", "- a\n  - b\n- c", "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>", "<ul>\n<li>a<ul>\n<li>b</li></ul>\n</li>\n<li>c</li></ul>"],
    ["numbers that do not begin with one", "3. a\n4. b", '<ol start="3"><li>a</li><li>b</li></ol>', '<ol start="3">\n<li>a</li>\n<li>b</li></ol>'],
    ["code as it stands", "if (a) {\n  b < c;\n}", "<pre>if (a) {\n  b &lt; c;\n}</pre>", "<pre>if (a) {\n  b &lt; c;\n}</pre>"],
    ["of the lines that say the same only", "a *b*\nother\nc *d*", "<p>a <b>b</b></p><p>words</p><p>c <b>d</b></p>", "<p>a <b>b</b><br>\nother<br>\nc <b>d</b></p>"],
    ["below commands and other lines that were taken out", "*Done*.", "<div>#close</div><div>Hm.</div><div><b>Done</b>.</div>", "<p><b>Done</b>.</p>"],
  ])("%s", (_, text, html, rich) => {
    expect(formatted(text, html)).toBe(rich);
  });

  test("doing it twice changes nothing", () => {
    const text = "Hello,\n\n- a *b*\n- c\n\n1. x\n\nsee the manual <https://nw.example/m>";
    const rich = formatted(text, '<p>Hello,</p><ul><li>a <b>b</b></li><li>c</li></ul><ol><li>x</li></ol><p>see <a href="https://nw.example/m">the manual</a></p>')!;
    expect(rich).toContain("<ul>");
    expect(formatted(text, rich)).toBe(rich);
  });
});

describe("the words are always those of the text", () => {
  test.each([
    ["other words", "All is well.", "<p><b>Nothing</b> is well.</p>"],
    ["a word more", "All is well.", "<p><b>All</b> is very well.</p>"],
    ["a word less", "All is very well.", "<p><b>All</b> is well.</p>"],
    ["without formatting", "All is well.", "<p>All is well.</p>"],
    ["hidden", "All is well.", '<p style="display:none"><b>All</b> is well.</p>'],
    ["in a comment of Outlook's", "All is well.", "<!--[if mso]><p><b>All</b> is well.</p><![endif]-->"],
    ["in a picture", "All is well.", '<img alt="All is well." src="https://t.example/a.png">'],
  ])("%s: no formatting", (_, text, html) => {
    expect(formatted(text, html)).toBeUndefined();
  });

  test("targets that do something, and those that may not be shown, are no links", () => {
    for (const href of ["javascript:alert(1)", " java\tscript:alert(1)", "data:text/html,x", "cid:a", "vbscript:x", "//evil.example", "file:///etc/passwd", "https://", "mailto:"])
      expect(formatted("a *b*", `<b>a</b> <a href="${href}">b</a>`)).toBe("<p><b>a</b> b</p>");
    expect(formatted("a b", '<b>a</b> <a href="https://nw.example/x">b</a>', () => false)).toBe("<p><b>a</b> b</p>");
    expect(formatted("b", `<a href="https://x.example/'&quot;&gt;&lt;script&gt;">b</a>`)).toBe('<p><a href="https://x.example/%27%22%3E%3Cscript%3E">b</a></p>');
  });

  test("any HTML: known elements, no attributes but href and start, the letters of the text", () => {
    const letters = (words: string): string => words.normalize("NFKC").replace(/[^\p{L}\p{N}]/gu, "");
    const element = /^<(?:\/?(?:p|b|i|u|s|code|pre|ul|li|ol|a)|br|a href="(?:https?:|mailto:)[^"<>]*"|ol start="\d+")>$/;
    const check = (text: string, html: string): void => {
      const rich = formatted(text, html);
      if (rich === undefined) return;
      for (const [tag] of rich.matchAll(/<[^<>]*>/g)) expect(tag).toMatch(element);
      const shown = rich.replace(/<[^>]*>/g, "").replace(/&lt;|&gt;|&quot;|&#39;|&nbsp;/g, " ").replace(/&amp;/g, "&");
      expect(letters(shown)).toBe(letters(text.replace(/^\s*(?:\d{1,6}|[a-z])[.)]\s|^\s*o\s/gm, "")));
    };
    fc.assert(
      fc.property(hostileHtml, fc.boolean(), (html, own) => {
        const text = htmlToText(html).text;
        if (/[<[]/.test(text) || /^\s*(?:\d{1,6}|[a-z])[.)]|^\s*o\s/m.test(text)) return;
        check(own ? text : text.replace(/\p{L}/u, "Q"), html);
      }),
      { numRuns: 300 },
    );
  });

  test("bombs take no time", () => {
    const started = performance.now();
    for (const html of ["<b>".repeat(50_000), "<ul><li>".repeat(20_000) + "x", "<div>x</div>".repeat(60_000), `<a href="${"a".repeat(500_000)}">x</a>`, "x".repeat(900_000)])
      formatted("x\n".repeat(5000), html);
    expect(performance.now() - started).toBeLessThan(8000);
  });
});
