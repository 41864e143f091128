/** HTML as text: what a reader of mail sees, and nothing of what is hidden. */
import { describe, expect, test } from "vitest";
import { htmlToText } from "../../src/mail/html/html-text.ts";

const textOf = (html: string): string => htmlToText(html).text;

describe("blocks and lines", () => {
  test.each<[string, string, string]>([
    ["paragraphs stand apart", "<p>One</p><p>Two</p>", "One\n\nTwo"],
    ["divs are lines", "<div>One</div><div>Two</div>", "One\nTwo"],
    ["an empty div with a break is a blank line", "<div>One</div><div><br></div><div>Two</div>", "One\n\nTwo"],
    ["a break at the end of a block adds nothing", "<div>One<br></div><div>Two</div>", "One\nTwo"],
    ["two breaks are a blank line, ten are one", `One<br><br>Two${"<br>".repeat(10)}Three`, "One\n\nTwo\n\nThree"],
    ["white space collapses", "  One \n\t two  <b> three</b> <i> four </i>", "One two three four"],
    ["Word's paragraphs are lines, its empty ones blank lines", "<p class=MsoNormal>One</p><p class=MsoNormal>Two</p><p class=MsoNormal><o:p>&nbsp;</o:p></p><p class=MsoNormal>Three</p>", "One\nTwo\n\nThree"],
    ["a paragraph without margins is a line", '<p style="margin:0">One</p><p style="margin: 0cm 0cm 0.0001pt">Two</p>', "One\nTwo"],
    ["headings stand apart", "<h2>Order</h2>Text<h3>Next</h3>", "Order\n\nText\n\nNext"],
    ["a rule is Outlook's line of underscores, several are one", "One<hr><hr>Two", `One\n${"_".repeat(32)}\nTwo`],
    ["missing end tags", "<p>One<p>Two<div>Three<p>Four", "One\n\nTwo\n\nThree\n\nFour"],
    ["an end tag in a cell closes nothing around the table", "<div><table><tr><td>One</div></td></tr></table>Two</div>Three", "One\nTwo\nThree"],
  ])("%s", (_, html, text) => expect(textOf(html)).toBe(text));

  test("preformatted text keeps spaces and lines", () => {
    expect(textOf("See:<pre>\n  a  b\n\n\n    c</pre>end")).toBe("See:\n\n  a  b\n\n\n    c\n\nend");
    expect(textOf('<div style="white-space: pre-wrap">a  b\nc</div>')).toBe("a  b\nc");
  });
});

describe("lists and tables", () => {
  test.each<[string, string, string]>([
    ["bullets, nested", "<ul><li>One<li>Two<ul><li>Deep</ul><li>Three</ul>", "- One\n- Two\n  - Deep\n- Three"],
    ["numbers with start, value and type", "<ol start=3><li>c<li value=7>g<li>h</ol><ol type=a><li>x<li>y</ol><ol type=I><li>i<li>ii</ol>", "3. c\n7. g\n8. h\n\na. x\nb. y\n\nI. i\nII. ii"],
    ["lines of an item are indented", "<ul><li><p>One</p><p>more</p></li><li>Two</li></ul>", "- One\n  more\n- Two"],
    ["a list without markers", '<ul style="list-style-type:none"><li>One<li>Two</ul>', "One\nTwo"],
    ["Word's lists are paragraphs", "<p class=MsoListParagraph><![if !supportLists]><span style='mso-list:Ignore'>·<span>&nbsp;&nbsp; </span></span><![endif]>One</p><p class=MsoListParagraph><span style='mso-list:Ignore'>2.<span>&nbsp; </span></span>Two</p>", "- One\n2. Two"],
    ["definitions", "<dl><dt>Term<dd>Meaning</dl>", "Term\n  Meaning"],
    ["data is aligned", "<table><tr><th>Order<th>Article<th>Pieces<tr><td>4711<td>Toner<td>3<tr><td>12<td>Paper, white<td>10</table>", "Order | Article      | Pieces\n4711  | Toner        | 3\n12    | Paper, white | 10"],
    ["labels and values", "<table><tr><td>Name:</td><td>Maria Santos</td></tr><tr><td><p>City:</p></td><td>Porto</td></tr></table>", "Name: Maria Santos\nCity: Porto"],
    ["layout flows", "<table><tr><td><table><tr><td>Hello</td></tr></table></td></tr><tr><td><p>Text</p><p>More</p></td></tr></table>", "Hello\nText\nMore"],
    ["words between the cells are kept", "<table>One<tr><td>a</td><td>b</td></tr><tr>two<td>c</td><td>d</td></tr></table>", "One\na b\ntwo c d"],
    ["one row is a line", "<table><tr><td>Northwind</td><td>+1 202 555 0100</td></tr></table>", "Northwind +1 202 555 0100"],
    ["a presentational table is no data", '<table role="presentation"><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>', "a b\nc d"],
  ])("%s", (_, html, text) => expect(textOf(html)).toBe(text));
});

