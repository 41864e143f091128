/**
 * The elements by which mail programs mark history, its attribution, signatures and forwards in their own HTML. Only
 * what a program itself writes around a whole quoted mail counts. A plain `<blockquote>` says nothing: people answer
 * between and below them, so it becomes `> ` lines that are judged as text.
 *
 * Left out on purpose: Outlook's `appendonsend` and `ms-outlook-mobile-body-separator-line`. Authors type below both.
 */
import { declarations } from "./declarations.ts";
import type { Mark } from "./marks.ts";
import type { HtmlElement } from "./tree.ts";

export type Container = {
  readonly kind: Mark["kind"];
  /** `element`: what stands in it. `rest`: it and all that follows, to the end of the mail or of the quote it stands in. */
  readonly reach: "element" | "rest";
  /** The history stands in blockquotes within it; words after the first of them are answers of the author. */
  readonly answers?: true;
  /** Believed only when a header block (`From: …`, `Sent: …`) stands in it. */
  readonly headed?: true;
};

const history: Container = { kind: "history", reach: "element" };
const historyInQuotes: Container = { kind: "history", reach: "element", answers: true };
const historyBelow: Container = { kind: "history", reach: "rest" };
const headerBelow: Container = { kind: "history", reach: "rest", headed: true };
const attribution: Container = { kind: "attribution", reach: "element" };
const signature: Container = { kind: "signature", reach: "element" };
const forwarded: Container = { kind: "forwarded", reach: "element" };

/** Classes, ids and names, in lower case, without the prefixes of programs that quote one another. */
const BY_NAME: Readonly<Record<string, Container>> = {
  // Gmail, Android, K-9, Mailspring: <div class="gmail_quote gmail_quote_container"><div class="gmail_attr">On Mon, … wrote:<blockquote class="gmail_quote">
  gmail_quote: historyInQuotes,
  gmail_quote_container: historyInQuotes,
  "nylas-quote": historyInQuotes,
  gmail_attr: attribution,
  gmail_signature: signature,
  // Outlook on the web and new Outlook: <hr tabindex="-1"><div id="divRplyFwdMsg" dir="ltr"><b>From:</b> …
  divrplyfwdmsg: historyBelow,
  // New Outlook, Outlook for iOS and Android: <div id="mail-editor-reference-message-container" class="ms-outlook-mobile-reference-message">
  "mail-editor-reference-message-container": history,
  "ms-outlook-mobile-reference-message": history,
  "ms-outlook-mobile-signature": signature,
  // Hotmail of old: <hr id="stopSpelling">Date: …
  stopspelling: historyBelow,
  // Outlook for Mac: <span id="OLK_SRC_BODY_SECTION"><div style="border-top: #b5c4df 1pt solid">From: …
  olk_src_body_section: history,
  // Windows Mail: <div data-signatureblock="true">; see BY_ATTRIBUTE. Outlook on the web: <div id="Signature">
  signature,
  // Apple Mail: <div id="AppleMailSignature">
  applemailsignature: signature,
  "apple-mail-signature": signature,
  // Yahoo: <div id="ydp12ab34yahoo_quoted_2158811873" class="yahoo_quoted">; on iOS <p class="yahoo-quoted-begin">On …<blockquote class="iosymail">
  yahoo_quoted: history,
  yahoo_quote: history,
  "yahoo-quoted-begin": attribution,
  iosymail: history,
  "yahoo-signature": signature,
  // AOL: <div id="aolReplacedBody">
  aolreplacedbody: history,
  // Thunderbird: <div class="moz-cite-prefix">On …<blockquote type="cite">; <div class="moz-forward-container">
  "moz-cite-prefix": attribution,
  "moz-signature": signature,
  "moz-forward-container": forwarded,
  // Zimbra: <hr id="zwchr" data-marker="__DIVIDER__"><div data-marker="__HEADERS__">; see BY_ATTRIBUTE
  zwchr: historyBelow,
  // Proton, Tuta, Skiff
  protonmail_quote: historyInQuotes,
  protonmail_signature_block: signature,
  tutanota_quote: historyInQuotes,
  skiff_quote: historyInQuotes,
  // GMX, web.de: <div name="quote" style="…border-left:2px solid #C3D9E5"><div name="quoted-content">
  "name=quote": history,
  // Zoho: <div class="zmail_extra"><div id="Zm-_Id_-Sgn1">---- On Mon, … wrote ----</div><blockquote>
  zmail_extra: historyInQuotes,
  "zm-_id_-sgn": signature,
  // Roundcube: <p id="reply-intro">On …<blockquote type="cite">; <div id="_rc_sig">
  "reply-intro": attribution,
  _rc_sig: signature,
  // Spark: <div name="messageSignatureSection"> <div name="messageReplySection">On …<blockquote type="cite">
  messagereplysection: historyInQuotes,
  messagesignaturesection: signature,
  // Superhuman, Missive, Front, Newton, Airmail
  "sh-quoted-content": historyInQuotes,
  "sh-signature": signature,
  missive_quote: historyInQuotes,
  missive_signature: signature,
  "front-blockquote": historyInQuotes,
  "front-signature": signature,
  cm_quote: historyInQuotes,
  cm_signature: signature,
  airmail_on: attribution,
  airmail_ext_on: attribution,
  bloop_sign: signature,
  // Open-Xchange (IONOS, mailbox.org): <div class="io-ox-signature">; BlueMail; Samsung: <div id="composer_signature">
  "io-ox-signature": signature,
  bluemail_signature: signature,
  composer_signature: signature,
  // NetEase (163.com, Mail Master), Sina, 139.com, QQ: <blockquote id="isReplyContent">, <div class="ntes-mailmaster-quote">
  isreplycontent: history,
  isforwardcontent: forwarded,
  "ntes-mailmaster-quote": history,
  "ntes-signature": signature,
  origbody: history,
  reply139content: history,
  orimsghtmlseperator: history,
  replysplit: historyBelow,
  // Mail.ru: <div class="mail-quote-collapse"><blockquote data-o-mail-quote-node="1">
  "mail-quote-collapse": historyInQuotes,
};

