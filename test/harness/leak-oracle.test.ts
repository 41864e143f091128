/** The leak oracle sees what it is made for: leaks are planted below the mailer, and each fails the test that sends it. */
import { createTransport } from "nodemailer";
import { expect, it } from "vitest";
import { onSqlite } from "../db/stores.ts";
import { agentAnswers, customerAnswers, openStreet, SECOND, type Street } from "../stages/street.ts";
import { leaksOf } from "./leak-watch.ts";
import { startSmtpSink } from "./smtp-sink.ts";

const NOTE = "Mrs Keller says: she owes us nine invoices from spring, so promise nothing.";
const TOKEN = "abcdefghijklmnopqrstuvwxyz";
const FIELD = /^MIME-Version: /m;
const WORDS = "Please restart the scanner";

type Plant = (raw: string) => string;

const field = (line: string): Plant => replacing(FIELD, `${line}\r\nMIME-Version: `);
const inText = (words: string): Plant => replacing(WORDS, words);
/** In the HTML part, which is the second. */
const inHtml =
  (words: string): Plant =>
  (raw) => {
    const at = raw.lastIndexOf(WORDS);
    expect(raw.indexOf(WORDS)).toBeLessThan(at);
    return raw.slice(0, at) + words.replaceAll("=", "=3D") + raw.slice(at + WORDS.length);
  };

function replacing(what: string | RegExp, by: string): Plant {
  return (raw) => {
    const planted = raw.replace(what, by);
    expect(planted).not.toBe(raw);
    return planted;
  };
}

const base64File = (text: string): Plant => {
  const part = `Content-Type: text/plain; name=a.txt\r\nContent-Disposition: attachment; filename=a.txt\r\nContent-Transfer-Encoding: base64\r\n\r\n${Buffer.from(text).toString("base64")}`;
  return (raw) => raw.replace(/\r\n(--[^\r\n]+)--\s*$/, `\r\n$1\r\n${part}\r\n$1--\r\n`);
};

