import { randomBytes } from "node:crypto";
import { expect, it } from "vitest";
import { onBothStores } from "../db/stores.ts";
import { openStreet } from "./street.ts";

const CRLF = (lines: string[]): { raw: Buffer } => ({ raw: Buffer.from(lines.join("\r\n"), "utf8") });

onBothStores("what agents read of a customer's mail", (store) => {
  const notice = async (lines: string[]) => {
    const street = await openStreet(store);
    await street.receive(CRLF(lines) as never);
    const told = street.outbox.filter(({ to }) => to.endsWith("@nw.example"));
    expect(told.length).toBeGreaterThan(0);
    return told[0]!.message;
  };

  it("holds the number under the name, and the mail that was passed on", async () => {
    const message = await notice([
      "From: Maria Santos <maria@passed.example>",
      "To: support@nw.example",
      "Subject: Fwd: Your order",
      "Message-ID: <f1@passed.example>",
      "",
      "Is this one of yours?",
      "",
      "-- ",
      "Maria, customer number 4711",
      "",
      "---------- Forwarded message ---------",
      "From: Eve <eve@shop.example>",
      "Date: Mon, 23 Nov 2026 at 09:00",
      "Subject: Your order",
      "To: <maria@passed.example>",
      "",
      "Please pay the lamp again.",
      "",
    ]);
    expect(message.text).toContain("Is this one of yours?");
    expect(message.text).toContain("customer number 4711");
    expect(message.text).toContain("Please pay the lamp again.");
  });

  it("comes with the screenshot that stands in the text, and without the logo", async () => {
    const picture = (id: string, bytes: number): string[] => [
      "--r",
      "Content-Type: image/png",
      `Content-ID: <${id}@home>`,
      "Content-Transfer-Encoding: base64",
      "",
      ...(randomBytes(bytes)
        .toString("base64")
        .match(/.{1,76}/g) as string[]),
    ];
    const message = await notice([
      "From: Maria Santos <maria@screen.example>",
      "To: support@nw.example",
      "Subject: Look",
      "Message-ID: <s1@screen.example>",
      "MIME-Version: 1.0",
      "Content-Type: multipart/related; boundary=r",
      "",
      "--r",
      "Content-Type: text/html; charset=utf-8",
      "",
      '<p>It looks like this: <img src="cid:screen@home"></p><p>Maria <img src="cid:logo@home"></p>',
      ...picture("screen", 30_000),
      ...picture("logo", 900),
      "--r--",
      "",
    ]);
    const pictures = message.attachments.filter(({ contentType }) => contentType === "image/png");
    expect(pictures.map(({ size }) => size)).toEqual([30_000]);
  });
});
