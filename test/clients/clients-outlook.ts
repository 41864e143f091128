/**
 * Outlook on the desk (HTML of Word) and on the web: a header block over the quoted mail, no quote marks in the plain text.
 */
import type { Client } from "./client.ts";
import { escaped, file, multipart, type Original, PIXEL, text } from "./client-mime.ts";

const SENT = "Monday, November 23, 2026 11:02 AM";

const fields = ({ name, address, subject }: Original): string =>
  `From: ${name} <${address}>\nSent: ${SENT}\nTo: Ann Lee <ann@nw.example>\nSubject: ${subject}`;

/** The fields as HTML, with their names in bold. */
const fieldsHtml = (original: Original): string =>
  escaped(fields(original))
    .replace(/^(\w+:)/gm, "<b>$1</b>")
    .replaceAll("\n", "<br>\n");

const MSO_HEAD = `<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word" xmlns:m="http://schemas.microsoft.com/office/2004/12/omml" xmlns="http://www.w3.org/TR/REC-html40"><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"><meta name="Generator" content="Microsoft Word 15 (filtered medium)"><!--[if !mso]><style>v\\:* {behavior:url(#default#VML);}
o\\:* {behavior:url(#default#VML);}</style><![endif]--><style><!--
/* Font Definitions */
@font-face {font-family:Calibri; panose-1:2 15 5 2 2 2 4 3 2 4;}
p.MsoNormal, li.MsoNormal, div.MsoNormal {margin:0in; font-size:11.0pt; font-family:"Calibri",sans-serif;}
@list l0:level1 {mso-level-number-format:bullet; mso-level-text:\\F0B7;}
--></style><!--[if gte mso 9]><xml><o:shapedefaults v:ext="edit" spidmax="1026" /></xml><![endif]--></head><body lang="EN-US" link="#0563C1" vlink="#954F72" style='word-wrap:break-word'><div class="WordSection1">`;

const para = (inner: string): string => `<p class="MsoNormal">${inner}<o:p></o:p></p>`;
const EMPTY = '<p class="MsoNormal"><o:p>&nbsp;</o:p></p>';
const item = (inner: string): string =>
  `<p class="MsoListParagraph" style='text-indent:-.25in;mso-list:l0 level1 lfo1'><![if !supportLists]><span style='font-family:Symbol'><span style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;&nbsp; </span></span></span><![endif]>${inner}<o:p></o:p></p>`;

export const outlookDesktop: Client = {
  name: "Outlook on the desk",
  headers: [
    "Thread-Topic: stripes",
    "Thread-Index: AdxcSGmT1Vb2Yw4hQm6m0a5v1m0J5w==",
    "X-Mailer: Microsoft Outlook 16.0",
    "Content-Language: en-us",
    "X-Originating-IP: [10.11.12.13]",
    "X-MS-Exchange-Organization-AuthAs: Internal",
  ],
  body(original) {
    const plain = `#priority high\n#close\n \nHello Maria,\n \nplease restart the scanner now, and then:\n \n*         switch it off\n*         wait ten seconds\n \nThe manual<https://nw.example/manual> says more. [cid:image001.png@01DC5C48.69A0F2C0]\n \nThank you\n \nFrom${fields(original).slice(4)}\n \n${original.text}`;
    const html = [
      MSO_HEAD,
      para("#priority high"),
      para("#close"),
      EMPTY,
      para("Hello Maria,"),
      EMPTY,
      para("please <b>restart</b> the scanner <b><i>now</i></b>, and then:"),
      EMPTY,
      item("switch it off"),
      item("wait ten seconds"),
      EMPTY,
      para(
        'The <a href="https://nw.example/manual">manual</a> says more. <img width="1" height="1" style="width:.0104in;height:.0104in" id="Picture_x0020_1" src="cid:image001.png@01DC5C48.69A0F2C0">',
      ),
      EMPTY,
      para("Thank you"),
      EMPTY,
      `<div><div style='border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0in 0in 0in'><p class="MsoNormal">${fieldsHtml(original)}<o:p></o:p></p></div></div>`,
      EMPTY,
      original.html.replace(/<p [^>]*>/g, '<p class="MsoNormal">'),
      "</div></body></html>",
    ].join("\n");
    const alternative = multipart("alternative", "_000_BL0PR04MB4567_", [
      text("text/plain", plain),
      text("text/html", html),
    ]);
    return multipart(
      "related",
      "_004_BL0PR04MB4567_",
      [alternative, file("image001.png", "image/png", PIXEL, "image001.png@01DC5C48.69A0F2C0")],
      '\r\n\ttype="multipart/alternative";',
    );
  },
  text: "Hello Maria,\n\nplease restart the scanner now, and then:\n\n*         switch it off\n*         wait ten seconds\n\nThe manual<https://nw.example/manual> says more. [image001.png]\n\nThank you",
  html: '<p>Hello Maria,</p>\n<p>please <b>restart</b> the scanner <b><i>now</i></b>, and then:</p>\n<ul>\n<li>switch it off</li>\n<li>wait ten seconds</li></ul>\n<p>The <a href="https://nw.example/manual">manual</a> says more. [image001.png]</p>\n<p>Thank you</p>',
  files: ["image001.png"],
};

