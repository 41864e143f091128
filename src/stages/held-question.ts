/** The mail to an agent about a reply of theirs that is held: why, the full text, and what they can answer. */
import { countDeliveriesAbout } from "../db/delivery.ts";
import { entryById } from "../db/entry.ts";
import { correctedLine } from "../desk/commands/correct-line.ts";
import { knownNames } from "../desk/commands/command-argument.ts";
import { readLine } from "../desk/commands/command-line.ts";
import type { Known } from "../desk/commands/command.ts";
import type { PreparedAnswer } from "../desk/notices/notice-facts.ts";
import { notSent, type NewerWords, question } from "../desk/notices/notice-holds.ts";
import type { Agent, EmailAddress, InboundMessage, Ticket } from "../desk/types.ts";
import type { Asked } from "./held-asked.ts";
import { newWords } from "./reading.ts";
import type { Unit } from "./stage.ts";
import { mailAgent } from "./tell.ts";

export type HeldReply = {
  readonly inboundId: number;
  readonly ticket: Ticket;
  readonly agent: Agent;
  readonly message: InboundMessage;
  readonly asked: Exclude<Asked, { reviewers: readonly string[] }>;
};

/** `again`: their answer holds a line that is wrong too; `reminder`: they have not answered. */
export type Asking = { readonly again?: { readonly by: number }; readonly reminder?: true };

/** Asks; a stop at a line can be answered, and so can a question. Other stops need a new reply. */
export async function mailQuestion(unit: Unit, held: HeldReply, asking: Asking = {}): Promise<void> {
  const { inboundId, ticket, agent, asked, message } = held;
  const mail = {
    kind: "receipt",
    cause: await causeOf(unit, inboundId, asking),
    inboundId,
    tokenMode: "because" in asked ? "act" : "confirm",
  } as const;
  const newer = "newer" in asked && asked.newer !== undefined ? await newerOf(unit, asked.newer) : undefined;
  const reader = { agent, address: agent.emails[0]!, name: agent.name };
  const more = { inboundId, text: newWords(message), reminder: asking.reminder === true };
  await mailAgent(unit, ticket, reader, mail, (facts) => {
    if ("because" in asked) return notSent({ ...facts, ...more, because: asked.because });
    if ("key" in asked) return question({ ...facts, ...more, question: asked.question, newer });
    const { line, why, suggestion } = asked;
    const answers = answersTo(asked, more.text, knownNames(unit.desk, { agent, now: unit.now }));
    return notSent({ ...facts, ...more, line, why, suggestion, answers, again: asking.again !== undefined });
  });
}

/** One mail for one cause; the same held message may be asked about several times. */
async function causeOf({ tx }: Unit, inboundId: number, { again, reminder }: Asking): Promise<string> {
  if (reminder) return `inbound ${inboundId} still waits`;
  if (again) return `inbound ${again.by}`;
  const before = await countDeliveriesAbout(tx, inboundId, "receipt");
  return before === 0 ? `inbound ${inboundId}` : `inbound ${inboundId}, question ${before + 1}`;
}

async function newerOf({ tx }: Unit, entryId: number): Promise<NewerWords | undefined> {
  const entry = await entryById(tx, entryId);
  return (
    entry && {
      from: { name: entry.author_name, address: entry.author_address as EmailAddress },
      at: Number(entry.created_at),
      text: entry.text,
    }
  );
}

/** A mail of nothing but commands is no text that somebody could want to send. */
export const isOnlyCommands = (text: string): boolean =>
  text.split("\n").every((line) => /^\s*(?:[#\uff03].*)?$/.test(line));

function answersTo(
  { line, suggestion }: { readonly line: string; readonly suggestion?: string },
  text: string,
  known: Known,
): PreparedAnswer[] {
  const corrected = correctionOf(line, suggestion, known);
  return [
    ...(corrected === undefined
      ? []
      : [{ type: corrected, meaning: "this line is right; it is carried out, and the rest of your mail with it" }]),
    ...(isOnlyCommands(text)
      ? []
      : [
          {
            type: "#confirm",
            meaning:
              "it is text, send it: the customer gets everything below as it stands, and no command is carried out",
          },
        ]),
  ];
}

/** A line in the wrong place is offered as it is: as an answer it stands in the right one. */
function correctionOf(line: string, suggestion: string | undefined, known: Known): string | undefined {
  if (suggestion !== undefined) return correctedLine(line, suggestion, known);
  const reading = readLine(line, known);
  if (reading.kind !== "commands") return undefined;
  return line.slice(0, line.length - reading.prose.length).trim();
}
