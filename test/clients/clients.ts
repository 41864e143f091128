/**
 * Ten mail clients and how each writes an answer: its tree of parts, attribution, quoting, marks of signatures, and headers,
 * after their documented structure. Each says what of it a customer may see.
 */
import type { Original, Part } from "./client-mime.ts";
import { appleMail, iosMail } from "./clients-apple.ts";
import { k9, mutt, thunderbird } from "./clients-free.ts";
import { outlookDesktop, outlookWeb } from "./clients-outlook.ts";
import { gmailAndroid, gmailWeb, proton } from "./clients-web.ts";

export type Client = {
  readonly name: string;
  /** What it writes into the head beside what every message has. */
  readonly headers: readonly string[];
  /** An answer with `#priority high` and `#close` on top, and a formatted text. */
  readonly body: (original: Original) => Part;
  /** What the customer reads above the department's signature, in plain text and in HTML, and the files that come with it. */
  readonly text: string;
  readonly html: string;
  readonly files: readonly string[];
};

export const CLIENTS: readonly Client[] = [
  outlookDesktop,
  outlookWeb,
  gmailWeb,
  gmailAndroid,
  appleMail,
  iosMail,
  thunderbird,
  k9,
  proton,
  mutt,
];
