import { spawn } from "node:child_process";
import { appendFile, readdir, readFile, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { MailStore } from "../../src/sandbox/mail-store.ts";
import { startWorld } from "../../src/sandbox/world.ts";
import { ANN, AUTHSERV, atEnd, connected, freshDir, inboxOf, letter, openWorld, send, SUPPORT } from "./fixture.ts";

const FROM = "maria@home.example";

/** Everything a client can tell of a person's mailboxes, bytes included. */
async function snapshot(store: MailStore): Promise<unknown> {
  const mailboxes = [...store.people.values()].flatMap((person) => [...person.mailboxes.values()]);
  return await Promise.all(
    mailboxes.map(async ({ messages, ...rest }) => ({
      ...rest,
      messages: await Promise.all(
        messages.map(async (message) => ({ ...message, source: (await store.read(message)).toString("latin1") })),
      ),
    })),
  );
}

async function eventfulWorld(dir: string) {
  const world = await openWorld({ dir });
  for (let number = 1; number <= 4; number++)
    await send(world, { from: FROM, to: SUPPORT.address, raw: letter(number) });
  const client = await connected(world);
  await client.mailboxOpen("INBOX");
  await client.mailboxCreate("Done/2026");
  await client.messageFlagsAdd("2", ["\\Seen", "$Ticketed"], { uid: true });
  await client.messageMove("1", "Done/2026", { uid: true });
  await client.mailboxRename("Done/2026", "Archive");
  await client.messageCopy("3", "Archive", { uid: true });
  await client.messageDelete("4", { uid: true });
  await client.mailboxDelete("Junk");
  world.store.renewUidValidity(world.store.mailbox(SUPPORT.address, "Sent")!);
  return world;
}

it("keeps UIDs, flags, mailboxes and bytes when the folder is opened again without having been closed", async () => {
  const dir = await freshDir();
  const world = await eventfulWorld(dir);
  const before = await snapshot(world.store);
  const reopened = new MailStore(dir);
  atEnd(async () => await reopened.close());
  expect(await snapshot(reopened)).toEqual(before);
  const archive = reopened.mailbox(SUPPORT.address, "Archive");
  expect(archive?.messages.map((message) => message.uid)).toEqual([1, 2]);
  expect(reopened.mailbox(SUPPORT.address)).toMatchObject({ uidNext: 5 });
});

it("never gives a UID or UIDVALIDITY out twice, not even after a restart", async () => {
  const dir = await freshDir();
  const world = await eventfulWorld(dir);
  const used = world.store.mailbox(SUPPORT.address, "Archive")!.uidValidity;
  await world.close();
  const again = await openWorld({ dir });
  again.store.deleteMailbox(again.store.mailbox(SUPPORT.address, "Archive")!);
  again.store.createMailbox(again.store.personFor(SUPPORT.address)!, "Archive");
  expect(again.store.mailbox(SUPPORT.address, "Archive")!.uidValidity).toBeGreaterThan(used);
  await send(again, { from: FROM, to: SUPPORT.address, raw: letter(5) });
  expect(again.store.mailbox(SUPPORT.address)!.messages.at(-1)!.uid).toBe(5);
});

it("passes over a torn last line and goes on behind it", async () => {
  const dir = await freshDir();
  const world = await eventfulWorld(dir);
  const before = await snapshot(world.store);
  await world.close();
  await appendFile(join(dir, "journal.jsonl"), '[{"op":"remove","key":1,"uids":[2,');
  const again = await openWorld({ dir });
  expect(await snapshot(again.store)).toEqual(before);
  await send(again, { from: FROM, to: SUPPORT.address, raw: letter(6) });
  await again.close();
  const last = await openWorld({ dir });
  expect((await inboxOf(last, SUPPORT.address)).at(-1)).toContain("<m6@home.example>");
});

it("opens at every length at which a killed process could have left the journal", async () => {
  const dir = await freshDir();
  await (await eventfulWorld(dir)).close();
  const journal = join(dir, "journal.jsonl");
  const bytes = await readFile(journal);
  const lastLine = bytes.lastIndexOf("\n", bytes.length - 2) + 1;
  for (let length = bytes.length; length >= lastLine; length -= 7) {
    await writeFile(journal, bytes);
    await truncate(journal, length);
    const store = new MailStore(dir);
    expect(store.mailbox(SUPPORT.address, "Archive")?.messages.length).toBe(2);
    await store.close();
  }
});

it("refuses a journal that is damaged in the middle, and says where", async () => {
  const dir = await freshDir();
  await (await eventfulWorld(dir)).close();
  const journal = join(dir, "journal.jsonl");
  const lines = (await readFile(journal, "utf8")).split("\n");
  await writeFile(journal, [...lines.slice(0, 4), "garbage", ...lines.slice(5)].join("\n"));
  await expect(startWorld({ dir, authservId: AUTHSERV, people: [SUPPORT], catchAll: true })).rejects.toThrow(/line 5/);
});

it("deletes the bytes of messages that are gone, but only at the next start", async () => {
  const dir = await freshDir();
  const world = await eventfulWorld(dir);
  expect((await readdir(join(dir, "messages"))).length).toBe(4);
  await world.close();
  await openWorld({ dir });
  expect((await readdir(join(dir, "messages"))).length).toBe(3);
});

it("has every message it answered 250 for after SIGKILL in mid-mail", async () => {
  const dir = await freshDir();
  const child = spawn(process.execPath, [fileURLToPath(new URL("world-process.ts", import.meta.url)), dir], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const exited = new Promise((resolve) => child.once("exit", resolve));
  const [port] = await new Promise<string[]>((resolve) => {
    createInterface(child.stdout).once("line", (line) => resolve(line.split(" ")));
  });
  const target = { smtpPort: Number(port) } as Awaited<ReturnType<typeof startWorld>>;
  const accepted: number[] = [];
  const sender = async (first: number): Promise<void> => {
    for (let number = first; number < first + 1000; number++) {
      const to = [SUPPORT.address, ANN.address];
      await send(target, { from: FROM, to, raw: letter(number, "x".repeat(20_000)) });
      accepted.push(number);
      if (accepted.length === 12) child.kill("SIGKILL");
    }
  };
  await Promise.allSettled([sender(1000), sender(2000), sender(3000)]);
  await exited;
  const world = await openWorld({ dir });
  const [support, ann] = await Promise.all([inboxOf(world, SUPPORT.address), inboxOf(world, ANN.address)]);
  expect(accepted.length).toBeGreaterThanOrEqual(12);
  for (const number of accepted) {
    expect(support.filter((source) => source.includes(`<m${number}@home.example>`)).length).toBe(1);
  }
  // All recipients of a transaction or none, and every message in full.
  expect(ann.length).toBe(support.length);
  expect([...support, ...ann].every((source) => source.trimEnd().endsWith("x".repeat(20_000)))).toBe(true);
});
