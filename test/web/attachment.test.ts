/** Files that no notification could carry: linked for agents, and fetched by the link. */
import { randomBytes } from "node:crypto";
import { Hono } from "hono";
import { expect, it } from "vitest";
import { serveAttachments } from "../../src/web/attachment.ts";
import { onBothStores } from "../db/stores.ts";
import { DAY, openStreet, type Street } from "../stages/street.ts";

const URL_OF_DESK = "https://desk.nw.example/postern";
const FILES = { "film über alles.mov": randomBytes(3000), "log.txt": randomBytes(200) };

let senders = 0;

/** A mail with two files, the first of which the database calls 34 MB. */
async function withLargeFile(street: Street): Promise<string> {
  const from = `maria@large${++senders}.example`;
  const parts = Object.entries(FILES).flatMap(([name, bytes]) => [
    "--b",
    `Content-Type: application/octet-stream; name*=utf-8''${encodeURIComponent(name)}`,
    `Content-Disposition: attachment; filename*=utf-8''${encodeURIComponent(name)}`,
    "Content-Transfer-Encoding: base64",
    "",
    bytes.toString("base64").replace(/.{76}/g, "$&\r\n"),
  ]);
  const lines = [
    `From: Maria Santos <${from}>`,
    "To: support@nw.example",
    "Subject: A film",
    `Message-ID: <film@large${senders}.example>`,
    "MIME-Version: 1.0",
    'Content-Type: multipart/mixed; boundary="b"',
    "",
    "--b",
    "Content-Type: text/plain",
    "",
    "See the film.",
    ...parts,
    "--b--",
    "",
  ];
  const id = await street.arrive(Buffer.from(lines.join("\r\n")));
  await street.record();
  const { entry_id } = await street.inbound(id);
  await street.db("attachment").where({ entry_id, size: 3000 }).update({ size: 34_567_890 });
  await street.ring();
  return from;
}

const noticeOf = (street: Street) => street.outbox.find(({ to }) => /^(?:ann|ben)@nw\.example$/.test(to))!;

onBothStores("files that are too large to mail", (store) => {
  it("are linked for agents, and the link gives the file, no browser's opinion of it, until it expires", async () => {
    const street = await openStreet(store, { settings: { webUrl: URL_OF_DESK } });
    const customer = await withLargeFile(street);
    const { message } = noticeOf(street);
    expect(message.attachments.map(({ filename }) => filename)).toEqual(["log.txt"]);
    expect(message.text).toContain("Attached to the message: log.txt\n");
    const link = /Too large to mail: film über alles\.mov \(34\.6 MB\) (https:\S+)/.exec(message.text)![1]!;
    expect(link.startsWith(`${URL_OF_DESK}/attachment/`)).toBe(true);
    expect(message.html).toContain(`href="${link}"`);
    const app = new Hono();
    serveAttachments(app, street.stage);
    const path = link.slice(URL_OF_DESK.length);
    const response = await app.request(path);
    expect(response.status).toBe(200);
    expect(Buffer.from(await response.arrayBuffer())).toEqual(FILES["film über alles.mov"]);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "content-type": "application/octet-stream",
      "content-disposition":
        "attachment; filename=\"film _ber alles.mov\"; filename*=UTF-8''film%20%C3%BCber%20alles.mov",
      "content-security-policy": "default-src 'none'; sandbox",
      "x-content-type-options": "nosniff",
      "cache-control": "private, no-store",
    });
    const id = Number(/attachment\/(\d+)-/.exec(path)![1]);
    for (const wrong of [path.replace(`/${id}-`, `/${id + 1}-`), `${path}x`, "/attachment/", `/attachment/${id}`])
      expect((await app.request(wrong)).status).toBe(404);
    street.clock.now += 30 * DAY - 2000;
    expect((await app.request(path)).status).toBe(200);
    street.clock.now += 3000;
    expect((await app.request(path)).status).toBe(410);
    for (const { message: theirs } of street.sentTo(customer))
      expect(theirs.text + theirs.html).not.toContain("/attachment/");
  });

  it("are named with the command that reads them where the web role is not open to agents", async () => {
    const street = await openStreet(store);
    await withLargeFile(street);
    const { message } = noticeOf(street);
    expect(message.text).toMatch(
      /Too large to mail: film über alles\.mov \(34\.6 MB\); on the desk's machine: postern inbound show \d+ --raw\n/,
    );
    const app = new Hono();
    serveAttachments(app, street.stage);
    expect((await app.request("/attachment/1-1-x")).status).toBe(404);
    expect(app.routes).toEqual([]);
  });
});
