import { readFileSync } from "node:fs";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readAttachment } from "../../src/mail/mime/attachments.ts";
import { parse } from "../../src/mail/parse.ts";
import { CONTEXT } from "./context.ts";

const raw = readFileSync(join(import.meta.dirname, "photo-in-the-text-and-a-file.eml"));

test("an attachment read back is the one of the list, byte for byte", async () => {
  const { attachments } = await parse(raw, CONTEXT);
  expect(attachments).toHaveLength(3);
  for (const attachment of attachments) {
    const { content, filename, contentType } = await readAttachment(raw, attachment.part);
    expect({ filename, contentType, size: content.length }).toEqual({
      filename: attachment.filename,
      contentType: attachment.contentType,
      size: attachment.size,
    });
    expect(createHash("sha256").update(content).digest("hex")).toBe(attachment.sha256);
  }
});

test("an attachment that is not there is an error", async () => {
  await expect(readAttachment(raw, 3)).rejects.toThrow(RangeError);
});
