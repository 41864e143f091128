/**
 * `/attachment/…`: one file of a message, for an agent whose notification could not carry it. The link is the permission, and
 * grants this file only (mail/file-link.ts). A stranger wrote the file: no browser may show it or guess what it is.
 */
import type { Hono } from "hono";
import { attachmentById } from "../db/entry.ts";
import { getRaw } from "../db/raw.ts";
import { readFileLink } from "../mail/file-link.ts";
import type { Stage } from "../stages/stage.ts";

const SAFETY = {
  "Content-Security-Policy": "default-src 'none'; sandbox",
  "X-Content-Type-Options": "nosniff",
  "Cache-Control": "private, no-store",
  "Referrer-Policy": "no-referrer",
  "X-Robots-Tag": "noindex",
};

const UNKNOWN = "There is no such file.\n";
const EXPIRED = "This link has expired. Ask whoever runs the desk for the file.\n";

/** Serves files where `web.url` says that people reach this; elsewhere there are no such links. Logs ids, never names. */
export function serveAttachments(app: Hono, stage: Stage): void {
  const { webUrl, key } = stage.settings;
  if (webUrl === undefined) return;
  app.get("/attachment/:link", async (context) => {
    for (const [name, value] of Object.entries(SAFETY)) context.header(name, value);
    const link = readFileLink(context.req.param("link"), key, stage.now());
    if (link.kind === "expired") return context.text(EXPIRED, 410);
    const file = link.kind === "file" ? await attachmentById(stage.db, link.attachmentId) : undefined;
    if (!file) return context.text(UNKNOWN, 404);
    try {
      const bytes = await stage.readPart(await getRaw(stage.db, file.raw_sha256), file.part);
      stage.log.info({ attachment: file.id, bytes: bytes.length }, "file fetched by its link");
      context.header("Content-Disposition", disposition(file.filename));
      context.header("Content-Type", "application/octet-stream");
      return context.body(new Uint8Array(bytes));
    } catch (err) {
      stage.log.error({ err, attachment: file.id }, "file could not be read");
      return context.text("The file could not be read; see the log.\n", 500);
    }
  });
}

/** RFC 6266: a name in ASCII for old programs, and the whole one as RFC 8187 writes it. */
function disposition(filename: string): string {
  const plain = filename.replace(/[^\x20-\x7e]|["\\%]/g, "_");
  const whole = encodeURIComponent(filename.toWellFormed()).replace(/['()*]/g, (one) => `%${hex(one)}`);
  return `attachment; filename="${plain}"; filename*=UTF-8''${whole}`;
}

const hex = (one: string): string => one.charCodeAt(0).toString(16).toUpperCase();
