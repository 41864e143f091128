/** What styles hide: only what is certainly hidden, and never all that a mail says. */
import { describe, expect, test } from "vitest";
import { declarations } from "../../src/mail/html/declarations.ts";
import { htmlToText } from "../../src/mail/html/html-text.ts";
import { sanitizeForConsole } from "../../src/mail/html/sanitize.ts";

/** Beside words that are seen, so that hidden ones are not shown for want of others. */
const beside = (html: string): string => htmlToText(`<p>yes</p>${html}`).text;

describe("seen, although a style looks as if it hid", () => {
  test.each<[string, string]>([
    ["a cell that cuts its words with an ellipsis", '<table><tr><td style="max-width:0;overflow:hidden;text-overflow:ellipsis;white-space:nowrap;width:100%">too</td></tr></table>'],
    ["the height of a cell is its least", '<table><tr><td style="height:0;overflow:hidden">too</td></tr></table>'],
    ["the height of a row is its least", '<table><tr style="height:0px;overflow:hidden"><td>too</td></tr></table>'],
    ["a cell of one pixel", '<table><tr><td style="width:1px;overflow:hidden;white-space:nowrap">too</td></tr></table>'],
    ["a table without width", '<table style="width:0;overflow:hidden"><tr><td>too</td></tr></table>'],
    ["a box that is laid out as a cell", '<div style="display:table-cell;width:0;overflow:hidden">too</div>'],
    ["an inline element has no height", '<span style="height:0;overflow:hidden">too</span>'],
    ["nor a width", '<b style="width:0px;overflow:hidden">too</b>'],
    ["nor a greatest height", '<a style="max-height:0;overflow:hidden">too</a>'],
    ["a block made inline", '<div style="display:inline;height:0;overflow:hidden">too</div>'],
    ["nothing is cut without overflow", '<div style="height:0;max-width:0">too</div>'],
    ["padding around no height", '<div style="height:0;padding-bottom:56.25%;overflow:hidden">too</div>'],
    ["a least height", '<div style="height:0;min-height:40px;overflow:hidden">too</div>'],
    ["a least width", '<div style="width:1px;min-width:100%;overflow:hidden">too</div>'],
    ["a height in percent of nothing known", '<div style="height:0%;overflow:hidden">too</div>'],
    ["a column that grows", '<div style="flex:1 1 0;width:0;overflow:hidden">too</div>'],
    ["left without a position", '<div style="left:-1000px">too</div>'],
    ["top without a position", '<div style="top:-9999px">too</div>'],
    ["above its place in a long mail", '<div style="position:relative;top:-1000px">too</div>'],
    ["an indent that padding takes back", '<p style="text-indent:-1000px;padding-left:1000px">too</p>'],
    ["an indent of an inline element", '<span style="text-indent:-9999px">too</span>'],
    ["a size in the font", '<div style="font-size:0"><span style="font: bold 14px/1.5 Arial">too</span></div>'],
    ["a named size in the font", '<div style="font-size:0"><span style="font:x-large serif">too</span></div>'],
    ["the size of old", '<div style="font-size:0"><font size="2">too</font></div>'],
    ["a size after a font of none", '<div style="font:0/0 a;font-size:14px">too</div>'],
    ["a style that stands in quotes", `<div style='font-family:"a;display:none;b"'>too</div>`],
    ["a style that stands in an address", '<div style="background:url(a;display:none;b)">too</div>'],
    ["a style that stands in a comment", '<div style="/* ;display:none; */color:red">too</div>'],
    ["a later style", '<div style="display:none;display:block">too</div>'],
    ["a weightier style", '<div style="display:block !important;display:none">too</div>'],
    ["a hidden element that a style shows", '<div hidden style="display:block">too</div>'],
    ["words in a drawing", '<svg width="90"><g><text x="1">too</text></g></svg>'],
  ])("%s", (_, html) => expect(beside(html).split(/\s+/)).toEqual(["yes", "too"]));

  test("words of a long paragraph with an indent", () =>
    expect(beside(`<p style="text-indent:-9999px">${"word ".repeat(400)}</p>`)).toContain("word"));
  test("what is visible again in what is not", () =>
    expect(beside('<div style="visibility:hidden">no<b style="visibility:visible">too</b></div>')).toMatch(/^yes\s+too$/));
});

