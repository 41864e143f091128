/** Messages whose bytes are easily changed on the way into a store: nothing here is repaired, joined or re-encoded. */
import { randomBytes } from "node:crypto";
import { mail, type Mail } from "../../harness/mails.ts";
import { SUPPORT } from "../world.ts";

const MEGABYTES = 3;

const head = (name: string, type: string, encoding: string): string =>
  [
    `From: ${name}@odd.example`,
    `To: ${SUPPORT}`,
    `Subject: Odd: ${name}`,
    `Message-ID: <${name}-${randomBytes(6).toString("hex")}@odd.example>`,
    "MIME-Version: 1.0",
    `Content-Type: ${type}`,
    `Content-Transfer-Encoding: ${encoding}`,
    "",
    "",
  ].join("\r\n");

const attachment = (): string =>
  randomBytes(MEGABYTES * 1_000_000)
    .toString("base64")
    .replace(/.{76}/g, "$&\r\n");

const BODIES: Readonly<Record<string, () => Buffer>> = {
  latin1: () =>
    Buffer.concat([
      Buffer.from(head("latin1", "text/plain; charset=iso-8859-1", "8bit")),
      Buffer.from("Tür und Straße\r\n", "latin1"),
    ]),
  broken: () =>
    Buffer.concat([
      Buffer.from(head("broken", "text/plain; charset=utf-8", "8bit")),
      Buffer.from([0xff, 0xfe, 0xc3, 0x28, 13, 10]),
    ]),
  empty: () => Buffer.from(head("empty", "text/plain", "7bit")),
  dots: () => Buffer.from(`${head("dots", "text/plain", "7bit")}.\r\n..\r\n.hidden\r\n`),
  long: () => Buffer.from(`${head("long", "text/plain", "7bit")}${"words without end ".repeat(5_000)}\r\n`),
  large: () =>
    Buffer.from(`${head("large", 'application/octet-stream; name="large.bin"', "base64")}${attachment()}\r\n`),
};

/** One message of each kind, each from a sender of its own. */
export const oddMails = (): Mail[] =>
  Object.entries(BODIES).map(([name, raw]) => ({ ...mail({ from: `${name}@odd.example`, to: SUPPORT }), raw: raw() }));
