/** Mail into a mailbox the way a mail server puts it there: LMTP (RFC 2033). */
import SMTPConnection from "nodemailer/lib/smtp-connection";

export type DeliverOptions = {
  /**
   * Authentication-Results of the receiving server (RFC 8601 section 2.2): `mx.nw.example; dmarc=pass header.from=…`.
   * It goes above that server's own Received line, where a trusted one is looked for.
   */
  readonly authResults?: string;
};

export type Lmtp = {
  /** Delivers one message and returns the server's reply. Rejects when the recipient or the message is refused. */
  deliver(raw: Buffer | string, recipient: string, from: string, options?: DeliverOptions): Promise<string>;
  close(): Promise<void>;
};

/** One connection for many deliveries, one after the other. */
export async function openLmtp(port: number): Promise<Lmtp> {
  const connection = new SMTPConnection({
    host: "127.0.0.1",
    port,
    lmtp: true,
    ignoreTLS: true,
    name: "harness.example",
  });
  const closed = new Promise<void>((resolve) => connection.once("end", () => resolve()));
  let broken: ((error: Error) => void) | undefined;
  connection.on("error", (error: Error) => broken?.(error));
  await new Promise<void>((resolve, reject) => {
    broken = reject;
    connection.connect(() => resolve());
  });
  const send = (raw: Buffer, recipient: string, from: string) =>
    new Promise<string>((resolve, reject) => {
      broken = reject;
      connection.send({ from, to: [recipient] }, raw, (error, info) => {
        if (error) return reject(error);
        if (info.rejected.length > 0) return reject(new Error(`${recipient} was refused: ${info.response}`));
        resolve(info.response);
      });
    });
  return {
    deliver: (raw, recipient, from, options = {}) => send(stamped(Buffer.from(raw), options), recipient, from),
    close: async () => {
      connection.quit();
      await closed;
    },
  };
}

/** Delivers one message over a connection of its own. */
export async function deliver(
  port: number,
  raw: Buffer | string,
  recipient: string,
  from: string,
  options: DeliverOptions = {},
): Promise<string> {
  const lmtp = await openLmtp(port);
  try {
    return await lmtp.deliver(raw, recipient, from, options);
  } finally {
    await lmtp.close();
  }
}

/** The bytes that arrive: with `authResults`, under the two lines that the receiving server puts on top. */
export function stamped(raw: Buffer, { authResults }: DeliverOptions): Buffer {
  if (authResults === undefined) return raw;
  const server = authResults.split(/[\s;]/, 1)[0];
  const stamp =
    `Authentication-Results: ${authResults}\r\n` +
    `Received: from sender.example (sender.example [192.0.2.25])\r\n\tby ${server} with ESMTPS id harness;\r\n` +
    `\tMon, 02 Nov 2026 08:00:00 +0000\r\n`;
  return Buffer.concat([Buffer.from(stamp), raw]);
}
