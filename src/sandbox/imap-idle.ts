/** IDLE (RFC 2177): the session's listeners tell of changes while this waits for DONE. */
import type { Command, CommandTable } from "./imap-command.ts";

const idle: Command = {
  state: "authenticated",
  capability: "IDLE",
  run: async (session) => {
    session.send("+ idling");
    session.idling = true;
    session.sync();
    try {
      const line = await session.reader.line();
      return typeof line === "string" && /^done$/i.test(line) ? "OK idle done" : "BAD DONE expected";
    } finally {
      session.idling = false;
    }
  },
};

export const IDLE_COMMANDS: CommandTable = { IDLE: idle };