/** Attributes whose value or mere presence tells. */
const BY_ATTRIBUTE: readonly { name: string; value: RegExp; container: Container }[] = [
  // Zimbra: <div data-marker="__QUOTED_TEXT__"> · <div data-marker="__SIG_PRE__">
  { name: "data-marker", value: /^__(?:QUOTED_TEXT|HEADERS|DIVIDER)__$/i, container: historyBelow },
  { name: "data-marker", value: /^__SIG_/i, container: signature },
  // Gmail's phones: <div data-smartmail="gmail_signature">
  { name: "data-smartmail", value: /^gmail_signature$/i, container: signature },
  // Windows Mail: <div data-signatureblock="true">
  { name: "data-signatureblock", value: /./, container: signature },
  // HCL Verse and Notes: <blockquote data-history-content-modified="1" data-history-expanded="1">----- Original message -----
  { name: "data-history-content-modified", value: /./, container: history },
  { name: "data-history-expanded", value: /./, container: history },
  { name: "data-skiff-mail", value: /^/, container: history },
  // FairEmail: <div fairemail="signature"> · <div fairemail="reference">On …
  { name: "fairemail", value: /^signature$/i, container: signature },
];

/**
 * Prefixes that programs put before names of mail they quote: `x_gmail_quote` (Outlook), `gmail-m_-4184divRplyFwdMsg`
 * (Gmail), `yiv3306508764yahoo_quoted`, `ydp4ec1323dyahoo_quoted` (Yahoo), `aolmail_gmail_quote`, `ecxgmail_quote` (Hotmail).
 */
const PREFIX = /^(?:x_|gmail-|m_-?\d{1,25}|yiv\d{1,15}|ydp[0-9a-f]{6,9}|aolmail_|ecx){1,6}/;
/** `yahoo_quoted_2158811873` · `Zm-_Id_-Sgn1` · `bloop_sign_1506602` · `sig29435934` (Fastmail) */
const NUMBER = /_?\d{1,15}$/;

/** What an element marks; undefined for nearly all of them. */
export function containerOf(element: HtmlElement, ruled: boolean): Container | undefined {
  const { attributes } = element;
  if (attributes === undefined) return undefined;
  // Outlook on the desk: <div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p><b>From:</b>
  // Windows Mail: <div style="padding-top:5px; border-top-color:rgb(229,229,229); border-top-width:1px; border-top-style:solid">
  if (ruled && (element.name === "div" || element.name === "p")) return headerBelow;
  for (const { name, value, container } of BY_ATTRIBUTE) {
    const found = attributes[name];
    if (found !== undefined && value.test(found)) return container;
  }
  return (
    byName(attributes["id"]) ??
    byName(attributes["class"]) ??
    byName(attributes["name"]) ??
    quoteByName(attributes["name"])
  );
}

function byName(value: string | undefined): Container | undefined {
  if (value === undefined || value === "") return undefined;
  for (const token of value.slice(0, 500).toLowerCase().split(/\s+/)) {
    const bare = token.replace(PREFIX, "");
    for (const name of [token, bare, bare.replace(NUMBER, "")]) if (Object.hasOwn(BY_NAME, name)) return BY_NAME[name];
    if (/^sig\d{5,12}$/.test(bare)) return signature;
  }
  return undefined;
}

const quoteByName = (name: string | undefined): Container | undefined =>
  name === "quote" ? BY_NAME["name=quote"] : undefined;

/** Whether an element marks anything but a signature, or is a header block by its line: such a table lays out. */
export function isHistoryLike(element: HtmlElement): boolean {
  const { attributes } = element;
  if (attributes === undefined) return false;
  const container = containerOf(element, declarations(attributes["style"] ?? "").has("border-top"));
  return container !== undefined && container.kind !== "signature";
}

/** Gmail writes a forward into the container of a reply; its first line has dashes: `---------- Forwarded message ---------` */
export function isForwardHeading(text: string): boolean {
  return /^\s*[-‐]{6,12}\s?[^\n-]{4,60}\s?[-‐]{6,12}\s*(?:\n|$)/.test(text.slice(0, 200));
}

/**
 * Whether lines are the header block of a quoted mail in whatever language: three labels at least, each before a colon,
 * one of them with an address or two with words after it.
 *
 *   From: Maria Santos <maria@home.example>
 *   Sent: Monday, 23 November 2026 10:02
 *   To: Northwind Support
 */
export function isHeaderBlock(text: string): boolean {
  const lines = text
    .slice(0, 3000)
    .split("\n", 14)
    .filter((line) => line.trim() !== "");
  const first = lines.findIndex((line) => !/^_{10,}$/.test(line));
  const labelled = lines
    .slice(Math.max(0, first), first + 8)
    .filter((line) => /^\s*\*?[\p{L}][\p{L} .'’-]{0,24}\*?\s?[:：]\*?\s{0,4}\S/u.test(line));
  return labelled.length >= 3;
}
