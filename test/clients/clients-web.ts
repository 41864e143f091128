/** Gmail in the browser and on Android, Proton Mail: an attribution and the quoted mail in containers of their own. */
import type { Client } from "./client.ts";
import { escaped, file, multipart, type Original, quoted, text, wrapped } from "./client-mime.ts";

const mailto = ({ address }: Original): string =>
  `&lt;<a href="mailto:${address.replace("+", "%2B")}">${address}</a>&gt;`;

export const gmailWeb: Client = {
  name: "Gmail in the browser",
  headers: [
    "X-Gm-Message-State: AOJu0YzT4m1Vb2Yw4hQm6m0a5v",
    "X-Google-Smtp-Source: AGHT+IFx",
    "X-Received: by 2002:a05:6402:1234",
  ],
  body(original) {
    const on = `On Mon, Nov 23, 2026 at 11:02 AM ${original.name} <${original.address}> wrote:`;
    const words = `#priority high\n#close\n\nHello Maria,\n\nplease *restart* the scanner *now*, and do not touch the red button on its left side, and then:\n\n   - switch it off\n   - wait ten seconds\n\nThe manual <https://nw.example/manual> says more.\n\nThank you\n\n-- \nAnn Lee\nNorthwind`;
    const html = `<div dir="ltr"><div>#priority high</div><div>#close</div><div><br></div><div>Hello Maria,</div><div><br></div><div>please <b>restart</b> the scanner <b>now</b>, and do not touch the <span style="color:rgb(255,0,0)">red</span> button on its left side, and then:</div><div><ul><li>switch it off</li><li>wait ten seconds</li></ul></div><div>The <a href="https://nw.example/manual">manual</a> says more.</div><div><br></div><div>Thank you</div><div><br></div><span class="gmail_signature_prefix">-- </span><br><div dir="ltr" class="gmail_signature" data-smartmail="gmail_signature"><div dir="ltr">Ann Lee<div>Northwind</div><img src="https://tracker.example/open.gif?who=maria" width="1" height="1"></div></div></div><br><div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">On Mon, Nov 23, 2026 at 11:02 AM ${original.name} ${mailto(original)} wrote:<br></div><blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex;border-left:1px solid rgb(204,204,204);padding-left:1ex">${original.html}</blockquote></div>`;
    const alternative = multipart("alternative", "000000000000a1b2c306291d4e5f", [
      text("text/plain", `${wrapped(words)}\n\n${wrapped(on, 60)}\n\n${quoted(wrapped(original.text))}\n`),
      text("text/html", html),
    ]);
    return multipart("mixed", "000000000000a1b2c506291d4e61", [
      alternative,
      file("form.pdf", "application/pdf", Buffer.from("%PDF-1.4 form")),
    ]);
  },
  text: "Hello Maria,\n\nplease *restart* the scanner *now*, and do not touch the red button on its\nleft side, and then:\n\n   - switch it off\n   - wait ten seconds\n\nThe manual <https://nw.example/manual> says more.\n\nThank you",
  html: '<p>Hello Maria,</p>\n<p>please <b>restart</b> the scanner <b>now</b>, and do not touch the red button on its left side, and then:</p>\n<ul>\n<li>switch it off</li>\n<li>wait ten seconds</li></ul>\n<p>The <a href="https://nw.example/manual">manual</a> says more.</p>\n<p>Thank you</p>',
  files: ["form.pdf"],
};

