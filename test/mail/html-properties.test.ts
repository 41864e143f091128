/** Whatever comes, htmlToText gives whole text with marks that fit it, in linear time. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { htmlToText } from "../../src/mail/html/html-text.ts";
import { hostileHtml, readableHtml } from "./html-arbitraries.ts";

describe("for any HTML", () => {
  test("the text is whole and the marks are in it, ordered and apart", () => {
    fc.assert(
      fc.property(fc.oneof(hostileHtml, fc.string({ unit: "binary" })), (html) => {
        const { text, marks } = htmlToText(html);
        expect(text.isWellFormed()).toBe(true);
        expect(text).not.toMatch(/[\0\r]/);
        expect(text).toBe(text.trimEnd());
        let at = 0;
        for (const { from, to } of marks) {
          expect(from).toBeGreaterThanOrEqual(at);
          expect(to).toBeGreaterThan(from);
          expect(text.slice(from, to).trim()).not.toBe("");
          at = to;
        }
        expect(at).toBeLessThanOrEqual(text.length);
      }),
      { numRuns: 2000 },
    );
  });

  test("visible words are in the text, in their order", () => {
    fc.assert(
      fc.property(readableHtml, ({ html, words }) => {
        const text = htmlToText(html).text.replace(/<https:\/\/nw\.example\/>/g, "");
        expect(text.match(/[a-z]+/g) ?? []).toEqual(words);
      }),
      { numRuns: 500 },
    );
  });

  test("reading the text of plain words again changes nothing", () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-z]{1,10}$/), { maxLength: 20 }), (words) => {
        const html = words.map((word) => `<p>${word}</p>`).join("");
        expect(htmlToText(`<pre>${htmlToText(html).text}</pre>`).text).toBe(htmlToText(html).text);
      }),
    );
  });
});

/** CPU time in milliseconds: others may use the machine while this runs. */
function cpu(run: () => unknown): number {
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

const BOMBS: Record<string, string> = {
  "2 MB of paragraphs": "<p>Hello dear world, this is text</p>\n".repeat(54_000),
  "200,000 nested divs": "<div>".repeat(200_000) + "x" + "</div>".repeat(200_000),
  "600,000 open bolds": "<b>".repeat(600_000),
  "200,000 unclosed cells": `<table>${"<td>x".repeat(200_000)}`,
  "100,000 cells in a row": `<table><tr>${"<td><p>x</p></td>".repeat(100_000)}</table>`,
  "100,000 rows": `<table>${"<tr><td>a<td>b".repeat(100_000)}</table>`,
  "tables in tables": "<table><tr><td>x".repeat(60_000),
  "3 MB of blockquotes": "<blockquote>".repeat(250_000),
  "3 MB of blockquotes with lines": "<blockquote>x<br>".repeat(180_000),
  "lines in deep quotes": "<blockquote>".repeat(240) + "x<br>".repeat(400_000),
  "lines in deep lists": "<ul><li>".repeat(120) + "x<br>".repeat(400_000),
  "end tags of others": `<div>${"<b>".repeat(300_000)}${"</div></p>".repeat(100_000)}`,
  "1 MB in an attribute": `<a href="${"x".repeat(1_000_000)}">y</a>`,
  "400,000 attributes": `<a ${"b=c ".repeat(400_000)}>y</a>`,
  "an unclosed comment": `One<!--${"x".repeat(2_000_000)}`,
  "500,000 unclosed comments": "<!--".repeat(500_000),
  "2 MB of <": "<".repeat(2_000_000),
  "2 MB of &": "&".repeat(2_000_000),
  "70,000 containers in one another": '<div class="gmail_quote">x'.repeat(70_000),
  "40,000 containers with answers": '<div class="gmail_quote">x<blockquote>y</blockquote>z</div>'.repeat(40_000),
  "50,000 signatures": 'x<div class="gmail_signature">x</div>'.repeat(50_000),
  "40,000 ruled blocks": '<div style="border-top:solid #E1E1E1 1.0pt">From: x<br>To: y</div>'.repeat(30_000),
  "50,000 links": '<a href="https://nw.example/x">text</a> '.repeat(50_000),
  "links in links in tables": '<table><tr><td><a href="https://nw.example/x">t '.repeat(40_000),
  "2 MB of line ends in pre": `<blockquote><pre>${"\n".repeat(2_000_000)}x`,
  "400,000 rules": "<hr>".repeat(400_000),
};

describe("bombs take less than a second of CPU and give a text of bounded size", () => {
  test.each(Object.entries(BOMBS))("%s", (_, html) => {
    let length = 0;
    expect(
      cpu(() => {
        length = htmlToText(html).text.length;
      }),
    ).toBeLessThan(2000);
    expect(length).toBeLessThan(4_000_000);
  });

  test("and keep their words", () => {
    for (const bomb of ["200,000 nested divs", "an unclosed comment", "3 MB of blockquotes with lines"])
      expect(htmlToText(BOMBS[bomb]!).text).toMatch(/x/);
    expect(htmlToText(BOMBS["200,000 unclosed cells"]!).text.match(/x/g)?.length).toBe(200_000);
    expect(htmlToText(BOMBS["100,000 rows"]!).text.match(/[ab]/g)?.length).toBe(200_000);
    expect(htmlToText(`${"<div>".repeat(300_000)}secret<style>no</style>`).text).toBe("secret");
  });
});
