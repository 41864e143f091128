/** Whatever a mail client or a hurried hand makes of a note or of our notification, none of its words reaches the customer. */
import { expect, it } from "vitest";
import { onBothStores } from "../db/stores.ts";
import { agentAnswers, customerAnswers, openStreet, SECOND, type Sent, type Street } from "../stages/street.ts";

const NOTE = "Careful: she owes us nine invoices from spring, so promise nothing before Mrs Keller has agreed.";
const WORDS = "Please clean the sensor with a dry cloth.";

async function noted(street: Street, from: string, note = NOTE) {
  const ticket = await street.open({ from: `Maria Santos <${from}>`, subject: "The scanner shows stripes" });
  const address = `${ticket.assignee}@nw.example`;
  await street.receive(await agentAnswers(street.lastTo(address), `#note ${note}`));
  await street.receive(await customerAnswers(street.lastTo(from), "It also hums while the lid is open for a while."));
  await street.pass(3 * SECOND);
  return { ticket, address, notice: street.lastTo(address), sent: street.sentTo(from).length };
}

/** The agent's answer with another body, headers and all the rest as their client writes them. */
async function withBody(notice: Sent, body: string, change: (head: string) => string = (head) => head) {
  const { raw } = await agentAnswers(notice, "x", { quote: false });
  const head = raw.toString("latin1").split("\r\n\r\n")[0]!;
  const fields = head.replace(/^(?:Content-Type|Content-Transfer-Encoding):.*\r\n?/gim, "").trimEnd();
  return Buffer.from(`${change(fields)}\r\n${body.replace(/\r?\n/g, "\r\n")}`);
}

const withFile = (type: string, name: string, bytes: Buffer): string =>
  `Content-Type: multipart/mixed; boundary=b1\n\n--b1\nContent-Type: text/plain; charset=utf-8\n\n${WORDS}\n--b1\nContent-Type: ${type}; name="${name}"\nContent-Disposition: attachment; filename="${name}"\nContent-Transfer-Encoding: base64\n\n${bytes.toString("base64").replace(/.{76}/g, "$&\n")}\n--b1--\n`;

