/** A man in the middle between poller and IMAP server: sees the commands, and changes or swallows what the server says. */
import { type Server, type Socket, connect, createServer } from "node:net";
import type { AddressInfo } from "node:net";

export type Meddler = {
  readonly port: number;
  /** Every command line the client sent on any connection, without its tag: `UID FETCH 3 (UID BODY.PEEK[])`. */
  readonly commands: string[];
  /** How many connections were made. */
  connections(): number;
  /** Called with the UID and the bytes of each message body; returns what to send instead (null = NIL), "drop" to leave the row out, or "cut" to end the connection. */
  onBody: (uid: number, source: Buffer) => Buffer | null | "drop" | "cut";
  /** Called with each line of the server; returns what to send instead. */
  onLine: (line: string) => string;
  /** Called with each command; "cut" ends the connection before the server sees it. */
  onCommand: (command: string) => "cut" | undefined;
  /** A black hole: nothing goes either way, the connections stay. */
  stall: boolean;
  close(): Promise<void>;
};

export async function startMeddler(serverPort: number): Promise<Meddler> {
  const sockets = new Set<Socket>();
  let count = 0;
  const server: Server = createServer((client) => {
    count += 1;
    const upstream = connect(serverPort, "127.0.0.1");
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.setNoDelay(true);
      socket.on("error", () => {});
      socket.on("close", () => {
        sockets.delete(socket);
        client.destroy();
        upstream.destroy();
      });
    }
    meddle(meddler, client, upstream);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const meddler: Meddler = {
    port: (server.address() as AddressInfo).port,
    commands: [],
    connections: () => count,
    onBody: (_uid, source) => source,
    onLine: (line) => line,
    onCommand: () => undefined,
    stall: false,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
  return meddler;
}

function meddle(meddler: Meddler, client: Socket, upstream: Socket): void {
  client.on("data", (bytes) => {
    if (meddler.stall) return;
    for (const line of bytes.toString("latin1").split("\r\n").filter(Boolean)) {
      const command = line.replace(/^\S+ /, "");
      meddler.commands.push(command);
      if (meddler.onCommand(command) === "cut") return void client.destroy();
    }
    upstream.write(bytes);
  });
  let held = Buffer.alloc(0);
  upstream.on("data", (bytes) => {
    if (meddler.stall) return;
    held = Buffer.concat([held, bytes]);
    for (;;) {
      const piece = nextPiece(held);
      if (!piece) return;
      held = held.subarray(piece.length);
      const changed = piece.body ? changeBody(meddler, piece.text, piece.body) : meddler.onLine(piece.text);
      if (changed === "cut") return void client.destroy();
      client.write(typeof changed === "string" ? Buffer.from(changed, "latin1") : changed);
    }
  });
}

type Piece = { readonly length: number; readonly text: string; readonly body?: Buffer };

/** The next whole line of the server; one that carries a message body with the body and the line's end. */
function nextPiece(held: Buffer): Piece | undefined {
  const end = held.indexOf("\r\n");
  if (end < 0) return undefined;
  const text = held.subarray(0, end + 2).toString("latin1");
  const literal = /BODY\[\](?:<\d+>)? \{(\d+)\}\r\n$/.exec(text);
  if (!literal) return { length: end + 2, text };
  const bodyEnd = end + 2 + Number(literal[1]);
  const lineEnd = held.indexOf("\r\n", bodyEnd);
  if (held.length < bodyEnd || lineEnd < 0) return undefined;
  const tail = held.subarray(bodyEnd, lineEnd + 2).toString("latin1");
  return { length: lineEnd + 2, text: `${text}${tail}`, body: held.subarray(end + 2, bodyEnd) };
}

function changeBody(meddler: Meddler, text: string, body: Buffer): Buffer | "cut" {
  const uid = Number(/UID (\d+)/.exec(text)?.[1]);
  const instead = meddler.onBody(uid, body);
  if (instead === "cut") return "cut";
  if (instead === "drop") return Buffer.alloc(0);
  const [before = "", after = ""] = text.split(/\{\d+\}\r\n/);
  const value = instead === null ? [Buffer.from("NIL")] : [Buffer.from(`{${instead.length}}\r\n`), instead];
  return Buffer.concat([Buffer.from(before, "latin1"), ...value, Buffer.from(after, "latin1")]);
}
