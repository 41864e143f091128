/** What a client sees that imapflow would never send: garbage, floods, other clients' dialects. */
import { once } from "node:events";
import net from "node:net";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { World } from "../../src/sandbox/world.ts";
import { atEnd, connected, letter, openWorld, send, SUPPORT } from "./fixture.ts";

/** A raw connection: `ask` sends bytes and resolves with what came until a line matches. */
async function wire(world: World) {
  const socket = net.connect(world.imapPort, "127.0.0.1");
  socket.on("error", () => {});
  atEnd(async () => socket.destroy());
  let seen = "";
  let wake = (): void => {};
  socket.setEncoding("latin1").on("data", (text: string) => {
    seen += text;
    wake();
  });
  socket.on("close", () => wake());
  const until = async (pattern: RegExp): Promise<string> => {
    while (!pattern.test(seen)) {
      if (socket.closed) throw new Error(`closed before ${String(pattern)}: ${seen}`);
      await new Promise<void>((resolve) => (wake = resolve));
    }
    const text = seen;
    seen = "";
    return text;
  };
  const ask = async (line: string | Buffer, pattern = /^a\d* (OK|NO|BAD).*\r\n/m): Promise<string> => {
    socket.write(typeof line === "string" ? `${line}\r\n` : line, "latin1");
    return await until(pattern);
  };
  await until(/^\* OK .*\r\n/m);
  return { socket, ask, until };
}

async function loggedIn(world: World) {
  const session = await wire(world);
  await session.ask("a1 LOGIN support@desk.example s3cret");
  return session;
}

async function selected(count = 1) {
  const world = await openWorld();
  for (let number = 1; number <= count; number++) {
    await send(world, { from: "maria@home.example", to: SUPPORT.address, raw: letter(number) });
  }
  const session = await loggedIn(world);
  await session.ask("a2 SELECT INBOX");
  return { world, ...session };
}

describe("before login", () => {
  it("everything that touches mail is refused", async () => {
    const { ask } = await wire(await openWorld());
    for (const command of ["SELECT INBOX", 'LIST "" *', "UID FETCH 1:* BODY[]", "IDLE", "STATUS INBOX (MESSAGES)"]) {
      expect(await ask(`a ${command}`)).toMatch(/^a NO not authenticated/m);
    }
    expect(await ask("a SELECT INBOX", /^a .*/m)).not.toContain("EXISTS");
  });

  it("a long literal is refused without being read, and the session goes on", async () => {
    const { ask } = await wire(await openWorld());
    expect(await ask("a1 LOGIN {9000}")).toMatch(/^a1 BAD \[TOOBIG\]/m);
    expect(await ask("a2 LOGIN {20}", /^\+ /m)).toMatch(/^\+ /);
    expect(await ask("support@desk.example s3cret")).toMatch(/^a2 OK/m);
  });

  it("the fifth wrong password ends the connection", async () => {
    const { ask, socket } = await wire(await openWorld());
    for (let count = 1; count < 5; count++) {
      expect(await ask(`a${count} LOGIN support@desk.example no`)).toMatch(/NO \[AUTHENTICATIONFAILED\]/);
    }
    expect(await ask("a5 LOGIN support@desk.example no", /BYE/)).toMatch(/too many/);
    await once(socket, "close");
  });

  it("SASL works without an initial response, and can be aborted", async () => {
    const { ask } = await wire(await openWorld());
    expect(await ask("a1 AUTHENTICATE PLAIN", /^\+/m)).toBe("+ \r\n");
    expect(await ask("*")).toMatch(/^a1 BAD/m);
    await ask("a2 AUTHENTICATE LOGIN", /^\+ VXNlcm5hbWU6/m);
    await ask(Buffer.from(SUPPORT.address).toString("base64"), /^\+ UGFzc3dvcmQ6/m);
    expect(await ask(Buffer.from(SUPPORT.password).toString("base64"))).toMatch(/^a2 OK/m);
  });
});