export const gmailAndroid: Client = {
  name: "Gmail on Android",
  headers: ["X-Gm-Message-State: AOJu0YzT4m1Vb2Yw4hQm6m0a6w"],
  body(original) {
    const on = `On Mon, 23 Nov 2026, 11:02 ${original.name}, <${original.address}> wrote:`;
    const words =
      "#Priority high\n#Close\n\nHello Maria,\n\nplease *restart* the scanner. The manual <https://nw.example/manual> says more.\n\nThank you";
    const html = `<div dir="auto">#Priority high<div dir="auto">#Close</div><div dir="auto"><br></div><div dir="auto">Hello Maria,</div><div dir="auto"><br></div><div dir="auto">please <b>restart</b> the scanner. The <a href="https://nw.example/manual">manual</a> says more.</div><div dir="auto"><br></div><div dir="auto">Thank you</div></div><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">On Mon, 23 Nov 2026, 11:02 ${original.name}, ${mailto(original)} wrote:<br></div><blockquote class="gmail_quote" style="margin:0 0 0 .8ex;border-left:1px #ccc solid;padding-left:1ex">${original.html}</blockquote></div>`;
    return multipart("alternative", "000000000000d4e5f606291d4e71", [
      text("text/plain", `${wrapped(words)}\n\n${wrapped(on, 60)}\n\n${quoted(wrapped(original.text))}\n`),
      text("text/html", html),
    ]);
  },
  text: "Hello Maria,\n\nplease *restart* the scanner. The manual <https://nw.example/manual> says\nmore.\n\nThank you",
  html: '<p>Hello Maria,</p>\n<p>please <b>restart</b> the scanner. The <a href="https://nw.example/manual">manual</a> says more.</p>\n<p>Thank you</p>',
  files: [],
};

const FONT = 'style="font-family: Arial, sans-serif; font-size: 14px;"';
const line = (inner: string): string => `<div ${FONT}>${inner}</div>`;

export const proton: Client = {
  name: "Proton Mail",
  headers: ["Feedback-ID: 1234567:user:proton", "X-Pm-Message-ID: 5b1a2c3d4e"],
  body(original) {
    const on = `On Monday, November 23rd, 2026 at 11:02 AM, ${original.name} <${original.address}> wrote:`;
    const plain = `#priority high\n#close\n\nHello Maria,\n\nplease restart the scanner now, and then:\n\n- switch it off\n- wait ten seconds\n\nThe [manual](https://nw.example/manual) says more.\n\nThank you\n\nSent with [Proton Mail](https://proton.me/mail/home) secure email.\n\n${on}\n\n${quoted(original.text)}`;
    const html = [
      line("#priority high"),
      line("#close"),
      line("<br>"),
      line("Hello Maria,"),
      line("<br>"),
      line("please <b>restart</b> the scanner <u>now</u>, and then:"),
      line("<br>"),
      "<ul data-editing-info='{\"orderedStyleType\":1}'><li><span>switch it off</span></li><li><span>wait ten seconds</span></li></ul>",
      line("<br>"),
      line(
        'The <a target="_blank" rel="noreferrer nofollow noopener" href="https://nw.example/manual">manual</a> says more.',
      ),
      line("<br>"),
      line("Thank you"),
      line("<br>"),
      `<div class="protonmail_signature_block" ${FONT}><div class="protonmail_signature_block-user protonmail_signature_block-empty"></div><div class="protonmail_signature_block-proton">Sent with <a target="_blank" href="https://proton.me/mail/home" rel="noopener noreferrer">Proton Mail</a> secure email.</div></div>`,
      line("<br>"),
      `<div class="protonmail_quote">${escaped(on)}<br><br><blockquote class="protonmail_quote" type="cite">${original.html}</blockquote><br></div>`,
    ].join("");
    return multipart("alternative", "b1_dGhpcyBpcyBhIGJvdW5kYXJ5", [
      text("text/plain", plain),
      text("text/html", html),
    ]);
  },
  text: "Hello Maria,\n\nplease restart the scanner now, and then:\n\n- switch it off\n- wait ten seconds\n\nThe [manual](https://nw.example/manual) says more.\n\nThank you",
  html: '<p>Hello Maria,</p>\n<p>please <b>restart</b> the scanner <u>now</u>, and then:</p>\n<ul>\n<li>switch it off</li>\n<li>wait ten seconds</li></ul>\n<p>The <a href="https://nw.example/manual">manual</a> says more.</p>\n<p>Thank you</p>',
  files: [],
};