const STYLE = 'style="font-family: Aptos, Calibri, Helvetica, sans-serif; font-size: 12pt; color: rgb(0, 0, 0);"';
const line = (inner: string): string => `<div class="elementToProof" ${STYLE}>\n${inner}</div>`;

export const outlookWeb: Client = {
  name: "Outlook on the web",
  headers: [
    "Thread-Topic: stripes",
    "Thread-Index: AQHbPabcd1Vb2Yw4hQm6m0a5v1m0J7Lw",
    "Accept-Language: en-US",
    "X-MS-Has-Attach:",
    "X-MS-TNEF-Correlator:",
    "x-originating-ip: [10.11.12.13]",
  ],
  body(original) {
    const plain = `#priority high\n#close\n\nHello Maria,\n\nplease restart the scanner now, and then:\n\n  *\nswitch it off\n  *\nwait ten seconds\n\nThe manual<https://nw.example/manual> says more.\n\nThank you\n\nAnn Lee\nNorthwind, desk 4\n+1 202 555 0100\n________________________________\n${fields(original)}\n\n${original.text}`;
    const html = [
      '<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"><style type="text/css" style="display:none;"> P {margin-top:0;margin-bottom:0;} </style></head><body dir="ltr">',
      line("#priority high"),
      line("#close"),
      line("<br>"),
      line("Hello Maria,"),
      line("<br>"),
      line("please <b>restart</b> the scanner <i>now</i>, and then:"),
      line("<br>"),
      `<ul data-editing-info='{"applyListStyleFromLevel":true}' style="margin-top: 0px; margin-bottom: 0px;">\n<li ${STYLE}>\n<div class="elementToProof" role="presentation">switch it off</div></li><li ${STYLE}>\n<div class="elementToProof" role="presentation">wait ten seconds</div></li></ul>`,
      line("<br>"),
      line(
        'The <a href="https://nw.example/manual" id="OWA1" class="OWAAutoLink" data-loopstyle="linkonly">manual</a> says more.',
      ),
      line("<br>"),
      line("Thank you"),
      line("<br>"),
      `<div class="elementToProof" id="Signature"><div ${STYLE}>Ann Lee</div><div ${STYLE}>Northwind, desk 4</div><div ${STYLE}>+1 202 555 0100</div></div>`,
      '<div id="appendonsend"></div><hr style="display:inline-block;width:98%" tabindex="-1">',
      `<div id="divRplyFwdMsg" dir="ltr"><font face="Calibri, sans-serif" style="font-size:11pt" color="#000000">${fieldsHtml(original)}</font><div>&nbsp;</div></div>`,
      `<div>${original.html}</div></body></html>`,
    ].join("\n");
    return multipart("alternative", "_000_SA1PR04MB8765_", [text("text/plain", plain), text("text/html", html)]);
  },
  text: "Hello Maria,\n\nplease restart the scanner now, and then:\n\n  * switch it off\n  * wait ten seconds\n\nThe manual<https://nw.example/manual> says more.\n\nThank you",
  html: '<p>Hello Maria,</p>\n<p>please <b>restart</b> the scanner <i>now</i>, and then:</p>\n<ul>\n<li>switch it off</li>\n<li>wait ten seconds</li></ul>\n<p>The <a href="https://nw.example/manual">manual</a> says more.</p>\n<p>Thank you</p>',
  files: [],
};
