/** Shapes of hostile and half-right mail for the property tests. */
import fc from "fast-check";

/** Pieces that steer a mail parser; random order of them reaches more than random bytes do. */
const PIECES = [
  "From: a@b.example\n", "From: \"x\" <y@z.example>, q@r.example\n", "Subject: =?utf-8?b?4oKs?= =?x?q?=\n", "Subject: Re: ", "\n", "\r\n", "\n\n",
  "Content-Type: multipart/mixed; boundary=b\n", "Content-Type: multipart/alternative; boundary=\"b\"\n", "--b\n", "--b--\n",
  "Content-Type: text/html; charset=utf-7\n", "Content-Type: message/rfc822\n", "Content-Transfer-Encoding: base64\n", "Content-Transfer-Encoding: quoted-printable\n",
  "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n", "Content-Type: message/delivery-status\n", "Final-Recipient: rfc822; a@b\n", "Action: failed\n",
  "Auto-Submitted: (\n", "References: <a@b> <", "Received: by mx.nw.example;", "Authentication-Results: mx.nw.example; dmarc=pass header.from=b.example\n", "DKIM-Signature: v=1; d=b.example\n",
  "On Mon, 23 Nov 2026 at 10:02, x wrote:\n", "> ", "-- \n", "<div class=\"gmail_quote\">", "<blockquote>", "</b>", "<b", "=E2=82", "\0", "\t", " ", "<", ">", "(", ")", "\"", "\\", ",", ":", ";", "@", "[", "]", "\u00e9", "\ud83d",
];

export const hostileText = fc
  .array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ maxLength: 12 }), fc.string({ unit: "binary", maxLength: 8 })), { maxLength: 40 })
  .map((pieces) => pieces.join(""));

export const hostileBytes = fc.oneof(
  fc.uint8Array({ maxLength: 600 }).map((bytes) => Buffer.from(bytes)),
  hostileText.map((text) => Buffer.from(text, "utf8")),
  hostileText.map((text) => Buffer.from(text, "latin1")),
);
