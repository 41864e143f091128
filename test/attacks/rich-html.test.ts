/** HTML of an agent's client may hold anything; the customer gets the words that passed, and formatting of them. */
import { expect, it } from "vitest";
import { onSqlite } from "../db/stores.ts";
import { agentAnswers, openStreet, SECOND, type Sent, type Street } from "../stages/street.ts";

const NOTE = "Careful: she owes us nine invoices from spring, so promise nothing before Mrs Keller has agreed.";

let count = 0;

/** A ticket with a note, and an answer of the agent's in plain text and HTML; what the customer then has. */
async function answered(street: Street, plain: string | undefined, html: (notice: Sent) => string) {
  const from = `m@rich-${++count}.example`;
  const ticket = await street.open({ from: `Maria Santos <${from}>` });
  const address = `${ticket.assignee}@nw.example`;
  const notice = street.lastTo(address);
  await street.receive(await agentAnswers(notice, `#note ${NOTE}`));
  const { raw } = await agentAnswers(notice, "x", { quote: false });
  const head = raw.toString("latin1").split("\r\n\r\n")[0]!;
  const fields = head.replace(/^(?:Content-Type|Content-Transfer-Encoding):.*\r\n?/gim, "").trimEnd();
  const part = (type: string, words: string) => `Content-Type: text/${type}; charset=utf-8\n\n${words}\n`;
  const body =
    plain === undefined
      ? part("html", html(notice))
      : `Content-Type: multipart/alternative; boundary=b1\n\n--b1\n${part("plain", plain)}--b1\n${part("html", html(notice))}--b1--\n`;
  const row = await street.receive(Buffer.from(`${fields}\n${body}`.replace(/\r?\n/g, "\r\n")));
  await street.pass(3 * SECOND);
  const [, ...replies] = street.sentTo(from);
  return { row, reply: replies.at(-1)?.message };
}

const bodyOf = (html: string | undefined): string =>
  /<body[^>]*>([\s\S]*)<p[^>]*>(?:Ann|Ben), Northwind/.exec(html ?? "")?.[1] ?? "";

onSqlite("HTML of an agent's", (store) => {
  it.each<[string, string, string]>([
    [
      "hidden words",
      "Please restart.",
      '<p>Please <b>restart</b>.</p><div style="display:none">HIDDEN</div><span style="font-size:0">HIDDEN</span>',
    ],
    ["white words on white", "Please restart.", '<p style="color:#fff;background:#fff">Please <b>restart</b>.</p>'],
    [
      "comments for Outlook",
      "Please restart.",
      "<!--[if mso]><p>HIDDEN</p><![endif]--><p class=MsoNormal>Please <b>restart</b>.<o:p></o:p></p><!--[if !mso]><!--><!--<![endif]-->",
    ],
    [
      "tables in tables",
      "Please restart.",
      `${"<table><tr><td>".repeat(40)}Please <b>restart</b>.${"</td></tr></table>".repeat(40)}`,
    ],
    [
      "pictures that call home",
      "Please restart.",
      '<p>Please <b>restart</b>.</p><img src="https://t.example/HIDDEN.gif" width=1 height=1><img src="data:image/png;base64,HIDDEN"><link rel=stylesheet href="https://t.example/HIDDEN.css"><body background="https://t.example/HIDDEN.png">',
    ],
    [
      "names, styles and scripts",
      "Please restart.",
      '<p id=HIDDEN class=HIDDEN onclick="HIDDEN()">Please <b style="x:HIDDEN">restart</b>.</p><script>HIDDEN</script><style>HIDDEN{}</style><form action="https://t.example/HIDDEN"></form>',
    ],
  ])("%s leave the words with their formatting, and nothing else", async (_, plain, html) => {
    const street = await openStreet(store);
    const { row, reply } = await answered(street, plain, () => html);
    expect(row.state).toBe("recorded");
    expect(bodyOf(reply!.html)).toContain("Please <b>restart</b>.");
    expect(reply!.html).not.toMatch(/HIDDEN|<img|<table|<script|class=|id=|#fff;|t\.example/);
  });

  it("nesting without end costs the formatting, no words", async () => {
    const street = await openStreet(store);
    const html = `${"<div><span>".repeat(3000)}Please <b>restart</b>.`;
    const { row, reply } = await answered(street, "Please restart.", () => html);
    expect(row.state).toBe("recorded");
    expect(bodyOf(reply!.html)).toContain("Please restart.");
  });

  it("a note in the HTML only is held, seen or not", async () => {
    const street = await openStreet(store);
    for (const html of [`<p>Please restart.</p><p>${NOTE}</p>`, `<p>Please restart. <b>${NOTE}</b></p>`]) {
      const { row, reply } = await answered(street, "Please restart.", () => html);
      expect(row.state).toBe("held");
      expect(reply).toBeUndefined();
    }
    const hidden = await answered(
      street,
      "Please restart.",
      () => `<p>Please <b>restart</b>.</p><p style="display:none">${NOTE}</p>`,
    );
    expect(bodyOf(hidden.reply?.html)).not.toContain("invoices");
  });

  it("a link to our token or to an agent leaves without its target", async () => {
    const street = await openStreet(store);
    const targets: ((notice: Sent) => string)[] = [
      (notice) => `mailto:${notice.message.replyTo[0]!.address}`,
      (notice) => `mailto:${encodeURIComponent(notice.message.replyTo[0]!.address)}`,
      (notice) => `https://x.example/?id=${notice.message.messageId}`,
      () => "mailto:ann@nw.example",
      () => "mailto:a%6en@nw.example",
      () => "https://x.example/?to=ann%40nw.example",
      () => "mailto:b&#101;n@nw.example?subject=x",
    ];
    const places = targets.map((_, n) => `Please *write* to place ${n}.`);
    const { row, reply } = await answered(street, [...places, "Or to *us*."].join("\n"), (notice) => {
      const lines = targets.map(
        (target, n) =>
          `<p>Please <b>write</b> to <a href="${target(notice)}" title="ann@nw.example">place ${n}</a>.</p>`,
      );
      return `${lines.join("")}<p>Or to <a href="mailto:support@nw.example">us</a>.</p>`;
    });
    expect(row.state).toBe("recorded");
    for (const n of targets.keys()) expect(bodyOf(reply!.html)).toContain(`Please <b>write</b> to place ${n}.`);
    expect(reply!.html).toContain('Or to <a href="mailto:support@nw.example">us</a>.');
  });

  it("an agent's address in words, cut by tags or in the name of a picture, is taken out", async () => {
    const street = await openStreet(store);
    const cut = await answered(
      street,
      "Write to ann@nw.example.\nNow.",
      () => "<div>Write to an<b>n@nw</b>.example.</div><div><i>Now</i>.</div>",
    );
    expect(bodyOf(cut.reply!.html)).toContain("Write to support@nw.example.<br>\n<i>Now</i>.");
    const alone = await answered(
      street,
      undefined,
      () => '<p>Look: <img src="cid:x" alt="ann@nw.example" title="ben@nw.example"></p><p><b>Thanks</b> to you.</p>',
    );
    expect(alone.reply!.text).toContain("[support@nw.example]");
    expect(bodyOf(alone.reply!.html)).toContain("<b>Thanks</b> to you.");
  });

  it("marks of direction that only the HTML has do not turn the words", async () => {
    const street = await openStreet(store);
    const { reply } = await answered(street, "Please pay 19.", () => "<p>Please <b>pay</b> \u202e19\u202c.</p>");
    expect(bodyOf(reply!.html)).toContain("Please pay 19.");
  });
});
