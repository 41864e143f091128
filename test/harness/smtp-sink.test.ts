import { connect } from "node:net";
import SMTPConnection from "nodemailer/lib/smtp-connection";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { mail } from "./mails.ts";
import { startSmtpSink } from "./smtp-sink.ts";
import type { SmtpSink } from "./smtp-sink.ts";
import { sleep, until } from "./wait.ts";

const letter = mail({ from: "help@nw.example", to: "maria@home.example", text: "Done.\n..\n.\nAnn\n" });

let sink: SmtpSink;
beforeEach(async () => {
  sink = await startSmtpSink();
});
afterEach(() => sink.stop());

type Credentials = { readonly user: string; readonly pass: string };

/** Sends over a connection of its own; resolves with the reply, rejects with nodemailer's error. */
function send(to: string[], raw = letter.raw, from = "bounce@nw.example", auth?: Credentials): Promise<string> {
  const connection = new SMTPConnection({ host: "127.0.0.1", port: sink.port, ignoreTLS: true });
  return new Promise<string>((resolve, reject) => {
    connection.on("error", reject);
    const transact = () =>
      connection.send({ from, to }, raw, (error, info) => (error ? reject(error) : resolve(info.response)));
    connection.connect(() => {
      if (!auth) return transact();
      connection.login({ credentials: auth }, (error) => (error ? reject(error) : transact()));
    });
  }).finally(() => connection.close());
}

describe("the SMTP sink", () => {
  it("keeps envelope, bytes and time of what it receives, the null return path too", async () => {
    const begun = Date.now();
    await expect(send(["maria@home.example"], letter.raw, "")).resolves.toBe("250 2.0.0 taken as 1");
    const [received] = sink.received;
    expect(received).toMatchObject({ number: 1, from: "", to: ["maria@home.example"], reply: "250 2.0.0 taken as 1" });
    expect(received!.raw.equals(letter.raw)).toBe(true);
    expect(received!.at).toBeGreaterThanOrEqual(begun);
    expect(sink.to("maria@home.example")).toHaveLength(1);
    expect(sink.to("carl@home.example")).toHaveLength(0);
    sink.forget();
    expect(sink.received).toHaveLength(0);
    expect(sink.counts()).toEqual({ finalDots: 0, repliesSent: 0 });
  });

  it("refuses at MAIL, at one RCPT and at the final dot as told", async () => {
    sink.switches.atMail = (from) => (from.startsWith("bad") ? { code: 550, message: "5.1.8 not you" } : undefined);
    await expect(send(["a@b.example"], letter.raw, "bad@nw.example")).rejects.toMatchObject({ responseCode: 550 });
    sink.switches.atRecipient = (to) => (to.startsWith("gone") ? { code: 551, message: "5.1.1 gone" } : undefined);
    await expect(send(["gone@b.example"])).rejects.toMatchObject({ responseCode: 551 });
    await send(["here@b.example", "gone@b.example"]);
    expect(sink.received.map(({ to }) => to)).toEqual([["here@b.example"]]);
    sink.switches.atFinal = () => ({ code: 451, message: "4.7.1 later" });
    await expect(send(["here@b.example"])).rejects.toMatchObject({ responseCode: 451 });
    expect(sink.refused.map(({ reply }) => reply)).toEqual(["451 4.7.1 later"]);
    expect(sink.received).toHaveLength(1);
    expect(sink.counts()).toEqual({ finalDots: 2, repliesSent: 2 });
  });

  it("holds the reply as long as it is told, with the transaction already received", async () => {
    const gate = Promise.withResolvers<void>();
    sink.switches.beforeFinal = () => gate.promise;
    const sending = send(["maria@home.example"]);
    await until(() => sink.received.length === 1, { what: "the final dot" });
    await sleep(50);
    expect(sink.counts()).toEqual({ finalDots: 1, repliesSent: 0 });
    expect(sink.received[0]!.reply).toBeUndefined();
    gate.resolve();
    await sending;
    expect(sink.counts()).toEqual({ finalDots: 1, repliesSent: 1 });
  });

  it("waits delayMs before the reply", async () => {
    sink.switches.delayMs = 120;
    const begun = performance.now();
    await send(["maria@home.example"]);
    expect(performance.now() - begun).toBeGreaterThanOrEqual(115);
  });

  it("hangs up after the final dot when told, and still has the message", async () => {
    sink.switches.dropBeforeReply = ({ to }) => to.includes("maria@home.example");
    await expect(send(["maria@home.example"])).rejects.toMatchObject({ code: "ECONNECTION" });
    await send(["carl@home.example"]);
    expect(sink.received.map(({ reply }) => reply)).toEqual([undefined, "250 2.0.0 taken as 2"]);
    expect(sink.counts()).toEqual({ finalDots: 2, repliesSent: 1 });
  });

  it("counts as received what a sender finished that died before the reply, and not what it left unfinished", async () => {
    const gate = Promise.withResolvers<void>();
    sink.switches.beforeFinal = () => gate.promise;
    await speakAndDie("Subject: whole\r\n\r\nall of it\r\n.\r\n");
    await until(() => sink.received.length === 1, { what: "the whole message" });
    await speakAndDie("Subject: half\r\n\r\nnot all of");
    gate.resolve();
    await sleep(50);
    expect(sink.received.map(({ raw, reply }) => [raw.toString(), reply])).toEqual([
      ["Subject: whole\r\n\r\nall of it\r\n", undefined],
    ]);
    expect(sink.counts()).toEqual({ finalDots: 1, repliesSent: 0 });
  });

  it("asks for a login when it has logins, and says who sent", async () => {
    const closed = await startSmtpSink({ users: { ann: "secret" } });
    const open = sink;
    sink = closed;
    await open.stop();
    await expect(send(["maria@home.example"])).rejects.toMatchObject({ responseCode: 530 });
    await expect(send(["m@h.example"], letter.raw, "a@b.example", { user: "ann", pass: "no" })).rejects.toThrow(
      /wrong/,
    );
    await send(["m@h.example"], letter.raw, "a@b.example", { user: "ann", pass: "secret" });
    expect(sink.received.map(({ user }) => user)).toEqual(["ann"]);
  });

  it("comes back on the port that it had", async () => {
    const { port } = sink;
    await sink.stop();
    sink = await startSmtpSink({ port });
    await send(["maria@home.example"]);
    expect(sink.received).toHaveLength(1);
  });
});

/** Speaks SMTP up to and into DATA, then resets the connection as a killed process does. */
async function speakAndDie(data: string): Promise<void> {
  const socket = connect(sink.port, "127.0.0.1");
  let heard = "";
  socket.on("data", (bytes) => (heard += bytes.toString()));
  const say = async (line: string, answer: RegExp) => {
    await until(() => answer.test(heard), { what: String(answer) });
    heard = "";
    socket.write(line);
  };
  await say("EHLO dying.example\r\n", /^220 /);
  await say("MAIL FROM:<a@b.example>\r\n", /^250 /m);
  await say("RCPT TO:<maria@home.example>\r\n", /^250 /m);
  await say("DATA\r\n", /^250 /m);
  await say(data, /^354 /m);
  await sleep(30);
  socket.resetAndDestroy();
  await sleep(30);
}
