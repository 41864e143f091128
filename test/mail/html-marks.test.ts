/** What mail programs say in their own HTML: containers of history, attributions, signatures and forwards. */
import { describe, expect, test } from "vitest";
import { htmlToText } from "../../src/mail/html/html-text.ts";

/** Marks as `kind: first words`, in order. */
function marksOf(html: string): string[] {
  const { text, marks } = htmlToText(html);
  return marks.map(({ kind, from, to }) => `${kind}: ${text.slice(from, to).replace(/\s+/g, " ").slice(0, 40).trim()}`);
}
/** What is left of the text outside of all marks, in one line. */
function unmarked(html: string): string {
  const { text, marks } = htmlToText(html);
  let rest = "";
  let at = 0;
  for (const { from, to } of marks) {
    rest += text.slice(at, from);
    at = to;
  }
  return (rest + text.slice(at)).replace(/\s+/g, " ").trim();
}

const WROTE = "On Mon, 23 Nov 2026 at 10:02, Northwind wrote:";
const BLOCK = "<b>From:</b> Northwind &lt;support@nw.example&gt;<br><b>Sent:</b> Monday, 23 November 2026 10:02<br><b>To:</b> Maria<br><b>Subject:</b> Printer";

describe("history that programs mark: only the new words are left", () => {
  test.each<[string, string]>([
    ["Gmail", `<div dir="ltr">New</div><br><div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">${WROTE}<br></div><blockquote class="gmail_quote">Old</blockquote></div>`],
    ["Android, K-9", `<p>New</p><div class="gmail_quote">${WROTE}<br type="attribution"><blockquote class="gmail_quote">Old</blockquote></div>`],
    ["Gmail of old", `<div>New</div><div class="gmail_extra"><br><div class="gmail_quote">${WROTE}<br><blockquote class="gmail_quote">Old</blockquote></div><br></div>`],
    ["Outlook on the web", `<div>New</div><div id="appendonsend"></div><hr tabindex="-1" style="display:inline-block;width:98%"><div id="divRplyFwdMsg" dir="ltr">${BLOCK}<div>&nbsp;</div></div><div>Old</div>`],
    ["Outlook for phones", `<div>New</div><div id="mail-editor-reference-message-container" class="ms-outlook-mobile-reference-message"><hr><div>${BLOCK}</div><div>Old</div></div>`],
    ["Outlook on the desk", `<div class="WordSection1"><p class="MsoNormal">New</p><div><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p class="MsoNormal">${BLOCK}</p></div></div><p class="MsoNormal">Old</p></div>`],
    ["Outlook 2010", `<p class=MsoNormal>New</p><div style='border:none;border-top:solid #B5C4DF 1.0pt;padding:3.0pt 0in 0in 0in'><p class=MsoNormal>${BLOCK}</p></div><p class=MsoNormal>Old</p>`],
    ["Windows Mail", `<div>New</div><div style="padding-top: 5px; border-top-color: rgb(229, 229, 229); border-top-width: 1px; border-top-style: solid;">${BLOCK}</div><div>Old</div>`],
    ["Outlook for Mac", `<div>New</div><span id="OLK_SRC_BODY_SECTION"><div>${BLOCK}</div><div>Old</div></span>`],
    ["Hotmail", `New<hr id="stopSpelling">Date: Mon, 23 Nov 2026<br>Subject: x<br>Old`],
    ["Apple Mail", `<div>New</div><div><br>${WROTE}<br><br></div><blockquote type="cite"><div>Old</div></blockquote>`],
    ["Thunderbird", `New<br><div class="moz-cite-prefix">${WROTE}<br></div><blockquote type="cite" cite="mid:1@nw.example">Old</blockquote>`],
    ["Yahoo", `<div class="ydp12ab34cdyahoo-style-wrap">New</div><div id="ydp12ab34cdyahoo_quoted_123456" class="ydp12ab34cdyahoo_quoted"><div>${WROTE}</div><div>Old</div></div>`],
    ["Yahoo on iOS", `New<p class="yahoo-quoted-begin">${WROTE}</p><blockquote class="iosymail"><div>Old</div></blockquote>`],
    ["Zimbra", `<div>New</div><hr id="zwchr" data-marker="__DIVIDER__"><div data-marker="__HEADERS__">${BLOCK}</div><br><div data-marker="__QUOTED_TEXT__">Old</div>`],
    ["Proton", `<div>New</div><div class="protonmail_quote">${WROTE}<br><br><blockquote class="protonmail_quote" type="cite">Old</blockquote><br></div>`],
    ["Tuta", `<div>New</div><div>${WROTE}<br></div><blockquote class="tutanota_quote">Old</blockquote>`.replace(`<div>${WROTE}<br></div>`, "")],
    ["GMX and web.de", `New<div name="quote" style="border-left:2px solid #C3D9E5"><div>${BLOCK}</div><div name="quoted-content">Old</div></div>`],
    ["Zoho", `<div>New</div><div class="zmail_extra"><div id="Zm-_Id_-Sgn1">---- On Mon, 23 Nov 2026 wrote ----</div><blockquote>Old</blockquote></div>`],
    ["Spark", `<div name="messageBodySection">New</div><div name="messageReplySection">${WROTE}<blockquote type="cite">Old</blockquote></div>`],
    ["Superhuman", `<div>New</div><div class="sh-quoted-content"><div class="gmail_quote">${WROTE}<br><blockquote class="gmail_quote">Old</blockquote></div></div>`],
    ["Missive", `<div>New</div><div class="missive_quote"><blockquote type="cite">Old</blockquote></div>`],
    ["HCL Verse", `<div>New</div><blockquote data-history-content-modified="1" data-history-expanded="1">----- Original message -----<br>${BLOCK}<br>Old</blockquote>`],
    ["NetEase", `New<br><blockquote id="isReplyContent">Old</blockquote>`],
    ["Mail Master", `<div>New</div><div class="ntes-mailmaster-quote"><div>---- Replied Message ----</div>Old</div>`],
    ["Mail.ru", `<div>New</div><div class="mail-quote-collapse"><blockquote><div>${WROTE}</div>Old</blockquote></div>`],
    ["Roundcube", `<p>New</p><p id="reply-intro">${WROTE}</p><blockquote type="cite">Old</blockquote>`],
    ["names that Outlook prefixed", `<div>New</div><hr><div id="x_divRplyFwdMsg">${BLOCK}</div><div>Old</div>`],
    ["names that Gmail prefixed", `<div>New</div><div id="gmail-m_-4184divRplyFwdMsg">${BLOCK}</div><div>Old</div>`],
  ])("%s", (_, html) => {
    expect(unmarked(html)).toBe("New");
    const { text, marks } = htmlToText(html);
    expect(text).toContain("Old");
    expect(marks.map(({ kind }) => kind)).toContain("history");
  });
});

