/** What becomes of an osTicket of the tests, read again by Postern's own reader. */
import { readDesk } from "../../../src/desk/file/desk-file.ts";
import type { OsTables } from "../../../src/desk/osticket/osticket-tables.ts";
import { deskFromOsTicket, type OsTicketDesk } from "../../../src/desk/osticket/osticket.ts";
import type { Desk } from "../../../src/desk/types.ts";
import { tablesOf, type World } from "./osticket-world.ts";

export const NOW = Date.parse("2026-11-26T10:00:00Z");

export const convert = (made: World | OsTables): OsTicketDesk =>
  deskFromOsTicket(made instanceof Map ? (made as OsTables) : tablesOf(made as World), {
    prefix: "NW",
    now: NOW,
    source: "dump.sql",
  });

/** The desk that Postern's own reader makes of it. */
export function deskOf({ yaml }: OsTicketDesk): Desk {
  const read = readDesk(yaml, "desk.yaml");
  if (!read.ok)
    throw new Error(read.errors.map(({ line, field, message }) => `${line} ${field}: ${message}`).join("\n"));
  return read.desk;
}

/** What is said about a row: `schedule_entry 8`. */
export const said = ({ remarks }: OsTicketDesk, table: string, id: string): string[] =>
  remarks.filter((one) => one.table === table && one.id === id).map(({ text }) => text);
