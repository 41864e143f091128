/**
 * Ten mail clients and how each writes an answer: its tree of parts, attribution, quoting, marks of signatures, and headers,
 * after their documented structure. Each says what of it a customer may see.
 */
import type { Client } from "./client.ts";
import { appleMail, iosMail } from "./clients-apple.ts";
import { k9, mutt, thunderbird } from "./clients-free.ts";
import { outlookDesktop, outlookWeb } from "./clients-outlook.ts";
import { gmailAndroid, gmailWeb, proton } from "./clients-web.ts";

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