onBothStores("a note in the agent's words", (store) => {
  it.each([
    ["without its full stop", "she owes us nine invoices from spring, so promise nothing"],
    ["with a dash for the colon", "Careful – she owes us nine invoices from spring"],
    [
      "hyphenated",
      "Careful: she owes us nine invoices from spring, so promise noth-\ning before Mrs Keller has agreed.",
    ],
    ["with a zero-width space", "she owes us nine in\u200bvoices from spring, so"],
    ["in capitals and full width", "SHE OWES US ＮＩＮＥ INVOICES FROM SPRING"],
    ["broken over lines", "she owes\nus nine\ninvoices from\nspring"],
    ["in asterisks", "*she owes us* _nine invoices_ from spring"],
    ["as the end of its line", `Thank you.\nMrs Keller has agreed.\n${WORDS}`],
  ])("is held: %s", async (_, text) => {
    const street = await openStreet(store);
    const from = `m@repeated-${text.length}.example`;
    const { notice, address, sent } = await noted(street, from);
    const row = await street.receive(await agentAnswers(notice, `Hello Maria,\n\n${text}\n\nAnn`));
    await street.pass(3 * SECOND);
    expect(row).toMatchObject({ state: "held", hold_reason: "nothing-new" });
    expect(street.lastTo(address).message.text).toContain("your text repeats a note");
    expect(street.sentTo(from)).toHaveLength(sent);
  });

  it("is held as a whole line, however short, unless it stands alone, the customer knows it, or everybody writes it", async () => {
    const street = await openStreet(store);
    const from = "m@shortnote.example";
    const { ticket, notice, sent } = await noted(street, from, "owes us 5k\nHello Maria\nIt also hums\nyes");
    const says = async (text: string) => (await street.receive(await agentAnswers(notice, text))).state;
    expect(await says(`${WORDS}\n\n  Owes us 5k.`)).toBe("held");
    expect(await says(`11:02 Ann, NOTE:\n\nowes us 5k\n\n${WORDS}`)).toBe("held");
    await street.pass(3 * SECOND);
    expect(street.sentTo(from)).toHaveLength(sent);
    expect(await says(`It also hums?\nYes.\n${WORDS}`)).toBe("recorded");
    expect(await says("Maria Santos owes us 5k of her time.")).toBe("recorded");
    expect(await street.entries(ticket.id)).toHaveLength(5);
  });

  it("is held in a script without spaces", async () => {
    const street = await openStreet(store);
    const { notice } = await noted(
      street,
      "m@kanji.example",
      "この顧客は四月から請求書を支払っていないので注意してください。",
    );
    const row = await street.receive(await agentAnswers(notice, "お世話になります。\n四月から請求書を支払っていない"));
    expect(row.state).toBe("held");
  });

  it.each([
    ["the customer's words", "You write: it also hums while the lid is open for a while. That is normal."],
    [
      "the subject and the names",
      "Hello Maria Santos,\n\nabout: The scanner shows stripes.\n\nThank you very much for your message.\n\nAnn Lee",
    ],
    ["a few words of a note", "Hello Maria,\n\nshe owes us nothing, and we promise nothing before spring.\n\nAnn"],
    ["a word that ends a note", "Agreed."],
  ])("may be sent: %s", async (_, text) => {
    const street = await openStreet(store);
    const from = `m@innocent-${text.length}.example`;
    const { notice, sent } = await noted(street, from);
    const row = await street.receive(await agentAnswers(notice, text));
    await street.pass(3 * SECOND);
    expect(row).toMatchObject({ state: "recorded", verdict: "agent-reply" });
    expect(street.sentTo(from)).toHaveLength(sent + 1);
  });

  it("an answer that was kept as a note is sent when its author answers the mail that says so", async () => {
    const street = await openStreet(store);
    const { notice, address, sent } = await noted(street, "m@again.example");
    const words = "Please hold the scanner upside down and shake it gently.";
    const passedOn = (await agentAnswers(notice, words)).raw.toString().replace(/^Subject: Re:/m, "Subject: Fwd:");
    await street.receive(Buffer.from(passedOn));
    expect(street.lastTo(address).message.text).toContain("you forwarded our notification");
    const row = await street.receive(await agentAnswers(street.lastTo(address), words));
    await street.pass(3 * SECOND);
    expect(row.verdict).toBe("agent-reply");
    expect(street.sentTo("m@again.example")).toHaveLength(sent + 1);
  });
});

onBothStores("a file of the agent's", (store) => {
  const quoted = (text: string): string => text.trimEnd().replace(/^/gm, "> ");
  it.each([
    ["text/plain", "ATT00001.txt", ({ message }: Sent) => Buffer.from(quoted(message.text))],
    ["text/html", "ATT00001.htm", ({ message }: Sent) => Buffer.from(message.html!)],
    [
      "application/octet-stream",
      "ATT00002.txt",
      ({ message }: Sent) => Buffer.from(`\ufeff${message.text}`, "utf16le"),
    ],
    ["application/octet-stream", "notification.eml", ({ bytes }: Sent) => bytes],
    ["text/plain", "remarks.txt", () => Buffer.from("Remember: she owes us nine invoices from spring.")],
    [
      "application/vnd.ms-outlook",
      "mail.msg",
      ({ message }: Sent) => Buffer.concat([Buffer.alloc(512), Buffer.from(message.text, "utf16le")]),
    ],
  ])("that holds our notification or a note is held: %s %s", async (type, name, make) => {
    const street = await openStreet(store);
    const from = `m@${name.toLowerCase().replace(/\W/g, "-")}.example`;
    const { notice, address, sent } = await noted(street, from);
    const row = await street.receive(await withBody(notice, withFile(type, name, make(notice))));
    await street.pass(3 * SECOND);
    expect(row.state).toBe("held");
    expect(street.lastTo(address).message.text).toContain(name);
    expect(street.sentTo(from)).toHaveLength(sent);
  });

  it("a pasted picture is mailed as a file, the logo of the signature is not", async () => {
    const street = await openStreet(store);
    const { notice } = await noted(street, "m@picture.example");
    const picture = (id: string): string =>
      `--b1\nContent-Type: image/png; name=${id}.png\nContent-ID: <${id}>\nContent-Disposition: inline; filename=${id}.png\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=\n`;
    const html = `<p>Press this: <img src="cid:shot"></p><div class="gmail_signature"><img src="cid:logo"></div>`;
    const body = `Content-Type: multipart/related; boundary=b1\n\n--b1\nContent-Type: text/html; charset=utf-8\n\n${html}\n${picture("shot")}${picture("logo")}--b1--\n`;
    await street.receive(await withBody(notice, body));
    await street.pass(3 * SECOND);
    const files = street.lastTo("m@picture.example").message.attachments.map(({ filename }) => filename);
    expect(files).toEqual(["shot.png"]);
  });
});

