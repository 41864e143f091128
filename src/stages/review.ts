/** A trainee's answer to a customer waits until somebody else has read it. What waits, and the mails that say so. */
import { entriesOf } from "../db/entry.ts";
import { insertEvent } from "../db/event.ts";
import { type InboundRow, settleStopped } from "../db/inbound.ts";
import { knownNames } from "../desk/commands/command-argument.ts";
import { readCommands } from "../desk/commands/command-read.ts";
import { cannedText } from "../desk/notices/notice-canned.ts";
import { reviewNews, reviewRequest } from "../desk/notices/notice-review.ts";
import { reviewersOf } from "../desk/reviewers.ts";
import type { Agent, InboundMessage, Ticket } from "../desk/types.ts";
import type { Acting } from "./acting.ts";
import { heldRow, keptOf } from "./held-asked.ts";
import { newWords } from "./reading.ts";
import { filesToSend } from "./sent-files.ts";
import type { Unit } from "./stage.ts";
import { mailAgent } from "./tell.ts";

export type HeldAnswer = {
  readonly inboundId: number;
  readonly ticket: Ticket;
  readonly trainee: Agent;
  readonly message: InboundMessage;
  /** The trainee has said that all of it is text. */
  readonly asText: boolean;
};

/** Nothing of the mail is done, its commands neither: they go together when somebody has said `#send`. */
export async function holdForReview(acting: Acting): Promise<Partial<InboundRow>> {
  const { recording, ticket, agent, actor } = acting;
  const { unit, inbound, message, said } = recording;
  const reviewers = reviewersOf(unit.desk, ticket, agent, unit.now);
  const names = reviewers.map(({ name }) => name).join(" or ") || "somebody who may";
  const held = { inboundId: inbound.id, ticket, trainee: agent, message, asText: said.confirmed === true };
  await askReviewers(unit, held, reviewers);
  const nobody = reviewers.length === 0 ? "; the desk has no lead or admin who could, so tell whoever runs it" : "";
  await tellTrainee(unit, held, {
    heading: "WAITING",
    outcome: `Your answer waits for ${names} to read it, and nothing was sent yet${nobody}`,
    cause: `inbound ${inbound.id}`,
  });
  const cause = { kind: "message", detail: `inbound ${inbound.id}` } as const;
  const asked = reviewers.map(({ key }) => key);
  await insertEvent(
    unit.tx,
    ticket.id,
    { name: "review asked", actor, cause, new: asked.join(", ") || null, detail: `waits for ${names}` },
    unit.now,
  );
  const settled = { inboundId: inbound.id, replied: true };
  await settleStopped(unit.tx, ticket.id, unit.ids.agent.id(agent.key), settled, unit.now);
  return heldRow("review", `waits for ${names} to review it`, { reviewers: asked, said: keptOf(said) });
}

/** To each of them, with a token of their own; the first answer counts. */
export async function askReviewers(
  unit: Unit,
  held: HeldAnswer,
  reviewers: readonly Agent[],
  reminder?: { readonly cause: string },
): Promise<void> {
  const { inboundId, ticket, trainee } = held;
  const shown = whatWouldBeSent(unit, held);
  const theirs = (await entriesOf(unit.tx, ticket.id)).findLast(
    ({ kind, author_kind }) => kind === "message" && author_kind !== "stranger",
  );
  const asked = theirs && {
    from: theirs.author_name || theirs.author_address,
    at: Number(theirs.created_at),
    text: theirs.text,
  };
  for (const agent of reviewers) {
    const reader = { agent, address: agent.emails[0]!, name: agent.name };
    const cause = reminder?.cause ?? `review of inbound ${inboundId}`;
    const mail = { kind: "notice", cause, tokenMode: "review", inboundId } as const;
    await mailAgent(unit, ticket, reader, mail, (facts) =>
      reviewRequest({ ...facts, ...shown, inboundId, trainee: trainee.key, asked, reminder: reminder !== undefined }),
    );
  }
}

export type News = {
  readonly heading: string;
  readonly outcome: string;
  readonly said?: string;
  readonly cause: string;
};

export async function tellTrainee(unit: Unit, held: HeldAnswer, { cause, ...news }: News): Promise<void> {
  const { trainee: agent, ticket } = held;
  const reader = { agent, address: agent.emails[0]!, name: agent.name };
  const { text } = whatWouldBeSent(unit, held);
  await mailAgent(unit, ticket, reader, { kind: "receipt", cause }, (facts) => reviewNews({ ...facts, ...news, text }));
}

type Parts = { readonly text: string; readonly commands: readonly string[]; readonly files: readonly string[] };

/** The text for the customer with a prepared one above it, the lines of commands, and the names of the files. */
export function whatWouldBeSent({ desk, now }: Unit, { message, asText, trainee, ticket }: HeldAnswer): Parts {
  const words = newWords(message);
  const files = filesToSend(message).map(({ filename }) => filename);
  const reading = readCommands(words, knownNames(desk, { agent: trainee, now }));
  if (asText || reading.kind === "stop") return { text: words, commands: [], files };
  const canned = reading.commands.find((command) => command.name === "canned");
  const prepared = canned ? cannedText({ desk, ticket, to: ticket.customer }, canned.canned) : "";
  const text = [prepared, reading.body].filter((part) => part.trim() !== "").join("\n\n");
  return { text, commands: [...new Set(reading.commands.map(({ line }) => line))], files };
}
