/** Thunderbird, K-9 Mail and mutt: `> ` in plain text, `-- ` before the signature. */
import type { Client } from "./client.ts";
import { escaped, file, multipart, quoted, text, wrapped } from "./client-mime.ts";

export const thunderbird: Client = {
  name: "Thunderbird",
  headers: ["User-Agent: Mozilla Thunderbird", "Content-Language: en-US", "X-Mozilla-Draft-Info: internal/draft"],
  body(original) {
    const on = `On 23/11/2026 11:02, ${original.name} wrote:`;
    const plain = `#priority high\n#close\n\nHello Maria,\n\nplease *restart* the scanner /now/, and then:\n\n  * switch it off\n  * wait ten seconds\n\nThe manual <https://nw.example/manual> says more.\n\nThank you\n\n-- \nAnn Lee\nNorthwind\n\n${on}\n${quoted(wrapped(original.text, 72))}\n`;
    const html = `<!DOCTYPE html>\n<html>\n  <head>\n    <meta http-equiv="Content-Type" content="text/html; charset=UTF-8">\n  </head>\n  <body>\n    <p>#priority high<br>\n      #close</p>\n    <p>Hello Maria,</p>\n    <p>please <b>restart</b> the scanner <i>now</i>, and then:</p>\n    <ul>\n      <li>switch it off</li>\n      <li>wait ten seconds</li>\n    </ul>\n    <p>The <a moz-do-not-send="true" href="https://nw.example/manual">manual</a> says\n      more.</p>\n    <p>Thank you<br>\n    </p>\n    <pre class="moz-signature" cols="72">-- \nAnn Lee\nNorthwind</pre>\n    <div class="moz-cite-prefix">${escaped(on)}<br>\n    </div>\n    <blockquote type="cite"\n      cite="mid:${original.messageId}">\n      ${original.html}\n    </blockquote>\n    <br>\n  </body>\n</html>`;
    return multipart("alternative", "------------kJ3hG7fD9sA2lQ5wE8rT1yU4", [
      text("text/plain", plain.replace(/^ +\*/gm, " $&"), "; format=flowed"),
      text("text/html", html),
    ]);
  },
  text: "Hello Maria,\n\nplease *restart* the scanner /now/, and then:\n\n  * switch it off\n  * wait ten seconds\n\nThe manual <https://nw.example/manual> says more.\n\nThank you",
  html: '<p>Hello Maria,</p>\n<p>please <b>restart</b> the scanner <i>now</i>, and then:</p>\n<ul>\n<li>switch it off</li>\n<li>wait ten seconds</li></ul>\n<p>The <a href="https://nw.example/manual">manual</a> says more.</p>\n<p>Thank you</p>',
  files: [],
};

export const k9: Client = {
  name: "K-9 Mail",
  headers: ["User-Agent: K-9 Mail for Android", "X-K9mail-Internal: 1"],
  body(original) {
    const on = `On 23 November 2026 11:02:11 UTC, ${original.name} <${original.address}> wrote:`;
    const plain = `#Priority high\n#Close\n\nHello Maria,\n\nplease restart the scanner. The manual is at https://nw.example/manual\n\nThank you\n-- \nSent from my Android device with K-9 Mail. Please excuse my brevity.\n\n${on}\n${quoted(original.text).replace(/^> /gm, ">")}`;
    const html = `<!DOCTYPE html><html><head></head><body><div dir='auto'>#Priority high<br>#Close<br><br>Hello Maria,<br><br>please restart the scanner. The manual is at <a href="https://nw.example/manual">https://nw.example/manual</a><br><br>Thank you</div><div class='k9mail-signature'>-- <br>Sent from my Android device with K-9 Mail. Please excuse my brevity.</div><br><br><div class="gmail_quote"><div dir='auto'>${escaped(on)}</div><blockquote class="gmail_quote" style="margin: 0pt 0pt 0pt 0.8ex; border-left: 1px solid rgb(204, 204, 204); padding-left: 1ex;">\n${original.html}</blockquote></div></body></html>`;
    return multipart("alternative", "----ABCDEF1234567890", [text("text/plain", plain), text("text/html", html)]);
  },
  text: "Hello Maria,\n\nplease restart the scanner. The manual is at https://nw.example/manual\n\nThank you",
  html: '<p>Hello Maria,</p>\n<p>please restart the scanner. The manual is at <a href="https://nw.example/manual">https://nw.example/manual</a></p>\n<p>Thank you</p>',
  files: [],
};

export const mutt: Client = {
  name: "mutt",
  headers: ["User-Agent: Mutt/2.2.12 (2023-09-09)"],
  body(original) {
    const on = `On Mon, Nov 23, 2026 at 11:02:11AM +0000, ${original.name} wrote:`;
    const plain = `#priority high\n#close\n\nHello Maria,\n\nplease *restart* the scanner, and then:\n\n - switch it off\n - wait ten seconds\n\nThe manual is at https://nw.example/manual\n\nThank you\n\n${on}\n${quoted(original.text)}\n\n-- \nAnn Lee\nNorthwind\n`;
    return multipart("mixed", "W/nzBZO5zC0uMSeA", [
      text("text/plain", plain),
      file("form.txt", "text/plain", Buffer.from("Sign here: ______\n")),
    ]);
  },
  text: "Hello Maria,\n\nplease *restart* the scanner, and then:\n\n - switch it off\n - wait ten seconds\n\nThe manual is at https://nw.example/manual\n\nThank you",
  html: '<p>Hello Maria,</p>\n<p>please *restart* the scanner, and then:</p>\n<p> - switch it off<br>\n - wait ten seconds</p>\n<p>The manual is at <a href="https://nw.example/manual">https://nw.example/manual</a></p>\n<p>Thank you</p>',
  files: ["form.txt"],
};
