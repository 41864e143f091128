/** `#help`: the commands that this agent may use, or all about one of them. */
import { knownNames } from "../desk/commands/command-argument.ts";
import type { CommandName } from "../desk/commands/command-table.ts";
import { helpAbout, helpRows } from "../desk/commands/command-help.ts";
import { help } from "../desk/notices/notice.ts";
import { type Asked, causeOf, mailLines, placeOf, readerOf } from "./querying.ts";
import type { Unit } from "./stage.ts";
import { mailAgent } from "./tell.ts";

export async function answerHelp(unit: Unit, asked: Asked, about: CommandName | null): Promise<void> {
  const { agent, ticket, inbound } = asked;
  const words = knownNames(unit.desk);
  if (about) {
    const lines = helpAbout(about, agent.role, words);
    return await mailLines(unit, asked, { what: "help", title: `#${about}`, lines });
  }
  const reader = readerOf(agent);
  const mail = { kind: "receipt", cause: causeOf(asked, "help"), inboundId: inbound.id } as const;
  const commands = helpRows(agent.role, words);
  if (ticket) await mailAgent(unit, ticket, reader, mail, (facts) => help({ ...facts, commands }));
  else
    await mailAgent(unit, placeOf(asked), reader, { ...mail, tokenMode: "list" }, (facts) =>
      help({ ...facts, commands }),
    );
}