describe("attributions are told apart from the history below", () => {
  test.each([
    `<div>New</div><div class="gmail_quote"><div class="gmail_attr">${WROTE}</div><blockquote class="gmail_quote">Old</blockquote></div>`,
    `<div>New</div><div class="protonmail_quote">${WROTE}<blockquote class="protonmail_quote">Old</blockquote></div>`,
    `New<div class="moz-cite-prefix">${WROTE}</div><blockquote type="cite">Old</blockquote>`,
  ])("%s", (html) => expect(marksOf(html)).toEqual([`attribution: ${WROTE.slice(0, 39)}`, "history: > Old"]));
});

describe("an author's words in a program's container do not vanish", () => {
  test("answers between the quotes of Gmail's container", () => {
    const html = `<div>Hello</div><div class="gmail_quote"><div class="gmail_attr">${WROTE}</div><blockquote class="gmail_quote">Which printer?</blockquote><div>The grey one.</div><blockquote class="gmail_quote">Since when?</blockquote><div>Since Monday.</div></div>`;
    expect(unmarked(html)).toBe("Hello The grey one. > Since when? Since Monday.");
  });
  test("an answer below the quote, in the container", () =>
    expect(unmarked(`<div class="gmail_quote"><div class="gmail_attr">${WROTE}</div><blockquote class="gmail_quote">Old</blockquote>Below</div>`)).toBe("Below"));
  test("a mere signature below the quote is no answer", () =>
    expect(marksOf(`New<div class="gmail_quote"><blockquote class="gmail_quote">Old</blockquote><div class="gmail_signature">Maria</div></div>`)).toEqual(["history: > Old", "signature: Maria"]));
  test("answers between cited quotes: these mark nothing", () =>
    expect(marksOf(`<div class="moz-cite-prefix">${WROTE}</div><blockquote type="cite">One?</blockquote>Yes.<blockquote type="cite">Two?</blockquote>No.`)).toEqual([`attribution: ${WROTE.slice(0, 39)}`]));
  test("words typed below Outlook's appendonsend", () =>
    expect(unmarked(`<div>One</div><div id="appendonsend"></div><div>two</div><hr tabindex="-1"><div id="divRplyFwdMsg">${BLOCK}</div>Old`)).toBe("One two"));
  test("a whole mail in what the program calls a signature", () =>
    expect(unmarked(`<div id="ms-outlook-mobile-signature"><div>Hello,</div><div>it works now.</div></div><hr><div id="divRplyFwdMsg">${BLOCK}</div>Old`)).toBe("Hello, it works now."));
  test("a letter below the line of a signature", () =>
    expect(marksOf(`Hello<div id="Signature">${"<div>One more line of my letter.</div>".repeat(20)}</div>`)).toEqual([]));
  test("a plain blockquote and a cited one without attribution say nothing", () => {
    expect(marksOf("<blockquote>Error 5</blockquote>What is this?")).toEqual([]);
    expect(marksOf('See:<blockquote type="cite">Error 5</blockquote>What is this?')).toEqual([]);
  });
  test("a line above a table or a footer is no header block", () =>
    expect(marksOf('<p>Hello</p><div style="border-top:solid #E1E1E1 1.0pt">Note: the printer is on the second floor.</div><p>Bye</p>')).toEqual([]));
  test("history within a quote is lines of a quote", () =>
    expect(marksOf(`<blockquote>x<div id="divRplyFwdMsg">${BLOCK}</div></blockquote>My answer`)).toEqual([]));
});

