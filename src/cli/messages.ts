/** Messages named on the command line, by number or as files, read in the parser's threads as everything that strangers wrote. */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { configPath } from "../config.ts";
import { connect, isMigrated } from "../db/connect.ts";
import { currentDesk } from "../db/desk.ts";
import { inboundById } from "../db/inbound.ts";
import { getRaw } from "../db/raw.ts";
import type { InboundMessage } from "../mail/types.ts";
import { openParser, type ParserContext } from "../parser/pool.ts";
import { contextOf } from "../roles/desk-parser.ts";
import { Exit, type Globals, number, requireConfig, withStore } from "./context.ts";
import { NO_DESK } from "./parser-context.ts";

export type Named = { readonly name: string; readonly raw: Buffer };

/** @param mails numbers of stored messages, and files */
export async function namedMessages(globals: Globals, mails: readonly string[]): Promise<Named[]> {
  const named: Named[] = [];
  for (const mail of mails) named.push(/^\d+$/.test(mail) ? await stored(globals, mail) : await file(mail));
  return named;
}

async function stored(globals: Globals, id: string): Promise<Named> {
  return await withStore(requireConfig(globals), async (db) => {
    const row = await inboundById(db, number(id, "messages"));
    if (!row) throw new Exit(3, `There is no message ${id}. "postern inbound list" shows them.`);
    if (!row.raw_sha256) throw new Exit(3, `Message ${id} was left on the server: ${row.reason}.`);
    return { name: id, raw: await getRaw(db, row.raw_sha256) };
  });
}

async function file(path: string): Promise<Named> {
  const raw = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    throw new Exit(3, `${path}: cannot be read (${error.code}). Write the number of a stored message, or a file.`);
  });
  return { name: basename(path), raw };
}

/** Reads them as the desk would; without a configuration, as a desk that knows nobody. Signatures are not checked. */
export async function parseNamed(globals: Globals, named: readonly Named[]): Promise<InboundMessage[]> {
  const parser = openParser({ threads: 1, context: await deskContext(globals) });
  try {
    return await Promise.all(
      named.map(async ({ name, raw }) => {
        const result = await parser.parse(raw, { arrivedAt: 0 });
        if (!result.ok) throw new Exit(1, `${name}: cannot be read (${result.reason}: ${result.detail})`);
        return result.message;
      }),
    );
  } finally {
    await parser.close();
  }
}

async function deskContext(globals: Globals): Promise<ParserContext> {
  if (globals.config === undefined && !existsSync(configPath(undefined))) return NO_DESK;
  const config = requireConfig(globals);
  const mx = config.trustedAuthservId ? { authservId: config.trustedAuthservId, host: config.mxHost } : undefined;
  const db = connect(config.database);
  try {
    const desk = (await isMigrated(db)) ? await currentDesk(db) : undefined;
    return { ...contextOf(desk, config), loopMark: "", mx, dkim: false };
  } finally {
    await db.destroy();
  }
}
