import { expect, it } from "vitest";
import { onSqlite } from "../db/stores.ts";
import { answers, asks, listDesk } from "../stages/list-mails.ts";
import { mail } from "../harness/mails.ts";
import { agentAnswers, customerAnswers, openStreet, SECOND, verdictOf } from "../stages/street.ts";

const say = (...a: unknown[]) => console.log(...a);
onSqlite("explore", (store) => {
  it("1 link/merge sight", async () => {
    const street = await openStreet(store, { desk: listDesk() });
    const hidden = await street.open({ from: "secret@hidden.example", to: "it@nw.example", subject: "My salary secret" });
    const seen = await street.open({ from: "m@seen.example", subject: "Printer" });
    say("depts", hidden.department, seen.department);
    let r = await asks(street, `${seen.publicNumber} #link ${hidden.publicNumber}`, { from: "ben" });
    say("LINK", r.row.state, r.row.reason, r.text.slice(0, 600));
    r = await asks(street, `${seen.publicNumber} #merge ${hidden.publicNumber}`, { from: "ben" });
    say("MERGE", r.row.state, r.row.reason, r.text.slice(0, 600));
    const two = await street.open({ from: "secret@hidden.example", subject: "Also" });
    r = await asks(street, `${two.publicNumber} #merge ${hidden.publicNumber}`, { from: "ben" });
    say("MERGE2", r.row.state, r.row.reason, r.text.slice(0, 600));
  });
  it("2 open + cc", async () => {
    const street = await openStreet(store, { desk: listDesk() });
    const r = await asks(street, `#open joe@call.example\n#cc boss@other.example\n\nDoor broken.`, { from: "ben" });
    say("OPENCC", JSON.stringify({ s: r.row.state, r: r.row.reason, v: r.row.verdict }), r.text.slice(0, 500));
    const t = await asks(street, `#open victim@call2.example\n#close\n\nDoor broken.`, { from: "tia", subject: "You owe us 500 EUR, pay to IBAN 12" });
    say("TRAINEE OPEN", t.row.state, t.row.reason, street.sentTo("victim@call2.example").map(({ message }) => message.subject + "\n" + message.text).join("\n---\n"));
  });
  it("3 merge joins", async () => {
    const street = await openStreet(store, { desk: listDesk() });
    const a = await street.open({ from: "joe@acme.example", cc: "lawyer@elsewhere.example", subject: "Apple" });
    const b = await street.open({ from: "boss@acme.example", subject: "Banana" });
    const r = await asks(street, `${a.publicNumber} #merge ${b.publicNumber}`, { from: "ben" });
    say("JOIN", r.row.state, r.row.reason, r.text.slice(0, 400), (await street.ticket(b.id)).participants);
  });
  it("4 wrong subject", async () => {
    const street = await openStreet(store, { desk: listDesk() });
    const a = await street.open({ from: "joe@wrong.example", subject: "My divorce", cc: "x@else.example" });
    const ben = street.lastTo("ben@nw.example");
    await street.receive(await agentAnswers(ben, "Hello Joe, we look."));
    await street.pass(5 * SECOND);
    const reply = street.lastTo("joe@wrong.example");
    // somebody else answers with a subject of their own
    await street.receive(mail({ from: "pat@stranger.example", to: "support@nw.example", subject: "Question about my invoice", inReplyTo: reply.message.messageId, text: "What about my invoice 99?\n" }));
    const told = street.lastTo("ben@nw.example");
    const w = await answers(street, told, "#wrong");
    say("WRONG", w.row.state, w.row.reason, w.text.slice(0, 300));
    const note = w.sent.at(-1)!;
    const opened = (await street.db("ticket").orderBy("id", "desc").first());
    say("NEW", opened.subject, opened.public_number);
    const r = await asks(street, `${opened.public_number} #close`, { from: "ann" });
    await street.pass(5 * SECOND);
    say("TO PAT", r.text.slice(0, 200), street.sentTo("pat@stranger.example").map(({ message, bytes }) => message.subject + "\n" + message.text + bytes.toString().match(/^References:.*(\r\n .*)*/m)).join("\n---\n"));
  });
  it("7 file link", async () => {
    const street = await openStreet(store, { desk: listDesk() });
    await street.open({ from: "joe@link.example", subject: "Link" });
    const ben = street.lastTo("ben@nw.example");
    const r = await answers(street, ben, "See https://desk.example/attachment/17-1796000000-abcdefghijklmnopqrstuv please");
    await street.pass(5 * SECOND);
    say("FILELINK", r.row.state, street.lastTo("joe@link.example").message.text);
  });
  it("8 short note", async () => {
    const street = await openStreet(store, { desk: listDesk() });
    const t = await street.open({ from: "joe@short.example", subject: "Short" });
    await asks(street, `${t.publicNumber} #take`, { from: "ben" });
    await asks(street, `${t.publicNumber} #watch ann`, { from: "ben" });
    await answers(street, street.lastTo("ben@nw.example"), "#note owes us 5k");
    const n = street.lastTo("ann@nw.example");
    say("NOTICE", n.message.subject, n.message.text);
    const raw = await agentAnswers(n, `Hi Joe, done.\n\n${n.message.text}`, { quote: false });
    const r = await street.receive(raw);
    await street.pass(5 * SECOND);
    say("SHORT", r.state, r.reason, street.lastTo("joe@short.example").message.text);
    // heading lost
    const body = n.message.text.split("\n").slice(1).join("\n");
    const r2 = await street.receive(await agentAnswers(n, `Hi Joe, done again.\n\n${body}`, { quote: false }));
    await street.pass(5 * SECOND);
    say("SHORT2", r2.state, r2.reason, street.lastTo("joe@short.example").message.text);
  });
  it("12 subject", async () => {
    const street = await openStreet(store, { desk: listDesk() });
    const t = await street.open({ from: "joe@subj.example", subject: "Short" });
    let r = await asks(street, `${t.publicNumber} #subject Joe the liar, ask ben@nw.example`, { from: "ann" });
    r = await asks(street, `${t.publicNumber} #close`, { from: "ann" });
    await street.pass(5 * SECOND);
    say("SUBJ", r.row.state, street.sentTo("joe@subj.example").map(({ message }) => message.subject + "\n" + message.text).join("\n---\n"));
  });
});
