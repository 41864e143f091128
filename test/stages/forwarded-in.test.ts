import { beforeAll, expect, it } from "vitest";
import { getRaw } from "../../src/db/raw.ts";
import { mail, type MailParts } from "../harness/mails.ts";
import { onBothStores } from "../db/stores.ts";
import { customerAnswers, openStreet, SECOND, type Street, verdictOf } from "./street.ts";

const ANN = "Ann Lee <ann@nw.example>";

/** What Ann's client makes of a mail of Maria's that she passes on. */
const forward = (parts: Partial<MailParts> & { words?: string; author?: string; original?: string }) =>
  mail({
    from: ANN,
    to: "support@nw.example",
    subject: "Fwd: Invoice 12",
    headers: verdictOf("pass", "nw.example"),
    ...parts,
    text: `${parts.words ?? ""}

---------- Forwarded message ---------
From: ${parts.author ?? "Maria Santos <maria@passed.example>"}
Date: Mon, 23 Nov 2026 at 10:02
Subject: Invoice 12
To: Ann Lee <ann@nw.example>
Cc: Bob <bob@passed.example>

${parts.original ?? "Hello Ann,\n\nthe invoice is wrong.\n\nMaria"}
`,
  });

/** The same with the mail as a file, which has a file itself. */
function attached(words: string, headers = ""): Buffer {
  const stamp = verdictOf("pass", "nw.example").map(([name, value]) => `${name}: ${value}`);
  const head = [
    `From: ${ANN}`,
    "To: support@nw.example",
    "Subject: Fwd: Bill",
    `Message-ID: <f${Math.random()}@nw.example>`,
  ];
  const text = (one: string) => `Content-Type: text/plain\n\n${one}\n`;
  const pdf = 'Content-Type: application/pdf\nContent-Disposition: attachment; filename="bill.pdf"\n\nnot a bill\n';
  const inner = `From: Maria Santos <maria@attached.example>\nTo: ann@nw.example\nSubject: Bill\nMessage-ID: <bill-${Math.random()}@attached.example>\nDate: Mon, 23 Nov 2026 09:00:00 +0000\n${headers}MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=in\n\n--in\n${text("The bill is wrong.")}--in\n${pdf}--in--\n`;
  const parts = `--out\n${text(words)}--out\nContent-Type: message/rfc822\n\n${inner}\n--out--\n`;
  const mime = ["MIME-Version: 1.0", "Content-Type: multipart/mixed; boundary=out"];
  return Buffer.from(`${[...stamp, ...head, ...mime].join("\n")}\n\n${parts}`.replaceAll("\n", "\r\n"));
}