describe("garbage", () => {
  it("is answered with BAD, command by command", async () => {
    const { ask } = await selected();
    const lines = `a|a |a ()|a FETCH "|a FETCH 1 BODY[|a UID|a UID NOOP|a __proto__|a constructor|a FETCH 1 (NOPE)|
a FETCH x FLAGS|a FETCH 0x1 FLAGS|a SEARCH NOPE|a SEARCH|a SEARCH toString|a STORE 1 FLAGS (a{b)|a STORE 1 FLAGS|
a FETCH 1 FLAGS (NOPE 1)|a STATUS INBOX (__proto__)|a APPEND INBOX (\\Seen) "x"|a SEARCH ${"(".repeat(5000)}|
a SEARCH ${"NOT ".repeat(20_000)}ALL`.split(/\|\n?/);
    for (const line of lines) {
      const answer = await ask(line, /^(a|\*) (OK|NO|BAD).*\r\n/m);
      expect([line.slice(0, 40), answer.slice(0, 7)]).toEqual([
        line.slice(0, 40),
        expect.stringMatching(/^(a|\*) BAD/),
      ]);
    }
    expect(await ask("a NOOP")).toMatch(/^a OK/m);
  });

  it("of any bytes leaves the server standing", async () => {
    const { world } = await selected();
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 400 }), async (bytes) => {
        const { socket } = await loggedIn(world);
        socket.write(Buffer.concat([Buffer.from(bytes), Buffer.from("\r\n")]));
        socket.write("a9 NOOP\r\n");
        socket.end();
        await once(socket, "close");
      }),
      { numRuns: 40 },
    );
    expect((await (await connected(world)).mailboxOpen("INBOX")).exists).toBe(1);
  });

  it("without line ends is cut off", async () => {
    const { world } = await selected();
    const { socket, until } = await wire(world);
    socket.write(Buffer.alloc(600_000, "x"));
    expect(await until(/BYE/)).toMatch(/too big/);
    await once(socket, "close");
  });

  it("as a literal of more than 64 MB is refused", async () => {
    const { ask, socket } = await selected();
    expect(await ask("a1 APPEND INBOX {67108865}")).toMatch(/^a1 BAD \[TOOBIG\]/m);
    expect(await ask("a2 APPEND INBOX {67108865+}", /BYE/)).toMatch(/a2 BAD \[TOOBIG\]/);
    await once(socket, "close");
  });
});

