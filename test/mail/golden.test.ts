/**
 * Golden mail: every NAME.eml in this folder and its subfolders is read and compared with NAME.json. After a wanted change run
 * `UPDATE_GOLDEN=1 npx vitest run test/mail/golden.test.ts` (with `-t reply/` for one folder) and read the difference before it is committed.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { mayAnswerAutomatically } from "../../src/mail/automatic.ts";
import { parse } from "../../src/mail/parse.ts";
import { isMereThanks } from "../../src/mail/thanks.ts";
import type { InboundMessage } from "../../src/mail/types.ts";
import { CONTEXT } from "./context.ts";

const FOLDER = import.meta.dirname;
const UPDATE = process.env["UPDATE_GOLDEN"] === "1";
const names = readdirSync(FOLDER, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".eml"))
  .map((file) => file.slice(0, -4))
  .toSorted();

/** What a person checks: without the raw headers and hashes, lists of addresses as they are read aloud. */
function normalise(message: InboundMessage): unknown {
  const { headers, size: _size, bodyHash: _hash, html, from, sender, replyTo, to, cc, attachments, date, ...rest } = message;
  const spoken = (list: InboundMessage["to"]): string[] => list.map(({ name, address }) => `${name} <${address}>`.trim());
  return {
    ...rest,
    date: date === undefined ? null : new Date(date).toISOString(),
    from: from ? spoken([from])[0] : null,
    ...(sender ? { sender: spoken([sender])[0] } : {}),
    to: spoken(to),
    cc: spoken(cc),
    replyTo: spoken(replyTo),
    hasHtml: html !== undefined,
    headerCount: headers.length,
    attachments: attachments.map(({ sha256, ...file }) => ({ ...file, sha256: sha256.slice(0, 8) })),
    ...(isMereThanks(message.replyText) ? { mereThanks: true } : {}),
    mayAnswer: mayAnswerAutomatically(message, CONTEXT),
  };
}

describe("golden mail", () => {
  test.each(names)("%s", async (name) => {
    const message = await parse(readFileSync(join(FOLDER, `${name}.eml`)), CONTEXT);
    const seen = JSON.parse(JSON.stringify(normalise(message))) as unknown;
    const file = join(FOLDER, `${name}.json`);
    if (UPDATE) writeFileSync(file, `${JSON.stringify(seen, null, 2)}\n`);
    expect(existsSync(file), `${name}.json is missing; run with UPDATE_GOLDEN=1 and read it`).toBe(true);
    expect(seen).toEqual(JSON.parse(readFileSync(file, "utf8")));
  });
});
