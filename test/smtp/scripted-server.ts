/** An SMTP server that does what a test tells it, line by line, and remembers every byte. For the nasty cases. */
import net from "node:net";
import type { AddressInfo } from "node:net";

export type Talk = {
  /** A reply line; CRLF is added. */
  say(line: string): void;
  /** Bytes as they are. */
  raw(bytes: string): void;
  /** FIN after what was said. */
  hangUp(): void;
  /** RST at once. */
  reset(): void;
  /** 1 for the first connection. */
  readonly connection: number;
  /** 1 for the first MAIL FROM of this connection. */
  readonly transaction: number;
};

/** Steps: greeting, ehlo, mail, rcpt, data, dot, rset, quit, auth. Undefined = the polite default; a function does it all. */
export type Script = Partial<Record<Step, string | ((talk: Talk, line: string) => void)>>;
export type Step = "greeting" | "ehlo" | "auth" | "mail" | "rcpt" | "data" | "dot" | "rset" | "quit";

const POLITE: Record<Step, string> = {
  greeting: "220 test ESMTP",
  ehlo: "250 test",
  auth: "235 2.7.0 welcome",
  mail: "250 2.1.0 ok",
  rcpt: "250 2.1.5 ok",
  data: "354 go on",
  dot: "250 2.0.0 queued as 1",
  rset: "250 ok",
  quit: "221 bye",
};
const STEP: Record<string, Step> = {
  EHLO: "ehlo",
  HELO: "ehlo",
  AUTH: "auth",
  MAIL: "mail",
  RCPT: "rcpt",
  DATA: "data",
  RSET: "rset",
  QUIT: "quit",
};

export type ScriptedServer = {
  readonly port: number;
  /** Commands of all connections, in order, `1: MAIL FROM:<a@x>`. */
  readonly lines: string[];
  /** Messages that were ended with a dot, as they came (dots still stuffed, without the dot). */
  readonly messages: string[];
  /** Bytes after DATA of messages that never had their dot. */
  readonly unfinished: () => string[];
  readonly connections: () => number;
  close(): Promise<void>;
};

export async function scriptedServer(script: Script = {}): Promise<ScriptedServer> {
  const lines: string[] = [];
  const messages: string[] = [];
  const partial = new Map<net.Socket, string>();
  const sockets = new Set<net.Socket>();
  let connections = 0;

  const server = net.createServer((socket) => {
    const connection = ++connections;
    let transaction = 0;
    let input = "";
    let inData = false;
    sockets.add(socket);
    socket.on("error", () => {});
    socket.on("close", () => sockets.delete(socket));
    const perform = (step: Step, line: string) => {
      const talk: Talk = {
        say: (text) => void socket.write(`${text}\r\n`),
        raw: (bytes) => void socket.write(bytes),
        hangUp: () => void socket.end(),
        reset: () => void socket.resetAndDestroy(),
        connection,
        transaction,
      };
      const act = script[step] ?? POLITE[step];
      if (typeof act === "string") talk.say(act);
      else act(talk, line);
      if (step === "data")
        inData = script.data === undefined || typeof script.data !== "string" || script.data.startsWith("3");
      if (step === "quit") socket.end();
    };
    perform("greeting", "");
    socket.on("data", (chunk) => {
      input += chunk.toString("latin1");
      for (;;) {
        if (inData) {
          partial.set(socket, input);
          const end = input.startsWith(".\r\n") ? 0 : input.indexOf("\r\n.\r\n") + 2;
          if (end < 2 && !input.startsWith(".\r\n")) return;
          messages.push(input.slice(0, end));
          partial.delete(socket);
          input = input.slice(end + 3);
          inData = false;
          perform("dot", ".");
          continue;
        }
        const eol = input.indexOf("\r\n");
        if (eol < 0) return;
        const line = input.slice(0, eol);
        input = input.slice(eol + 2);
        lines.push(`${connection}: ${line}`);
        const step = STEP[line.slice(0, 4).toUpperCase()];
        if (step === "mail") transaction += 1;
        if (step === undefined) socket.write("500 what?\r\n");
        else perform(step, line);
      }
    });
  });
  await new Promise<void>((up) => server.listen(0, "127.0.0.1", up));
  return {
    port: (server.address() as AddressInfo).port,
    lines,
    messages,
    unfinished: () => [...partial.values()],
    connections: () => connections,
    close: () =>
      new Promise((closed) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => closed());
      }),
  };
}