describe("mail clients", () => {
  it("may ask as Thunderbird does", async () => {
    const { ask } = await selected(2);
    expect(await ask('a LSUB "" "*"')).toMatch(/^\* LSUB \(\\HasNoChildren \\Sent\) "\/" "Sent"\r\n/m);
    expect(await ask('a LIST "" "%"')).toMatch(/"INBOX"/);
    expect(await ask('a LIST "" ""')).toMatch(/^\* LIST \(\\Noselect\) "\/" ""\r\n/);
    expect(await ask("a UID fetch 1:* (FLAGS)")).toMatch(/^\* 2 FETCH \(UID 2 FLAGS \(\)\)\r\na OK/m);
    const headers = await ask("a UID fetch 1 (UID RFC822.SIZE FLAGS BODY.PEEK[HEADER.FIELDS (From Subject)])");
    expect(headers).toContain("From: Maria <maria@home.example>\r\nSubject: =?utf-8?Q?Pr=C3=BCfung_1?=\r\n\r\n)");
    expect(await ask("a UID fetch 1 (UID RFC822.SIZE BODY[]<0.10>)")).toMatch(
      /BODY\[\]<0> \{10\}\r\nReturn-Pat FLAGS \(\\Seen\)\)/,
    );
    expect(await ask("a UID STORE 2 +FLAGS (\\Deleted)")).toMatch(/FLAGS \(\\Deleted\)/);
    expect(await ask("a CLOSE")).toMatch(/^a OK/m);
    expect(await ask("a STATUS INBOX (MESSAGES UIDNEXT UNSEEN)")).toMatch(/\(MESSAGES 1 UIDNEXT 3 UNSEEN 0\)/);
  });

  it("are not told of expunged messages while they use sequence numbers", async () => {
    const { world, ask } = await selected(3);
    const other = await connected(world);
    await other.mailboxOpen("INBOX");
    await other.messageDelete("1", { uid: true });
    const fetched = await ask("a FETCH 3 (UID)");
    expect(fetched).toBe("* 3 FETCH (UID 3)\r\na OK done\r\n");
    expect(await ask("a COPY 2 Trash")).toMatch(/COPYUID \d+ 2 1\]/);
    expect(await ask("a FETCH 2 (UID)")).toMatch(/^\* 2 FETCH \(UID 3\)/);
  });

  it("that only look change nothing", async () => {
    const { ask } = await selected(1);
    expect(await ask("a EXAMINE INBOX")).toMatch(/^a OK \[READ-ONLY\]/m);
    for (const command of ["STORE 1 FLAGS (\\Seen)", "EXPUNGE", "MOVE 1 Trash"]) {
      expect(await ask(`a ${command}`)).toMatch(/^a NO \[READ-ONLY\]/m);
    }
    expect(await ask("a FETCH 1 BODY[TEXT]")).not.toContain("\\Seen");
  });

  it("get structures of nested mail", async () => {
    const { world, ask } = await selected(0);
    const inner = "From: a@x.example\r\nSubject: inner\r\n\r\nhello\r\n";
    const parts = [
      "Content-Type: text/plain; charset=utf-8\r\n\r\nfirst",
      'Content-Type: message/rfc822\r\nContent-Disposition: attachment; filename="in ner.eml"\r\n\r\n' + inner,
      "Content-Type: application/pdf\r\nContent-Transfer-Encoding: BASE64\r\n\r\nAAAA",
    ];
    const raw = `Subject: outer\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n${parts.map((part) => `--b\r\n${part}\r\n`).join("")}--b--\r\n`;
    await send(world, { from: "a@x.example", to: SUPPORT.address, raw });
    await ask("a NOOP");
    const structure = await ask("a FETCH 1 BODYSTRUCTURE");
    expect(structure).toContain(
      '(("text" "plain" ("charset" "utf-8") NIL NIL "7bit" 5 0 NIL NIL NIL NIL)("message" "rfc822"',
    );
    expect(structure).toContain(
      '("attachment" ("filename" "in ner.eml")) NIL NIL)("application" "pdf" NIL NIL NIL "base64" 4 NIL',
    );
    expect(structure).toContain('"mixed" ("boundary" "b") NIL NIL NIL))');
    expect(await ask("a FETCH 1 BODY.PEEK[2.HEADER]")).toContain("From: a@x.example\r\nSubject: inner\r\n\r\n)");
    expect(await ask("a FETCH 1 BODY.PEEK[2.1]")).toContain("{7}\r\nhello\r\n)");
    expect(await ask("a FETCH 1 BODY.PEEK[3.MIME]")).toContain("application/pdf");
    expect(await ask("a FETCH 1 BODY.PEEK[9]")).toContain("BODY[9] NIL");
  });

  it("can use names in other languages, literals and patterns of any shape", async () => {
    const { ask } = await selected(0);
    expect(await ask('a CREATE "Entw&APw-rfe"')).toMatch(/^a OK/m);
    expect(await ask("a1 CREATE {4+}\r\nx&-y")).toMatch(/^a1 OK/m);
    expect(await ask('a LIST "" "entw*"')).toContain('"Entw&APw-rfe"');
    expect(await ask('a LIST "" "x&-y"')).toContain('"x&-y"');
    for (const name of ['""', "a//b", "/a", '"a\tb"', "&AAA", "x".repeat(201)]) {
      expect(await ask(`a CREATE ${name}`)).toMatch(/^a (NO|BAD)/m);
    }
    const start = performance.now();
    await ask(`a LIST "" "${"*a%".repeat(60)}"`);
    expect(performance.now() - start).toBeLessThan(1000);
  });
});
