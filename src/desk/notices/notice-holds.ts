/**
 * Mails to agents about what is held: a reply that was stopped, a question, a proof, a stranger's message. Policy: each says
 * what was not done and why, shows the full text, and names what may be answered. Reviews are in notice-review.ts.
 */
import type { OutboundMessage } from "../../mail/types.ts";
import { deskMail } from "./notice.ts";
import { agentText, clockOf, indented, orNull } from "./notice-text.ts";
import type * as facts from "./notice-facts.ts";
import { mailtoLink, type PreparedMail } from "./notice-mailto.ts";
import { withoutMarkers } from "./notice-marker.ts";
import { heldLine } from "../commands/held-answer.ts";
import type { Agent, Person } from "../types.ts";
import * as words from "./notice-words.ts";

/** The newer words of somebody who takes part, which a reply did not know of. */
export type NewerWords = { readonly from: Person; readonly at: number; readonly text: string };

type Held = facts.AgentFacts & {
  /** The held message that an answer decides about. */
  readonly inboundId: number;
  /** Once more, because nobody has answered. */
  readonly reminder?: boolean;
};

/**
 * The agent's reply did not leave: a line only looked like a command (`line`), or something else was in the way.
 * `inboundId` where an answer decides about it: answers are offered as prepared mails then.
 */
export function notSent(
  f: facts.NotSentFacts & Partial<Held> & { readonly again?: boolean; readonly kept?: true },
): OutboundMessage {
  const text = shown(f, f.text);
  const what = f.reminder ? "STILL NOT SENT" : "NOT SENT";
  if ("because" in f) {
    const prepared = f.kept ? preparedAnswers(f, [{ type: "#confirm", meaning: "send it" }]) : [];
    const noted = f.noted === true;
    return deskMail(f, "not-sent-note", what, { noted, because: words.shortLine(f.because, 300), prepared, text });
  }
  return deskMail(f, "command-not-sent", what, {
    why: sentence(words.shortLine(f.why, 300)),
    line: words.shortLine(f.line, 200),
    suggestion: f.suggestion === undefined ? null : words.shortLine(f.suggestion, 200),
    answers: f.answers,
    prepared: preparedAnswers(f, f.answers),
    again: f.again === true,
    text,
  });
}

export type QuestionFacts = Held & {
  /** A sentence: what would happen. */
  readonly question: string;
  readonly newer?: NewerWords;
  readonly text: string;
};

/** What the agent asked for is only done when they say so once more. */
export function question(f: QuestionFacts): OutboundMessage {
  const answers = [{ type: "#confirm", meaning: "yes, do it" }];
  return deskMail(f, "please-confirm", f.reminder ? "STILL NOT DONE" : "NOT DONE", {
    question: `${sentence(words.shortLine(f.question, 400))}.`,
    answers,
    prepared: preparedAnswers(f, answers),
    newer: f.newer ? newerValues(f, f.newer) : null,
    text: shown(f, f.text),
  });
}

/** The reply goes out, and the customer had written once more: the agent sees it at once. */
export function newerMessage(
  f: facts.AgentFacts & { readonly newer: NewerWords; readonly text: string; readonly undoSeconds?: number },
): OutboundMessage {
  return deskMail(f, "newer-message", "NEWER MESSAGE", {
    newer: newerValues(f, f.newer),
    undo_seconds: f.undoSeconds ?? null,
    text: shown(f, f.text),
  });
}

/** To a lead: somebody's reply has not left for hours. Its answer goes to the one who wrote it. */
export function replyWaits(
  f: facts.AgentFacts & {
    readonly writer: Agent;
    readonly heldAt: number;
    readonly why: string;
    readonly line?: string;
    readonly text: string;
  },
): OutboundMessage {
  const { name, emails } = f.writer;
  const mail = deskMail({ ...f, answerable: false }, "waiting-reply", "WAITING", {
    writer: { name: words.personName(name, emails[0]!), address: emails[0]! },
    since: words.timeAndDay(f.heldAt, f.now, clockOf(f)),
    why: words.shortLine(f.why, 300),
    line: f.line === undefined ? null : words.shortLine(f.line, 200),
    text: shown(f, f.text),
  });
  return { ...mail, replyTo: { name: words.shortLine(name, 100), address: emails[0]! } };
}

/** Asks the registered address whether an unproven message was theirs. */
export function challenge(f: facts.ChallengeFacts): OutboundMessage {
  return deskMail(f, "proof-challenge", "Please confirm", {
    claimed: f.claimed,
    received: words.timeAndDay(f.receivedAt, f.now, clockOf(f)),
    because: words.shortLine(f.because, 300),
    commands: orNull(words.shortLine(f.commands.join(", "), 300)),
    answer: f.answer,
    text: shown(f, f.text),
  });
}

/** A stranger's mail is held and this agent is asked. */
export function held(f: facts.HeldFacts & Partial<Held>): OutboundMessage {
  return deskMail(f, "held-message", "Held", {
    sender: { name: words.personName(f.sender.name, f.sender.address), address: f.sender.address },
    received: words.timeAndDay(f.receivedAt, f.now, clockOf(f)),
    because: words.shortLine(f.because, 300),
    answers: f.answers,
    prepared: preparedAnswers(f, f.answers),
    text: shown(f, f.text),
  });
}

function newerValues(f: facts.AgentFacts, { from, at, text }: NewerWords) {
  return {
    from: words.personName(from.name, from.address),
    first_name: words.firstName(from.name) ?? words.personName(from.name, from.address),
    at: words.timeAndDay(at, f.now, clockOf(f)),
    words: shown(f, text),
  };
}

/** Each answer as a new mail: it names the held message, and the token stays where it belongs. */
export function preparedAnswers(
  f: facts.AgentFacts & { readonly inboundId?: number },
  answers: readonly facts.PreparedAnswer[],
): PreparedMail[] {
  const { inboundId: id } = f;
  if (id === undefined) return [];
  const of = f.ticket ? ` of ${f.ticket.publicNumber}` : "";
  return answers.map(({ type }) => ({
    label: type,
    url: mailtoLink(f.supportAddress, `Held ${id}${of}: ${type.replace(/#/g, "")}`, `${heldLine(id, type)}\n`),
  }));
}

/** Somebody's words in a mail to an agent. */
export function shown(f: facts.AgentFacts, text: string): string {
  return indented(agentText(f, withoutMarkers(text)));
}

/** A clause as a sentence without its full stop. */
export function sentence(clause: string): string {
  return clause.charAt(0).toUpperCase() + clause.slice(1).replace(/[.\s]+$/, "");
}
