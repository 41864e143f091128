/** The `smtp-server` package as a tests' server: full ESMTP with TLS, login and PIPELINING. */
import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";
import type { SMTPServerOptions } from "smtp-server";

export type RealServer = {
  readonly port: number;
  readonly received: { from: string; to: string; bytes: Buffer; session: string; secure: boolean; user: unknown }[];
  readonly sessions: Set<string>;
  /** Most sessions that were open at the same time. */
  readonly peak: () => number;
  close(): Promise<void>;
};

export async function realServer(options: SMTPServerOptions = {}, delayMs = 0): Promise<RealServer> {
  const received: RealServer["received"] = [];
  const sessions = new Set<string>();
  let open = 0;
  let peak = 0;
  const server = new SMTPServer({
    authOptional: true,
    allowInsecureAuth: true,
    logger: false,
    disableReverseLookup: true,
    closeTimeout: 200,
    onConnect(session, done) {
      peak = Math.max(peak, (open += 1));
      sessions.add(session.id);
      done();
    },
    onClose: () => void (open -= 1),
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        const { mailFrom, rcptTo } = session.envelope;
        received.push({
          from: mailFrom === false ? "" : mailFrom.address,
          to: rcptTo.map(({ address }) => address).join(),
          bytes: Buffer.concat(chunks),
          session: session.id,
          secure: session.secure,
          user: session.user,
        });
        setTimeout(() => done(null, "queued"), delayMs);
      });
    },
    ...options,
  });
  server.on("error", () => {});
  await new Promise<void>((up) => server.listen(0, "127.0.0.1", () => up()));
  return {
    port: (server.server.address() as AddressInfo).port,
    received,
    sessions,
    peak: () => peak,
    close: () => new Promise((closed) => server.close(() => closed())),
  };
}