const PLANTS: readonly [what: string, plant: Plant, told: RegExp][] = [
  ["an agent's address in the text", inText("Write to ann@nw.example"), /agent's address ann@nw\.example in the text/],
  ["one with a detail, in capitals", inText("Write to ANN+x@NW.Example."), /agent's address ann@nw\.example/],
  ["one that ends a sentence without a space", inText("Ask ann@nw.example.Thanks"), /agent's address ann@nw\.example/],
  ["one with percent signs", inText("see https://x.example/?ann%40nw.example"), /agent's address ann@nw\.example/],
  ["one in entities, in HTML only", inHtml("a&#110;n&#64;nw.example"), /agent's address ann@nw\.example/],
  ["one cut by tags", inHtml("an<b>n@</b>nw.example"), /agent's address ann@nw\.example/],
  ["one in a title", inHtml('<b title="ben@nw.example">Please</b>'), /agent's address ben@nw\.example/],
  ["one in a comment", inHtml("<!-- dev@nw.example -->"), /agent's address dev@nw\.example/],
  [
    "an agent as the sender",
    replacing(/^From: .*$/m, "From: Ann Lee <ann@nw.example>"),
    /ann@nw\.example in the field from/,
  ],
  [
    "an encoded word",
    field(`X-A: =?utf-8?B?${Buffer.from("ann@nw.example").toString("base64")}?=`),
    /ann@nw\.example in the field x-a/,
  ],
  ["a note", inText(NOTE), /a note's "mrs keller says: she owes" in the text/],
  ["a part of a note, broken and quoted", inText("> she owes us\r\n> nine invoices\r\n> from spring"), /a note's/],
  [
    "a note in HTML that nobody sees",
    inHtml('<i style="display:none">nine inv<b>oices</b> from spring, so promise</i>'),
    /a note's/,
  ],
  ["a note in a file", base64File(NOTE), /a note's .* in a file/],
  ["an agent's token in an address", inText(`support+a12-${TOKEN}@nw.example`), /an agent's token in the text/],
  [
    "an agent's token in a link",
    inHtml(`<a href="mailto:support%2Ba12-${TOKEN}@nw.example">x</a>`),
    /an agent's token in the text/,
  ],
  [
    "an agent's token in References",
    replacing(/^References: /m, `References: <ar12.${TOKEN}@nw.example> `),
    /an agent's token in the field references/,
  ],
  [
    "a placeholder",
    field("Reply-To: support+a12-1filled0when0this0is0sent1@nw.example"),
    /an agent's token in the field reply-to/,
  ],
  ["the token of another ticket", inText(`support+c99999-${TOKEN}@nw.example`), /token of another ticket/],
  ["a notification", inText("=== NW-1001 ==="), /a notification in the text/],
  ["an internal field", field("X-Postern-Ticket: 7"), /the field x-postern-ticket/],
  ["the loop mark on a person's mail", field("X-Postern-Loop: test.postern"), /the field x-postern-loop/],
  ...[
    "X-Mailer: iPhone Mail (20A362)",
    "User-Agent: Mozilla Thunderbird",
    "X-Originating-IP: [10.0.0.7]",
    "Thread-Index: AdZ2",
    "Received: from ann-laptop by mx.nw.example; Mon, 23 Nov 2026 10:00:00 +0000",
  ].map((line): [string, Plant, RegExp] => [
    line.split(":")[0]!,
    field(line),
    new RegExp(`the field ${line.split(":")[0]!.toLowerCase()}`),
  ]),
  ["Bcc", field("Bcc: eve@elsewhere.example"), /the internal field bcc/],
  [
    "a stranger among the addressees",
    replacing(/^To: (.*)$/m, "To: $1, eve@elsewhere.example"),
    /eve@elsewhere\.example among the addressees/,
  ],
];

async function replied(street: Street, from: string) {
  const ticket = await street.open({ from, subject: "The scanner shows stripes" });
  const address = `${ticket.assignee}@nw.example`;
  await street.receive(await agentAnswers(street.lastTo(address), `#note ${NOTE}`));
  await street.receive(await customerAnswers(street.lastTo(from), "It hums, too."));
  await street.receive(await agentAnswers(street.lastTo(address), `${WORDS}.`));
  return { ticket, address };
}

onSqlite("the leak oracle", (store) => {
  it("finds each planted leak in a reply, and nothing in the reply itself", async () => {
    const street = await openStreet(store);
    await replied(street, "m@planted.example");
    await street.pass(3 * SECOND);
    const { to, bytes } = street.lastTo("m@planted.example");
    expect(await leaksOf(street.db, [{ to, raw: bytes }])).toEqual([]);
    for (const [what, plant, told] of PLANTS) {
      const leaks = await leaksOf(street.db, [{ to, raw: Buffer.from(plant(bytes.toString("latin1")), "latin1") }]);
      expect({ what, leaks: leaks.join("; ") }).toEqual({ what, leaks: expect.stringMatching(told) });
    }
  });

  it("finds who is nobody of the ticket, and what no delivery knows", async () => {
    const street = await openStreet(store);
    await replied(street, "m@stranger.example");
    await street.pass(3 * SECOND);
    const { to, bytes } = street.lastTo("m@stranger.example");
    await street.db("delivery").where({ recipient: to, kind: "reply" }).update({ recipient: "eve@elsewhere.example" });
    const [leak] = await leaksOf(street.db, [{ to: "eve@elsewhere.example", raw: bytes }]);
    expect(leak).toContain("eve@elsewhere.example, who is nobody of this ticket");
    expect((await leaksOf(street.db, [{ to: "x@elsewhere.example", raw: bytes }])).join()).toContain(
      "no delivery knows",
    );
    const notice = street.outbox.find(({ message }) => message.replyTo[0]?.address.includes("+a"))!;
    expect((await leaksOf(street.db, [{ to: "m@stranger.example", raw: notice.bytes }])).join()).toContain(
      "no delivery knows",
    );
  });

  it("fails the test that sends the mail, below the mailer", async () => {
    const street = await openStreet(store);
    const from = "m@below.example";
    await replied(street, from);
    street.smtp.below = (bytes, to) =>
      to === from ? Buffer.from(field("X-Mailer: Postern")(bytes.toString("latin1")), "latin1") : bytes;
    await expect(street.pass(3 * SECOND)).rejects.toThrow(/the field x-mailer, in "Re: .*" to m@below\.example/);
  });

  it("a note that repeats the customer's own words, and an agent who is the customer, are no leaks", async () => {
    const street = await openStreet(store);
    const from = "m@own-words.example";
    const said = "The scanner shows stripes since the last thunderstorm.";
    const ticket = await street.open({ from, text: said });
    const address = `${ticket.assignee}@nw.example`;
    await street.receive(await agentAnswers(street.lastTo(address), `#note She writes: ${said}`));
    await street.receive(await agentAnswers(street.lastTo(address), `You write "${said}" Does it hum, too?`));
    await street.pass(3 * SECOND);
    expect(street.lastTo(from).message.text).toContain(said);
    const ann = await street.open({ from: "Dev Patel <dev@nw.example>" });
    await street.receive(await agentAnswers(street.lastTo(`${ann.assignee}@nw.example`), "Dear dev@nw.example, done."));
    await street.pass(3 * SECOND);
    expect(street.lastTo("dev@nw.example").message.text).toContain("Dear dev@nw.example");
  });
});

it("the sink finds without a world what may stand in no mail", async () => {
  const sink = await startSmtpSink();
  const transport = createTransport({ host: "127.0.0.1", port: sink.port, ignoreTLS: true });
  const send = async (raw: string) =>
    await transport.sendMail({ envelope: { from: "support@nw.example", to: "m@x.example" }, raw });
  await send("From: support@nw.example\r\nSubject: Hello\r\n\r\nGood morning.\r\n");
  await sink.judge();
  await send(
    `From: support@nw.example\r\nReply-To: <support+a12-${TOKEN}@nw.example>\r\nX-Postern-Ticket: 7\r\nSubject: [a12-${TOKEN}]\r\n\r\nGood morning.\r\n`,
  );
  transport.close();
  await expect(sink.stop()).rejects.toThrow(/an agent's token in words.*\n.*the internal field x-postern-ticket/);
});