onBothStores("commands that not everybody sees", (store) => {
  const alternative = (plain: string, html: string): string =>
    `Content-Type: multipart/alternative; boundary=b1\n\n--b1\nContent-Type: text/plain; charset=utf-8\n\n${plain}\n--b1\nContent-Type: text/html; charset=utf-8\n\n${html}\n--b1--\n`;
  it.each([
    ["only in the plain text", alternative(`#close\n\n${WORDS}`, `<p>${WORDS}</p>`)],
    ["only in the HTML", alternative(WORDS, `<p>#close</p><p>${WORDS}</p>`)],
    [
      "only in the HTML, beside a date",
      alternative(`#due friday\n\n${WORDS}`, `<div>#due friday</div><div>#close</div><p>${WORDS}</p>`),
    ],
    [
      "in the signature",
      `Content-Type: text/html\n\n<p>${WORDS}</p><div class="gmail_signature">Ann Lee<br>#close</div>\n`,
    ],
  ])("are held: %s", async (where, body) => {
    const street = await openStreet(store);
    const { notice, ticket } = await noted(street, `m@${where.toLowerCase().replace(/[ ,]+/g, "-")}.example`);
    const row = await street.receive(await withBody(notice, body));
    await street.pass(3 * SECOND);
    expect(row.state).toBe("held");
    expect((await street.ticket(ticket.id)).status).toBe("open");
  });

  it("a date is the same in both forms", async () => {
    const street = await openStreet(store);
    const { notice, ticket } = await noted(street, "m@date.example");
    const body = alternative(`#due friday\n\n${WORDS}`, `<div>#due friday</div><div><br></div><div>${WORDS}</div>`);
    const row = await street.receive(await withBody(notice, body));
    expect(row.state).toBe("recorded");
    expect((await street.ticket(ticket.id)).dueAt).toBe(Date.UTC(2026, 10, 27, 8));
  });

  it("both forms of a command are one command", async () => {
    const street = await openStreet(store);
    const { notice, ticket } = await noted(street, "m@both.example");
    const body = alternative(`#close\n\n${WORDS}`, `<div>#close</div><div><br></div><div>${WORDS}</div>`);
    const row = await street.receive(await withBody(notice, body));
    await street.pass(3 * SECOND);
    expect(row.state).toBe("recorded");
    expect((await street.ticket(ticket.id)).status).toBe("closed");
  });

  it.each(["(#close)", "1. #close", "##close", "_#close_", "\\#close", "[#resolved]"])(
    "what is nearly a command is asked about: %s",
    async (line) => {
      const street = await openStreet(store);
      const { notice, address } = await noted(street, `m@nearly-${line.codePointAt(0)}-${line.length}.example`);
      const row = await street.receive(await agentAnswers(notice, `${line}\n\n${WORDS}`, { quote: false }));
      expect(row).toMatchObject({ state: "held", hold_reason: "command" });
      expect(street.lastTo(address).message.text).toContain("#confirm");
    },
  );
});
