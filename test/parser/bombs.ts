/** Mail made to exhaust a parser. Each is a few lines of code and some megabytes at most. */

const HEAD =
  "From: Eve <eve@evil.example>\r\nTo: support@nw.example\r\nSubject: Bomb\r\nMessage-ID: <bomb@evil.example>\r\n";
const mixed = (boundary: string): string => `Content-Type: multipart/mixed; boundary="${boundary}"\r\n\r\n`;

function nested(levels: number): string {
  const parts: string[] = [];
  for (let level = 0; level < levels; level++) parts.push(mixed(`b${level}`), `--b${level}\r\n`);
  return parts.join("");
}

export const BOMBS: Record<string, () => string> = {
  "a multipart of 100,000 parts": () => `${HEAD}${mixed("b")}${"--b\r\n\r\nx\r\n".repeat(100_000)}--b--\r\n`,
  "multiparts nested 10,000 deep": () => HEAD + nested(10_000),
  "messages in messages 10,000 deep": () => HEAD + "Content-Type: message/rfc822\r\n\r\n".repeat(10_000),
  "200,000 nested HTML tags": () =>
    `${HEAD}Content-Type: text/html\r\n\r\n${"<b>".repeat(200_000)}deep${"</b>".repeat(200_000)}`,
  "200,000 table cells never closed": () => `${HEAD}Content-Type: text/html\r\n\r\n${"<tr><td>".repeat(100_000)}`,
  "3 MB of HTML quotes": () => `${HEAD}Content-Type: text/html\r\n\r\n${"<blockquote>x<br>".repeat(180_000)}`,
  "500,000 headers": () => `${HEAD}${"X-Y: z\r\n".repeat(500_000)}\r\nHello\r\n`,
  "one header folded 300,000 times": () => `${HEAD}References: <a@b>\r\n${" <c@d>\r\n".repeat(300_000)}\r\nHello\r\n`,
  "32 kB of blank lines": () => `${HEAD}\r\n${"\r\n".repeat(16_000)}end\r\n`,
  "5 MB of blank lines": () => `${HEAD}\r\nhello${"\n".repeat(5_000_000)}`,
  "a storm of addresses": () => `${HEAD}Cc: ${'"a" <a@b.example>, '.repeat(100_000)}\r\n\r\nHello\r\n`,
  "a storm of address quotes": () => `${HEAD}Cc: ${'"<('.repeat(200_000)}\r\n\r\nHello\r\n`,
  "a storm of encoded words": () => `${HEAD.replace("Bomb", "=?utf-8?q?=41?= ".repeat(60_000))}\r\nHello\r\n`,
  "a million quoted lines": () => `${HEAD}\r\n${"> x\n".repeat(1_000_000)}`,
  "200,000 attributions": () => `${HEAD}\r\n${"On Mon, 23 Nov 2026 at 10:02, x wrote:\n".repeat(200_000)}`,
  "a quoted-printable line of 10 MB": () =>
    `${HEAD}Content-Transfer-Encoding: quoted-printable\r\n\r\n${"=41".repeat(3_300_000)}`,
  "a thousand signatures": () =>
    `${HEAD}${"DKIM-Signature: v=1; a=rsa-sha256; d=evil.example; s=k; h=from; bh=x; b=x\r\n".repeat(1000)}\r\nHello\r\n`,
  "a MIME parameter in 50,000 pieces": () =>
    `${HEAD}Content-Type: text/plain;${Array.from({ length: 50_000 }, (_, i) => ` name*${i}=x;`).join("\r\n")}\r\n\r\nHello\r\n`,
};
