/** Shapes of HTML, hostile and half right, for the property tests of its readers. */
import fc from "fast-check";

const PIECES = [
  "<p>", "</p>", "<div>", "</div>", "<b>", "</i>", "<br>", "<hr>", "<table>", "<tr>", "<td>", "</td>", "</table>", "<th>", "<ul>", "<ol start=5 type=i>", "<li>", "</ul>", "<pre>", "</pre>",
  "<blockquote>", "</blockquote>", '<blockquote type="cite">', '<blockquote style="border:none">', '<div class="gmail_quote">', '<div class="gmail_attr">', '<div class=gmail_signature>', '<div id="divRplyFwdMsg">', '<div id=Signature>', '<div class="moz-cite-prefix">',
  '<div class="moz-forward-container">', '<div style="border-top:solid #E1E1E1 1.0pt">', "<b>From:</b> a@b.example<br>", "Sent: today<br>", "To: x<br>", "---------- Forwarded message ---------<br>", "On Mon 10:02 x wrote:", '<span style="mso-list:Ignore">',
  '<div style="display:none">', '<span style="font-size:0">', '<div style="white-space:pre">', "<a href='https://nw.example/'>", "</a>", "<a href=\"javascript:alert(1)\">", "<img src=x onerror=alert(1)>", '<img alt="a picture">', "<q>", "<!--", "-->", "<![endif]-->", "<!--[if mso]>", "<![CDATA[", "<?xml",
  "<style>", "</style>", "<script>", "</script>", "<title>", "</title>", "<textarea>", "<svg>", "</svg>", "<math>", "<mtext>", "<mglyph>", "<template>", "<noscript>", "</noscript>", "<xmp>", "</xmp>", "<plaintext>", "<iframe srcdoc='", "<form>", "<base href=//evil.example/>",
  "&amp;", "&lt;script&gt;", "&#x0;", "&#xD800;", "&nbsp;", "&", "<", ">", "\"", "'", "=", "/", "/>", "\0", "\t", "\n", " ", "\u200b", "\u00a0", "\ud83d", "x@y.example>", " onclick=alert(1) ", " style=\"background:url(javascript:alert(1))\"", " href=data:text/html,x ", "word", "schön", "写道：",
];

export const hostileHtml = fc
  .array(fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...PIECES) }, fc.string({ maxLength: 8 }), fc.string({ unit: "binary", maxLength: 6 })), { maxLength: 60 })
  .map((pieces) => pieces.join(""));

const word = fc.stringMatching(/^[a-z]{1,12}$/);

/** HTML in order, with the words that a reader sees in it, in order. */
export const readableHtml: fc.Arbitrary<{ html: string; words: readonly string[] }> = fc
  .array(
    fc.record({
      word,
      around: fc.constantFrom<readonly [string, string]>(
        ["", ""], ["<p>", "</p>"], ["<b>", "</b>"], ["<div><span>", "</span></div>"], ["<blockquote>", "</blockquote>"], ["<ul><li>", "</ul>"], ["<ol><li>", "</li></ol>"], ["<pre>", "</pre>"],
        ["<table><tr><td>", "</td></tr></table>"], ["<h1>", "</h1>"], ["<a href='https://nw.example/'>", "</a>"], ["<div class='gmail_quote'>", "</div>"], ["<o:p>", "</o:p>"], ["<font color=red>", "</font>"], ["<!-- c -->", ""], ["<div style='font-size:12px;margin:0'>", "</div>"],
      ),
    }),
    { maxLength: 25 },
  )
  .map((parts) => ({ html: parts.map(({ word: one, around: [open, close] }) => `${open}${one}${close}`).join(" "), words: parts.map((part) => part.word) }));