describe("links and pictures", () => {
  test.each<[string, string, string]>([
    ["the target stands behind the words", '<a href="https://nw.example/a?b=1&amp;c=2">the page</a>.', "the page <https://nw.example/a?b=1&c=2>."],
    ["once when the words are the target", '<a href="https://www.nw.example/">nw.example</a> <a href="http://nw.example/x">http://nw.example/x</a>', "nw.example http://nw.example/x"],
    ["addresses without mailto", '<a href="mailto:maria@home.example?subject=x">Maria</a> <a href="mailto:a@b.example">a@b.example</a>', "Maria <maria@home.example> a@b.example"],
    ["a number once", '<a href="tel:+12025550100">+1 202 555 0100</a>', "+1 202 555 0100"],
    ["nothing that runs, nor places in the mail", '<a href="javascript:alert(1)">one</a> <a href="data:text/html,x">two</a> <a href="#top">three</a>', "one two three"],
    ["a picture's words", '<img src="cid:1" alt="Printer with a red light">', "[Printer with a red light]"],
    ["an emoji as itself", '<img class="emoji" alt="👍" src="x.png">', "👍"],
    ["no trackers, no spacers, no logos without words", '<img width=1 height=1 alt="open"><img style="width:0px" alt="x"><img src="cid:logo">', ""],
    ["a linked picture", '<a href="https://nw.example/shop"><img alt="Shop" src="s.png"></a>', "[Shop] <https://nw.example/shop>"],
    ["an unclosed link ends at the next", '<a href="https://a.example/">one <a href="https://b.example/">two', "one <https://a.example/> two <https://b.example/>"],
  ])("%s", (_, html, text) => expect(textOf(html)).toBe(text));
});

describe("quotes", () => {
  test.each<[string, string, string]>([
    ["every depth has its >", "<blockquote>One<blockquote>Two</blockquote>One again</blockquote>Answer", "> One\n> > Two\n>\n> One again\n\nAnswer"],
    ["a list in a quote", "<blockquote><ol><li>One<li>Two</ol></blockquote>", "> 1. One\n> 2. Two"],
    ["an indent is no quote", '<blockquote style="margin:0 0 0 40px;border:none;padding:0px">Mine</blockquote>', "Mine"],
    ["quotation marks", "He said <q>no</q>", "He said “no”"],
  ])("%s", (_, html, text) => expect(textOf(html)).toBe(text));
});

describe("characters", () => {
  test.each<[string, string, string]>([
    ["entities of every kind", "&lt;b&gt; &amp;amp; &euro;&#8364;&#x20AC; &hellip; &#150; &xyzzy; &copy 2026 &zwnj;", "<b> &amp; €€€ … – &xyzzy; © 2026"],
    ["what has no width", "soft&shy;hyphen zero&#8203;width &#65279;mark", "softhyphen zerowidth mark"],
    ["joiners within words stay", "می&zwnj;خواهم 👩&zwj;💻", "می\u200cخواهم 👩\u200d💻"],
    ["no-break spaces are spaces", "a&nbsp;&nbsp;b", "a  b"],
    ["neither NUL nor halves of characters", "a\0b &#xD800; \ud83d", "ab \ufffd \ufffd"],
    ["sub and sup are plain", "H<sub>2</sub>O m<sup>2</sup>", "H2O m2"],
    ["right to left", '<div dir="rtl">שלום <b>מריה</b></div>', "שלום מריה"],
    ["a less-than sign is one", "a < b, 1<2 <3", "a < b, 1<2 <3"],
    ["an address that somebody forgot to escape", "Maria <maria@home.example> wrote, see <https://nw.example/x>", "Maria <maria@home.example> wrote, see <https://nw.example/x>"],
  ])("%s", (_, html, text) => expect(textOf(html)).toBe(text));
});

describe("what is hidden stays hidden", () => {
  test.each([
    "<title>no</title>", "<style>no</style>", "<script>no</script>", "<template>no</template>", "<!-- no -->", "<!--[if mso]>no<![endif]-->",
    "<iframe>no</iframe>", "<svg><title>no</title><defs><text>no</text></defs></svg>", "<xml><o:x>no</o:x></xml>", "<select><option>no</select>", "<div hidden>no</div>",
    '<div style="display:none">no</div>', '<div style="DISPLAY : none !important">no</div>', '<span style="visibility:hidden">no</span>', '<div style="font-size:0">no</div>', '<div style="font-size:1px;color:#fff">no</div>',
    '<div style="max-height:0;overflow:hidden">no</div>', '<div style="max-height:0px;font-size:0px;mso-hide:all">no</div>', '<div style="opacity:0">no</div>', '<div style="position:absolute;left:-9999px">no</div>', '<div style="text-indent:-10000px">no</div>',
  ])("%s", (html) => expect(textOf(`<p>yes</p>${html}`)).toBe("yes"));

  test.each<[string, string]>([
    ["size comes back within", '<div style="font-size:0"><span style="font-size:14px">yes</span></div>'],
    ["hidden from Outlook only", '<div style="mso-hide:all">yes</div>'],
    ["shown to all but Outlook", "<!--[if !mso]><!-->yes<!--<![endif]-->"],
    ["revealed to Outlook", "<![if mso]>yes<![endif]>"],
    ["without scripts", "<noscript>yes</noscript>"],
    ["a paragraph ends a drawing that was never closed", "<svg><p>yes"],
    ["opacity and size of an ordinary kind", '<div style="opacity:1;font-size:1em;line-height:1">yes</div>'],
  ])("%s: shown", (_, html) => expect(textOf(html)).toBe("yes"));

  test("a comment, a tag or a style that never ends does not hide the rest", () => {
    expect(textOf("One<!-- two <b>three</b>")).toBe("One two three");
    expect(textOf('One <a href="x>two</a> three')).toBe("One two three");
    expect(textOf("One<style> two")).toBe("One two");
    expect(htmlToText("One<!-- two").simplified).toBe(true);
  });
});