onBothStores("a customer's mail that an agent forwards in", (store) => {
  let street: Street;
  beforeAll(async () => {
    street = await openStreet(store);
  });

  it("is a ticket of the customer's, with the agent's words as a note", async () => {
    const row = await street.receive(forward({ words: "She called twice." }));
    expect(row).toMatchObject({ verdict: "forwarded-in", state: "recorded" });
    const ticket = await street.ticket(row.ticket_id!);
    expect(ticket).toMatchObject({
      subject: "Invoice 12",
      customer: { name: "Maria Santos", address: "maria@passed.example" },
      participants: [],
    });
    const [first, note] = await street.entries(ticket.id);
    expect(first).toMatchObject({ kind: "message", author_address: "maria@passed.example" });
    expect(first!.text).toBe("Hello Ann,\n\nthe invoice is wrong.\n\nMaria");
    expect(note).toMatchObject({ kind: "note", author_address: "ann@nw.example" });
    expect(note!.text).toBe("She called twice.\n\nThe mail also went to Bob <bob@passed.example>.");
    expect((await street.events(ticket.id)).map(({ name, cause }) => `${name}: ${cause}`)).toEqual(
      expect.arrayContaining([expect.stringMatching(/^opened: .*ann passed on a mail of maria@passed\.example/)]),
    );
    expect(street.sentTo("maria@passed.example")).toHaveLength(1);
    expect(street.sentTo("bob@passed.example")).toHaveLength(0);
    expect(
      street
        .sentTo("ann@nw.example")
        .map(({ message }) => message.text)
        .join(),
    ).toContain(`opened ${ticket.publicNumber} of maria@passed.example`);
    await street.receive(await customerAnswers(street.lastTo("maria@passed.example"), "And?"));
    expect(await street.entries(ticket.id)).toHaveLength(3);
  });

  it("carries out the commands above it after the rules, and says so", async () => {
    const row = await street.receive(
      forward({ words: "#dept it #priority high", original: "I forgot my password.", author: "M <m@ordered.example>" }),
    );
    const ticket = await street.ticket(row.ticket_id!);
    expect(ticket).toMatchObject({ department: "it", priority: "high" });
    expect((await street.entries(ticket.id)).at(-1)).toMatchObject({ kind: "note" });
    expect(street.sentTo("m@ordered.example")).toHaveLength(1);
    const told = street.sentTo("ann@nw.example").map(({ message }) => message.text);
    expect(told.join()).toContain("#priority high");
    expect(await street.inbound(row.id)).toMatchObject({ decided: null });
  });

  it("with a mistyped command is kept, and the agent is told what was not done", async () => {
    const row = await street.receive(forward({ words: "#dpet it\n\nUrgent!", author: "M <m@mistyped.example>" }));
    expect(await street.ticket(row.ticket_id!)).toMatchObject({ department: "support" });
    const told = street.sentTo("ann@nw.example").map(({ message }) => message.text);
    expect(told.join()).toContain("Did you mean #dept");
  });

  it("as a file brings the files of the original, and threads by its own Message-ID", async () => {
    const raw = attached("Please look.");
    const row = await street.receive(raw);
    const ticket = await street.ticket(row.ticket_id!);
    expect(ticket).toMatchObject({ subject: "Bill", customer: { address: "maria@attached.example" } });
    const [first] = await street.entries(ticket.id);
    const files = await street.db("attachment").where({ entry_id: first!.id }).select("filename", "raw_sha256", "part");
    expect(files).toMatchObject([{ filename: "bill.pdf" }]);
    const bytes = await street.stage.readPart(await getRaw(street.db, files[0].raw_sha256), files[0].part);
    expect(bytes.toString()).toContain("not a bill");
    const id = /Message-ID: <(bill-[^>]+)>/.exec(raw.toString())![1]!;
    await street.receive(
      mail({ from: "Maria <maria@attached.example>", to: "ann@nw.example", subject: "Re: Bill", inReplyTo: id }),
    );
    expect((await street.entries(ticket.id)).at(-1)).toMatchObject({ author_address: "maria@attached.example" });
  });

  it("that came before opens no second ticket", async () => {
    const ticket = await street.open({ from: "m@twice.example", messageId: "first@twice.example" });
    const again = forward({ author: "M <m@twice.example>", inReplyTo: "first@twice.example", words: "Is this known?" });
    expect(await street.receive(again)).toMatchObject({ verdict: "forwarded-in", ticket_id: ticket.id });
    expect((await street.entries(ticket.id)).map(({ kind }) => kind)).toEqual(["message", "note"]);
    const told = street.sentTo("ann@nw.example").map(({ message }) => message.text);
    expect(told.join()).toContain(`already in ${ticket.publicNumber}`);
    await street.pass(3 * SECOND);
    expect(street.sentTo("m@twice.example")).toHaveLength(1);
  });

  it("joins the ticket that its author has written to the agent about", async () => {
    const ticket = await street.open({ from: "m@joins.example" });
    const ack = street.lastTo("m@joins.example").message.messageId!;
    const more = forward({ author: "M <m@joins.example>", references: [ack, "private@joins.example"] });
    expect(await street.receive(more)).toMatchObject({ ticket_id: ticket.id });
    expect((await street.entries(ticket.id)).map(({ kind }) => kind)).toEqual(["message", "message", "note"]);
  });

  it("of a machine is a ticket that nobody is answered in", async () => {
    const heard = street.sentTo("maria@attached.example").length;
    const row = await street.receive(attached("Hm?", "Auto-Submitted: auto-replied\n"));
    expect(row).toMatchObject({ verdict: "forwarded-in" });
    expect(street.sentTo("maria@attached.example")).toHaveLength(heard);
  });

  it("is an ordinary mail when a colleague, the desk or nobody wrote it, or when the forward is not proven", async () => {
    for (const author of ["Ben Ortiz <ben@nw.example>", "Support <support@nw.example>", "Somebody"])
      expect(await street.receive(forward({ author, words: author }))).toMatchObject({ verdict: "open-ticket" });
    for (const headers of [[], verdictOf("fail", "nw.example")])
      expect(await street.receive(forward({ headers, words: "#close" }))).toMatchObject({ verdict: "open-ticket" });
  });
});