describe("certainly hidden", () => {
  test.each([
    '<span style="display:inline-block;height:0;overflow:hidden">no</span>', '<a style="display:block;max-height:0;overflow:hidden">no</a>', '<td style="display:block;height:0;overflow:hidden">no</td>',
    '<span style="position:absolute;width:1px;height:1px;padding:0;overflow:hidden;clip:rect(0,0,0,0)">no</span>', '<span style="float:left;width:0;overflow:hidden">no</span>', '<div style="max-height:0;max-width:0;overflow:hidden;padding:0 0 0 0">no</div>',
    '<span style="position:absolute;left:-9999em">no</span>', '<span style="position:absolute;top:-9999px">no</span>', '<div style="font:0/0 a">no</div>', '<div style="font-size:14px;font:0px Arial">no</div>',
    '<div style="display:none!important;display:block">no</div>', '<div style="/* preview */ display:none">no</div>', `<div style="font-family:'A;B';display:none">no</div>`,
    '<div style="font-size:0"><b style="visibility:visible">no</b></div>', '<div style="font-size:0"><b style="font-size:inherit">no</b></div>', '<svg><g style="display:none"><text>no</text></g><desc>no</desc></svg>',
  ])("%s", (html) => expect(beside(html)).toBe("yes"));
});

describe("a document in which all words are hidden shows them, and says so", () => {
  test.each<[string, string, string]>([
    ["by a style", '<div style="display:none">The printer is broken.</div>', "The printer is broken."],
    ["by their size", '<div style="font-size:0">The <b>printer</b><br>is broken.</div>', "The printer\nis broken."],
    ["above a rule", '<div style="opacity:0">The printer is broken.</div><hr>', `The printer is broken.\n${"_".repeat(32)}`],
    ["in a quote", '<blockquote><p hidden>The printer is broken.</p></blockquote>', "> The printer is broken."],
  ])("%s", (_, html, text) => {
    expect(htmlToText(html)).toMatchObject({ text, hiddenShown: true });
    expect(sanitizeForConsole(html).html).toContain("printer");
  });

  test.each(["<style>no</style><script>no</script>", "", "<hr>", '<div style="display:none"> </div>', "<p>yes</p><p hidden>no</p>"])("not for %j", (html) => {
    expect(htmlToText(html)).toMatchObject({ hiddenShown: false });
    expect(htmlToText(html).text).not.toContain("no");
    expect(sanitizeForConsole(html).html).not.toContain("no");
  });
});

test("the console shows a drawing's words without the drawing", () =>
  expect(sanitizeForConsole("<p>a<svg onload=x><script>b</script><text>c &lt;b&gt;</text></svg></p>").html).toBe("<p>a c &lt;b&gt;</p>"));

test.each<[string, Record<string, string>]>([
  ["Color:RED; color : blue", { color: "blue" }],
  ["a:1;b:2;a:3", { b: "2", a: "3" }],
  ["a:1 ! important;a:2", { a: "1" }],
  [`a:"x;y\\";z";b:2`, { a: `"x;y\\";z"`, b: "2" }],
  ["a:url(data:image/png;base64,AA==);b:2", { a: "url(data:image/png;base64,aa==)", b: "2" }],
  ["a:1;/* b:2; */c:3", { a: "1", c: "3" }],
  ["a:'never ends;b:2", { a: "'never ends;b:2" }],
  ["a\\;b:2;c:3", { "a\\;b": "2", c: "3" }],
])("declarations of %s", (style, found) => expect(Object.fromEntries(declarations(style))).toEqual(found));

describe("a text is no longer than 2,000,000 characters", () => {
  test.each<[string, string]>([
    ["rules", "<hr>a".repeat(400_000)],
    ["quotes in quotes", `${"<blockquote>".repeat(30)}${"a<br>".repeat(400_000)}`],
    ["one character of two halves at the end", `a${"🙂".repeat(1_000_000)}`],
  ])("%s", (_, html) => {
    const { text, simplified } = htmlToText(html);
    expect(simplified).toBe(true);
    expect(text.length).toBeLessThanOrEqual(2_000_000);
    expect(text.length).toBeGreaterThan(1_900_000);
    expect(text.isWellFormed() && text === text.trimEnd()).toBe(true);
  });
});

test("what stands beyond the bounds keeps its words, and what is not for reading stays unread", () => {
  const open = "<ul><li>".repeat(20_000);
  expect(htmlToText(`${open}one<style>no</style><p>two${"</li></ul>".repeat(20_000)}three<script>no</script>`).text.match(/[a-z]+/g)).toEqual(["one", "two", "three"]);
});
