/** The parser with what it must know of the desk. */
import type { Config } from "../config/types.ts";
import type { Db } from "../db/connect.ts";
import { currentDesk, ourAddresses } from "../db/desk.ts";
import type { Desk } from "../desk/types.ts";
import { canonicalAddress } from "../mail/address.ts";
import { openParser, type Parser } from "../parser/pool.ts";

const WARM_UP = Buffer.from("From: warm@up.invalid\r\nSubject: warm up\r\n\r\nHello\r\n");
const DESK_REFRESH_MS = 2000;

/** The parser knows the desk's addresses; a new version of the desk reaches it within seconds. */
export async function openDeskParser(
  db: Db,
  config: Config,
  loopMark: string,
  closers: (() => Promise<unknown>)[],
): Promise<Parser> {
  let desk = await currentDesk(db);
  const mx = config.trustedAuthservId ? { authservId: config.trustedAuthservId, host: config.mxHost } : undefined;
  const parser = openParser({
    threads: config.parser.threads,
    maxOldGenerationSizeMb: Math.round(config.parser.memoryBytes / 1e6),
    timeLimitMs: config.parser.timeMs,
    context: { ...contextOf(desk, config), loopMark, mx, dkim: config.dkim },
  });
  // Threads load their code with their first message: let that not be a customer's.
  const warmUps = Array.from({ length: config.parser.threads }, () => parser.parse(WARM_UP, { arrivedAt: 0 }));
  closers.push(async () => void (await Promise.allSettled(warmUps)));
  const timer = setInterval(() => {
    void currentDesk(db)
      .then((now) => {
        if (now?.version === desk?.version) return;
        desk = now;
        parser.updateContext({ ...contextOf(desk, config), loopMark, mx, dkim: config.dkim });
      })
      .catch(() => undefined);
  }, DESK_REFRESH_MS);
  closers.push(
    () => parser.close(),
    async () => clearInterval(timer),
  );
  return parser;
}

/** What the desk's own addresses and settings say to the parser; without a desk, the mailboxes' addresses. */
export function contextOf(desk: Desk | undefined, config: Config) {
  const own = desk ? ourAddresses(desk) : [];
  const boxes = Object.values(config.mailboxes).flatMap(({ address }) => (address ? [canonicalAddress(address)!] : []));
  return {
    ourAddresses: [...new Set([...own, ...boxes])],
    ourDomains: [],
    legacyCharset: config.parser.legacyCharset,
    ownListIds: desk?.ownListIds ?? [],
    forwarders: desk?.forwarders ?? [],
  };
}
