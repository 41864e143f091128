/** A world in a folder of its own, and clients for it. Everything a test starts ends with the test. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ImapFlow, type ImapFlowOptions } from "imapflow";
import nodemailer from "nodemailer";
import { afterEach } from "vitest";
import { startWorld, type World, type WorldOptions } from "../../src/sandbox/world.ts";

export const AUTHSERV = "mail.sandbox.example";
export const SUPPORT = { address: "support@desk.example", name: "Support", password: "s3cret", tokens: ["tok-1"] };
export const ANN = { address: "ann@desk.example", name: "Ann", password: "annpass" };

const endings: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

/** Runs when the test is over, the last one first. */
export function atEnd(end: () => Promise<unknown>): void {
  endings.push(end);
}

export async function freshDir(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), "postern-world-"));
  atEnd(async () => await rm(dir, { recursive: true, force: true }));
  return dir;
}

export async function openWorld(options: Partial<WorldOptions> = {}): Promise<World> {
  const dir = options.dir ?? (await freshDir());
  const world = await startWorld({ authservId: AUTHSERV, people: [SUPPORT, ANN], catchAll: true, ...options, dir });
  atEnd(world.close);
  return world;
}

/** An imapflow client for one person, not connected yet. */
export function imapClient(
  world: World,
  who: { address: string; password: string },
  more: Partial<ImapFlowOptions> = {},
): ImapFlow {
  const auth = { user: who.address, pass: who.password };
  const client = new ImapFlow({
    host: "127.0.0.1",
    port: world.imapPort,
    secure: false,
    auth,
    logger: false,
    autoIdleDelay: 50,
    ...more,
  });
  client.on("error", () => {});
  atEnd(async () => client.close());
  return client;
}

export async function connected(
  world: World,
  who = SUPPORT as { address: string; password: string },
): Promise<ImapFlow> {
  const client = imapClient(world, who);
  await client.connect();
  return client;
}

/** Sends bytes by SMTP, logged in when `as` is given. */
export async function send(
  world: World,
  mail: { from: string; to: string | string[]; raw: string | Buffer },
  as?: { address: string; password: string },
): Promise<{ accepted: unknown[]; response: string }> {
  const transport = nodemailer.createTransport({
    host: "127.0.0.1",
    port: world.smtpPort,
    secure: false,
    ignoreTLS: true,
    ...(as ? { auth: { user: as.address, pass: as.password } } : {}),
  });
  try {
    return await transport.sendMail({ envelope: { from: mail.from, to: mail.to }, raw: mail.raw });
  } finally {
    transport.close();
  }
}

export function letter(number: number, extra = ""): Buffer {
  return Buffer.from(
    `From: Maria <maria@home.example>\r\nTo: support@desk.example\r\nSubject: =?utf-8?Q?Pr=C3=BCfung_${number}?=\r\n` +
      `Message-ID: <m${number}@home.example>\r\nDate: Mon, 23 Nov 2026 10:00:00 +0000\r\nMIME-Version: 1.0\r\n` +
      `Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\nHello wörld ${number}\r\n.dot line\r\n${extra}`,
  );
}

/** The messages of an inbox as the store holds them, oldest first. */
export async function inboxOf(world: World, address: string): Promise<string[]> {
  const messages = world.store.mailbox(address)?.messages ?? [];
  return await Promise.all(messages.map(async (message) => (await world.store.read(message)).toString("utf8")));
}
