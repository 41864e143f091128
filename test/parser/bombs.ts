/** Mail made to exhaust a parser. Each is a few lines of code and some megabytes at most. */
import { FORMAT_BOMBS } from "./format-bombs.ts";

const HEAD =
  "From: Eve <eve@evil.example>\r\nTo: support@nw.example\r\nSubject: Bomb\r\nMessage-ID: <bomb@evil.example>\r\n";
const html = (body: string): string => `${HEAD}Content-Type: text/html\r\n\r\n${body}`;
const mixed = (boundary: string): string => `Content-Type: multipart/mixed; boundary="${boundary}"\r\n\r\n`;

function nested(levels: number, kind = "multipart/mixed"): string {
  const parts: string[] = [];
  for (let level = 0; level < levels; level++)
    parts.push(`Content-Type: ${kind}; boundary="b${level}"\r\n\r\n--b${level}\r\n`);
  return parts.join("");
}

/** A table row of a thousand cells is what a spreadsheet pasted into a mail looks like. */
const table = (rows: number, cells: number): string =>
  `<table>${`<tr>${"<td>1</td>".repeat(cells)}</tr>`.repeat(rows)}</table>`;

const STRUCTURE: Record<string, () => string> = {
  "a multipart of 100,000 parts": () => `${HEAD}${mixed("b")}${"--b\r\n\r\nx\r\n".repeat(100_000)}--b--\r\n`,
  "100,000 attachments": () =>
    `${HEAD}${mixed("b")}${'--b\r\nContent-Disposition: attachment; filename="x"\r\n\r\nx\r\n'.repeat(100_000)}--b--\r\n`,
  "multiparts nested 10,000 deep": () => HEAD + nested(10_000),
  "alternatives nested 10,000 deep": () => HEAD + nested(10_000, "multipart/alternative"),
  "signed parts nested 1,000 deep": () =>
    HEAD + nested(1000, 'multipart/signed; protocol="application/pkcs7-signature"'),
  "messages in messages 10,000 deep": () => HEAD + "Content-Type: message/rfc822\r\n\r\n".repeat(10_000),
  "messages in base64 in messages 8 deep": () => {
    let inner = `${HEAD}\r\n${"x".repeat(20_000)}`;
    for (let level = 0; level < 8; level++)
      inner = `${HEAD}Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\n${Buffer.from(inner).toString("base64")}`;
    return inner;
  },
  "a boundary of 60,000 characters": () => {
    const boundary = "b".repeat(60_000);
    return `${HEAD}${mixed(boundary)}--${boundary}\r\n\r\nx\r\n--${"b".repeat(59_999)}\r\n`.repeat(10);
  },
  "two million lines that are nearly the boundary": () => `${HEAD}${mixed("b")}${"--a\r\n".repeat(2_000_000)}`,
};

const HEADERS: Record<string, () => string> = {
  "500,000 headers": () => `${HEAD}${"X-Y: z\r\n".repeat(500_000)}\r\nHello\r\n`,
  "a header block that never ends": () => `${HEAD}X: ${"y".repeat(10_000_000)}`,
  "one header folded 300,000 times": () => `${HEAD}References: <a@b>\r\n${" <c@d>\r\n".repeat(300_000)}\r\nHello\r\n`,
  "a storm of addresses": () => `${HEAD}Cc: ${'"a" <a@b.example>, '.repeat(100_000)}\r\n\r\nHello\r\n`,
  "a storm of address quotes": () => `${HEAD}Cc: ${'"<('.repeat(200_000)}\r\n\r\nHello\r\n`,
  "100,000 To headers": () => `${HEAD}${"To: a@b.example\r\n".repeat(100_000)}\r\nHello\r\n`,
  "address groups in groups": () => `${HEAD}Cc: ${"g: a@b.example, ".repeat(50_000)}\r\n\r\nHello\r\n`,
  "a storm of encoded words": () => `${HEAD.replace("Bomb", "=?utf-8?q?=41?= ".repeat(60_000))}\r\nHello\r\n`,
  "encoded words of many charsets": () =>
    `${HEAD.replace("Bomb", "=?gb18030?b?gTCBMIEw?= =?iso-2022-jp?b?GyRCJCI=?= =?utf-7?q?+AGE-?= ".repeat(2000))}\r\nHello\r\n`,
  "encoded words in 50,000 names": () =>
    `${HEAD}Cc: ${"=?utf-8?b?4oKs?= <a@b.example>, ".repeat(50_000)}\r\n\r\nHello\r\n`,
  "ids without end": () => `${HEAD}In-Reply-To: ${"message from <a@b.example> of <".repeat(40_000)}\r\n\r\nHello\r\n`,
  "a thousand signatures": () =>
    `${HEAD}${"DKIM-Signature: v=1; a=rsa-sha256; d=evil.example; s=k; h=from; bh=x; b=x\r\n".repeat(1000)}\r\nHello\r\n`,
  "a MIME parameter in 50,000 pieces": () =>
    `${HEAD}Content-Type: text/plain;${Array.from({ length: 50_000 }, (_, i) => ` name*${i}=x;`).join("\r\n")}\r\n\r\nHello\r\n`,
  "an attachment's name in 20,000 encoded pieces": () =>
    `${HEAD}Content-Disposition: attachment;${Array.from({ length: 20_000 }, (_, i) => ` filename*${i}*=%E2%82%AC;`).join("\r\n")}\r\n\r\nHello\r\n`,
};

const HTML: Record<string, () => string> = {
  "5,000 nested HTML tags": () => html(`${"<div>".repeat(5000)}deep${"</div>".repeat(5000)}`),
  "200,000 nested HTML tags": () => html(`${"<b>".repeat(200_000)}deep${"</b>".repeat(200_000)}`),
  "200,000 table cells never closed": () => html("<tr><td>".repeat(100_000)),
  "a table of a thousand rows and columns": () => html(table(1000, 1000)),
  "tables in tables 2,000 deep": () => html("<table><tr><td>x".repeat(2000)),
  "a cell that spans a billion columns": () =>
    html(`<table>${'<tr><td colspan="1000000000" rowspan="1000000000">x</td></tr>'.repeat(100)}</table>`),
  "lists in lists 20,000 deep": () => html("<ol><li>x".repeat(20_000)),
  "3 MB of HTML quotes": () => html("<blockquote>x<br>".repeat(180_000)),
  "one tag with 300,000 attributes": () => html(`<p ${"a=b ".repeat(300_000)}>Hello`),
  "a comment that never ends": () => html(`Hello <!--${"- ".repeat(2_000_000)}`),
  "a million entities": () => html("&nbsp;&amp;&#8364;".repeat(300_000)),
  "a style sheet of 5 MB": () => html(`<style>${"p{color:red}\n".repeat(400_000)}</style>Hello`),
  "100,000 links of one word": () => html('<a href="https://evil.example/x">x</a>'.repeat(100_000)),
  "gmail quotes 50,000 deep": () => html('<div class="gmail_quote">On Monday x wrote:<br>'.repeat(50_000)),
};

export const BOMBS: Readonly<Record<string, () => string>> = { ...STRUCTURE, ...HEADERS, ...HTML, ...FORMAT_BOMBS };