describe("signatures", () => {
  test.each([
    '<div class="gmail_signature" data-smartmail="gmail_signature">Maria</div>', '<div data-smartmail="gmail_signature">Maria</div>', '<div id="Signature">Maria</div>', '<div id="AppleMailSignature" dir="ltr">Maria</div>',
    '<pre class="moz-signature">Maria</pre>', '<div class="protonmail_signature_block">Maria</div>', '<div data-marker="__SIG_PRE__">Maria</div>', '<div id="ms-outlook-mobile-signature">Maria</div>', '<div data-signatureblock="true">Maria</div>',
    '<div class="io-ox-signature">Maria</div>', '<div id="_rc_sig">Maria</div>', '<div name="messageSignatureSection">Maria</div>', '<div id="sig29435934">Maria</div>', '<div id="Zm-_Id_-Sgn">Maria</div>', '<div id="imail_signature" class="ntes-signature">Maria</div>',
  ])("%s", (html) => expect(marksOf(`<div>It works.</div>${html}`)).toEqual(["signature: Maria"]));

  test("one ends where the quoted mail begins", () =>
    expect(marksOf(`Hello<div id="AppleMailSignature">Sent from my phone<div class="gmail_quote"><blockquote class="gmail_quote">Old</blockquote></div></div>`)).toEqual(["signature: Sent from my phone", "history: > Old"]));
});

describe("forwards", () => {
  test.each<[string, string]>([
    ["Gmail", '<div>See below</div><div class="gmail_quote"><div class="gmail_attr">---------- Forwarded message ---------<br>From: Maria<br>Date: Mon<br></div>Old</div>'],
    ["Gmail in French", '<div>See below</div><div class="gmail_quote"><div class="gmail_attr">---------- Message transféré ---------<br>De : Maria<br></div>Old</div>'],
    ["Thunderbird", '<p>See below</p><div class="moz-forward-container">-------- Forwarded Message --------<table class="moz-email-headers-table"><tr><th>Subject: </th><td>Printer</td></tr><tr><th>From: </th><td>Maria</td></tr></table>Old</div>'],
  ])("%s", (_, html) => {
    expect(unmarked(html)).toBe("See below");
    expect(htmlToText(html).marks.map(({ kind }) => kind)).toEqual(["forwarded"]);
  });
});
