/** What a replay is given in tests: the parser in this process, and connections that the database lets only read. */
import { connect, type Db } from "../../src/db/connect.ts";
import { ourAddresses } from "../../src/db/desk.ts";
import { parse } from "../../src/mail/parse.ts";
import type { ReplayTools } from "../../src/stages/replay.ts";
import { MX } from "./street.ts";

export function tools(db: Db): ReplayTools {
  return {
    db,
    addressOf: () => undefined,
    loopMark: "test.postern",
    parse: async (raw, { received_at: arrivedAt }, desk) => ({
      ok: true,
      message: await parse(raw, {
        ourAddresses: ourAddresses(desk),
        ourDomains: [],
        loopMark: "test.postern",
        mx: MX,
        arrivedAt: Number(arrivedAt),
        ownListIds: desk.ownListIds,
        forwarders: desk.forwarders,
      }),
    }),
  };
}

/** @param opened is told of the connection, for whoever closes it */
export function readOnly(url: string, opened: Db[]): Db {
  const db = connect(url, { readOnly: true });
  opened.push(db);
  return db;
}
