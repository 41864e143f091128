/** Mail on the Mac and on iPhones: the attribution stands within the quote, in plain text and in HTML. */
import type { Client } from "./client.ts";
import { escaped, file, multipart, type Original, PIXEL, quoted, text } from "./client-mime.ts";

const on = ({ name, address }: Original): string => `On 23 Nov 2026, at 11:02, ${name} <${address}> wrote:`;

export const appleMail: Client = {
  name: "Apple Mail",
  headers: ["X-Mailer: Apple Mail (2.3774.300.61.1.2)", "X-Universally-Unique-Identifier: 8C0FFEE0-1234"],
  body(original) {
    const plain = `#priority high\n#close\n\nHello Maria,\n\nplease restart the scanner now, and then:\n\n• switch it off\n• wait ten seconds\n\nThe manual <https://nw.example/manual> says more.\n\n\n\nThank you\n\n> ${on(original)}\n> \n${quoted(original.text).replace(/^>$/gm, "> ")}\n`;
    const html = `<html><head><meta http-equiv="content-type" content="text/html; charset=utf-8"></head><body style="overflow-wrap: break-word; -webkit-nbsp-mode: space; line-break: after-white-space;"><div>#priority high</div><div>#close</div><div><br></div>Hello Maria,<div><br></div><div>please <b>restart</b> the scanner <i>now</i>, and then:</div><div><br></div><div><ul class="MailOutline"><li>switch it off</li><li>wait ten seconds</li></ul></div><div><br></div><div>The <a href="https://nw.example/manual">manual</a> says more.</div><div><br></div><div><img id="0C1D2E3F-shot" src="cid:8A7B6C5D-shot" apple-inline="yes"></div><div><br></div><div>Thank you<br id="lineBreakAtBeginningOfMessage"><div><br><blockquote type="cite"><div>${escaped(on(original))}</div><br class="Apple-interchange-newline"><div><div>${original.html}</div></div></blockquote></div><br></div></body></html>`;
    const related = multipart(
      "related",
      "Apple-Mail=_2B7E1516-28AE",
      [text("text/html", html), file("Screenshot.png", "image/png", PIXEL, "8A7B6C5D-shot")],
      '\r\n\ttype="text/html";',
    );
    return multipart("alternative", "Apple-Mail=_3C4F55C4-62B7", [text("text/plain", plain), related]);
  },
  text: "Hello Maria,\n\nplease restart the scanner now, and then:\n\n• switch it off\n• wait ten seconds\n\nThe manual <https://nw.example/manual> says more.\n\nThank you",
  html: '<p>Hello Maria,</p>\n<p>please <b>restart</b> the scanner <i>now</i>, and then:</p>\n<ul>\n<li>switch it off</li>\n<li>wait ten seconds</li></ul>\n<p>The <a href="https://nw.example/manual">manual</a> says more.</p>\n<p>Thank you</p>',
  files: ["Screenshot.png"],
};

export const iosMail: Client = {
  name: "Mail on an iPhone",
  headers: ["X-Mailer: iPhone Mail (22B91)"],
  body(original) {
    const plain = `#Priority high\n#Close\n\nHello Maria,\n\nplease restart the scanner. The manual says more.\n\nThank you\n\nSent from my iPhone\n\n> ${on(original)}\n> \n> \ufeff${quoted(original.text).slice(2)}\n`;
    const html = `<html><head><meta http-equiv="content-type" content="text/html; charset=utf-8"></head><body dir="auto">#Priority high<div>#Close</div><div><br></div><div>Hello Maria,</div><div><br></div><div>please <b>restart</b> the scanner. The <a href="https://nw.example/manual">manual</a> says more.</div><div><br></div><div>Thank you<br id="lineBreakAtBeginningOfSignature"><br><div dir="ltr">Sent from my iPhone</div><div dir="ltr"><br><blockquote type="cite">${escaped(on(original))}<br><br></blockquote></div><blockquote type="cite"><div dir="ltr">\ufeff${original.html}</div></blockquote></div></body></html>`;
    return multipart("alternative", "Apple-Mail-7A8B9C0D-1E2F", [text("text/plain", plain), text("text/html", html)]);
  },
  text: "Hello Maria,\n\nplease restart the scanner. The manual says more.\n\nThank you",
  html: '<p>Hello Maria,</p>\n<p>please <b>restart</b> the scanner. The <a href="https://nw.example/manual">manual</a> says more.</p>\n<p>Thank you</p>',
  files: [],
};
