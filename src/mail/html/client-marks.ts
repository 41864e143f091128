/**
 * Where a mail client's own HTML says that the quoted history begins. Only containers that swallow all of the history;
 * plain blockquotes become `>` lines and are judged as text, because people answer between and below them.
 */

/** No container stands further in than this in a reply that anybody reads. In characters. */
const SEARCHED = 2_000_000;

const CONTAINERS: readonly RegExp[] = [
  // Gmail: <div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">On Mon, …
  /<(?:div|blockquote)\b[^<>]{0,200}\bclass=["']?[^"'<>]{0,60}\bgmail_quote\b/i,
  // Outlook on the web and phones: <div id="appendonsend"></div><hr …><div id="divRplyFwdMsg" dir="ltr">From: …
  /<div\b[^<>]{0,100}\bid=["']?(?:x_)?(?:appendonsend|divRplyFwdMsg|mail-editor-reference-message-container|ms-outlook-mobile-body-separator-line)\b/i,
  // Hotmail of old: <hr id="stopSpelling">Date: …
  /<hr\b[^<>]{0,60}\bid=["']?(?:x_)?stopSpelling\b/i,
  // Outlook on the desk: <div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p …><b>From:</b> …
  /<div\b[^<>]{0,60}\bstyle=["']?border:\s?none;\s?border-top:\s?solid\s+#?(?:e1e1e1|b5c4df)/i,
  // Yahoo: <div id="yahoo_quoted_1234" class="yahoo_quoted">
  /<div\b[^<>]{0,100}\b(?:id|class)=["']?yahoo_quoted/i,
  // Proton, Tutanota: <div class="protonmail_quote">  <blockquote class="tutanota_quote">
  /<(?:div|blockquote)\b[^<>]{0,100}\bclass=["']?(?:protonmail_quote|tutanota_quote|front-blockquote|zmail_extra)\b/i,
  // GMX, web.de: <div name="quote" style="margin:10px 5px 5px 10px; …">
  /<div\b[^<>]{0,60}\bname=["']?quote["'\s>]/i,
];

/**
 * @returns index of the first container of quoted history in the HTML, undefined when none is seen
 */
export function quotedHtmlAt(html: string): number | undefined {
  const head = html.slice(0, SEARCHED);
  const places = CONTAINERS.map((pattern) => head.search(pattern)).filter((place) => place >= 0);
  return places.length > 0 ? Math.min(...places) : undefined;
}
