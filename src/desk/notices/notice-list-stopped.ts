/** A mail of commands was not understood: nothing of it was done, and the agent gets it back. */
import type { OutboundMessage } from "../../mail/types.ts";
import { deskMail, subjectOfCommands } from "./notice.ts";
import type { AgentFacts } from "./notice-facts.ts";
import { withoutMarkers } from "./notice-marker.ts";
import { agentText, indented, orNull } from "./notice-text.ts";
import { shortLine } from "./notice-words.ts";

export type StoppedFacts = AgentFacts & {
  /** Undefined where no single line is to blame. */
  readonly line?: string;
  /** A clause. */
  readonly why: string;
  readonly suggestion?: string;
  readonly text: string;
  /** Of a new mail, whose subject may hold the command. */
  readonly subject?: string;
};

export function mailStopped(f: StoppedFacts): OutboundMessage {
  const why = shortLine(f.why, 400).replace(/[.\s]+$/, "");
  const words = f.subject === undefined ? f.text : `Subject: ${shortLine(f.subject, 200)}\n\n${f.text}`;
  return deskMail(f, "command-mail-stopped", "NOT DONE", {
    ...subjectOfCommands(f),
    line: f.line === undefined ? null : shortLine(f.line, 200),
    why: why.charAt(0).toUpperCase() + why.slice(1),
    suggestion: f.suggestion === undefined ? null : shortLine(f.suggestion, 200),
    text: orNull(indented(agentText(f, withoutMarkers(words)))),
  });
}
