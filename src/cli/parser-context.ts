/** What the parser must know to read for a desk, with and without a configuration. DNS is not asked for signatures. */
import type { Config } from "../config/types.ts";
import { ourAddresses } from "../db/desk.ts";
import type { Desk } from "../desk/types.ts";
import { loopMarkOf } from "../mail/token.ts";
import type { ParserContext } from "../parser/pool.ts";
import { contextOf } from "../roles/desk-parser.ts";

/** Where no desk is configured: nobody's addresses are ours, and no server is trusted. */
export const NO_DESK: ParserContext = {
  ourAddresses: [],
  ourDomains: [],
  loopMark: "",
  ownListIds: [],
  forwarders: [],
  legacyCharset: "windows-1252",
  dkim: false,
};

/** @param key the instance's, where our own mail that came back is to be known */
export function parserContext(desk: Desk, config: Config | undefined, key?: Buffer): ParserContext {
  const loopMark = key === undefined ? "" : loopMarkOf(key);
  const { ownListIds, forwarders } = desk;
  if (!config) return { ...NO_DESK, ourAddresses: ourAddresses(desk), ownListIds, forwarders, loopMark };
  const mx = config.trustedAuthservId ? { authservId: config.trustedAuthservId, host: config.mxHost } : undefined;
  return { ...contextOf(desk, config), loopMark, mx, dkim: false };
}
