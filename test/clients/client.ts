/** What there is to know of a mail client. */
import type { Original, Part } from "./client-mime.ts";

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
